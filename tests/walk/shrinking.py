"""Shrinking: of the turns that led to a failure, the few that are needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.walk.turn import Turn

Fails = Callable[[Sequence[Turn]], bool]


def shrink(turns: Sequence[Turn], fails: Fails) -> list[Turn]:
    """The shortest story that still fails, as far as leaving out turns and mishaps can find it."""
    kept = without_mishaps(fewer(turns, fails), fails)
    return fewer(kept, fails)


def fewer(turns: Sequence[Turn], fails: Fails) -> list[Turn]:
    """Leave out ever smaller chunks, the last ones first, as long as it fails without them."""
    kept, size = list(turns), max(1, len(turns) // 2)
    while True:
        left_out, end = False, len(kept)
        while end > 0:
            without = kept[: max(0, end - size)] + kept[end:]
            if fails(without):
                kept, left_out = without, True
            end -= size
        if size == 1 and not left_out:
            return kept
        size = max(1, size // 2)


def without_mishaps(turns: Sequence[Turn], fails: Fails) -> list[Turn]:
    """Leave out what went wrong around a turn, if it fails all the same."""
    kept = list(turns)
    for place, turn in enumerate(kept):
        if turn.mishap:
            calmer = [*kept[:place], Turn(step=turn.step), *kept[place + 1 :]]
            if fails(calmer):
                kept = calmer
    return [turn for turn in kept if turn.step.call or turn.step.later or turn.mishap]
