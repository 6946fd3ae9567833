"""Amounts and moments that one capability hands another arrive as they are, and within the asked type's limits."""

from __future__ import annotations

import pytest

from kaifang.kernel import Amount, Fault, Moment, Money, Shape
from kaifang.kernel.shape import convert


class Asked(Shape):
    """Whatever amounts and moments a method may ask for."""

    kept: Money | None = None
    paid: Amount | None = None
    due: Moment | None = None


def test_an_amount_arrives_exactly_with_its_currency() -> None:
    asked = convert({"kept": Money(5, "JPY"), "paid": Money(5)}, Asked)
    assert asked.kept == Money(5, "JPY")
    assert type(asked.paid) is Amount and asked.paid == Money(5)


def test_a_moment_keeps_its_milliseconds() -> None:
    assert convert({"due": Moment(1_790_000_000_007)}, Asked).due == Moment(1_790_000_000_007)


@pytest.mark.parametrize("minor", [0, -1, Amount.LARGEST + 1])
def test_an_amount_asked_for_stays_within_its_limits(minor: int) -> None:
    with pytest.raises(Fault) as refusal:
        convert({"paid": Money(minor)}, Asked)
    assert refusal.value.facts["field"] == "paid"
