"""PostgreSQL: set-based reads and writes, sent in a pipeline; several processes over one database."""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, LiteralString

import psycopg
from psycopg import errors

from ..shape import encode
from ..table import Key, Row, Table
from .engine import Broken, Lost, Wanted

RACES = (errors.UniqueViolation, errors.SerializationFailure, errors.DeadlockDetected, errors.DivisionByZero)
# A division by zero is how a changed version aborts the transaction without a round trip to look at it.
ALL_DONE = "select 1 / (case when count(*) = %s then 1 else 0 end) from done"
TYPES = {"text": "text", "bigint": "bigint", "blob": "bytea", "double precision": "double precision"}
# Locked rows are read in key order, so deadlocks are rare; the few are found soon and run again.
SETTINGS = {"deadlock_timeout": "100ms", "lock_timeout": "10s", "jit": "off", "plan_cache_mode": "force_generic_plan"}
LOCKS, MOST_WRITERS = 20885, 99
ESCAPED = re.compile(r'\\[^"\\]')  # in JSON, what arrays do not escape, or not so
MOST_PREPARED = 2000  # statements: a few for each table, and the questions of all capabilities
logging.getLogger("psycopg").setLevel(logging.ERROR)  # it warns of every pipeline that broke off; so does what we raise
WRITERS: LiteralString = (
    "select objid::int from pg_locks where locktype = 'advisory' and classid = %s and objsubid = 2 and objid > 0 "
    "and granted and database = (select oid from pg_database where datname = current_database())"
)


