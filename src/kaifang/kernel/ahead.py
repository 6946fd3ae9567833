"""Saying beforehand which rows a method will read, so that a batch reads those of all its requests in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from .method import methods
from .store import Batch
from .table import Row, table_of

if TYPE_CHECKING:
    from .work import Caller

R = TypeVar("R", bound=Row)


class Ahead:
    """What a method's `ahead` function looks with. It is a hint: what it misses is read when it is needed.

    The function is called a second time when the rows that it wanted have been read, so it may follow them to others.
    """

    __slots__ = ("batch", "caller")

    def __init__(self, batch: Batch, caller: Caller) -> None:
        self.batch, self.caller = batch, caller

    def row(self, kind: type[R], **values: Any) -> R | None:
        """The row with this key if it has been read, not to be changed; otherwise None, and it is read."""
        place = key, value = table_of(kind).place(values)
        shared = self.batch.rows[key]
        if value in shared:
            return shared[value]  # type: ignore[return-value]
        self.batch.wanted.add(place)
        return None

    def ask(self, name: str, /, **fields: Any) -> Any:
        """Look ahead of a method that will be asked, with the same fields; returns what its function does."""
        method = methods[name]
        return method.ahead(self, method.ask(**fields)) if method.ahead is not None else None
