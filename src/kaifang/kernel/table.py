"""Rows are what stays: the struct is the table, and its fields are the columns."""

from __future__ import annotations

import copy
import operator
import types
import typing
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, dataclass_transform

import msgspec

from .money import Money
from .shape import KeywordStruct, decoder, encode, field_types

R = TypeVar("R", bound="Row")
KeyNames = tuple[str, ...]
Column = tuple[str, str, bool, Any]  # name, SQL type, may be null, default


@dataclass_transform(kw_only_default=True, field_specifiers=(msgspec.field,))
class Row(msgspec.Struct, metaclass=KeywordStruct, gc=False):
    """One kept thing. `version` counts its changes, so that a lost race is seen."""

    version: int = 0


class Key:
    """Columns that find at most one row of a table; there is one object for each key, which is cheap to look up by."""

    __slots__ = ("table", "names", "of")

    def __init__(self, table: Table, names: KeyNames) -> None:
        self.table, self.names = table, names
        self.of = operator.attrgetter(*names)  # what a row has there: one column: the value; several: a tuple

    def __repr__(self) -> str:
        return f"{self.table.name}({', '.join(self.names)})"

    def finds(self, row: Row) -> bool:
        """Whether the row can be found by this key: one that is partly None finds nothing."""
        value = self.of(row)
        return None not in value if len(self.names) > 1 else value is not None


Place = tuple[Key, Any]  # where a row is found: a key, and the value there


class Table:
    """A kept struct: its name, columns, and the unique keys by which a row is found (the first is the primary one)."""

    def __init__(self, row: type[Row], name: str, keys: Sequence[KeyNames], index: Sequence[KeyNames], locked: bool):
        self.row, self.name, self.index, self.locked = row, name, tuple(index), locked
        self.keys = tuple(Key(self, names) for names in keys)
        self.primary, *self.others = self.keys
        self.key_of = self.primary.of
        self.columns = columns(row)
        self.names = tuple(column[0] for column in self.columns)
        kinds = field_types(row)
        self._readers = [(name, read) for name, kind in kinds.items() if (read := _reader(kind))]
        self._writers = [(i, write) for i, kind in enumerate(kinds.values()) if (write := _writer(kind))]
        self._values = operator.attrgetter(*self.names)
        self._nested = [name for name, kind in kinds.items() if _is_nested(kind)]
        self._shallow: Callable[[Any], Any] = row.__copy__  # type: ignore[attr-defined]
        self.copy = self._copy_deep if self._nested else self._shallow
        self._meant: dict[KeyNames, tuple[Key, Callable[[dict[str, Any]], Any]]] = {}
        unknown = {name for key in (*keys, *index) for name in key} - set(self.names)
        if unknown:
            raise TypeError(f"table {name}: no column {', '.join(sorted(unknown))}")

    def places(self, row: Row) -> list[Place]:
        """Wherever this row is found, first by its primary key."""
        found: list[Place] = [(self.primary, self.key_of(row))]
        if self.others:
            found += [(key, key.of(row)) for key in self.others if key.finds(row)]
        return found

    def place(self, values: dict[str, Any]) -> Place:
        """Where the row with these values in the columns of one of its keys is found."""
        try:
            key, value_of = self._meant[tuple(values)]
        except KeyError:
            key = self.key_meant(tuple(values))
            value_of = operator.itemgetter(*key.names)
            self._meant[tuple(values)] = key, value_of
        return key, value_of(values)

    def key_meant(self, names: KeyNames) -> Key:
        """The declared key with these columns, in whatever order."""
        key = next((key for key in self.keys if set(key.names) == set(names)), None)
        if key is None:
            raise TypeError(f"table {self.name} has no key {names}; it has {self.keys}")
        return key

    def values(self, row: Row) -> Sequence[Any]:
        """The row as the database keeps it."""
        values = list(self._values(row))
        for i, write in self._writers:
            values[i] = write(values[i])
        return values

    def _copy_deep(self, row: R) -> R:
        """Another row with the same values, down to what stands inside its columns."""
        mine: R = self._shallow(row)
        for name in self._nested:
            if value := getattr(mine, name):
                setattr(mine, name, copy.deepcopy(value))
        return mine

    def load(self, values: Sequence[Any]) -> Any:
        """The row that the database kept."""
        kept = dict(zip(self.names, values, strict=True))
        for name, read in self._readers:
            if kept[name] is not None:
                kept[name] = read(kept[name])
        return self.row(**kept)


