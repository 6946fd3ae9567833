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
class Row(msgspec.Struct, metaclass=KeywordStruct):
    """One kept thing. `version` counts its changes, so that a lost race is seen."""

    version: int = 0


class Table:
    """A kept struct: its name, columns, and the unique keys by which a row is found (the first is the primary one)."""

    def __init__(self, row: type[Row], name: str, keys: Sequence[KeyNames], index: Sequence[KeyNames], locked: bool):
        self.row, self.name, self.keys, self.index, self.locked = row, name, tuple(keys), tuple(index), locked
        self.primary = self.keys[0]
        self.columns = columns(row)
        self.names = tuple(column[0] for column in self.columns)
        self._key_readers = {key: operator.attrgetter(*key) for key in self.keys}
        self.key_of = self._key_readers[self.primary]  # one column: the value; several: a tuple
        self._readers = [(name, read) for name, kind in field_types(row).items() if (read := _reader(kind))]
        self._writers = [(i, write) for i, kind in enumerate(field_types(row).values()) if (write := _writer(kind))]
        self._values = operator.attrgetter(*self.names)
        self._nested = [name for name, kind in field_types(row).items() if _is_nested(kind)]
        self._key_orders: dict[KeyNames, KeyNames] = {key: key for key in self.keys}
        unknown = {name for key in (*self.keys, *self.index) for name in key} - set(self.names)
        if unknown:
            raise TypeError(f"table {name}: no column {', '.join(sorted(unknown))}")

    def keyed(self, row: Row) -> list[tuple[KeyNames, Any]]:
        """Every key by which this row is found, with its value; a key that is partly None finds nothing."""
        if len(self.keys) == 1:
            return [(self.primary, self.key_of(row))]
        found = [(key, read(row)) for key, read in self._key_readers.items()]
        return [(key, value) for key, value in found if value is not None and (len(key) == 1 or None not in value)]

    def reader(self, key: KeyNames) -> Callable[[Row], Any]:
        """What reads the value of a key off a row."""
        return self._key_readers[key]

    def key_meant(self, names: KeyNames) -> KeyNames:
        """The declared key with these columns, in its own order."""
        key = self._key_orders.get(names)
        if key is None:
            key = next((key for key in self.keys if set(key) == set(names)), None)
            if key is None:
                raise TypeError(f"table {self.name} has no key {names}; it has {self.keys}")
            self._key_orders[names] = key
        return key

    def values(self, row: Row) -> Sequence[Any]:
        """The row as the database keeps it."""
        values = list(self._values(row))
        for i, write in self._writers:
            values[i] = write(values[i])
        return values

    def copy(self, row: R) -> R:
        """Another row with the same values, down to what stands inside its columns."""
        mine = copy.copy(row)
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


def table_of(row: type[Row]) -> Table:
    """The table that keeps this struct."""
    return _of[row]


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
