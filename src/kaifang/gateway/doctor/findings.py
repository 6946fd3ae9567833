"""What the doctor finds: a cause by its code, how sure it is, and its words in both languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
import yaml

from kaifang.kernel import Shape

Certainty = Literal["certain", "likely", "possible"]


class Finding(msgspec.Struct, frozen=True):
    """One cause of one refusal."""

    code: str
    certainty: Certainty = "certain"
    facts: dict[str, str] = {}


class Words(NamedTuple):
    """A cause in words: what happened and what helps; names in braces stand for the facts of the case."""

    zh: str
    zh_cure: str
    en: str
    en_cure: str


class Cause(Shape):
    """A finding as it is told."""

    code: str  # such as sign-type-missing
    certainty: str  # certain, likely or possible
    zh: str  # what happened, in Chinese
    zh_cure: str  # what helps
    en: str  # the same in English
    en_cure: str
    facts: dict[str, str] = {}  # of this case


@cache
def words() -> dict[str, Words]:
    """The words of every cause."""
    found: dict[str, Words] = {}
    for path in sorted(Path(__file__).with_name("causes").glob("*.yaml")):
        found |= msgspec.convert(yaml.safe_load(path.read_text("utf-8")), dict[str, Words])
    return found


class Facts(dict[str, str]):
    """The facts of a case; what is not known is a question mark."""

    def __missing__(self, name: str) -> str:
        return "?"


def told(finding: Finding) -> Cause:
    """A finding in words."""
    facts = Facts(finding.facts)
    said = Words(*(text.format_map(facts) for text in words()[finding.code]))
    return Cause(code=finding.code, certainty=finding.certainty, facts=finding.facts, **said._asdict())
