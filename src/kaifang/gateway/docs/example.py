"""Examples: what a story asks of a method, and what it is answered."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from kaifang.gateway.openapi.schemas import REF, Schema
from kaifang.kernel.method import Method

from .library import Library, Tale

KNOWN = re.compile(r"\$([A-Za-z_][\w.]*)")


class Example(NamedTuple):
    """A call that a story tells."""

    tale: Tale | None
    ask: dict[str, Any]
    answer: dict[str, Any] | None
    is_waiting: bool = False  # answered 10003: somebody has to confirm first


def example(library: Library, method: Method) -> Example:
    """The call that tells most of a method; if no story calls it from outside, the least that it can be asked."""
    found = [one for one in library.tellings.get(method.name, ()) if not one.step.fault]
    if not found:
        return Example(None, least(library, library.schemas.of(method.ask)), None)
    tale, step = max(found, key=lambda one: (len(one.step.answer or {}), len(one.step.ask)))
    answer = step.answer if step.answer is not None else step.waiting
    told = {name: value for name, value in (answer or {}).items() if value is not None}
    return Example(tale, step.ask, told or None, step.answer is None and step.waiting is not None)


def fields(ask: Any) -> Any:
    """What is asked, with names for what only the story knows: `$trade` becomes TRADE."""
    if isinstance(ask, dict):
        return {name: fields(value) for name, value in ask.items()}
    if isinstance(ask, list):
        return [fields(value) for value in ask]
    return KNOWN.sub(lambda name: name[1].upper().replace(".", "_"), ask) if isinstance(ask, str) else ask


def least(library: Library, schema: Schema, deep: int = 0) -> dict[str, Any]:
    """A value for each member that must be there."""
    members = schema.get("properties", {})
    return {name: some(library, members[name], deep) for name in schema.get("required", ())}


def some(library: Library, schema: Schema, deep: int = 0) -> Any:
    """A value of a type."""
    if "$ref" in schema:
        inner = library.schemas.by_name[schema["$ref"].removeprefix(REF)]
        return least(library, inner, deep + 1) if deep < 4 else {}
    if "anyOf" in schema:
        return some(library, schema["anyOf"][0], deep)
    for told in ("enum", "examples"):
        if told in schema:
            return schema[told][0]
    kind = schema.get("type")
    if kind == "array":
        return [some(library, schema["items"], deep + 1)] if schema.get("minItems") else []
    return {"integer": schema.get("minimum", 1), "number": 1, "boolean": True, "object": {}}.get(str(kind), "...")
