"""The server: its doors, its clients, its clock and its way of going away."""

import asyncio
import os
import ssl as tls
from collections.abc import Callable, Coroutine, Sequence
from itertools import count
from typing import Any, Protocol, TypeVar

from kaifang.gateway.http.answer import Refusal
from kaifang.gateway.http.connection import Connection
from kaifang.gateway.http.exchange import Exchange
from kaifang.gateway.http.limits import Limits, affordable

try:
    import uvloop
except ImportError:  # not on Windows; the loop of the standard library does the same, slower
    uvloop = None  # type: ignore[assignment]

REFUSED_AT_ONCE = 32  # clients above the limit that hear why; the others are cut at once

App = Callable[[Exchange], None]
Address = tuple[str, int]
Result = TypeVar("Result")


class Client(Protocol):
    """Whoever is connected: an HTTP connection or a websocket."""

    def sweep(self, now: float) -> None:
        """Look at the clock."""

    def drain(self) -> None:
        """Finish what is under way, then close."""

    def abort(self) -> None:
        """Cut the connection."""


class Server:
    """Listens on any number of addresses and serves one application."""

    def __init__(self, app: App, limits: Limits) -> None:
        loop = asyncio.get_running_loop()
        self.app = app
        self.limits = limits
        self.time = loop.time
        self.draining = False
        self.held_bytes = 0  # bodies of unanswered requests
        self._loop = loop
        self._most = affordable(limits.connections)
        self._clients: set[Client] = set()
        self._doors: list[asyncio.Server] = []
        self._empty = asyncio.Event()
        self._failures = count(1)
        self._sweeping = loop.call_later(limits.sweep_seconds, self._sweep)

    @property
    def addresses(self) -> list[Address]:
        """Where it listens; a port asked for as 0 has its number here."""
        return [socket.getsockname()[:2] for door in self._doors for socket in door.sockets]

    @property
    def connections(self) -> int:
        """How many clients are connected."""
        return len(self._clients)

    async def listen(
        self, addresses: Sequence[Address], ssl: tls.SSLContext | None = None, reuse_port: bool = False
    ) -> None:
        """Open more doors, with or without TLS; `reuse_port` lets several processes share one."""
        patience = self.limits.head_seconds if ssl else None
        for host, port in addresses:
            door = await self._loop.create_server(
                lambda: Connection(self),
                host,
                port,
                ssl=ssl,
                backlog=1024,
                reuse_port=reuse_port or None,
                ssl_handshake_timeout=patience,
            )
            self._doors.append(door)

    async def drain(self, timeout_seconds: float = 10) -> int:
        """Stop accepting, finish what is under way, close; gives the number of clients that had to be cut off."""
        self.draining = True
        for door in self._doors:
            door.close()
        for client in tuple(self._clients):
            client.drain()
        try:
            async with asyncio.timeout(timeout_seconds):
                await self._all_gone()
        except TimeoutError:
            pass
        left = tuple(self._clients)
        for client in left:
            client.abort()
        await self._all_gone()
        self._sweeping.cancel()
        return len(left)

    # Called by the connections.

    def welcome(self, client: Client) -> Refusal | None:
        """Count a client in; too many are told so."""
        self._clients.add(client)
        if self.draining:
            return Refusal(503, "GOING_AWAY", "This server is going away; connect again.")
        if len(self._clients) > self._most + REFUSED_AT_ONCE:
            client.abort()
        if len(self._clients) > self._most:
            return Refusal(503, "BUSY", "Too many connections; close idle ones or try again in a moment.")
        return None

    def replace(self, old: Client, new: Client) -> None:
        """A connection has become a websocket."""
        self._clients.discard(old)
        self._clients.add(new)

    def farewell(self, client: Client) -> None:
        """Count a client out."""
        self._clients.discard(client)
        if not self._clients:
            self._empty.set()

    def new_reference(self) -> str:
        """A name for one failure, unique among all server processes of a machine."""
        return f"{os.getpid():x}-{int(self.time() * 1000):x}-{next(self._failures):x}"

    async def _all_gone(self) -> None:
        while self._clients:
            self._empty.clear()
            await self._empty.wait()

    def _sweep(self) -> None:
        now = self.time()
        for client in tuple(self._clients):
            client.sweep(now)
        self._sweeping = self._loop.call_later(self.limits.sweep_seconds, self._sweep)


async def serve(
    app: App,
    addresses: Sequence[Address],
    limits: Limits = Limits(),  # noqa: B008 - frozen
    ssl: tls.SSLContext | None = None,
    reuse_port: bool = False,
) -> Server:
    """Begin to serve on all these addresses; doors with other TLS are opened with `Server.listen`."""
    server = Server(app, limits)
    try:
        await server.listen(addresses, ssl, reuse_port)
    except BaseException:
        await server.drain(0)
        raise
    return server


def run(main: Coroutine[Any, Any, Result]) -> Result:
    """Run a program on the fastest event loop there is."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop if uvloop else None) as runner:
        return runner.run(main)
