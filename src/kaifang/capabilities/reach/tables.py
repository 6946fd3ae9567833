"""What is kept of slots, of what is shown in them, and of what came of it."""

from typing import Any

from kaifang.kernel import Money, Row, table

from .states import Placement


@table("reach_slot")
class SlotRow(Row):
    """A slot as the operators want it."""

    id: str  # its code
    zh: str  # what it is called
    en: str  # the same in English
    shown: int  # how many things are shown at once
    per_day: int  # how often a person sees one thing a day
    open: bool


@table("reach_placement", index=[("slot", "state"), ("merchant", "id")])
class PlacementRow(Row):
    """Something that a merchant wants shown in a slot."""

    id: str  # 28 digits
    door: str  # how it came: placement, plan or layer
    slot: str  # code
    merchant: str  # user id
    app: str  # the application that placed it
    title: str
    subtitle: str
    image: str  # URL or number of a picture
    link: str  # where a tap leads
    kind: str  # what is offered: VOUCHER, CARD, WUFU, APP or PAGE
    offer: str  # its number; empty for a page
    audience: str  # EVERYBODY, NEW, RETURNING, MEMBERS or NEAR
    longitude: int | None  # millionths of a degree: the middle of where it is shown
    latitude: int | None
    radius: int  # meters around it; 0: anywhere
    cities: list[str]  # codes; none: all
    inside: str  # the mini-program in which alone it is shown; empty: anywhere
    begin: int  # milliseconds
    end: int
    opens: int  # minutes after Beijing midnight from which it is shown each day
    closes: int  # until when
    per_day: int  # how often a person sees it a day; 0: as often as the slot allows
    priority: int = 0  # among those of the same merchant, higher is earlier
    more: dict[str, Any] = {}  # what the door it came by tells beyond that
    reason: str = ""  # why it was rejected
    shown: int = 0  # how often, as far as was counted
    clicked: int = 0
    state: str = Placement.begin.name


@table("reach_plan_order")
class PlanOrderRow(Row):
    """Which type of plans a merchant wants first on the payment-success page."""

    id: str  # user id
    types: list[str]


@table("reach_view", key=("placement", "user"))
class ViewRow(Row):
    """How often a person has seen something."""

    placement: str  # its number
    user: str  # user id
    day: int = 0  # which day was counted last
    today: int = 0  # how often on it


@table("reach_exposure", index=[("merchant", "id")])
class ExposureRow(Row):
    """Something was shown to somebody."""

    id: str  # 28 digits
    user: str  # user id
    merchant: str  # user id of whose it is
    slot: str  # code
    placement: str  # its number; empty if the platform found it by itself
    kind: str  # what was offered
    offer: str  # its number
    at: int  # milliseconds
    points: dict[str, int]  # why it was chosen: each input with what it counted
    trade: str = ""  # after which payment
    clicked: int = 0  # milliseconds, 0: not


@table("reach_success")
class SuccessRow(Row):
    """What a person was shown after a payment: the page stays as it was."""

    id: str  # trade_no
    answer: str  # JSON


@table("reach_step", key=("exposure", "number"), index=[("trade",)])
class StepRow(Row):
    """One thing that came of something shown."""

    exposure: str  # its number
    number: str  # writer and line of the outbox
    name: str  # the event, such as voucher.claim, or order
    subject: str  # the number of the thing it happened to
    at: int  # milliseconds
    trade: str | None  # trade_no, if it was paid or used with one
    amount: Money  # yuan
    basis: str  # of an order how it is known: VOUCHER or CLICK; empty for what names the exposure itself


@table("reach_order")
class OrderRow(Row):
    """A trade that came of something shown."""

    id: str  # trade_no
    exposure: str


@table("reach_patron", key=("merchant", "user"))
class PatronRow(Row):
    """Somebody who bought from a merchant, or tapped on something of it."""

    merchant: str  # user id
    user: str  # user id
    times: int = 0  # trades
    spent: Money = Money(0)  # less what was given back
    lead: str = ""  # the last exposure that was tapped
    led: int = 0  # when, milliseconds


@table("reach_day", key=("merchant", "day", "slot", "placement"))
class DayRow(Row):
    """What came of one merchant's things on one day."""

    merchant: str  # user id
    day: int  # days since 1970, Beijing
    slot: str  # code
    placement: str  # its number; empty if the platform found it by itself
    shown: int = 0
    clicked: int = 0
    claimed: int = 0  # vouchers, wufu cards and the like
    joined: int = 0  # members
    used: int = 0  # vouchers
    orders: int = 0
    first: int = 0  # orders of people who had not bought here before
    again: int = 0  # orders of people who had
    revenue: Money = Money(0)
    refunded: Money = Money(0)


@table("reach_reading", locked=True)
class Reading(Row):
    """How far the outbox of one writer has been read."""

    id: int  # the writer
    number: int = 0  # the last line that is read
    at: int = 0  # when it happened, milliseconds


@table("reach_alarm")
class AlarmRow(Row):
    """Whether the reading of the outbox is set for a moment to come."""

    id: str
    due: int = 0  # milliseconds
