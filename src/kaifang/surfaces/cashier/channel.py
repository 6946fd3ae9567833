"""What somebody can pay with: the balance and the bound cards, as the platform lists them."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..page import yuan
from ..session import Session
from ..visit import Visit


class Channel(NamedTuple):
    """One way to pay."""

    id: str  # balance, or the number of a card
    name: str
    note: str
    usable: bool  # whether it can pay, as far as the platform knows


async def channels_of(visit: Visit, session: Session, amount: str, limits: dict[str, str]) -> list[Channel]:
    """The ways to pay of whoever is signed in, within what the seller takes; what is on a card its bank knows."""
    told = await visit.ask("kaifang.fund.channel.list", session, amount=amount, **limits)
    return [channel(visit, one) for one in told["channels"]]


def channel(visit: Visit, told: dict[str, Any]) -> Channel:
    """A way to pay as the page shows it, with what stands against it."""
    words = visit.words
    if told["kind"] == "BALANCE":
        name, note = words.balance, words("available", amount=yuan(told["available"]))
    else:
        name = words.of("card", told["kind"]).format(bank=told["bank_name"])
        note = words("tail", tail=told["tail"])
    refused = told.get("refused")
    note = f"{note} · {refused[words.language]}" if refused else note
    return Channel(told["channel"], name, note, not refused)


def chosen_of(channels: list[Channel], wanted: str) -> str:
    """The one that the page proposes: as chosen before, else the first that can pay."""
    usable = [channel.id for channel in channels if channel.usable]
    return wanted if wanted in usable else next(iter(usable), "")
