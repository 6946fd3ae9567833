"""The gateway's client for windows: it hears what the wire would say, and does not wait for ever."""

from __future__ import annotations

import pytest
from tests.surfaces.conftest import Town
from tests.town import KEYS

from kaifang.gateway import client
from kaifang.gateway.client import Client, Door, Exchange, Refused


class DeafDoor(Door):
    """A door behind which nobody answers."""

    def __call__(self, exchange: Exchange) -> None:
        """Let the caller wait."""


def test_a_refusal_is_heard_in_the_callers_language(town: Town) -> None:
    wallet = Client(town.door, town.known["wallet.app"], KEYS["app_private_pkcs8_pem"])
    with pytest.raises(Refused) as refusal:
        town.wait(wallet.call("kaifang.cashier.look", {"token": "x"}, language="en"))
    assert (refusal.value.status, refusal.value.code) == (400, "CHECKOUT_NOT_EXIST")
    assert refusal.value.message.startswith("No cashier page has this token.")


def test_windows_have_no_private_door(town: Town) -> None:
    """What is closed to outsiders is closed to them: other apps' methods, the inside, and users nobody vouches for."""
    coffee = Client(town.door, town.known["coffee.app"], KEYS["app_private_pkcs8_pem"])
    wallet = Client(town.door, town.known["wallet.app"], KEYS["app_private_pkcs8_pem"])
    calls = [
        coffee.call("kaifang.cashier.look", {"token": "x"}),
        wallet.call("kaifang.trade.confirm_payment", {"subject": "x", "user_id": "x"}),
        wallet.call("kaifang.wallet.balance", {}, "forged"),
    ]
    for call in calls:
        with pytest.raises(Refused) as refusal:
            town.wait(call)
        assert refusal.value.status in (401, 403)


def test_nobody_waits_for_ever(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "PATIENCE_SECONDS", 0.01)
    wallet = Client(DeafDoor(town.house), town.known["wallet.app"], KEYS["app_private_pkcs8_pem"])
    with pytest.raises(Refused, match="the outcome is unknown"):
        town.wait(wallet.call("kaifang.cashier.look", {"token": "x"}))
