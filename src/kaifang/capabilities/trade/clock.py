"""What time does to trades: unpaid ones close, guaranteed ones settle, old ones are finished."""

from kaifang.kernel import DAY, Happening, Row, Work, daily, table, timer
from kaifang.kernel.clock import day

from .ending import close
from .escrow import settle
from .notices import tell_seller
from .states import Settlement, Trade
from .tables import SettlementRow, TradeRow

REFUND_PERIOD = 365 * DAY  # twelve months from the payment
PAGE = 500  # trades looked at together


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


@timer("trade.settle")
def settle_by_itself(work: Work, happening: Happening) -> None:
    """Settle a guaranteed trade whose buyer never said a word."""
    settlement = work.find(SettlementRow, id=happening.subject)
    if settlement is not None and Settlement.settle.possible(settlement) and settlement.due <= work.now:
        settle(work, settlement, settlement.held)


@table("trade_sweep")
class Sweep(Row):
    """How far the sweep through old trades has come."""

    id: str
    upto: str = ""  # trade_no of the last one that was looked at


@daily("trade.finish", at="00:30")
def finish(work: Work, happening: Happening) -> None:
    """Begin the day's sweep through the trades whose refund period is over."""
    sweep(work, happening)


@timer("trade.sweep")
def sweep(work: Work, happening: Happening) -> None:
    """Finish old trades, a page at a time; their numbers begin with the day, so they stand together."""
    cursor = work.find(Sweep, id="finish") or work.add(Sweep(id="finish"))
    old = work.select(TradeRow, "id > ? and id < ?", (cursor.upto, day(work.now - REFUND_PERIOD)), "id", limit=PAGE)
    for trade in old:
        over = trade.paid + REFUND_PERIOD
        if over <= work.now:
            end_of_refunds(work, trade)
        else:
            work.later(over, "trade.refunds_end", trade.id)
    if old:
        cursor.upto = old[-1].id
        work.later(work.now, "trade.sweep", "finish")


@timer("trade.refunds_end")
def refunds_end(work: Work, happening: Happening) -> None:
    """Finish a trade that was paid days after it was opened."""
    trade = work.find(TradeRow, id=happening.subject)
    if trade is not None:
        end_of_refunds(work, trade)


def end_of_refunds(work: Work, trade: TradeRow) -> None:
    """The trade can never be refunded again."""
    if Trade.finish.possible(trade):
        Trade.finish(work, trade, seller=trade.seller, out_trade_no=trade.out_trade_no)
        trade.ended = work.now
        tell_seller(work, trade)
