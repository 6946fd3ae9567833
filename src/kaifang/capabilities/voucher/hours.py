"""When a voucher can be used: the hours of its activity, and the periods in which its uses are counted."""

from kaifang.kernel import DAY, HOUR, MINUTE, SECOND
from kaifang.kernel.clock import day_start, local

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
    """Whether a moment is within the days and hours of a rule; hours that end the next morning belong to their day."""
    today = day_start(now)
    return any(is_day(rule, day) and within(hours_of(rule), now - day) for day in (today, today - DAY))


def is_day(rule: TimeRule, start: int) -> bool:
    """Whether the day that starts at a moment is one of a rule's."""
    if rule.rule_type == "WEEK":
        named = rule.week_rule_info
        return named is not None and str(local(start).isoweekday()) in named.week_day.split(",")
    if rule.date_rule_info is None:
        return False
    days = rule.date_rule_info.date_range_info
    return day_start(days.begin_date.ms) <= start <= day_start(days.end_date.ms)


def hours_of(rule: TimeRule) -> TimeRange | None:
    """The hours that a rule names; all of the day if none."""
    named = rule.week_rule_info if rule.rule_type == "WEEK" else rule.date_rule_info
    return named.time_range_info if named is not None else None


def within(hours: TimeRange | None, time: int) -> bool:
    """Whether so many milliseconds after the start of a day lie between two times, the second maybe of the next day."""
    begin = since_midnight(hours.begin_time) if hours is not None else 0
    named = hours.end_time_info if hours is not None else None
    end = since_midnight(named.end_time) if named is not None else DAY
    return begin <= time < (end if begin < end else end + DAY)


def since_midnight(text: str) -> int:
    """`09:30` in milliseconds."""
    hours, minutes, *seconds = map(int, text.split(":"))
    return hours * HOUR + minutes * MINUTE + (seconds[0] if seconds else 0) * SECOND
