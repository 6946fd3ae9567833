"""What is kept of commissions."""

from kaifang.kernel import Money, Row, Shape, table

from .states import Commission


class Receiver(Shape):
    """Somebody who gets a part."""

    party: str  # user id
    rate: int  # basis points: hundredths of a percent of a trade
    role: str = ""  # what a partner is called; empty for the service provider
    level: str = ""  # of a partner


class Terms(Shape):
    """Who gets what during some time."""

    since: int  # milliseconds
    until: int  # milliseconds
    receivers: list[Receiver]


@table("commission", unique=[("slot",)], index=[("merchant",), ("provider",)])
class CommissionRow(Row):
    """What a service provider takes of a merchant's trades with one target."""

    id: str  # 28 digits
    provider: str  # user id
    app: str  # the service provider's application
    merchant: str  # user id
    merchant_app: str  # whose trades count beside those that come by the provider's application; empty: none
    scene: str  # commission_scene
    mode: str  # UNIFIED or GOODS
    target_type: str  # MERCHANT, SHOP or GOODS
    target_id: str  # the merchant, store_id or goods_id
    slot: str | None  # only one that waits or is in force for each provider, merchant, scene and target
    start: int  # of the time that was agreed on, milliseconds
    end: int  # of it, milliseconds
    terms: list[Terms] = []  # what was in force when, the oldest first
    offered: list[Receiver] = []  # what waits for somebody's word
    proposals: dict[str, str] = {}  # who still has to say it, and the proposal they were sent
    pages: dict[str, str] = {}  # and the page on which they do
    state: str = Commission.begin.name
    modified: int  # milliseconds


@table("commission_deal", key=("commission", "trade"), index=[("open", "commission")])
class DealRow(Row):
    """One trade of which a commission is due."""

    commission: str  # its number
    trade: str  # trade_no
    rates: dict[str, int]  # user id -> basis points, as they were when it was paid
    total: Money  # what the merchant was paid, vouchers that it lets off apart
    base: Money  # what the rates are of: the whole, or the goods that are meant
    released: Money  # what has come to the merchant: of a guaranteed trade what was settled
    refunded: Money = Money(0)  # what left it again by refunds
    settled: dict[str, Money] = {}  # user id -> what was paid of it so far
    open: bool = True  # whether something is to be paid, or to be given back


@table("commission_settlement", key=("commission", "number"), index=[("merchant", "at"), ("receiver", "at")])
class SettlementRow(Row):
    """What was settled of a commission at once."""

    commission: str  # its number
    number: str  # 28 digits
    merchant: str  # user id
    receiver: str  # user id
    amount: Money  # what the merchant paid; below zero: got back
    deals: int  # of how many trades
    at: int  # milliseconds


@table("share")
class ShareRow(Row):
    """A part of a merchant's revenue that a service provider was paid."""

    id: str  # the provider and its number of it
    number: str  # 28 digits
    merchant: str  # user id
    amount: Money
    why: str  # what for, such as the name of a recipe
