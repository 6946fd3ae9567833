"""Everything a buyer confirms at the cashier: order codes, pages in a browser or an app, and what confirming does."""

import re

import msgspec

from kaifang.kernel import HOUR, Address, Fault, Happening, Key, Line, Page, Shape, Text, Who, Work, hears, method

from .errors import AGREEMENT_INVALID, BUYER_NOT_EXIST, TRADE_HAS_CLOSE, TRADE_HAS_SUCCESS, TRADE_NOT_EXIST
from .find import BUYER_FAULTS, SELLER_FAULTS, SELLER_ID_FAULTS, check_waiting, in_business, the_buyer
from .order import ORDER_FAULTS, Order, ShopOrder, Signing, SigningByPeriod, begin, sign_too, the_order, timeout
from .parts import More
from .payment import PAYMENT_FAULTS, take
from .secondary import CLOSED_FAULTS, shop_name
from .states import Trade
from .tables import MergeRow, TradeRow

CONFIRM = "kaifang.trade.confirm_payment"
TOLD_AS = {
    "page": "alipay.trade.page.pay.return",
    "wap": "alipay.trade.wap.pay.return",
    "app": "alipay.trade.app.pay",
}


class PageOrder(Order):
    enable_pay_channels: Line | None = None  # only to be paid with these, by comma


class PagePay(PageOrder):
    agreement_sign_params: Signing | None = None  # an agreement that is signed with the payment


class WapPay(PageOrder):
    seller_id: Key | None = None  # who is paid: yourself
    quit_url: Address | None = None  # where the browser goes when the buyer leaves


class AppPay(PageOrder):
    agreement_sign_params: SigningByPeriod | None = None  # an agreement that is signed with the payment
    seller_id: Key | None = None  # who is paid: yourself


@method("alipay.trade.page.pay", raises=ORDER_FAULTS)
def page_pay(work: Work, ask: PagePay) -> Page:
    """Let a buyer pay in a browser; the trade begins when the page is shown."""
    trade = the_order(work, ask, "page")
    sign_too(work, trade, ask.agreement_sign_params)
    return open_page(work, trade)


@method("alipay.trade.wap.pay", raises=[*ORDER_FAULTS, *SELLER_ID_FAULTS])
def wap_pay(work: Work, ask: WapPay) -> Page:
    """Let a buyer pay in a telephone's browser."""
    return open_page(work, the_order(work, ask, "wap"), ask.quit_url)


@method("alipay.trade.app.pay", raises=[*ORDER_FAULTS, *SELLER_ID_FAULTS])
def app_pay(work: Work, ask: AppPay) -> Page:
    """Let a buyer pay in a merchant's app, which hands the signed order to the wallet."""
    trade = the_order(work, ask, "app")
    sign_too(work, trade, ask.agreement_sign_params)
    return open_page(work, trade, in_app="alipay.trade.app.pay")


DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LONGEST = 2 * HOUR


class Precreate(ShopOrder):
    enable_pay_channels: Line | None = None  # only to be paid with these, by comma
    qr_code_timeout_express: Key | None = None  # the code is good for 1m to 2h; 2h if left out


class Precreated(Shape):
    out_trade_no: str  # the seller's number
    qr_code: str  # the text to show as a QR code


@method("alipay.trade.precreate", raises=[*ORDER_FAULTS, *SELLER_ID_FAULTS])
def precreate(work: Work, ask: Precreate) -> Precreated:
    """Make a code for the buyer to scan; the trade begins when somebody does."""
    trade = the_order(work, ask, "precreate")
    more = trade.more or More()
    if more.qr is None or (more.qr_until or 0) <= work.now:
        until = work.now + LONGEST
        if ask.qr_code_timeout_express:
            until = min(until, timeout(work.now, "qr_code_timeout_express", ask.qr_code_timeout_express))
        more = msgspec.structs.replace(more, qr=work.chance.text(6), qr_until=min(until, trade.expires))
        trade.more = more
        work.later(more.qr_until or 0, "trade.expire", trade.id)
    return Precreated(out_trade_no=trade.out_trade_no, qr_code=work.link(f"/qr/bax{short(trade.id)}{more.qr}"))


