"""What a merchant sold and bought: trades that were paid, with what became of them."""

from kaifang.kernel import INVALID_PARAMETER, Key, Moment, Money, Shape, Work, holding, method, total

from .find import page, parts
from .period import Span, span
from .reading import read_all
from .tables import DealRow
from .words import Names


class AskOrders(Span):
    alipay_order_no: Key | None = None  # only the trade with this number
    merchant_order_no: Key | None = None  # or with this number of the seller's
    store_no: Key | None = None  # only of shops whose number holds this


class TradeItem(Shape):
    """A trade that was paid."""

    alipay_order_no: str  # the platform's number
    merchant_order_no: str  # the seller's number
    goods_title: str  # what for
    gmt_create: Moment  # when it was ordered
    gmt_pay: Moment  # when it was paid
    total_amount: Money  # yuan
    refund_amount: Money  # yuan given back
    service_fee: Money  # yuan the platform took of the seller
    net_mdiscount: Money  # yuan the seller let off
    trade_status: str  # 成功 (paid), 待确认收货 (paid, and the money waits) or 关闭 (all of it given back)
    trade_type: str  # 交易
    other_account: str  # who bought, or sold
    goods_memo: str | None = None  # what for, at length
    gmt_refund: Moment | None = None  # when something was given back last
    store_no: str | None = None  # the seller's number of the shop


class Orders(Shape):
    detail_list: list[TradeItem]  # the oldest first
    page_no: str  # which page
    page_size: str  # trades on a page
    total_size: str  # trades in all


@method("alipay.data.bill.sell.query")
def sold(work: Work, ask: AskOrders) -> Orders:
    """List what you sold: the trades that were paid in a span of time."""
    return orders(work, ask, "payee")


@method("alipay.data.bill.buy.query")
def bought(work: Work, ask: AskOrders) -> Orders:
    """List what you bought: the trades that you paid in a span of time."""
    return orders(work, ask, "payer")


def orders(work: Work, ask: AskOrders, side: str) -> Orders:
    """The paid trades of one side."""
    if ask.alipay_order_no and ask.merchant_order_no:
        raise INVALID_PARAMETER(field="merchant_order_no", reason="give one of the two numbers")
    where, values = f"{side} = ? and at >= ? and at < ? and kind = ?", [work.caller.merchant, *span(ask), "pay"]
    for column, wanted in (("trade_no", ask.alipay_order_no), ("out_no", ask.merchant_order_no)):
        if wanted:
            where, values = f"{where} and {column} = ?", [*values, wanted]
    if ask.store_no:
        condition, texts = holding(ask.store_no, "store")
        where, values = f"{where} and {condition}", [*values, *texts]
    read_all(work)
    rows, told = page(work, DealRow, where, values, ask, order="at, id")
    later, names = parts(work, [row.id for row in rows], "settle", "refund"), Names(work)
    return Orders(detail_list=[trade_item(row, later.get(row.id, []), side, names) for row in rows], **told)


def trade_item(row: DealRow, later: list[DealRow], side: str, names: Names) -> TradeItem:
    """A trade, as its seller or its buyer reads it; the fee is not the buyer's business."""
    back = [one for one in later if one.kind == "refund"]
    refunded, taken = total([one.amount for one in back]), total([one.fee for one in later if one.kind == "settle"])
    fee = row.fee + taken - total([one.fee for one in back]) if side == "payee" else Money(0)
    waits = row.guaranteed and not any(one.kind == "settle" for one in later)
    return TradeItem(
        alipay_order_no=row.id, merchant_order_no=row.out_no, goods_title=row.title, gmt_create=Moment(row.created),
        gmt_pay=Moment(row.at), total_amount=row.amount, refund_amount=refunded, service_fee=fee,
        net_mdiscount=row.by_seller - total([one.by_seller for one in back]), trade_type="交易",
        goods_memo=row.note or None,
        trade_status="关闭" if refunded == row.amount else "待确认收货" if waits else "成功",
        other_account=names(row.payer if side == "payee" else row.payee),
        gmt_refund=Moment(back[-1].at) if back else None, store_no=row.store or None,
    )  # fmt: skip
