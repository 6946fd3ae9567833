"""PostgreSQL's pipeline: refusals, lost races and statements that come and go leave the connection as good as new."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kaifang.kernel import Money
from kaifang.kernel.store import Broken, Store, Tx
from kaifang.kernel.store.postgres import Postgres
from kaifang.kernel.store.upgrade import upgrade
from kaifang.kernel.table import tables
from tests.kernel.things import Counter, Thing


@pytest.fixture
def store(postgres_url: str) -> Iterator[Store]:
    """A store on PostgreSQL."""
    engine = Postgres(postgres_url)
    upgrade(engine, tables.values(), 0)
    yield Store(engine)
    engine.close()


def count(store: Store, kind: type) -> int:
    """How many rows there are."""
    return len(store.read(lambda tx: tx.select(kind)))


def refused(tx: Tx) -> None:
    """Write something, ask a question, and refuse."""
    tx.add(Thing(id="never", owner="o"))
    assert tx.select(Thing, "owner = ?", ("o",))
    raise ValueError("no")


def test_refusals_after_a_question_cost_nobody_anything(store: Store) -> None:
    """However often a savepoint is given up, the statements of all others go on."""
    for number in range(12):
        add = Thing(id=str(number), owner="o", price=Money(number))
        results = store.run([lambda tx, add=add: tx.add(add) and None, refused, lambda tx: len(tx.select(Counter))])
        assert results[0] is None and results[2] == 0 and isinstance(results[1], ValueError)
    assert count(store, Thing) == 12


def test_a_race_that_is_lost_on_the_way_out_is_still_a_lost_race(store: Store) -> None:
    """The question of a unit of work that fails is where it is noticed that an earlier one lost."""
    other = Store(Postgres(store.engine.url))  # type: ignore[attr-defined]
    store.run([lambda tx: tx.add(Thing(id="a", owner="o"))])
    begun: list[int] = []

    def grow(tx: Tx) -> int:
        thing = tx.find(Thing, id="a")
        assert thing is not None
        begun.append(thing.size)
        if len(begun) == 1:
            other.run([lambda tx: setattr(tx.find(Thing, id="a"), "size", 40)])
        thing.size += 1
        return thing.size

    results = store.run([grow, refused])
    assert results[0] == 41 and isinstance(results[1], ValueError)
    other.engine.close()


def test_a_refusal_of_one_who_only_reads_keeps_the_connection(store: Store) -> None:
    """And the transaction is over."""

    def look(tx: Tx) -> None:
        tx.select(Thing)
        raise ValueError("nothing there")

    def backend() -> int:
        return int(store.read(lambda tx: tx.query("select pg_backend_pid()", ()))[0][0])

    before = backend()
    for _ in range(3):
        with pytest.raises(ValueError):
            store.read(look)
    assert backend() == before


def test_statements_that_failed_are_known_again(store: Store) -> None:
    """After whatever went wrong, wherever in the transaction, the next one begins afresh."""

    def blunder(tx: Tx) -> None:
        tx.add(Thing(id="x", owner="o"))
        tx.query("select nonsense", ())

    for number in range(4):
        with pytest.raises(Broken):
            store.run([blunder])
        with pytest.raises(Broken):
            store.read(lambda tx: tx.query("select nonsense", ()))
        store.run([lambda tx, number=number: tx.add(Thing(id=str(number), owner="o")) and None])
    assert count(store, Thing) == 4


def test_what_is_wanted_together_after_a_question_is_read_in_one_go(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A unit of work that asked something is not begun again for rows, and yet reads those that it wants together."""
    names = [f"{number:03}" for number in range(100)]
    store.run([lambda tx: [tx.add(Counter(id=name)) for name in names[::2]] and None])
    reads: list[object] = []
    whole = store.engine.read

    def counted(wanted: object, lock: bool) -> list[object]:
        reads.append(wanted)
        return whole(wanted, lock)  # type: ignore[arg-type]

    def ask_and_count(tx: Tx) -> int:
        assert not tx.select(Thing)
        tx.want(Counter, names)
        return sum(tx.find(Counter, id=name) is not None for name in names)

    monkeypatch.setattr(store.engine, "read", counted)
    assert store.run([ask_and_count]) == [50]
    assert len([one for one in reads if one]) == 1
