"""Law: every story comes true."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.town import WORLD

from kaifang.kernel.door import KernelDoor
from kaifang.kernel.platform import Platform
from kaifang.kernel.store.engine import Engine
from kaifang.kernel.story import Telling, load, stories
from kaifang.kernel.verify import verify

STORIES = stories(WORLD.parent)


def name_of(path: Path) -> str:
    """trade/refund_in_parts, for tests' names."""
    return f"{path.parent.parent.name}/{path.stem}"


def tell(path: Path, platform: Platform, known: dict[str, Any], loop: asyncio.AbstractEventLoop) -> Telling:
    """Tell one story straight into the kernel."""
    telling = Telling(load(path), KernelDoor(platform, known, loop), known)
    telling.tell()
    return telling


@pytest.mark.parametrize("path", STORIES, ids=name_of)
def test_every_story_comes_true(
    path: Path, town: tuple[Platform, dict[str, Any]], loop: asyncio.AbstractEventLoop
) -> None:
    """On SQLite, straight into the kernel; and the books balance afterwards."""
    tell(path, *town, loop)
    assert_whole(town[0].store.engine)


def assert_whole(engine: Engine) -> None:
    """The journal proves itself."""
    with engine.reading():
        proof = verify(engine)
    assert proof.broken is None, proof.broken
