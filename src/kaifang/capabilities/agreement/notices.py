"""What a merchant is told of agreements: that one was signed, or has ended."""

from kaifang.kernel import Moment, Work

from .tables import AgreementRow


def tell_signed(work: Work, row: AgreementRow) -> None:
    """Owe the merchant the news that an agreement was signed."""
    tell(work, row, row.notify_url, "dut_user_sign", signed_fields(work, row))


def tell_unsigned(work: Work, row: AgreementRow, url: str | None) -> None:
    """Owe the merchant the news that an agreement has ended."""
    told = {"unsign_time": Moment(work.now), **facts(work, row)}
    tell(work, row, url or "", "dut_user_unsign", told)


def tell(work: Work, row: AgreementRow, url: str, kind: str, fields: dict[str, object]) -> None:
    """Owe it to the address that was given for it, or to the application gateway."""
    url = url or work.ask("kaifang.openapp.address", app_id=row.app).gateway
    more = {"auth_app_id": row.auth_app, "partner_id": row.merchant}
    work.notify(row.app, url, kind, row.id, fields | more)


def signed_fields(work: Work, row: AgreementRow) -> dict[str, object]:
    """What is told of an agreement that was just signed: by notification, and at the return address."""
    times = {"sign_time": Moment(row.signed), "valid_time": Moment(row.signed), "invalid_time": Moment(row.invalid)}
    return {**facts(work, row), **times, "external_logon_id": row.external_logon_id or None}


def facts(work: Work, row: AgreementRow) -> dict[str, object]:
    """What there is to say of an agreement at any time."""
    person = work.ask("kaifang.account.party.find", user_id=row.user)
    return {
        "agreement_no": row.id, "external_agreement_no": row.external_agreement_no or None, "status": row.state,
        "personal_product_code": row.product, "sign_scene": row.scene, "alipay_logon_id": person.masked,
        "alipay_open_id" if row.open_ids else "alipay_user_id": row.open_id or row.user,
    }  # fmt: skip
