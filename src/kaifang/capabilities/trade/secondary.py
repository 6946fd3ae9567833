"""Trades for merchants whom the seller brought: whose the money is, where it is settled to, how it reaches a card.

The seller, a service provider or a platform, asks and is told; the money is the secondary merchant's from the first
moment. Unless the order names another place of that merchant's, it goes where its default rule says: to its account
here as soon as the trade is paid, or to its bank card the next morning, all of a day in one go. An order that says
settle_period_time waits in escrow, until the seller confirms or that time is over. A merchant whom a bank settles
itself is only named: its money is the bank's to pass on.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta

from kaifang.kernel import DAY, HOUR, Fault, Happening, Key, Money, Purse, Shape, Work, hears, timer, told_as
from kaifang.kernel.clock import day_start

from .errors import (
    SECONDARY_MERCHANT_ALIPAY_ACCOUNT_INVALID,
    SECONDARY_MERCHANT_ID_INVALID,
    SECONDARY_MERCHANT_STATUS_ERROR,
    TRADE_SETTLE_ERROR,
)
from .find import party
from .relation import account_of
from .states import Payout
from .tables import SECONDARY, PayoutRow, TakingsRow, TradeRow

PAID_OUT_AT = 9 * HOUR  # of the next day in Beijing
Dimension = Annotated[str, Meta(pattern=r"^[0-9A-Za-z_-]{1,32}\Z")]
CLOSED_FAULTS = [SECONDARY_MERCHANT_STATUS_ERROR, SECONDARY_MERCHANT_ALIPAY_ACCOUNT_INVALID]
SECONDARY_FAULTS = [SECONDARY_MERCHANT_ID_INVALID, *CLOSED_FAULTS]


class SubMerchant(Shape):
    merchant_id: Key  # the smid of a secondary merchant, or the number of a bank's
    merchant_type: Literal["alipay"] = "alipay"  # whose number that is


class Target(Shape):
    """Where the money of a trade is settled to."""

    trans_in_type: Literal["defaultSettle", "userId", "loginName", "cardAliasNo"] = "defaultSettle"  # what trans_in is
    trans_in: Key | None = None  # an account or a card; none with defaultSettle
    settle_entity_type: Literal["SecondMerchant"] | None = None  # what settle_entity_id is
    settle_entity_id: Key | None = None  # whose money it is: the secondary merchant of the trade
    summary_dimension: Dimension | None = None  # what goes to a card with the same word goes there in one sum


def the_secondary(work: Work, seller: str, smid: str) -> Any:
    """What is known of a merchant whom the seller brought."""
    with told_as({"IP_ROLE_NOT_EXIST": SECONDARY_MERCHANT_ID_INVALID}):
        found = work.ask_if_offered("kaifang.merchant.secondary.find", smid=smid, provider=seller)
    if found is None:
        raise SECONDARY_MERCHANT_ID_INVALID(merchant_id=smid)
    return found


def settled_to(work: Work, secondary: Any, target: Target) -> str | None:
    """Whose the money is once it is settled: the account's, or the card's; None: the seller passes it on."""
    to = place_of(work, secondary, target)
    if to == "card":
        return f"{SECONDARY}{secondary.smid}{':' if target.summary_dimension else ''}{target.summary_dimension or ''}"
    return secondary.account if to == "account" else None


def place_of(work: Work, secondary: Any, target: Target) -> Any:
    """Where the money goes, of the places that the merchant has: account or card; provider: to the seller."""
    if target.settle_entity_id not in (None, secondary.smid):
        raise TRADE_SETTLE_ERROR(field="settle_entity_id", reason="the money of the order is its sub_merchant's")
    if target.trans_in_type == "defaultSettle":
        if target.trans_in is not None:
            raise TRADE_SETTLE_ERROR(field="trans_in", reason="defaultSettle names nobody")
        return secondary.settled
    if target.trans_in_type == "cardAliasNo":
        if target.trans_in is None or target.trans_in != secondary.card_alias:
            raise TRADE_SETTLE_ERROR(field="trans_in", reason="the sub_merchant has no card of this number")
        return "card"
    missing = SECONDARY_MERCHANT_ALIPAY_ACCOUNT_INVALID
    if account_of(work, missing, target.trans_in or "", target.trans_in_type).user_id != secondary.account:
        raise missing(trans_in=target.trans_in)
    return "account"


def check_open(work: Work, secondary: Any, payee: str | None) -> None:
    """Whether a merchant may be paid: not suspended, and its account in use."""
    if secondary.state != "OPEN":
        raise SECONDARY_MERCHANT_STATUS_ERROR(state=secondary.state)
    if payee is not None and payee == secondary.account:
        account = party(work, SECONDARY_MERCHANT_ALIPAY_ACCOUNT_INVALID, user_id=payee)
        if account.status != "NORMAL":
            raise SECONDARY_MERCHANT_ALIPAY_ACCOUNT_INVALID(status=account.status)


def still_open(work: Work, trade: TradeRow) -> None:
    """The same of a trade that was ordered before."""
    if trade.more is not None and trade.more.smid is not None:
        check_open(work, the_secondary(work, trade.seller, trade.more.smid), trade.more.settled_to)


def suspended(work: Work, seller: str, smid: str) -> bool:
    """Whether a secondary merchant is not settled at present; of the seller's own money that is never so."""
    return bool(smid) and the_secondary(work, seller, smid).state == "SUSPENDED"