def short(number: str) -> str:
    """A number in 18 letters and digits instead of 28 digits."""
    text, rest = "", int(number)
    while rest:
        rest, digit = divmod(rest, 36)
        text = DIGITS[digit] + text
    return text.rjust(18, "0")


CODE = re.compile(r"(?:^|/)bax(?P<number>[0-9a-z]{18})(?P<end>[0-9A-Za-z]{6})$")


def scanned(work: Work, code: str, user: str) -> TradeRow | None:
    """The trade that a code or number stands for, if this person may pay it."""
    found = CODE.search(code)
    if found is None:
        trade = work.find(TradeRow, id=code) if len(code) == 28 else None
        return trade if trade is not None and trade.buyer == user else None
    trade = work.find(TradeRow, id=str(int(found["number"], 36)))
    if trade is None or trade.more is None or trade.more.qr != found["end"]:
        return None
    used_in_time = (trade.more.qr_until or 0) > work.now or trade.buyer == user
    return trade if used_in_time else None


def open_page(work: Work, trade: TradeRow, quit_url: str | None = None, in_app: str | None = None) -> Page:
    """The cashier's page for a trade."""
    opened = work.ask(
        "kaifang.cashier.open", kind="pay", title=trade.subject, amount=trade.total, confirm=CONFIRM, subject=trade.id,
        expires=trade.expires, return_url=work.caller.return_url, quit_url=quit_url, merchant=trade.seller,
        payee=shop_name(work, trade), app=trade.app, in_app=in_app, trade_no=trade.id,
        enable_channels=trade.more.enable_pay_channels if trade.more else None,
        disable_channels=trade.more.disable_pay_channels if trade.more else None,
    )  # fmt: skip
    return Page(path=opened.path)


def open_merged(work: Work, merge: MergeRow, in_app: str | None = None) -> Page:
    """The cashier's page for several trades that are paid in one go."""
    trades = all_meant(work, merge.id)
    for trade in trades:
        check_waiting(trade)
    opened = work.ask(
        "kaifang.cashier.open", kind="pay", title=trades[0].subject, amount=merge.total, confirm=CONFIRM,
        subject=merge.id, expires=merge.expires, return_url=work.caller.return_url, merchant=merge.merchant,
        app=merge.app, in_app=in_app,
        details={trade.out_trade_no: f"{trade.subject} {trade.total}" for trade in trades},
    )  # fmt: skip
    return Page(path=opened.path)


class Scan(Shape):
    code: Text  # the text of an order code, or a trade number
    user: Key  # who scanned it


class Scanned(Shape):
    path: str  # the cashier's page


@method(
    "kaifang.trade.scan",
    who=Who.INSIDE,
    raises=[TRADE_NOT_EXIST, TRADE_HAS_CLOSE, TRADE_HAS_SUCCESS, BUYER_NOT_EXIST, *BUYER_FAULTS],
)
def scan(work: Work, ask: Scan) -> Scanned:
    """Open the cashier for an order code that was scanned, or for a trade that waits for its buyer."""
    merge = work.find(MergeRow, id=ask.code) if len(ask.code) == 28 else None
    if merge is not None and merge.buyer == ask.user:
        return Scanned(path=open_merged(work, merge).path)
    trade = scanned(work, ask.code, ask.user)
    if trade is None:
        raise TRADE_NOT_EXIST(code=ask.code[:64])
    check_waiting(trade)
    the_buyer(work, trade, ask.user)
    if trade.state == Trade.ORDERED.name:
        begin(work, trade)
    return Scanned(path=open_page(work, trade).path)


