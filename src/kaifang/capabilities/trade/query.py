"""Looking trades and refunds up: as the seller, as the buyer in the wallet, and for other capabilities."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from kaifang.kernel import DAY, NO_USER, Key, Line, Moment, Money, Shape, Who, Work, method
from kaifang.kernel.clock import day
from kaifang.kernel.shape import convert

from .errors import INVALID, TRADE_NOT_EXIST
from .find import Which, bought, the_trade
from .notices import deposit_back
from .parts import Bill, Goods, More
from .payment import Amounts, FundBill, all_bills, amounts, buyer_names, discountable, fund_bills, moment
from .refund import parts_of
from .secondary import shop_name
from .states import RefundApplication, Settlement, Trade
from .tables import ApplicationRow, RefundRow, SettlementRow, SharingRow, TradeRow


class Query(Which):
    query_options: list[Line] = []  # fund_bill_list, trade_settle_info and so on: say more


class SettleDetail(Shape):
    operation_type: str  # transfer, settle or on_settle
    operation_dt: Moment  # when
    amount: Money  # yuan
    operation_serial_no: str | None = None  # the seller's number of the request
    trans_out: str | None = None  # from whom
    trans_in: str | None = None  # to whom


class SettleInfo(Shape):
    trade_settle_detail_list: list[SettleDetail]  # what became of the money
    trade_unsettled_amount: Money | None = None  # yuan in escrow


class Found(Amounts):
    trade_no: str  # the platform's number
    out_trade_no: str  # the seller's number
    trade_status: str  # WAIT_BUYER_PAY, TRADE_SUCCESS, TRADE_FINISHED or TRADE_CLOSED
    send_pay_date: Moment | None = None  # when it was paid
    subject: str | None = None  # what for
    body: str | None = None  # the same at length
    store_id: str | None = None  # the seller's number of the shop
    terminal_id: str | None = None  # the seller's number of the till
    passback_params: str | None = None  # as the order had it
    fund_bill_list: list[FundBill] | None = None  # what it was paid with
    req_goods_detail: list[Goods] | None = None  # what was bought, if query_options has it
    charge_amount: Money | None = None  # yuan the platform took of the seller
    alipay_sub_merchant_id: str | None = None  # for whom it was sold: the number in its sub_merchant
    trade_settle_info: SettleInfo | None = None  # what became of the money, if query_options has it


@method("alipay.trade.query", reads=True, raises=[INVALID, TRADE_NOT_EXIST])
def query(work: Work, ask: Query) -> Found:
    """Ask how a trade stands."""
    trade = the_trade(work, ask)
    more, options = trade.more, set(ask.query_options)
    buyer: dict[str, Any] = {}
    if trade.buyer:
        masked = work.ask("kaifang.account.party.find", user_id=trade.buyer).masked
        buyer = buyer_names(work, trade, masked)
    return Found(
        trade_no=trade.id, out_trade_no=trade.out_trade_no, trade_status=trade.state,
        send_pay_date=moment(trade.paid), subject=trade.subject, body=more.body if more else None,
        store_id=more.store_id if more else None, terminal_id=more.terminal_id if more else None,
        passback_params=more.passback_params if more else None, fund_bill_list=all_bills(trade) or None,
        req_goods_detail=more.goods if more and "req_goods_detail" in options else None,
        charge_amount=trade.fee or None, alipay_sub_merchant_id=more.smid if more else None,
        trade_settle_info=settle_info(work, trade) if "trade_settle_info" in options else None,
        **amounts(trade), **buyer,
    )  # fmt: skip


def settle_info(work: Work, trade: TradeRow) -> SettleInfo:
    """What became of a trade's money."""
    row = work.find(SettlementRow, id=trade.id)
    details = [
        SettleDetail(
            operation_type="transfer", operation_dt=Moment(part.at or sharing.at), amount=part.amount,
            operation_serial_no=sharing.request, trans_out=trade.paid_to, trans_in=part.receiver,
        )
        for sharing in work.select(SharingRow, "trade = ?", (trade.id,), "id")
        for part in sharing.parts
        if part.state == "SUCCESS"
    ]  # fmt: skip
    details += [
        SettleDetail(
            operation_type="settle", operation_dt=Moment(step.at), amount=step.amount,
            operation_serial_no=step.request or None, trans_in=trade.paid_to,
        )
        for step in (row.steps if row is not None else ())
    ]  # fmt: skip
    return SettleInfo(trade_settle_detail_list=details, trade_unsettled_amount=row.held if row else None)


