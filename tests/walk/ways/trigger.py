"""Triggers: a merchant lets something happen in the sandbox."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 1
NAMES = ("trade.paid", "trade.closed", "deposit.returned", "transfer.done", "agreement.ended", "card.joined")


@way
def let_it_happen(dice: Dice) -> list[Step]:
    """A merchant fires a trigger."""
    wish = {"trigger": dice.one(NAMES), "notify_url": "https://shop.example.com/told"}
    return [say("kaifang.trigger.fire", dice.shop(), wish)]
