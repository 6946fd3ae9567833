"""Finding the deals behind movements, and whose bills are meant."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from kaifang.kernel import FaultKind, Row, Work
from kaifang.kernel.statement import Statement

from .period import Span
from .tables import DealRow

R = TypeVar("R", bound=Row)
TOGETHER = 500  # numbers in one question
MOST = 1000  # deals of one order that are looked at


def own(work: Work, user_id: str | None, refusal: FaultKind) -> str:
    """Whose bills are read: the caller's own, whatever else is said."""
    if user_id not in (None, "", work.caller.merchant):
        raise refusal(bill_user_id=user_id)
    return work.caller.merchant


def deals(work: Work, numbers: Iterable[str]) -> dict[str, DealRow]:
    """The deals of these numbers and the payments that they belong to, by number."""
    found = by_number(work, sorted(set(numbers)))
    return found | by_number(work, sorted({row.trade_no for row in found.values()} - found.keys()))


def by_number(work: Work, numbers: list[str]) -> dict[str, DealRow]:
    """The deals of these numbers."""
    found: list[DealRow] = []
    for first in range(0, len(numbers), TOGETHER):
        some = numbers[first : first + TOGETHER]
        found += work.select(DealRow, f"id in ({marks(some)})", some, "id")
    return {row.id: row for row in found}


def parts(work: Work, numbers: Iterable[str], *kinds: str) -> dict[str, list[DealRow]]:
    """What became of trades or transfers, the oldest first: their refunds, settlements, sharings and the like."""
    meant, found = sorted(set(numbers)), dict[str, list[DealRow]]()
    for first in range(0, len(meant), TOGETHER):
        some = meant[first : first + TOGETHER]
        where = f"trade_no in ({marks(some)}) and kind in ({marks(list(kinds))})"
        for row in work.select(DealRow, where, (*some, *kinds), "at, id"):
            found.setdefault(row.trade_no, []).append(row)
    return found


def numbers_of(work: Work, owner: str, order_no: str | None, merchant_order_no: str | None) -> list[str] | None:
    """The numbers under which an order moved money; None if no order is named."""
    if order_no:
        trades = [order_no]
    elif merchant_order_no:
        where = "out_no = ? and (payee = ? or payer = ?)"
        rows = work.select(DealRow, where, (merchant_order_no, owner, owner), "id", MOST)
        trades = sorted({row.trade_no for row in rows})
    else:
        return None
    of_trades = work.select(DealRow, f"trade_no in ({marks(trades)})", trades, "id", MOST) if trades else []
    return sorted({*trades, *(row.id for row in of_trades)})


def other_side(line: Statement, whole: DealRow | None) -> str:
    """Who is on the other side of a movement: of what comes out of the owner's own escrow, whoever bought."""
    if line.other != line.owner:
        return line.other
    return whole.payer if whole is not None and whole.payee == line.owner else ""


def page(
    work: Work, kind: type[R], where: str, values: Sequence[object], ask: Span, *, order: str
) -> tuple[list[R], dict[str, str]]:
    """The rows of the page that is asked for, and what the answer says of the page."""
    rows = work.select(kind, where, values, order, ask.page_size, offset=(ask.page_no - 1) * ask.page_size)
    count = work.count(kind, where, values)
    return rows, {"page_no": str(ask.page_no), "page_size": str(ask.page_size), "total_size": str(count)}


def marks(values: list[str]) -> str:
    """A question mark for each."""
    return ", ".join("?" * len(values))
