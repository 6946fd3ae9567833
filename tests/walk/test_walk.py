"""The big walk: fixed seeds in CI; `KAIFANG_WALKS=1-500 pytest tests/walk` walks others, `17-17` one alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

import msgspec
import pytest
import yaml
from tests.walk.retelling import retell
from tests.walk.shrinking import shrink
from tests.walk.turn import Turn
from tests.walk.walk import CAPABILITIES, NewWorld, Walked, replay, walk

from kaifang.kernel.door import KernelDoor
from kaifang.kernel.method import methods
from kaifang.kernel.notices import Notice
from kaifang.kernel.story import Story, Telling
from kaifang.kernel.work import Work

FIRST, LAST = map(int, os.environ.get("KAIFANG_WALKS", "1-24").split("-"))
SEEDS = range(FIRST, LAST + 1)
OnEngine = Callable[[str], NewWorld]


def shortest(walked: Walked, new_world: NewWorld) -> Walked:
    """The same failure with as few turns as will do."""
    law = walked.failure and walked.failure.law

    def fails(turns: Sequence[Turn]) -> bool:
        failure = replay(turns, new_world).failure
        return failure is not None and failure.law == law

    assert walked.failure is not None
    turns = walked.failure.turns
    return replay(shrink(turns, fails), new_world) if fails(turns) else walked


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


def test_a_seed_is_one_walk(on_sqlite: NewWorld, on_postgres: NewWorld) -> None:
    """The same seed gives the same bytes again, and the same journal on the other engine."""
    first, again, other = walk(7, on_sqlite), walk(7, on_sqlite), walk(7, on_postgres)
    assert first.content == again.content != walk(8, on_sqlite).content
    assert first.journal == again.journal == other.journal
