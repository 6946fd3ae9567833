"""Guaranteed trades: the money waits in escrow until the buyer is content, the seller confirms, or time does."""

import msgspec

from kaifang.kernel import (
    DAY,
    Happening,
    Key,
    Line,
    Moment,
    Money,
    Move,
    Purse,
    Shape,
    Who,
    Work,
    fault,
    method,
    rate,
    timer,
    told_as,
)

from .errors import (
    ALREADY_CONFIRM_SETTLE,
    DISCORDANT_REPEAT_REQUEST,
    ILLEGAL_SETTLE_STATE,
    INVALID,
    INVALID_SETTLE_AMOUNT_PARAMETER,
    REASON_TRADE_STATUS_INVALID,
    RISK_SETTLE_SUSPEND,
    SECONDARY_MERCHANT_ALIPAY_ACCOUNT_INVALID,
    SECONDARY_MERCHANT_ID_INVALID,
    SETTLE_ACCOUNT_INVALID,
    SETTLE_ENTITY_ID_INVALID,
    SETTLE_SCENE_NOT_SUPPORT,
    TRADE_HAS_CLOSE,
    TRADE_NOT_EXIST,
    TRADE_SETTLE_ERROR,
    TRADE_STATUS_ERROR,
)
from .find import Which, bought, the_trade
from .parts import More, Settled
from .payment import FEES
from .refund import Refund, from_seller, give_back, wanted
from .secondary import SECONDARY, Target, on_its_way, settled_to, suspended, the_secondary
from .states import Settlement, Trade
from .tables import SettlementRow, TradeRow
from .terms import terms_of

# fmt: off
SUB_MERCHANT_BELONG_ERROR = fault(
    "SUB_MERCHANT_BELONG_ERROR", zh="商户不属于当前请求方，请检查 settle_entity_id", en="This merchant is not yours.",
    fix="Check settle_entity_id.",
)
QUERY_NOT_SUPPORT = fault(
    "QUERY_NOT_SUPPORT", zh="该交易不支持此查询", en="This trade was settled when it was paid.",
    fix="Nothing is waiting.",
)
# fmt: on


def settle(work: Work, row: SettlementRow, amount: Money, request: str = "", *, aside: bool = False) -> None:
    """Let escrowed money go to the seller, less the platform's fee; `aside` keeps it for sharing."""
    trade = work.find(TradeRow, id=row.id)
    assert trade is not None, f"settlement {row.id} of no trade"
    rest = row.held - amount
    fee = fee_of_part(work, trade, row, amount)
    to = Settlement.WAITING if rest else Settlement.SETTLED
    Settlement.settle(work, row, to=to, seller=row.seller, smid=row.smid, amount=amount, fee=fee)
    escrow, balance = trade.purse("escrow"), trade.purse()
    if aside:
        moves = [Move(escrow, FEES, fee), Move(escrow, trade.purse("royalty"), amount - fee)]
    else:  # the seller's statements are to show both the whole amount and the fee
        moves = [Move(escrow, balance, amount), Move(balance, FEES, fee)]
    work.post(*moves, why="trade.settle", ref=row.id)
    row.held, row.settled = rest, row.settled + amount
    row.steps = [*row.steps, Settled(at=work.now, amount=amount, request=request)]
    trade.fee += fee
    if aside:
        row.frozen += amount - fee
    else:
        on_its_way(work, trade)


def fee_of_part(work: Work, trade: TradeRow, row: SettlementRow, amount: Money) -> Money:
    """What the platform takes of a part: rounding is done for all parts together, or crumbs would cost nothing."""
    due = (row.settled + amount).share(rate(terms_of(work, row.seller).fee_rate)) - trade.fee
    return min(max(due, Money(0)), amount)


def settle_oldest(work: Work, seller: str, smid: str, amount: Money, request: str) -> Money:
    """Settle trades that wait in escrow, the oldest first, until the amount is reached; returns what is missing."""
    values = (seller, Settlement.WAITING.name, smid)
    for row in work.select(SettlementRow, "seller = ? and state = ? and smid = ?", values, "id"):
        part = min(row.held, amount)
        if part:
            settle(work, row, part, request)
            amount -= part
    return amount


@timer("trade.settle")
def settle_by_itself(work: Work, happening: Happening) -> None:
    """Settle a guaranteed trade whose buyer never said a word; that of a suspended merchant has to wait."""
    settlement = work.find(SettlementRow, id=happening.subject)
    if settlement is None or not Settlement.settle.possible(settlement) or settlement.due > work.now:
        return
    if suspended(work, settlement.seller, settlement.smid):
        settlement.due = work.now + DAY
        work.later(settlement.due, "trade.settle", settlement.id)
    else:
        settle(work, settlement, settlement.held)


class SettleDetail(Target):
    amount: Money | None = None  # yuan: all that is left
    actual_amount: Money | None = None  # yuan: a part of it


class SettleInfo(Shape):
    settle_detail_infos: list[SettleDetail] = []  # one, at most


class ConfirmExtend(Shape):
    royalty_freeze: bool | None = None  # keep the money aside, to share it


