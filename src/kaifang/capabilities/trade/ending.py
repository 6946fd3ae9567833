"""Ending a trade: closing what nobody paid, cancelling what went wrong, finishing what is old; and its history."""

from collections.abc import Sequence
from operator import attrgetter

from kaifang.kernel import DAY, Happening, Moment, Money, Shape, Work, daily, method, timer
from kaifang.kernel.clock import day
from kaifang.kernel.outbox import take_in

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
from .royalty import free
from .states import RefundApplication, Settlement, Trade
from .tables import ApplicationRow, RefundRow, SettlementRow, SharingRow, Sweep, TradeRow

CANCEL_PERIOD = DAY
REFUND_PERIOD = 365 * DAY  # twelve months from the payment
PAGE = 500  # old trades looked at together
OVER = {"TRADE_CLOSED": "close", "TRADE_FINISHED": "finish"}  # the states of what is over, and the deeds by which it is


class Close(Which):
    pass


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
    Trade.close(work, trade, seller=trade.seller, buyer=trade.buyer, out_trade_no=trade.out_trade_no)
    trade.ended = work.now
    tell_seller(work, trade)


@timer("trade.expire")
def expire(work: Work, happening: Happening) -> None:
    """Close a trade that nobody paid in time; one that nobody even saw is forgotten."""
    trade = work.find(TradeRow, id=happening.subject)
    if trade is None or trade.paid:
        return
    if trade.state == Trade.ORDERED.name:
        until = trade.more.qr_until if trade.more and trade.more.qr_until else trade.expires
        if until <= work.now:
            work.remove(trade)
    elif trade.expires <= work.now and Trade.close.possible(trade):
        close(work, trade)


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


@daily("trade.finish", at="00:30")
def finish(work: Work, happening: Happening) -> None:
    """Begin the day's sweep through the trades whose refund period is over."""
    sweep(work, happening)


@timer("trade.sweep")
def sweep(work: Work, happening: Happening) -> None:
    """Finish old trades, a page at a time; their numbers begin with the day, so they stand together."""
    cursor = work.find(Sweep, id="finish") or work.add(Sweep(id="finish"))
    old = work.select(TradeRow, "id > ? and id < ?", (cursor.upto, day(work.now - REFUND_PERIOD)), "id", limit=PAGE)
    for trade in take_in(work, "trade.sweep", old, end_those):
        work.later(work.now, "trade.refunds_end", trade.id)  # and is tried again alone, again and again
    if old:
        cursor.upto = old[-1].id
        work.later(work.now, "trade.sweep", "finish")


def end_those(work: Work, trades: Sequence[TradeRow]) -> None:
    """Finish trades whose refund period is over, and come back for the others."""
    for trade in trades:
        over = trade.paid + REFUND_PERIOD
        if over <= work.now:
            end_of_refunds(work, trade)
        else:
            work.later(over, "trade.refunds_end", trade.id)


@timer("trade.refunds_end")
def refunds_end(work: Work, happening: Happening) -> None:
    """Finish a trade that was paid days after it was opened."""
    trade = work.find(TradeRow, id=happening.subject)
    if trade is not None:
        end_of_refunds(work, trade)


def end_of_refunds(work: Work, trade: TradeRow) -> None:
    """The trade can never be refunded again."""
    if not Trade.finish.possible(trade):
        return
    settlement = work.find(SettlementRow, id=trade.id)
    if settlement is not None and settlement.held:
        work.later(work.now + 30 * DAY, "trade.refunds_end", trade.id)
        return
    if settlement is not None and settlement.frozen:
        free(work, trade, settlement)
    Trade.finish(work, trade, seller=trade.seller, out_trade_no=trade.out_trade_no)
    trade.ended = work.now
    tell_seller(work, trade)


class Follow(Which):
    pass


class Deed(Shape):
    """One thing that happened."""

    what: str  # order, pay, refund, settle, share, close or finish
    at: Moment  # when
    amount: Money  # yuan; zero where none moved
    number: str | None = None  # of a refund your out_request_no, of a sharing its settle_no
    reason: str | None = None  # of a refund: why


class Waiting(Shape):
    """A refund that was asked for and is not carried out."""

    out_request_no: str  # your own number of it
    amount: Money  # yuan
    state: str  # ASKED, REFUND_PROCESSING or REFUND_FAIL
    error: str | None = None  # why it failed


class Followed(Shape):
    trade_no: str  # the platform's number
    deeds: list[Deed]  # the earliest first
    waiting: list[Waiting] = []  # refunds that are not carried out yet
    refundable: Money  # yuan that can still be given back
    escrow: str | None = None  # of a guaranteed trade: WAITING, DISPUTED, SETTLED or RETURNED
    settles: Moment | None = None  # when you get its money by itself
    dispute: str | None = None  # what is disputed


@method("kaifang.trade.history", reads=True, raises=[INVALID, TRADE_NOT_EXIST])
def history(work: Work, ask: Follow) -> Followed:
    """Follow an order of yours: what happened to it, and what can still be given back."""
    trade = the_trade(work, ask)
    money = work.find(SettlementRow, id=trade.id)
    guaranteed = money if money is not None and trade.more is not None and trade.more.settle_days else None
    waits = guaranteed is not None and guaranteed.state == Settlement.WAITING.name
    return Followed(
        trade_no=trade.id, deeds=deeds(work, trade, money), waiting=waiting(work, trade),
        refundable=trade.total - trade.refunded if trade.state == Trade.TRADE_SUCCESS.name else Money(0),
        escrow=guaranteed.state if guaranteed else None,
        settles=Moment(guaranteed.due) if guaranteed and waits else None,
        dispute=(guaranteed.reason or None) if guaranteed else None,
    )  # fmt: skip


def deeds(work: Work, trade: TradeRow, money: SettlementRow | None) -> list[Deed]:
    """What happened, the earliest first."""
    found = [Deed(what="order", at=Moment(trade.created), amount=trade.total)]
    if trade.paid:
        found.append(Deed(what="pay", at=Moment(trade.paid), amount=trade.owed))
    found += [
        Deed(what="refund", at=Moment(row.at), amount=row.amount, number=row.request, reason=row.reason or None)
        for row in work.select(RefundRow, "trade = ?", (trade.id,), "number")
    ]
    found += [Deed(what="settle", at=Moment(step.at), amount=step.amount) for step in (money.steps if money else ())]
    found += [
        Deed(what="share", at=Moment(part.at or row.at), amount=part.amount, number=row.id)
        for row in work.select(SharingRow, "trade = ?", (trade.id,), "id")
        for part in row.parts
        if part.state == "SUCCESS"
    ]
    if trade.ended and trade.state in OVER:
        found.append(Deed(what=OVER[trade.state], at=Moment(trade.ended), amount=Money(0)))
    return sorted(found, key=attrgetter("at.ms"))


def waiting(work: Work, trade: TradeRow) -> list[Waiting]:
    """Refunds that were asked for and are not carried out."""
    values = (trade.id, RefundApplication.REFUND_SUCCESS.name)
    rows = work.select(ApplicationRow, "trade = ? and state <> ?", values, "id")
    return [
        Waiting(out_request_no=row.request, amount=row.amount, state=row.state, error=row.error or None) for row in rows
    ]
