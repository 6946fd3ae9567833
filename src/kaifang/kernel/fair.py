"""Chance that anybody can check: a seed decides, its hash is told before the first draw, the seed itself after.

Everything follows from HMAC-SHA256 with the seed, as the text that is published, for a key, and for a message what is
drawn for, joined by `|`. Nothing here keeps anything, so who checks runs the same lines as who draws.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Iterator, Sequence
from itertools import accumulate

from .shape import Shape

WORDS = 8  # of 32 bits in a digest


class Outcome(Shape):
    """One thing that a draw may come to."""

    name: str
    weight: int  # how often, among the weights of all
    low: int = 0  # if it is money: fen at least
    high: int = 0  # and at most


def commitment(seed: str) -> str:
    """What is told of a seed beforehand: its SHA-256, as hexadecimal digits."""
    return hashlib.sha256(seed.encode()).hexdigest()


def digest(seed: str, *about: object) -> bytes:
    """The 32 bytes that a seed has for something."""
    return hmac.digest(seed.encode(), "|".join(map(str, about)).encode(), "sha256")


def alias(veil: str, user: str) -> str:
    """The name under which somebody's draws are public; who does not know the veil cannot tell whose they are."""
    return digest(veil, user)[:8].hex()


def below(seed: str, limit: int, *about: object) -> int:
    """A whole number from 0 up to but not including a limit."""
    return int.from_bytes(digest(seed, *about)) % limit


def draw(seed: str, outcomes: Sequence[Outcome], *about: object) -> tuple[str, int]:
    """What a draw comes to: the outcome's name and, if it is money, how many fen."""
    at = below(seed, sum(one.weight for one in outcomes), "draw", *about)
    ends = accumulate(one.weight for one in outcomes)
    one = next(one for one, end in zip(outcomes, ends, strict=True) if at < end)
    return one.name, amount(seed, one.low, one.high, *about)


def amount(seed: str, low: int, high: int, *about: object) -> int:
    """How many fen from the least to the most."""
    return low + below(seed, high - low + 1, "amount", *about)


def weights(seed: str, about: str, first: int, count: int) -> Sequence[int]:
    """The weights of so many winners in a row, from 1 to 2^32: never nothing. A digest has those of eight of them."""
    key, start = seed.encode(), f"split|{about}|"
    blocks = range(first // WORDS, -(-(first + count) // WORDS))
    text = b"".join([hmac.digest(key, f"{start}{block}".encode(), "sha256") for block in blocks])
    return [weight + 1 for weight in struct.unpack_from(f">{count}I", text, first % WORDS * 4)]


def split(total: int, weights: Sequence[int], before: int, whole: int) -> Iterator[int]:
    """The parts of a total for winners in a row, `before` being the weights of those before them, of `whole` in all.

    Each gets what the total comes to up to them less what it came to before: so all parts sum to the total, exactly.
    """
    given = total * before // whole
    for weight in weights:
        before += weight
        now = total * before // whole
        yield now - given
        given = now
