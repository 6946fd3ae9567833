"""Sharing: giving parts of a paid trade on to others."""

from fractions import Fraction
from typing import Literal

import msgspec

from kaifang.kernel import (
    INVALID_PARAMETER,
    FaultKind,
    Happening,
    Key,
    Line,
    Moment,
    Money,
    Move,
    Purse,
    Shape,
    Work,
    fault,
    method,
    rate,
    timer,
    total,
)
from kaifang.kernel.shape import encode

from .errors import (
    ALLOC_AMOUNT_VALIDATE_ERROR,
    ALLOC_REFUSE_AFTER_REFUND,
    ALLOC_REFUSE_BEFORE_SETTLE,
    ALREADY_FINISH_ALLOC,
    DISCORDANT_REPEAT_REQUEST,
    INVALID,
    MUST_ALLOC_FROM_ROOT_ACCOUNT,
    ROYALTY_ACCOUNT_NAME_NOT_MATCH,
    ROYALTY_ACCOUNT_NOT_EXIST,
    ROYALTY_ACCOUNTS_EQUAL,
    ROYALTY_RECEIVER_INVALID,
    TRADE_NOT_EXIST,
    TRADE_SETTLE_ERROR,
    TRADE_STATUS_ERROR,
    TXN_RESULT_ACCOUNT_BALANCE_NOT_ENOUGH,
)
from .find import Which, the_trade
from .parts import Part, Share
from .relation import account_of, is_bound
from .secondary import on_its_way
from .states import Settlement, Trade
from .tables import SettlementRow, SharingRow, TradeRow
from .terms import terms_of

MERCHANT_TRADE_NOT_MATCH = fault(
    "MERCHANT_TRADE_NOT_MATCH", zh="没有这笔分账，请检查单号", en="No sharing of yours has this number.",
    fix="Check settle_no, or out_request_no and trade_no.",
)  # fmt: skip


class ShareAsked(Share):
    royalty_type: Literal["transfer"] = "transfer"  # the seller gives
    trans_out_type: Literal["userId", "loginName"] = "userId"  # what trans_out is
    trans_in_name: Line | None = None  # the receiver's name, checked if given


class SettleExtend(Shape):
    royalty_finish: bool | None = None  # this is the last sharing of the trade: free what was kept aside


class Settle(Shape):
    out_request_no: Key  # the seller's number of this sharing; asking twice shares once
    trade_no: Key  # the platform's number of the trade
    royalty_parameters: list[ShareAsked] = []  # who gets what
    royalty_mode: Literal["sync", "async"] = "sync"  # async: carried out in a moment, and told by a message
    extend_params: SettleExtend | None = None  # further wishes


class Settled(Shape):
    trade_no: str  # the platform's number of the trade
    settle_no: str  # the platform's number of the sharing


@method(
    "alipay.trade.order.settle", once=("out_request_no",), clash=DISCORDANT_REPEAT_REQUEST,
    raises=[
        INVALID, TRADE_NOT_EXIST, TRADE_STATUS_ERROR, ALLOC_REFUSE_AFTER_REFUND, ALLOC_REFUSE_BEFORE_SETTLE,
        ALREADY_FINISH_ALLOC, ROYALTY_ACCOUNT_NOT_EXIST, ROYALTY_ACCOUNTS_EQUAL, ROYALTY_RECEIVER_INVALID,
        ROYALTY_ACCOUNT_NAME_NOT_MATCH, MUST_ALLOC_FROM_ROOT_ACCOUNT, ALLOC_AMOUNT_VALIDATE_ERROR,
        TXN_RESULT_ACCOUNT_BALANCE_NOT_ENOUGH,
    ],
)  # fmt: skip
def settle(work: Work, ask: Settle) -> Settled:
    """Give parts of a trade on to bound receivers, in one go or several."""
    finishing = bool(ask.extend_params and ask.extend_params.royalty_finish)
    trade = the_trade(work, Which(trade_no=ask.trade_no))
    settlement = shareable(work, trade)
    if not ask.royalty_parameters and not finishing:
        raise INVALID(field="royalty_parameters", reason="say who gets what, or that sharing is finished")
    parts = [part_of(work, trade, share) for share in ask.royalty_parameters]
    left = room(work, trade, settlement)
    if total([part.amount for part in parts]) > left:
        raise ALLOC_AMOUNT_VALIDATE_ERROR(left=left)
    sharing = SharingRow(
        id=work.new_id("22008"), seller=trade.seller, request=ask.out_request_no, trade=trade.id, app=work.caller.app,
        at=work.now, parts=parts, finish=finishing,
    )  # fmt: skip
    work.add(sharing)
    if ask.royalty_mode == "async":
        work.later(work.now, "trade.share", sharing.id)
    else:
        carry_out(work, trade, settlement, sharing)
    return Settled(trade_no=trade.id, settle_no=sharing.id)


