"""Where a store is at its end: rows that are not as they were, a full disk, a lost post, no writer's number left."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Literal

import psycopg
import pytest
from msgspec import Meta

from kaifang.kernel import Row
from kaifang.kernel.platform import Platform
from kaifang.kernel.store import Broken, Lost, Store, Tx
from kaifang.kernel.store.engine import Engine
from kaifang.kernel.store.postgres import LOCKS, MOST_WRITERS, Postgres
from kaifang.kernel.store.sqlite import Sqlite
from kaifang.kernel.table import Table, table_of
from tests.kernel.test_store import everything
from tests.kernel.things import Thing


@pytest.mark.parametrize("does", ["update", "delete"])
def test_a_row_that_has_another_version_is_lost(platform: Platform, does: str) -> None:
    """And nothing of its batch is kept."""
    engine = platform.store.engine
    platform.store.run([lambda tx: tx.add(Thing(id="a", owner="o"))])
    change = getattr(engine, does)
    with pytest.raises(Lost), engine.transaction():
        engine.insert(table_of(Thing), [Thing(id="b", owner="o")])
        change(table_of(Thing), [Thing(id="a", owner="changed")], [7])
    assert [(thing.id, thing.owner) for thing in everything(platform.store)] == [("a", "o")]


def test_a_number_is_handed_on_within_a_batch(platform: Platform) -> None:
    """Whoever has it now is found by it, whichever of the two was changed first."""
    platform.store.run(
        [lambda tx: [tx.add(Thing(id=name, owner="o", number=number)) for name, number in ("a1", "b2", "c3")]]
    )

    def hand_on(tx: Tx) -> None:
        a, b, c = (found(tx, number) for number in "123")
        c.number, b.number, a.number = "2", "1", "9"

    def holders(tx: Tx) -> list[str]:
        return [found(tx, number).id for number in "129"]

    def found(tx: Tx, number: str) -> Thing:
        thing = tx.find(Thing, owner="o", number=number)
        assert thing is not None
        return thing

    assert platform.store.run([hand_on, holders]) == [None, ["b", "c", "a"]]
    gone = platform.store.run([holders, lambda tx: tx.find(Thing, owner="o", number="3")])
    assert gone == [["b", "c", "a"], None]


def test_a_row_lives_within_a_batch_only(platform: Platform) -> None:
    """Made by one job and removed by the next, it never gets to the database."""

    def remove(tx: Tx) -> None:
        thing = tx.find(Thing, id="a")
        assert thing is not None
        tx.remove(thing)

    platform.store.run(
        [lambda tx: tx.add(Thing(id="a", owner="o", number="1")), remove, lambda tx: tx.query("select 1", ())]
    )
    assert everything(platform.store) == []


def test_a_full_disk_refuses_and_loses_nothing(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """As soon as there is room again it goes on."""
    engine = platform.store.engine
    if not isinstance(engine, Sqlite):
        pytest.skip("the disk of a server is not ours to fill")
    platform.store.run([lambda tx: tx.add(Thing(id="a", owner="o"))])
    (pages,) = engine.writer.execute("pragma page_count").fetchone()
    engine.writer.execute(f"pragma max_page_count = {pages}")

    def large(work: Any) -> None:
        work.add(Thing(id="b", owner="o", picture=bytes(1_000_000)))

    with pytest.raises(Broken, match="full"):
        loop.run_until_complete(platform.run(large))
    engine.writer.execute(f"pragma max_page_count = {pages + 10_000}")
    loop.run_until_complete(platform.run(large))
    assert [thing.id for thing in everything(platform.store)] == ["a", "b"]


def test_a_post_that_was_lost_is_taken_up_again(platform: Platform) -> None:
    """Its number and its lead were held by a connection that was cut."""
    engine = platform.store.engine
    if not isinstance(engine, Postgres):
        pytest.skip("a file has no connection to lose")
    assert engine.enrol() == 1 and engine.leads()
    cut = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> "
    engine.select(cut + "pg_backend_pid()", ())
    with pytest.raises(Broken):
        engine.leads()
    assert engine.leads() and engine.enrol() == 1


def test_so_many_write_and_no_more(engine: Engine) -> None:
    """Whoever comes too late is told."""
    if not isinstance(engine, Postgres):
        pytest.skip("SQLite has one writer")
    with psycopg.connect(engine.url, autocommit=True) as others:
        others.execute("select pg_advisory_lock(%s, number) from generate_series(1, %s) number", (LOCKS, MOST_WRITERS))
        with pytest.raises(Broken, match="more than 99 processes write"):
            engine.enrol()
    assert engine.enrol() == 1


class Mixed(Row):
    """A row with columns of every kind that a struct may have."""

    id: Annotated[str, Meta(max_length=8)]
    sort: Literal["a", "b"] = "a"
    size: Annotated[int, Meta(ge=0)] | None = None
    said: int | str = 0  # what is of several kinds is JSON
    rate: float = 0.5


def test_columns_of_every_kind(engine: Engine) -> None:
    """Are kept as what they are."""
    mixed = Table(Mixed, "mixed", [("id",)], (), False)
    assert [(name, kind, null) for name, kind, null, _ in mixed.columns] == [
        ("version", "bigint", False), ("id", "text", False), ("sort", "text", False), ("size", "bigint", True),
        ("said", "text", False), ("rate", "double precision", False),
    ]  # fmt: skip
    for row in (Mixed(id="1"), Mixed(id="2", sort="b", size=3, said="x", rate=1.5)):
        assert mixed.load(mixed.values(row)) == row


def test_a_row_found_by_two_keys_is_one(platform: Platform) -> None:
    """Within a unit of work, whichever key it was found by first."""
    platform.store.run([lambda tx: tx.add(Thing(id="a", owner="o", number="1"))])

    def both(tx: Tx) -> bool:
        return tx.find(Thing, id="a") is tx.find(Thing, owner="o", number="1")

    def other(tx: Tx) -> bool:
        return tx.find(Thing, owner="o", number="1") is tx.find(Thing, id="a")

    assert platform.store.run([both, other]) == [True, True]
    assert Store(platform.store.engine).run([both]) == [True]