class Confirm(Shape):
    trade_no: Key  # the platform's number
    out_request_no: Key  # the seller's number of this confirmation; asking twice settles once
    settle_info: SettleInfo | None = None  # how much; all that is left if left out
    extend_params: ConfirmExtend | None = None  # further wishes


class Confirmed(Shape):
    trade_no: str  # the platform's number
    out_request_no: str  # the seller's number of this confirmation
    settle_amount: Money  # yuan that were settled


@method(
    "alipay.trade.settle.confirm", once=("out_request_no",), clash=DISCORDANT_REPEAT_REQUEST,
    raises=[
        INVALID, TRADE_NOT_EXIST, SETTLE_SCENE_NOT_SUPPORT, REASON_TRADE_STATUS_INVALID, TRADE_HAS_CLOSE,
        ILLEGAL_SETTLE_STATE, ALREADY_CONFIRM_SETTLE, SETTLE_ACCOUNT_INVALID, INVALID_SETTLE_AMOUNT_PARAMETER,
        SETTLE_ENTITY_ID_INVALID, SECONDARY_MERCHANT_ALIPAY_ACCOUNT_INVALID, RISK_SETTLE_SUSPEND,
    ],
)  # fmt: skip
def confirm(work: Work, ask: Confirm) -> Confirmed:
    """Confirm that a guaranteed trade was fulfilled: what waits in escrow goes to the seller, whole or in part."""
    trade = the_trade(work, Which(trade_no=ask.trade_no))
    row = escrowed(work, trade)
    if not Settlement.settle.possible(row):
        raise Settlement.refusal(row.state)(state=row.state)
    check_suspended(work, row)
    details = ask.settle_info.settle_detail_infos if ask.settle_info else []
    if len(details) > 1:
        raise INVALID(field="settle_info.settle_detail_infos", reason="one, at most")
    amount = row.held
    if details:
        direct(work, trade, row, details[0])
        amount = confirmed_amount(row, details[0])
    aside = bool(ask.extend_params and ask.extend_params.royalty_freeze)
    settle(work, row, amount, ask.out_request_no, aside=aside)
    return Confirmed(trade_no=row.id, out_request_no=ask.out_request_no, settle_amount=amount)


def escrowed(work: Work, trade: TradeRow) -> SettlementRow:
    """What is kept of a guaranteed trade's money."""
    if trade.more is None or not trade.more.settle_days:
        raise SETTLE_SCENE_NOT_SUPPORT()
    if trade.state == Trade.WAIT_BUYER_PAY.name:
        raise REASON_TRADE_STATUS_INVALID()
    row = work.find(SettlementRow, id=trade.id)
    if row is None or trade.state == Trade.TRADE_CLOSED.name:
        raise TRADE_HAS_CLOSE()
    return row


def confirmed_amount(row: SettlementRow, detail: SettleDetail) -> Money:
    """How much is settled by a confirmation that says so."""
    if detail.actual_amount is None and detail.amount in (None, row.held):
        return row.held
    if detail.actual_amount is None or not 0 < detail.actual_amount.minor <= row.held.minor:
        raise INVALID_SETTLE_AMOUNT_PARAMETER(left=row.held)
    return detail.actual_amount


def check_suspended(work: Work, row: SettlementRow) -> None:
    """Whether the money may be settled at present."""
    if suspended(work, row.seller, row.smid):
        raise RISK_SETTLE_SUSPEND(smid=row.smid)


def direct(work: Work, trade: TradeRow, row: SettlementRow, target: Target) -> None:
    """Settle where a confirmation says: a secondary merchant's other place only as long as nothing is settled yet."""
    if not row.smid:
        if target.trans_in_type != "defaultSettle" and target.trans_in != row.seller:
            raise SETTLE_ACCOUNT_INVALID(trans_in=target.trans_in)
        if target.settle_entity_id not in (None, row.seller):
            raise SETTLE_ENTITY_ID_INVALID(settle_entity_id=target.settle_entity_id)
        return
    if target.settle_entity_id not in (None, row.smid):
        raise SETTLE_ENTITY_ID_INVALID(settle_entity_id=target.settle_entity_id)
    if target.trans_in_type == "defaultSettle" and target.trans_in is None:
        return
    with told_as({TRADE_SETTLE_ERROR.code: SETTLE_ACCOUNT_INVALID}):
        to = settled_to(work, the_secondary(work, row.seller, row.smid), target)
    if to == trade.buyer or (to != trade.payee and row.settled):
        raise SETTLE_ACCOUNT_INVALID(reason="the buyer's own, or another part of this trade was settled elsewhere")
    trade.more = msgspec.structs.replace(trade.more or More(), settled_to=to)


class Receive(Shape):
    trade_no: Key  # the platform's number


class Standing(Shape):
    trade_no: str  # the platform's number
    state: str  # WAITING, DISPUTED, SETTLED or RETURNED
    settles: Moment | None = None  # when it is settled by itself
    reason: str | None = None  # what is disputed