def shareable(work: Work, trade: TradeRow) -> SettlementRow:
    """What is kept of a trade's money, if it may be shared now."""
    if trade.state == Trade.TRADE_CLOSED.name and trade.paid:
        raise ALLOC_REFUSE_AFTER_REFUND()
    if trade.state != Trade.TRADE_SUCCESS.name:
        raise TRADE_STATUS_ERROR(state=trade.state)
    settlement = settlement_of(work, trade)
    if settlement.state in (Settlement.WAITING.name, Settlement.DISPUTED.name):
        raise ALLOC_REFUSE_BEFORE_SETTLE()
    if settlement.finished:
        raise ALREADY_FINISH_ALLOC()
    return settlement


def settlement_of(work: Work, trade: TradeRow) -> SettlementRow:
    """What is kept of a trade's money; a trade that was settled at once has nothing kept yet."""
    known = work.find(SettlementRow, id=trade.id)
    if known is not None:
        return known
    settled = Settlement.SETTLED.name
    return work.add(SettlementRow(id=trade.id, seller=trade.seller, smid=trade.secondary, state=settled))


def part_of(work: Work, trade: TradeRow, share: ShareAsked) -> Part:
    """What one receiver gets, if he may."""
    if share.trans_out is not None:
        giver = account_of(work, ROYALTY_ACCOUNT_NOT_EXIST, share.trans_out, share.trans_out_type)
        if giver.user_id != trade.payee:
            raise MUST_ALLOC_FROM_ROOT_ACCOUNT(trans_out=share.trans_out)
    receiver = account_of(work, ROYALTY_ACCOUNT_NOT_EXIST, share.trans_in, share.trans_in_type)
    if receiver.user_id == trade.payee:
        raise ROYALTY_ACCOUNTS_EQUAL(trans_in=share.trans_in)
    if share.trans_in_name is not None and share.trans_in_name != receiver.name:
        raise ROYALTY_ACCOUNT_NAME_NOT_MATCH(trans_in_name=share.trans_in_name)
    if not is_bound(work, trade.seller, receiver.user_id):
        raise ROYALTY_RECEIVER_INVALID(trans_in=share.trans_in)
    return new_part(work, trade, share, receiver.user_id)


def new_part(work: Work, trade: TradeRow, share: Share, receiver: str) -> Part:
    """What one receiver gets of a trade."""
    return Part(
        detail_id=work.new_id("22009"), receiver=receiver, asked_as=share.trans_in, asked_type=share.trans_in_type,
        amount=amount_of(trade, share),
    )  # fmt: skip


