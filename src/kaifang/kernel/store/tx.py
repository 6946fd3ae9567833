"""A unit of work's own view of the rows."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from ..table import Place, Row, Table, table_of
from .batch import Batch
from .engine import NotHere, ReadOnly

R = TypeVar("R", bound=Row)
VERSION = operator.attrgetter("version")
MANY = 16  # rows that are read in one go even by a handler that is not begun again for them


class Tx:
    """What one handler sees: its own copies of rows, which reach the layer below only if it returns."""

    def __init__(self, below: Batch | Tx) -> None:
        self.below = below
        self.batch: Batch = below if isinstance(below, Batch) else below.batch
        self.own: dict[Place, Row | None] = {}
        self.held: dict[Place, tuple[Row, Row]] = {}  # primary key -> row as it was, own copy
        self.new: dict[Place, Row] = {}  # by primary key too
        self.gone: dict[Place, Row] = {}  # as they were
        self.refused = False  # whether something within refused: then nothing of this may be kept
        self.written: list[tuple[Table, Row]] = []  # what a query made us write early,
        self.saved = False  # under this savepoint
        self.savepoint: str = f"s{len(below.layers()) if isinstance(below, Tx) else 0}"

    def peek(self, place: Place) -> Row | None:
        """The row as this handler left it, not copied."""
        return self.own[place] if place in self.own else self.below.peek(place)

    def find(self, kind: type[R], **values: Any) -> R | None:
        """The row with this key, or None: the handler's own copy, to be changed in place."""
        return self.take(table_of(kind).place(values))  # type: ignore[no-any-return]

    def want(self, kind: type[Row], values: Sequence[Any]) -> None:
        """Say which rows, by primary key, will be needed together, so that they are read (and locked) in one go."""
        batch, key = self.batch, table_of(kind).primary
        if not batch.gather and len(values) < MANY:
            return
        missing = [place for value in values if not batch.knows(place := (key, value))]
        if missing:
            batch.wanted.update(missing)
            if batch.gather:
                raise NotHere
            batch.fetch()

    def take(self, place: Place) -> Any:
        """The row at a place as an own copy."""
        if place in self.own:
            return self.own[place]
        row = self.below.peek(place)
        if row is None:
            return None
        table = place[0].table
        home = place
        if place[0] is not table.primary:
            home = (table.primary, table.key_of(row))
            if home in self.own:
                return self.own[home]
        self.own[place] = self.own[home] = mine = table.copy(row)
        self.held[home] = (row, mine)
        return mine

    def add(self, row: R) -> R:
        """Keep a new row."""
        table = table_of(type(row))
        if not self.batch.writing:
            raise ReadOnly(f"a row of {table.name}")
        places = table.places(row)
        self.new[places[0]] = row
        for place in places:
            self.own[place] = row
        return row

    def remove(self, row: Row) -> None:
        """Forget a row that `find` gave or `add` took."""
        places = table_of(type(row)).places(row)
        home = places[0]
        if self.new.pop(home, None) is None:
            was, _ = self.held.pop(home, (row, row))
            self.gone[home] = max(was, row, key=VERSION)  # a unit within this one may have written it itself
        for place in places:
            self.own[place] = None

    def changed(self) -> list[tuple[Table, Row, Row]]:
        """The own copies that differ from what was read: table, as it was, as it is."""
        return [(key.table, was, row) for (key, _), (was, row) in self.held.items() if row != was]

    def merge(self) -> None:
        """Hand everything to the layer below: the handler returned."""
        assert not self.refused, "what another capability refused was survived: ask for it within work.attempt()"
        changed = self.changed()
        if changed and not self.batch.writing:
            raise ReadOnly(f"a row of {changed[0][0].name}")
        if isinstance(self.below, Tx):
            self._merge_into(self.below, changed)
        else:
            self._merge_into_batch(self.below, changed)
        if self.saved:
            self.batch.engine.execute(f"release savepoint {self.savepoint}")

    def _merge_into_batch(self, batch: Batch, changed: list[tuple[Table, Row, Row]]) -> None:
        if self.saved:
            for place, row in self.own.items():  # the database has it now; whoever needs it next reads it there
                batch.forget(place, row)
        for table, was, row in changed:
            row.version = was.version + 1
            batch.change(table, row, was)
        for (key, _), row in self.gone.items():
            batch.remove(key.table, row)
        for (key, _), row in self.new.items():
            batch.add(key.table, row)

    def _merge_into(self, below: Tx, changed: list[tuple[Table, Row, Row]]) -> None:
        for table, was, row in changed:
            below.accept(table, was, row)
        for table, row in self.written:
            kept = self.held.get((table.primary, table.key_of(row)))
            if kept is not None:  # else it was removed afterwards
                below.accept(table, *kept)
                below.mark_written(table, *kept)
        for place in [place for place, row in self.own.items() if row is None]:
            below.own[place] = None  # also what a query made us remove early
        for row in self.gone.values():
            below.remove(row)
        for row in self.new.values():
            below.add(row)

    def accept(self, table: Table, was: Row, row: Row) -> None:
        """Take over a row that a unit within this one changed; whoever holds our copy sees the change."""
        home = (table.primary, table.key_of(row))
        mine = self.own.get(home)
        if mine is not None:
            for name in table.names:
                setattr(mine, name, getattr(row, name))
            return
        self.held[home] = (was, row)
        for place in table.places(row):
            self.own[place] = row

    def mark_written(self, table: Table, as_written: Row, row: Row) -> None:
        """Remember what the database has already of a row that was taken over."""
        home = (table.primary, table.key_of(row))
        mine = self.own[home]
        assert mine is not None
        self.held[home] = (as_written, mine)
        self.written.append((table, mine))

    def drop(self) -> None:
        """Undo what a query made us write early: the handler failed."""
        if self.saved:
            self.batch.engine.execute(f"rollback to savepoint {self.savepoint}")
            self.batch.engine.execute(f"release savepoint {self.savepoint}")

    def query(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Ask the database, after everything written so far was flushed under a savepoint."""
        self.batch.gather = False  # the question is a round trip anyway: this handler goes on directly
        self._write_ahead()
        return self.batch.engine.select(sql, values)

    def select(
        self, kind: type[R], where: str = "1 = 1", values: Sequence[Any] = (), order: str = "", limit: int = 0, *,
        offset: int = 0,
    ) -> list[R]:  # fmt: skip
        """The rows for which an SQL condition holds, as own copies; `?` stands for each value."""
        table = table_of(kind)
        columns = ", ".join(f'"{name}"' for name in table.names)
        sql = f'select {columns} from "{table.name}" where {where}'
        sql += (f" order by {order}" if order else "") + (f" limit {limit:d} offset {offset:d}" if limit else "")
        rows = [table.load(found) for found in self.query(sql, values)]
        for row in rows:
            self.batch.keep(table, row)
        return [self.take((table.primary, table.key_of(row))) for row in rows]

    def _write_ahead(self) -> None:
        """Let the database see what was written so far: the batch's part for good, ours under a savepoint."""
        layers = self.layers()
        if not self.batch.clean():
            self.batch.flush()
        if not any(layer.new or layer.gone or layer.changed() for layer in layers):
            return
        for layer in layers:
            if not layer.saved:
                layer.saved = True
                self.batch.engine.execute(f"savepoint {layer.savepoint}")
            layer.write()

    def layers(self) -> list[Tx]:
        """The units of work around this one and itself, the outermost first."""
        return [*self.below.layers(), self] if isinstance(self.below, Tx) else [self]

    def write(self) -> None:
        """Write what is ours, each table's rows with one statement, and remember it as written."""
        engine, new, changed = self.batch.engine, self.new, self.changed()
        for table, was, row in changed:
            row.version = was.version + 1
            self.batch.forget((table.primary, table.key_of(was)), was)
        for table, rows in by_table((key.table, row) for (key, _), row in self.gone.items()):
            engine.delete(table, rows, [row.version for row in rows])
        for table, rows in by_table((key.table, row) for (key, _), row in new.items()):
            engine.insert(table, rows)
        for table, rows in by_table((table, row) for table, _, row in changed):
            engine.update(table, rows, [row.version - 1 for row in rows])
        for table, row in [(key.table, row) for (key, _), row in new.items()] + [(t, row) for t, _, row in changed]:
            self.held[table.primary, table.key_of(row)] = (table.copy(row), row)
            self.written.append((table, row))
        self.gone.clear()
        self.new.clear()


def by_table(rows: Iterable[tuple[Table, Row]]) -> Iterable[tuple[Table, list[Row]]]:
    """The rows of each table together, tables and rows in the order in which they came."""
    found: dict[Table, list[Row]] = {}
    for table, row in rows:
        found.setdefault(table, []).append(row)
    return found.items()