def standing(row: SettlementRow) -> Standing:
    """How the money of a guaranteed trade stands."""
    waiting = row.state == Settlement.WAITING.name
    return Standing(
        trade_no=row.id, state=row.state, settles=Moment(row.due) if waiting else None, reason=row.reason or None
    )


WALLET_FAULTS = [TRADE_NOT_EXIST, SETTLE_SCENE_NOT_SUPPORT, REASON_TRADE_STATUS_INVALID, TRADE_HAS_CLOSE]
SETTLED_FAULTS = [ILLEGAL_SETTLE_STATE, ALREADY_CONFIRM_SETTLE]


@method("kaifang.trade.receive", who=Who.WALLET, raises=[*WALLET_FAULTS, *SETTLED_FAULTS, RISK_SETTLE_SUSPEND])
def receive(work: Work, ask: Receive) -> Standing:
    """Say that the goods arrived: the seller gets the money."""
    row = escrowed(work, bought(work, ask.trade_no))
    check_suspended(work, row)
    settle(work, row, row.held)
    return standing(row)


class Dispute(Shape):
    trade_no: Key  # the platform's number
    reason: Line  # what is wrong


@method("kaifang.trade.dispute.open", who=Who.WALLET, raises=[*WALLET_FAULTS, *SETTLED_FAULTS])
def open_dispute(work: Work, ask: Dispute) -> Standing:
    """Complain about a guaranteed trade: the money stays in escrow until the dispute is over."""
    row = escrowed(work, bought(work, ask.trade_no))
    Settlement.dispute(work, row, seller=row.seller, reason=ask.reason)
    row.left, row.reason = row.due - work.now, ask.reason
    return standing(row)


class Withdraw(Shape):
    trade_no: Key  # the platform's number


@method("kaifang.trade.dispute.close", who=Who.WALLET, raises=[*WALLET_FAULTS, TRADE_STATUS_ERROR])
def close_dispute(work: Work, ask: Withdraw) -> Standing:
    """Withdraw a complaint: the time that was left before it goes on."""
    row = escrowed(work, bought(work, ask.trade_no))
    resume(work, row)
    return standing(row)


def resume(work: Work, row: SettlementRow) -> None:
    """The dispute is over; the time that was left when it began goes on."""
    if not Settlement.resolve.possible(row):
        raise TRADE_STATUS_ERROR(state=row.state)
    Settlement.resolve(work, row, seller=row.seller)
    row.due, row.reason = work.now + row.left, ""
    work.later(row.due, "trade.settle", row.id)


class Decide(Shape):
    trade_no: Key  # the platform's number
    refund_amount: Money = Money(0)  # yuan that the buyer gets back; the rest is settled when its time comes
    reason: Line | None = None  # why


@method("kaifang.trade.dispute.decide", who=Who.OPERATOR, raises=[TRADE_NOT_EXIST, TRADE_STATUS_ERROR])
def decide(work: Work, ask: Decide) -> Standing:
    """Decide a dispute: some, all or nothing goes back to the buyer."""
    trade, row = work.find(TradeRow, id=ask.trade_no), work.find(SettlementRow, id=ask.trade_no)
    if trade is None or row is None:
        raise TRADE_NOT_EXIST(trade_no=ask.trade_no)
    if ask.refund_amount > trade.total - trade.refunded or from_seller(trade, ask.refund_amount) > row.held:
        raise TRADE_STATUS_ERROR(left=row.held)
    resume(work, row)
    if ask.refund_amount:
        request = Refund(refund_amount=ask.refund_amount, refund_reason=ask.reason, out_request_no=work.new_id("22004"))
        give_back(work, trade, wanted(work, trade, request))
    return standing(row)


class Entity(Shape):
    settle_entity_id: Key | None = None  # whose money: yourself, or a secondary merchant of yours


class Receivables(Shape):
    trade_no: Key | None = None  # of one trade; all trades if left out
    merchant_info: Entity | None = None  # whose money


class Receivable(Shape):
    unsettled_amount: Money  # yuan waiting in escrow
    settled_amount: Money | None = None  # yuan settled of this trade


@method(
    "alipay.trade.settle.receivables.query", reads=True,
    raises=[TRADE_NOT_EXIST, SUB_MERCHANT_BELONG_ERROR, QUERY_NOT_SUPPORT],
)  # fmt: skip
def receivables(work: Work, ask: Receivables) -> Receivable:
    """Ask how much waits in escrow, of one trade or of all."""
    owner = work.caller.merchant
    entity = (ask.merchant_info.settle_entity_id if ask.merchant_info else None) or owner
    if entity != owner:
        with told_as({SECONDARY_MERCHANT_ID_INVALID.code: SUB_MERCHANT_BELONG_ERROR}):
            owner = f"{SECONDARY}{the_secondary(work, owner, entity).smid}"
    if not ask.trade_no:
        return Receivable(unsettled_amount=work.balance(Purse(owner, "escrow")))
    row = work.find(SettlementRow, id=the_trade(work, Which(trade_no=ask.trade_no)).id)
    if row is None:
        raise QUERY_NOT_SUPPORT(trade_no=ask.trade_no)
    return Receivable(unsettled_amount=row.held, settled_amount=row.settled)
