"""The platform's points: merchants have budgets, and give them to people."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 1


@way
def give(dice: Dice) -> list[Step]:
    """A merchant has a few more points to give, and gives some."""
    shop = dice.shop()
    budget = {"out_no": dice.number("B"), "biz_type": shop, "merchant": f"${shop}", "budget": dice.one((0, 5))}
    ask = {
        "biz_type": shop, "user_id": f"${dice.person()}", "point": dice.one((1, 3)), "out_biz_no": dice.number("A"),
    }  # fmt: skip
    return [say("kaifang.mpoint.business.assign", "house", budget), say("alipay.user.mpoint.add", shop, ask)]


@way
def earn(dice: Dice) -> list[Step]:
    """Those who run the platform change what has to be spent for a point."""
    return [say("kaifang.mpoint.rule.set", "house", {"fen_per_point": dice.one((0, 1, 3))})] if dice.odds(20) else []
