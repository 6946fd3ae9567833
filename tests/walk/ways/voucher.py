"""Vouchers: offered, published, taken, given, stopped; payments use them by themselves."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 10

KINDS = (
    {"voucher_type": "FIX_VOUCHER", "fix_voucher_info": {"amount": "0.01"}},
    {"voucher_type": "FIX_VOUCHER", "fix_voucher_info": {"amount": "0.02", "floor_amount": "0.03"}},
    {"voucher_type": "DISCOUNT_VOUCHER", "discount_voucher_info": {"discount": "7", "ceiling_amount": "0.02"}},
)


@way
def offer(dice: Dice) -> list[Step]:
    """A merchant offers a few vouchers, with its money set aside or without."""
    shop, activity = dice.shop(), dice.new("activity")
    ask = {
        "out_biz_no": dice.number("V"), "voucher_deduct_info": dice.one(KINDS),
        "voucher_send_mode_info": {
            "voucher_send_rule_info": {"quantity": 1 + dice.chance.below(3), "publish_end_time": dice.day(-9)}
        },
        "voucher_use_rule_info": {
            "voucher_use_time_info": {
                "period_type": "RELATIVE", "relative_period_info": {"valid_days_after_receive": dice.one((1, 9))},
            }
        },
        "voucher_budget_supply_info": {"budget_type": dice.one(("NO_CASH", "NO_CASH", "RECHARGE"))},
    }  # fmt: skip
    made = say("alipay.marketing.activity.voucher.create", shop, ask, answer={"activity_id": activity})
    told = {"activity_id": activity, "out_biz_no": dice.number("P")}
    return [made, say("alipay.marketing.activity.voucher.publish", shop, told), take(dice, activity)]


def take(dice: Dice, activity: str) -> Step:
    """Somebody takes one."""
    return say("kaifang.voucher.claim", "wallet", {"activity_id": activity}, user=dice.person())


@way
def claim(dice: Dice) -> list[Step]:
    """Somebody takes one of those that were offered."""
    found = dice.pick("activity")
    return [take(dice, found[0])] if found else []


@way
def send(dice: Dice) -> list[Step]:
    """The merchant sends somebody one."""
    found = dice.pick("activity")
    ask = {"activity_id": found[0], "user_id": f"${dice.person()}", "out_biz_no": dice.number("S")} if found else {}
    return [say("alipay.marketing.activity.voucher.send", found[1], ask)] if found else []


@way
def stop(dice: Dice) -> list[Step]:
    """The merchant ends an activity before its time, now and then."""
    found = dice.pick("activity") if dice.odds(30) else None
    ask = {"activity_id": found[0], "out_biz_no": dice.number("E")} if found else {}
    return [say("alipay.marketing.activity.voucher.stop", found[1], ask)] if found else []
