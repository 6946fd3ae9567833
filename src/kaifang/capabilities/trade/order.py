"""The order: what every way to begin a trade says alike, and the trade it stands for."""

import re
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from kaifang.kernel import DAY, HOUR, MINUTE, Address, Count, Fault, Key, Line, Moment, Money, Shape, Text, Work, method
from kaifang.kernel.clock import day_start
from kaifang.kernel.shape import plain

from .errors import (
    BUYER_NOT_EXIST,
    CONTEXT_INCONSISTENT,
    INVALID,
    NOW_TIME_AFTER_EXPIRE_TIME_ERROR,
    SUB_GOODS_SIZE_MAX_COUNT,
    TOTAL_FEE_EXCEED,
    TRADE_HAS_CLOSE,
    TRADE_HAS_SUCCESS,
    TRADE_SETTLE_ERROR,
)
from .find import BUYER_FAULTS, SELLER_FAULTS, SELLER_ID_FAULTS, name_buyer, party, the_buyer, the_seller
from .parts import Goods, More, Share
from .royalty import check_shares
from .secondary import SECONDARY_FAULTS, SubMerchant, Target, check_open, settled_to, the_secondary
from .states import Trade
from .tables import TradeRow

Title = Annotated[str, Meta(min_length=1, max_length=256)]
LARGEST = Money(100_000_000_00)
FACE_TO_FACE = "FACE_TO_FACE_PAYMENT"
SETTLE_DAYS = 10


class ExtendParams(Shape):
    sys_service_provider_id: Key | None = None  # user id of the service provider whose system sold it
    royalty_freeze: bool | None = None  # keep the money aside, to share it later


Age = Annotated[int, Meta(ge=0, le=150)]


class ExtUserInfo(Shape):
    name: Line | None = None  # the payer's name
    cert_no: Key | None = None  # the number of the payer's identity card
    identity_hash: Key | None = None  # or SHA-256 of name and number, in 64 hexadecimal digits
    min_age: Age | None = None  # the payer's age in years, at least; with need_check_info
    fix_buyer: bool | None = None  # only somebody of this name and number may pay
    need_check_info: bool | None = None  # only somebody who proved to be what is said here may pay


class RoyaltyInfo(Shape):
    royalty_type: Literal["ROYALTY"] = "ROYALTY"  # the only one there is
    royalty_detail_infos: list[Share] = []  # who gets what, once it is paid


class SettleDetail(Target):
    amount: Money  # yuan: the whole trade


class SettleInfo(Shape):
    settle_detail_infos: list[SettleDetail] = []  # one, at most
    settle_period_time: Key | None = None  # settled after 1d to 365d; left out: 10d, at once with sub_merchant


class Order(Shape):
    out_trade_no: Key  # the seller's own number of the order; asking twice means the same order
    total_amount: Money  # yuan, 0.01 to 100000000.00
    subject: Title  # what for, as the buyer reads it
    body: Line | None = None  # the same at length
    product_code: Key | None = None  # the product agreed on
    timeout_express: Key | None = None  # closed if unpaid after 1m to 15d, or 1c: at midnight
    time_expire: Moment | None = None  # closed if unpaid then; counts before timeout_express
    passback_params: Text | None = None  # comes back with every notification
    goods_detail: list[Goods] = []  # what is bought, at most 150 kinds
    store_id: Key | None = None  # the seller's number of the shop
    disable_pay_channels: Line | None = None  # not to be paid with these, by comma
    ext_user_info: ExtUserInfo | None = None  # who has to pay it
    extend_params: ExtendParams | None = None  # further wishes
    sub_merchant: SubMerchant | None = None  # for whom you sell: a merchant whom you brought
    settle_info: SettleInfo | None = None  # a guaranteed trade: the money waits until the buyer confirms
    royalty_info: RoyaltyInfo | None = None  # who else gets a part of it


class ShopOrder(Order):
    seller_id: Key | None = None  # who is paid: yourself
    operator_id: Key | None = None  # the seller's number of the cashier
    terminal_id: Key | None = None  # the seller's number of the till
    undiscountable_amount: Money | None = None  # yuan of it that nothing is taken off
    discountable_amount: Money | None = None  # yuan of the rest


ORDER_FAULTS = [
    INVALID, TOTAL_FEE_EXCEED, CONTEXT_INCONSISTENT, NOW_TIME_AFTER_EXPIRE_TIME_ERROR, SUB_GOODS_SIZE_MAX_COUNT,
    TRADE_HAS_SUCCESS, TRADE_HAS_CLOSE, TRADE_SETTLE_ERROR, *SELLER_FAULTS, *SECONDARY_FAULTS,
]  # fmt: skip


