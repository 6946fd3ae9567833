"""Removing rows: found or new, changed before, in a unit within another, and by two processes at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kaifang.kernel.platform import Platform
from kaifang.kernel.store import Store, Tx
from kaifang.kernel.store.sqlite import Sqlite
from tests.kernel.test_store import everything, nested, twin
from tests.kernel.things import Thing


def test_rows_are_removed(platform: Platform) -> None:
    """New ones, changed ones, and those found; a key is free again afterwards."""

    def make_and_drop(tx: Tx) -> None:
        thing = tx.add(Thing(id="a", owner="o"))
        tx.remove(thing)
        assert tx.find(Thing, id="a") is None

    def drop(tx: Tx) -> None:
        thing = tx.find(Thing, id="b")
        assert thing is not None
        thing.size = 9
        tx.remove(thing)
        tx.add(Thing(id="b", owner="new"))

    platform.store.run([make_and_drop, lambda tx: tx.add(Thing(id="b", owner="o", number="1"))])
    platform.store.run([drop])
    assert [(thing.id, thing.owner) for thing in everything(platform.store)] == [("b", "new")]
    platform.store.run([lambda tx: tx.remove(tx.find(Thing, id="b")), lambda tx: tx.add(Thing(id="c", owner="o"))])
    assert [thing.id for thing in everything(platform.store)] == ["c"]


@pytest.mark.parametrize("meanwhile", ["removed", "changed"])
def test_a_row_that_is_removed_twice_is_a_lost_race(platform: Platform, meanwhile: str) -> None:
    """What another process took away is not there a second time; what it changed is looked at again."""
    if isinstance(platform.store.engine, Sqlite):
        pytest.skip("SQLite has one writer, which a lock beside the file sees to")
    other = Store(twin(platform.store.engine))
    platform.store.run([lambda tx: tx.add(Thing(id="a", owner="o"))])
    seen: list[int | None] = []

    def elsewhere(tx: Tx) -> None:
        thing = tx.find(Thing, id="a")
        assert thing is not None
        if meanwhile == "removed":
            tx.remove(thing)
        thing.size = 7

    def take(tx: Tx) -> str:
        thing = tx.find(Thing, id="a")
        seen.append(thing.size if thing else None)
        if len(seen) == 1:
            other.run([elsewhere])
        if thing is None:
            return "gone"
        tx.remove(thing)
        return "taken"

    told = platform.store.run([take])
    assert (told, seen) == ((["gone"], [0, None]) if meanwhile == "removed" else (["taken"], [0, 7]))
    other.engine.close()


def test_a_row_that_was_changed_before_is_removed(platform: Platform) -> None:
    """By an earlier job, by the same one, around a query, and by a unit within another."""

    def grow(tx: Tx) -> Thing:
        thing = tx.find(Thing, id="a")
        assert thing is not None
        thing.size += 1
        return thing

    def drop(tx: Tx) -> None:
        thing = tx.find(Thing, id="a")
        assert thing is not None
        tx.remove(thing)

    def after_a_query(tx: Tx) -> None:
        thing = grow(tx)
        assert tx.select(Thing, "size > 0") == [thing]
        drop(tx)

    def before_a_query(tx: Tx) -> None:
        drop(tx)
        assert tx.select(Thing) == []

    ends: list[Callable[[Tx], None]] = [
        drop, after_a_query, before_a_query, lambda tx: nested(tx, drop), lambda tx: nested(tx, after_a_query),
        lambda tx: nested(tx, before_a_query), lambda tx: [grow(tx), nested(tx, before_a_query)][1],
        lambda tx: [grow(tx), nested(tx, after_a_query)][1],
    ]  # fmt: skip
    for end in ends:
        assert platform.store.run([lambda tx: [tx.add(Thing(id="a", owner="o"))][:0]]) == [[]]
        found = platform.store.run([lambda tx: [grow(tx)][:0], end, lambda tx: tx.find(Thing, id="a")])
        assert found == [[], None, None]
        assert everything(platform.store) == []
