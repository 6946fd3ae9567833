"""Reading the outbox: what trades, refunds, members and vouchers told becomes lists and figures."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from kaifang.kernel import DAY, MINUTE, Happening, Money, Work, daily, timer
from kaifang.kernel.clock import day_start, local
from kaifang.kernel.events import Event
from kaifang.kernel.outbox import read_on

from .tables import CohortRow, FigureRow, OrderRow, PatronRow, RefundRow

SLICE = 10 * MINUTE
PAGES = 3  # read before an answer; what is left is read at once, but not waited for
Facts = dict[str, Any]


def read_up(work: Work) -> int:
    """Bring lists and figures up to now, or as far as can be waited for; up to when they are complete."""
    taken = [work.now]

    def take_noting(part: Work, events: Sequence[Event]) -> None:
        take(part, events)
        taken.append(events[-1].at)

    for _ in range(PAGES):
        if not read_on(work, "business", tuple(EVENTS), take_noting):
            return work.now
    work.later(work.now, "business.read_on", "")
    return taken[-1] - 1  # of that moment there may be more


@daily("business.read", at="00:15")
def read_daily(work: Work, happening: Happening) -> None:
    """Read what happened, whether or not anybody looks."""
    go_on(work, happening)


@timer("business.read_on")
def go_on(work: Work, happening: Happening) -> None:
    """Read a page; go on if there is more."""
    if read_on(work, "business", tuple(EVENTS), take):
        work.later(work.now, "business.read_on", "")


def take(work: Work, events: Sequence[Event]) -> None:
    """Note what they mean here."""
    for event in events:
        EVENTS[event.name](work, event, msgspec.json.decode(event.facts))


def ordered(work: Work, event: Event, facts: Facts) -> None:
    """An order can be paid from now on."""
    work.add(
        OrderRow(
            id=event.subject, merchant=facts["seller"], out_no=facts["out_trade_no"], title=facts.get("subject", ""),
            store=facts.get("store_id") or "", status=facts["state"], total=Money.parse(facts.get("amount", "0")),
            created=event.at,
        )
    )  # fmt: skip


def paid(work: Work, event: Event, facts: Facts) -> None:
    """An order is paid."""
    row = work.find(OrderRow, id=event.subject)
    if row is None:
        ordered(work, event, facts)
        row = work.find(OrderRow, id=event.subject)
        assert row is not None
    row.title, row.store = facts["subject"], facts.get("store_id") or ""
    row.status, row.buyer, row.paid = facts["state"], facts["buyer"], event.at
    row.total, row.received = Money.parse(facts["amount"]), Money.parse(facts["amount"]) - let_off(facts)
    row.escrow = "WAITING" if facts.get("settle_days") else ""
    off = Money.parse(facts.get("discount", "0")) + Money.parse(facts.get("mdiscount", "0"))
    figures = {"orders": 1, "receipts": row.received, "taken_off": off}
    count(work, row.merchant, row.store, event.at, **figures, **visit(work, row.merchant, row.buyer, event.at))


def let_off(facts: Facts) -> Money:
    """What the merchant took less, or gives back less, for vouchers of its own."""
    return Money.parse(facts.get("let_off", "0"))


def visit(work: Work, merchant: str, user: str, at: int) -> dict[str, int]:
    """Somebody bought: whether for the first time that day, and ever; those who come back are counted by the week."""
    day, week = day_start(at), week_start(at)
    patron = work.find(PatronRow, merchant=merchant, user=user)
    told = {"buyers": int(patron is None or patron.day != day), "newcomers": int(patron is None)}
    if patron is None:
        patron = work.add(PatronRow(merchant=merchant, user=user, first=week))
    if patron.week != week:
        key: dict[str, Any] = {"merchant": merchant, "first": patron.first, "week": week}
        cohort = work.find(CohortRow, **key) or work.add(CohortRow(**key))
        cohort.buyers += 1
    patron.day, patron.week = day, week
    return told


def week_start(at: int) -> int:
    """The first millisecond of a moment's week: of its Monday, in Beijing."""
    return day_start(at) - local(at).weekday() * DAY


def count(work: Work, merchant: str, store: str, at: int, **figures: Any) -> None:
    """Add to the figures of the ten minutes and of the day."""
    for span, start in ((SLICE, at - at % SLICE), (DAY, day_start(at))):
        key: dict[str, Any] = {"merchant": merchant, "span": span, "start": start, "store": store}
        row = work.find(FigureRow, **key) or work.add(FigureRow(**key))
        for name, value in figures.items():
            setattr(row, name, getattr(row, name) + value)


def given_back(work: Work, event: Event, facts: Facts) -> None:
    """A refund."""
    order = work.find(OrderRow, id=event.subject)
    assert order is not None, f"no order {event.subject}"
    amount = Money.parse(facts["amount"])
    order.status, order.refunded = facts["state"], Money.parse(facts["refunded"])
    work.add(
        RefundRow(
            id=facts["number"], merchant=order.merchant, trade=order.id, out_no=order.out_no, title=order.title,
            request=facts["out_request_no"], store=order.store, buyer=order.buyer, amount=amount, at=event.at,
            reason=facts.get("reason") or "",
        )
    )  # fmt: skip
    count(work, order.merchant, order.store, event.at, refunds=1, refunded=amount - let_off(facts))


def ended(work: Work, event: Event, facts: Facts) -> None:
    """An order is closed unpaid, or over for good."""
    order = work.find(OrderRow, id=event.subject)
    if order is not None:
        order.status = facts["state"]


def secured(work: Work, event: Event, facts: Facts) -> None:
    """The money of a guaranteed trade moved on, or waits for a dispute to end."""
    order = work.find(OrderRow, id=event.subject)
    if order is not None and order.escrow:
        order.escrow = facts["state"]


def joined(work: Work, event: Event, facts: Facts) -> None:
    """Somebody became a member."""
    count(work, facts["merchant"], facts.get("shop_id") or "", event.at, joined=1)


def used(work: Work, event: Event, facts: Facts) -> None:
    """A voucher was used, or came back; with an order at whoever sold it."""
    order = work.find(OrderRow, id=facts["trade_no"]) if facts.get("trade_no") else None
    merchant, store = (order.merchant, order.store) if order is not None else (facts["merchant"], "")
    count(work, merchant, store, event.at, used=1 if event.name == "voucher.use" else -1)


EVENTS: dict[str, Callable[[Work, Event, Facts], None]] = {
    "trade.open": ordered, "trade.pay": paid, "trade.refund": given_back, "trade.close": ended, "trade.finish": ended,
    **dict.fromkeys(("settlement.settle", "settlement.dispute", "settlement.resolve", "settlement.give_back"), secured),
    **dict.fromkeys(("membercard.join", "membercard.open"), joined),
    **dict.fromkeys(("voucher.use", "voucher.give_back"), used),
}  # fmt: skip
