"""Numbers and secrets: numbers are time-ordered and never repeat, secrets cannot be guessed."""

from __future__ import annotations

import random
import string

from .clock import day

ALPHABET = string.ascii_letters + string.digits


def long_number(now: int, kind: str, writer: int, count: int) -> str:
    """28 digits as trade numbers have them: the Beijing day, five digits of kind, writer and running count."""
    return f"{day(now)}{kind:0<5}{writer:03d}{count:012d}"


def short_number(prefix: str, writer: int, count: int) -> str:
    """16 digits as parties have them: a four-digit prefix, writer and running count."""
    return f"{prefix:0<4}{writer:02d}{count:010d}"


class Chance:
    """The one source of chance: the operating system's, or a seeded one that makes stories repeatable."""

    def __init__(self, seed: int | None = None) -> None:
        self.random: random.Random = random.SystemRandom() if seed is None else random.Random(seed)

    def digits(self, count: int) -> str:
        """So many random digits."""
        return f"{self.random.randrange(10**count):0{count}d}"

    def text(self, count: int) -> str:
        """So many random letters and digits."""
        return "".join(self.random.choices(ALPHABET, k=count))

    def hex(self, count: int) -> str:
        """So many random hexadecimal digits."""
        return f"{self.random.getrandbits(4 * count):0{count}x}"

    def below(self, limit: int) -> int:
        """A whole number from 0 up to but not including the limit."""
        return self.random.randrange(limit)
