"""Deliveries: activities are planned to be shown in slots, stopped, rejected; pictures are brought."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 1

SLOTS = ("PAYMENT_RESULT", "HOME_CARD", "MOON")


@way
def deliver(dice: Dice) -> list[Step]:
    """A merchant has an activity shown for a few days: its own, or by mistake somebody else's."""
    found, plan = dice.pick("activity"), dice.new("plan")
    if found is None:
        return []
    content = {"delivery_activity_content": {"activity_id": found[0]}}
    ask = {
        "out_biz_no": dice.number("D"), "delivery_booth_code": dice.one(SLOTS),
        "delivery_base_info": {
            "delivery_begin_time": f"{dice.day(dice.one((-1, 0, 1)))} 00:00:00",
            "delivery_end_time": f"{dice.day(-dice.one((2, 5)))} 00:00:00",
        },
        "delivery_play_config": {"delivery_single_send_config": {"delivery_content_info": content}},
    }  # fmt: skip
    by = found[1] if dice.odds(80) else dice.shop()
    return [say("alipay.marketing.activity.delivery.create", by, ask, answer={"delivery_id": plan})]


@way
def stop(dice: Dice) -> list[Step]:
    """The merchant stops a plan, or the platform rejects it."""
    found = dice.pick("plan")
    if found is None:
        return []
    if dice.odds(30):
        return [say("kaifang.delivery.reject", "house", {"delivery_id": found[0], "reason": "..."})]
    ask = {"delivery_id": found[0], "out_biz_no": dice.number("E")}
    return [say("alipay.marketing.activity.delivery.stop", found[1], ask)]


@way
def bring(dice: Dice) -> list[Step]:
    """A merchant brings a picture."""
    ask = {"file_content": dice.one(("iVBORw0KGgo=", "R0lGODlh")), "file_key": "PROMO_BRAND_LOGO"}
    return [say("alipay.marketing.material.image.upload", dice.shop(), ask)]
