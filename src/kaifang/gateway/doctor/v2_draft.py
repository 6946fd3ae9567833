"""The text that a v2 request signs, as the platform puts it together and as others may have done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote, quote_plus, unquote_to_bytes

import msgspec

from kaifang.gateway.forms import CODECS

from .cases import Sent
from .finish import Ending, unchanged

MOST_FIELDS = 256
ESCAPE = re.compile("%[0-9A-F]{2}")


class Field(msgspec.Struct, frozen=True):
    """One field of a request."""

    name: bytes
    value: bytes  # decoded
    raw: bytes | None = None  # as it was sent
    in_body: bool = False

    @property
    def sent(self) -> bytes:
        """The value as it was sent, or would be."""
        return quote_plus(self.value).encode() if self.raw is None else self.raw

    def with_value(self, value: bytes) -> Field:
        """The same field saying something else."""
        return Field(self.name, value, None, self.in_body)


Fields = tuple[Field, ...]


def by_name(fields: Fields) -> Iterable[Field]:
    """The right order."""
    return sorted(fields, key=lambda field: field.name)


class Join(msgspec.Struct, frozen=True):
    """How names and values are joined."""

    between: bytes = b"&"
    inside: bytes = b"="
    around: bytes = b""  # each value
    names: bool = True  # whether they are written at all


class Draft(msgspec.Struct, frozen=True):
    """The fields of a request on their way to being signed."""

    fields: Fields  # as they were sent, without sign
    codec: str
    order: Callable[[Fields], Iterable[Field]] = by_name
    join: Join = Join()
    finish: Ending = unchanged

    def text(self) -> bytes:
        """What would be signed."""
        join = self.join
        head, tail = join.inside + join.around, join.around
        if join.names:
            parts = [field.name + head + field.value + tail for field in self.order(self.fields)]
        else:
            parts = [field.value for field in self.order(self.fields)]
        return self.finish(join.between.join(parts))

    @property
    def pieces(self) -> int:
        """How many fields there are."""
        return len(self.fields)

    def get(self, name: bytes) -> bytes | None:
        """The value of a field, or None if there is none."""
        return next((field.value for field in self.fields if field.name == name), None)

    def without(self, *names: bytes) -> Draft:
        """The draft with fields left out."""
        return self.of(field for field in self.fields if field.name not in names)

    def saying(self, name: bytes, value: bytes) -> Draft:
        """The draft with a field that says something else, or that was not sent at all."""
        if self.get(name) is None:
            return self.of((*self.fields, Field(name, value)))
        return self.of(field.with_value(value) if field.name == name else field for field in self.fields)

    def of(self, fields: Iterable[Field]) -> Draft:
        """The draft of other fields."""
        return msgspec.structs.replace(self, fields=tuple(fields))

    def valued(self, change: Callable[[Field], bytes]) -> Draft:
        """The draft with every value changed, but those that stay alike."""
        return self.of(Field(field.name, change(field), field.raw, field.in_body) for field in self.fields)


def read_fields(sent: Sent) -> Iterator[Field]:
    """The fields of a kept request in the order they were sent, a repeated one once, the signature too."""
    seen: set[bytes] = set()
    for part, in_body in ((sent.target.partition(b"?")[2], False), (sent.body, True)):
        for pair in part.split(b"&", MOST_FIELDS):
            name, _, raw = pair.partition(b"=")
            name = decoded(name)
            if pair and name not in seen:
                seen.add(name)
                yield Field(name, decoded(raw), raw, in_body)


def decoded(raw: bytes) -> bytes:
    """A value as it was meant by a form."""
    return unquote_to_bytes(raw.replace(b"+", b" "))


def bases(fields: Fields) -> list[Draft]:
    """The drafts that the platform itself accepts, the one it shows first: without empty values, with them, ..."""
    charset = next((field.value for field in fields if field.name == b"charset"), b"")
    codec = CODECS.get(charset.lower(), "utf-8")
    told = tuple(field for field in fields if field.name != b"sign")
    filled = tuple(field for field in told if field.value)
    unzeroed = tuple(field for field in filled if field.value != b"0")
    return [Draft(kept, codec) for kept in dict.fromkeys((filled, told, unzeroed))]


def java(value: bytes) -> bytes:
    """URL encoding as Java writes it."""
    return quote_plus(value, safe="*").replace("~", "%7E").encode()


def lower(value: bytes) -> bytes:
    """URL encoding as .NET writes it, in small letters."""
    return ESCAPE.sub(lambda found: found[0].lower(), quote_plus(value, safe="!*()")).encode()


ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "form": lambda value: quote_plus(value).encode(),
    "percent": lambda value: quote(value, safe="").encode(),
    "path": lambda value: quote(value).encode(),
    "component": lambda value: quote(value, safe="!'()*~").encode(),
    "uri": lambda value: quote(value, safe=";,/?:@&=+$-_.!~*'()#").encode(),
    "java": java,
    "lower": lower,
}
