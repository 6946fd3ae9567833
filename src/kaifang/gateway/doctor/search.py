"""Looking for the text that was signed: one usual mistake, then two of them, until the digest fits or time is up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

import msgspec

BUDGET = 100_000_000  # bytes of text tried: about half a second
COST_OF_ONE, COST_OF_PIECE = 1500, 150  # what a try costs beside its length, in bytes


class Draft(Protocol):
    """A text on its way to being signed."""

    @property
    def pieces(self) -> int:
        """Of how many it is put together."""
        ...

    def text(self) -> bytes:
        """What would be signed."""
        ...


class Changed(msgspec.Struct, frozen=True):
    """A draft after a mistake."""

    code: str
    draft: Any
    facts: dict[str, str] = {}


class Found(msgspec.Struct, frozen=True):
    """The text that was signed, and the mistakes that lead to it."""

    text: bytes
    mistakes: tuple[Changed, ...] = ()


Mistake = Callable[[Any], Iterable[Changed]]
Covers = Callable[[bytes], bool]


class Search:
    """Tries mistakes on the drafts of a call until one of them makes the text that a signature covers."""

    def __init__(self, covers: Covers, bases: Sequence[Draft]) -> None:
        self.covers, self.bases, self.budget = covers, bases, BUDGET

    def fits(self, draft: Draft) -> bytes | None:
        """The draft's text, if it was signed."""
        text = draft.text()
        self.budget -= len(text) + COST_OF_ONE + COST_OF_PIECE * draft.pieces
        return text if self.covers(text) else None

    def run(self, mistakes: Sequence[Mistake], lonely: Sequence[Mistake] = ()) -> Found | None:
        """None, one or two mistakes; the lonely ones, which have too many forms, come alone."""
        for base in self.bases:
            text = self.fits(base)
            if text is not None:
                return Found(text)
        for changes in (self.single((*mistakes, *lonely)), self.double(mistakes)):
            for steps in changes:
                text = self.fits(steps[-1].draft)
                if text is not None:
                    return Found(text, steps)
                if self.budget < 0:
                    return None
        return None

    def single(self, mistakes: Sequence[Mistake]) -> Iterator[tuple[Changed, ...]]:
        """Every mistake on every base."""
        for base in self.bases:
            for mistake in mistakes:
                for change in mistake(base):
                    yield (change,)

    def double(self, mistakes: Sequence[Mistake]) -> Iterator[tuple[Changed, ...]]:
        """Every mistake followed by every later one."""
        for base in self.bases:
            for number, mistake in enumerate(mistakes, 1):
                for first in mistake(base):
                    for then in mistakes[number:]:
                        for second in then(first.draft):
                            yield first, second
