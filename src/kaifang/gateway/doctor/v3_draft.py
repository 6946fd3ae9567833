"""The text that a v3 request signs, as the platform puts it together and as others may have done."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from kaifang.gateway.authorization import parse_authorization
from kaifang.gateway.malformed import Malformed

from .cases import Sent
from .finish import Ending, unchanged

Lines = dict[str, bytes]


class Draft(msgspec.Struct, frozen=True):
    """The lines of a request on their way to being signed."""

    lines: Lines  # authorization, verb, target, body and, if there is one, token
    between: bytes = b"\n"
    ending: bytes = b"\n"
    finish: Ending = unchanged
    codec: str = "utf-8"

    def text(self) -> bytes:
        """What would be signed."""
        return self.finish(self.between.join(self.lines.values()) + self.ending)

    @property
    def pieces(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    def saying(self, line: str, value: bytes) -> Draft:
        """The draft with another line, or one more."""
        return msgspec.structs.replace(self, lines={**self.lines, line: value})

    def of(self, names: Iterable[str]) -> Draft:
        """The draft of these lines, in this order."""
        return msgspec.structs.replace(self, lines={name: self.lines[name] for name in names if name in self.lines})

    def without(self, line: str) -> Draft:
        """The draft without a line."""
        return self.of(name for name in self.lines if name != line)


def bases(sent: Sent) -> list[Draft]:
    """The drafts that the platform itself accepts, the one it shows first."""
    try:
        told = parse_authorization(sent.authorization).text
    except Malformed:
        told = sent.authorization
    lines = {"authorization": told, "verb": sent.verb.encode(), "target": sent.target, "body": sent.body}
    first = Draft(lines if sent.token is None else {**lines, "token": sent.token})
    drafts = [first] if b"?" in sent.target else [first, first.saying("target", sent.target + b"?")]
    return drafts + ([draft.saying("body", b"") for draft in drafts] if sent.upload else [])
