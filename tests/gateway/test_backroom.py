"""Passwords are slow on purpose: they are compared beside the loop, hold up nobody else, and only so many may wait."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from typing import Any

import pytest
from tests.town import KEYS
from tests.visit import Visit

from kaifang.capabilities.account import password
from kaifang.gateway import backroom, identity
from kaifang.gateway.client import Client, Refused
from kaifang.gateway.door import Door
from kaifang.gateway.house import House, Settings

ANNA = {"logon_id": "anna@example.com", "password": "111111"}


class Wallet:
    """The wallet of a town, and a gate that holds up every password until it is opened."""

    def __init__(self, who: identity.Identity) -> None:
        self.visit, self.gate = Visit(), threading.Event()
        self.house = House(self.visit.platform, who, Settings(base_url="http://127.0.0.1"))
        self.client = Client(Door(self.house), self.visit.known["wallet.app"], KEYS["app_private_pkcs8_pem"])

    def run(self, doing: Coroutine[Any, Any, Any]) -> Any:
        """Wait for something."""
        return self.visit.loop.run_until_complete(asyncio.wait_for(doing, 20))

    def ask(self, method: str, session: str = "", **ask: Any) -> asyncio.Task[Any]:
        """Begin a call."""
        return self.visit.loop.create_task(self.client.call(method, ask, session))


@pytest.fixture
def wallet(who: identity.Identity, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wallet]:
    """A town whose passwords wait for the gate."""
    made = Wallet(who)
    compute = password.stretched

    def held_up(*words: Any) -> str:
        assert made.gate.wait(20)
        return compute(*words)

    monkeypatch.setattr(password, "stretched", held_up)
    yield made
    made.gate.set()
    made.house.close()
    made.visit.close()


async def refusals(calls: list[asyncio.Task[Any]]) -> list[str]:
    """The codes with which some of them were refused."""
    answers = await asyncio.gather(*calls, return_exceptions=True)
    return [answer.code for answer in answers if isinstance(answer, Refused)]


def test_who_signs_in_holds_up_nobody(wallet: Wallet) -> None:
    async def scene() -> None:
        signing_in = wallet.ask("kaifang.wallet.signin", **ANNA)
        with pytest.raises(Refused, match="CHECKOUT_NOT_EXIST"):
            await wallet.ask("kaifang.cashier.look", token="none")
        assert not signing_in.done()
        wallet.gate.set()
        assert len((await signing_in)["access_token"]) == 40

    wallet.run(scene())


def test_only_so_many_strangers_wait_and_they_never_fill_the_room(wallet: Wallet) -> None:
    async def scene() -> None:
        wallet.gate.set()
        token = (await wallet.ask("kaifang.wallet.signin", **ANNA))["access_token"]
        wallet.gate.clear()
        some = [wallet.ask("kaifang.wallet.signin", logon_id=f"x{i}", password="y") for i in range(40)]
        wrong = {"pay_password": "000000", "new_pay_password": "222222"}
        hers = [wallet.ask("kaifang.wallet.paypassword.change", token, **wrong) for _ in range(10)]
        while sum(call.done() for call in (*some, *hers)) < 10:
            await asyncio.sleep(0.01)
        wallet.gate.set()
        assert await refusals(some) == ["service-busy"] * (40 - backroom.ROOM["wallet"])
        assert await refusals(hers) == ["service-busy"] * (10 - backroom.EACH)
        assert sorted(call.result()["left"] for call in hers if not call.exception()) == [0, 0, 0, 0, 1, 2, 3, 4]
        assert not wallet.house.backroom.waiting

    wallet.run(scene())


def test_wrong_passwords_at_once_are_counted_one_by_one(wallet: Wallet) -> None:
    async def scene() -> list[dict[str, Any]]:
        wallet.gate.set()
        return await asyncio.gather(
            *[wallet.ask("kaifang.wallet.signin", logon_id="x", password="y") for _ in range(9)]
        )

    told = wallet.run(scene())
    assert sorted(one["left"] for one in told) == [0, 0, 0, 0, 0, 1, 2, 3, 4], "the lock is seen by those who waited"
    assert sum("locked_until" in one for one in told) == 5


def test_what_cannot_be_computed_is_taken_for_nothing(wallet: Wallet, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> str:
        raise MemoryError

    monkeypatch.setattr(password, "stretched", fails)
    with pytest.raises(Refused, match="unknow-error"):
        wallet.run(wallet.client.call("kaifang.wallet.signin", ANNA))
    assert not wallet.house.backroom.waiting
