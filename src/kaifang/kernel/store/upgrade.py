"""Tables come from the structs; what a newer version adds is added, what would lose data is refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from ..table import Column, Table
from .engine import Engine, Lost


class WouldLose(Exception):
    """The structs no longer have room for what the database keeps."""


class Dialect(msgspec.Struct, frozen=True):
    """Where the two engines' schemas differ."""

    columns: str  # lists (table, column, type) of every table
    indexes: str  # lists the names of all indexes
    types: dict[str, str]
    text: str  # how text is compared: by its bytes, so that both engines sort alike
    tail: str  # behind `create table (...)`


SQLITE = Dialect(
    "select m.name, c.name, c.type from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'",
    "select name from sqlite_master where type = 'index'",
    {"text": "text", "bigint": "bigint", "blob": "blob", "double precision": "double precision"},
    "",
    " without rowid",  # one tree, ordered by the key
)
POSTGRES = Dialect(
    "select table_name, column_name, data_type from information_schema.columns where table_schema = current_schema()",
    "select indexname from pg_indexes where schemaname = current_schema()",
    {"text": "text", "bigint": "bigint", "blob": "bytea", "double precision": "double precision"},
    ' collate "C"',
    "",
)


def upgrade(engine: Engine, tables: Iterable[Table], now: int) -> list[str]:
    """Bring the database to the structs: create and add; returns the statements, which are also recorded."""
    dialect = POSTGRES if engine.rounds else SQLITE
    record = f'create table if not exists "upgrade" (at bigint not null, statement text not null{dialect.text})'
    try:
        with engine.transaction():
            if engine.rounds:
                engine.execute("select pg_advisory_xact_lock(20885)")  # of several processes one upgrades
            engine.execute(record)
            done = missing(engine, tables, dialect)
            for statement in done:
                engine.execute(statement)
                engine.execute('insert into "upgrade" (at, statement) values (?, ?)', (now, statement))
    except Lost as problem:
        raise WouldLose(f"rows that exist are not unique in the way this version wants: {problem}") from None
    return done


def missing(engine: Engine, tables: Iterable[Table], dialect: Dialect) -> list[str]:
    """The statements that the database needs."""
    kept: dict[str, dict[str, str]] = {}
    for name, column, kind in engine.select(dialect.columns, ()):
        kept.setdefault(name, {})[column] = kind.lower()
    known = {row[0] for row in engine.select(dialect.indexes, ())}
    done: list[str] = []
    for table in sorted(tables, key=lambda table: table.name):
        done += steps(table, kept.get(table.name), dialect)
        done += [statement for name, statement in indexed(table).items() if name not in known]
    return done


def steps(table: Table, kept: dict[str, str] | None, dialect: Dialect) -> list[str]:
    """The statements that this table needs."""
    if kept is None:
        return [created(table, dialect)]
    wanted = {name: dialect.types[kind] for name, kind, _, _ in table.columns}
    lost = sorted(set(kept) - set(wanted))
    if lost:
        raise WouldLose(
            f"table {table.name}: the database keeps {', '.join(lost)}, which this version does not know. Nothing was "
            "changed. Run the version that wrote this database, or give the struct these columns back."
        )
    turned = [
        f"{name} ({kept[name]} to {kind})" for name, kind in wanted.items() if name in kept and kept[name] != kind
    ]
    if turned:
        raise WouldLose(
            f"table {table.name}: the type of {', '.join(turned)} changed. Nothing was changed; use a new column."
        )
    fresh = [column for column in table.columns if column[0] not in kept]
    for name, _, null, default in fresh:
        if default is None and not null:
            raise WouldLose(
                f"table {table.name}: the new column {name} has no default for the rows that exist; give it one."
            )
    return [f'alter table "{table.name}" add column {defined(column, dialect)}' for column in fresh]


def defined(column: Column, dialect: Dialect) -> str:
    """One column as the database wants it."""
    name, kind, null, default = column
    text = f'"{name}" {dialect.types[kind]}' + (dialect.text if kind == "text" else "")
    return text + ("" if null else " not null") + ("" if default is None else f" default {literal(default)}")


def literal(value: Any) -> str:
    """A default as SQL."""
    if isinstance(value, int | float):
        return str(int(value) if isinstance(value, bool) else value)
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    raise TypeError(f"no default can be {value!r}")


def created(table: Table, dialect: Dialect) -> str:
    """The statement that makes the table."""
    columns = ", ".join(defined(column, dialect) for column in table.columns)
    key = ", ".join(f'"{name}"' for name in table.primary.names)
    return f'create table "{table.name}" ({columns}, primary key ({key})){dialect.tail}'


def indexed(table: Table) -> dict[str, str]:
    """The statements that make its other keys and its indexes, by the name of each."""
    found = {}
    kinds = [("unique ", key.names) for key in table.others] + [("", names) for names in table.index]
    for kind, names in kinds:
        name, columns = f"{table.name}_{'_'.join(names)}", ", ".join(f'"{column}"' for column in names)
        found[name] = f'create {kind}index "{name}" on "{table.name}" ({columns})'
    return found
