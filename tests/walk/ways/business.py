"""Business: merchants look at their orders, their day and who comes back."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 1


@way
def look_at_orders(dice: Dice) -> list[Step]:
    """A merchant lists orders or refunds."""
    what = dice.one(("order", "refund"))
    ask = {"ascending": dice.odds(50), "page_size": dice.one((1, 20)), "keyword": dice.one(("咖啡", "1"))}
    return [say(f"kaifang.business.{what}.list", dice.shop(), ask)]


@way
def look_at_the_day(dice: Dice) -> list[Step]:
    """A merchant looks at a day, at many, or at who comes back."""
    what, ask = dice.one(
        (
            ("day", {"date": dice.day(2)}),
            ("days", {"begin_date": dice.day(3), "end_date": dice.day(0)}),
            ("retention", {"weeks": 3}),
        )
    )  # fmt: skip
    return [say(f"kaifang.business.{what}", dice.shop(), ask)]


@way
def follow_an_order(dice: Dice) -> list[Step]:
    """A merchant follows one order."""
    return [say("kaifang.trade.history", dice.shop(), {"out_trade_no": f"T{dice.one('123')}"})]
