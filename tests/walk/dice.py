"""The dice: chance, and what came of the turns so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from kaifang.kernel import DAY, Money
from kaifang.kernel.clock import written
from kaifang.kernel.ids import Chance
from kaifang.kernel.story import Step

T = TypeVar("T")
PEOPLE, SHOPS = ("few", "some", "anna"), ("kiosk", "stall")
RIVALS = {"kiosk": "stall", "stall": "kiosk", "coffee": "books", "books": "coffee", "helper": "books"}
NUMBERS, KEYS = "123", "abc"


class Dice:
    """What turns are drawn with; all chance of a walk comes from its seed."""

    def __init__(self, seed: int) -> None:
        self.chance, self.count, self.now = Chance(seed), 0, 0
        self.found: dict[str, list[tuple[str, str]]] = {}  # kind -> its names, and the app that learnt each

    def one(self, choices: Sequence[T]) -> T:
        """One of these."""
        return choices[self.chance.below(len(choices))]

    def odds(self, percent: int) -> bool:
        """True so often in a hundred times."""
        return self.chance.below(100) < percent

    def fen(self, most: int = 5) -> str:
        """A small amount: that is where bugs are found."""
        return str(Money(1 + self.chance.below(most)))

    def shop(self) -> str:
        """One of the two merchants."""
        return self.one(SHOPS)

    def person(self) -> str:
        """One of the buyers; two of the three have hardly anything."""
        return self.one(PEOPLE)

    def number(self, kind: str) -> str:
        """A merchant's own number: one of a few, so that it is used again, or now and then a new one."""
        return f"{kind}{self.one(NUMBERS)}" if self.odds(60) else f"{kind}{self.next()}"

    def next(self) -> int:
        """A number never used before in this walk."""
        self.count += 1
        return self.count + 10

    def new(self, kind: str) -> str:
        """A name for something that is about to be learnt."""
        return f"${kind}{self.next()}"

    def pick(self, kind: str) -> tuple[str, str] | None:
        """Something of this kind that was learnt, rather of late, and whose it is."""
        known = self.found.get(kind, [])[-4:]
        return self.one(known) if known else None

    def note(self, name: str, by: str) -> None:
        """Something was learnt."""
        self.found.setdefault(name.rstrip("0123456789"), []).append((f"${name}", by))

    def address(self, shop: str) -> str:
        """Where a merchant wants to be told."""
        return f"https://{shop}.example.com/{self.one(('told', 'moody', 'deaf-2', 'deaf-99'))}"

    def day(self, ago: int) -> str:
        """The date so many days ago."""
        return written(self.now - ago * DAY)[:10]


Way = Callable[[Dice], list[Step]]
ways: dict[str, list[Way]] = {}  # capability -> what can be done with it


def way(run: Way) -> Way:
    """Something that may happen in a walk: the steps of it, or none if there is nothing to do it with."""
    ways.setdefault(run.__module__.rpartition(".")[2], []).append(run)
    return run
