"""The signing desk and calls inside the process: whoever has left, or fails, takes nobody else's answer away."""

from __future__ import annotations

import asyncio

import pytest
from tests.town import KEYS

from kaifang.gateway.desk import Desk
from kaifang.gateway.keys import stored_private_key
from kaifang.gateway.local import LocalExchange
from kaifang.gateway.local import ask as ask_door
from kaifang.gateway.signing import RsaSigner

SIGNER = RsaSigner(stored_private_key(KEYS["app_private_pkcs8_pem"]))


@pytest.mark.parametrize("together", [1, 2, 20])
def test_one_who_fails_takes_nobodys_signature_away(together: int) -> None:
    async def scene() -> None:
        desk, got, failed = Desk({"RSA2": SIGNER}), list[str](), list[str]()
        asyncio.get_running_loop().set_exception_handler(lambda _, context: failed.append(context["message"]))

        def fails(_: str) -> None:
            raise RuntimeError("it was answered already")

        async with asyncio.timeout(10):
            for _ in range(2):  # what failed is not kept for the next round
                for number in range(together):
                    desk.sign("RSA2", b"%d" % number, fails if number == 0 else got.append)
                await desk.signature("RSA2", b"afterwards")
            while len(got) + len(failed) < 2 * together:  # another thread may still be at the ones before
                await asyncio.sleep(0.01)
        assert len(got) == 2 * (together - 1)
        assert len(failed) == 2, "the failure itself is not lost"
        desk.close()

    asyncio.run(scene())


def test_an_answer_for_somebody_who_has_left_is_dropped() -> None:
    async def scene() -> None:
        asked: list[LocalExchange] = []
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(ask_door(asked.append, "GET", b"/"), 0.01)
        asked[0].reply(200, b"late")
        asked[0].fail(RuntimeError("late"))

    asyncio.run(scene())
