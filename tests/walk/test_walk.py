"""The big walk: fixed seeds in CI; `KAIFANG_WALKS=1-500 pytest tests/walk` walks others, `17-17` one alone."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import msgspec
import pytest
import yaml

from kaifang.kernel.door import KernelDoor
from kaifang.kernel.story import Story, Telling
from kaifang.kernel.work import Work
from tests.town import capabilities
from tests.walk.dice import ways
from tests.walk.retelling import retell
from tests.walk.shrinking import shrink
from tests.walk.turn import Turn
from tests.walk.walk import BAG, NewWorld, Walked, replay, walk

FIRST, LAST = map(int, os.environ.get("KAIFANG_WALKS", "1-24").split("-"))
SEEDS = range(FIRST, LAST + 1)


def shortest(walked: Walked, new_world: NewWorld) -> Walked:
    """The same failure with as few turns as will do."""
    assert walked.failure is not None
    law, at_end, turns = walked.failure.law, walked.failure.at_end, walked.failure.turns

    def fails(turns: Sequence[Turn]) -> bool:
        failure = replay(turns, new_world, at_end).failure
        return failure is not None and failure.law == law

    return replay(shrink(turns, fails), new_world, at_end) if fails(turns) else walked


def assert_sound(seed: int, engine: str, new_world: NewWorld) -> Walked:
    """Walk; if something broke, fail with the shortest story of it."""
    walked = walk(seed, new_world)
    if walked.failure is not None:
        found = shortest(walked, new_world).failure
        assert found is not None
        pytest.fail(retell(found, seed, engine), pytrace=False)
    return walked


@pytest.mark.parametrize("seed", SEEDS)
def test_walk_on_sqlite(seed: int, on_sqlite: NewWorld) -> None:
    """Whatever happens in whatever order, everything that always holds, holds."""
    assert_sound(seed, "sqlite", on_sqlite)


@pytest.mark.parametrize("seed", SEEDS[::3])
def test_walk_on_postgres(seed: int, on_postgres: NewWorld) -> None:
    """The same on the other engine."""
    assert_sound(seed, "postgres", on_postgres)


def test_every_capability_takes_part() -> None:
    """A new capability is walked too: it has ways of its own in `tests/walk/ways`."""
    assert set(BAG) == set(ways) == set(capabilities())


def test_a_seed_is_one_walk(on_sqlite: NewWorld, on_postgres: NewWorld) -> None:
    """The same seed gives the same bytes again, on either engine, and gets somewhere."""
    first, again, other = walk(7, on_sqlite), walk(7, on_sqlite), walk(8, on_sqlite)
    assert first.content == again.content != other.content
    assert walk(7, on_postgres).content == walk(7, on_postgres).content
    told = [taken.told for taken in first.taken if taken.told is not None]
    assert sum(not answer.fault for answer in told) > len(told) // 2, "most of it is refused: a walk on the spot"


def give_back_what_is_asked(patch: pytest.MonkeyPatch) -> None:
    """A refund that may exceed what was paid."""
    from kaifang.capabilities.trade import refund

    patch.setattr(refund, "check_amount", lambda trade, amount, number: None)


def forget_to_try_again(patch: pytest.MonkeyPatch) -> None:
    """A notification that is lost when its receiver was deaf for some minutes."""
    from kaifang.kernel import notices

    later = notices.later

    def soon(work: Work, due: int, name: str, subject: str) -> None:
        if due == work.now:
            later(work, due, name, subject)

    patch.setattr(notices, "later", soon)


def forget_the_answer(patch: pytest.MonkeyPatch) -> None:
    """A request that counts as often as it is asked."""
    module = import_module("kaifang.kernel.method")  # by its name it is the decorator
    patch.setattr(module, "perform_once", lambda method, work, ask: method.run(work, ask))


def close_without_a_word(patch: pytest.MonkeyPatch) -> None:
    """A state that is changed beside the arrows."""
    from kaifang.kernel.machine import Move

    tell = Move.__call__

    def silent(move: Move, work: Work, row: Any, to: Any = None, **facts: object) -> None:
        if move.event != "trade.close":
            tell(move, work, row, to, **facts)
        row.state = "TRADE_CLOSED" if move.event == "trade.close" else row.state

    patch.setattr(Move, "__call__", silent)


PLANTED = {
    give_back_what_is_asked: {"nobody_gets_back_more_than_was_paid", "nothing_unforeseen_happens"},
    forget_to_try_again: {"every_notice_is_delivered_or_due"},
    forget_the_answer: {"a_repeat_is_answered_alike", "what_was_answered_stays", "a_retry_heals"},
    close_without_a_word: {"states_move_along_arrows"},
}


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_a_walk_finds_a_bug_and_tells_its_story(
    plant: Callable[[pytest.MonkeyPatch], None], on_sqlite: NewWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some seed finds what is planted; its story is short, can be read, and comes true as long as the bug is there."""
    plant(monkeypatch)
    walks = ((seed, walk(seed, on_sqlite)) for seed in range(1, 200))
    seed, walked = next(one for one in walks if one[1].failure and one[1].failure.law in PLANTED[plant])
    found = shortest(walked, on_sqlite).failure
    assert found is not None and found.law in PLANTED[plant]
    text = retell(found, seed, "sqlite")
    assert f"KAIFANG_WALKS={seed}-{seed}" in text and len(found.taken) <= 12, text
    story = msgspec.convert(yaml.safe_load(text[text.index("story:") :]), Story)
    last = found.taken[-1]
    unanswered = bool(last.turn.step.call) and last.told is None
    breaks = pytest.raises(AssertionError) if unanswered else contextlib.nullcontext()
    with contextlib.closing(on_sqlite()) as world, breaks:
        Telling(story, KernelDoor(world.platform, world.known, world.loop), world.known).tell()
