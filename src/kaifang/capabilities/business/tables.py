"""What is kept of a merchant's business, out of what the outbox told."""

from kaifang.kernel import Money, Row, table


@table("business_order", index=[("merchant", "created")])
class OrderRow(Row):
    """An order as its merchant lists it."""

    id: str  # trade_no
    merchant: str  # user id of who sold
    out_no: str  # the merchant's own number
    title: str = ""  # what for
    store: str = ""  # the merchant's number of the shop
    buyer: str = ""  # user id, once it is paid
    status: str  # the trade's state
    escrow: str = ""  # of a guaranteed trade: WAITING, DISPUTED, SETTLED or RETURNED
    total: Money = Money(0)  # what was asked for
    received: Money = Money(0)  # what came to the merchant, before fees
    refunded: Money = Money(0)  # of the total, given back
    created: int  # milliseconds
    paid: int = 0  # milliseconds


@table("business_refund", index=[("merchant", "at")])
class RefundRow(Row):
    """A refund as its merchant lists it."""

    id: str  # 28 digits
    merchant: str  # user id
    trade: str  # trade_no
    out_no: str  # the merchant's own number of the order
    request: str  # and of the refund
    title: str  # what the order was for
    store: str  # the merchant's number of the shop
    buyer: str  # user id
    amount: Money
    reason: str
    at: int  # milliseconds


@table("business_figure", key=("merchant", "span", "start", "store"))
class FigureRow(Row):
    """What happened at a merchant's in ten minutes, or on a day, in one shop."""

    merchant: str  # user id
    span: int  # how long it is, milliseconds
    start: int  # when it begins, milliseconds
    store: str  # the merchant's number of the shop; empty: in no shop that was named
    orders: int = 0  # that were paid
    receipts: Money = Money(0)  # what came of them, before fees
    refunds: int = 0
    refunded: Money = Money(0)  # what left the merchant by them
    buyers: int = 0  # people, each once a day
    newcomers: int = 0  # of them, those who had never bought here before
    joined: int = 0  # members
    used: int = 0  # vouchers, less those that came back
    taken_off: Money = Money(0)  # what vouchers took off the orders


@table("business_patron", key=("merchant", "user"))
class PatronRow(Row):
    """Somebody who has bought from a merchant."""

    merchant: str  # user id
    user: str  # user id
    first: int  # Monday of the week of the first order, milliseconds
    week: int = 0  # of the last week that was counted
    day: int = 0  # the last day that was counted, milliseconds


@table("business_cohort", key=("merchant", "first", "week"))
class CohortRow(Row):
    """How many of those who first bought in one week bought in another."""

    merchant: str  # user id
    first: int  # Monday of their first week, milliseconds
    week: int  # Monday of the other, or the same, milliseconds
    buyers: int = 0
