"""What merchants fill in, and what their systems tell: each value read by its kind."""

import re
from collections.abc import Mapping
from typing import Any

from kaifang.kernel import Moment, Money
from kaifang.kernel.clock import lasts

from .language import Field, Input

CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
LONGEST = 256


def text(told: Any) -> str:
    """A line of text."""
    if not isinstance(told, str) or len(told) > LONGEST:
        raise ValueError(f"text of at most {LONGEST} characters")
    return told


def amount(told: Any) -> int:
    """Yuan, as fen."""
    return Money.parse(told).minor


def count(told: Any) -> int:
    """A whole number that is not below zero."""
    if isinstance(told, bool) or not re.fullmatch(r"\d{1,9}", str(told)):
        raise ValueError("a whole number")
    return int(told)


def flag(told: Any) -> bool:
    """Yes or no."""
    if not isinstance(told, bool):
        raise ValueError("true or false")
    return told


def clock(told: Any) -> str:
    """A time of day."""
    if not CLOCK.fullmatch(text(told)):
        raise ValueError("a time of day such as 09:30")
    return told


def moment(told: Any) -> str:
    """A point in time."""
    return str(Moment.parse(text(told)))


def length(told: Any) -> str:
    """A length of time."""
    lasts(text(told))
    return told


READERS = {
    "text": text, "amount": amount, "count": count, "flag": flag, "choice": text, "moment": moment, "clock": clock,
    "length": length,
}  # fmt: skip


def read(asked: Input | Field, told: Any) -> Any:
    """A value as expressions know it; raises ValueError, which says what it should be."""
    found = READERS[asked.kind](told)
    if isinstance(asked, Field):
        return found
    if asked.choices and found not in asked.choices:
        raise ValueError(f"one of {', '.join(asked.choices)}")
    if asked.least is not None and found < READERS[asked.kind](asked.least):
        raise ValueError(f"at least {asked.least}")
    if asked.most is not None and found > READERS[asked.kind](asked.most):
        raise ValueError(f"at most {asked.most}")
    return found


def read_all(asked: Mapping[str, Input], told: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """All values, with defaults for those not told, and what is wrong with which."""
    found, wrong = {}, dict.fromkeys(told.keys() - asked.keys(), "the recipe asks for no such thing")
    for name, one in asked.items():
        value = told[name] if told.get(name) is not None else one.default
        try:
            if value is None:
                raise ValueError("missing; it is required")
            found[name] = read(one, value)
        except ValueError as problem:
            wrong[name] = str(problem)
    return found, wrong
