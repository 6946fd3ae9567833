"""Towns for the laws: seeded once for each engine, copied for every test."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.town import open_platform, settle_town

from kaifang.kernel.platform import Platform
from kaifang.kernel.store.sqlite import Sqlite


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """One event loop for all stories of a run."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="session")
def sqlite_town(
    tmp_path_factory: pytest.TempPathFactory, loop: asyncio.AbstractEventLoop
) -> tuple[Path, dict[str, Any]]:
    """The file of a seeded town, and its names."""
    path = tmp_path_factory.mktemp("town") / "town.db"
    platform = open_platform(Sqlite(path))
    known = settle_town(platform, loop)
    platform.store.engine.close()
    return path, known


@pytest.fixture
def town(sqlite_town: tuple[Path, dict[str, Any]], tmp_path: Path) -> Iterator[tuple[Platform, dict[str, Any]]]:
    """A fresh copy of the town on SQLite."""
    shutil.copy(sqlite_town[0], tmp_path / "town.db")
    platform = open_platform(Sqlite(tmp_path / "town.db"))
    yield platform, sqlite_town[1]
    platform.store.engine.close()
