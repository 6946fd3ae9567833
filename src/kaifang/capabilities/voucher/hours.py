"""When a voucher can be used: the hours of its activity, and the periods in which its uses are counted."""

from kaifang.kernel import DAY, HOUR, MINUTE, SECOND
from kaifang.kernel.clock import day, day_start, local

from .parts import TimeRange, TimeRestrict, TimeRule, UseRule
from .tables import VoucherRow


def restriction(rule: UseRule | None) -> TimeRestrict | None:
    """The hours that an activity names, however its period is told."""
    time = rule.voucher_use_time_info if rule is not None else None
    if time is None:
        return None
    period = time.relative_period_info if time.period_type == "RELATIVE" else time.absolute_period_info
    return period.time_restrict_info if period is not None else None


def is_time(voucher: VoucherRow, rule: UseRule | None, now: int) -> bool:
    """Whether a voucher can be used at a moment."""
    if not voucher.begins <= now < voucher.ends:
        return False
    named = restriction(rule)
    if named is None:
        return True
    usable, never = named.usable_period_info or [], named.disable_period_info or []
    return (not usable or any(holds(one, now) for one in usable)) and not any(holds(one, now) for one in never)


def holds(rule: TimeRule, now: int) -> bool:
    """Whether a moment is within the days and hours of a rule."""
    if rule.rule_type == "WEEK" and rule.week_rule_info is not None:
        today = str(local(now).isoweekday())
        return today in rule.week_rule_info.week_day.split(",") and within(rule.week_rule_info.time_range_info, now)
    if rule.date_rule_info is None:
        return False
    days = rule.date_rule_info.date_range_info
    of_days = day_start(days.begin_date.ms) <= now < day_start(days.end_date.ms) + DAY
    return of_days and within(rule.date_rule_info.time_range_info, now)


def within(hours: TimeRange | None, now: int) -> bool:
    """Whether the time of day lies between two."""
    if hours is None:
        return True
    time = now - day_start(now)
    end = since_midnight(hours.end_time_info.end_time) if hours.end_time_info is not None else DAY
    return since_midnight(hours.begin_time) <= time < end


def since_midnight(text: str) -> int:
    """`09:30` in milliseconds."""
    hours, minutes, *seconds = map(int, text.split(":"))
    return hours * HOUR + minutes * MINUTE + (seconds[0] if seconds else 0) * SECOND


def period_of(kind: str, now: int) -> str:
    """The name of the day, week or month that a moment belongs to; one name for all time."""
    if kind == "DAY":
        return day(now)
    if kind == "WEEK":
        return day(now - local(now).weekday() * DAY)
    return day(now)[:6] if kind == "MONTH" else ""
