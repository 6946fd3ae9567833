"""What the store asks of a database, and what can go wrong with one."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Sequence
from typing import Any, Protocol

from ..table import Key, Row, Table


class Lost(Exception):
    """A race was lost: a row changed, or a key was taken, between reading and writing. The batch is run again."""


class Broken(Exception):
    """The database failed; nothing of the batch is known to be kept."""


class ReadOnly(Exception):
    """A method that promised to read tried to write."""


class NotHere(BaseException):
    """A handler needs rows that the batch has not read yet; it is run again once they are."""


Wanted = Sequence[tuple[Key, Sequence[Any]]]  # keys, each with the values to be read there


class Reader(Protocol):
    """What a database must be able to do for those who only read."""

    rounds: bool  # whether a read is a round trip, so that a batch's reads are gathered
    troubles: tuple[type[Exception], ...]  # what its driver raises

    def reading(self) -> contextlib.AbstractContextManager[None]:
        """One consistent view of what is committed."""

    def read(self, wanted: Wanted, lock: bool) -> list[list[Row]]:
        """For each key with its values, the rows that have one of them there; contended ones locked if so wished."""

    def select(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Ask a question that is not by key; `?` stands for each value."""

    def another(self) -> Reader:
        """Another reader of the same database, for a thread of its own."""

    def close(self) -> None:
        """Let go of the database."""


class Engine(Reader, Protocol):
    """What a database must be able to do."""

    def transaction(self) -> contextlib.AbstractContextManager[None]:
        """One durable transaction: committed when the block ends, rolled back when it raises."""

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Keep new rows; raise Lost if a key is taken."""

    def update(self, table: Table, rows: Sequence[Row], versions: Sequence[int]) -> None:
        """Keep changed rows; raise Lost if one has no longer the version it was read with."""

    def delete(self, table: Table, rows: Sequence[Row], versions: Sequence[int]) -> None:
        """Forget rows; raise Lost if one has no longer the version it was read with, or is gone."""

    def execute(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Change the schema, or set and leave a savepoint."""

    def enrol(self) -> int:
        """The number under which this process writes; no other has it. Raise Broken if there is none left."""

    def writers(self) -> Collection[int]:
        """The numbers of all processes that are enrolled."""

    def leads(self) -> bool:
        """Whether this process, of all that write, is the one that does what is due."""
