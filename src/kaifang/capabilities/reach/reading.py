"""Reading the outbox: what was shown, tapped, claimed, used and bought becomes chains and each merchant's figures.

Nothing is heard while people pay: the outbox is read a minute after something was shown, and each night. Whatever
event names an exposure is a step of its chain, whichever capability announced it.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from kaifang.kernel import DAY, FOREVER, MINUTE, Fault, Happening, Money, Work, daily, timer
from kaifang.kernel.events import Event
from kaifang.kernel.outbox import Page, take_pages
from kaifang.kernel.work import Writer

from .count import add_day, count_shown, day_row
from .tables import AlarmRow, ExposureRow, OrderRow, PatronRow, Reading, StepRow

LINES = 2_000  # of the outbox that are read together
LEADS = 7 * DAY  # an order so soon after a tap came of it
COUNTED = {
    "reach.click": "clicked", "message.open": "clicked",
    "voucher.claim": "claimed", "voucher.give": "claimed", "wufu.take": "claimed", "wufu.draw": "claimed",
    "membercard.join": "joined", "membercard.open": "joined",
    "voucher.use": "used",
}  # fmt: skip
JOINED = ("membercard.join", "membercard.open")
WHERE = "writer = ? and number > ? and number <= ? and (name in (?, ?, ?, ?, ?) or facts like ?)"
NAMES = ("trade.pay", "trade.refund", "reach.show", *JOINED, '%"exposure":"%')
Facts = dict[str, Any]


def wake(work: Work) -> None:
    """Have the outbox read in a minute, unless that is set already."""
    alarm = work.find(AlarmRow, id="reading") or work.add(AlarmRow(id="reading"))
    if alarm.due <= work.now:
        alarm.due = work.now + MINUTE
        work.later(alarm.due, "reach.read", "")


@daily("reach.read_daily", at="00:40")
def read_daily(work: Work, happening: Happening) -> None:
    """Read what happened, whether or not anything was shown."""
    read(work, happening)


@timer("reach.read")
def read(work: Work, happening: Happening) -> None:
    """Read a page of each writer's outbox; go on if there is more."""
    pages = [page_of(work, writer) for writer in work.select(Writer, order="id")]
    take_pages(work, "reach", pages, take)
    if any(page.end < FOREVER for page in pages):
        work.later(work.now, "reach.read", "")


def page_of(work: Work, writer: Writer) -> Page:
    """So many lines of a writer's outbox, and what of them is wanted here."""
    reading = work.find(Reading, id=writer.id) or work.add(Reading(id=writer.id))
    reading.at, until = work.now, min(writer.events, reading.number + LINES)
    events = work.select(Event, WHERE, (writer.id, reading.number, until, *NAMES), "number")
    line = work.find(Event, writer=writer.id, number=until) if until < writer.events else None
    return Page(reading, events, until, line.at if line is not None else FOREVER)


def take(work: Work, events: Sequence[Event]) -> None:
    """Note what they mean here."""
    for event in events:
        note(work, event, msgspec.json.decode(event.facts))


def note(work: Work, event: Event, facts: Facts) -> None:
    """What one line of the outbox means here."""
    if event.name == "reach.show":
        for number in facts["exposures"]:
            count_shown(work, number)
    elif event.name == "trade.pay":
        note_paid(work, event, facts)
    elif event.name == "trade.refund":
        note_refund(work, event, facts)
    elif event.name in JOINED and not facts.get("exposure"):
        note_joined(work, event, facts)
    else:
        note_step(work, event, facts)


def note_step(work: Work, event: Event, facts: Facts) -> None:
    """Something names the exposure that it came of."""
    if event.name == "message.sent":
        keep_message(work, event, facts)
        return
    exposure = work.find(ExposureRow, id=facts["exposure"])
    if exposure is None or facts.get("user", exposure.user) != exposure.user:
        return  # a number that was made up, or somebody else's
    trade = facts.get("trade_no")
    amount = facts.get("amount")
    paid = Money(amount) if isinstance(amount, int) else Money(0)
    add_step(work, exposure, event, name=event.name, trade=trade, amount=paid)
    if event.name in COUNTED:
        add_day(work, exposure, event.at, COUNTED[event.name])
    elif event.name == "voucher.give_back":
        add_day(work, exposure, event.at, "used", -1)
    if event.name == "reach.click":
        patron = patron_of(work, exposure.merchant, exposure.user)
        patron.lead, patron.led = exposure.id, event.at
    elif event.name == "voucher.use" and trade:
        note_order(work, exposure, event, trade, "VOUCHER")


