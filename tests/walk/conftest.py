"""Worlds for walks: copies of one settled town, on either engine."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from kaifang.kernel.store.postgres import Postgres
from tests.town import open_platform, settle_town
from tests.visit import seeded
from tests.walk.faults import FailingPostgres, FailingSqlite
from tests.walk.walk import NewWorld
from tests.walk.world import World


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[NewWorld]:
    """Makes worlds on SQLite."""
    kept, known = seeded()
    count = itertools.count()

    def make() -> World:
        path = tmp_path / f"walk-{next(count)}.db"
        shutil.copy(kept, path)
        return World(lambda: FailingSqlite(path), known)

    yield make
    shutil.rmtree(tmp_path)


@pytest.fixture(scope="session")
def postgres_town(postgres_server: psycopg.Connection[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The name of a settled town's database, and its people's names."""
    name = f"walk_{os.getpid()}"
    postgres_server.execute(f"create database {name} template template0 strategy file_copy")
    loop = asyncio.new_event_loop()
    platform = open_platform(Postgres(address(postgres_server, name)))
    known = settle_town(platform, loop)
    platform.store.engine.close()
    loop.close()
    yield name, known
    postgres_server.execute(f"drop database {name} with (force)")


@pytest.fixture
def on_postgres(
    postgres_server: psycopg.Connection[Any], postgres_town: tuple[str, dict[str, Any]]
) -> Iterator[NewWorld]:
    """Makes worlds on PostgreSQL."""
    made: list[str] = []
    template, known = postgres_town

    def make() -> World:
        name = f"{template}_{len(made)}"
        postgres_server.execute(f"create database {name} template {template} strategy file_copy")
        made.append(name)
        return World(lambda: FailingPostgres(address(postgres_server, name)), known)

    yield make
    for name in made:
        postgres_server.execute(f"drop database if exists {name} with (force)")


def address(server: psycopg.Connection[Any], name: str) -> str:
    """Where a database of this server is found."""
    return f"postgresql://postgres@/{name}?host={server.info.host}"
