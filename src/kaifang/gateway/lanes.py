"""Lanes: how much is under way at once, so that a receiver that is slow keeps nobody waiting but its own notices."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

ONE_PLACE, ONE_APP, ALL = 8, 64, 256  # tries under way: to one receiver of an app, of one app, of all apps
PLACES = 4096  # receivers whose pace is remembered


class Crowded(Exception):
    """It would take too long until it is this one's turn."""


class Lane(asyncio.Semaphore):
    """One bottleneck: as many as fit are in it, the others wait in their order."""

    def __init__(self, width: int) -> None:
        super().__init__(width)
        self.visitors = 0  # inside and waiting


class Lanes:
    """Narrow lanes lead into wider ones: who waits in a narrow one takes no room in the wide one."""

    def __init__(self) -> None:
        self.lanes: dict[tuple[str, ...], Lane] = {}
        self.paces: dict[tuple[str, ...], float] = {}  # seconds that one try takes, lately

    @contextlib.asynccontextmanager
    async def turn(self, app: str, place: str, patience_seconds: float | None) -> AsyncIterator[None]:
        """Wait for a turn; raises Crowded instead if that takes longer than there is patience."""
        key = (app, place)
        ahead = self.lanes[key].visitors - ONE_PLACE if key in self.lanes else 0
        if patience_seconds is not None and ahead * self.paces.get(key, 0) / ONE_PLACE > patience_seconds:
            raise Crowded
        async with contextlib.AsyncExitStack() as lanes:
            try:
                async with asyncio.timeout(patience_seconds):
                    for name, width in ((key, ONE_PLACE), ((app,), ONE_APP), ((), ALL)):
                        await lanes.enter_async_context(self._pass(name, width))
            except TimeoutError:
                raise Crowded from None
            begun = time.monotonic()
            yield
            self._note(key, time.monotonic() - begun)

    @contextlib.asynccontextmanager
    async def _pass(self, name: tuple[str, ...], width: int) -> AsyncIterator[None]:
        lane = self.lanes.setdefault(name, Lane(width))
        lane.visitors += 1
        try:
            async with lane:
                yield
        finally:
            lane.visitors -= 1
            if not lane.visitors:
                del self.lanes[name]

    def _note(self, key: tuple[str, ...], took: float) -> None:
        before = self.paces.pop(key, took)
        if len(self.paces) >= PLACES:
            del self.paces[next(iter(self.paces))]
        self.paces[key] = (before + took) / 2
