"""Merged payments: several orders that a buyer pays in one go, all or none."""

from kaifang.kernel import Fault, Key, Line, Moment, Money, Page, Shape, Text, Work, method, total

from .errors import BUYER_NOT_EXIST, CONTEXT_INCONSISTENT, INVALID, TRADE_HAS_CLOSE, TRADE_HAS_SUCCESS, TRADE_NOT_EXIST
from .find import name_buyer, party, the_buyer
from .order import ExtendParams, RoyaltyInfo, SettleInfo, ShopOrder, Title, begin, the_order
from .page import open_merged
from .parts import Goods
from .secondary import SubMerchant
from .states import Trade
from .tables import MergeRow, TradeRow

MOST_ORDERS = 20


class MergeOrder(Shape):
    out_trade_no: Key  # the seller's own number of the order
    total_amount: Money  # yuan
    subject: Title  # what for, as the buyer reads it
    seller_id: Key | None = None  # who is paid: yourself
    product_code: Key | None = None  # the product agreed on
    body: Line | None = None  # what for at length
    goods_detail: list[Goods] = []  # what is bought
    passback_params: Text | None = None  # comes back with every notification
    extend_params: ExtendParams | None = None  # further wishes
    sub_merchant: SubMerchant | None = None  # for whom you sell: a merchant whom you brought
    settle_info: SettleInfo | None = None  # a guaranteed trade
    royalty_info: RoyaltyInfo | None = None  # who else gets a part of it


class Merge(Shape):
    out_merge_no: Key  # the seller's own number of the payment; asking twice means the same one
    order_details: list[MergeOrder]  # the orders, 1 to 20
    timeout_express: Key | None = None  # closed if unpaid after 1m to 15d, or 1c: at midnight


class MergeUntil(Merge):
    time_expire: Moment | None = None  # closed if unpaid then; counts before timeout_express


class MergeFor(MergeUntil):
    buyer_id: Key | None = None  # who buys: the user id,
    buyer_open_id: Key | None = None  # or as your app knows that person


class PreOrder(Shape):
    app_id: str  # the app it belongs to
    out_trade_no: str  # the seller's number
    success: str  # true, or false: then no order of the payment was taken
    result_code: str  # SUCCESS, or why not


class SubOrder(PreOrder):
    partner_id: str  # who is paid
    result_msg: str | None = None  # why not, in words
    trade_no: str | None = None  # the platform's number


class Premerged(Shape):
    out_merge_no: str  # the seller's number of the payment
    pre_order_no: str | None = None  # hand it to alipay.trade.app.merge.pay or alipay.trade.wap.merge.pay
    order_detail_results: list[PreOrder]  # what became of each order


class Merged(Shape):
    out_merge_no: str  # the seller's number of the payment
    merge_no: str | None = None  # the platform's; the buyer pays it in the wallet
    order_detail_results: list[SubOrder]  # what became of each order


Refusals = dict[str, Fault]  # out_trade_no -> why it cannot be


@method("alipay.trade.merge.precreate", raises=[INVALID, CONTEXT_INCONSISTENT])
def merge_precreate(work: Work, ask: MergeUntil) -> Premerged:
    """Put several orders together, to be paid in one go in an app or a telephone's browser."""
    merge, refusals = merged(work, ask, "")
    results = [
        PreOrder(app_id=work.caller.auth_app, out_trade_no=one.out_trade_no, **result(refusals, one.out_trade_no))
        for one in ask.order_details
    ]
    return Premerged(
        out_merge_no=ask.out_merge_no, pre_order_no=merge.id if merge else None, order_detail_results=results
    )


@method("alipay.trade.merge.create", raises=[INVALID, CONTEXT_INCONSISTENT, BUYER_NOT_EXIST])
def merge_create(work: Work, ask: MergeFor) -> Merged:
    """Open several trades for a buyer, who pays them in one go in the wallet or a mini program."""
    if not (ask.buyer_id or ask.buyer_open_id):
        raise INVALID(field="buyer_id", reason="give buyer_id or buyer_open_id")
    buyer = party(work, BUYER_NOT_EXIST, user_id=ask.buyer_id, open_id=ask.buyer_open_id).user_id
    merge, refusals = merged(work, ask, buyer)
    numbers = dict(zip([one.out_trade_no for one in ask.order_details], merge.trades if merge else [], strict=False))
    results = [
        SubOrder(
            app_id=work.caller.auth_app, partner_id=work.caller.merchant, out_trade_no=one.out_trade_no,
            trade_no=numbers.get(one.out_trade_no),
            result_msg=refusals[one.out_trade_no].says("zh") if one.out_trade_no in refusals else None,
            **result(refusals, one.out_trade_no),
        )
        for one in ask.order_details
    ]  # fmt: skip
    return Merged(out_merge_no=ask.out_merge_no, merge_no=merge.id if merge else None, order_detail_results=results)


