"""Proposals where no story can go: between the deadline and the timer that keeps it."""

from __future__ import annotations

from typing import Any

from tests.visit import Visit

from kaifang.kernel import MINUTE


def test_nobody_agrees_after_the_deadline() -> None:
    """However busy the platform is: an answer in time counts, one at the very moment does not."""
    town = Visit()
    asked: dict[str, Any] = {
        "party": town.known["coffee"], "proposer": town.known["helper"], "kind": "test", "zh": "好吗", "en": "Well?",
        "points": [], "until": town.now + MINUTE,
    }  # fmt: skip
    inside, coffee = town.app("helper"), town.app("wallet", "coffee")
    first, second = (
        town.ask(inside, "kaifang.proposal.open", subject=subject, **asked).proposal_id for subject in "12"
    )
    town.wait(MINUTE - 1)
    assert town.ask(coffee, "kaifang.proposal.answer", proposal_id=first, agree=True).state == "AGREED"
    town.wait(1)
    assert town.ask(coffee, "kaifang.proposal.answer", proposal_id=second, agree=True) == "PROPOSAL_ANSWERED"
    assert town.ask(coffee, "kaifang.proposal.answer", proposal_id=first, agree=True).state == "AGREED"
    town.close()
