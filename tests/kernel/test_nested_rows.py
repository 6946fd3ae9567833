"""Columns that hold shapes, lists and dicts come back as they were, amounts and moments too."""

from __future__ import annotations

from kaifang.kernel import Moment, Money, Row, Shape, table
from kaifang.kernel.table import table_of


class Part(Shape):
    """Something inside a column."""

    amount: Money
    at: Moment | None = None


@table("test_nested")
class Nested(Row):
    """A row with things inside."""

    id: str
    parts: list[Part] = []
    sums: dict[str, Money] = {}
    one: Part | None = None


def test_what_is_nested_comes_back() -> None:
    """Written as JSON text, read as the types say."""
    row = Nested(id="1", parts=[Part(amount=Money(3), at=Moment(0))], sums={"a": Money(4)}, one=Part(amount=Money(5)))
    table = table_of(Nested)
    assert table.load(table.values(row)) == row