def result(refusals: Refusals, number: str) -> dict[str, str]:
    """What became of one order."""
    refusal = refusals.get(number)
    return {
        "success": "false" if refusals else "true",
        "result_code": refusal.kind.code if refusal else "FAIL" if refusals else "SUCCESS",
    }


def merged(work: Work, ask: Merge, buyer: str) -> tuple[MergeRow | None, Refusals]:
    """The payment that was asked for, before or now; or why orders of it cannot be."""
    numbers = [one.out_trade_no for one in ask.order_details]
    if not 1 <= len(numbers) <= MOST_ORDERS or len(set(numbers)) < len(numbers):
        raise INVALID(field="order_details", reason=f"1 to {MOST_ORDERS} orders, each with a number of its own")
    known = work.find(MergeRow, merchant=work.caller.merchant, out_merge_no=ask.out_merge_no)
    trades, refusals = take_orders(work, ask, buyer)
    ids = [trade.id for trade in trades]
    if known is not None and not refusals and known.trades != ids:
        raise CONTEXT_INCONSISTENT(out_merge_no=ask.out_merge_no)
    if known is not None or refusals:
        return (None if refusals else known), refusals
    expires = min(trade.expires for trade in trades)
    row = MergeRow(
        id=work.new_id("22003"), merchant=work.caller.merchant, out_merge_no=ask.out_merge_no, trades=ids,
        total=total([trade.total for trade in trades]), expires=expires, app=work.caller.app, buyer=buyer,
    )  # fmt: skip
    return work.add(row), {}


def take_orders(work: Work, ask: Merge, buyer: str) -> tuple[list[TradeRow], Refusals]:
    """The trade of each order; if one of them cannot be, none is begun."""
    trades: list[TradeRow] = []
    fresh: list[TradeRow] = []
    refusals: Refusals = {}
    for one in ask.order_details:
        known = work.find(TradeRow, seller=work.caller.merchant, out_trade_no=one.out_trade_no)
        try:
            trade = the_order(work, order_of(ask, one), "merge")
            if known is None:
                fresh.append(trade)
            if buyer:
                the_buyer(work, trade, buyer)
            trades.append(trade)
        except Fault as refusal:
            refusals[one.out_trade_no] = refusal
    for trade in fresh if refusals else ():
        work.remove(trade)
    for trade in trades if buyer and not refusals else ():
        name_buyer(work, trade, buyer)
        if trade.state == Trade.ORDERED.name:
            begin(work, trade)
    return trades, refusals


def order_of(ask: Merge, one: MergeOrder) -> ShopOrder:
    """One of several orders, as if it were alone."""
    same = {name: getattr(one, name) for name in one.__struct_fields__ if name in ShopOrder.__struct_fields__}
    return ShopOrder(timeout_express=ask.timeout_express, time_expire=getattr(ask, "time_expire", None), **same)


class PayMerged(Shape):
    pre_order_no: Key  # as alipay.trade.merge.precreate answered it


def the_merge(work: Work, number: str) -> MergeRow:
    """The caller's merged payment with this number."""
    merge = work.find(MergeRow, id=number)
    if merge is None or merge.merchant != work.caller.merchant:
        raise TRADE_NOT_EXIST(pre_order_no=number)
    return merge


MERGE_FAULTS = [TRADE_NOT_EXIST, TRADE_HAS_SUCCESS, TRADE_HAS_CLOSE]


@method("alipay.trade.app.merge.pay", raises=MERGE_FAULTS)
def app_merge_pay(work: Work, ask: PayMerged) -> Page:
    """Let a buyer pay several orders in a merchant's app."""
    return open_merged(work, the_merge(work, ask.pre_order_no), in_app="alipay.trade.app.merge.pay")


@method("alipay.trade.wap.merge.pay", raises=MERGE_FAULTS)
def wap_merge_pay(work: Work, ask: PayMerged) -> Page:
    """Let a buyer pay several orders in a telephone's browser."""
    return open_merged(work, the_merge(work, ask.pre_order_no))


@method("alipay.trade.page.merge.pay", raises=[INVALID, CONTEXT_INCONSISTENT])
def page_merge_pay(work: Work, ask: Merge) -> Page:
    """Let a buyer pay several orders in a browser."""
    merge, refusals = merged(work, ask, "")
    if merge is None:
        number, refusal = next(iter(refusals.items()))
        raise INVALID(field="order_details", reason=f"{number}: {refusal.kind.code} {refusal.says('en')}")
    return open_merged(work, merge)
