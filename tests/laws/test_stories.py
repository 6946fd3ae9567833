"""Law 1: every story comes true, on SQLite and on PostgreSQL, through v2 and through v3; law 5: the books balance."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.doors import DOORS, WireDoor
from tests.town import WORLD

from kaifang.gateway import identity
from kaifang.kernel.platform import Platform
from kaifang.kernel.store.engine import Engine
from kaifang.kernel.story import Telling, load, stories
from kaifang.kernel.verify import verify

STORIES = stories(WORLD.parent)
NewTown = Callable[[str], tuple[Platform, dict[str, Any]]]


def name_of(path: Path) -> str:
    """trade/refund_in_parts, for tests' names."""
    return f"{path.parent.parent.name}/{path.stem}"


@pytest.mark.parametrize("version", DOORS)
@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
@pytest.mark.parametrize("path", STORIES, ids=name_of)
def test_every_story_comes_true(
    path: Path, engine: str, version: str, new_town: NewTown, loop: asyncio.AbstractEventLoop, who: identity.Identity
) -> None:
    """As merchants and consumers would live it: signed, over the wire's bytes, with the clock moved."""
    platform, known = new_town(engine)
    door: WireDoor = DOORS[version](platform, known, loop, who)
    Telling(load(path), door, known).tell()
    assert_whole(platform.store.engine)
    door.house.close()


def assert_whole(engine: Engine) -> None:
    """The journal proves itself."""
    with engine.reading():
        proof = verify(engine)
    assert proof.broken is None, proof.broken
