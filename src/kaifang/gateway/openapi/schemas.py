"""Shapes as JSON schemas: names, notes, lengths and choices are read from the types, and nothing is said twice."""

from __future__ import annotations

import typing
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import inspect

from kaifang.kernel import Amount, Moment, Money, Page, Return
from kaifang.kernel.shape import field_types, notes, plain

REF = "#/components/schemas/"
Schema = dict[str, Any]
KINDS: dict[type, Schema] = {  # what is text on the wire; `format` tells forms and readers what the text means
    Money: {"type": "string", "format": "money", "pattern": r"^-?\d{1,15}(\.\d{1,3})?$", "examples": ["88.88"]},
    Amount: {"type": "string", "format": "amount", "pattern": r"^\d{1,9}(\.\d{1,2})?$", "examples": ["88.88"]},
    Moment: {
        "type": "string", "format": "moment", "pattern": r"^\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?$",
        "examples": ["2026-01-31 08:00:00"],
    },
}  # fmt: skip
WRITTEN: dict[type, Schema] = {  # shapes that travel otherwise than they are kept
    Page: {
        "type": "object", "description": "Where a browser or the wallet goes on.",
        "properties": {"page_redirection_data": {"type": "string", "format": "uri", "description": "the address"}},
        "required": ["page_redirection_data"],
    },
    Return: {"type": "string", "description": "A signed address to go back to, or the signed text for an app."},
}  # fmt: skip
LIMITS = {  # what a type says of its values -> the same in a schema
    "ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum", "pattern": "pattern",
    "multiple_of": "multipleOf", "min_length": "minLength", "max_length": "maxLength",
}  # fmt: skip


class Schemas:
    """The schemas of some shapes and of all inside them: the name of each, and what it is by name."""

    def __init__(self, roots: Iterable[type[msgspec.Struct]]) -> None:
        shapes = reached(roots)
        self.names = names(shapes)
        told = {self.names[shape]: self.shape(shape) for shape in shapes}
        self.by_name: dict[str, Schema] = dict(sorted(told.items()))

    def of(self, shape: type) -> Schema:
        """What a shape is."""
        return self.by_name[self.names[shape]]

    def ref(self, shape: type) -> Schema:
        """Where that is said."""
        return {"$ref": REF + self.names[shape]}

    def shape(self, shape: type[msgspec.Struct]) -> Schema:
        """A shape, each member with its note."""
        if shape in WRITTEN:
            return WRITTEN[shape]
        fields, told = typing.cast(inspect.StructType, inspect.type_info(shape)).fields, notes(shape)
        members = {field.encode_name: self.member(field, told.get(field.name, "")) for field in fields}
        needed = [field.encode_name for field in fields if field.required]
        said = {"description": shape.__doc__ and " ".join(shape.__doc__.split()), "required": needed}
        return {"type": "object", "properties": members} | {name: value for name, value in said.items() if value}

    def member(self, field: inspect.Field, note: str) -> Schema:
        """A member: its type, its note, and what it is if it is left out; null is left out, too."""
        kind = field.type
        if field.default is None and isinstance(kind, inspect.UnionType):
            rest = tuple(part for part in kind.types if not isinstance(part, inspect.NoneType))
            kind = inspect.UnionType(rest) if len(rest) > 1 else rest[0]
        told = self.kind(kind)
        if note:
            told = told | {"description": note}
        if field.default not in (msgspec.NODEFAULT, None, ""):
            told = told | {"default": plain(field.default)}
        return told

    def kind(self, kind: inspect.Type) -> Schema:
        """Any type."""
        limits = {said: value for name, said in LIMITS.items() if (value := getattr(kind, name, None)) is not None}
        match kind:
            case inspect.StructType(cls=shape):
                return self.ref(shape)
            case inspect.CustomType(cls=cls):
                return dict(KINDS[cls])
            case inspect.Metadata(type=inner, extra_json_schema=extra):
                return self.kind(inner) | (extra or {})
            case inspect.LiteralType(values=values):
                return choice(values)
            case inspect.UnionType(types=types):
                return {"anyOf": [self.kind(one) for one in types]}
            case inspect.DictType(value_type=inner):
                return {"type": "object", "additionalProperties": self.kind(inner)}
            case inspect.ListType(item_type=inner) | inspect.VarTupleType(item_type=inner):
                told = {name.replace("Length", "Items"): value for name, value in limits.items()}
                return {"type": "array", "items": self.kind(inner)} | told
            case inspect.BytesType():
                return {"type": "string", "contentEncoding": "base64"}
            case inspect.AnyType() | inspect.RawType():
                return {}
        return {"type": SCALARS[type(kind)]} | limits


SCALARS: dict[type, str] = {
    inspect.StrType: "string", inspect.IntType: "integer", inspect.FloatType: "number", inspect.BoolType: "boolean",
    inspect.DecimalType: "number", inspect.NoneType: "null",
}  # fmt: skip


def choice(values: Iterable[Any]) -> Schema:
    """One of these."""
    kinds = {"integer" if isinstance(value, int) else "string" for value in values}
    return ({"type": kinds.pop()} if len(kinds) == 1 else {}) | {"enum": list(values)}


def reached(roots: Iterable[type[msgspec.Struct]]) -> list[type[msgspec.Struct]]:
    """These shapes and those inside them, each once."""
    found = list(dict.fromkeys(roots))
    for shape in found:
        for kind in {} if shape in WRITTEN else field_types(shape).values():
            found += [one for one in structs(kind) if one not in found]
    return found


def structs(kind: Any) -> list[type[msgspec.Struct]]:
    """The shapes that a type names, in lists and choices too."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return [kind]
    return list(dict.fromkeys(found for part in typing.get_args(kind) for found in structs(part)))


def names(shapes: list[type[msgspec.Struct]]) -> dict[type, str]:
    """`trade.Refund`, or `trade.refund.Refund` where a capability has two of that name."""
    short = {shape: f"{shape.__module__.split('.')[2]}.{shape.__name__}" for shape in shapes}
    many = list(short.values())
    return {
        shape: name if many.count(name) == 1 else f"{'.'.join(shape.__module__.split('.')[2:])}.{shape.__name__}"
        for shape, name in short.items()
    }