class RefundQuery(Which):
    out_request_no: Key  # the seller's number of the part; the trade's out_trade_no if it had none
    query_options: list[Line] = []  # gmt_refund_pay, refund_detail_item_list, deposit_back_info


class RoyaltyBack(Shape):
    trans_out: str  # who gave his share back
    trans_in: str  # to whom
    refund_amount: Money  # yuan
    result_code: str  # SUCCESS


class DepositBack(Shape):
    has_deposit_back: str  # true
    dback_status: str  # S: it reached the card
    dback_amount: Money  # yuan
    bank_ack_time: Moment  # when the bank said so


class RefundFound(Shape):
    trade_no: str | None = None  # the platform's number
    out_trade_no: str | None = None  # the seller's number
    out_request_no: str | None = None  # the seller's number of the part
    refund_reason: str | None = None  # why
    total_amount: Money | None = None  # yuan of the trade
    refund_amount: Money | None = None  # yuan of this part
    refund_status: str | None = None  # REFUND_SUCCESS, REFUND_PROCESSING or REFUND_FAIL
    error_code: str | None = None  # why it failed
    gmt_refund_pay: Moment | None = None  # when
    send_back_fee: Money | None = None  # yuan given back by this part
    refund_detail_item_list: list[FundBill] | None = None  # where they went
    deposit_back_info: DepositBack | None = None  # what went back to a bank card, if query_options has it
    refund_royaltys: list[RoyaltyBack] | None = None  # which shares were taken back
    refund_charge_amount: Money | None = None  # yuan of its fee that the seller got back


@method("alipay.trade.fastpay.refund.query", reads=True, raises=[INVALID, TRADE_NOT_EXIST])
def refund_query(work: Work, ask: RefundQuery) -> RefundFound:
    """Ask whether a refund went through; the answer to a number that was never used says nothing of a refund."""
    trade = the_trade(work, ask)
    row = work.find(RefundRow, trade=trade.id, request=ask.out_request_no)
    if row is None:
        return pending(work, trade, ask.out_request_no)
    options = set(ask.query_options)
    detailed = "refund_detail_item_list" in options
    royalties = [
        RoyaltyBack(trans_out=giver, trans_in=trade.paid_to, refund_amount=amount, result_code="SUCCESS")
        for giver, amount in row.taken_back.items()
    ]
    return RefundFound(
        trade_no=trade.id, out_trade_no=trade.out_trade_no, out_request_no=row.request,
        refund_reason=row.reason or None, total_amount=trade.total, refund_amount=row.amount,
        refund_status=RefundApplication.REFUND_SUCCESS.name, refund_royaltys=royalties or None,
        refund_charge_amount=row.fee or None, send_back_fee=row.amount - parts_of(row.offs)[0] if detailed else None,
        gmt_refund_pay=Moment(row.at) if "gmt_refund_pay" in options else None,
        refund_detail_item_list=fund_bills(row.bills) if detailed else None,
        deposit_back_info=deposit_info(row) if "deposit_back_info" in options else None,
    )  # fmt: skip


def deposit_info(row: RefundRow) -> DepositBack | None:
    """What of a refund went back to a bank card, if some did."""
    back = deposit_back(row)
    return convert({"has_deposit_back": "true", **back}, DepositBack) if back else None


def pending(work: Work, trade: TradeRow, number: str) -> RefundFound:
    """What is to be said of a refund that did not go through, or not yet."""
    applied = work.find(ApplicationRow, trade=trade.id, request=number)
    if applied is None or applied.state == RefundApplication.ASKED.name:
        return RefundFound()
    return RefundFound(
        trade_no=trade.id, out_trade_no=trade.out_trade_no, out_request_no=number, total_amount=trade.total,
        refund_reason=applied.reason or None, refund_amount=applied.amount, refund_status=applied.state,
        error_code=applied.error or None,
    )  # fmt: skip


