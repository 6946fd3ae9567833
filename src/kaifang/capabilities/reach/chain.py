"""The chain from a slot to money, one by one; and the merchant's funnel, which is their sum."""

from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import INVALID_PARAMETER, Count, Key, Moment, Money, Shape, Work, method, total

from .errors import EXPOSURE_NOT_EXIST
from .feed import Reason, reasons
from .parts import Offer
from .rank import day_of
from .tables import DayRow, ExposureRow, PatronRow, Reading, StepRow

MOST_DAYS = 366


class AskChain(Shape):
    exposure: Key  # the number of the showing


class Step(Shape):
    """One thing that came of it."""

    what: str  # reach.click, voucher.claim, voucher.use, membercard.join, order, refund or another event
    subject: str  # the number of the thing it happened to
    at: Moment  # when
    amount: Money  # yuan; zero where nothing was paid
    trade_no: str | None = None  # the trade, if there is one
    basis: str | None = None  # of an order how it is known: VOUCHER or CLICK


class Chain(Shape):
    exposure: str  # the same
    slot: str  # where it was shown
    placement_id: str  # 28 digits; empty if the platform found it by itself
    offer: Offer  # what was offered
    at: Moment  # when it was shown
    why: list[Reason]  # why it was shown
    steps: list[Step]  # what came of it, the oldest first
    earned: Money  # yuan of its orders, less what was given back


@method("kaifang.reach.chain", reads=True, raises=[EXPOSURE_NOT_EXIST])
def chain(work: Work, ask: AskChain) -> Chain:
    """Follow something of yours that was shown, from the slot to the money."""
    row = work.find(ExposureRow, id=ask.exposure)
    if row is None or work.caller.merchant != row.merchant and work.caller.role not in ("operator", "inside"):
        raise EXPOSURE_NOT_EXIST(exposure=ask.exposure)
    found = work.select(StepRow, "exposure = ?", (row.id,), '"at", number', 500)
    orders = total([step.amount for step in found if step.name == "order"])
    return Chain(
        exposure=row.id, slot=row.slot, placement_id=row.placement, offer=Offer(kind=row.kind, id=row.offer or None),
        at=Moment(row.at), why=reasons(row.points), steps=[told(step) for step in found],
        earned=orders - total([step.amount for step in found if step.name == "refund"]),
    )  # fmt: skip


def told(step: StepRow) -> Step:
    """A step as the merchant sees it."""
    return Step(
        what=step.name, subject=step.subject, at=Moment(step.at), amount=step.amount, trade_no=step.trade,
        basis=step.basis or None,
    )  # fmt: skip


class AskExposures(Shape):
    placement_id: Key | None = None  # only of this placement
    before: Key | None = None  # those before this exposure; the newest if left out
    limit: Annotated[int, Meta(ge=1, le=100)] = 20  # how many


class Exposure(Shape):
    """One showing."""

    exposure: str  # its number
    slot: str  # where
    placement_id: str  # 28 digits; empty if the platform found it by itself
    offer: Offer  # what was offered
    at: Moment  # when
    clicked: bool  # whether it was tapped


class Exposures(Shape):
    exposures: list[Exposure]  # the newest first


@method("kaifang.reach.exposure.list", reads=True)
def list_exposures(work: Work, ask: AskExposures) -> Exposures:
    """List when and where your things were shown; to whom is nobody's business."""
    where, values = "merchant = ? and id < ?", [work.caller.merchant, ask.before or "9"]
    if ask.placement_id:
        where, values = f"{where} and placement = ?", [*values, ask.placement_id]
    rows = work.select(ExposureRow, where, values, "id desc", ask.limit)
    return Exposures(
        exposures=[
            Exposure(
                exposure=row.id, slot=row.slot, placement_id=row.placement, at=Moment(row.at),
                offer=Offer(kind=row.kind, id=row.offer or None), clicked=bool(row.clicked),
            )
            for row in rows
        ]
    )  # fmt: skip


class AskFunnel(Shape):
    begin_date: Moment  # the first day
    end_date: Moment  # the last day, at most a year later
    slot: Key | None = None  # only of this slot
    placement_id: Key | None = None  # only of this placement