def the_order(work: Work, ask: Order, way: str) -> TradeRow:
    """The trade that an order stands for: a new one, or the one it stood for when it was asked before."""
    check(ask)
    trade = work.find(TradeRow, seller=work.caller.merchant, out_trade_no=ask.out_trade_no)
    if trade is None:
        the_seller(work, said(ask, "seller_id"))
        return new_trade(work, ask, way)
    if trade.total != ask.total_amount or trade.subject != ask.subject:
        raise CONTEXT_INCONSISTENT(total_amount=trade.total, subject=trade.subject)
    if other := contradiction(work, ask, trade):
        raise CONTEXT_INCONSISTENT(field=other)
    if trade.state == Trade.TRADE_CLOSED.name:
        raise TRADE_HAS_CLOSE(trade_no=trade.id)
    if trade.paid:
        raise TRADE_HAS_SUCCESS(trade_no=trade.id)
    the_seller(work, said(ask, "seller_id"))
    trade.notify_url = trade.notify_url or work.caller.notify_url or ""
    return trade


def check(ask: Order) -> None:
    """What is wrong with an order by itself."""
    if not 0 < ask.total_amount.minor <= LARGEST.minor:
        raise TOTAL_FEE_EXCEED(total_amount=ask.total_amount)
    if len(ask.goods_detail) > 150:
        raise SUB_GOODS_SIZE_MAX_COUNT(goods=len(ask.goods_detail))
    if said(ask, "enable_pay_channels") and ask.disable_pay_channels:
        raise INVALID(field="disable_pay_channels", reason="give channels to enable or to disable, not both")


def said(ask: Order, name: str) -> Any:
    """A member that only some ways to order have."""
    return getattr(ask, name, None)


PRODUCTS = {
    "page": "FAST_INSTANT_TRADE_PAY",
    "wap": "QUICK_WAP_WAY",
    "app": "QUICK_MSECURITY_PAY",
    "merge": "QUICK_MSECURITY_PAY",
}
BORN = {"pay": Trade.WAIT_BUYER_PAY}  # at the till it is seen as soon as it is asked for


def new_trade(work: Work, ask: Order, way: str) -> TradeRow:
    """Begin a trade; how it goes on depends on the way."""
    caller = work.caller
    product = ask.product_code or PRODUCTS.get(way, FACE_TO_FACE)
    trade = TradeRow(
        id=work.new_id("22001"), seller=caller.merchant, out_trade_no=ask.out_trade_no, way=way, app=caller.app,
        auth_app=caller.auth_app, product=product, subject=ask.subject, total=ask.total_amount, created=work.now,
        expires=expiry(work.now, ask, 3 * HOUR if product == FACE_TO_FACE else 15 * DAY),
        notify_url=caller.notify_url or "", more=details(work, ask), state=BORN.get(way, Trade.ORDERED).name,
    )  # fmt: skip
    if way == "page" and ask.time_expire is None and ask.timeout_express != "1c":
        trade.more = msgspec.structs.replace(trade.more or PLAIN, wait=trade.expires - work.now)
    if trade.more is not None and trade.more.shares:
        check_shares(work, trade, trade.more.shares)
    if way != "pay":  # what is paid at the till needs no timer, unless the buyer has to confirm
        work.later(trade.expires, "trade.expire", trade.id)
    return work.add(trade)


KEPT = (
    "body", "passback_params", "operator_id", "store_id", "terminal_id", "enable_pay_channels", "disable_pay_channels",
)  # fmt: skip
PLAIN = More()


def details(work: Work, ask: Order) -> More | None:
    """What an order says beside the usual; None if nothing."""
    more = More(**{name: getattr(ask, name, None) for name in KEPT})
    more.goods = ask.goods_detail or None
    more.open_ids = work.caller.open_ids or None
    more.undiscountable = undiscountable(ask)
    if ask.ext_user_info is not None:
        who_pays(more, ask.ext_user_info)
    if ask.extend_params is not None:
        more.royalty_freeze = ask.extend_params.royalty_freeze or None
        more.provider = ask.extend_params.sys_service_provider_id
    if ask.sub_merchant is not None:
        sell_for(work, more, ask, ask.sub_merchant)
    elif ask.settle_info is not None:
        more.settle_days = settle_days(work, ask, ask.settle_info)
    if ask.royalty_info is not None:
        more.shares = ask.royalty_info.royalty_detail_infos or None
    if more.shares and (more.settle_days or more.royalty_freeze):
        raise TRADE_SETTLE_ERROR(reason="what is kept back is shared later, with alipay.trade.order.settle")
    return None if more == PLAIN else more


