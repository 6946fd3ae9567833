"""The back of a platform: the process that writes does the work of its fronts, and tells them what they must know."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import pickle
import socket
import traceback
from collections.abc import Sequence
from functools import partial
from typing import Any

from .fault import Fault
from .link import Do, Done, Link, Time, Told, Welcome
from .platform import Platform
from .queue import Busy, Look, Task
from .store import Broken
from .work import Awaited, Caller, Slow

EXPECTED = (Fault, Slow, Busy, Broken)  # what a front hears as it is; anything else is a mistake of ours
EACH = 100  # numbers of a writer's fronts: the second one of writer 3 is 302
PATIENCE_SECONDS = 5  # for a front to go by a new clock; it does nothing that takes long
log = logging.getLogger("kaifang")


class Back:
    """Serves the fronts of a platform."""

    def __init__(self, platform: Platform) -> None:
        self.platform, self.seats = platform, dict[int, Seat]()
        self.round = 0
        platform.back = self

    async def add(self, end: socket.socket) -> None:
        """Take a front in, which holds the other end of this socket pair."""
        base = self.platform.place.writer * EACH
        number = next(number for number in range(base + 1, base + EACH) if number not in self.seats)
        seat = self.seats[number] = Seat(self, number)
        self.platform.place.fronts = len(self.seats)
        await seat.link.join(end)
        seat.link.say(Welcome(number))
        seat.link.say(self._time())

    def _time(self) -> Time:
        return Time(self.round, self.platform.clock.frozen_at, self.platform.clock.offset)

    def tell(self, events: Sequence[tuple[str, str]]) -> None:
        """Let all fronts know what happened."""
        for seat in self.seats.values():
            seat.link.say(Told(events))

    async def set_clocks(self) -> None:
        """Have all fronts go by the clock as it is now; returns when they do."""
        self.round += 1
        waits = [seat.set_clock(self._time()) for seat in self.seats.values()]
        await asyncio.gather(*waits)


class Seat:
    """One front, as the back sees it."""

    def __init__(self, back: Back, number: int) -> None:
        self.back, self.number = back, number
        self.link = Link(self.heard, self.lost)
        self.done: list[tuple[int, Any]] = []
        self.clock_wanted: list[tuple[int, asyncio.Future[None]]] = []

    def heard(self, message: Any) -> None:
        """The front wants something done, or goes by the new clock."""
        if isinstance(message, Do):
            for number, task, caller, look in message.works:
                self.do(number, task, caller, look)
        elif isinstance(message, Time):
            for round_, wait in self.clock_wanted:
                if round_ <= message.round and not wait.done():
                    wait.set_result(None)

    def do(self, number: int, task: Task, caller: Caller, look: Look | None) -> None:
        """Queue one unit of work."""
        try:
            self.back.platform.submit(task, caller, partial(self.heard_of, number, task, caller), look)
        except Busy as busy:
            self.answer(number, busy)

    def heard_of(self, number: int, task: Task, caller: Caller, result: Any) -> None:
        """Answer; what has to wait for something that is found out here is done again once it is."""
        if not isinstance(result, Awaited):
            self.answer(number, result)
            return
        loop = asyncio.get_running_loop()
        result.future.add_done_callback(lambda _: loop.call_soon_threadsafe(self.do, number, task, caller, None))

    def answer(self, number: int, result: Any) -> None:
        """Send a result, together with those of the same batch."""
        if isinstance(result, Exception) and not isinstance(result, EXPECTED):
            result.add_note("".join(traceback.format_exception(result)))
        if not self.done:
            asyncio.get_running_loop().call_soon(self.send)
        self.done.append((number, result))

    def send(self) -> None:
        """Send what is done."""
        done, self.done = self.done, []
        try:
            self.link.send(pickle.dumps(Done(done), pickle.HIGHEST_PROTOCOL))
        except Exception:  # noqa: BLE001 - a result that cannot travel: the others of its batch shall
            self.link.say(Done([(number, travelling(result)) for number, result in done]))

    async def set_clock(self, time: Time) -> None:
        """Have the front go by this clock; returns when it does, or is gone."""
        wait: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.clock_wanted.append((time.round, wait))
        self.link.say(time)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await wait
        except TimeoutError:
            log.error("front %d does not answer, and is given up", self.number)
            self.link.close()
        self.clock_wanted.remove((time.round, wait))

    def lost(self) -> None:
        """The front has ended; nobody waits for it."""
        self.back.seats.pop(self.number, None)
        self.back.platform.place.fronts = len(self.back.seats)
        for _, wait in self.clock_wanted:
            if not wait.done():
                wait.set_result(None)


def travelling(result: Any) -> Any:
    """A result as it is, if it can travel, or what is wrong with it."""
    with contextlib.suppress(Exception):
        return pickle.loads(pickle.dumps(result)) and result
    log.error("a result cannot be told to the process that waits for it: %r", result)
    return RuntimeError(f"{result!r}")
