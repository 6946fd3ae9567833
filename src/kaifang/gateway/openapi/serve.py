"""The document at /openapi.json, built when it is first asked for."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from kaifang.gateway.http import Exchange
from kaifang.gateway.packed import Packed

from .document import document

if TYPE_CHECKING:
    from kaifang.gateway.door import Door

PATH = "/openapi.json"
HEADERS = [(b"cache-control", b"no-cache"), (b"x-content-type-options", b"nosniff")]


def open_document(door: Door) -> None:
    """Serve it at a door."""
    door.open_slow(PATH, answer)


async def answer(exchange: Exchange) -> None:
    """Send it; it is built beside the loop, as that takes a second."""
    (await asyncio.to_thread(packed)).send(exchange, HEADERS)


@cache
def packed() -> Packed:
    """The document as bytes."""
    return Packed(msgspec.json.encode(document()), b"application/json;charset=utf-8")
