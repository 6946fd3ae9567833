"""Shapes are what travels: requests and answers, checked when they are read."""

from __future__ import annotations

import ast
import functools
import inspect
import io
import re
import sys
import tokenize
import types
import typing
from decimal import Decimal
from typing import Annotated, Any, TypeVar, dataclass_transform

import msgspec
from msgspec import Meta

from .clock import Moment
from .fault import ILLEGAL_JSON, INVALID_PARAMETER, Fault
from .money import Money

# The lengths of text that requests may carry: every text field has one, so nobody sends a novel.
Key = Annotated[str, Meta(min_length=1, max_length=64)]  # a number or name that identifies
Line = Annotated[str, Meta(max_length=256)]  # a title, a remark
Text = Annotated[str, Meta(max_length=4096)]  # a description, JSON inside text
Address = Annotated[str, Meta(max_length=2048)]  # a URL
Flag = typing.Literal["Y", "N"]
Count = Annotated[int, Meta(ge=0, le=10**9)]

T = TypeVar("T")


@dataclass_transform(kw_only_default=True, field_specifiers=(msgspec.field,))
class KeywordStruct(msgspec.StructMeta):
    """Structs whose fields are given by name, in any order; msgspec asks for that at every subclass again."""

    def __new__(mcls, name: str, bases: tuple[type, ...], body: dict[str, Any], **options: Any) -> Any:
        """Make a struct class, by name unless it says otherwise."""
        return super().__new__(mcls, name, bases, body, **{"kw_only": True, **options})


@dataclass_transform(kw_only_default=True, field_specifiers=(msgspec.field,))
class Shape(msgspec.Struct, metaclass=KeywordStruct, omit_defaults=True, gc=False):
    """A request or an answer. Absent members are None and do not travel."""


def encode(value: object) -> bytes:
    """The JSON of a shape: amounts and moments as text, absent members left out."""
    return _encoder.encode(value)


def plain(value: object) -> Any:
    """The same as `encode`, as dicts, lists and text."""
    return msgspec.to_builtins(value, enc_hook=_write)


def _write(value: object) -> object:
    if isinstance(value, Money | Moment):
        return str(value)
    raise TypeError(f"{type(value).__name__} does not travel")


def _read(kind: type, value: object) -> object:
    if isinstance(value, kind):
        return value  # asked by another capability, not over the wire
    if issubclass(kind, Money) and isinstance(value, Money):
        return kind.parse(str(value), value.currency)
    if issubclass(kind, Money | Moment):
        return kind.parse(value)
    raise TypeError(f"{kind.__name__} does not travel")


_encoder = msgspec.json.Encoder(enc_hook=_write)
_raw = msgspec.json.Decoder(float_hook=Decimal)


@functools.cache
def decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    """What reads JSON as this kind, with amounts and moments in it."""
    return msgspec.json.Decoder(kind, dec_hook=_read, strict=False, float_hook=Decimal)


def decode(body: bytes, kind: type[T]) -> T:
    """Read JSON as a shape; what official clients write loosely is accepted, what is wrong is named."""
    if b"\\u0000" in body:
        refuse_zeros(parsed(body))
    try:
        return typing.cast(T, decoder(typing.cast(Any, kind)).decode(body))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return convert(parsed(body), kind)  # looser, or saying what is wrong


def parsed(body: bytes) -> Any:
    """JSON as dicts, lists, text and exact numbers."""
    try:
        return _raw.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise ILLEGAL_JSON(field="biz_content", reason="not JSON in UTF-8") from None
    except RecursionError:
        raise ILLEGAL_JSON(field="biz_content", reason="nested too deep") from None


