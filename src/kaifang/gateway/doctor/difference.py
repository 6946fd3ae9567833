"""Where two texts part for the first time."""

from __future__ import annotations

from os.path import commonprefix

from kaifang.kernel import Shape

from .masks import visible

BEFORE, AFTER = 32, 40  # letters shown on either side of the place


class Difference(Shape):
    """The first place in which two texts differ, with what stands around it."""

    position: int  # of the first letter that differs, from 1
    before: str  # what both say in front of it
    server: str  # how the platform's text goes on
    signed: str  # how the signed text goes on; empty: it ends there


def difference(server: str, signed: str) -> Difference | None:
    """The first difference of two texts; None if they are alike."""
    if server == signed:
        return None
    at = len(commonprefix([server, signed]))
    cut = [text[at : at + AFTER] for text in (server, signed)]
    before, ours, theirs = (written(text) for text in (server[max(0, at - BEFORE) : at], *cut))
    return Difference(position=at + 1, before=before, server=ours, signed=theirs)


def written(text: str) -> str:
    """A piece of text in one line."""
    return visible(text).replace("\n", "")


def shown(text: bytes, codec: str) -> str:
    """A text as it is compared: bytes that are no letters in its charset are written out."""
    return text.decode(codec, "backslashreplace")
