"""The page on which a person signs an agreement."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import DAY, SECOND, Key, Line, Page, Shape, Work, method

from .calendar import day_text
from .errors import USER_NOT_EXIST_ERROR
from .find import Person, person_meant
from .offer import OFFER_FAULTS, Offer, propose
from .product import NAMES
from .tables import AgreementRow, Rules

UNITS = {"DAY": "天", "MONTH": "个月"}


class AccessParams(Shape):
    """How the person gets to the page."""

    channel: Literal["ALIPAYAPP", "QRCODE", "QRCODEORSMS"]  # in the wallet, or by a code that is scanned


class IdentityParams(Shape):
    """Who alone may sign."""

    sign_user_id: Key | None = None  # by user id,
    sign_open_id: Line | None = None  # or as your app knows that person
    user_name: Line | None = None  # what that person must be called
    cert_no: Key | None = None  # number of that person's identity card


class SubMerchant(Shape):
    """For whom you ask."""

    sub_merchant_name: Line | None = None  # as the page shows it
    sub_merchant_service_name: Line | None = None  # what for, as the page shows it


class PageSign(Offer):
    access_params: AccessParams  # how the person gets to the page
    identity_params: IdentityParams | None = None  # who alone may sign; anybody if left out
    sub_merchant: SubMerchant | None = None  # for whom you ask
    agreement_effect_type: Literal["DIRECT"] | None = None  # it is in force as soon as it is signed
    effect_time: Annotated[int, Meta(ge=0, le=86_400)] | None = None  # seconds in which it can be signed; a day


@method("alipay.user.agreement.page.sign", raises=[*OFFER_FAULTS, USER_NOT_EXIST_ERROR])
def page_sign(work: Work, ask: PageSign) -> Page:
    """Open the page on which a person lets you deduct later."""
    row = propose(work, ask, work.now + (ask.effect_time * SECOND if ask.effect_time else DAY))
    if ask.identity_params is not None:
        fix_person(work, row, ask.identity_params)
    opened = work.ask(
        "kaifang.cashier.open", kind="sign", title=f"开通{NAMES[row.product]}", subject=row.id,
        confirm="kaifang.agreement.sign.confirm", expires=row.offered_until, return_url=work.caller.return_url,
        details=details(row, ask.sub_merchant),
    )  # fmt: skip
    return Page(path=opened.path)


def fix_person(work: Work, row: AgreementRow, identity: IdentityParams) -> None:
    """Let nobody but this person sign."""
    named = Person(alipay_user_id=identity.sign_user_id, alipay_open_id=identity.sign_open_id)
    if identity.sign_user_id or identity.sign_open_id:
        row.only_user = person_meant(work, named).user_id
    row.only_name, row.only_cert_no = identity.user_name or "", identity.cert_no or ""


def details(row: AgreementRow, sub_merchant: SubMerchant | None) -> dict[str, str]:
    """What the person reads before signing."""
    lines = {
        "服务": sub_merchant.sub_merchant_service_name if sub_merchant else None,
        "商户": sub_merchant.sub_merchant_name if sub_merchant else None,
        "账号": row.external_logon_id,
        "有效期至": day_text(row.invalid),
    }
    return {name: line for name, line in (lines | in_words(row.rules)).items() if line}


def in_words(rules: Rules | None) -> dict[str, str | None]:
    """The rules, as people read them."""
    if rules is None:
        return {}
    return {
        "首次扣款日": day_text(rules.first),
        "扣款周期": f"每 {rules.period} {UNITS[rules.period_type]}",
        "单次最高": f"{rules.single} 元",
        "累计最高": f"{rules.total} 元" if rules.total else None,
        "最多次数": str(rules.payments) if rules.payments else None,
    }
