"""Campaigns: cash that is paid for and given away, prizes that are drawn."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 2  # among all that is done in a walk

CREATE, TRIGGER = "alipay.marketing.campaign.drawcamp.create", "alipay.marketing.campaign.drawcamp.trigger"
CASH = "alipay.marketing.campaign.cash"


@way
def give_cash(dice: Dice) -> list[Step]:
    """A merchant who has a yuan gives it away."""
    shop, crowd = dice.shop(), dice.new("crowd")
    ask = {
        "coupon_name": "红包", "prize_type": dice.one(("fixed", "random")), "total_money": "1.00",
        "total_num": dice.one((1, 2)), "prize_msg": "恭喜", "start_time": "NowTime", "end_time": dice.day(-9),
        "send_freqency": dice.one(("L1", "D1|L9")),
    }  # fmt: skip
    made = say(f"{CASH}.create", shop, ask, answer={"crowd_no": crowd})
    paid = say("kaifang.campaign.cash.confirm", "inside", {"subject": crowd, "user_id": f"${shop}"})
    return [made, paid, trigger_cash(dice, crowd, shop)]


def trigger_cash(dice: Dice, crowd: str, shop: str) -> Step:
    """Somebody gets some of it."""
    return say(f"{CASH}.trigger", shop, {"crowd_no": crowd, "user_id": f"${dice.person()}",
                                         "out_biz_no": dice.number("C")})  # fmt: skip


@way
def more_cash(dice: Dice) -> list[Step]:
    """Somebody gets some, or the campaign is moved on."""
    found = dice.pick("crowd")
    if not found:
        return []
    if dice.odds(30):
        ask = {"crowd_no": found[0], "camp_status": dice.one(("PAUSE", "READY", "CLOSED"))}
        return [say(f"{CASH}.status.modify", found[1], ask)]
    return [trigger_cash(dice, *found)]


@way
def offer_prizes(dice: Dice) -> list[Step]:
    """A merchant lets people draw certificates, and a fen now and then."""
    shop, camp = dice.shop(), dice.new("camp")
    ask = {
        "camp_code": dice.number("K"), "camp_name": "抽奖", "camp_start_time": dice.day(0),
        "camp_end_time": dice.day(-9), "award_rate": dice.one((0, 50, 100)), "account_count": dice.one((0, 2)),
        "prize_list": [{"prize_name": "凭证", "prize_total": dice.one((1, 3))}],
    }  # fmt: skip
    cash = {
        "pool_id": camp, "out_biz_id": dice.number("P"), "prize_name": "一分", "prize_type": "CASH",
        "budget_amount": dice.one((1, 2)), "prize_price_strategy": {"strategy_value": "0.01"},
    }  # fmt: skip
    return [
        say(CREATE, shop, ask, answer={"camp_id": camp}),
        say("alipay.marketing.campaign.prizepool.prize.create", shop, cash),
        say("alipay.marketing.campaign.drawcamp.status.update", shop, {"camp_id": camp, "camp_status": "CAMP_GOING"}),
        draw_prize(dice, camp, shop),
    ]


def draw_prize(dice: Dice, camp: str, shop: str) -> Step:
    """Somebody draws."""
    ask = {"camp_id": camp, "user_id": f"${dice.person()}", "out_biz_no": dice.number("D")}
    return say(TRIGGER, shop, ask)


@way
def draw_on(dice: Dice) -> list[Step]:
    """Somebody draws, or the campaign is moved on."""
    found = dice.pick("camp")
    if not found:
        return []
    if dice.odds(20):
        ask = {"camp_id": found[0], "camp_status": dice.one(("CAMP_PAUSED", "CAMP_GOING", "CAMP_ENDED"))}
        return [say("alipay.marketing.campaign.drawcamp.status.update", found[1], ask)]
    return [draw_prize(dice, *found)]
