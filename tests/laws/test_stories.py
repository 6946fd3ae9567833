"""Law 1: every story comes true, on SQLite and on PostgreSQL, through v2 and through v3; law 5: the books balance."""

from __future__ import annotations

import asyncio
import os
import zlib
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


def ways(path: Path) -> list[tuple[str, str]]:
    """On SQLite through both doors; on PostgreSQL, which takes five times as long, through one or the other by turns.

    Doors and databases know nothing of each other. `KAIFANG_EVERY_WAY=1` has all four told.
    """
    if os.environ.get("KAIFANG_EVERY_WAY"):
        return [(engine, version) for engine in ("sqlite", "postgres") for version in DOORS]
    turn = sorted(DOORS)[zlib.crc32(name_of(path).encode()) % len(DOORS)]
    return [*[("sqlite", version) for version in DOORS], ("postgres", turn)]


TOLD = [(path, *way) for path in STORIES for way in ways(path)]


@pytest.mark.parametrize(
    ("path", "engine", "version"), TOLD, ids=lambda one: name_of(one) if isinstance(one, Path) else one
)
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
