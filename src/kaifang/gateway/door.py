"""The front door: which part of the gateway, or which surface, a request is for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from . import authority, coverage, docs, doctor, logbook, rehearsal  # noqa: F401 - some are but methods
from .house import House
from .http import Exchange
from .live import PATH as LIVE
from .live import Live
from .v2 import V2
from .v3 import V3

Handler = Callable[[Exchange], None]


class Door:
    """Hands requests to whoever answers their path; the longest prefix wins."""

    def __init__(self, house: House) -> None:
        self.house, self.v2, self.v3 = house, V2(house), V3(house)
        self.live = Live(self.v3)
        self.prefixes: dict[bytes, Handler] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        house.doctor = doctor.Keeper(house)
        doctor.open_pages(self)
        docs.open_pages(self)
        if house.settings.keeps_requests:
            house.recorder = logbook.Recorder(house)

    def open(self, prefix: str, handler: Handler) -> None:
        """Let a handler answer all paths that begin so."""
        self.prefixes[prefix.encode()] = handler
        self.prefixes = dict(sorted(self.prefixes.items(), key=lambda item: -len(item[0])))

    def open_slow(self, prefix: str, handler: Callable[[Exchange], Awaitable[None]]) -> None:
        """The same for a handler that waits for things."""

        def begin(exchange: Exchange) -> None:
            task = asyncio.get_running_loop().create_task(self._whole(handler, exchange))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

        self.open(prefix, begin)

    @staticmethod
    async def _whole(handler: Callable[[Exchange], Awaitable[None]], exchange: Exchange) -> None:
        try:
            await handler(exchange)
        except Exception as problem:  # noqa: BLE001 - answered with a reference, and logged
            exchange.fail(problem)

    def __call__(self, exchange: Exchange) -> None:
        """Answer one request."""
        path = exchange.path
        if path == b"/gateway.do":
            self.v2(exchange)
        elif path == LIVE:
            self.live(exchange)
        elif path.startswith(b"/v3/"):
            self.v3(exchange)
        else:
            handler = next((handler for prefix, handler in self.prefixes.items() if path.startswith(prefix)), None)
            if handler is None:
                exchange.reply(404, b'{"code":"not-found","message":"Nothing is here."}')
            else:
                handler(exchange)
