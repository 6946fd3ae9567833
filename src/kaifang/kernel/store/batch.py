"""A batch: the rows that the handlers of one transaction share, and what they wrote."""

from __future__ import annotations

from typing import Any

from ..table import KeyNames, Row, Table
from .engine import Engine, NotHere

Rows = dict[tuple[Table, KeyNames, Any], Row | None]


class Batch:
    """The rows that the handlers of one transaction share, and what they wrote."""

    def __init__(self, engine: Engine, rows: Rows | None = None, *, writing: bool = True) -> None:
        self.engine, self.writing = engine, writing
        self.gather = False  # whether a handler that misses rows is interrupted, so that all reads go together
        self.rows: Rows = {} if rows is None else rows
        self.wanted: set[tuple[Table, KeyNames, Any]] = set()
        self.new: dict[Table, dict[Any, Row]] = {}
        self.dirty: dict[Table, dict[Any, tuple[Row, int]]] = {}
        self.gone: dict[Table, dict[Any, tuple[Row, int]]] = {}

    def peek(self, table: Table, key: KeyNames, value: Any) -> Row | None:
        """The shared row, or None; a handler that is missing rows in gathering mode is interrupted."""
        place = (table, key, value)
        try:
            return self.rows[place]
        except KeyError:
            if self.gather:
                self.wanted.add(place)
                raise NotHere from None
        found = self.engine.read(table, key, (value,), self.writing and table.locked)
        row = self.keep(table, found[0]) if found else None
        self.rows[place] = row
        return row

    def fetch(self) -> None:
        """Read everything that was found missing, one question for each table and key, in key order."""
        groups: dict[tuple[Table, KeyNames], list[Any]] = {}
        for table, key, value in self.wanted:
            if (table, key, value) not in self.rows:  # else somebody who does not wait has read it, and changed it
                groups.setdefault((table, key), []).append(value)
        self.wanted.clear()
        for (table, key), values in sorted(groups.items(), key=lambda group: (group[0][0].name, group[0][1])):
            values.sort()
            for value in values:
                self.rows[table, key, value] = None
            of = table.reader(key)
            for row in self.engine.read(table, key, values, self.writing and table.locked):
                self.rows[table, key, of(row)] = self.keep(table, row)

    def keep(self, table: Table, row: Row) -> Row:
        """Share a row that was read under its primary key, unless it is shared already: that one may be newer."""
        kept = self.rows.setdefault((table, table.primary, table.key_of(row)), row)
        if kept is None:
            self.rows[table, table.primary, table.key_of(row)] = kept = row
        return kept

    def forget(self, place: tuple[Table, KeyNames, Any], row: Row | None) -> None:
        """Share a row no longer, under none of its keys: the next one who needs it reads it."""
        self.rows.pop(place, None)
        for key, value in place[0].keyed(row) if row is not None else ():
            self.rows.pop((place[0], key, value), None)

    def put(self, table: Table, row: Row) -> None:
        """Share a row that a handler left under every key that finds it."""
        for key, value in table.keyed(row):
            self.rows[table, key, value] = row

    def change(self, table: Table, row: Row, before: Row) -> None:
        """Share and remember a changed row."""
        primary = table.key_of(row)
        if primary in self.new.get(table, ()):
            self.new[table][primary] = row
        else:
            dirty = self.dirty.setdefault(table, {})
            dirty[primary] = (row, dirty[primary][1] if primary in dirty else before.version)
        if len(table.keys) > 1:
            self.leave(table, before, row)
        self.put(table, row)

    def leave(self, table: Table, before: Row, row: Row) -> None:
        """Find a row no longer under keys that it has left: somebody else may take them."""
        for key, value in set(table.keyed(before)) - set(table.keyed(row)):
            there = self.rows.get((table, key, value))
            if there is None or table.key_of(there) == table.key_of(row):
                self.rows[table, key, value] = None

    def add(self, table: Table, row: Row) -> None:
        """Share and remember a new row."""
        self.new.setdefault(table, {})[table.key_of(row)] = row
        self.put(table, row)

    def remove(self, table: Table, row: Row) -> None:
        """Forget a row, in the batch and, if it ever got there, in the database."""
        primary = table.key_of(row)
        if self.new.get(table, {}).pop(primary, None) is None:
            _, version = self.dirty.get(table, {}).pop(primary, (row, row.version))
            self.gone.setdefault(table, {})[primary] = (row, version)
        for key, value in table.keyed(row):
            self.rows[table, key, value] = None

    def flush(self) -> None:
        """Write everything that was remembered, a few set-based statements for each table, in the tables' order."""
        for table in sorted({*self.gone, *self.new, *self.dirty}, key=lambda table: table.name):
            if gone := self.gone.pop(table, None):
                self.engine.delete(table, *zip(*gone.values(), strict=True))
            if new := self.new.pop(table, None):
                self.engine.insert(table, list(new.values()))
            if dirty := self.dirty.pop(table, None):
                rows = [dirty[primary] for primary in sorted(dirty)]
                self.engine.update(table, [row for row, _ in rows], [version for _, version in rows])

    def clean(self) -> bool:
        """Whether nothing waits to be written."""
        return not (self.new or self.dirty or self.gone)
