"""Money is a whole number of the smallest unit, and its currency; never a float."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Self

# Digits behind the point, ISO 4217. An asset that is not listed (points, vouchers, ...) is counted in whole units.
PLACES = {"CNY": 2, "USD": 2, "EUR": 2, "GBP": 2, "HKD": 2, "JPY": 0, "KRW": 0, "KWD": 3}


@functools.total_ordering
class Money:
    """An exact amount of one asset: `minor` smallest units (fen, for CNY) of `currency`."""

    # A plain class, not a Struct: msgspec calls its hooks only for types it does not know.
    __slots__ = ("minor", "currency")

    def __init__(self, minor: int, currency: str = "CNY") -> None:
        self.minor, self.currency = minor, currency

    @classmethod
    def parse(cls, value: object, currency: str = "CNY") -> Self:
        """Read an amount as it stands on the wire: text, a whole number or a decimal literal; never negative."""
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            raise ValueError("an amount is text such as 88.88")
        text = str(value).strip()
        whole, point, part = text.partition(".")
        places = PLACES.get(currency, 0)
        digits = whole + part
        if not (digits.isascii() and digits.isdigit() and whole) or (point and not part):
            raise ValueError(f"not an amount: {text[:40]!r}; write digits such as 88.88")
        if len(part) > places and part[places:].strip("0"):
            raise ValueError(f"{text[:40]!r} has more than {places} decimals, all that {currency} has")
        if len(whole) > 15:
            raise ValueError("the amount is too large")
        return cls(int(whole + part[:places].ljust(places, "0")), currency)

    def __str__(self) -> str:
        places = PLACES.get(self.currency, 0)
        sign, text = ("-" if self.minor < 0 else ""), str(abs(self.minor)).rjust(places + 1, "0")
        return f"{sign}{text[:-places]}.{text[-places:]}" if places else sign + text

    def __repr__(self) -> str:
        return f"Money({self} {self.currency})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Money) and self.minor == other.minor and self.currency == other.currency

    def __hash__(self) -> int:
        return hash((self.minor, self.currency))

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._minor_of(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._minor_of(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._minor_of(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __mul__(self, times: int) -> Money:
        if not isinstance(times, int):
            raise TypeError("money is multiplied by whole numbers; use share() for a rate")
        return Money(self.minor * times, self.currency)

    def _minor_of(self, other: Money) -> int:
        if not isinstance(other, Money) or self.currency != other.currency:
            raise TypeError(f"{self!r} and {other!r} do not mix")
        return other.minor

    def share(self, rate: Fraction) -> Money:
        """This part of the amount, rounded half up to the smallest unit: a fee at a rate."""
        return Money((2 * self.minor * rate.numerator + rate.denominator) // (2 * rate.denominator), self.currency)

    def split(self, parts: int | Sequence[int]) -> list[Money]:
        """Divide into equal parts, or by weights; the parts sum to the whole, the odd units go to the first."""
        weights = [1] * parts if isinstance(parts, int) else list(parts)
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("the weights must not be negative, and not all zero")
        shares = [self.minor * weight // total for weight in weights]
        left = self.minor - sum(shares)  # less than there are weights
        for i in [i for i, weight in enumerate(weights) if weight][:left]:
            shares[i] += 1
        return [Money(minor, self.currency) for minor in shares]


class Amount(Money):
    """Money asked for in a request: above zero and at most 100,000,000 yuan."""

    __slots__ = ()
    LARGEST = 10_000_000_000

    @classmethod
    def parse(cls, value: object, currency: str = "CNY") -> Self:
        """Read it as Money does, and refuse nothing and too much."""
        amount = super().parse(value, currency)
        if not 0 < amount.minor <= cls.LARGEST:
            raise ValueError("the amount must be between 0.01 and 100000000.00")
        return amount


def rate(text: str) -> Fraction:
    """Read a rate or percentage exactly, from text such as 0.006 or 12.5."""
    try:
        return Fraction(Decimal(text))
    except (InvalidOperation, ValueError, OverflowError):
        raise ValueError(f"not a rate: {text[:40]!r}") from None


def total(amounts: Sequence[Money], currency: str = "CNY") -> Money:
    """The sum, which is zero of `currency` for no amounts."""
    return sum(amounts, Money(0, currency))
