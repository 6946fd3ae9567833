"""SQLite: one writer with group commit, and a read-only connection beside it for queries."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import os
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from ..shape import encode
from ..table import Key, Row, Table
from .engine import Broken, Lost, Wanted

# Synchronous FULL: nothing is answered before it is on the disk. The large checkpoint interval keeps batches short.
SETTINGS = ("journal_mode = wal", "synchronous = full", "cache_size = -131072", "wal_autocheckpoint = 10000")


class SqliteReader:
    """A database file, read beside the one process that writes it."""

    rounds = False  # a point read is a function call here
    troubles = (sqlite3.Error,)

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.using = self.reader = self._connect(f"{self.path.absolute().as_uri()}?mode=ro")

    @staticmethod
    def _connect(uri: str) -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=512)

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """One view of what is committed, on the read-only connection."""
        with trouble():
            before, self.using = self.using, self.reader
            self.reader.execute("begin")
            try:
                yield
            finally:
                self.using = before
                self.reader.execute("rollback")

    def read(self, wanted: Wanted, lock: bool) -> list[list[Row]]:
        """One question for each key: a point read, or a set of them, which costs half as much for each."""
        return [self._one(key, values[0]) if len(values) == 1 else self._many(key, values) for key, values in wanted]

    def _one(self, key: Key, value: Any) -> list[Row]:
        found = self.using.execute(_select(key), value if len(key.names) > 1 else (value,))
        return [key.table.load(row) for row in found]

    def _many(self, key: Key, values: Sequence[Any]) -> list[Row]:
        return [key.table.load(row) for row in self.using.execute(_select_many(key), (encode(values).decode(),))]

    def select(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Ask anything."""
        return self.using.execute(sql, values).fetchall()

    def another(self) -> SqliteReader:
        """Another reader of the same file."""
        return SqliteReader(self.path)

    def close(self) -> None:
        """Let go of the file."""
        self.reader.close()


class Sqlite(SqliteReader):
    """An engine over one database file; only one process may write it."""

    def __init__(self, path: Path | str) -> None:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self.writer = self._connect(f"{Path(path).absolute().as_uri()}")
        for setting in SETTINGS:
            self.writer.execute(f"pragma {setting}")
        super().__init__(path)
        self.using = self.writer
        self._lock = -1

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """One durable transaction of the writer."""
        with trouble():
            self.writer.execute("begin immediate")
            try:
                yield
                self.writer.execute("commit")
            except BaseException:
                if self.writer.in_transaction:
                    self.writer.execute("rollback")
                raise

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Keep new rows."""
        self.writer.executemany(_insert(table), map(table.values, rows))

    def update(self, table: Table, rows: Sequence[Row], versions: Sequence[int]) -> None:
        """Keep changed rows; the only writer cannot lose a race, a wrong version is a mistake of ours."""
        done = self.writer.executemany(
            _update(table),
            [(*table.values(row), *_key(table, row), version) for row, version in zip(rows, versions, strict=True)],
        )
        if done.rowcount != len(rows):
            raise Lost(table.name)

    def delete(self, table: Table, rows: Sequence[Row], versions: Sequence[int]) -> None:
        """Forget rows."""
        keys = [(*_key(table, row), version) for row, version in zip(rows, versions, strict=True)]
        if self.writer.executemany(_delete(table), keys).rowcount != len(rows):
            raise Lost(table.name)

    def execute(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Change the schema, or set and leave a savepoint."""
        self.writer.execute(sql, values)

    def enrol(self) -> int:
        """The only writer is number 1; a lock beside the file keeps a second process out."""
        if self._lock < 0:
            lock = os.open(f"{self.path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(lock)
                raise Broken(
                    f"{self.path} is in use by another platform; stop that one, or use another --home"
                ) from None
            self._lock = lock
        return 1

    def writers(self) -> Collection[int]:
        """Number 1."""
        return (1,)

    def leads(self) -> bool:
        """The only writer leads."""
        return True

    def close(self) -> None:
        """Fold the log into the file and let go of it."""
        super().close()
        self.writer.close()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


@contextlib.contextmanager
def trouble() -> Iterator[None]:
    """Tell a lost race from a broken database."""
    try:
        yield
    except sqlite3.IntegrityError as problem:
        raise Lost(str(problem)) from problem
    except sqlite3.Error as problem:
        raise Broken(str(problem)) from problem


def _key(table: Table, row: Row) -> tuple[Any, ...]:
    value = table.key_of(row)
    return value if len(table.primary.names) > 1 else (value,)


def _names(table: Table) -> str:
    return ", ".join(f'"{name}"' for name in table.names)


def _where(key: Sequence[str]) -> str:
    return " and ".join(f'"{name}" = ?' for name in key)


@functools.cache
def _select(key: Key) -> str:
    return f'select {_names(key.table)} from "{key.table.name}" where {_where(key.names)}'


@functools.cache
def _select_many(key: Key) -> str:
    """All values travel as one JSON list; it is walked, and each looked up by the key's index."""
    parts = ["v.value"] if len(key.names) == 1 else [f"json_extract(v.value, '$[{i}]')" for i in range(len(key.names))]
    same = " and ".join(f't."{name}" = {part}' for name, part in zip(key.names, parts, strict=True))
    columns = ", ".join(f't."{name}"' for name in key.table.names)
    return f'select {columns} from json_each(?) v cross join "{key.table.name}" t where {same}'


@functools.cache
def _insert(table: Table) -> str:
    return f'insert into "{table.name}" ({_names(table)}) values ({", ".join("?" * len(table.names))})'


@functools.cache
def _update(table: Table) -> str:
    sets = ", ".join(f'"{name}" = ?' for name in table.names)
    return f'update "{table.name}" set {sets} where {_where([*table.primary.names, "version"])}'


@functools.cache
def _delete(table: Table) -> str:
    return f'delete from "{table.name}" where {_where([*table.primary.names, "version"])}'
