"""Engines and platforms for the kernel's own tests."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kaifang.kernel.clock import Clock
from kaifang.kernel.ids import Chance
from kaifang.kernel.platform import Platform
from kaifang.kernel.store.engine import Engine
from kaifang.kernel.store.postgres import Postgres
from kaifang.kernel.store.sqlite import Sqlite
from tests.kernel import things

DAWN = 1_790_000_000_000
assert things


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Each engine in turn, on an empty database."""
    made: Any = (
        Sqlite(tmp_path / "test.db") if request.param == "sqlite" else Postgres(request.getfixturevalue("postgres_url"))
    )
    yield made
    made.close()


@pytest.fixture
def platform(engine: Engine) -> Platform:
    """An opened platform whose clock stands still and whose chance repeats itself."""
    opened = Platform(engine, clock=Clock(frozen_at=DAWN), chance=Chance(1))
    opened.open()
    return opened


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()
