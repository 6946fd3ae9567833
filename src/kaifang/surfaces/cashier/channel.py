"""What somebody can pay with: the balance and the bound cards."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from ..page import yuan
from ..session import Session
from ..visit import Visit


class Channel(NamedTuple):
    """One way to pay."""

    id: str  # balance, or the number of a card
    name: str
    note: str
    usable: bool  # whether there is enough on it, as far as the platform knows


async def channels_of(visit: Visit, session: Session, amount: str) -> list[Channel]:
    """The ways to pay of whoever is signed in; what is on a card its bank knows."""
    told = await visit.ask("kaifang.wallet.balance", session)
    words, enough = visit.words, Decimal(told["available"]) >= Decimal(amount)
    note = words("available", amount=yuan(told["available"]))
    balance = Channel("balance", words.balance, note if enough else f"{note} · {words.not_enough}", enough)
    cards = (await visit.ask("kaifang.fund.card.list", session))["cards"]
    return [balance, *(card_channel(visit, card) for card in cards)]


def card_channel(visit: Visit, card: dict[str, Any]) -> Channel:
    """A bound card as a way to pay."""
    name = visit.words.of("card", card["kind"]).format(bank=card["bank_name"])
    return Channel(card["card_id"], name, visit.words("tail", tail=card["tail"]), True)


def chosen_of(channels: list[Channel], wanted: str) -> str:
    """The one that the page proposes: as chosen before, else the first that can pay."""
    usable = [channel.id for channel in channels if channel.usable]
    return wanted if wanted in usable else next(iter(usable), "")
