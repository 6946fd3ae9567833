"""A front: a process that reads beside the one that writes, and has that one do what changes anything."""

from __future__ import annotations

import asyncio
import itertools
import socket
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from .clock import Clock
from .events import Job
from .ids import Chance
from .link import Do, Done, Link, Time, Told, Welcome
from .queue import Busy, Look, Task, outcome
from .store import Broken, Reader, read
from .work import PLATFORM, Caller, Place, Work

T = TypeVar("T")


class Front:
    """What a platform is to its gateway, in a process that does not write."""

    several = True  # processes serve

    def __init__(self, reader: Reader, end: socket.socket) -> None:
        self.reader, self.clock, self.end = reader, Clock(), end
        self.place = Place(writer=0, chance=Chance())  # the writer gives it a number
        self.listeners = self.place.listeners
        self.outside: dict[str, Callable[[Job], Awaitable[None]]] = {}  # done by the writer
        self.left = asyncio.Event()  # the writer is gone, and with it the reason to be
        self._link = Link(self._heard, self._lost)
        self._numbers, self._waiting = itertools.count(1), dict[int, Callable[[Any], None]]()
        self._asked: list[tuple[int, Task, Caller, Look | None]] = []
        self._ready = asyncio.Event()

    async def start(self) -> None:
        """Begin to hear from the writer; returns when this process goes by its clock, or that one is gone."""
        await self._link.join(self.end)
        await self._ready.wait()

    async def stop(self) -> None:
        """Let go of the writer and of the database."""
        self._link.close()
        self.reader.close()

    def submit(self, task: Task, caller: Caller, done: Callable[[Any], None], look: Look | None = None) -> None:
        """Have a unit of work done; `done` gets its result or exception after the commit."""
        if self.left.is_set():
            raise Busy
        if not self._asked:
            asyncio.get_running_loop().call_soon(self._ask)
        number = next(self._numbers)
        self._waiting[number] = done
        self._asked.append((number, task, caller, look))

    def _ask(self) -> None:
        asked, self._asked = self._asked, []
        try:
            self._link.say(Do(asked))
        except Exception:  # noqa: BLE001 - something that cannot travel, which is a mistake of ours: the others shall
            for one in asked:
                self._ask_alone(one)

    def _ask_alone(self, one: tuple[int, Task, Caller, Look | None]) -> None:
        try:
            self._link.say(Do([one]))
        except Exception as problem:  # noqa: BLE001 - whoever waits hears of it
            self._waiting.pop(one[0])(problem)

    async def run(self, task: Callable[[Work], T], caller: Caller = PLATFORM) -> T:
        """Have a unit of work done and wait for its result."""
        return await outcome(self.submit, task, caller)

    def read(self, task: Callable[[Work], T], caller: Caller = PLATFORM) -> T:
        """Run a task that only reads, now and here, on what is committed."""
        now = self.clock.now()
        return read(self.reader, lambda tx: task(Work(tx, now, caller, self.place)))

    def _heard(self, message: Any) -> None:
        match message:
            case Done(results):
                for number, result in results:
                    self._waiting.pop(number)(result)
            case Told(events):
                for event, subject in events:
                    if event in self.listeners:
                        self.listeners[event](subject)
            case Time(_, frozen_at, offset):
                self.clock.frozen_at, self.clock.offset = frozen_at, offset
                self._link.say(message)
                self._ready.set()
            case Welcome(number):
                self.place.writer = number

    def _lost(self) -> None:
        self.left.set()
        self._ready.set()  # it will never be told the time
        waiting, self._waiting = self._waiting, {}
        for done in waiting.values():
            done(Broken("the process that writes is gone"))
