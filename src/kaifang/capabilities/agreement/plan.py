"""The plan of deductions by period: putting the next one off, and announcing it."""

from typing import Literal

from kaifang.kernel import DAY, SECOND, Amount, Key, Line, Moment, Money, Shape, Work, method
from kaifang.kernel.clock import day_start, local

from .calendar import EARLY, LAST_DAY, day_text, later_day, next_day
from .errors import (
    CYCLE_PAY_SINGLE_FEE_EXCEED,
    DEDUCT_PERMISSION_NOT_EXIST,
    DISCORDANT_REPEAT_REQUEST,
    ILLEGAL_AGREEMENT,
    ILLEGAL_EXECUTION_TIME,
)
from .find import own_agreement
from .states import Agreement
from .tables import AgreementRow, Permission, Rules


class Postpone(Shape):
    agreement_no: Key  # which agreement
    deduct_time: Moment  # the day to which the next deduction is put off; those after it follow
    memo: Line | None = None  # why


class Postponed(Shape):
    agreement_no: str  # which agreement
    deduct_time: Moment  # the day on which the next deduction is due


@method("alipay.user.agreement.executionplan.modify", raises=[ILLEGAL_AGREEMENT, ILLEGAL_EXECUTION_TIME])
def postpone(work: Work, ask: Postpone) -> Postponed:
    """Put the next deduction off to a later day; the plan goes on from there."""
    row, rules = agreement_with_rules(work, ask.agreement_no)
    move_plan(work, row, rules, day_start(ask.deduct_time.ms), ask.memo)
    return Postponed(agreement_no=row.id, deduct_time=Moment(row.due))


def agreement_with_rules(work: Work, agreement_no: str) -> tuple[AgreementRow, Rules]:
    """The merchant's agreement of deductions by period with this number, if it is in force."""
    row = own_agreement(work, agreement_no, ILLEGAL_AGREEMENT)
    if row.rules is None or not Agreement.postpone.possible(row):
        raise ILLEGAL_AGREEMENT(agreement_no=agreement_no, status=row.state)
    return row, row.rules


def move_plan(work: Work, row: AgreementRow, rules: Rules, day: int, memo: str | None) -> None:
    """Let the next planned day, or the last one if nothing was deducted on it, be a later one that is not over."""
    over = day <= row.due or day < day_start(work.now)
    if over or day >= row.invalid or (rules.period_type == "MONTH" and local(day).day > LAST_DAY):
        raise ILLEGAL_EXECUTION_TIME(planned=day_text(next_day(rules, row.due, work.now)))
    row.due, row.permission = day, None
    Agreement.postpone(work, row, merchant=row.merchant, user=row.user, day=day_text(day), memo=memo)


class Reschedule(Shape):
    agreement_no: Key  # which agreement
    execute_time: Moment  # the day to which it is put off
    modify_type: Literal["EXECUTION_PLAN", "DEDUCT_PERMISSION"]  # the plan, or only the deduction that was announced
    deduct_permission: Key | None = None  # which announced deduction: the out_request_no of its announcement


class Rescheduled(Shape):
    execute_time: str  # the day to which it was put off, 2026-01-31


@method(
    "alipay.user.agreement.executetime.modify",
    raises=[ILLEGAL_AGREEMENT, ILLEGAL_EXECUTION_TIME, DEDUCT_PERMISSION_NOT_EXIST],
)
def reschedule(work: Work, ask: Reschedule) -> Rescheduled:
    """Put off the plan, or only the one deduction that was announced."""
    row, rules = agreement_with_rules(work, ask.agreement_no)
    day = day_start(ask.execute_time.ms)
    if ask.modify_type == "EXECUTION_PLAN":
        move_plan(work, row, rules, day, None)
    else:
        move_permission(work, row, rules, day, ask.deduct_permission)
    return Rescheduled(execute_time=day_text(day))


def move_permission(work: Work, row: AgreementRow, rules: Rules, day: int, number: str | None) -> None:
    """Let the announced deduction be made on a later day, before the one after it is due."""
    found = row.permission
    if found is None or found.number != number or found.ends < work.now:
        raise DEDUCT_PERMISSION_NOT_EXIST(deduct_permission=number)
    if not found.day < day < later_day(rules, found.day):
        raise ILLEGAL_EXECUTION_TIME(planned=day_text(found.day))
    starts, ends = window(day, work.now)
    row.permission = Permission(number=found.number, amount=found.amount, day=found.day, starts=starts, ends=ends)
    Agreement.postpone(work, row, merchant=row.merchant, user=row.user, day=day_text(day), memo=None)


class Announce(Shape):
    agreement_no: Key  # which agreement
    out_request_no: Key  # your own number of this announcement
    total_amount: Amount  # yuan that will be deducted, at most


class Announced(Shape):
    effective_time_start: Moment  # from when on it may be deducted
    effective_time_end: Moment  # and until when


@method(
    "alipay.user.cyclepay.prenotify.create",
    once=("agreement_no", "out_request_no"),
    clash=DISCORDANT_REPEAT_REQUEST,
    raises=[ILLEGAL_AGREEMENT, CYCLE_PAY_SINGLE_FEE_EXCEED],
)
def announce(work: Work, ask: Announce) -> Announced:
    """Tell a person what will be deducted next, before it is; more than this cannot be deducted then."""
    row, rules = agreement_with_rules(work, ask.agreement_no)
    if ask.total_amount.minor > rules.single.minor:
        raise CYCLE_PAY_SINGLE_FEE_EXCEED(most=rules.single)
    day = next_day(rules, row.due, work.now)
    starts, ends = window(day, work.now)
    amount = Money(ask.total_amount.minor)
    row.permission = Permission(number=ask.out_request_no, amount=amount, day=day, starts=starts, ends=ends)
    Agreement.announce(work, row, merchant=row.merchant, user=row.user, amount=amount, day=day_text(day))
    return Announced(effective_time_start=Moment(starts), effective_time_end=Moment(ends))


def window(day: int, now: int) -> tuple[int, int]:
    """When a deduction that is due on this day may be made: from five days before, to its last second."""
    return max(now, day - EARLY), day + DAY - SECOND