class Which28(Shape):
    trade_no: Key  # the platform's number
    seller: Key | None = None  # only if this is the seller


class RefundFacts(Shape):
    out_request_no: str  # the seller's number
    amount: Money  # yuan
    at: Moment  # when
    fee: Money  # yuan of its fee that the seller got back


class Facts(Shape):
    trade_no: str  # the platform's number
    out_trade_no: str  # the seller's number
    seller: str  # user id
    app: str  # the app that asked
    buyer: str  # user id, empty as long as it is unknown
    way: str  # how it came: pay, create, precreate, page, wap, app or merge
    product: str  # product_code
    subject: str  # what for
    state: str  # ORDERED, WAIT_BUYER_PAY, TRADE_SUCCESS, TRADE_FINISHED or TRADE_CLOSED
    total: Money  # yuan
    discountable: Money  # yuan of it that vouchers may take something off
    refunded: Money  # yuan
    fee: Money  # yuan the platform took of the seller
    held: Money  # yuan in escrow
    shared: Money  # yuan given on to others
    created: int  # milliseconds
    paid: int  # milliseconds, 0 if it was not
    ended: int  # milliseconds, 0 if it has not
    bills: list[Bill]  # what it was paid with
    refunds: list[RefundFacts]  # the oldest first
    body: str | None = None  # what for at length
    store_id: str | None = None  # the seller's number of the shop
    operator_id: str | None = None  # the seller's number of the cashier
    terminal_id: str | None = None  # the seller's number of the till
    goods: list[Goods] | None = None  # what was bought
    agreement_no: str | None = None  # the agreement by which it was deducted
    provider: str | None = None  # the service provider whose system sold it, as the order named it
    smid: str | None = None  # for whom the seller sold it: a merchant whom he brought
    settlement: str | None = None  # of a guaranteed trade: WAITING, DISPUTED, SETTLED or RETURNED


@method("kaifang.trade.find", who=Who.INSIDE, reads=True, raises=[TRADE_NOT_EXIST])
def find(work: Work, ask: Which28) -> Facts:
    """Everything there is to know of a trade."""
    trade = work.find(TradeRow, id=ask.trade_no)
    if trade is None or ask.seller not in (None, trade.seller):
        raise TRADE_NOT_EXIST(trade_no=ask.trade_no)
    row = work.find(SettlementRow, id=trade.id)
    refunds = work.select(RefundRow, "trade = ?", (trade.id,), "number")
    more = {name: getattr(trade.more, name) for name in FROM_MORE} if trade.more else {}
    same = {name: getattr(trade, name) for name in SAME}
    return Facts(
        trade_no=trade.id, discountable=discountable(trade), held=row.held if row else Money(0),
        settlement=row.state if row else None,
        shared=sum(row.given.values(), Money(0)) if row else Money(0),
        refunds=[
            RefundFacts(out_request_no=one.request, amount=one.amount, at=Moment(one.at), fee=one.fee)
            for one in refunds
        ],
        **same, **more,
    )  # fmt: skip


FROM_MORE = ("body", "store_id", "operator_id", "terminal_id", "goods", "agreement_no", "provider", "smid")
SAME = tuple(name for name in Facts.__struct_fields__ if name in TradeRow.__struct_fields__)


class ListOrders(Shape):
    before: Key | None = None  # orders before this trade_no; the newest if left out
    limit: Annotated[int, Meta(ge=1, le=50)] = 20  # how many
    days: Annotated[int, Meta(ge=1, le=400)] = 90  # how far back
    only: Literal["TO_PAY", "TO_RECEIVE", "DISPUTED", "REFUNDED"] | None = None  # those that wait for you, or came back


class BoughtOrder(Shape):
    trade_no: str  # the platform's number
    seller_name: str  # from whom
    subject: str  # what for
    total_amount: Money  # yuan
    refunded: Money  # yuan given back
    trade_status: str  # WAIT_BUYER_PAY, TRADE_SUCCESS, TRADE_FINISHED or TRADE_CLOSED
    gmt_create: Moment  # when it began
    gmt_payment: Moment | None = None  # when it was paid
    to_confirm: bool  # whether you have to confirm it, in the cashier
    escrow: str | None = None  # of a guaranteed trade: WAITING, DISPUTED, SETTLED or RETURNED
    settles: Moment | None = None  # when the seller gets the money by itself


