"""A turn: a line of a story, and what goes wrong around it."""

from __future__ import annotations

from typing import Any

import msgspec

from kaifang.kernel.story import Step

Learnt = dict[str, Any]


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happens in a walk; its step names what it learns as a story does, in `answer`."""

    step: Step
    mishap: str = ""  # cut, late, lost, again, company, stranger, restart or mood
    at: int = 0  # cut, late, company: which of the store's statements fails
    who: str = ""  # stranger: whose app asks the same; mood: which address changes
    mood: str = ""  # mood: how it answers from now on


def say(call: str, by: str, ask: dict[str, Any] | None = None, /, **more: Any) -> Step:
    """A call, as a story would tell it."""
    return Step(call=call, by=by, ask=ask or {}, **more)


def learn(wanted: Any, told: Any, known: Learnt) -> None:
    """Give told values the names that an expected answer has for them; whatever else it expects is not looked at."""
    if isinstance(wanted, dict) and isinstance(told, dict):
        for name, part in wanted.items():
            if name in told:
                learn(part, told[name], known)
    elif isinstance(wanted, list) and isinstance(told, list):
        for part, said in zip(wanted, told, strict=False):
            learn(part, said, known)
    elif is_name(wanted):
        known.setdefault(wanted[1:], told)


def is_name(value: Any) -> bool:
    """Whether this is `$name`."""
    return isinstance(value, str) and value.startswith("$") and not value.startswith("${")


def names_in(value: Any) -> set[str]:
    """Every name that an expected answer gives."""
    if isinstance(value, dict):
        return {name for part in value.values() for name in names_in(part)}
    if isinstance(value, list):
        return {name for part in value for name in names_in(part)}
    return {value[1:]} if is_name(value) else set()
