"""What a query makes a unit of work write early goes table by table, however many rows there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from kaifang.kernel.platform import Platform
from kaifang.kernel.store import Tx
from kaifang.kernel.table import Row, Table
from tests.kernel.things import Counter, Thing


def test_rows_of_one_table_are_written_with_one_statement(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, sizes = platform.store.engine, dict[str, list[int]]()

    def counted(name: str) -> Any:
        real = getattr(engine, name)

        def run(table: Table, rows: Sequence[Row], *versions: Any) -> None:
            sizes.setdefault(name, []).append(len(rows))
            real(table, rows, *versions)

        return run

    for name in ("insert", "update", "delete"):
        monkeypatch.setattr(engine, name, counted(name))

    def work(tx: Tx) -> list[tuple[str, int]]:
        for number in range(5):
            tx.add(Thing(id=str(number), owner="o", size=number))
        tx.add(Counter(id="c"))
        things = tx.select(Thing, order="id")
        for thing in things[:3]:
            thing.size += 10
        for thing in things[3:]:
            tx.remove(thing)
        return [(thing.id, thing.size) for thing in tx.select(Thing, order="id")]

    assert platform.store.run([work]) == [[("0", 10), ("1", 11), ("2", 12)]]
    assert sizes == {"insert": [5, 1], "update": [3], "delete": [2]}
