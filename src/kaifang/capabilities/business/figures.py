"""A merchant's day by the hour, beside the day before and the same day of the week before; and many days in a row."""

from typing import Any

from kaifang.kernel import DAY, HOUR, INVALID_PARAMETER, Count, Key, Moment, Money, Shape, Work, method, total
from kaifang.kernel.clock import day_start

from .find import span
from .reading import SLICE, read_up
from .tables import FigureRow

WEEK = 7 * DAY


class Figures(Shape):
    """What happened in some time."""

    orders: Count  # that were paid
    receipts: Money  # yuan that came of them, before fees
    refunds: Count  # how many
    refunded: Money  # yuan that left you by them
    buyers: Count  # people who bought, each counted once a day
    newcomers: Count  # of them, those who had never bought from you before
    joined: Count  # people who became members
    used: int  # vouchers, less those that came back
    taken_off: Money  # yuan that vouchers took off the orders


class AskDay(Shape):
    date: Moment | None = None  # which day; today if left out


class Hour(Shape):
    """What was sold in an hour, beside the same hour of the day before and of the week before."""

    hour: Count  # 0 to 23
    orders: Count  # that were paid
    receipts: Money  # yuan
    receipts_day_before: Money  # yuan
    receipts_week_before: Money  # yuan


class ByShop(Shape):
    """What was sold in one shop."""

    store_id: str  # your number of it; empty for orders that name none
    orders: Count  # that were paid
    receipts: Money  # yuan
    refunded: Money  # yuan


class Day(Shape):
    date: Moment  # its first second
    whole: Figures  # all of it, or all of it so far
    until: Moment  # the three that follow are compared up to this time of their day
    so_far: Figures  # up to then
    day_before: Figures  # of the day before, up to the same time of it
    week_before: Figures  # of the same day of the week before, up to the same time of it
    hours: list[Hour]  # all 24
    shops: list[ByShop]  # the most receipts first
    as_of: Moment  # what happened later is not counted yet


@method("kaifang.business.day")
def day(work: Work, ask: AskDay) -> Day:
    """See how a day goes: what is sold, given back, joined and used, by the hour, and beside earlier days."""
    as_of = read_up(work)
    start = day_start(ask.date.ms if ask.date is not None else work.now)
    if start > work.now:
        raise INVALID_PARAMETER(field="date", reason="not begun yet")
    until = min(start + DAY, max(start, as_of - as_of % SLICE))
    today, before, week = (rows_of(work, SLICE, first, first + DAY) for first in (start, start - DAY, start - WEEK))
    return Day(
        date=Moment(start), whole=sums(today), until=Moment(until), as_of=Moment(as_of),
        so_far=sums([row for row in today if row.start < until]),
        day_before=sums([row for row in before if row.start < until - DAY]),
        week_before=sums([row for row in week if row.start < until - WEEK]),
        hours=[hour(n, in_hour(today, n), in_hour(before, n), in_hour(week, n)) for n in range(24)],
        shops=by_shop(today),
    )  # fmt: skip


def rows_of(work: Work, length: int, since: int, until: int, store: str | None = None) -> list[FigureRow]:
    """What is known of the time between."""
    where, values = "merchant = ? and span = ? and start >= ? and start < ?", [
        work.caller.merchant, length, since, until
    ]  # fmt: skip
    if store is not None:
        where, values = f"{where} and store = ?", [*values, store]
    return work.select(FigureRow, where, values, "start, store")


def sums(rows: list[FigureRow]) -> Figures:
    """All of these together."""
    return Figures(**figures_of(rows))


def figures_of(rows: list[FigureRow]) -> dict[str, Any]:
    """Each figure's sum."""
    return {
        "orders": sum(row.orders for row in rows), "receipts": total([row.receipts for row in rows]),
        "refunds": sum(row.refunds for row in rows), "refunded": total([row.refunded for row in rows]),
        "buyers": sum(row.buyers for row in rows), "newcomers": sum(row.newcomers for row in rows),
        "joined": sum(row.joined for row in rows), "used": sum(row.used for row in rows),
        "taken_off": total([row.taken_off for row in rows]),
    }  # fmt: skip


def in_hour(rows: list[FigureRow], number: int) -> list[FigureRow]:
    """Those of one hour of their day."""
    return [row for row in rows if (row.start - day_start(row.start)) // HOUR == number]


def hour(number: int, now: list[FigureRow], before: list[FigureRow], week: list[FigureRow]) -> Hour:
    """An hour beside the same one of earlier days."""
    sold = sums(now)
    return Hour(
        hour=number, orders=sold.orders, receipts=sold.receipts, receipts_day_before=sums(before).receipts,
        receipts_week_before=sums(week).receipts,
    )  # fmt: skip


def by_shop(rows: list[FigureRow]) -> list[ByShop]:
    """The figures of each shop in which something was sold or given back."""
    told = {store: sums([row for row in rows if row.store == store]) for store in {row.store for row in rows}}
    shops = [
        ByShop(store_id=store, orders=one.orders, receipts=one.receipts, refunded=one.refunded)
        for store, one in told.items()
        if one.orders or one.refunds
    ]
    return sorted(shops, key=lambda shop: (-shop.receipts.minor, shop.store_id))


class AskDays(Shape):
    begin_date: Moment  # the first day
    end_date: Moment  # the last day, at most a year later
    store_id: Key | None = None  # only in this shop of yours


class OneDay(Figures):
    date: Moment  # its first second


class Days(Shape):
    total: Figures  # of all these days
    days: list[OneDay]  # the earliest first, those without anything left out
    as_of: Moment  # what happened later is not counted yet


@method("kaifang.business.days")
def days(work: Work, ask: AskDays) -> Days:
    """See how your days went, one by one and all together."""
    as_of = read_up(work)
    first, last = day_start(ask.begin_date.ms), day_start(ask.end_date.ms)
    since, until = span(work, Moment(first), Moment(last + DAY))
    rows = rows_of(work, DAY, since, until, ask.store_id)
    starts = sorted({row.start for row in rows})
    found = [OneDay(date=Moment(one), **figures_of([row for row in rows if row.start == one])) for one in starts]
    return Days(total=sums(rows), days=found, as_of=Moment(as_of))