def amount_of(trade: TradeRow, share: Share) -> Money:
    """An amount, or a part of the trade in percent."""
    if share.amount:
        return share.amount
    percent = share.amount_percentage or ""
    if not (percent.isascii() and percent.isdigit() and 1 <= int(percent) <= 100):
        raise INVALID(field="amount", reason="give an amount, or amount_percentage from 1 to 100")
    part = Money(trade.received.minor * int(percent) // 100)  # rounded down: 50 and 50 are never more than the whole
    if not part:
        raise INVALID(field="amount_percentage", reason="this part of the trade is less than 0.01")
    return part


def most_of(work: Work, trade: TradeRow) -> Money:
    """How much of a trade may be shared at most, in all."""
    return trade.received.share(Fraction(terms_of(work, trade.seller).royalty_percent, 100))


def room(work: Work, trade: TradeRow, settlement: SettlementRow) -> Money:
    """How much of a trade may still be given on."""
    left = min(most_of(work, trade), trade.received - trade.returned) - total(list(settlement.given.values()))
    if settlement.frozen:
        left = min(left, settlement.frozen)
    return max(left, Money(0))


def carry_out(work: Work, trade: TradeRow, settlement: SettlementRow, sharing: SharingRow) -> None:
    """Move every part, and free the rest if this was the last sharing."""
    aside = bool(settlement.frozen)
    source, given = trade.purse("royalty" if aside else "balance"), dict(settlement.given)
    moves = [
        Move(source, Purse(part.receiver), part.amount, TXN_RESULT_ACCOUNT_BALANCE_NOT_ENOUGH) for part in sharing.parts
    ]
    work.post(*moves, why="trade.share", ref=sharing.id)
    for part in sharing.parts:
        given[part.receiver] = given.get(part.receiver, Money(0)) + part.amount
        if aside:
            settlement.frozen -= part.amount
    settlement.given = given
    sharing.parts = [msgspec.structs.replace(part, state="SUCCESS", at=work.now) for part in sharing.parts]
    if sharing.finish:
        free(work, trade, settlement)
    work.tell("trade.share", sharing.trade, seller=sharing.seller, settle_no=sharing.id, amount=total_of(sharing))


def total_of(sharing: SharingRow) -> Money:
    """What all receivers get together."""
    return total([part.amount for part in sharing.parts])


def free(work: Work, trade: TradeRow, settlement: SettlementRow) -> None:
    """Sharing is over: what was kept aside for it is the seller's to spend."""
    work.post(Move(trade.purse("royalty"), trade.purse(), settlement.frozen), why="trade.free", ref=trade.id)
    settlement.frozen, settlement.finished = Money(0), True
    on_its_way(work, trade)


@timer("trade.share")
def share_later(work: Work, happening: Happening) -> None:
    """Carry out a sharing that was asked to be done in a moment, and tell the seller's app."""
    sharing = work.find(SharingRow, id=happening.subject)
    trade = work.find(TradeRow, id=sharing.trade) if sharing is not None else None
    assert sharing is not None and trade is not None, f"no sharing {happening.subject}"
    attempt(work, trade, sharing)
    tell_shared(work, sharing)


def attempt(work: Work, trade: TradeRow, sharing: SharingRow) -> bool:
    """Carry out a sharing that was asked for before, if that is still possible; if not, say why of each part."""
    settlement = settlement_of(work, trade)
    problem = hindrance(work, trade, settlement, sharing)
    if problem is None:
        carry_out(work, trade, settlement, sharing)
        return True
    failed = {"state": "FAIL", "error": problem.code, "at": work.now}
    sharing.parts = [msgspec.structs.replace(part, **failed) for part in sharing.parts]
    return False


def hindrance(work: Work, trade: TradeRow, settlement: SettlementRow, sharing: SharingRow) -> FaultKind | None:
    """Why a sharing cannot be carried out any more, if so."""
    if settlement.finished:
        return ALREADY_FINISH_ALLOC
    if not all(is_bound(work, trade.seller, part.receiver) for part in sharing.parts):
        return ROYALTY_RECEIVER_INVALID
    if total_of(sharing) > room(work, trade, settlement):
        return ALLOC_AMOUNT_VALIDATE_ERROR
    source = trade.purse("royalty" if settlement.frozen else "balance")
    return TXN_RESULT_ACCOUNT_BALANCE_NOT_ENOUGH if work.balance(source) < total_of(sharing) else None


def tell_shared(work: Work, sharing: SharingRow) -> None:
    """Tell the seller's app how a sharing went, by a message."""
    content: dict[str, object] = {
        "trade_no": sharing.trade, "out_request_no": sharing.request, "settle_no": sharing.id,
        "operation_dt": Moment(work.now),
        "royalty_detail_list": encode(details(work, sharing)).decode(),
    }  # fmt: skip
    address = work.ask("kaifang.openapp.address", app_id=sharing.app).gateway
    work.notify(sharing.app, address or "", "alipay.trade.order.settle.notify", sharing.id, content, style="message")


# Sharing as part of the payment


def check_shares(work: Work, trade: TradeRow, shares: list[Share]) -> None:
    """Whether an order can be shared as it asks for."""
    for share in shares:
        receiver = account_of(work, TRADE_SETTLE_ERROR, share.trans_in, share.trans_in_type).user_id
        if receiver == trade.payee or not is_bound(work, trade.seller, receiver):
            raise TRADE_SETTLE_ERROR(reason="share with receivers that are bound", trans_in=share.trans_in)
        if share.trans_out not in (None, trade.payee):
            raise TRADE_SETTLE_ERROR(reason="shares come out of the account that is paid")
    fee = trade.received.share(rate(terms_of(work, trade.seller).fee_rate))
    most = min(most_of(work, trade), trade.received - fee)
    if total([amount_of(trade, share) for share in shares]) > most:
        raise TRADE_SETTLE_ERROR(reason="more would be shared than may be", most=most)


def share_out(work: Work, trade: TradeRow, shares: list[Share]) -> None:
    """Share a trade as its order asked for, now that it is paid; the buyer pays whether or not that can be done."""
    parts = []
    for share in shares:
        receiver = account_of(work, TRADE_SETTLE_ERROR, share.trans_in, share.trans_in_type).user_id
        parts.append(new_part(work, trade, share, receiver))
    sharing = SharingRow(
        id=work.new_id("22008"), seller=trade.seller, request=trade.id, trade=trade.id, app=trade.app, at=work.now,
        parts=parts,
    )  # fmt: skip
    if not attempt(work, trade, work.add(sharing)):
        tell_shared(work, sharing)


# Looking


class SettleQuery(Shape):
    settle_no: Key | None = None  # the platform's number of the sharing
    out_request_no: Key | None = None  # or the seller's,
    trade_no: Key | None = None  # with the platform's number of the trade


class Detail(Shape):
    operation_type: str  # transfer
    detail_id: str  # the platform's number of this part
    trans_out: str  # who gave it
    trans_out_type: str  # userId
    trans_in: str  # who received it
    trans_in_type: str  # userId or loginName
    amount: Money  # yuan
    state: str  # SUCCESS, FAIL or PROCESSING
    execute_dt: Moment | None = None  # when it was carried out
    error_code: str | None = None  # why it failed
    error_desc: str | None = None  # the same in words


class SettleStatus(Shape):
    out_request_no: str  # the seller's number of the sharing
    operation_dt: Moment  # when it was asked for
    royalty_detail_list: list[Detail]  # who got what


@method("alipay.trade.order.settle.query", reads=True, raises=[MERCHANT_TRADE_NOT_MATCH])
def settle_query(work: Work, ask: SettleQuery) -> SettleStatus:
    """Ask how a sharing went."""
    if not (ask.settle_no or ask.out_request_no):
        raise INVALID_PARAMETER(field="settle_no", reason="give settle_no, or out_request_no and trade_no")
    if ask.settle_no:
        sharing = work.find(SharingRow, id=ask.settle_no)
    else:
        sharing = work.find(SharingRow, seller=work.caller.merchant, request=ask.out_request_no or "")
    if sharing is None or sharing.seller != work.caller.merchant or ask.trade_no not in (None, sharing.trade):
        raise MERCHANT_TRADE_NOT_MATCH()
    return SettleStatus(
        out_request_no=sharing.request, operation_dt=Moment(sharing.at),
        royalty_detail_list=details(work, sharing),
    )  # fmt: skip


HINDRANCES = (
    ALREADY_FINISH_ALLOC, ROYALTY_RECEIVER_INVALID, ALLOC_AMOUNT_VALIDATE_ERROR, TXN_RESULT_ACCOUNT_BALANCE_NOT_ENOUGH
)  # fmt: skip
ERRORS = {one.code: one for one in HINDRANCES}


def details(work: Work, sharing: SharingRow) -> list[Detail]:
    """The parts of a sharing as they are told."""
    trade = work.find(TradeRow, id=sharing.trade)
    giver = trade.paid_to if trade is not None else sharing.seller
    return [
        Detail(
            operation_type="transfer", detail_id=part.detail_id, trans_out=giver, trans_out_type="userId",
            trans_in=part.asked_as, trans_in_type=part.asked_type, amount=part.amount, state=part.state,
            execute_dt=Moment(part.at) if part.at else None, error_code=part.error or None,
            error_desc=ERRORS[part.error].zh if part.error else None,
        )
        for part in sharing.parts
    ]  # fmt: skip


class OnsettleQuery(Shape):
    trade_no: Key  # the platform's number of the trade
    royalty_source: Literal["unsettled"] | None = None  # unsettled: what is still in escrow


class Onsettle(Shape):
    unsettled_amount: Money  # yuan that can still be shared, or that are in escrow


@method("alipay.trade.order.onsettle.query", reads=True, raises=[TRADE_NOT_EXIST])
def onsettle_query(work: Work, ask: OnsettleQuery) -> Onsettle:
    """Ask how much of a trade can still be shared."""
    trade = the_trade(work, Which(trade_no=ask.trade_no))
    known = work.find(SettlementRow, id=trade.id) or SettlementRow(id=trade.id, seller=trade.seller)
    if ask.royalty_source == "unsettled":
        return Onsettle(unsettled_amount=known.held)
    open_to_sharing = trade.state == Trade.TRADE_SUCCESS.name and not known.held and not known.finished
    return Onsettle(unsettled_amount=room(work, trade, known) if open_to_sharing else Money(0))