class Figures(Shape):
    """What came of it."""

    shown: Count  # how often it was shown
    clicked: Count  # how often it was tapped
    claimed: Count  # vouchers, wufu cards and the like that were taken
    joined: Count  # people who became members
    used: int  # vouchers that were used, less those given back
    orders: Count  # trades that came of it
    first: Count  # of them by people who had not bought before
    again: Count  # and by people who had
    revenue: Money  # yuan of these trades
    refunded: Money  # yuan of them that was given back


class BySlot(Figures):
    slot: str  # which slot
    placement_id: str  # 28 digits; empty for what the platform found by itself


class Rates(Shape):
    """Parts of a hundred, rounded down."""

    clicked_of_shown: Count  # percent
    claimed_of_clicked: Count  # percent
    used_of_claimed: Count  # percent
    orders_of_clicked: Count  # percent


class Funnel(Shape):
    acquire: Figures  # all slots together
    convert: Rates  # how much of each step came of the one before
    retain: Count  # people who have bought from you more than once so far
    patrons: Count  # people who have bought from you so far
    slots: list[BySlot]  # the same by slot and placement, the most revenue first
    as_of: Moment | None = None  # what happened later is not counted yet; absent: nothing is yet


@method("kaifang.reach.funnel", reads=True)
def funnel(work: Work, ask: AskFunnel) -> Funnel:
    """See what came of all that was shown of yours: whom it brought, what they took, used and bought, who came back."""
    first, last = day_of(ask.begin_date.ms), day_of(ask.end_date.ms)
    if not first <= last < first + MOST_DAYS:
        raise INVALID_PARAMETER(field="end_date", reason=f"not before begin_date, and within {MOST_DAYS} days")
    where, values = 'merchant = ? and "day" >= ? and "day" <= ?', [work.caller.merchant, first, last]
    for column, wanted in (("slot", ask.slot), ("placement", ask.placement_id)):
        if wanted:
            where, values = f"{where} and {column} = ?", [*values, wanted]
    rows = work.select(DayRow, where, values)
    named = {(row.slot, row.placement) for row in rows}
    slots = [
        BySlot(slot=one[0], placement_id=one[1], **figures([r for r in rows if (r.slot, r.placement) == one]))
        for one in sorted(named)
    ]
    mine = (work.caller.merchant,)
    read = [reading.at for reading in work.select(Reading)]
    return Funnel(
        acquire=Figures(**figures(rows)), convert=rates(rows),
        slots=sorted(slots, key=lambda one: -one.revenue.minor),
        patrons=work.count(PatronRow, "merchant = ? and times > 0", mine),
        retain=work.count(PatronRow, "merchant = ? and times > 1", mine), as_of=Moment(min(read)) if read else None,
    )  # fmt: skip


def figures(rows: list[DayRow]) -> dict[str, Any]:
    """The sums of some days."""
    return {
        "shown": sum(row.shown for row in rows), "clicked": sum(row.clicked for row in rows),
        "claimed": sum(row.claimed for row in rows), "joined": sum(row.joined for row in rows),
        "used": sum(row.used for row in rows), "orders": sum(row.orders for row in rows),
        "first": sum(row.first for row in rows), "again": sum(row.again for row in rows),
        "revenue": total([row.revenue for row in rows]), "refunded": total([row.refunded for row in rows]),
    }  # fmt: skip


def rates(rows: list[DayRow]) -> Rates:
    """How much of each step came of the one before."""
    sums = figures(rows)
    shown, clicked, claimed, used, orders = (sums[name] for name in ("shown", "clicked", "claimed", "used", "orders"))
    return Rates(
        clicked_of_shown=percent(clicked, shown), claimed_of_clicked=percent(claimed, clicked),
        used_of_claimed=percent(used, claimed), orders_of_clicked=percent(orders, clicked),
    )  # fmt: skip


def percent(part: int, whole: int) -> int:
    """A part of a hundred; nothing of nothing."""
    return max(0, 100 * part // whole) if whole else 0
