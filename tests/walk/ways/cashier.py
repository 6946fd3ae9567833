"""The cashier: pages that are looked at, left, and confirmed late or twice."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say
from tests.walk.ways.trade import confirm

WEIGHT = 4


@way
def confirm_late(dice: Dice) -> list[Step]:
    """Somebody comes back to a page."""
    found = dice.pick("page")
    return [confirm(dice, found[0])] if found else []


@way
def look(dice: Dice) -> list[Step]:
    """Somebody looks at a page."""
    found = dice.pick("page")
    return [say("kaifang.cashier.look", "wallet", {"token": found[0]}, user=dice.person())] if found else []


@way
def leave(dice: Dice) -> list[Step]:
    """Somebody leaves a page."""
    found = dice.pick("page")
    return [say("kaifang.cashier.leave", "wallet", {"token": found[0]}, user=dice.person())] if found else []
