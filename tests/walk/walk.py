"""A walk: a seed becomes turns, turns become a journey, and a journey may fail."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from kaifang.kernel.store import Broken
from kaifang.kernel.story import Step
from tests.walk import ways as rooms
from tests.walk.dice import RIVALS, Dice, ways
from tests.walk.faults import MOODS
from tests.walk.invariants import Broke
from tests.walk.journey import Journey, Taken
from tests.walk.opening import opening
from tests.walk.tales import Tales
from tests.walk.turn import Turn
from tests.walk.world import World

# Each capability's ways are tried as often as its module's weight says; they register as they are imported.
NAMES = sorted(found.name for found in pkgutil.iter_modules(rooms.__path__))
BAG = [name for name in NAMES for _ in range(importlib.import_module(f"{rooms.__name__}.{name}").WEIGHT)]
TURNS = 150
NewWorld = Callable[[], World]


class Failure(msgspec.Struct):
    """What broke, and the turns that led there."""

    law: str
    what: str
    turns: list[Turn]
    taken: list[Taken]
    at_end: bool  # whether it only showed when the walk was over


class Walked(msgspec.Struct):
    """A walk that came to its end, or failed."""

    taken: list[Taken]
    content: str = ""  # a digest of the whole database
    failure: Failure | None = None


class Walker:
    """Draws the turns of a walk while it is walked: what may come next depends on what came of the last."""

    def __init__(self, seed: int, journey: Journey) -> None:
        self.dice, self.journey, self.turns = Dice(seed), journey, list[Turn]()
        self.tales = Tales(self.dice, journey.world.known)

    def walk(self) -> None:
        """Open the small world, and take all turns."""
        for turn in opening():
            self.take(turn)
        while len(self.turns) < TURNS:
            self.dice.now = self.journey.world.now
            for turn in self.draw():
                self.take(turn)
        self.journey.finish()

    def take(self, turn: Turn) -> None:
        """Take a turn, and remember what was learnt."""
        self.turns.append(turn)
        taken = self.journey.take(turn)
        if taken is not None:
            for name in taken.learnt:
                self.dice.note(name, turn.step.by)

    def draw(self) -> Sequence[Turn]:
        """The next few turns."""
        dice = self.dice
        if dice.odds(6):
            return [self.befall()]
        if dice.odds(20):
            steps = self.tales.next()
        else:
            steps = dice.one(ways[dice.one(BAG)])(dice)
        return [self.with_mishap(step) for step in steps]

    def befall(self) -> Turn:
        """Something that is nobody's call."""
        dice = self.dice
        if dice.odds(30):
            return Turn(step=Step(), mishap="restart")
        address = (
            f"https://{dice.one(('kiosk', 'stall', 'helper'))}.example.com/{dice.one(('moody', 'told', 'gateway'))}"
        )
        return Turn(step=Step(), mishap="mood", who=address, mood=dice.one(sorted(MOODS)))

    def with_mishap(self, step: Step) -> Turn:
        """A step as a turn, with or without something that goes wrong."""
        dice = self.dice
        if step.call == "kaifang.clock.move":  # the clock is moved in many small transactions
            return Turn(step=step)
        if dice.odds(6):
            return Turn(step=step, mishap="late", at=dice.chance.below(12))
        if step.call and dice.odds(10):
            return Turn(step=step, mishap="cut", at=dice.chance.below(12))
        if not step.call or step.by == "inside":  # nobody outside can ask for that again
            return Turn(step=step)
        if dice.odds(5):
            return Turn(step=step, mishap="lost")
        if dice.odds(8):
            return Turn(step=step, mishap="company", at=dice.chance.below(40))
        if dice.odds(8):
            return Turn(step=step, mishap="again")
        if dice.odds(8) and step.by in RIVALS and not step.token and not step.auth_token:
            return Turn(step=step, mishap="stranger", who=RIVALS[step.by])
        return Turn(step=step)


def walk(seed: int, new_world: NewWorld) -> Walked:
    """Walk by a seed."""
    world = new_world()
    try:
        journey = Journey(world)
        walker = Walker(seed, journey)
        return ended(journey, walker.walk, walker.turns)
    finally:
        world.close()


def replay(turns: Sequence[Turn], new_world: NewWorld, to_the_end: bool) -> Walked:
    """Take the turns again in a fresh world; those that speak of what nobody knows there are left out."""
    world = new_world()
    try:
        journey = Journey(world)

        def again() -> None:
            for turn in turns:
                journey.take(turn)
            if to_the_end:
                journey.finish()

        return ended(journey, again, turns)
    finally:
        world.close()


def ended(journey: Journey, go: Callable[[], Any], turns: Sequence[Turn]) -> Walked:
    """How it went."""
    try:
        go()
    except (Broke, Broken) as broken:
        law, what = (broken.law, broken.what) if isinstance(broken, Broke) else ("a_retry_heals", str(broken))
        failure = Failure(law=law, what=what, turns=list(turns), taken=journey.taken, at_end=journey.ending)
        return Walked(taken=journey.taken, failure=failure)
    return Walked(taken=journey.taken, content=journey.world.content())
