"""Several processes of one platform have one clock: once it was moved, each of them answers by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.crash.running import Up

from kaifang.cli.client import Client

WORKERS, MOVES, LOOKS = 3, 5, 24


@pytest.fixture(params=["workers on PostgreSQL", "fronts on SQLite", "fronts on PostgreSQL"])
def platform(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Up]:
    """Three processes at one address."""
    kind, _, engine = request.param.split()
    database = request.getfixturevalue("postgres_url") if engine == "PostgreSQL" else ""
    up = Up(tmp_path / "home", database, **({"workers": WORKERS} if kind == "workers" else {"fronts": WORKERS}))
    up.start()
    try:
        up.await_doors()
        yield up
    finally:
        up.end()


def test_every_worker_goes_by_the_clock_that_was_moved(platform: Up) -> None:
    """As soon as the call that moved it is answered: each look is a connection of its own, to whichever worker."""
    house = next(app for app in platform.world()["apps"] if app["name"] == "house")
    client = Client(f"http://127.0.0.1:{platform.port}", house)
    client.call("kaifang.clock.move", {"stand": True})
    told = Counter[int]()
    for _ in range(MOVES):
        wanted = client.call("kaifang.clock.move", {"by": "31d"})["ms"]
        told.update(client.call("kaifang.clock.read", {})["ms"] - wanted for _ in range(LOOKS))
    assert told == {0: MOVES * LOOKS}
