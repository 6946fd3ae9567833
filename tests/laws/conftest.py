"""Towns for the laws: seeded once for each engine, copied for every test."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.town import open_platform, settle_town

from kaifang.gateway import identity
from kaifang.kernel.platform import Platform
from kaifang.kernel.store.engine import Engine
from kaifang.kernel.store.postgres import Postgres
from kaifang.kernel.store.sqlite import Sqlite

Town = tuple[Platform, dict[str, Any]]


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """One event loop for all stories of a run."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="session")
def who(tmp_path_factory: pytest.TempPathFactory) -> identity.Identity:
    """The platform's keys and certificates, made once."""
    return identity.take_up(tmp_path_factory.mktemp("keys"), 1_790_000_000_000)


def seeded(engine: Engine, loop: asyncio.AbstractEventLoop) -> dict[str, Any]:
    """Settle the town in an empty database; its names."""
    platform = open_platform(engine)
    known = settle_town(platform, loop)
    engine.close()
    return known


@pytest.fixture(scope="session")
def sqlite_town(
    tmp_path_factory: pytest.TempPathFactory, loop: asyncio.AbstractEventLoop
) -> tuple[Path, dict[str, Any]]:
    """The file of a seeded town, and its names."""
    path = tmp_path_factory.mktemp("town") / "town.db"
    return path, seeded(Sqlite(path), loop)


Database = Callable[[str], str]


@pytest.fixture(scope="session")
def new_database(postgres_server: psycopg.Connection[Any]) -> Iterator[Database]:
    """Makes a database out of another one, by name; they are dropped at the end."""
    made: list[str] = []

    def make(template: str) -> str:
        name = f"town_{os.getpid()}_{len(made)}"
        postgres_server.execute(f"create database {name} template {template} strategy file_copy")
        made.append(name)
        return name

    yield make
    for name in made:
        postgres_server.execute(f"drop database {name} with (force)")


@pytest.fixture(scope="session")
def postgres_town(
    postgres_server: psycopg.Connection[Any], new_database: Database, loop: asyncio.AbstractEventLoop
) -> tuple[str, dict[str, Any]]:
    """The name of a seeded town's database, and its people's names."""
    name = new_database("template0")
    return name, seeded(Postgres(address(postgres_server, name)), loop)


def address(server: psycopg.Connection[Any], name: str) -> str:
    """Where a database of this server is found."""
    return f"postgresql://postgres@/{name}?host={server.info.host}"


@pytest.fixture
def new_town(request: pytest.FixtureRequest, tmp_path: Path, who: identity.Identity) -> Iterator[Callable[[str], Town]]:
    """Makes a fresh copy of the town on the engine named."""
    towns: list[Platform] = []

    def make(engine: str) -> Town:
        if engine == "sqlite":
            kept, known = request.getfixturevalue("sqlite_town")
            path = tmp_path / f"town-{len(towns)}.db"
            shutil.copy(kept, path)
            platform = open_platform(Sqlite(path))
        else:
            template, known = request.getfixturevalue("postgres_town")
            name = request.getfixturevalue("new_database")(template)
            platform = open_platform(Postgres(address(request.getfixturevalue("postgres_server"), name)))
        platform.place.identity = who  # as a gateway says when it opens
        towns.append(platform)
        return platform, known

    yield make
    for platform in towns:
        platform.store.engine.close()
