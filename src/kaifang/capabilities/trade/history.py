"""What became of one order, as its seller follows it: step by step, with what can still be given back."""

from operator import attrgetter

from kaifang.kernel import Moment, Money, Shape, Work, method

from .errors import INVALID, TRADE_NOT_EXIST
from .find import Which, the_trade
from .states import RefundApplication, Settlement, Trade
from .tables import ApplicationRow, RefundRow, SettlementRow, SharingRow, TradeRow

OVER = {"TRADE_CLOSED": "close", "TRADE_FINISHED": "finish"}


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
