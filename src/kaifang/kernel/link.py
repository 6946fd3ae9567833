"""The link between the processes of one platform: Python objects over a socket pair that nobody else holds."""

from __future__ import annotations

import asyncio
import pickle
import socket
import struct
from collections.abc import Callable, Sequence
from typing import Any, cast

import msgspec

from .queue import Look, Task
from .work import Caller

LENGTH = struct.Struct("<I")


class Welcome(msgspec.Struct):
    """The first word to a front."""

    number: int  # by which this front is known among all processes


class Do(msgspec.Struct):
    """A front wants units of work done, as (number, task, caller, look)."""

    works: list[tuple[int, Task, Caller, Look | None]]


class Done(msgspec.Struct):
    """They are done: (number, result or exception)."""

    results: list[tuple[int, Any]]


class Told(msgspec.Struct):
    """Something happened that has listeners: (event, subject)."""

    events: Sequence[tuple[str, str]]


class Time(msgspec.Struct):
    """The clock was set; a front sends it back once it goes by it."""

    round: int  # which setting it was, counted from 1
    frozen_at: int | None
    offset: int


class Link(asyncio.Protocol):
    """One end: `heard` is called with each message, `lost` when the other end is gone."""

    def __init__(self, heard: Callable[[Any], None], lost: Callable[[], None]) -> None:
        self.heard, self.lost = heard, lost
        self._transport: asyncio.WriteTransport | None = None
        self._came = bytearray()

    async def join(self, end: socket.socket) -> None:
        """Begin to hear at this end of the pair."""
        await asyncio.get_running_loop().create_unix_connection(lambda: self, sock=end)

    def say(self, message: Any) -> None:
        """Send a message; who has gone hears nothing."""
        self.send(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))

    def send(self, message: bytes) -> None:
        """Send a message that is pickled already."""
        assert self._transport is not None, "join first"
        if not self._transport.is_closing():
            self._transport.write(LENGTH.pack(len(message)) + message)

    def close(self) -> None:
        """Leave, once everything is sent."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The event loop has taken the socket up."""
        self._transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        """Some bytes came: perhaps the rest of a message, perhaps several."""
        self._came += data
        at = 0
        while len(self._came) - at >= LENGTH.size:
            (length,) = LENGTH.unpack_from(self._came, at)
            end = at + LENGTH.size + length
            if len(self._came) < end:
                break
            message = pickle.loads(memoryview(self._came)[at + LENGTH.size : end])
            at = end
            self.heard(message)
        del self._came[:at]

    def connection_lost(self, problem: Exception | None) -> None:
        """The other end is gone."""
        self.lost()
