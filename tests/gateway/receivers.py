"""Receivers of notifications: real HTTP servers on loopback that answer as they are told, or not at all."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

Behaviour = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]


def answered(body: bytes, status: bytes = b"200 OK", more: bytes = b"") -> bytes:
    """A whole HTTP answer."""
    return b"HTTP/1.1 %b\r\ncontent-length: %d\r\n%b\r\n%b" % (status, len(body), more, body)


SUCCESS, FAIL = answered(b"success"), answered(b"fail")


async def hang(_: asyncio.StreamWriter) -> None:
    """Never answer."""
    await asyncio.sleep(3600)


class Received:
    """One request as it came."""

    def __init__(self, head: bytes, body: bytes, connection: int) -> None:
        line, *lines = head.decode("latin-1").split("\r\n")[:-2]
        self.line, self.body, self.connection = line, body, connection
        self.headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}

    def fields(self, charset: str = "utf-8") -> dict[str, str]:
        """The form, decoded as a merchant's framework does."""
        pairs = parse_qsl(self.body.decode(), keep_blank_values=True, strict_parsing=True, encoding=charset)
        assert len(dict(pairs)) == len(pairs), "a field came twice"
        return dict(pairs)


class Receiver:
    """A merchant's server: answers one request after the other as it was told, the last answer for all that follow."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self.behaviours = list(behaviours or (SUCCESS,))
        self.received: list[Received] = []
        self.connections = self.busy = self.busiest = 0
        self.writers: set[asyncio.StreamWriter] = set()
        self.server: asyncio.Server

    async def open(self, tls: ssl.SSLContext | None = None) -> Receiver:
        """Begin to listen."""
        self.server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=tls)
        return self

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.server.sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/notify"

    def told(self, name: str) -> list[str]:
        """What all requests said in one field."""
        return [request.fields()[name] for request in self.received]

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.writers.add(writer)
        number = self.connections
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
                body = await reader.readexactly(int(length.partition(b":")[2]))
                self.received.append(Received(head, body, number))
                self.busy += 1
                self.busiest = max(self.busy, self.busiest)
                try:
                    await self._answer(writer)
                finally:
                    self.busy -= 1
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self.writers.discard(writer)
            writer.close()

    async def _answer(self, writer: asyncio.StreamWriter) -> None:
        behaviour = self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]
        if isinstance(behaviour, bytes):
            writer.write(behaviour)
            await writer.drain()
        else:
            await behaviour(writer)

    async def close(self) -> None:
        """Cut everybody off."""
        self.server.close()
        for writer in tuple(self.writers):
            writer.transport.abort()
        await asyncio.sleep(0)


def fields_of(pairs: dict[str, Any]) -> dict[bytes, bytes]:
    """Fields as the signature covers them."""
    return {name.encode(): value.encode() for name, value in pairs.items()}
