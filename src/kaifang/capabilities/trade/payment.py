"""Taking the buyer's money: however a trade came to be paid, this is how it is."""

from typing import Any

import msgspec

from kaifang.kernel import DAY, Moment, Money, Move, Purse, Shape, Work, rate, told_as
from kaifang.kernel.shape import convert, plain

from .errors import (
    BUYER_BALANCE_NOT_ENOUGH,
    BUYER_BANKCARD_BALANCE_NOT_ENOUGH,
    BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR,
    BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR,
    ERROR_BALANCE_PAYMENT_DISABLE,
    NO_PAYMENT_INSTRUMENTS_AVAILABLE,
    PAYMENT_FAIL,
    PRODUCT_AMOUNT_LIMIT_ERROR,
)
from .find import name_buyer
from .notices import VoucherDetail, discounts, tell_seller, voucher_details
from .parts import Bill, Goods, More, Off
from .royalty import share_out
from .secondary import on_its_way, still_open
from .states import Settlement, Trade
from .tables import SettlementRow, TermsRow, TradeRow
from .terms import LIMIT_FAULTS, receive, terms_of

CHARGE_FAULTS = {
    "BALANCE_NOT_ENOUGH": BUYER_BALANCE_NOT_ENOUGH,
    "CARD_BALANCE_NOT_ENOUGH": BUYER_BANKCARD_BALANCE_NOT_ENOUGH,
    "NO_INSTRUMENT": NO_PAYMENT_INSTRUMENTS_AVAILABLE,
    "BALANCE_PAY_OFF": ERROR_BALANCE_PAYMENT_DISABLE,
    "SINGLE_LIMIT": PRODUCT_AMOUNT_LIMIT_ERROR,
    "DAY_LIMIT": BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR,
    "MONTH_LIMIT": BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR,
    "BANK_DOWN": PAYMENT_FAIL,
}
FEES = Purse("platform", "fees")
TOLD = (  # of an order
    "store_id", "operator_id", "terminal_id", "body", "settle_days", "provider", "smid", "settled_to",
)  # fmt: skip
PAYMENT_FAULTS = [*CHARGE_FAULTS.values(), *LIMIT_FAULTS]


def take(work: Work, trade: TradeRow, buyer: Any, channel: str | None = None) -> None:
    """Charge the buyer what vouchers leave to pay, and let the trade be paid."""
    terms, purpose = terms_of(work, trade.seller), purpose_of(trade)
    still_open(work, trade)
    use_vouchers(work, trade, buyer, purpose)
    receive(work, terms, trade.received)
    fee = fee_of(terms, trade, purpose)
    more, to = trade.more, trade.purse(purpose)
    with told_as(CHARGE_FAULTS):
        charged = work.ask(
            "kaifang.fund.charge", payer=buyer.user_id, payee=to.owner, payee_purpose=to.purpose, amount=trade.owed,
            ref=trade.id, why="trade.pay", channel=channel, fee=fee,
            enable_channels=more.enable_pay_channels if more else None,
            disable_channels=more.disable_pay_channels if more else None,
        )  # fmt: skip
    trade.fee = fee
    paid(work, trade, buyer, purpose, charged.bills)


PROMOTIONS = {"promotion", "voucher", "mdiscount"}  # the wire's names for vouchers among the channels


def use_vouchers(work: Work, trade: TradeRow, buyer: Any, purpose: str) -> None:
    """Let the buyer's vouchers take off what they can; whoever pays for them does so now."""
    more, amount = trade.more, discountable(trade)
    if not amount:
        return
    goods = [plain_goods(one) for one in more.goods] if more is not None and more.goods else None
    applied = work.ask(
        "kaifang.voucher.apply", trade_no=trade.id, out_trade_no=trade.out_trade_no, user=buyer.user_id,
        seller=trade.seller, app=trade.app, store_id=more.store_id if more is not None else None, amount=amount,
        goods=goods,
    )  # fmt: skip
    if not applied.offs:
        return
    offs = [convert(plain(off), Off) for off in applied.offs]
    trade.more = msgspec.structs.replace(more or More(), offs=offs)
    target = trade.purse(purpose)
    moves = [Move(Purse(share.party, share.purpose), target, share.amount) for off in offs for share in off.shares]
    work.post(*moves, why="trade.voucher", ref=trade.id)


def discountable(trade: TradeRow) -> Money:
    """How much of an order vouchers may take something off; nothing if its seller wants no promotions on it."""
    more = trade.more or More()
    enabled, disabled = more.enable_pay_channels, more.disable_pay_channels
    closed = enabled and not PROMOTIONS & set(enabled.split(","))
    if closed or (disabled and PROMOTIONS & set(disabled.split(","))):
        return Money(0)
    return trade.total - (more.undiscountable or Money(0))


def plain_goods(one: Goods) -> dict[str, Any]:
    """Goods as vouchers look at them."""
    return {"goods_id": one.goods_id, "price": one.price, "quantity": one.quantity}


def purpose_of(trade: TradeRow) -> str:
    """Which of the seller's purses the money goes to: guaranteed trades wait in escrow."""
    if trade.more is not None and trade.more.settle_days:
        return "escrow"
    return "royalty" if trade.more is not None and trade.more.royalty_freeze else "balance"


