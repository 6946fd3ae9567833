"""A few rows and a platform for the kernel's own tests."""

from __future__ import annotations

from kaifang.kernel import Money, Row, Shape, table


class Part(Shape):
    """What a JSON column keeps."""

    name: str
    price: Money


@table("thing", unique=[("owner", "number")], index=[("owner", "size")])
class Thing(Row):
    """Something that is kept."""

    id: str
    owner: str
    number: str | None = None
    size: int = 0
    price: Money = Money(0)
    good: bool = True
    parts: list[Part] | None = None
    picture: bytes | None = None


@table("counter", locked=True)
class Counter(Row):
    """Something that everybody changes."""

    id: str
    count: int = 0
