"""Proposals: answered, late or twice, by whoever is asked or is not."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 1


def answer_one(dice: Dice, proposal: str, who: str) -> Step:
    """Somebody answers."""
    ask = {"proposal_id": proposal, "agree": dice.odds(70)}
    return say("kaifang.proposal.answer", "wallet", ask, user=who)


@way
def answer(dice: Dice) -> list[Step]:
    """Somebody answers a proposal, perhaps again, perhaps not his own."""
    found = dice.pick("proposal")
    return [answer_one(dice, found[0], dice.shop())] if found else []
