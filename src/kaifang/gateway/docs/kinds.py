"""Types as people read them: text with its length, amounts with their unit, the choices there are."""

from __future__ import annotations

from typing import Any, NamedTuple

from kaifang.gateway.openapi.schemas import REF, Schema, Schemas

DEEPEST = 4  # shapes inside shapes


class Member(NamedTuple):
    """A member of a request or an answer, as a page shows it."""

    name: str
    kind: str
    choices: list[str]
    is_needed: bool
    note: str
    default: str
    inner: list[Member]


class Reader:
    """Reads schemas for people of a language."""

    def __init__(self, schemas: Schemas, words: dict[str, str]) -> None:
        self.schemas, self.words = schemas, words

    def of(self, shape: type) -> list[Member]:
        """The members of a request or an answer, and those inside them."""
        return self.members(self.schemas.of(shape))

    def members(self, schema: Schema, deep: int = 0) -> list[Member]:
        """The members of an object."""
        needed = schema.get("required", ())
        return [self.member(name, one, name in needed, deep) for name, one in schema.get("properties", {}).items()]

    def member(self, name: str, one: Schema, is_needed: bool, deep: int) -> Member:
        """One of them."""
        inner = shape_in(one)
        below = self.members(self.schemas.by_name[inner], deep + 1) if inner and deep < DEEPEST else []
        return Member(
            name=name, kind=kind(one, self.words), choices=[str(each) for each in choices(one)], is_needed=is_needed,
            note=one.get("description", ""), default=str(one.get("default", "")).lower(), inner=below,
        )  # fmt: skip


def shape_in(one: Schema) -> str:
    """The name of the shape that a member holds: itself, in a list, or perhaps."""
    if "$ref" in one:
        return str(one["$ref"]).removeprefix(REF)
    parts = [*one.get("anyOf", ()), *[one[name] for name in ("items", "additionalProperties") if name in one]]
    return next((found for part in parts if isinstance(part, dict) and (found := shape_in(part))), "")


def choices(one: Schema) -> list[Any]:
    """What a member may be, if that is a few values; those of a list's items, too."""
    return list(one.get("enum") or one.get("items", {}).get("enum") or ())


def kind(one: Schema, words: dict[str, str]) -> str:
    """The type in words."""
    if "$ref" in one or one.get("type") == "object":
        return words["json"]
    if "anyOf" in one:
        return " / ".join(dict.fromkeys(kind(part, words) for part in one["anyOf"]))
    if one.get("type") == "array":
        most = f" ({words['up_to']} {one['maxItems']} {words['items']})" if "maxItems" in one else ""
        return words["list_of"] + kind(one["items"], words) + most
    if one.get("format") in ("money", "amount", "moment"):
        return words[one["format"]]
    if "contentEncoding" in one:
        return words["bytes"]
    named = {"string": "text", "integer": "number", "number": "decimal", "boolean": "flag"}
    return words[named.get(str(one.get("type")), "anything")] + limits(one, words)


def limits(one: Schema, words: dict[str, str]) -> str:
    """How long, or how large."""
    if "enum" in one:
        return ""
    if "maxLength" in one:
        least = f"{one['minLength']}–" if one.get("minLength") else f"{words['up_to']} "
        return f", {least}{one['maxLength']} {words['letters']}"
    low, high = one.get("minimum"), one.get("maximum")
    if low is not None and high is not None:
        return f", {low}–{high}"
    return f", ≥ {low}" if low is not None else f", ≤ {high}" if high is not None else ""
