"""Giving a buyer money back, whole or in parts."""

from fractions import Fraction
from typing import Literal

import msgspec

from kaifang.kernel import Key, Line, Moment, Money, Move, Purse, Shape, Work, method, told_as, total
from kaifang.kernel.shape import plain

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
from .notices import VoucherDetail, deposit_back, discounts, tell_deposit_back, tell_seller, voucher_details
from .parts import Bill, Off
from .payment import FEES, Buyer, FundBill, buyer_names, fund_bills
from .relation import account_of, is_bound
from .secondary import on_its_way
from .states import Settlement, Trade
from .tables import ApplicationRow, RefundRow, SettlementRow, TradeRow


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
    refund_advance_account_type: Literal["default", "userId", "loginName"] | None = None  # default: yourself
    refund_advance_account: Key | None = None  # who pays what a secondary merchant has not got any more: yourself
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
    refund_voucher_detail_list: list[VoucherDetail] | None = None  # of it, what vouchers had taken off
    present_refund_buyer_amount: Money | None = None  # yuan of this part that the buyer got, if vouchers were used
    present_refund_discount_amount: Money | None = None  # yuan of it that others than the seller had paid for vouchers
    present_refund_mdiscount_amount: Money | None = None  # yuan of it that the seller had paid for vouchers


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
    give_back(work, trade, row, ask.refund_royalty_parameters, advancer(work, trade, ask))
    return refunded(work, trade, row, ask, "Y")


def advancer(work: Work, trade: TradeRow, ask: Refund) -> Purse | None:
    """The purse that pays ahead, if one does: the seller's, as nobody pays for others without having agreed."""
    kind, account = ask.refund_advance_account_type, ask.refund_advance_account
    if kind is None and account is None:
        return None
    if account is not None and account_of(work, INVALID, account, kind or "userId").user_id != trade.seller:
        raise INVALID(field="refund_advance_account", reason="only the seller pays ahead")
    return Purse(trade.seller)


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


def give_back(
    work: Work, trade: TradeRow, row: RefundRow, shares: list[ShareBack] | None = None, ahead: Purse | None = None
) -> None:
    """Move the money: shares and the fee to the seller, and the seller's to where it came from."""
    settlement = work.find(SettlementRow, id=trade.id)
    check_shares(work, trade, row.amount, shares or [])
    row.taken_back = take_back(work, trade, settlement, shares or [])
    row.offs = offs_back(trade, row.amount)
    let_off, funded = parts_of(row.offs)
    row.fee = fee_back(trade, settlement, row.amount - let_off)
    work.post(Move(FEES, trade.purse(), row.fee), why="trade.fee_back", ref=row.number)
    for source, part in sources(work, trade, settlement, row.amount - let_off, ahead):
        others = min(part, funded)
        to_funders(work, source, row, others)
        funded -= others
        if part > others:
            row.bills = [*row.bills, *to_buyer(work, trade, row, source, part - others)]
    trade.refunded += row.amount
    row.total = trade.refunded
    if row.offs:
        note_vouchers(work, trade, row)
    on_its_way(work, trade)
    note_refund(work, trade, row, settlement)


def to_buyer(work: Work, trade: TradeRow, row: RefundRow, source: Purse, amount: Money) -> list[Bill]:
    """Give the buyer a part of a refund, to where he paid it from."""
    already = trade.given_back + total([bill.amount for bill in row.bills])
    with told_as({"SELLER_SHORT": SELLER_BALANCE_NOT_ENOUGH}):
        back = work.ask(
            "kaifang.fund.give_back", payer=trade.buyer, source_owner=source.owner, source_purpose=source.purpose,
            amount=amount, bills=plain(trade.bills), already=already, ref=row.number, why="trade.refund",
        )  # fmt: skip
    return [Bill(**{name: getattr(bill, name) for name in Bill.__struct_fields__}) for bill in back.bills]


