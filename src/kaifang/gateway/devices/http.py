"""Devices over HTTP: POST /devices/messages, one message and its answer at a time."""

from __future__ import annotations

from .. import codes
from ..door import Door
from ..http import Exchange
from .hearing import Hearing

PATH = "/devices/messages"


def open_devices(door: Door, hearing: Hearing) -> None:
    """Hear devices at a door."""

    async def hear(exchange: Exchange) -> None:
        if exchange.method != "POST":
            exchange.reply(405, b"Send messages by POST.", [(b"allow", b"POST")], b"text/plain")
            return
        body, refusal = await hearing.answer(exchange.body, codes.language(exchange.get(b"accept-language")))
        exchange.reply(codes.v3_status(refusal.kind) if refusal else 200, body, SAFE, b"text/plain;charset=utf-8")

    door.open_slow(PATH, hear)


SAFE = [(b"x-content-type-options", b"nosniff"), (b"cache-control", b"no-store")]
