"""Deducting by an agreement: whether it may be done now, and what is counted."""

from kaifang.kernel import SECOND, Amount, Key, Money, Shape, Who, Work, method
from kaifang.kernel.clock import day_start

from .calendar import EARLY, day_text, later_day, next_day
from .errors import (
    AGREEMENT_INVALID,
    AGREEMENT_NOT_EXIST,
    AGREEMENT_STATUS_NOT_NORMAL,
    CYCLE_PAY_DATE_NOT_MATCH,
    CYCLE_PAY_SINGLE_FEE_EXCEED,
    CYCLE_PAY_TOTAL_FEE_EXCEED,
    CYCLE_PAY_TOTAL_TIMES_EXCEED,
)
from .product import PRODUCTS
from .states import Agreement
from .tables import AgreementRow, Rules


class Use(Shape):
    agreement_no: Key  # by which agreement
    seller: Key  # who deducts, a user id
    amount: Amount  # yuan
    product_code: Key  # of the deduction: CYCLE_PAY_AUTH or GENERAL_WITHHOLDING
    out_trade_no: Key  # the seller's number of what is paid


class Used(Shape):
    user_id: str  # who pays
    external_agreement_no: str | None = None  # the seller's own number of the agreement


FAULTS = [
    AGREEMENT_NOT_EXIST, AGREEMENT_INVALID, AGREEMENT_STATUS_NOT_NORMAL, CYCLE_PAY_DATE_NOT_MATCH,
    CYCLE_PAY_SINGLE_FEE_EXCEED, CYCLE_PAY_TOTAL_FEE_EXCEED, CYCLE_PAY_TOTAL_TIMES_EXCEED,
]  # fmt: skip


@method("kaifang.agreement.consult", who=Who.INSIDE, reads=True, raises=FAULTS)
def consult(work: Work, ask: Use) -> Used:
    """Say whether something may be deducted now, without counting it."""
    row, _ = usable(work, ask)
    return Used(user_id=row.user, external_agreement_no=row.external_agreement_no or None)


@method("kaifang.agreement.use", who=Who.INSIDE, raises=FAULTS)
def use(work: Work, ask: Use) -> Used:
    """Count a deduction against what was agreed; a refund does not undo the count."""
    row, due = usable(work, ask)
    amount = Money(ask.amount.minor)
    row.deducted, row.deductions, row.last, row.permission = row.deducted + amount, row.deductions + 1, work.now, None
    row.due = due
    Agreement.deduct(work, row, merchant=row.merchant, user=row.user, amount=amount, out_trade_no=ask.out_trade_no)
    return Used(user_id=row.user, external_agreement_no=row.external_agreement_no or None)


def usable(work: Work, ask: Use) -> tuple[AgreementRow, int]:
    """The agreement, if this may be deducted by it now, and the day on which the next deduction is due then."""
    row = work.find(AgreementRow, id=ask.agreement_no)
    if row is None or row.merchant != ask.seller:
        raise AGREEMENT_NOT_EXIST(agreement_no=ask.agreement_no)
    if row.state == Agreement.UNSIGN.name or row.invalid <= work.now:
        raise AGREEMENT_INVALID(agreement_no=row.id)
    if not Agreement.deduct.possible(row):
        raise AGREEMENT_STATUS_NOT_NORMAL(status=row.state)
    if ask.product_code not in PRODUCTS[row.product]:
        raise AGREEMENT_INVALID(product_code=ask.product_code, agreed=PRODUCTS[row.product][0])
    if row.rules is None:
        return row, row.due
    amount = Money(ask.amount.minor)
    due = day_after(row, row.rules, amount, work.now)
    check_limits(row, row.rules, amount)
    return row, due


def day_after(row: AgreementRow, rules: Rules, amount: Money, now: int) -> int:
    """The planned day after the one for which something may be deducted now; each is deducted for once."""
    told = row.permission
    if told is not None and now < told.ends + SECOND:
        if now < told.starts:
            raise CYCLE_PAY_DATE_NOT_MATCH(due=day_text(told.starts))
        if amount > told.amount:
            raise CYCLE_PAY_SINGLE_FEE_EXCEED(most=told.amount)
        return later_day(rules, told.day)
    day = next_day(rules, row.due, now)
    if day_start(now) < day - EARLY:
        raise CYCLE_PAY_DATE_NOT_MATCH(due=day_text(day))
    return later_day(rules, day)


def check_limits(row: AgreementRow, rules: Rules, amount: Money) -> None:
    """What was agreed on amounts and numbers."""
    if rules.payments and row.deductions >= rules.payments:
        raise CYCLE_PAY_TOTAL_TIMES_EXCEED(most=rules.payments)
    if amount > rules.single:
        raise CYCLE_PAY_SINGLE_FEE_EXCEED(most=rules.single)
    if rules.total and row.deducted + amount > rules.total:
        raise CYCLE_PAY_TOTAL_FEE_EXCEED(left=rules.total - row.deducted)
