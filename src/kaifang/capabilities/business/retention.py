"""Who comes back: people by the week in which they first bought, and how many of them bought in later weeks."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import DAY, Count, Moment, Shape, Work, method

from .reading import read_up, week_start
from .tables import CohortRow

WEEK = 7 * DAY


class AskRetention(Shape):
    weeks: Annotated[int, Meta(ge=1, le=52)] = 12  # how many weeks, this one included


class Back(Shape):
    """How many were there in one week."""

    week: Count  # how many weeks after the first; 0 is the first itself
    buyers: Count  # of them, those who bought in that week
    percent: Count  # the same of a hundred, rounded down


class Cohort(Shape):
    """People who first bought in the same week."""

    first: Moment  # Monday of that week
    buyers: Count  # how many they are
    back: list[Back]  # week by week, up to this one


class Retention(Shape):
    cohorts: list[Cohort]  # the earliest first, those of nobody left out
    all: list[Back]  # all of them together; a week counts those only who are that old
    as_of: Moment  # what happened later is not counted yet


@method("kaifang.business.retention")
def retention(work: Work, ask: AskRetention) -> Retention:
    """See who comes back: of the people who first bought in each week, how many bought in the weeks after."""
    as_of = read_up(work)
    this = week_start(work.now)
    since = this - (ask.weeks - 1) * WEEK
    rows = work.select(CohortRow, "merchant = ? and first >= ?", (work.caller.merchant, since), "first, week")
    seen = {(row.first, row.week): row.buyers for row in rows}
    firsts = sorted({row.first for row in rows})
    cohorts = [Cohort(first=Moment(one), buyers=seen[one, one], back=weeks_of(seen, [one], this)) for one in firsts]
    return Retention(cohorts=cohorts, all=weeks_of(seen, firsts, this), as_of=Moment(as_of))


def weeks_of(seen: dict[tuple[int, int], int], firsts: list[int], this: int) -> list[Back]:
    """How many of these people were there in their first week, in the one after, and so on."""
    told = []
    for number in range((this - min(firsts, default=this + WEEK)) // WEEK + 1):
        old = [first for first in firsts if first + number * WEEK <= this]
        there = sum(seen.get((first, first + number * WEEK), 0) for first in old)
        told.append(Back(week=number, buyers=there, percent=100 * there // sum(seen[first, first] for first in old)))
    return told
