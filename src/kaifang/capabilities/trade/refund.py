"""Giving a buyer money back, whole or in parts, and asking how that went."""

from fractions import Fraction
from typing import Literal

from kaifang.kernel import Key, Line, Moment, Money, Move, Purse, Shape, Work, method, told_as, total
from kaifang.kernel.shape import convert, plain

from .errors import (
    ALLOC_AMOUNT_VALIDATE_ERROR,
    CURRENCY_NOT_SUPPORT,
    DISCORDANT_REPEAT_REQUEST,
    INVALID,
    REASON_TRADE_REFUND_FEE_ERR,
    REFUND_AMT_NOT_EQUAL_TOTAL,
    REFUND_FEE_ERROR,
    REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST,
    REFUNDALLOC_UNAUTH_LIMIT,
    SELLER_BALANCE_NOT_ENOUGH,
    TRADE_HAS_CLOSE,
    TRADE_HAS_FINISHED,
    TRADE_NOT_ALLOW_REFUND,
    TRADE_NOT_EXIST,
    TRADE_STATUS_ERROR,
)
from .find import Which, check_currencies, the_trade
from .notices import deposit_back, tell_deposit_back, tell_seller
from .payment import FEES, Buyer, FundBill, buyer_names, fund_bills
from .relation import account_of, is_bound
from .states import RefundApplication, Settlement, Trade
from .tables import ApplicationRow, Bill, RefundRow, SettlementRow, TradeRow


class ShareBack(Shape):
    royalty_type: Literal["transfer"] = "transfer"  # the only one there is
    trans_out: Key  # who gives his share back: a user id or logon id
    trans_out_type: Literal["userId", "loginName"] = "userId"  # what trans_out is
    trans_in: Key | None = None  # who gets it back: the seller
    trans_in_type: Literal["userId", "loginName"] = "userId"  # what trans_in is
    amount: Money  # yuan; all shares together never more than is refunded


class Refund(Which):
    refund_amount: Money  # yuan; never more than is left
    out_request_no: Key | None = None  # the seller's number of this part; asking twice refunds once
    refund_reason: Line | None = None  # why
    refund_royalty_parameters: list[ShareBack] = []  # of whom shares are taken back first
    refund_currency: Key | None = None  # CNY
    query_options: list[Line] = []  # refund_detail_item_list: also say where the money went


class Refunded(Buyer):
    trade_no: str  # the platform's number
    out_trade_no: str  # the seller's number
    fund_change: str  # Y if this call moved money
    refund_fee: Money  # yuan given back so far, all parts together
    gmt_refund_pay: Moment  # when
    has_deposit_back: str | None = None  # true if some went back to a bank card, if query_options has deposit_back_info
    send_back_fee: Money | None = None  # yuan given back by this part
    refund_detail_item_list: list[FundBill] | None = None  # where they went
    refund_charge_amount: Money | None = None  # yuan of its fee that the seller got back


REFUND_FAULTS = [
    INVALID, TRADE_NOT_EXIST, DISCORDANT_REPEAT_REQUEST, TRADE_STATUS_ERROR, TRADE_HAS_CLOSE, TRADE_HAS_FINISHED,
    TRADE_NOT_ALLOW_REFUND, REFUND_FEE_ERROR, REFUND_AMT_NOT_EQUAL_TOTAL, REASON_TRADE_REFUND_FEE_ERR,
]  # fmt: skip
SHARE_FAULTS = [REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST, REFUNDALLOC_UNAUTH_LIMIT, ALLOC_AMOUNT_VALIDATE_ERROR]


@method("alipay.trade.refund", raises=[CURRENCY_NOT_SUPPORT, *REFUND_FAULTS, *SHARE_FAULTS, SELLER_BALANCE_NOT_ENOUGH])
def refund(work: Work, ask: Refund) -> Refunded:
    """Refund a trade; the parts may never add up to more than was paid."""
    check_currencies(ask.refund_currency)
    trade = the_trade(work, ask)
    number = ask.out_request_no or trade.out_trade_no
    known = work.find(RefundRow, trade=trade.id, request=number)
    if known is not None:
        if known.amount != ask.refund_amount:
            raise DISCORDANT_REPEAT_REQUEST(refund_amount=known.amount)
        return refunded(work, trade, known, ask, "N")
    applied = work.find(ApplicationRow, trade=trade.id, request=number)
    if applied is not None and applied.due > work.now:
        raise TRADE_NOT_ALLOW_REFUND(out_request_no=number)
    row = wanted(work, trade, ask)
    give_back(work, trade, row, ask.refund_royalty_parameters)
    return refunded(work, trade, row, ask, "Y")