def keep_message(work: Work, event: Event, facts: Facts) -> None:
    """A message is something shown in a slot of its own."""
    work.add(
        ExposureRow(
            id=event.subject, user=facts["user"], merchant=facts["merchant"], slot="message", placement="",
            kind="PAGE", offer="", at=event.at, points={},
        )
    )  # fmt: skip
    count_shown(work, event.subject)


def add_step(work: Work, exposure: ExposureRow, event: Event, **what: Any) -> None:
    """One more link of a chain."""
    number = f"{event.writer}-{event.number}-{what['name']}"
    basis = what.pop("basis", "")
    step = StepRow(exposure=exposure.id, number=number, subject=event.subject, at=event.at, basis=basis, **what)
    work.add(step)


def patron_of(work: Work, merchant: str, user: str) -> PatronRow:
    """What is known of a person at a merchant's."""
    row = work.find(PatronRow, merchant=merchant, user=user)
    return row or work.add(PatronRow(merchant=merchant, user=user))


def note_order(work: Work, exposure: ExposureRow, event: Event, trade_no: str, basis: str) -> None:
    """A trade came of something shown, if it is the same merchant's; counted once, however many vouchers it used."""
    if work.find(OrderRow, id=trade_no) is not None:
        return
    try:
        with work.attempt() as part:
            trade = part.ask("kaifang.trade.find", trade_no=trade_no, seller=exposure.merchant)
    except Fault:
        return  # a number of the merchant's own, for what was paid elsewhere
    work.add(OrderRow(id=trade_no, exposure=exposure.id))
    add_step(work, exposure, event, name="order", trade=trade_no, amount=trade.total, basis=basis)
    bought = patron_of(work, exposure.merchant, trade.buyer).times
    earlier = bought - (1 if event.name == "trade.pay" else 0)  # a trade that is noted is counted already
    row = day_row(work, exposure, event.at)
    row.orders, row.revenue = row.orders + 1, row.revenue + trade.total
    if earlier > 0:
        row.again += 1
    else:
        row.first += 1


def note_paid(work: Work, event: Event, facts: Facts) -> None:
    """Somebody bought something: of whom, and did it come of something that was tapped on?"""
    patron = patron_of(work, facts["seller"], facts["buyer"])
    patron.times, patron.spent = patron.times + 1, patron.spent + Money.parse(facts["amount"])
    exposure = lead_of(work, patron, event.at)
    if exposure is not None:
        note_order(work, exposure, event, event.subject, "CLICK")


def lead_of(work: Work, patron: PatronRow, at: int) -> ExposureRow | None:
    """What a person tapped on not long ago."""
    return work.find(ExposureRow, id=patron.lead) if patron.lead and patron.led <= at < patron.led + LEADS else None


def note_joined(work: Work, event: Event, facts: Facts) -> None:
    """Somebody became a member at a till, say: it came of what led to the payment there, or of the last tap."""
    order = work.find(OrderRow, id=facts["trade_no"]) if facts.get("trade_no") else None
    patron = work.find(PatronRow, merchant=facts["merchant"], user=facts["user"])
    exposure = work.find(ExposureRow, id=order.exposure) if order is not None else None
    if exposure is None and patron is not None:
        exposure = lead_of(work, patron, event.at)
    if exposure is not None and exposure.merchant == facts["merchant"]:
        add_step(work, exposure, event, name=event.name, trade=facts.get("trade_no"), amount=Money(0))
        add_day(work, exposure, event.at, COUNTED[event.name])


def note_refund(work: Work, event: Event, facts: Facts) -> None:
    """Money went back: what came of the showing is less."""
    amount = Money.parse(facts["amount"])
    patron = work.find(PatronRow, merchant=facts["seller"], user=facts["buyer"])
    if patron is not None:
        patron.spent -= amount
    order = work.find(OrderRow, id=event.subject)
    if order is not None:
        exposure = work.find(ExposureRow, id=order.exposure)
        assert exposure is not None, f"no exposure {order.exposure}"
        add_step(work, exposure, event, name="refund", trade=event.subject, amount=amount)
        row = day_row(work, exposure, event.at)
        row.refunded += amount
