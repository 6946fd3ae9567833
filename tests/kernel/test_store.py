"""The store: units of work that leave everything or nothing, on both engines."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from kaifang.kernel import Money, Row, table
from kaifang.kernel.platform import Platform
from kaifang.kernel.store import Broken, Lost, ReadOnly, Store, Tx
from kaifang.kernel.store.engine import Engine
from kaifang.kernel.store.postgres import Postgres
from kaifang.kernel.store.sqlite import Sqlite
from kaifang.kernel.table import table_of, tables
from tests.kernel.things import Counter, Part, Thing


def twin(engine: Engine) -> Engine:
    """A second connection to the same database."""
    return Sqlite(engine.path) if isinstance(engine, Sqlite) else Postgres(engine.url)  # type: ignore[attr-defined]


def everything(store: Store) -> list[Thing]:
    """All things, by id."""
    return store.read(lambda tx: tx.select(Thing, order="id"))


def test_a_row_comes_back_as_it_was(platform: Platform) -> None:
    """Amounts, truth, JSON, bytes and what is absent."""
    thing = Thing(id="a", owner="o", number="1", size=3, price=Money(5), good=False,
                  parts=[Part(name="p", price=Money(7))], picture=b"\x00\xff")  # fmt: skip
    platform.store.run([lambda tx: tx.add(thing), lambda tx: tx.add(Thing(id="b", owner="o"))])
    assert everything(platform.store) == [thing, Thing(id="b", owner="o")]
    assert platform.store.run([lambda tx: tx.find(Thing, number="1", owner="o")]) == [thing]
    assert platform.store.run([lambda tx: tx.find(Thing, id="none")]) == [None]


def test_jobs_of_a_batch_see_those_before_them(platform: Platform) -> None:
    """Each has its own copies; what a failed one did is not there."""

    def make(tx: Tx) -> None:
        tx.add(Thing(id="a", owner="o"))

    def grow(tx: Tx) -> int:
        thing = tx.find(Thing, id="a")
        assert thing is not None
        thing.size += 1
        return thing.size

    def fail(tx: Tx) -> None:
        grow(tx)
        tx.add(Thing(id="b", owner="o"))
        raise ValueError("refused")

    results = platform.store.run([make, grow, fail, grow])
    assert results[1] == 1 and isinstance(results[2], ValueError) and results[3] == 2
    assert [(thing.id, thing.size) for thing in everything(platform.store)] == [("a", 2)]
    assert platform.store.run([grow]) == [3]


def nested(tx: Tx, run: Callable[[Tx], Any]) -> Any:
    """Run something in a unit of work within another one, as Work.ask does."""
    inner = Tx(tx)
    try:
        told = run(inner)
    except ValueError:
        inner.drop()
        return None
    inner.merge()
    return told


def test_a_unit_within_another(platform: Platform) -> None:
    """Its refusal leaves no trace; its changes reach the copies that the outer one holds."""

    def change(tx: Tx) -> None:
        thing = tx.find(Thing, id="a")
        assert thing is not None
        thing.size += 10
        tx.add(Thing(id=f"new-{thing.size}", owner="o"))
        extra = tx.find(Thing, id="x")
        if extra is not None:
            tx.remove(extra)

    def fail(tx: Tx) -> None:
        change(tx)
        raise ValueError

    def outer(tx: Tx) -> int:
        thing = tx.find(Thing, id="a")
        assert thing is not None
        thing.price = Money(1)
        nested(tx, fail)
        assert thing.size == 0 and tx.find(Thing, id="new-10") is None
        nested(tx, change)
        nested(tx, lambda inner: nested(inner, change))
        return thing.size

    platform.store.run([lambda tx: [tx.add(Thing(id=name, owner="o")) for name in "ax"]])
    assert platform.store.run([outer]) == [20]
    kept = {thing.id: thing for thing in everything(platform.store)}
    assert set(kept) == {"a", "new-10", "new-20"} and (kept["a"].size, kept["a"].price) == (20, Money(1))


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_a_query_sees_what_was_written_so_far(platform: Platform, depth: int) -> None:
    """By this job and those before it; if the job fails afterwards, nothing of it stays."""

    def work(tx: Tx) -> int:
        thing = tx.find(Thing, id="a")
        assert thing is not None
        thing.size += 5
        tx.add(Thing(id=f"b{thing.size}", owner="o", size=thing.size))
        gone = tx.find(Thing, id="x")
        if gone is not None:
            tx.remove(gone)
        found = tx.select(Thing, "owner = ? and size >= ?", ("o", 5), "id")
        assert thing in found and tx.select(Thing, "id = ?", ("x",)) == []
        found[0].price = Money(len(found))
        tx.add(Thing(id=f"c{thing.size}", owner="late"))
        return len(tx.select(Thing, "owner = ?", ("late",)))

    def run(tx: Tx, level: int = depth) -> int:
        return work(tx) if level == 0 else nested(tx, lambda inner: run(inner, level - 1))

    def fail(tx: Tx) -> None:
        run(tx)
        raise ValueError

    platform.store.run([lambda tx: [tx.add(Thing(id=name, owner="o")) for name in "ax"]])
    before = everything(platform.store)
    assert isinstance(platform.store.run([fail])[0], ValueError)
    assert everything(platform.store) == before
    results = platform.store.run([run, fail, run])
    assert results[0] == 1 and results[2] == 2
    kept = {thing.id: thing for thing in everything(platform.store)}
    assert set(kept) == {"a", "b5", "c5", "b10", "c10"} and kept["a"].price == Money(3)


def test_an_inner_unit_that_fails_after_a_query_leaves_the_outer_one_whole(platform: Platform) -> None:
    """Its savepoint is undone, not the outer one's."""

    def inner(tx: Tx) -> None:
        tx.add(Thing(id="inner", owner="o"))
        assert len(tx.select(Thing, "owner = ?", ("o",))) == 2
        raise ValueError

    def outer(tx: Tx) -> list[str]:
        tx.add(Thing(id="outer", owner="o"))
        nested(tx, inner)
        return [thing.id for thing in tx.select(Thing, order="id")]

    assert platform.store.run([outer]) == [["outer"]]
    assert [thing.id for thing in everything(platform.store)] == ["outer"]


