"""Membership cards: drawn up by merchants, joined and left by people, kept up to date and ended."""

from __future__ import annotations

from kaifang.kernel.clock import written
from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 4


@way
def draw_up(dice: Dice) -> list[Step]:
    """A merchant draws up a card, and somebody joins."""
    ask = {
        "request_id": dice.number("T"), "card_type": "OUT_MEMBER_CARD", "biz_no_suffix_len": dice.one(("8", "10")),
        "write_off_type": "qrcode", "template_style_info": {"card_show_name": "会员卡"},
        "field_rule_list": [
            {"field_name": "Point", "rule_name": "CONST", "rule_value": dice.one("02")},
            {"field_name": "ValidDate", "rule_name": "DATE_IN_FUTURE", "rule_value": dice.one(("2d", "9m"))},
        ],
    }  # fmt: skip
    template = dice.new("template")
    made = say("alipay.marketing.card.template.create", dice.shop(), ask, answer={"template_id": template})
    rule = {"template_id": template, "points_per_yuan": dice.one(("100", "33.33")), "point_months": dice.one((0, 1)),
            "exchanges": [{"key": "cup", "title": "茶", "points": dice.one("13")}]}  # fmt: skip
    return [made, say("kaifang.card.rule.set", made.by, rule), join_one(dice, template)]


def join_one(dice: Dice, template: str) -> Step:
    """Somebody joins."""
    card = {"card": dice.new("card")}
    return say("kaifang.card.join", "wallet", {"template": template}, user=dice.person(), answer=card)


@way
def join(dice: Dice) -> list[Step]:
    """Somebody joins members, or looks at a card that is there."""
    found = dice.pick("template")
    return [join_one(dice, found[0])] if found else []


@way
def change(dice: Dice) -> list[Step]:
    """A merchant says what a card has from now on; it may be overtaken, or the other merchant's."""
    found = dice.pick("card")
    if not found:
        return []
    info = {"point": dice.one(("0", "0.5", "1", "3")), "balance": dice.fen()}
    at = written(dice.now - dice.one((0, 0, 5000)))
    ask = {"target_card_no": found[0], "target_card_no_type": "BIZ_CARD", "occur_time": at, "card_info": info}
    return [say("alipay.marketing.card.update", dice.shop(), ask)]


@way
def leave(dice: Dice) -> list[Step]:
    """A card ends: the person leaves, or the merchant deletes it."""
    found = dice.pick("card") if dice.odds(40) else None
    if not found:
        return []
    if dice.odds(50):
        return [say("kaifang.card.leave", "wallet", {"card": found[0]}, user=dice.person())]
    ask = {"out_serial_no": dice.number("D"), "target_card_no": found[0], "reason_code": "USER_UNBUND"}
    return [say("alipay.marketing.card.delete", dice.shop(), ask)]


@way
def exchange(dice: Dice) -> list[Step]:
    """Somebody exchanges points; the merchant may give them back."""
    found = dice.pick("card")
    if not found:
        return []
    spending = dice.new("spending")
    ask = {"card": found[0], "key": "cup", "out_no": dice.number("X")}
    had = say("kaifang.card.spend", "wallet", ask, user=dice.person(), answer={"spend_no": spending})
    return [had, *([say("kaifang.card.spend.undo", dice.shop(), {"spend_no": spending})] if dice.odds(30) else [])]


@way
def tell_of_purchase(dice: Dice) -> list[Step]:
    """A merchant tells of a purchase at its own till, late or twice."""
    found = dice.pick("card")
    if not found:
        return []
    ask = {
        "target_card_no": found[0], "trade_type": "TRADE", "trade_time": written(dice.now - dice.one((0, 60_000))),
        "trade_amount": dice.fen(), "card_info": {"point": dice.one("0124")},
    }  # fmt: skip
    return [say("alipay.marketing.card.consume.sync", dice.shop(), ask)]


@way
def look(dice: Dice) -> list[Step]:
    """Somebody looks at what could be joined, or at all that is on a card; it may be somebody else's."""
    found, who = dice.pick("card"), dice.person()
    if not found:
        return [say("kaifang.card.template.near", "wallet", {"limit": 3}, user=who)]
    return [say("kaifang.card.look", "wallet", {"card": found[0]}, user=who)]
