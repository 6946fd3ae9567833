"""A batch: the rows that the handlers of one transaction share, and what they wrote."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ..table import Key, Place, Row, Table
from .engine import Engine, NotHere

Rows = defaultdict[Key, dict[Any, Row | None]]


class Batch:
    """The rows that the handlers of one transaction share, and what they wrote."""

    def __init__(self, engine: Engine, rows: Rows | None = None, *, writing: bool = True) -> None:
        self.engine, self.writing = engine, writing
        self.gather = False  # whether a handler that misses rows is interrupted, so that all reads go together
        self.rows: Rows = defaultdict(dict) if rows is None else rows
        self.wanted: set[Place] = set()
        self.new: dict[Table, dict[Any, Row]] = {}
        self.dirty: dict[Table, dict[Any, tuple[Row, int]]] = {}
        self.gone: dict[Table, dict[Any, tuple[Row, int]]] = {}

    def peek(self, place: Place) -> Row | None:
        """The shared row, or None; a handler that is missing rows in gathering mode is interrupted."""
        key, value = place
        shared = self.rows[key]
        try:
            return shared[value]
        except KeyError:
            if self.gather:
                self.wanted.add(place)
                raise NotHere from None
        (found,) = self.engine.read([(key, (value,))], self.writing)
        shared[value] = row = self.keep(key.table, found[0]) if found else None
        return row

    def knows(self, place: Place) -> bool:
        """Whether it has been read, even if nothing was there."""
        key, value = place
        return value in self.rows[key]

    def fetch(self) -> bool:
        """Read everything that was found missing, for each key in the order of its values; whether there was any."""
        groups: dict[Key, list[Any]] = {}
        for key, value in self.wanted:
            if value not in self.rows[key]:  # else somebody who does not wait has read it, and changed it
                groups.setdefault(key, []).append(value)
        self.wanted.clear()
        wanted = sorted(groups.items(), key=lambda group: (group[0].table.name, group[0].names))
        for _, values in wanted:
            values.sort()
        for (key, values), rows in zip(wanted, self.engine.read(wanted, self.writing), strict=True):
            shared = self.rows[key]
            shared.update(dict.fromkeys(values))
            for row in rows:
                shared[key.of(row)] = self.keep(key.table, row)
        return bool(wanted)

    def keep(self, table: Table, row: Row) -> Row:
        """Share a row that was read under its primary key, unless it is shared already: that one may be newer."""
        shared, primary = self.rows[table.primary], table.key_of(row)
        kept = shared.get(primary)
        if kept is None:
            shared[primary] = kept = row
        return kept

    def forget(self, place: Place, row: Row | None) -> None:
        """Share a row no longer, under none of its keys: the next one who needs it reads it."""
        for key, value in [place, *(place[0].table.places(row) if row is not None else ())]:
            self.rows[key].pop(value, None)

    def put(self, table: Table, row: Row) -> None:
        """Share a row that a handler left wherever it is found."""
        self.rows[table.primary][table.key_of(row)] = row
        for key in table.others:
            if key.finds(row):
                self.rows[key][key.of(row)] = row

    def change(self, table: Table, row: Row, before: Row) -> None:
        """Share and remember a changed row."""
        primary = table.key_of(row)
        if primary in self.new.get(table, ()):
            self.new[table][primary] = row
        else:
            dirty = self.dirty.setdefault(table, {})
            dirty[primary] = (row, dirty[primary][1] if primary in dirty else before.version)
        if table.others:
            self.leave(table, before, row)
        self.put(table, row)

    def leave(self, table: Table, before: Row, row: Row) -> None:
        """Find a row no longer in places that it has left: somebody else may take them."""
        for key, value in set(table.places(before)) - set(table.places(row)):
            there = self.rows[key].get(value)
            if there is None or table.key_of(there) == table.key_of(row):
                self.rows[key][value] = None

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
        for key, value in table.places(row):
            self.rows[key][value] = None

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
