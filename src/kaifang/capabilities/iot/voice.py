"""Saying what has come in: a speaker or a till says the amount of a trade aloud."""

from typing import Literal

from kaifang.kernel import INVALID_PARAMETER, Amount, Count, Key, Money, Shape, Work, method, told_as

from .errors import DEVICE_NOT_EXIST, MERCHANT_ID_UNMATCHED, MESSAGE_CLASH, TRADE_NOT_EXIST
from .find import Done, own_device
from .message import put


class Say(Shape):
    biz_tid: Key  # a device that is bound to you
    amount: Amount  # yuan, as it is said
    trade_type: Literal["ALIPAY_TRADE", "OTHER"] = "ALIPAY_TRADE"  # OTHER: paid in some other way, as you say
    trade_id: Key | None = None  # the trade; needed for ALIPAY_TRADE, and said once
    out_order_no: Key | None = None  # your number of it; needed for OTHER, and said once
    smid: Key | None = None  # the number of an indirect merchant; checked if given
    promo_coupon_num: Count | None = None  # how many vouchers took something off
    promo_coupon_money: Money | None = None  # yuan that they took off


FAULTS = [DEVICE_NOT_EXIST, MERCHANT_ID_UNMATCHED, TRADE_NOT_EXIST, MESSAGE_CLASH]


@method("alipay.commerce.iot.device.tradevoice.send", raises=FAULTS)
def say(work: Work, ask: Say) -> Done:
    """Have a device say that money has come in, once for each trade; after a minute it is too late for that."""
    device = own_device(work, ask.biz_tid)
    if ask.smid not in (None, device.smid):
        raise MERCHANT_ID_UNMATCHED(smid=ask.smid)
    number, field = (
        (ask.trade_id, "trade_id") if ask.trade_type == "ALIPAY_TRADE" else (ask.out_order_no, "out_order_no")
    )
    if number is None:
        raise INVALID_PARAMETER(field=field, reason=f"missing; the trade_type {ask.trade_type} needs it")
    if ask.trade_type == "ALIPAY_TRADE":
        check_paid(work, number, ask.amount)
    put(work, device, f"voice:{ask.trade_type}:{number}", "VOICE", words(ask))
    return Done()


def check_paid(work: Work, trade_no: str, amount: Money) -> None:
    """Only what has come in is said to have."""
    with told_as({"ACQ.TRADE_NOT_EXIST": TRADE_NOT_EXIST}):
        trade = work.ask("kaifang.trade.find", trade_no=trade_no, seller=work.caller.merchant)
    if not trade.paid or trade.total.minor != amount.minor:
        raise TRADE_NOT_EXIST(trade_id=trade_no)


def words(ask: Say) -> str:
    """What is said."""
    said = f"{'支付宝到账' if ask.trade_type == 'ALIPAY_TRADE' else '到账'}{ask.amount}元"
    if ask.promo_coupon_money:
        said += f"，优惠{ask.promo_coupon_money}元"
    if ask.promo_coupon_num:
        said += f"，用券{ask.promo_coupon_num}张"
    return said
