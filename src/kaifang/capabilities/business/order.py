"""The orders and refunds of a merchant, as lists that can be narrowed, sorted and turned page by page."""

from typing import Literal

from kaifang.kernel import Count, Moment, Money, Shape, Work, method

from .find import Listed, masked, paged, wanted
from .reading import read_up
from .tables import OrderRow, RefundRow


class AskOrders(Listed):
    trade_status: Literal["WAIT_BUYER_PAY", "TRADE_SUCCESS", "TRADE_FINISHED", "TRADE_CLOSED"] | None = None  # only so
    escrow: Literal["WAITING", "DISPUTED", "SETTLED", "RETURNED"] | None = None  # only guaranteed ones that stand so
    refunded: bool = False  # only those of which something was given back
    sort_by: Literal["created", "paid", "total", "refunded"] = "created"  # in which order


class OneOrder(Shape):
    """An order."""

    trade_no: str  # the platform's number
    out_trade_no: str  # your own number
    subject: str  # what for
    trade_status: str  # WAIT_BUYER_PAY, TRADE_SUCCESS, TRADE_FINISHED or TRADE_CLOSED
    total_amount: Money  # yuan asked for
    receipt_amount: Money  # yuan that came to you, before fees
    refunded: Money  # yuan of the total that was given back
    gmt_create: Moment  # when it was ordered
    gmt_payment: Moment | None = None  # when it was paid
    buyer: str | None = None  # who bought: a mail address or mobile number, masked
    store_id: str | None = None  # your number of the shop
    escrow: str | None = None  # of a guaranteed trade: WAITING, DISPUTED, SETTLED or RETURNED


class OrderList(Shape):
    orders: list[OneOrder]  # this page
    count: Count  # how many there are
    amount: Money  # yuan asked for, of all of them
    as_of: Moment  # what happened later is not listed yet


@method("kaifang.business.order.list")
def list_orders(work: Work, ask: AskOrders) -> OrderList:
    """List what people ordered from you."""
    as_of = read_up(work)
    where, values = wanted(work, ask, "created", ("title", "out_no", "id"))
    for column, value in (("status", ask.trade_status), ("escrow", ask.escrow)):
        if value:
            where, values = f"{where} and {column} = ?", [*values, value]
    if ask.refunded:
        where += " and refunded > 0"
    rows = paged(work, OrderRow, ask, ask.sort_by, where, values)
    names = masked(work, [row.buyer for row in rows])
    return OrderList(
        orders=[one_order(row, names) for row in rows], count=work.count(OrderRow, where, values),
        amount=Money(work.sum(OrderRow, "total", where, values)), as_of=Moment(as_of),
    )  # fmt: skip


def one_order(row: OrderRow, names: dict[str, str]) -> OneOrder:
    """An order as its merchant sees it."""
    return OneOrder(
        trade_no=row.id, out_trade_no=row.out_no, subject=row.title, trade_status=row.status, total_amount=row.total,
        receipt_amount=row.received, refunded=row.refunded, gmt_create=Moment(row.created),
        gmt_payment=Moment(row.paid) if row.paid else None, buyer=names.get(row.buyer), store_id=row.store or None,
        escrow=row.escrow or None,
    )  # fmt: skip


class AskRefunds(Listed):
    sort_by: Literal["at", "amount"] = "at"  # in which order


class OneRefund(Shape):
    """A refund."""

    refund_no: str  # 28 digits
    trade_no: str  # of which order, by the platform's number
    out_trade_no: str  # and by yours
    out_request_no: str  # your own number of the refund
    subject: str  # what the order was for
    refund_amount: Money  # yuan
    refund_reason: str  # why; empty if nobody said
    gmt_refund: Moment  # when
    buyer: str | None = None  # who bought: a mail address or mobile number, masked
    store_id: str | None = None  # your number of the shop


class RefundList(Shape):
    refunds: list[OneRefund]  # this page
    count: Count  # how many there are
    amount: Money  # yuan given back, of all of them
    as_of: Moment  # what happened later is not listed yet


@method("kaifang.business.refund.list")
def list_refunds(work: Work, ask: AskRefunds) -> RefundList:
    """List what you gave back."""
    as_of = read_up(work)
    where, values = wanted(work, ask, "at", ("title", "out_no", "trade", "request", "reason"))
    rows = paged(work, RefundRow, ask, ask.sort_by, where, values)
    names = masked(work, [row.buyer for row in rows])
    return RefundList(
        refunds=[one_refund(row, names) for row in rows], count=work.count(RefundRow, where, values),
        amount=Money(work.sum(RefundRow, "amount", where, values)), as_of=Moment(as_of),
    )  # fmt: skip


def one_refund(row: RefundRow, names: dict[str, str]) -> OneRefund:
    """A refund as its merchant sees it."""
    return OneRefund(
        refund_no=row.id, trade_no=row.trade, out_trade_no=row.out_no, out_request_no=row.request, subject=row.title,
        refund_amount=row.amount, refund_reason=row.reason, gmt_refund=Moment(row.at), buyer=names.get(row.buyer),
        store_id=row.store or None,
    )  # fmt: skip