class Orders(Shape):
    orders: list[BoughtOrder]  # the newest first


@method("kaifang.trade.list", who=Who.WALLET, reads=True)
def list_orders(work: Work, ask: ListOrders) -> Orders:
    """List what the signed-in person bought, the newest first."""
    if work.caller.user is None:
        raise NO_USER()
    # No index leads with the buyer, which would cost every payment more than it saves here: the walk goes back in time
    # along the numbers, and stops at the limit.
    where, since = "buyer = ? and id < ? and id > ? and state <> ?", day(work.now - ask.days * DAY)
    where += f" and {ONLY[ask.only]}" if ask.only else ""
    values = (work.caller.user, ask.before or "9", since, Trade.ORDERED.name)
    trades = work.select(TradeRow, where, values, "id desc", limit=ask.limit)
    return Orders(orders=[bought_order(work, trade) for trade in trades])


ESCROW = "id in (select id from settlement where state = '{}')"
ONLY = {
    "TO_PAY": f"state = '{Trade.WAIT_BUYER_PAY.name}'", "TO_RECEIVE": ESCROW.format(Settlement.WAITING.name),
    "DISPUTED": ESCROW.format(Settlement.DISPUTED.name), "REFUNDED": "refunded > 0",
}  # fmt: skip


class LookAtOrder(Shape):
    trade_no: Key  # the platform's number


class TakenOff(Shape):
    name: str  # what the voucher is called
    amount: Money  # yuan


class Returned(Shape):
    amount: Money  # yuan
    at: Moment  # when
    reason: str | None = None  # why


class Looked(BoughtOrder):
    out_trade_no: str  # the seller's number
    body: str | None = None  # what for at length
    goods: list[Goods]  # what was bought, if the seller told
    expires: Moment | None = None  # until when it can be paid, if it waits for that
    paid_with: list[Bill]  # what you paid with
    taken_off: list[TakenOff]  # what vouchers took off
    refunds: list[Returned]  # what came back, the oldest first
    reason: str | None = None  # what you dispute


@method("kaifang.trade.look", who=Who.WALLET, reads=True, raises=[TRADE_NOT_EXIST])
def look_at_order(work: Work, ask: LookAtOrder) -> Looked:
    """Look at something that you bought, or are to pay: the order, the money, and what became of both."""
    trade = bought(work, ask.trade_no)
    seen, more = bought_order(work, trade), trade.more or More()
    refunds = work.select(RefundRow, "trade = ?", (trade.id,), "number")
    row = work.find(SettlementRow, id=trade.id)
    return Looked(
        **{name: getattr(seen, name) for name in BoughtOrder.__struct_fields__}, out_trade_no=trade.out_trade_no,
        body=more.body, goods=more.goods or [], expires=Moment(trade.expires) if seen.to_confirm else None,
        paid_with=trade.bills, taken_off=[TakenOff(name=off.name, amount=off.amount) for off in more.offs or ()],
        refunds=[Returned(amount=one.amount, at=Moment(one.at), reason=one.reason or None) for one in refunds],
        reason=row.reason or None if row else None,
    )  # fmt: skip


def bought_order(work: Work, trade: TradeRow) -> BoughtOrder:
    """A trade as its buyer sees it."""
    row = work.find(SettlementRow, id=trade.id) if trade.more and trade.more.settle_days else None
    return BoughtOrder(
        trade_no=trade.id, seller_name=shop_name(work, trade),
        subject=trade.subject, total_amount=trade.total, refunded=trade.refunded, trade_status=trade.state,
        gmt_create=Moment(trade.created), gmt_payment=moment(trade.paid),
        to_confirm=trade.state == Trade.WAIT_BUYER_PAY.name, escrow=row.state if row else None,
        settles=Moment(row.due) if row and row.state == Settlement.WAITING.name else None,
    )  # fmt: skip