def shop_name(work: Work, trade: TradeRow) -> str:
    """From whom the buyer buys: the merchant for whom it is sold, or the seller."""
    if trade.more is not None and trade.more.smid is not None:
        return str(the_secondary(work, trade.seller, trade.more.smid).name)
    return str(work.ask("kaifang.account.party.find", user_id=trade.seller).name)


# To the card


def on_its_way(work: Work, trade: TradeRow) -> None:
    """What was settled to go to a card leaves tomorrow, with all that came until then."""
    if not trade.payee.startswith(SECONDARY):
        return
    row = work.find(TakingsRow, id=trade.payee)
    if row is None:
        row = work.add(TakingsRow(id=trade.payee, seller=trade.seller, smid=trade.secondary))
    if row.due <= work.now:
        leave_tomorrow(work, row)


def leave_tomorrow(work: Work, row: TakingsRow) -> None:
    """Try to pay out tomorrow what is there then."""
    row.due = day_start(work.now) + DAY + PAID_OUT_AT
    work.later(row.due, "trade.pay_out", row.id)


@timer("trade.pay_out")
def pay_out(work: Work, happening: Happening) -> None:
    """Pay a secondary merchant's takings out to its card; what cannot be stays, and is tried again the next day."""
    row = work.find(TakingsRow, id=happening.subject)
    assert row is not None, f"no takings {happening.subject}"
    amount = work.balance(Purse(row.id))
    if not amount:
        return
    merchant = the_secondary(work, row.seller, row.smid)
    able = merchant.state != "SUSPENDED" and merchant.card is not None
    if not able or not send(work, row, merchant, amount):
        leave_tomorrow(work, row)


def send(work: Work, takings: TakingsRow, merchant: Any, amount: Money) -> bool:
    """Hand a payout to the card's bank, if that takes it."""
    row = PayoutRow(
        id=work.new_id("22010"), transfer="", seller=takings.seller, smid=takings.smid, takings=takings.id,
        amount=amount, card=merchant.card_alias,
    )  # fmt: skip
    try:
        with work.attempt() as part:
            row.transfer = part.ask(
                "kaifang.fund.payout", merchant=row.seller, owner=row.takings, amount=amount,
                card_no=merchant.card.account_no, bank_code=merchant.card.account_inst_id,
                holder=merchant.card.account_holder_name, out_biz_no=row.id,
            ).order_id  # fmt: skip
    except Fault:
        tell(work, row, "alipay.trade.settle.fail", "SETTLE_ACCOUNT_ERROR")
        return False
    work.add(row)
    return True


@hears("transfer.arrive", "transfer.fail", "transfer.bounce")
def heard(work: Work, happening: Happening) -> None:
    """The bank credited a payout, or did not; what came back leaves again tomorrow."""
    row = work.find(PayoutRow, transfer=happening.subject)
    if row is None:
        return
    facts = {"seller": row.seller, "smid": row.smid, "amount": row.amount}
    if happening.name == "transfer.arrive":
        Payout.arrive(work, row, **facts)
        tell(work, row, "alipay.trade.settle.success")
        return
    Payout.come_back(work, row, **facts)
    tell(work, row, "alipay.trade.settle.dishonoured", "BANK_DISHONOR")
    takings = work.find(TakingsRow, id=row.takings)
    if takings is not None and takings.due <= work.now:
        leave_tomorrow(work, takings)


def tell(work: Work, row: PayoutRow, topic: str, error: str = "") -> None:
    """Message the seller's apps what became of a payout."""
    content = {
        "settle_no": row.id, "amount": row.amount, "currency": "CNY", "settle_account_type": "bankCard",
        "settle_account_id": row.card, "settle_account_id_type": "cardSerialNo", "settle_entity_id": row.smid,
        "settle_entity_type": "SecondMerchant", "status": "FAIL_RETRY" if error else "SUCCESS",
    } | ({"error_code": error} if error else {})  # fmt: skip
    work.ask("kaifang.openapp.message.send", msg_method=topic, content=content, merchant=row.seller, subject=row.id)
