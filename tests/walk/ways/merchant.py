"""Merchants: shops are opened, asked for again, moved, looked at by people, closed, and found nearby."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say
from tests.walk.ways.proposal import answer_one

WEIGHT = 4

PLACES = ("120.1000", "120.1001", "120.2")


@way
def open_one(dice: Dice) -> list[Step]:
    """A merchant opens a shop, or asks for one again in other words."""
    shop, order = dice.shop(), dice.new("order")
    ask = {"ip_role_id": f"${shop}", "store_id": dice.one("12"), "shop_name": dice.one(("茶", "官方茶")),
           "shop_category": dice.one(("B0102", "B0004")), "business_address": address(dice)}  # fmt: skip
    made = say(
        "ant.merchant.expand.shop.create", shop, ask, answer={"order_id": order, "exist_shop_id": dice.new("shop")}
    )
    return [made, say("ant.merchant.expand.order.query", shop, {"order_id": order})]


def address(dice: Dice) -> dict[str, str]:
    """Somewhere in a small world."""
    codes = {"province_code": "330000", "city_code": "330100", "district_code": "330102", "address": "湖滨路1号"}
    return codes | ({"longitude": dice.one(PLACES), "latitude": "30.1"} if dice.odds(80) else {})


@way
def change(dice: Dice) -> list[Step]:
    """A shop moves, or is called something else."""
    shop = dice.shop()
    ask = {"ip_role_id": f"${shop}", "store_id": dice.one("12")}
    more = {"business_address": address(dice)} if dice.odds(60) else {"shop_name": dice.one(("官方茶", "面"))}
    return [say("ant.merchant.expand.shop.modify", shop, ask | more)]


@way
def close(dice: Dice) -> list[Step]:
    """A shop is closed, now and then."""
    shop = dice.shop()
    ask = {"ip_role_id": f"${shop}", "store_id": dice.one("12")}
    return [say("ant.merchant.expand.shop.close", shop, ask)] if dice.odds(20) else []


@way
def review(dice: Dice) -> list[Step]:
    """The operator decides an application."""
    found = dice.pick("order")
    ask = {"order_id": found[0], "passes": dice.odds(60)} if found else {}
    return [say("kaifang.merchant.review.decide", "house", ask)] if found else []


@way
def look_around(dice: Dice) -> list[Step]:
    """Somebody looks for what is near."""
    ask = {
        "longitude": dice.one(PLACES),
        "latitude": "30.1",
        "radius": dice.one((5, 500)),
        "limit": 1 + dice.chance.below(3),
    }
    return [say("kaifang.merchant.shop.nearby", "wallet", ask)]


@way
def bring(dice: Dice) -> list[Step]:
    """The provider brings a merchant, perhaps in other words, and the merchant answers."""
    return brought(dice)[-1]


def brought(dice: Dice) -> tuple[str, str, list[Step]]:
    """A merchant that the provider brings: its number, its card's, and the steps that lead there."""
    shop, proposal, smid, card = dice.shop(), dice.new("proposal"), dice.new("smid"), dice.new("alias")
    ask = {
        "external_id": dice.one("12"), "name": {"kiosk": "报亭", "stall": "小摊"}[shop],
        "mcc": dice.one(("B0102", "B0004")), "merchant_type": "01", "cert_type": "201", "cert_no": "9",
        "legal_name": "店主", "legal_cert_no": "1", "alipay_logon_id": f"{shop}@example.com", "service": ["小程序支付"],
        "contact_infos": [{"name": "店主", "mobile": "1"}],
    }  # fmt: skip
    if dice.odds(50):  # the holder's card, or one that the bank says is another's
        holder, number = dice.one(("少少", "报亭")), "6214850000000099"
        ask["biz_cards"] = [{"account_no": number, "account_holder_name": holder, "account_inst_id": "CMB"}]
        if dice.odds(60):
            ask["default_settle_rule"] = {"default_settle_type": "bankCard", "default_settle_target": number}
    listed = say("kaifang.proposal.list", "wallet", user=shop, answer={"proposals": [{"proposal_id": proposal}]})
    which = {"external_id": ask["external_id"]}
    found = {"orders": [{"smid": smid, "card_alias_no": card}]}
    seen = say("ant.merchant.expand.indirect.zftorder.query", "helper", which, answer=found)
    apply = say("ant.merchant.expand.indirect.zft.create", "helper", ask)
    return smid, card, [apply, listed, answer_one(dice, proposal, shop), seen]


@way
def suspend(dice: Dice) -> list[Step]:
    """The operators suspend a merchant, or let it go on."""
    found = dice.pick("smid")
    if found is None:
        return []
    suspended = say("kaifang.merchant.secondary.suspend", "house", {"smid": found[0], "reason": "嫌疑"})
    return [suspended if dice.odds(30) else say("kaifang.merchant.secondary.resume", "house", {"smid": found[0]})]


@way
def change_or_let_go(dice: Dice) -> list[Step]:
    """The provider changes a merchant whom it brought, or looks what became of it."""
    which = {"external_id": dice.one("12")}
    if dice.odds(50):
        return [say("ant.merchant.expand.indirect.zftorder.query", "helper", which)]
    more = {"alias_name": dice.one(("好茶", "好书")), "mcc": dice.one(("B0102", "B0004"))}
    return [say("ant.merchant.expand.indirect.zft.modify", "helper", which | more)]