def refuse_zeros(value: object, path: str = "") -> None:
    """Refuse zero characters in text: PostgreSQL keeps none, and a whole batch would fail for one."""
    if isinstance(value, dict):
        for name, part in value.items():
            refuse_zeros(name, path)
            refuse_zeros(part, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            refuse_zeros(part, f"{path}[{number}]")
    elif isinstance(value, str) and "\0" in value:
        raise INVALID_PARAMETER(field=path or "biz_content", reason="it holds a zero character")


def convert(value: object, kind: type[T]) -> T:
    """Read dicts, lists and text as a shape, as loosely as `decode` does."""
    try:
        return msgspec.convert(value, kind, dec_hook=_read, strict=False)
    except msgspec.ValidationError:
        pass
    try:
        return msgspec.convert(loosen(value, kind), kind, dec_hook=_read, strict=False)
    except msgspec.ValidationError as problem:
        raise explain(problem) from None


def loosen(value: Any, kind: Any) -> Any:
    """Turn what official clients write loosely into what the type says: see the protocol notes, 6.2."""
    origin = typing.get_origin(kind)
    if origin is Annotated:
        return loosen(value, typing.get_args(kind)[0])
    if origin in (typing.Union, types.UnionType):
        some = [part for part in typing.get_args(kind) if part is not type(None)]
        return None if value is None or value == "" and some != [str] else loosen(value, some[0])
    if isinstance(value, str) and (origin in (list, dict) or _is_shape(kind)):
        value = _opened(value)
    if origin is list and isinstance(value, list):
        return [loosen(part, typing.get_args(kind)[0]) for part in value]
    if _is_shape(kind) and isinstance(value, dict):
        hints = field_types(kind)
        return {name: loosen(part, hints[name]) if name in hints else part for name, part in value.items()}
    if kind is bool and value in ("Y", "T", "N", "F"):
        return value in ("Y", "T")
    if kind is str and isinstance(value, int | Decimal):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return value


def _is_shape(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _opened(text: str) -> Any:
    """JSON inside a string, as older clients nest lists; the text itself if it is none."""
    try:
        found = _raw.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return text
    refuse_zeros(found)
    return found


PLACE = re.compile(r"^(?P<why>.*?)(?: - at `(?:key in )?\$(?P<path>[^`]*)`)?$", re.DOTALL)
MISSING = re.compile(r"Object missing required field `([^`]+)`")


def explain(problem: msgspec.ValidationError) -> Fault:
    """The field and the reason, out of the decoder's message."""
    found = PLACE.match(str(problem))
    assert found is not None
    path, why = (found["path"] or "").lstrip("."), found["why"]
    missing = MISSING.match(why)
    if missing:
        return INVALID_PARAMETER(field=f"{path}.{missing[1]}".lstrip("."), reason="missing; it is required")
    if not path and why.startswith("Expected `object`"):
        return ILLEGAL_JSON(field="biz_content", reason=why[:200])
    return INVALID_PARAMETER(field=path or "biz_content", reason=why[:200])


@functools.cache
def field_types(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """The wire name and full type of each field."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return {field.encode_name: hints[field.name] for field in msgspec.structs.fields(kind)}


@functools.cache
def notes(kind: type) -> dict[str, str]:
    """The trailing comment of each field, by name: what the portal prints beside it."""
    found: dict[str, str] = {}
    for part in reversed(kind.__mro__):
        if isinstance(part, KeywordStruct) and part is not Shape:
            found |= _comments(_source(part))
    return found


def _source(kind: type) -> str:
    """The lines of a class; each file is parsed once, which inspect does for every class anew."""
    lines, begins = _classes(kind.__module__)
    if kind.__qualname__ not in begins:
        return inspect.getsource(kind)
    return "".join(inspect.getblock(lines[begins[kind.__qualname__] - 1 :]))


@functools.cache
def _classes(module: str) -> tuple[list[str], dict[str, int]]:
    """The lines of a module, and on which each of its classes begins."""
    lines = inspect.getsource(sys.modules[module]).splitlines(keepends=True)
    body = ast.parse("".join(lines)).body
    return lines, {node.name: node.lineno for node in body if isinstance(node, ast.ClassDef)}


def _comments(source: str) -> dict[str, str]:
    """`name: type  # comment` lines of a class body; a comment alone on a line continues the one before."""
    found: dict[str, str] = {}
    name, fresh = "", True
    for token in tokenize.generate_tokens(io.StringIO(inspect.cleandoc(source)).readline):
        if token.type == tokenize.NEWLINE:
            fresh = True
        elif token.type == tokenize.NAME and fresh:
            name, fresh = token.string, False
        elif token.type == tokenize.COMMENT and name:
            found[name] = " ".join(filter(None, [found.get(name), token.string.lstrip("# ")]))
    return found
