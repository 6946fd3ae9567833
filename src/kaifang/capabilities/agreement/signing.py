"""Putting an agreement in force: whoever signs it, and however."""

from typing import Any

from kaifang.kernel import FOREVER, Address, Confirm, Confirmed, Key, Shape, Who, Work, method

from .calendar import age_of, next_day
from .errors import (
    SIGN_USER_NOT_MATCH,
    USER_AGREEMENT_EXIST,
    USER_AGREEMENT_NOT_EXIST,
    USER_AGREEMENT_STATUS_NOT_NORMAL,
    USER_STATUS_NOT_NORMAL,
)
from .find import slot_of
from .notices import signed_fields, tell_signed
from .offer import OFFER_FAULTS, Offer, propose
from .states import Agreement
from .tables import AgreementRow

RETURN = "alipay.user.agreement.page.sign.return"


def put_in_force(work: Work, row: AgreementRow, person: Any) -> None:
    """Sign an offer for a person who confirmed it, and let it be known."""
    if not Agreement.sign.possible(row):
        raise USER_AGREEMENT_STATUS_NOT_NORMAL(status=row.state)
    check_person(work, row, person)
    slot = slot_of(row.merchant, row.product, row.scene, row.external_agreement_no or f"@{person.user_id}")
    if work.find(AgreementRow, slot=slot) is not None:
        raise USER_AGREEMENT_EXIST()
    row.slot, row.user, row.signed = slot, person.user_id, work.now
    row.due = next_day(row.rules, row.due, work.now) if row.rules else 0  # no day before this was missed
    if row.open_ids:
        row.open_id = work.ask("kaifang.account.openid.give", user_id=row.user, app=row.auth_app).open_id
    Agreement.sign(work, row, merchant=row.merchant, user=row.user, product=row.product)
    if row.invalid < FOREVER:
        work.later(row.invalid, "agreement.expire", row.id)
    tell_signed(work, row)


def check_person(work: Work, row: AgreementRow, person: Any) -> None:
    """Whether this person may sign, and is whom the merchant means."""
    if person.status != "NORMAL":
        raise USER_STATUS_NOT_NORMAL(status=person.status)
    if person.kind != "person":
        raise SIGN_USER_NOT_MATCH(reason="only people sign, no merchants")
    for wanted, found in (
        (row.only_user, person.user_id),
        (row.only_name, person.name),
        (row.only_cert_no, person.cert_no),
    ):
        if wanted and wanted != found:
            raise SIGN_USER_NOT_MATCH()
    if row.ages is not None:
        age = age_of(person.cert_no, work.now)
        if age is None or not row.ages.min <= age <= row.ages.max:
            raise SIGN_USER_NOT_MATCH(reason=f"only people from {row.ages.min} to {row.ages.max} years sign this")


@method(
    "kaifang.agreement.sign.confirm", who=Who.INSIDE,
    raises=[
        USER_AGREEMENT_NOT_EXIST, USER_AGREEMENT_STATUS_NOT_NORMAL, USER_STATUS_NOT_NORMAL, SIGN_USER_NOT_MATCH,
        USER_AGREEMENT_EXIST,
    ],
)  # fmt: skip
def confirm(work: Work, ask: Confirm) -> Confirmed:
    """Sign what somebody confirmed with the payment password."""
    row = work.find(AgreementRow, id=ask.subject)
    if row is None or row.offered_until <= work.now:
        raise USER_AGREEMENT_NOT_EXIST(agreement_no=ask.subject)
    put_in_force(work, row, work.ask("kaifang.account.party.find", user_id=ask.user_id))
    told = {name: str(value) for name, value in signed_fields(work, row).items() if value is not None}
    return Confirmed(method=RETURN, fields=told)


class Prepare(Offer):
    expires: int  # milliseconds; until when it can be signed
    notify_url: Address | None = None  # where the merchant is told; the request's if left out
    merchant: Key | None = None  # for whom; the caller's merchant if left out
    app: Key | None = None  # which app is told; the caller's if left out


class Prepared(Shape):
    agreement_no: str  # its number, for kaifang.agreement.sign.confirm


@method("kaifang.agreement.prepare", who=Who.INSIDE, raises=OFFER_FAULTS)
def prepare(work: Work, ask: Prepare) -> Prepared:
    """Offer an agreement beside something else that a person is about to confirm, such as a payment."""
    caller = work.caller
    acting = work.acting(
        merchant=ask.merchant or caller.merchant, app=ask.app or caller.app, auth_app=ask.app or caller.auth_app,
        notify_url=ask.notify_url or caller.notify_url,
    )  # fmt: skip
    return Prepared(agreement_no=propose(acting, ask, ask.expires).id)
