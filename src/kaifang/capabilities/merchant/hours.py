"""Opening hours: by the day of the week, with breaks, and past midnight."""

from kaifang.kernel.clock import local

from .parts import About, BusinessTime, Period

DAY_MINUTES = 24 * 60


def written(about: About) -> str:
    """When a shop is open, in one line: `1 08:00-20:00,6 18:00-02:00`; nothing if it does not say."""
    broken = [line(day.week_day, one) for day in about.new_business_time for one in day.time_period]
    return ",".join(sorted(broken or [line(one.week_day, one) for one in about.business_time]))


def line(week_day: int, one: BusinessTime | Period) -> str:
    """A part of a day in writing."""
    return f"{week_day} {one.open_time}-{one.close_time}"


def read(hours: str) -> list[BusinessTime]:
    """The same, piece by piece."""
    return [
        BusinessTime(week_day=int(one[0]), open_time=one[2:7], close_time=one[8:]) for one in hours.split(",") if one
    ]


def is_open(hours: str, now: int) -> bool:
    """Whether a shop is open at this moment; one that does not say when is always open."""
    clock = local(now)
    today, minute = clock.isoweekday(), clock.hour * 60 + clock.minute
    yesterday = (today - 2) % 7 + 1
    for one in read(hours):
        opens, closes = minutes(one.open_time), minutes(one.close_time)
        closes += DAY_MINUTES if closes <= opens else 0
        if one.week_day == today and opens <= minute < closes:
            return True
        if one.week_day == yesterday and opens <= minute + DAY_MINUTES < closes:
            return True
    return not hours


def minutes(text: str) -> int:
    """09:30 as minutes since midnight."""
    hours, rest = text.split(":")
    return int(hours) * 60 + int(rest)