def wanted(work: Work, trade: TradeRow, ask: Refund) -> RefundRow:
    """A refund that may be carried out."""
    check_state(trade)
    check_amount(trade, ask.refund_amount, ask.out_request_no)
    return work.add(
        RefundRow(
            trade=trade.id, request=ask.out_request_no or trade.out_trade_no, number=work.new_id("22002"),
            amount=ask.refund_amount, reason=ask.refund_reason or "", at=work.now,
        )
    )  # fmt: skip


def check_amount(trade: TradeRow, amount: Money, number: str | None) -> None:
    """What is refunded is something, is the whole unless it has a number of its own, and is not more than is left."""
    if not amount:
        raise REFUND_FEE_ERROR(refund_amount=amount)
    if number is None and amount != trade.total:
        raise REFUND_AMT_NOT_EQUAL_TOTAL(total_amount=trade.total)
    if trade.refunded + amount > trade.total:
        raise REASON_TRADE_REFUND_FEE_ERR(left=trade.total - trade.refunded)


def check_state(trade: TradeRow) -> None:
    """Only what is paid, and not over, is refunded."""
    if trade.state == Trade.TRADE_CLOSED.name:
        raise TRADE_HAS_CLOSE(trade_no=trade.id)
    if trade.state == Trade.TRADE_FINISHED.name:
        raise TRADE_HAS_FINISHED(trade_no=trade.id)
    if not Trade.refund.possible(trade):
        raise TRADE_STATUS_ERROR(state=trade.state)


def give_back(work: Work, trade: TradeRow, row: RefundRow, shares: list[ShareBack] | None = None) -> None:
    """Move the money: shares and the fee to the seller, and the seller's to where it came from."""
    settlement = work.find(SettlementRow, id=trade.id)
    check_shares(work, trade, row.amount, shares or [])
    row.taken_back = take_back(work, trade, settlement, shares or [])
    row.fee = fee_back(trade, settlement, row.amount)
    work.post(Move(FEES, Purse(trade.seller), row.fee), why="trade.fee_back", ref=row.number)
    bills: list[Bill] = []
    for purpose, part in sources(settlement, row.amount):
        with told_as({"SELLER_SHORT": SELLER_BALANCE_NOT_ENOUGH}):
            back = work.ask(
                "kaifang.fund.give_back", payer=trade.buyer, source_owner=trade.seller, source_purpose=purpose,
                amount=part, bills=plain(trade.bills), already=trade.refunded, ref=row.number, why="trade.refund",
            )  # fmt: skip
        bills += [Bill(**{name: getattr(bill, name) for name in Bill.__struct_fields__}) for bill in back.bills]
        trade.refunded += part
    row.bills, row.total = bills, trade.refunded
    note_refund(work, trade, row, settlement)


def note_refund(work: Work, trade: TradeRow, row: RefundRow, settlement: SettlementRow | None) -> None:
    """Move the trade on, and let it be known."""
    whole = trade.refunded == trade.total
    if whole:
        trade.ended = work.now
    Trade.refund(
        work, trade, to=Trade.TRADE_CLOSED if whole else Trade.TRADE_SUCCESS, seller=trade.seller, buyer=trade.buyer,
        out_trade_no=trade.out_trade_no, amount=row.amount, refunded=trade.refunded, out_request_no=row.request,
        number=row.number, fee=row.fee, shares=total(list(row.taken_back.values())), reason=row.reason,
    )  # fmt: skip
    if settlement is not None and not settlement.held and Settlement.give_back.possible(settlement):
        Settlement.give_back(work, settlement, seller=trade.seller)
    tell_seller(work, trade, row)
    tell_deposit_back(work, trade, row)


