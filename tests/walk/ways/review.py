"""Reviews: an operator decides on what waits, whatever it is."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 1


@way
def rule(dice: Dice) -> list[Step]:
    """The operators change their mind about what needs their eye."""
    ask = {"kind": "*", "words": dice.one(([], ["坏"])), "auto": dice.odds(70)}
    return [say("kaifang.review.rule.set", "house", ask)]


@way
def decide(dice: Dice) -> list[Step]:
    """An operator takes what waits first, and decides."""
    review = dice.new("review")
    listed = say("kaifang.review.list", "house", {"limit": 1}, answer={"reviews": [{"review_id": review}]})
    return [listed, say("kaifang.review.decide", "house", {"review_id": review, "approve": dice.odds(80)})]