def fee_of(terms: TermsRow, trade: TradeRow, purpose: str) -> Money:
    """What the platform takes at once; of a guaranteed trade it takes its part when that is settled."""
    return Money(0) if purpose == "escrow" or terms.fee_rate == "0" else trade.received.share(rate(terms.fee_rate))


def paid(work: Work, trade: TradeRow, buyer: Any, purpose: str, bills: list[Any]) -> None:
    """Note that a trade is paid, and let it be known."""
    trade.paid = work.now
    trade.bills = [Bill(**{name: getattr(bill, name) for name in Bill.__struct_fields__}) for bill in bills]
    name_buyer(work, trade, buyer.user_id)
    Trade.pay(
        work, trade, seller=trade.seller, buyer=trade.buyer, out_trade_no=trade.out_trade_no, amount=trade.total,
        subject=trade.subject, way=trade.way, product=trade.product, app=trade.app, created=trade.created,
        fee=trade.fee, **({name: getattr(trade.more, name) for name in TOLD} if trade.more else {}),
        **discounts(trade.offs, trade.seller),
    )  # fmt: skip
    if purpose != "balance":
        keep_back(work, trade, purpose)
    elif trade.more is not None and trade.more.shares:
        share_out(work, trade, trade.more.shares)
    if trade.more is not None and trade.more.settled_to is not None:
        on_its_way(work, trade)
    tell_seller(work, trade)


def keep_back(work: Work, trade: TradeRow, purpose: str) -> None:
    """Note what waits in escrow, or aside for sharing."""
    row = SettlementRow(id=trade.id, seller=trade.seller, smid=trade.secondary)
    if purpose == "royalty":
        row.state, row.frozen = Settlement.SETTLED.name, trade.received - trade.fee
    else:
        assert trade.more is not None and trade.more.settle_days
        row.held, row.due = trade.received, work.now + trade.more.settle_days * DAY
        work.later(row.due, "trade.settle", trade.id)
    work.add(row)


class FundBill(Shape):
    fund_channel: str  # ALIPAYACCOUNT or BANKCARD
    amount: Money  # yuan
    real_amount: Money | None = None  # yuan
    bank_code: str | None = None  # whose card
    fund_type: str | None = None  # DEBIT_CARD or CREDIT_CARD


def fund_bills(bills: list[Bill]) -> list[FundBill]:
    """What it was paid with, as the seller may know it."""
    return [
        FundBill(fund_channel=bill.fund_channel, amount=bill.amount, bank_code=bill.bank_code, fund_type=bill.fund_type)
        for bill in bills
    ]


def all_bills(trade: TradeRow) -> list[FundBill]:
    """What a trade was paid with, what vouchers took off included."""
    told = discounts(trade.offs, trade.seller)
    channels = {"DISCOUNT": told.get("discount"), "MDISCOUNT": told.get("mdiscount")}
    offs = [FundBill(fund_channel=name, amount=amount) for name, amount in channels.items() if amount]
    return fund_bills(trade.bills) + offs


class Buyer(Shape):
    buyer_logon_id: str | None = None  # his mail address or mobile number, masked
    buyer_user_id: str | None = None  # his user id,
    buyer_open_id: str | None = None  # or as your app knows him


class Amounts(Buyer):
    """The buyer, and what a trade came to."""

    total_amount: Money  # yuan: what was owed
    receipt_amount: Money  # yuan: what the seller received, before fees
    buyer_pay_amount: Money  # yuan: what the buyer paid
    point_amount: Money  # yuan: paid with points
    invoice_amount: Money  # yuan: what an invoice may be written for
    discount_amount: Money | None = None  # yuan taken off by vouchers that others pay
    mdiscount_amount: Money | None = None  # yuan taken off by vouchers that the seller pays
    voucher_detail_list: list[VoucherDetail] | None = None  # what each voucher took off


def amounts(trade: TradeRow) -> dict[str, Any]:
    """What a trade came to; nothing as long as it is unpaid."""
    owed, received = (trade.owed, trade.received) if trade.paid else (Money(0), Money(0))
    told: dict[str, Any] = {
        "total_amount": trade.total, "receipt_amount": received, "buyer_pay_amount": owed, "point_amount": Money(0),
        "invoice_amount": owed,
    }  # fmt: skip
    if trade.paid and trade.offs:
        off = discounts(trade.offs, trade.seller)
        told |= {"discount_amount": off["discount"], "mdiscount_amount": off["mdiscount"]}
        told["voucher_detail_list"] = voucher_details(trade.offs, trade.seller)
    return told


def buyer_names(work: Work, trade: TradeRow, masked: str) -> dict[str, Any]:
    """The buyer, as the asking app may know him."""
    by_open_id = work.caller.open_ids
    return {
        "buyer_logon_id": masked,
        "buyer_user_id": None if by_open_id else trade.buyer or None,
        "buyer_open_id": trade.open_id or None if by_open_id else None,
    }


def moment(ms: int) -> Moment | None:
    """A moment, unless there is none yet."""
    return Moment(ms) if ms else None
