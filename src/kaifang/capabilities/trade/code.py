"""Order codes: the till shows one, and the buyer scans it."""

import re

import msgspec

from kaifang.kernel import HOUR, Key, Line, Shape, Work, method

from .find import SELLER_ID_FAULTS
from .order import ORDER_FAULTS, ShopOrder, the_order, timeout
from .tables import More, TradeRow

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
