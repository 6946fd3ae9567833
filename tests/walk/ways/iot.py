"""Devices: registered, bound, heard of, selling, told what to say, and lost."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 2


@way
def set_up(dice: Dice) -> list[Step]:
    """The service provider brings a device, and a merchant binds it."""
    shop, device = dice.shop(), dice.new("device")
    ask = {"sn": dice.number("D"), "kind": dice.one(("TILL", "FACE", "SPEAKER")), "public_key": "$device.public_key"}
    ask["sold_to"] = f"${shop}"
    made = say("kaifang.iot.device.register", "helper", ask, answer={"biz_tid": device})
    bound = {"device_id_type": "ID", "biz_tid": device, "merchant_type": "direct", "pid": f"${shop}"}
    return [made, say("alipay.merchant.iot.device.bind", shop, bound), beat(device)]


def beat(device: str) -> Step:
    """A device says that it is there."""
    return say("kaifang.iot.device.heartbeat", "helper", {}, device=device)


@way
def live(dice: Dice) -> list[Step]:
    """A device's heart beats, and time goes by."""
    found = dice.pick("device")
    return [Step(later=dice.one(("10s", "1m", "2m"))), beat(found[0])] if found else []


@way
def sell(dice: Dice) -> list[Step]:
    """Somebody pays at a device."""
    found, code = dice.pick("device"), dice.new("code")
    if not found:
        return []
    shown = say("kaifang.fund.code.create", "wallet", {}, user=dice.person(), answer={"auth_code": code})
    ask = {"out_trade_no": dice.number("O"), "auth_code": code, "total_amount": dice.fen(), "subject": "茶"}
    paid = say("alipay.trade.pay", "helper", ask, device=found[0], answer={"trade_no": dice.new("sold")})
    return [shown, paid]


@way
def tell(dice: Dice) -> list[Step]:
    """A merchant has a device say or print something, and the device does it."""
    found, message = dice.pick("device"), dice.new("message")
    if not found:
        return []
    shop = dice.shop()
    spoken = {"biz_tid": found[0], "amount": dice.fen(), "trade_type": "OTHER", "out_order_no": dice.number("V")}
    printed = {"biz_tid": found[0], "ref": dice.number("R"), "kind": "PRINT", "content": dice.one(("茶", "咖啡"))}
    return [
        say("alipay.commerce.iot.device.tradevoice.send", shop, spoken),
        say("kaifang.iot.device.message", shop, printed, answer={"message_id": message}),
        say("kaifang.iot.device.fetch", "helper", {}, device=found[0]),
        say("kaifang.iot.device.done", "helper", {"message_id": message}, device=found[0]),
    ]


@way
def move(dice: Dice) -> list[Step]:
    """A merchant lets a device go, or, now and then, it is lost."""
    found, shop = dice.pick("device"), dice.shop()
    if not found:
        return []
    if dice.odds(20):
        return [say("kaifang.iot.device.revoke", shop, {"biz_tid": found[0]})]
    let_go = {"device_id_type": "ID", "biz_tid": found[0], "merchant_id_type": "direct", "merchant_id": f"${shop}"}
    return [say("alipay.commerce.iot.device.unbind", shop, let_go)]


@way
def smile(dice: Dice) -> list[Step]:
    """Somebody enrols a face, or pays with it at a terminal; the merchant asks who it was instead, now and then."""
    found, who, zim, token = dice.pick("device"), dice.person(), dice.new("zim"), dice.new("ftoken")
    face = f"the face of {who}"
    if not found or dice.odds(30):
        return [say("kaifang.iot.face.enrol", "wallet", {"face": face}, user=who)]
    if dice.odds(10):
        return [say("kaifang.iot.face.forget", "wallet", user=who)]
    begun = say("zoloz.authentication.smilepay.initialize", "helper", {}, device=found[0], answer={"zim_id": zim})
    look = {"zim_id": zim, "face": face}
    seen = say("kaifang.iot.face.capture", "helper", look, device=found[0], answer={"ftoken": token})
    order = {"out_trade_no": dice.number("O"), "auth_code": token, "total_amount": dice.fen(), "subject": "茶"}
    used = say("alipay.trade.pay", "helper", order | {"scene": "security_code"}, device=found[0])
    if dice.odds(30):
        used = say("zoloz.authentication.customer.ftoken.query", dice.shop(), {"ftoken": token, "biz_type": "2"})
    return [begun, seen, used]
