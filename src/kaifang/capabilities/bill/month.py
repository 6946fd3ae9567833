"""A month's picture of a person's money: sums by kind and by day."""

from collections.abc import Iterator, Sequence
from typing import Any

from kaifang.kernel import DAY, Money, Shape, Who, Work, method
from kaifang.kernel.clock import written
from kaifang.kernel.statement import Statement

from .period import day_or_month
from .person import OWN, WORDS, Month, of_kind, of_purses, purses_of
from .reading import read_all

REFUNDED = ("SHOPPING", "DEPOSIT")  # kinds of which whatever comes in was paid before


class Which(Shape):
    month: Month | None = None  # 2026-09; this month if left out


class KindSum(Shape):
    kind: str  # as bills have it
    spent: Money  # yuan
    received: Money  # yuan


class DaySum(Shape):
    day: str  # 2026-09-21
    spent: Money  # yuan
    received: Money  # yuan


class Picture(Shape):
    month: str  # 2026-09
    spent: Money  # yuan
    received: Money  # yuan
    given_back: Money  # of what was received, yuan that had been paid before: refunds and deposits
    kinds: list[KindSum]  # the most spent first; without what moved between your own purses
    days: list[DaySum]  # the first one first; only those on which something moved


@method("kaifang.wallet.bill.month", who=Who.WALLET)
def picture(work: Work, ask: Which) -> Picture:
    """Add up what a person spent and received in a month, by kind and by day."""
    read_all(work)
    month = ask.month or written(work.now)[:7]
    span = day_or_month(month)
    assert span is not None, f"{month} is a month"
    where, values = of_purses(purses_of(work))
    kinds = list(sums_by_kind(work, where, values, span))
    kinds.sort(key=lambda one: (-one.spent.minor, -one.received.minor))
    return Picture(
        month=month, spent=sum((one.spent for one in kinds), Money(0)),
        received=sum((one.received for one in kinds), Money(0)),
        given_back=sum((one.received for one in kinds if one.kind in REFUNDED), Money(0)),
        kinds=kinds, days=list(sums_by_day(work, where, values, span)),
    )  # fmt: skip


def sums_by_kind(work: Work, where: str, values: Sequence[Any], span: tuple[int, int]) -> Iterator[KindSum]:
    """What each kind comes to, if anything."""
    for kind in (*WORDS, "OTHER"):
        if kind not in OWN:
            fits, words = of_kind(kind)
            spent, received = moved(work, f"{where} and {fits}", [*values, *words], span)
            if spent or received:
                yield KindSum(kind=kind, spent=spent, received=received)


def sums_by_day(work: Work, where: str, values: Sequence[Any], span: tuple[int, int]) -> Iterator[DaySum]:
    """What each day comes to, if anything."""
    for kind in OWN:
        fits, words = of_kind(kind)
        where, values = f"{where} and not {fits}", [*values, *words]
    for start in range(span[0], min(span[1], work.now + 1), DAY):
        spent, received = moved(work, where, values, (start, start + DAY))
        if spent or received:
            yield DaySum(day=written(start)[:10], spent=spent, received=received)


def moved(work: Work, where: str, values: Sequence[Any], span: tuple[int, int]) -> tuple[Money, Money]:
    """How much went, and how much came."""
    where, meant = f"{where} and id >= ? and id < ?", (*values, *(f"{moment:013d}" for moment in span))
    went = work.sum(Statement, "change", f"{where} and change < 0", meant)
    return Money(-went), Money(work.sum(Statement, "change", f"{where} and change > 0", meant))