class Postgres:
    """An engine over one database: each process has a connection for its batches, and one for questions beside them."""

    rounds = True  # a point read is a round trip here: a batch's reads go together
    troubles = (psycopg.Error,)

    def __init__(self, url: str) -> None:
        self.url, self._over = url, False
        self.writer = self.reader = self.using = self._connect()
        self._post: psycopg.Connection[Any] | None = None  # holds this process's locks, which die with it
        self._number, self._leads = 0, False

    def _connect(self) -> psycopg.Connection[Any]:
        if self._over:  # else what comes late would open a connection that nobody closes
            raise Broken("the database was closed")
        try:
            name = f"kaifang-{os.getpid()}"  # by which an operator finds this process in pg_stat_activity
            db = psycopg.connect(
                self.url, autocommit=True, prepare_threshold=1, client_encoding="utf8", application_name=name
            )
            db.prepared_max = MOST_PREPARED
            for name, value in SETTINGS.items():
                db.execute("select set_config(%s, %s, false)", (name, value))
        except psycopg.Error as problem:
            raise Broken(str(problem)) from problem
        return db

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """One durable transaction; its statements travel together."""
        if self.writer.closed:
            self.writer = self.using = self._connect()
        with whole(self.writer):
            self.writer.execute("begin isolation level read committed")
            yield
            self.writer.execute("commit")

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """One consistent view of what is committed."""
        if self.reader is self.writer or self.reader.closed:
            self.reader = self._connect()
        self.using = self.reader
        try:
            with whole(self.reader):
                self.reader.execute("begin isolation level repeatable read read only")
                try:
                    yield
                finally:
                    self.reader.execute("commit")  # after a refusal too: a rollback forgets the prepared statements
        finally:
            self.using = self.writer

    def read(self, wanted: Wanted, lock: bool) -> list[list[Row]]:
        """All questions in one round trip; the rows of each in key order, in which the contended ones are locked."""
        asked = [(key.table, self.using.execute(_select(key, lock), _arrays_at(key, values))) for key, values in wanted]
        return [[table.load(row) for row in found.fetchall()] for table, found in asked]

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Keep new rows, all with one statement."""
        self.using.execute(_insert(table), _arrays(table, map(table.values, rows)))

    def update(self, table: Table, rows: Sequence[Row], versions: Sequence[int]) -> None:
        """Keep changed rows, all with one statement that fails unless each still has its version."""
        arrays = _arrays(table, map(table.values, rows))
        self.using.execute(_update(table), [*arrays, _array(versions), len(rows)])

    def delete(self, table: Table, rows: Sequence[Row], versions: Sequence[int]) -> None:
        """Forget rows, all with one statement that fails unless each is there and has its version."""
        arrays = _arrays_at(table.primary, [table.key_of(row) for row in rows])
        self.using.execute(_delete(table), [*arrays, _array(versions), len(rows)])

    def select(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Ask anything."""
        return self.using.execute(_ours(sql), values).fetchall()

    def execute(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Change the schema, or set and leave a savepoint."""
        self.using.execute(_ours(sql), values)

    def another(self) -> Postgres:
        """Another connection to the same database."""
        return Postgres(self.url)

    def enrol(self) -> int:
        """A free writer's number, the last one again if it is, held by a lock that is let go when this process ends."""
        if self._post is None or self._post.closed:
            self._post, self._leads = self._connect(), False
            numbers = [self._number or 1, *range(1, MOST_WRITERS + 1)]
            self._number = next((number for number in numbers if self._locked(number)), 0)
        if not self._number:
            self._post.close()
            raise Broken(f"more than {MOST_WRITERS} processes write")
        return self._number

    def writers(self) -> Collection[int]:
        """Whoever holds a writer's lock."""
        self.enrol()
        return [number for (number,) in self._asked(WRITERS, (LOCKS,))]

    def leads(self) -> bool:
        """The process that holds the leader's lock; another takes over when it dies."""
        self.enrol()
        if self._leads:
            self._asked("select 1", ())  # a lock is held as long as the connection to the server that knows of it
        self._leads = self._leads or self._locked(0)
        return self._leads

    def _locked(self, number: int) -> bool:
        return bool(self._asked("select pg_try_advisory_lock(%s, %s)", (LOCKS, number))[0][0])

    def _asked(self, sql: LiteralString, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        assert self._post is not None
        try:
            return self._post.execute(sql, values).fetchall()
        except psycopg.Error as problem:
            raise Broken(str(problem)) from problem

    def close(self) -> None:
        """Let go of the connections, for good."""
        self._over = True
        for connection in (self.writer, self.reader, self._post):
            if connection is not None:
                connection.close()


@contextlib.contextmanager
def whole(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """A pipeline; an error costs its connection: driver and server may not agree any more on what is prepared."""
    assert idle(connection), "a transaction within a transaction"
    try:
        with connection.pipeline():
            yield
    except psycopg.Error as problem:
        connection.close()
        raise (Lost if is_race(problem) else Broken)(str(problem)) from problem
    except BaseException:
        if not idle(connection):
            connection.execute("rollback")
        raise


def idle(connection: psycopg.Connection[Any]) -> bool:
    """Whether there is no transaction under way."""
    return connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE


def is_race(problem: BaseException | None) -> bool:
    """Whether an error, or one on the way out of which it came, is a lost race."""
    return problem is not None and (isinstance(problem, RACES) or is_race(problem.__context__))


@functools.lru_cache(maxsize=1024)
def _ours(sql: str) -> Any:
    """The statement with this driver's placeholders."""
    return sql.replace("%", "%%").replace("?", "%s")


def _arrays_at(key: Key, values: Sequence[Any]) -> list[str]:
    """The values of a key, column by column."""
    return [_array(column) for column in zip(*values, strict=True)] if len(key.names) > 1 else [_array(values)]


def _arrays(table: Table, rows: Iterable[Sequence[Any]]) -> list[Any]:
    """The values of rows, column by column; the driver itself writes bytes."""
    columns = zip(table.columns, zip(*rows, strict=True), strict=True)
    return [list(column) if kind == "blob" else _array(column) for (_, kind, _, _), column in columns]


def _array(values: Sequence[Any]) -> str:
    """The text of an array, which JSON is but for its brackets; the driver writes it many times slower."""
    text = encode(values).decode()
    if ESCAPED.search(text):
        return "{" + ",".join(map(_element, values)) + "}"
    return "{" + text[1:-1] + "}"


def _element(value: Any) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "null" if value is None else str(value)


def _unnested(table: Table, names: Sequence[str], *more: str) -> str:
    """The parameters as a set of rows: one array for each column."""
    types = {name: TYPES[kind] for name, kind, _, _ in table.columns} | {"expected": "bigint"}
    arrays = ", ".join(f"%s::{types[name]}[]" for name in (*names, *more))
    return f"unnest({arrays}) v({_names((*names, *more))})"


def _names(names: Sequence[str], prefix: str = "") -> str:
    return ", ".join(f'{prefix}"{name}"' for name in names)


def _same(names: Sequence[str]) -> str:
    return " and ".join(f't."{name}" = v."{name}"' for name in names)


@functools.cache
def _select(key: Key, lock: bool) -> Any:
    table, names = key.table, key.names
    lock &= table.locked
    return (
        f'select {_names(table.names, "t.")} from "{table.name}" t join {_unnested(table, names)} on {_same(names)} '
        f"order by {_names(names, 't.')}" + (" for update of t" if lock else "")
    )


@functools.cache
def _insert(table: Table) -> Any:
    return f'insert into "{table.name}" ({_names(table.names)}) select * from {_unnested(table, table.names)}'


@functools.cache
def _update(table: Table) -> Any:
    sets = ", ".join(f'"{name}" = v."{name}"' for name in table.names if name not in table.primary.names)
    return (
        f'with done as (update "{table.name}" t set {sets} from {_unnested(table, table.names, "expected")} '
        f"where {_same(table.primary.names)} and t.version = v.expected returning 1) "
        f"{ALL_DONE}"
    )


@functools.cache
def _delete(table: Table) -> Any:
    return (
        f'with done as (delete from "{table.name}" t using {_unnested(table, table.primary.names, "expected")} '
        f"where {_same(table.primary.names)} and t.version = v.expected returning 1) {ALL_DONE}"
    )