def undiscountable(ask: Order) -> Money | None:
    """How much of an order nothing is taken off; None if vouchers may take off all of it."""
    dear, cheap = said(ask, "undiscountable_amount"), said(ask, "discountable_amount")
    if dear is None and cheap is None:
        return None
    dear = ask.total_amount - cheap if dear is None else dear
    if dear.minor < 0 or dear > ask.total_amount or cheap not in (None, ask.total_amount - dear):
        raise INVALID(field="undiscountable_amount", reason="together with discountable_amount it is total_amount")
    return dear or None


def who_pays(more: More, info: ExtUserInfo) -> None:
    """Keep who alone may pay; what is said of a person counts only where the seller asks that it be checked."""
    if info.fix_buyer or info.need_check_info:
        more.payer_name, more.payer_cert = info.name, info.cert_no
    if info.need_check_info:
        more.payer_certified, more.payer_age = True, info.min_age
        plainly = info.name or info.cert_no
        more.payer_hash = None if plainly or not info.identity_hash else info.identity_hash.lower()


WHERE = {
    "settle_days": "settle_info", "royalty_freeze": "extend_params.royalty_freeze", "shares": "royalty_info",
    "smid": "sub_merchant", "settled_to": "settle_info",
}  # fmt: skip


def contradiction(work: Work, ask: Order, trade: TradeRow) -> str | None:
    """What an order that was asked for before says otherwise now of where its money goes; what it leaves out stays."""
    where = (ask.settle_info, ask.royalty_info, ask.extend_params, ask.sub_merchant)
    if all(one is None for one in where):
        return None
    said, kept = details(work, ask) or PLAIN, trade.more or PLAIN
    if ask.settle_info is None:
        said.settled_to = None
    other = [name for name in WHERE if getattr(said, name) not in (None, getattr(kept, name))]
    return WHERE[other[0]] if other else None


def sell_for(work: Work, more: More, ask: Order, merchant: SubMerchant) -> None:
    """Note for whom it is sold, and where the money is settled to; it waits only if the order says how long."""
    found = the_secondary(work, work.caller.merchant, merchant.merchant_id)
    target = the_target(ask, ask.settle_info) or Target()
    more.smid, more.settled_to = found.smid, settled_to(work, found, target)
    check_open(work, found, more.settled_to)
    if ask.settle_info is not None:
        more.settle_days = period(ask.settle_info) or (SETTLE_DAYS if more.settled_to is None else None)


def the_target(ask: Order, info: SettleInfo | None) -> SettleDetail | None:
    """Where the whole of an order is settled to, as far as it says so."""
    details = info.settle_detail_infos if info is not None else []
    if len(details) > 1 or any(one.amount != ask.total_amount for one in details):
        raise TRADE_SETTLE_ERROR(reason="the whole trade is settled, in one go", total_amount=ask.total_amount)
    return details[0] if details else None


def settle_days(work: Work, ask: Order, info: SettleInfo) -> int:
    """After how many days a guaranteed trade settles by itself."""
    target, seller = the_target(ask, info) or Target(), work.caller.merchant
    if target.trans_in_type != "defaultSettle" and target.trans_in != seller:
        raise TRADE_SETTLE_ERROR(reason="a trade is settled to its seller")
    if target.settle_entity_id not in (None, seller):
        raise TRADE_SETTLE_ERROR(reason="for whom it is sold, sub_merchant says")
    return period(info) or SETTLE_DAYS


def period(info: SettleInfo) -> int | None:
    """How many days the money waits, if the order says so."""
    if info.settle_period_time is None:
        return None
    days = re.fullmatch(r"(\d{1,3})d", info.settle_period_time)
    if not days or not 1 <= int(days[1]) <= 365:
        raise INVALID(field="settle_info.settle_period_time", reason="1d to 365d")
    return int(days[1])


LENGTHS = {"m": MINUTE, "h": HOUR, "d": DAY}


def expiry(now: int, ask: Order, usual: int) -> int:
    """When an order that begins now is closed if nobody pays it."""
    if ask.time_expire is not None:
        if ask.time_expire.ms <= now:
            raise NOW_TIME_AFTER_EXPIRE_TIME_ERROR(time_expire=ask.time_expire)
        return ask.time_expire.ms
    return now + usual if ask.timeout_express is None else timeout(now, "timeout_express", ask.timeout_express)