def parts_of(offs: list[Off]) -> tuple[Money, Money]:
    """Of what vouchers took off: what the seller took less, and what others paid."""
    return total([off.let_off for off in offs]), total([share.amount for off in offs for share in off.shares])


def from_seller(trade: TradeRow, amount: Money) -> Money:
    """What leaves the seller by a refund: not what he had let off."""
    return amount - parts_of(offs_back(trade, amount))[0]


def offs_back(trade: TradeRow, amount: Money) -> list[Off]:
    """The parts of a refund that are not the buyer's, by voucher and by who paid for it.

    Buyer, seller and funders get back in proportion to what each paid; what rounding leaves goes, fen by fen, to who
    is furthest behind the proportion of all refunds so far. So all parts are whole, and the last refund ends them all.
    """
    if not trade.offs or not amount:
        return []
    paid = [trade.owed] + [part for off in trade.offs for part in (off.let_off, *(one.amount for one in off.shares))]
    back = [trade.given_back]
    back += [part for off in trade.offs for part in (off.let_off_back, *(one.back for one in off.shares))]
    _, *rest = proportional([one.minor for one in paid], [one.minor for one in back], amount.minor)
    parts = iter(rest)
    offs = []
    for off in trade.offs:
        let_off = Money(next(parts))
        shares = [msgspec.structs.replace(one, amount=Money(next(parts)), back=Money(0)) for one in off.shares]
        amount = let_off + total([one.amount for one in shares])
        offs.append(msgspec.structs.replace(off, amount=amount, let_off=let_off, shares=shares, let_off_back=Money(0)))
    return offs


