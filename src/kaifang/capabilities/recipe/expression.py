"""Expressions in CEL: bounded, without side effects, without a clock; amounts are whole fen.

Beside CEL's own: `yuan(500)` is "5.00", `fen("5.00")` is 500, `after(moment, "2h")` and `before(moment, "1d")` are
moments, and `clock(moment, "20:00")` is that time of the same day.
"""

import functools
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cel_expr_python import cel
from cel_expr_python.ext import ext_strings

from kaifang.kernel import Moment, Money
from kaifang.kernel.clock import lasts

MULTIPLIES = re.compile(r"\b(?:map|replace|quote)\b")  # one after the other they make a short text fill the memory
INSIDE = re.compile(r"\{\{((?:(?!\}\}).)+)\}\}")
LONGEST_TEXT, LONGEST_NAME = 4096, 200
MAP = cel.Type.Map(cel.Type.STRING, cel.Type.DYN)
VARIABLES = {"event": MAP, "inputs": MAP, "steps": MAP, "heard": MAP, "run": MAP, "merchant": MAP}


class Wrong(Exception):
    """An expression cannot be read, or has no value."""


def moved(moment: str, length: str, sign: int) -> str:
    """A moment so much later, or earlier."""
    return str(Moment(Moment.parse(moment).ms + sign * lasts(length)))


def function(name: str, run: Any, answer: Any, *takes: Any) -> Any:
    """A function that expressions may call."""
    return cel.FunctionDecl(name, [cel.Overload(id=name, return_type=answer, parameters=list(takes), impl=run)])


TEXT, WHOLE = cel.Type.STRING, cel.Type.INT
FUNCTIONS = [
    function("yuan", lambda fen: str(Money(fen)), TEXT, WHOLE),
    function("fen", lambda text: Money.parse(text).minor, WHOLE, TEXT),
    function("after", lambda moment, length: moved(moment, length, 1), TEXT, TEXT, TEXT),
    function("before", lambda moment, length: moved(moment, length, -1), TEXT, TEXT, TEXT),
    function("clock", lambda moment, time: str(Moment.parse(f"{moment[:10]} {time}")), TEXT, TEXT, TEXT),
]


@functools.cache
def environment(*names: str) -> Any:
    """What expressions may speak of."""
    return cel.NewEnv(
        variables={name: VARIABLES[name] for name in names}, extensions=[ext_strings.ExtStrings()], functions=FUNCTIONS
    )


@functools.lru_cache(10_000)
def compiled(text: str, *names: str) -> Any:
    """An expression, read once."""
    if len(MULTIPLIES.findall(text)) > 1:
        raise Wrong("it may use one of map, replace and quote, once")
    try:
        return environment(*(names or VARIABLES)).compile(text)
    except RuntimeError as problem:
        raise Wrong(said(problem)) from None


def said(problem: Exception) -> str:
    """The first line of what the library says."""
    return str(problem).partition("\n")[0].removeprefix("INVALID_ARGUMENT: ").removeprefix("ERROR: ")[:200]


def value(text: str, known: Mapping[str, Any], *names: str) -> Any:
    """What an expression is, as things stand."""
    expression = compiled(text, *names)
    data = {name: known.get(name, {}) for name in names or VARIABLES}
    try:
        found = expression.eval(data=data)
    except (RuntimeError, TypeError, ValueError) as problem:
        raise Wrong(f"{text}: {said(problem)}") from None
    if found.type() == cel.Type.ERROR:
        raise Wrong(f"{text}: {str(found.plain_value())[:200]}")
    return found.plain_value()


def truth(text: str | None, known: Mapping[str, Any]) -> bool:
    """Whether a condition holds; one that is not there does."""
    if text is None:
        return True
    found = value(text, known)
    if not isinstance(found, bool):
        raise Wrong(f"{text}: it is neither true nor false")
    return found


def whole(text: str, known: Mapping[str, Any], *names: str) -> int:
    """What an expression counts."""
    found = value(text, known, *names)
    if isinstance(found, bool) or not isinstance(found, int):
        raise Wrong(f"{text}: it is no whole number")
    return found


def line(text: str, known: Mapping[str, Any]) -> str:
    """What an expression says."""
    found = value(text, known)
    if not isinstance(found, str) or len(found) > LONGEST_TEXT:
        raise Wrong(f"{text}: it is no text, or too long a one")
    return found


def short(text: str, known: Mapping[str, Any]) -> str:
    """What an expression is, as something to be known by."""
    found = written(value(text, known))
    if len(found) > LONGEST_NAME:
        raise Wrong(f"{text}: longer than {LONGEST_NAME} characters")
    return found


def fill(part: Any, known: Mapping[str, Any]) -> Any:
    """Put what expressions are in the place of `{{...}}`, through lists and objects."""
    if isinstance(part, dict):
        return {name: fill(inner, known) for name, inner in part.items()}
    if isinstance(part, list):
        return [fill(inner, known) for inner in part]
    if not isinstance(part, str):
        return str(part) if isinstance(part, Decimal) else part
    if found := INSIDE.fullmatch(part):
        return bare(value(found[1], known))
    filled = INSIDE.sub(lambda found: written(value(found[1], known)), part)
    if len(filled) > LONGEST_TEXT:
        raise Wrong(f"{part[:100]}: too long a text")
    return filled


def bare(found: Any) -> Any:
    """A value as it travels."""
    if isinstance(found, dict):
        return {str(name): bare(inner) for name, inner in found.items()}
    if isinstance(found, list):
        return [bare(inner) for inner in found]
    if found is None or isinstance(found, str | bool | int):
        return found
    raise Wrong(f"{type(found).__name__} does not travel; use text and whole numbers")


def written(found: Any) -> str:
    """A value inside text."""
    if isinstance(found, bool):
        return str(found).lower()
    if isinstance(found, str | int):
        return str(found)
    raise Wrong(f"{type(found).__name__} cannot stand inside text")


def expressions(part: Any) -> list[str]:
    """Every expression in what a step is asked."""
    if isinstance(part, dict):
        return [text for inner in part.values() for text in expressions(inner)]
    if isinstance(part, list):
        return [text for inner in part for text in expressions(inner)]
    return INSIDE.findall(part) if isinstance(part, str) else []