def timeout(now: int, field: str, text: str) -> int:
    """The end of `90m`, `2h`, `15d` or `1c`, the day, from now."""
    if text == "1c":
        return day_start(now) + DAY
    found = re.fullmatch(r"(\d{1,5})([mhd])", text)
    length = int(found[1]) * LENGTHS[found[2]] if found else 0
    if not MINUTE <= length <= 15 * DAY:
        raise INVALID(field=field, reason="1m to 15d, or 1c for the end of the day")
    return now + length


class Signing(Shape):
    personal_product_code: Key  # CYCLE_PAY_AUTH_P, or GENERAL_WITHHOLDING_P
    sign_scene: Key | None = None  # what kind of business it is for, such as INDUSTRY|DIGITAL_MEDIA
    external_agreement_no: Key | None = None  # the seller's own number of the agreement
    external_logon_id: Line | None = None  # who the buyer is in the seller's shop


class PeriodRules(Shape):
    period_type: Key  # DAY or MONTH
    period: Count  # how many of them a period lasts
    execute_time: Moment  # the first day on which it is due
    single_amount: Money  # yuan at once, at most
    total_amount: Money | None = None  # yuan in all, at most
    total_payments: Count | None = None  # how often, at most


class SigningByPeriod(Signing):
    product_code: Key | None = None  # of the deductions
    period_rule_params: PeriodRules | None = None  # the rules of deductions by period
    sign_notify_url: Address | None = None  # where the seller is told that it was signed


def sign_too(work: Work, trade: TradeRow, signing: Signing | None) -> None:
    """Prepare an agreement that the buyer signs by paying."""
    if signing is None or (trade.more is not None and trade.more.signing is not None):
        return
    fields = {name: value for name, value in plain(signing).items() if name != "sign_notify_url"}
    url = getattr(signing, "sign_notify_url", None)
    try:
        prepared = work.ask("kaifang.agreement.prepare", expires=trade.expires, notify_url=url, **fields)
    except Fault as refusal:
        raise INVALID(field="agreement_sign_params", reason=refusal.says("en")) from refusal
    trade.more = msgspec.structs.replace(trade.more or More(), signing=prepared.agreement_no)


class Create(ShopOrder):
    agreement_sign_params: SigningByPeriod | None = None  # an agreement that is signed with the payment
    enable_pay_channels: Line | None = None  # only to be paid with these, by comma
    buyer_id: Key | None = None  # who buys: the user id,
    buyer_open_id: Key | None = None  # or as your app knows that person,
    buyer_logon_id: Key | None = None  # or the mail address or mobile number to sign in with
    op_app_id: Key | None = None  # the mini program in which it is bought,
    op_buyer_open_id: Key | None = None  # and the buyer as that app knows him


class Created(Shape):
    out_trade_no: str  # the seller's number
    trade_no: str  # the platform's number


@method("alipay.trade.create", raises=[*ORDER_FAULTS, *SELLER_ID_FAULTS, BUYER_NOT_EXIST, *BUYER_FAULTS])
def create(work: Work, ask: Create) -> Created:
    """Open a trade for a buyer, who pays it in the wallet or a mini program."""
    buyer = named_buyer(work, ask)
    trade = the_order(work, ask, "create")
    the_buyer(work, trade, buyer)
    sign_too(work, trade, ask.agreement_sign_params)
    name_buyer(work, trade, buyer)
    if trade.state == Trade.ORDERED.name:
        begin(work, trade)
    return Created(out_trade_no=trade.out_trade_no, trade_no=trade.id)


def named_buyer(work: Work, ask: Create) -> str:
    """The buyer, by whichever name he is called."""
    if ask.op_buyer_open_id and ask.op_app_id:
        which: dict[str, str | None] = {"open_id": ask.op_buyer_open_id, "app": ask.op_app_id}
    elif ask.buyer_id or ask.buyer_open_id or ask.buyer_logon_id:
        which = {"user_id": ask.buyer_id, "open_id": ask.buyer_open_id, "logon_id": ask.buyer_logon_id}
    else:
        raise INVALID(field="buyer_id", reason="give buyer_id, buyer_open_id or buyer_logon_id")
    found: str = party(work, BUYER_NOT_EXIST, **which).user_id
    return found


def begin(work: Work, trade: TradeRow) -> None:
    """From now on the trade can be seen and paid, until it expires; in a browser that is counted from now on."""
    Trade.open(
        work, trade, seller=trade.seller, out_trade_no=trade.out_trade_no, amount=trade.total, subject=trade.subject,
        store_id=trade.more.store_id if trade.more is not None else None,
    )  # fmt: skip
    trade.created = work.now
    if trade.more is not None and trade.more.wait:
        trade.expires = work.now + trade.more.wait
        work.later(trade.expires, "trade.expire", trade.id)