def test_what_is_changed_after_a_query_is_kept_too(platform: Platform) -> None:
    """Also by an inner unit, and also the removal of what was written early."""

    def inner(tx: Tx) -> None:
        thing, extra = tx.find(Thing, id="a"), tx.add(Thing(id="extra", owner="o"))
        assert thing is not None
        thing.size = 1
        tx.select(Thing)
        thing.size = 2
        tx.remove(extra)

    def outer(tx: Tx) -> None:
        nested(tx, inner)
        thing = tx.find(Thing, id="a")
        assert thing is not None and thing.size == 2 and tx.find(Thing, id="extra") is None

    platform.store.run([lambda tx: tx.add(Thing(id="a", owner="o"))])
    for run in (outer, inner):
        assert platform.store.run([run]) == [None]
        assert [(thing.id, thing.size) for thing in everything(platform.store)] == [("a", 2)]
        platform.store.run([lambda tx: setattr(tx.find(Thing, id="a"), "size", 0)])


def test_what_was_written_early_is_found_by_every_key(platform: Platform) -> None:
    """By the next job of the batch, and in the next batch."""

    def look(tx: Tx) -> int:
        thing = tx.find(Thing, owner="o", number="1")
        assert thing is not None
        return thing.size

    def grow(tx: Tx) -> None:
        thing = tx.find(Thing, id="a")
        assert thing is not None
        thing.size += 1
        assert tx.select(Thing, "size = ?", (thing.size,)) == [thing]

    platform.store.run([lambda tx: tx.add(Thing(id="a", owner="o", number="1"))])
    assert platform.store.run([look]) == [0]
    platform.store.run([grow])
    assert platform.store.run([look]) == [1]
    platform.store.run([lambda tx: setattr(tx.find(Thing, owner="o", number="1"), "size", 7)])
    assert platform.store.run([lambda tx: tx.find(Thing, id="a").size, look]) == [7, 7]  # type: ignore[union-attr]


