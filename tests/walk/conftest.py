"""Worlds for walks: copies of one settled town, on either engine."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.town import address, settled_database
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
    with settled_database(postgres_server, f"walk_{os.getpid()}") as settled:
        yield settled


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