def proportional(paid: list[int], back: list[int], amount: int) -> list[int]:
    """Divide an amount among those who paid, by what each has not got back yet."""
    left = [whole - part for whole, part in zip(paid, back, strict=True)]
    parts = [amount * one // sum(left) for one in left]
    reached = sum(back) + amount
    for _ in range(amount - sum(parts)):
        open_ones = [i for i, one in enumerate(left) if parts[i] < one]
        behind = max(open_ones, key=lambda i: paid[i] * reached - (back[i] + parts[i]) * sum(paid))
        parts[behind] += 1
    return parts


def to_funders(work: Work, source: Purse, row: RefundRow, amount: Money) -> None:
    """Give back to the budgets what they paid for vouchers, as far as it comes out of this purse."""
    moves = []
    for share in [share for off in row.offs for share in off.shares]:
        part = min(share.amount - share.back, amount)
        share.back += part
        amount -= part
        moves.append(Move(source, Purse(share.party, share.purpose), part, SELLER_BALANCE_NOT_ENOUGH))
    work.post(*moves, why="trade.voucher_back", ref=row.number)


def note_vouchers(work: Work, trade: TradeRow, row: RefundRow) -> None:
    """Note what of the vouchers was given back; they return when nothing of the trade is left."""
    assert trade.more is not None and trade.more.offs
    for off, back in zip(trade.more.offs, row.offs, strict=True):
        off.let_off_back += back.let_off
        for share, part in zip(off.shares, back.shares, strict=True):
            share.back += part.amount
    returned = [{"voucher_id": off.id, "amount": off.amount} for off in row.offs]
    whole = trade.refunded == trade.total
    work.ask("kaifang.voucher.give_back", trade_no=trade.id, whole=whole, offs=returned)


def note_refund(work: Work, trade: TradeRow, row: RefundRow, settlement: SettlementRow | None) -> None:
    """Move the trade on, and let it be known."""
    whole = trade.refunded == trade.total
    if whole:
        trade.ended = work.now
    Trade.refund(
        work, trade, to=Trade.TRADE_CLOSED if whole else Trade.TRADE_SUCCESS, seller=trade.seller, buyer=trade.buyer,
        out_trade_no=trade.out_trade_no, amount=row.amount, refunded=trade.refunded, out_request_no=row.request,
        number=row.number, fee=row.fee, shares=total(list(row.taken_back.values())), reason=row.reason,
        **({"smid": trade.secondary} if trade.secondary else {}),
        **discounts(row.offs, trade.seller),
    )  # fmt: skip
    if settlement is not None and not settlement.held and Settlement.give_back.possible(settlement):
        Settlement.give_back(work, settlement, seller=trade.seller)
    tell_seller(work, trade, row)
    tell_deposit_back(work, trade, row)


def fee_back(trade: TradeRow, settlement: SettlementRow | None, amount: Money) -> Money:
    """The part of its fee that the seller gets back; none for what is still in escrow, all of it in the end."""
    charged, before, now = trade.received, trade.returned, amount
    if settlement is not None and trade.more is not None and trade.more.settle_days:
        charged = settlement.settled
        before = trade.returned - (trade.received - settlement.settled - settlement.held)
        now = amount - min(settlement.held, amount)
    if not now or not trade.fee:
        return Money(0)
    then = trade.fee.share(Fraction((before + now).minor, charged.minor))
    return then - trade.fee.share(Fraction(before.minor, charged.minor))


def sources(
    work: Work, trade: TradeRow, settlement: SettlementRow | None, amount: Money, ahead: Purse | None
) -> list[tuple[Purse, Money]]:
    """Out of which purses a refund comes: from escrow, then what is kept aside, what is settled, and who pays ahead."""
    held = aside = Money(0)
    if settlement is not None:
        held = min(settlement.held, amount)
        aside = min(settlement.frozen, amount - held)
        settlement.held -= held
        settlement.frozen -= aside
    settled, balance = amount - held - aside, trade.purse()
    own = settled if ahead is None else min(settled, work.balance(balance))
    parts = [(trade.purse("escrow"), held), (trade.purse("royalty"), aside), (balance, own)]
    return [(purse, part) for purse, part in [*parts, (ahead or balance, settled - own)] if part]


def check_shares(work: Work, trade: TradeRow, amount: Money, shares: list[ShareBack]) -> None:
    """Shares go back to the seller, and no more of them than the buyer gets."""
    for share in shares:
        if share.trans_in is not None:
            owner = account_of(work, REFUND_ROYALTY_PAYEE_ACCOUNT_NOT_EXIST, share.trans_in, share.trans_in_type)
            if owner.user_id != trade.payee:
                raise INVALID(field="refund_royalty_parameters.trans_in", reason="shares go back to whoever was paid")
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
        move = Move(Purse(giver), trade.purse(), share.amount, SELLER_BALANCE_NOT_ENOUGH)
        work.post(move, why="trade.share_back", ref=trade.id)
        settlement.given = settlement.given | {giver: given - share.amount}
        taken[giver] = taken.get(giver, Money(0)) + share.amount
    return taken


def refunded(work: Work, trade: TradeRow, row: RefundRow, ask: Refund, fund_change: str) -> Refunded:
    """The answer to a refund."""
    masked = work.ask("kaifang.account.party.find", user_id=trade.buyer).masked
    detailed = "refund_detail_item_list" in ask.query_options
    told = Refunded(
        trade_no=trade.id, out_trade_no=trade.out_trade_no, fund_change=fund_change, refund_fee=row.total,
        gmt_refund_pay=Moment(row.at), send_back_fee=row.amount - parts_of(row.offs)[0] if detailed else None,
        refund_detail_item_list=fund_bills(row.bills) if detailed else None,
        has_deposit_back=str(bool(deposit_back(row))).lower() if "deposit_back_info" in ask.query_options else None,
        refund_charge_amount=row.fee or None, **buyer_names(work, trade, masked),
    )  # fmt: skip
    if off := discounts(row.offs, trade.seller):
        told.refund_voucher_detail_list = voucher_details(row.offs, trade.seller)
        told.present_refund_buyer_amount = row.amount - off["discount"] - off["mdiscount"]
        told.present_refund_discount_amount = off["discount"]
        told.present_refund_mdiscount_amount = off["mdiscount"]
    return told