def test_what_stands_inside_a_column_is_the_handlers_own(platform: Platform) -> None:
    """Changed in place it is kept if the handler returns, and nobody sees it if it fails."""

    def rename(tx: Tx) -> None:
        thing = tx.find(Thing, id="a")
        assert thing is not None and thing.parts is not None
        thing.parts[0].name = "new"

    def fail(tx: Tx) -> None:
        rename(tx)
        raise ValueError

    def look(tx: Tx) -> str:
        thing = tx.find(Thing, id="a")
        assert thing is not None and thing.parts is not None
        return thing.parts[0].name

    store = platform.store
    store.run([lambda tx: tx.add(Thing(id="a", owner="o", parts=[Part(name="old", price=Money(1))]))])
    store.run([fail])
    assert store.run([look]) == ["old"]
    store.run([rename])
    assert store.run([look]) == ["new"] and store.read(look) == "new"


@pytest.mark.parametrize("asking", [False, True])
def test_a_key_that_was_left_is_free(platform: Platform, asking: bool) -> None:
    """For the next one, in the same batch and later, whether or not a query was asked in between."""

    def leave(tx: Tx) -> None:
        thing = tx.find(Thing, owner="o", number="1")
        assert thing is not None
        thing.number = None
        if asking:
            assert tx.select(Thing, "number is null") == [thing]

    def look(tx: Tx) -> str | None:
        thing = tx.find(Thing, owner="o", number="1")
        return thing.id if thing else None

    store = platform.store
    store.run([lambda tx: tx.add(Thing(id="a", owner="o", number="1"))])
    assert store.run([look]) == ["a"]
    store.run([leave])
    assert store.run([look]) == [None]
    store.run([lambda tx: tx.add(Thing(id="b", owner="o", number="1"))])
    assert store.run([look]) == ["b"]


def test_pages_counts_and_order(platform: Platform) -> None:
    """Limits and offsets are the database's."""
    platform.store.run([lambda tx: [tx.add(Thing(id=f"{i}", owner="o", size=i)) for i in range(5)]])
    page = platform.store.read(lambda tx: tx.select(Thing, "size > ?", (0,), "size desc", 2, offset=1))
    assert [thing.size for thing in page] == [3, 2]


def test_who_promised_to_read_cannot_write(platform: Platform) -> None:
    """Neither add nor change."""
    platform.store.run([lambda tx: tx.add(Thing(id="a", owner="o"))])

    def change(tx: Tx) -> None:
        thing = tx.find(Thing, id="a")
        assert thing is not None
        thing.size = 7
        tx.merge()

    for wrong in (change, lambda tx: tx.add(Thing(id="b", owner="o"))):
        with pytest.raises(ReadOnly):
            platform.store.read(wrong)


def test_a_key_that_was_taken_meanwhile_fails_only_its_own_job(platform: Platform) -> None:
    """The batch is run again one by one; the others are kept."""
    platform.store.run([lambda tx: tx.add(Thing(id="a", owner="o", number="1"))])

    def blind(tx: Tx) -> None:
        tx.add(Thing(id="z", owner="o", number="1"))  # without having looked

    store = platform.store
    results = store.run([lambda tx: tx.add(Thing(id="b", owner="o")), blind])
    assert results[0].id == "b" and isinstance(results[1], Broken)
    with pytest.raises(Broken, match="again and again"):
        store.run([blind])
    assert [thing.id for thing in everything(store)] == ["a", "b"]


