"""What the platform's own windows know of the gateway: a client that signs v3 calls as every outsider does."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlencode

import msgspec

from .door import Door
from .http import Exchange
from .keys import stored_private_key
from .local import LocalAnswer
from .local import ask as ask_door
from .sessions import network
from .signing import RsaSigner

__all__ = ["Client", "Door", "Exchange", "Refused", "network"]

PATIENCE_SECONDS = 30


class Refused(Exception):
    """The gateway refused a call, for a reason that a person can read."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.status, self.code, self.message = status, code, message


class Client:
    """Signs as one app and calls inside the process; it is given nothing that the wire would not give."""

    def __init__(self, door: Door, app_id: str, private_key: str) -> None:
        self.door, self.app_id = door, app_id
        self.signer = RsaSigner(stored_private_key(private_key))

    async def call(
        self, method: str, ask: dict[str, Any], auth_token: str = "", language: str = "zh"
    ) -> dict[str, Any]:
        """The answer of a method that has no official v3 address, as all of `kaifang.*`; raises Refused."""
        path = "/v3/" + method.replace(".", "/")
        target = path + ("?" + urlencode({"auth_token": auth_token}) if auth_token else "")
        body = msgspec.json.encode(ask)
        headers = [(b"authorization", self._authorization(target, body)), (b"content-type", b"application/json")]
        headers.append((b"accept-language", language.encode()))
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                answer = await ask_door(self.door, "POST", target.encode(), headers, body)
        except TimeoutError:
            raise Refused(504, "timeout", "The gateway did not answer; the outcome is unknown.") from None
        return read(answer)

    def _authorization(self, target: str, body: bytes) -> bytes:
        house = self.door.house
        told = f"app_id={self.app_id},nonce={house.new_trace()},timestamp={house.platform.clock.now()}"
        sign = self.signer.sign_many([b"\n".join([told.encode(), b"POST", target.encode(), body, b""])])[0]
        return f"ALIPAY-SHA256withRSA {told},sign={sign}".encode()


def read(answer: LocalAnswer) -> dict[str, Any]:
    """The members of an answer, or the refusal that it is."""
    told = msgspec.json.decode(answer.body, type=dict[str, Any])
    if answer.status in (200, 202):
        return told
    raise Refused(answer.status, told["code"], told["message"])