tables: dict[str, Table] = {}
_of: dict[type, Table] = {}


@dataclass_transform(kw_only_default=True)
def table(
    name: str,
    *,
    key: str | KeyNames = "id",
    unique: Sequence[KeyNames] = (),
    index: Sequence[KeyNames] = (),
    locked: bool = False,
) -> Callable[[type[R]], type[R]]:
    """Keep a struct as a table. `locked` rows are contended by everybody and are locked when read for a change."""

    def keep(row: type[R]) -> type[R]:
        if name in tables:
            raise TypeError(f"two tables are named {name}")
        primary = (key,) if isinstance(key, str) else tuple(key)
        tables[name] = _of[row] = Table(row, name, [primary, *unique], index, locked)
        return row

    return keep


table_of: Callable[[type[Row]], Table] = _of.__getitem__  # the table that keeps this struct


def _bare(kind: Any) -> tuple[Any, bool]:
    """A type without its None, and whether it had one."""
    if typing.get_origin(kind) is typing.Annotated:
        return _bare(typing.get_args(kind)[0])
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        some = [part for part in typing.get_args(kind) if part is not type(None)]
        if len(some) == 1:
            return _bare(some[0])[0], True
    return kind, False


def _is_nested(kind: Any) -> bool:
    """Whether a column holds shapes, lists or dicts, which could be changed in place."""
    bare, _ = _bare(kind)
    return bare not in (int, str, bytes, float, bool, Money) and typing.get_origin(bare) is not typing.Literal


SQL = {int: "bigint", Money: "bigint", bool: "bigint", bytes: "blob", float: "double precision"}


def columns(row: type[Row]) -> list[Column]:
    """Name, SQL type, nullability and default of each column; what is no number is text, and shapes are JSON."""
    found = []
    for field in msgspec.structs.fields(row):
        kind, null = _bare(field_types(row)[field.encode_name])
        default = None if field.default is msgspec.NODEFAULT else field.default
        writer = _writer(kind)
        if field.default_factory is not msgspec.NODEFAULT:
            default = field.default_factory()
        if kind is Money and null:
            raise TypeError(f"{row.__name__}.{field.name}: an amount is never absent; use Money(0)")
        if writer and default is not None:
            default = writer(default)
        found.append((field.name, SQL.get(kind, "text"), null, default))
    return found


def _reader(kind: Any) -> Callable[[Any], Any] | None:
    bare, _ = _bare(kind)
    if bare in (int, str, bytes, float):
        return None
    if bare in (bool, Money):
        return bare  # type: ignore[no-any-return]
    if typing.get_origin(bare) is typing.Literal:
        return None
    return decoder(bare).decode


def _writer(kind: Any) -> Callable[[Any], Any] | None:
    bare, _ = _bare(kind)
    if bare is Money:
        return operator.attrgetter("minor")
    if bare is bool:
        return int
    if bare in (int, str, bytes, float) or typing.get_origin(bare) is typing.Literal:
        return None
    return lambda value: None if value is None else encode(value).decode()


def holding(text: str, *names: str) -> tuple[str, list[str]]:
    """The SQL condition that one of these columns holds a text, in small or large letters; and its values."""
    for sign in "!%_":
        text = text.replace(sign, f"!{sign}")
    condition = " or ".join(f"lower({name}) like lower(?) escape '!'" for name in names)
    return f"({condition})", [f"%{text}%"] * len(names)