def test_a_lost_race_is_run_again(platform: Platform) -> None:
    """A row that another process changed between reading and writing is read afresh."""
    if isinstance(platform.store.engine, Sqlite):
        pytest.skip("SQLite has one writer, which a lock beside the file sees to")
    other = Store(twin(platform.store.engine))
    platform.store.run([lambda tx: tx.add(Thing(id="a", owner="o")), lambda tx: tx.add(Counter(id="c"))])
    seen: list[int] = []

    def grow(tx: Tx) -> None:
        thing = tx.find(Thing, id="a")
        assert thing is not None
        seen.append(thing.size)
        if len(seen) == 1:
            other.run([lambda tx: setattr(tx.find(Thing, id="a"), "size", 40)])
        thing.size += 1

    platform.store.run([lambda tx: None, grow])
    assert (seen[0], seen[-1], everything(platform.store)[0].size) == (0, 40, 41)
    other.engine.close()


def test_rows_wanted_together_are_read_together(platform: Platform) -> None:
    """A hint that never changes what is found."""

    def count(tx: Tx) -> int:
        tx.want(Counter, ["a", "b", "none"])
        found = [tx.find(Counter, id=name) for name in ("a", "b", "none")]
        assert found[2] is None and found[0] is not None
        found[0].count += 1
        return found[0].count

    platform.store.run([lambda tx: [tx.add(Counter(id=name)) for name in "ab"]])
    assert platform.store.run([count, count]) == [1, 2]


def test_a_broken_database_says_so(platform: Platform) -> None:
    """Wrong SQL, or a connection that is gone."""
    with pytest.raises(Broken):
        platform.store.run([lambda tx: tx.query("select nonsense from nowhere", ())])
    with pytest.raises(Broken):
        platform.store.read(lambda tx: tx.query("select nonsense from nowhere", ()))
    assert everything(platform.store) == []


def test_postgres_connects_again(platform: Platform) -> None:
    """After its connection was cut the next batch, or question, has a new one."""
    store, engine = platform.store, platform.store.engine
    if isinstance(engine, Sqlite):
        pytest.skip("a file has no connection to lose")

    def backend(tx: Tx) -> int:
        return int(tx.query("select pg_backend_pid()", ())[0][0])

    killer = twin(engine)
    for ask in (store.read, lambda job: store.run([job])[0]):
        killer.select("select pg_terminate_backend(?)", (ask(backend),))
        with pytest.raises(Broken):
            ask(backend)
        assert everything(store) == []
    killer.close()
    with pytest.raises(Broken):
        Postgres("postgresql://nobody@127.0.0.1:1/none")


def test_who_writes_and_who_leads(platform: Platform) -> None:
    """On SQLite nobody else may write; on PostgreSQL the next one has its number, and leads when the first ends."""
    engine = platform.store.engine
    second = twin(engine)
    assert engine.enrol() == platform.place.writer == 1 and engine.leads()
    if isinstance(engine, Sqlite):
        with pytest.raises(Broken, match="in use"):
            second.enrol()
    else:
        assert second.enrol() == 2 and not second.leads()
        engine.close()
        until = time.monotonic() + 10
        while not second.leads():  # the server lets go of a lock when it finds that its holder left
            assert time.monotonic() < until
    second.close()


def test_mistakes_in_tables_fail_at_import() -> None:
    """Unknown columns, two tables of a name, absent amounts, unknown keys."""

    class Odd(Row):
        """Odd."""

        id: str
        price: Money | None = None

    with pytest.raises(TypeError, match="never absent"):
        table("odd")(Odd)
    with pytest.raises(TypeError, match="two tables"):
        table("thing")(Odd)
    with pytest.raises(TypeError, match="no column"):
        table("odd", unique=[("nothing",)])(Counter)
    with pytest.raises(TypeError, match="has no key"):
        table_of(Thing).key_meant(("size",))
    tables.pop("odd", None)


def test_lost_and_broken_are_told_apart() -> None:
    """A taken key is a lost race."""
    assert not issubclass(Lost, Broken)
