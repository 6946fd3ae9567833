"""Ending a trade: closing what nobody paid, and cancelling what went wrong."""

from kaifang.kernel import DAY, Key, Moment, Shape, Work, method

from .errors import (
    INVALID,
    REASON_TRADE_BEEN_FREEZEN,
    REASON_TRADE_REFUND_FEE_ERR,
    SELLER_BALANCE_NOT_ENOUGH,
    TRADE_CANCEL_TIME_OUT,
    TRADE_HAS_FINISHED,
    TRADE_NOT_EXIST,
    TRADE_STATUS_ERROR,
)
from .find import Which, any_trade, the_trade
from .notices import tell_seller
from .refund import give_back
from .states import Settlement, Trade
from .tables import RefundRow, SettlementRow, TradeRow

CANCEL_PERIOD = DAY


class Close(Which):
    operator_id: Key | None = None  # the seller's number of who asks


class Closed(Shape):
    trade_no: str  # the platform's number
    out_trade_no: str  # the seller's number


@method("alipay.trade.close", raises=[INVALID, TRADE_NOT_EXIST, TRADE_STATUS_ERROR])
def close_trade(work: Work, ask: Close) -> Closed:
    """Close a trade that nobody has paid."""
    trade = the_trade(work, ask)
    close(work, trade)
    return Closed(trade_no=trade.id, out_trade_no=trade.out_trade_no)


def close(work: Work, trade: TradeRow) -> None:
    """Close a trade that nobody paid, and tell the seller where that was agreed."""
    Trade.close(work, trade, seller=trade.seller, out_trade_no=trade.out_trade_no)
    trade.ended = work.now
    tell_seller(work, trade)


class Cancel(Which):
    pass


class Cancelled(Shape):
    out_trade_no: str | None = None  # the seller's number
    trade_no: str | None = None  # the platform's number
    retry_flag: str  # N: do not ask again
    action: str | None = None  # close if it was unpaid, refund if the buyer got everything back
    gmt_refund_pay: Moment | None = None  # when the buyer got it back


@method(
    "alipay.trade.cancel",
    raises=[
        INVALID, TRADE_HAS_FINISHED, TRADE_CANCEL_TIME_OUT, REASON_TRADE_BEEN_FREEZEN, REASON_TRADE_REFUND_FEE_ERR,
        SELLER_BALANCE_NOT_ENOUGH,
    ],
)  # fmt: skip
def cancel(work: Work, ask: Cancel) -> Cancelled:
    """Undo a payment whose outcome the till does not know: close the trade, or give everything back."""
    trade = any_trade(work, ask)
    if trade is None or trade.state == Trade.ORDERED.name:
        if trade is not None:
            work.remove(trade)  # a code that nobody has scanned is good for nothing from now on
        return Cancelled(out_trade_no=ask.out_trade_no, trade_no=ask.trade_no, retry_flag="N")
    if Trade.close.possible(trade):
        close(work, trade)
    elif trade.state != Trade.TRADE_CLOSED.name:
        undo(work, trade)
    return Cancelled(
        out_trade_no=trade.out_trade_no, trade_no=trade.id, retry_flag="N", action="refund" if trade.paid else "close",
        gmt_refund_pay=Moment(trade.ended) if trade.paid else None,
    )  # fmt: skip


def undo(work: Work, trade: TradeRow) -> None:
    """Give everything back, as long as that is possible."""
    if trade.state == Trade.TRADE_FINISHED.name:
        raise TRADE_HAS_FINISHED(trade_no=trade.id)
    settlement = work.find(SettlementRow, id=trade.id)
    if settlement is not None and settlement.state == Settlement.DISPUTED.name:
        raise REASON_TRADE_BEEN_FREEZEN(reason=settlement.reason)
    if trade.refunded:
        raise REASON_TRADE_REFUND_FEE_ERR(left=trade.total - trade.refunded)
    if work.now > trade.paid + CANCEL_PERIOD:
        raise TRADE_CANCEL_TIME_OUT(gmt_payment=Moment(trade.paid))
    number = work.new_id("22002")
    row = work.add(
        RefundRow(trade=trade.id, request=trade.out_trade_no, number=number, amount=trade.total, at=work.now)
    )
    give_back(work, trade, row)
