"""Money: exact, unmixed, and split without losing a fen."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaifang.kernel.money import Amount, Money, rate, total


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("88.88", 8888),
        ("0", 0),
        ("0.1", 10),
        ("1.10", 110),
        (" 7 ", 700),
        (5, 500),
        (Decimal("0.01"), 1),
        ("1.000", 100),
    ],
)
def test_reads_what_the_wire_writes(text: object, minor: int) -> None:
    """Text, whole numbers and decimal literals."""
    assert Money.parse(text).minor == minor


@pytest.mark.parametrize(
    "wrong", ["", "-1", "1.", ".5", "1e3", "0.001", "١", True, 1.5, None, "9" * 16, "1,000", "NaN"]
)
def test_refuses_what_is_no_amount(wrong: object) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError):
        Money.parse(wrong)


@pytest.mark.parametrize("wrong", ["0", "0.00", "100000000.01"])
def test_an_amount_is_neither_nothing_nor_too_much(wrong: str) -> None:
    """0.01 to 100,000,000 yuan."""
    with pytest.raises(ValueError, match="between"):
        Amount.parse(wrong)
    assert Amount.parse("0.01").minor == 1


def test_writes_by_the_places_of_its_currency() -> None:
    """Two for yuan, none for yen, three for dinars, none for points."""
    written = [str(Money(1234, currency)) for currency in ("CNY", "JPY", "KWD", "points")]
    assert written == ["12.34", "1234", "1.234", "1234"]
    assert (str(Money(-5)), repr(Money(5)), str(Money.parse("3", "JPY"))) == ("-0.05", "Money(0.05 CNY)", "3")


def test_currencies_do_not_mix() -> None:
    """Neither added, nor compared, nor with numbers."""
    for wrong in (Money(1, "USD"), 1):
        with pytest.raises(TypeError, match="do not mix"):
            Money(1) + wrong  # type: ignore[operator]
    with pytest.raises(TypeError):
        assert Money(1) < Money(2, "USD")
    with pytest.raises(TypeError, match="whole numbers"):
        Money(1) * 0.5  # type: ignore[operator]
    assert Money(1) != Money(1, "USD") and Money(1) != 1


def test_arithmetic() -> None:
    """Sums, differences, multiples, order, truth and hash."""
    assert (Money(3) - Money(1), -Money(2), Money(2) * 3, total([Money(1), Money(2)])) == (
        Money(2), Money(-2), Money(6), Money(3),
    )  # fmt: skip
    assert Money(1) < Money(2) >= Money(2) and not Money(0) and len({Money(1), Money(1)}) == 1 and total([]) == Money(0)


@given(st.integers(0, 10**12), st.lists(st.integers(0, 100), min_size=1, max_size=20).filter(any))
def test_parts_sum_to_the_whole(minor: int, weights: list[int]) -> None:
    """And nobody gets a unit more than another of the same weight, but for the first ones."""
    parts = Money(minor).split(weights)
    assert total(parts) == Money(minor)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.minor - Fraction(minor * weight, sum(weights))) < len(weights) and (weight or not part)


def test_split_evenly_and_refuse_nonsense() -> None:
    """Ten fen among three."""
    assert [part.minor for part in Money(10).split(3)] == [4, 3, 3]
    for wrong in ([], [0, 0], [1, -1]):
        with pytest.raises(ValueError):
            Money(1).split(wrong)


def test_a_share_is_rounded_half_up() -> None:
    """0.6 % of 0.83 yuan and of 0.84 yuan."""
    assert [Money(minor).share(rate("0.006")).minor for minor in (83, 84, 1000)] == [0, 1, 6]
    for wrong in ("x", "NaN", "Infinity"):
        with pytest.raises(ValueError):
            rate(wrong)
