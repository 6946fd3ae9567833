"""Finding the trade, the buyer and the seller that are meant."""

import hashlib
from typing import Any

from kaifang.kernel import NO_USER, FaultKind, Key, Shape, Work, told_as
from kaifang.kernel.clock import day

from .errors import (
    BUYER_ENABLE_STATUS_FORBID,
    BUYER_NOT_EXIST,
    BUYER_SELLER_EQUAL,
    CURRENCY_NOT_SUPPORT,
    ERROR_BUYER_CERTIFY_LEVEL_LIMIT,
    INVALID,
    INVALID_RECEIVE_ACCOUNT,
    MERCHANT_STATUS_NOT_NORMAL,
    PAYER_UNMATCHED,
    SELLER_BEEN_BLOCKED,
    SELLER_NOT_EXIST,
    TRADE_BUYER_NOT_MATCH,
    TRADE_HAS_CLOSE,
    TRADE_HAS_SUCCESS,
    TRADE_NOT_EXIST,
)
from .parts import More
from .states import Trade
from .tables import TradeRow


class Which(Shape):
    trade_no: Key | None = None  # the platform's number; it counts if both are given
    out_trade_no: Key | None = None  # the seller's number


def the_trade(work: Work, ask: Which) -> TradeRow:
    """The caller's trade with this number, once somebody has seen it."""
    trade = any_trade(work, ask)
    if trade is None or trade.state == Trade.ORDERED.name:
        raise TRADE_NOT_EXIST(trade_no=ask.trade_no, out_trade_no=ask.out_trade_no)
    return trade


def any_trade(work: Work, ask: Which) -> TradeRow | None:
    """The caller's trade with this number, even if nobody has seen it yet."""
    seller = work.caller.merchant
    if ask.trade_no:
        trade = work.find(TradeRow, id=ask.trade_no)
        return trade if trade is not None and trade.seller == seller else None
    if not ask.out_trade_no:
        raise INVALID(field="out_trade_no", reason="give trade_no or out_trade_no")
    return work.find(TradeRow, seller=seller, out_trade_no=ask.out_trade_no)


def bought(work: Work, trade_no: str) -> TradeRow:
    """A trade of the person who is signed in to the wallet."""
    trade = work.find(TradeRow, id=trade_no)
    if work.caller.user is None:
        raise NO_USER()
    if trade is None or trade.buyer != work.caller.user or trade.state == Trade.ORDERED.name:
        raise TRADE_NOT_EXIST(trade_no=trade_no)
    return trade


def check_waiting(trade: TradeRow) -> None:
    """Whether a trade can still be paid."""
    if trade.paid:
        raise TRADE_HAS_SUCCESS(trade_no=trade.id)
    if trade.state == Trade.TRADE_CLOSED.name:
        raise TRADE_HAS_CLOSE(trade_no=trade.id)


def check_currencies(*named: str | None) -> None:
    """Whether only yuan are meant."""
    for currency in named:
        if currency not in (None, "CNY"):
            raise CURRENCY_NOT_SUPPORT(currency=currency)


def name_buyer(work: Work, trade: TradeRow, user_id: str) -> None:
    """Note who buys, by open_id too if the app knows its users by that only."""
    trade.buyer = user_id
    if work.caller.open_ids or (trade.more is not None and trade.more.open_ids):
        given = work.ask("kaifang.account.openid.give", user_id=user_id, app=trade.auth_app)
        trade.open_id = given.open_id


def party(work: Work, missing: FaultKind, **which: str | None) -> Any:
    """What is known of a person or merchant; `missing` is raised if there is none."""
    with told_as({"PARTY_NOT_EXIST": missing}):
        return work.ask("kaifang.account.party.find", **which)


SELLER_FAULTS = [SELLER_BEEN_BLOCKED, MERCHANT_STATUS_NOT_NORMAL]
SELLER_ID_FAULTS = [SELLER_NOT_EXIST, INVALID_RECEIVE_ACCOUNT]


def the_seller(work: Work, seller_id: str | None = None) -> Any:
    """Who is paid: the merchant acted for, if he may trade."""
    pid = work.caller.merchant
    seller = party(work, SELLER_NOT_EXIST, user_id=seller_id or pid)
    if seller.user_id != pid:
        raise INVALID_RECEIVE_ACCOUNT(seller_id=seller_id)
    return in_business(seller)


def in_business(seller: Any) -> Any:
    """The seller, if he may trade."""
    if seller.status == "BLOCKED":
        raise SELLER_BEEN_BLOCKED()
    if seller.status != "NORMAL":
        raise MERCHANT_STATUS_NOT_NORMAL(status=seller.status)
    return seller


BUYER_FAULTS = [
    BUYER_SELLER_EQUAL, BUYER_ENABLE_STATUS_FORBID, TRADE_BUYER_NOT_MATCH, PAYER_UNMATCHED,
    ERROR_BUYER_CERTIFY_LEVEL_LIMIT,
]  # fmt: skip


def the_buyer(work: Work, trade: TradeRow, user_id: str) -> Any:
    """Who is to pay a trade, if that person may."""
    buyer = party(work, BUYER_NOT_EXIST, user_id=user_id)
    if buyer.user_id == trade.seller:
        raise BUYER_SELLER_EQUAL()
    if buyer.status != "NORMAL":
        raise BUYER_ENABLE_STATUS_FORBID(status=buyer.status)
    if trade.buyer not in ("", buyer.user_id):
        raise TRADE_BUYER_NOT_MATCH()
    if trade.more is not None:
        if buyer.user_id == trade.more.settled_to:
            raise BUYER_SELLER_EQUAL()
        check_payer(work, trade.more, buyer)
    return buyer


def check_payer(work: Work, more: More, buyer: Any) -> None:
    """Whether this is the person whom the order wants to be paid by."""
    if more.payer_name not in (None, buyer.name):
        raise PAYER_UNMATCHED(field="ext_user_info.name")
    if more.payer_certified and not buyer.certified:
        raise ERROR_BUYER_CERTIFY_LEVEL_LIMIT()
    if more.payer_cert is not None and more.payer_cert.upper() != buyer.cert_no.upper():
        raise PAYER_UNMATCHED(field="ext_user_info.cert_no")
    if more.payer_hash not in (None, hashlib.sha256(f"{buyer.name}{buyer.cert_no}".encode()).hexdigest()):
        raise PAYER_UNMATCHED(field="ext_user_info.identity_hash")
    if more.payer_age is not None and age(work, buyer.cert_no) < more.payer_age:
        raise PAYER_UNMATCHED(field="ext_user_info.min_age")


def age(work: Work, cert_no: str) -> int:
    """How old somebody is by the birthday in the number of an identity card; below zero if it has none."""
    born = cert_no[6:14]
    known = len(cert_no) == 18 and born.isascii() and born.isdigit()
    return (int(day(work.now)) - int(born)) // 10000 if known else -1