def trades_meant(work: Work, subject: str) -> list[TradeRow]:
    """The trade, or the trades of a merged payment, that a cashier's page is about."""
    trades = [work.find(TradeRow, id=number) for number in numbers_meant(work, subject)]
    return [trade for trade in trades if trade is not None]


def numbers_meant(work: Work, subject: str) -> list[str]:
    """The number of each of those trades."""
    merge = work.find(MergeRow, id=subject)
    return merge.trades if merge is not None else [subject]


def all_meant(work: Work, subject: str) -> list[TradeRow]:
    """The same trades, none of which was cancelled before anybody saw it: what is paid is what was shown."""
    trades = trades_meant(work, subject)
    if len(trades) < len(numbers_meant(work, subject)):
        raise TRADE_NOT_EXIST(trade_no=subject)
    return trades


@hears("checkout.show")
def shown(work: Work, happening: Happening) -> None:
    """A page's trade begins when somebody sees it; the page stays open for as long as the trade does."""
    if happening.facts["confirm"] == CONFIRM:
        for trade in trades_meant(work, happening.facts["about"]):
            if trade.state == Trade.ORDERED.name:
                begin(work, trade)
            if trade.more is not None and trade.more.wait:
                work.ask("kaifang.cashier.extend", token=happening.subject, expires=trade.expires)


class ConfirmPayment(Shape):
    subject: Key  # the trade's number, or that of a merged payment
    user_id: Key  # who confirmed
    channel: Key | None = None  # what to pay with


class PaymentConfirmed(Shape):
    method: str  # under which name it is told
    fields: dict[str, str]  # what is told


@method(
    CONFIRM,
    who=Who.INSIDE,
    raises=[
        TRADE_NOT_EXIST, TRADE_HAS_SUCCESS, TRADE_HAS_CLOSE, *SELLER_FAULTS, BUYER_NOT_EXIST, *BUYER_FAULTS,
        *PAYMENT_FAULTS, AGREEMENT_INVALID, *CLOSED_FAULTS,
    ],
)  # fmt: skip
def confirm_payment(work: Work, ask: ConfirmPayment) -> PaymentConfirmed:
    """Take the money of a buyer who confirmed at the cashier; of several trades, all or none are paid."""
    trades = all_meant(work, ask.subject)
    for trade in trades:
        check_waiting(trade)
        if trade.state == Trade.ORDERED.name:
            begin(work, trade)
        in_business(work.ask("kaifang.account.party.find", user_id=trade.seller))
        take(work, trade, the_buyer(work, trade, ask.user_id), ask.channel)
        sign(work, trade)
    return told(work, ask.subject, trades)


def sign(work: Work, trade: TradeRow) -> None:
    """Sign the agreement that came with an order: the buyer confirmed both, or neither."""
    if trade.more is None or trade.more.signing is None:
        return
    try:
        work.ask("kaifang.agreement.sign.confirm", subject=trade.more.signing, user_id=trade.buyer)
    except Fault as refusal:
        raise AGREEMENT_INVALID(reason=refusal.says("zh")) from refusal


def told(work: Work, subject: str, trades: list[TradeRow]) -> PaymentConfirmed:
    """What the seller's page or app is told of a payment."""
    first, merge = trades[0], work.find(MergeRow, id=subject)
    if merge is not None:
        fields = {"out_merge_no": merge.out_merge_no, "merge_no": merge.id, "merge_pay_status": "FINISHED"}
        return PaymentConfirmed(method="alipay.trade.merge.pay.return", fields=fields)
    fields = {
        "out_trade_no": first.out_trade_no, "trade_no": first.id, "total_amount": str(first.total),
        "seller_id": first.seller,
    }  # fmt: skip
    if first.more is not None and first.more.signing is not None:
        fields["agreement_no"] = first.more.signing
    return PaymentConfirmed(method=TOLD_AS.get(first.way, f"alipay.trade.{first.way}"), fields=fields)
