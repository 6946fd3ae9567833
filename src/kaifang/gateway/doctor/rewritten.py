"""JSON written in other ways: the same content in the bytes that another library, or another call, would have made."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

MOST_WRITTEN = 512 * 1024  # bytes, all forms of a text together
SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


class Number(str):
    """A number as it was written."""

    __slots__ = ()


class Members(list[tuple[str, Any]]):
    """The members of an object in their order."""


class Style(NamedTuple):
    """How JSON is written."""

    comma: str = ","
    colon: str = ":"
    indent: str = ""  # of one level; empty: all in one line
    by_name: bool = False
    escapes: str = ""  # how non-ASCII letters are written: raw, in lower case or in upper case
    slashes: bool = False  # whether / is escaped
    html: bool = False  # whether < > & are escaped, as Go does
    nulls: bool = True  # whether members without a value are written


LAYOUTS = (
    ("compact", Style()),
    ("spaces", Style(", ", ": ")),
    ("spaces", Style(",", ": ")),
    ("indented", Style(",", ": ", "  ")),
    ("indented", Style(",", ": ", "    ")),
    ("indented", Style(",", ": ", "\t")),
)


@lru_cache(maxsize=8)
def rewritten(text: bytes, codec: str = "utf-8") -> tuple[tuple[str, bytes], ...]:
    """The other forms of a JSON text, each with what is different; none if it is no JSON."""
    found: dict[bytes, str] = {}
    budget = MOST_WRITTEN
    try:
        value = json.loads(text.decode(codec), object_pairs_hook=Members, parse_float=Number, parse_int=Number)
        for detail, style in styles(value) if isinstance(value, Members | list) else ():
            form = write(value, style).encode(codec)
            budget -= len(form)
            if budget < 0:
                break
            if form != text:
                found.setdefault(form, detail)
    except (ValueError, RecursionError):
        pass
    return tuple((detail, form) for form, detail in found.items())


def styles(value: Any) -> Iterator[tuple[str, Style]]:
    """The styles that can make a difference to this value, the simplest first."""
    special = write(value, Style())
    escapes = ("",) if special.isascii() else ("", "lower", "upper")
    slashes = (False, True) if "/" in special else (False,)
    html = (False, True) if any(letter in special for letter in "<>&") else (False,)
    nulls = (True, False) if "null" in special else (True,)
    ways = product((False, True), escapes, slashes, html, nulls)
    for by_name, escape, slash, page, null in sorted(ways, key=lambda way: sum(map(bool, way[:4])) + (not way[4])):
        for layout, style in LAYOUTS:
            details = {"order": by_name, "escapes": escape, "slashes": slash, "html": page, "nulls": not null}
            detail = ", ".join([layout, *(name for name, changed in details.items() if changed)])
            yield detail, style._replace(by_name=by_name, escapes=escape, slashes=slash, html=page, nulls=null)


def write(value: Any, style: Style, depth: int = 0) -> str:
    """A value as JSON."""
    if isinstance(value, Members):
        kept = [(name, part) for name, part in value if style.nulls or part is not None]
        told = sorted(kept, key=lambda member: member[0]) if style.by_name else kept
        parts = [f"{quote(name, style)}{style.colon}{write(part, style, depth + 1)}" for name, part in told]
        return enclosed("{}", parts, style, depth)
    if isinstance(value, list):
        return enclosed("[]", [write(part, style, depth + 1) for part in value], style, depth)
    if isinstance(value, Number):
        return str(value)
    return quote(value, style) if isinstance(value, str) else json.dumps(value)


def enclosed(brackets: str, parts: list[str], style: Style, depth: int) -> str:
    """The parts of an object or list."""
    if not style.indent or not parts:
        return brackets[0] + style.comma.join(parts) + brackets[1]
    line = "\n" + style.indent * depth
    return brackets[0] + style.comma.join(f"{line}{style.indent}{part}" for part in parts) + line + brackets[1]


def quote(text: str, style: Style) -> str:
    """A string."""
    return '"' + "".join([written(letter, style) for letter in text]) + '"'


def written(letter: str, style: Style) -> str:
    """One letter of a string."""
    if letter in SHORT:
        return SHORT[letter]
    if letter == "/":
        return "\\/" if style.slashes else "/"
    if letter < " " or style.html and letter in "<>&":
        return f"\\u{ord(letter):04x}"
    if letter < "\x7f" or not style.escapes:
        return letter
    return "".join(CASES[style.escapes](f"{unit:04x}") for unit in units(letter))


CASES: dict[str, Callable[[str], str]] = {"lower": "\\u{}".format, "upper": lambda unit: f"\\u{unit.upper()}"}


def units(letter: str) -> list[int]:
    """The UTF-16 code units of a letter."""
    data = letter.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(data[at : at + 2]) for at in range(0, len(data), 2)]