def fee_back(trade: TradeRow, settlement: SettlementRow | None, amount: Money) -> Money:
    """The part of its fee that the seller gets back; none for what is still in escrow, all of it in the end."""
    charged, before, now = trade.total, trade.refunded, amount
    if settlement is not None and trade.more is not None and trade.more.settle_days:
        charged = settlement.settled
        before = trade.refunded - (trade.total - settlement.settled - settlement.held)
        now = amount - min(settlement.held, amount)
    if not now or not trade.fee:
        return Money(0)
    then = trade.fee.share(Fraction((before + now).minor, charged.minor))
    return then - trade.fee.share(Fraction(before.minor, charged.minor))


def sources(settlement: SettlementRow | None, amount: Money) -> list[tuple[str, Money]]:
    """Out of which of the seller's purses a refund comes: from escrow first, then what is kept aside."""
    if settlement is None:
        return [("balance", amount)]
    held = min(settlement.held, amount)
    aside = min(settlement.frozen, amount - held)
    settlement.held -= held
    settlement.frozen -= aside
    parts = [("escrow", held), ("royalty", aside), ("balance", amount - held - aside)]
    return [(purpose, part) for purpose, part in parts if part]


def check_shares(work: Work, trade: TradeRow, amount: Money, shares: list[ShareBack]) -> None:
    """Shares go back to the seller, and no more of them than the buyer gets."""
    for share in shares:
        if share.trans_in is not None:
            owner = account_of(work, REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST, share.trans_in, share.trans_in_type)
            if owner.user_id != trade.seller:
                raise INVALID(field="refund_royalty_parameters.trans_in", reason="shares go back to the seller")
    if total([share.amount for share in shares]) > amount:
        raise ALLOC_AMOUNT_VALIDATE_ERROR(refund_amount=amount)


def take_back(
    work: Work, trade: TradeRow, settlement: SettlementRow | None, shares: list[ShareBack]
) -> dict[str, Money]:
    """Take shares back of those who got them, if they still are bound; returns from whom how much."""
    taken: dict[str, Money] = {}
    for share in shares:
        giver = account_of(work, REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST, share.trans_out, share.trans_out_type).user_id
        if not is_bound(work, trade.seller, giver):
            raise REFUNDALLOC_UNAUTH_LIMIT(trans_out=share.trans_out)
        given = settlement.given.get(giver, Money(0)) if settlement is not None else Money(0)
        if settlement is None or not 0 < share.amount.minor <= given.minor:
            raise ALLOC_AMOUNT_VALIDATE_ERROR(trans_out=share.trans_out, left=given)
        move = Move(Purse(giver), Purse(trade.seller), share.amount, SELLER_BALANCE_NOT_ENOUGH)
        work.post(move, why="trade.share_back", ref=trade.id)
        settlement.given = settlement.given | {giver: given - share.amount}
        taken[giver] = taken.get(giver, Money(0)) + share.amount
    return taken


def refunded(work: Work, trade: TradeRow, row: RefundRow, ask: Refund, fund_change: str) -> Refunded:
    """The answer to a refund."""
    masked = work.ask("kaifang.account.party.find", user_id=trade.buyer).masked
    detailed = "refund_detail_item_list" in ask.query_options
    return Refunded(
        trade_no=trade.id, out_trade_no=trade.out_trade_no, fund_change=fund_change, refund_fee=row.total,
        gmt_refund_pay=Moment(row.at), send_back_fee=row.amount if detailed else None,
        refund_detail_item_list=fund_bills(row.bills) if detailed else None,
        has_deposit_back=str(bool(deposit_back(row))).lower() if "deposit_back_info" in ask.query_options else None,
        refund_charge_amount=row.fee or None, **buyer_names(work, trade, masked),
    )  # fmt: skip


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
        RoyaltyBack(trans_out=giver, trans_in=trade.seller, refund_amount=amount, result_code="SUCCESS")
        for giver, amount in row.taken_back.items()
    ]
    return RefundFound(
        trade_no=trade.id, out_trade_no=trade.out_trade_no, out_request_no=row.request,
        refund_reason=row.reason or None, total_amount=trade.total, refund_amount=row.amount,
        refund_status=RefundApplication.REFUND_SUCCESS.name, refund_royaltys=royalties or None,
        refund_charge_amount=row.fee or None, send_back_fee=row.amount if detailed else None,
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
