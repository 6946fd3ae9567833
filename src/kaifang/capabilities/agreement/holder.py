"""A person's own agreements: looking at them, pausing and ending them."""

from typing import Literal

from kaifang.kernel import Key, Moment, Money, Shape, Who, Work, method

from .agreement import end, next_deduction
from .errors import USER_AGREEMENT_NOT_EXIST, USER_AGREEMENT_STATUS_NOT_NORMAL
from .find import in_force, signed_in
from .product import NAMES
from .states import Agreement
from .tables import AgreementRow

MOST = 100


class LookMine(Shape):
    pass


class Mine(Shape):
    """An agreement that you signed."""

    agreement_no: str  # its number
    merchant: str  # with whom
    product: str  # what for
    status: str  # NORMAL, or STOP while it is paused
    sign_time: Moment  # when you signed it
    invalid_time: Moment  # when it ends by itself
    deducted: Money  # yuan deducted so far
    single: Money | None = None  # yuan that may be deducted at once
    next_deduct_time: Moment | None = None  # the day on which something is due


class AllMine(Shape):
    agreements: list[Mine]  # those in force, the newest first


@method("kaifang.agreement.list", who=Who.WALLET, reads=True)
def list_mine(work: Work, ask: LookMine) -> AllMine:
    """List the agreements that you signed and that are in force."""
    where = '"user" = ? and state in (?, ?)'
    values = (signed_in(work), Agreement.NORMAL.name, Agreement.STOP.name)
    rows = work.select(AgreementRow, where, values, "signed desc, id desc", MOST)
    return AllMine(agreements=[described(work, row) for row in rows])


def described(work: Work, row: AgreementRow) -> Mine:
    """An agreement, as the person who signed it reads it."""
    return Mine(
        agreement_no=row.id, merchant=work.ask("kaifang.account.party.find", user_id=row.merchant).name,
        product=NAMES[row.product], status=row.state, sign_time=Moment(row.signed), invalid_time=Moment(row.invalid),
        deducted=row.deducted, single=row.rules.single if row.rules else None,
        next_deduct_time=next_deduction(row, work.now),
    )  # fmt: skip


class Change(Shape):
    agreement_no: Key  # which of your agreements
    to: Literal["NORMAL", "STOP", "UNSIGN"]  # let it be used again, pause it, or end it


class Changed(Shape):
    agreement_no: str  # which agreement
    status: str  # what it is now


@method(
    "kaifang.agreement.change",
    who=Who.WALLET,
    raises=[USER_AGREEMENT_NOT_EXIST, USER_AGREEMENT_STATUS_NOT_NORMAL],
)
def change(work: Work, ask: Change) -> Changed:
    """Pause, resume or end an agreement that you signed; the merchant is told of its end."""
    row = work.find(AgreementRow, id=ask.agreement_no)
    if row is None or row.user != signed_in(work) or not in_force(row):
        raise USER_AGREEMENT_NOT_EXIST(agreement_no=ask.agreement_no)
    if ask.to == "UNSIGN":
        end(work, row, row.notify_url)
    else:
        arrow = Agreement.pause if ask.to == "STOP" else Agreement.resume
        arrow(work, row, merchant=row.merchant, user=row.user)
    return Changed(agreement_no=row.id, status=row.state)
