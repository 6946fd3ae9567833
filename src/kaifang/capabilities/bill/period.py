"""The days, months and spans of time that bills are for."""

import re
from typing import Annotated

from msgspec import Meta

from kaifang.kernel import DAY, INVALID_PARAMETER, MINUTE, Moment, Shape
from kaifang.kernel.clock import day_start, local

READY = 10 * MINUTE  # after midnight: by then everything of the day before is read
FIRST_DAY = Moment.parse("2016-01-01").ms  # there are no bills of earlier days
LONGEST = 31 * DAY
WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")


class Span(Shape):
    """A span of time, and which page of what happened in it."""

    start_time: Moment  # from then on
    end_time: Moment  # before then; at most 31 days later
    page_no: Annotated[int, Meta(ge=1, le=1_000_000)] = 1  # which page, from 1
    page_size: Annotated[int, Meta(ge=1, le=2000)] = 2000  # lines on a page


def span(ask: Span) -> tuple[int, int]:
    """From when until when, in milliseconds."""
    start, end = ask.start_time.ms, ask.end_time.ms
    if not 0 <= start < end:
        raise INVALID_PARAMETER(field="end_time", reason="it must be after start_time")
    if end - start > LONGEST:
        raise INVALID_PARAMETER(field="end_time", reason="at most 31 days after start_time")
    return start, end


def day_or_month(text: str) -> tuple[int, int] | None:
    """From when until when a day `2026-01-31` or a month `2026-01` lasts; None if it is neither."""
    if not WRITTEN.fullmatch(text):
        return None
    try:
        start = Moment.parse(text if len(text) == 10 else f"{text}-01").ms
    except ValueError:
        return None
    return start, start + DAY if len(text) == 10 else next_month(start)


def next_month(start: int) -> int:
    """The first midnight of the month after this one."""
    later = start + (32 - local(start).day) * DAY  # the 1st, 2nd, 3rd or 4th, whichever month this is
    return day_start(later) - (local(later).day - 1) * DAY


def is_ready(end: int, now: int) -> bool:
    """Whether a bill of days that end then can be made."""
    return end + READY <= now
