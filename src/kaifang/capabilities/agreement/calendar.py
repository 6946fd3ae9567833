"""The days of deductions by period: a plan counted in Beijing days or months, and which day it names next."""

from calendar import monthrange
from datetime import datetime

from kaifang.kernel import DAY, FOREVER
from kaifang.kernel.clock import day_start, local, written

from .tables import Rules

EARLY = 5 * DAY  # how long before the planned day a deduction may be made
LAST_DAY = 28  # of a month: a plan in months may not name a day that some months lack


def later_day(rules: Rules, day: int, periods: int = 1) -> int:
    """The planned day so many periods after another one."""
    if rules.period_type == "DAY":
        return day + periods * rules.period * DAY
    return months_later(day, periods * rules.period)


def months_later(moment: int, months: int) -> int:
    """The same day of the month so many months later, or that month's last day if it has no such day."""
    date = local(moment)
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return round(date.replace(year=year, month=month + 1, day=min(date.day, last)).timestamp() * 1000)


def next_day(rules: Rules, due: int, now: int) -> int:
    """The first planned day, counted from one of them, that is not over yet: what was missed is not made up for."""
    today = day_start(now)
    if today <= due:
        return due
    if rules.period_type == "DAY":
        return later_day(rules, due, -((due - today) // (rules.period * DAY)))
    begun, there = local(due), local(today)
    months = (there.year - begun.year) * 12 + there.month - begun.month
    found = later_day(rules, due, months // rules.period)
    return found if found >= today else later_day(rules, found)


def validity_end(now: int, length: str | None) -> int:
    """The end of `90d` or `12m` from now; without a length an agreement holds for good."""
    if length is None:
        return FOREVER
    count = int(length[:-1])
    return min(FOREVER, now + count * DAY if length[-1] == "d" else months_later(now, count))


def age_of(cert_no: str, now: int) -> int | None:
    """How many years old the bearer of an identity card is; None if its number does not say."""
    try:
        born = datetime.strptime(cert_no[6:14], "%Y%m%d")
    except ValueError:
        return None
    today = local(now)
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def day_text(moment: int) -> str:
    """The Beijing day, `2026-01-31`."""
    return written(moment)[:10]
