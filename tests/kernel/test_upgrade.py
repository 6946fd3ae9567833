"""Upgrades: what is new is added and recorded, what would lose data is refused and changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from kaifang.kernel import Money, Row
from kaifang.kernel.store import Store
from kaifang.kernel.store.engine import Engine
from kaifang.kernel.store.upgrade import WouldLose, literal, upgrade
from kaifang.kernel.table import Table


class First(Row):
    """A row of the first release."""

    id: str
    name: str


class Second(Row):
    """A row of the second."""

    id: str
    name: str
    price: Money = Money(5)
    note: str | None = None
    good: bool = True
    tags: list[str] = []
    said: str = "it's"


def told(row: type[Row], **options: Any) -> Table:
    """The table `cup` as a release has it."""
    return Table(row, "cup", [("id",), *options.get("unique", ())], options.get("index", ()), False)


def rows(engine: Engine, table: Table) -> list[Any]:
    """All rows."""
    columns = ", ".join(f'"{name}"' for name in table.names)
    return [table.load(row) for row in engine.select(f"select {columns} from cup order by id", ())]


@pytest.fixture
def released(engine: Engine) -> Engine:
    """A database of the first release, with two rows."""
    first = told(First)
    assert len(upgrade(engine, [first], 1)) == 1
    with engine.transaction():
        engine.insert(first, [First(id="1", name="a"), First(id="2", name="a")])
    return engine


def test_columns_and_indexes_are_added(released: Engine) -> None:
    """With the defaults of the struct for the rows that exist; and once."""
    second = told(Second, index=[("name", "price")], unique=[("name", "id")])
    done = upgrade(released, [second], 2)
    assert len(done) == 7 and upgrade(released, [second], 3) == []
    assert rows(released, second) == [Second(id="1", name="a"), Second(id="2", name="a")]
    assert [row[0] for row in released.select("select statement from upgrade where at = 2", ())] == done
    assert Store(released).run([lambda tx: 1]) == [1]


@pytest.mark.parametrize(
    ("body", "options", "says"),
    [
        ({"id": str}, {}, "keeps name, which this version does not know"),
        ({"id": str, "name": int}, {}, r"type of name \(text to bigint\) changed"),
        ({"id": str, "name": str, "size": int}, {}, "new column size has no default"),
        ({"id": str, "name": str}, {"unique": [("name",)]}, "not unique"),
    ],
)
def test_what_would_lose_data_is_refused(released: Engine, body: Any, options: Any, says: str) -> None:
    """And nothing was changed."""
    changed: Any = type("Changed", (Row,), {"__annotations__": body, "__doc__": "Changed.", "__module__": __name__})
    with pytest.raises(WouldLose, match=says):
        upgrade(released, [told(changed, **options)], 2)
    with released.reading():
        assert len(rows(released, told(First))) == 2
        assert released.select("select count(*) from upgrade", ())[0][0] == 1


def test_a_default_must_be_something_sql_knows() -> None:
    """Text is quoted."""
    assert [literal(value) for value in (True, 1, "it's")] == ["1", "1", "'it''s'"]
    with pytest.raises(TypeError):
        literal(object())
