"""The live stream: what happens to a party, told to its pages as it happens, so that they ask again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

import msgspec

from kaifang.kernel import NO_USER, Caller, Fault, Work
from kaifang.kernel.clock import written
from kaifang.kernel.events import Event
from kaifang.kernel.store import Broken
from kaifang.kernel.work import Writer

from . import codes
from .http import Exchange, Stream, server_sent_event
from .malformed import Malformed
from .v3 import V3, Asked

log = logging.getLogger("kaifang.gateway")
PATH = b"/v3/kaifang/live"
LOOK_SECONDS = 0.25  # how often the outbox is looked at while anybody listens
BREATH = 60  # looks between two lines by which a connection that is gone is found out
MOST_AT_ONCE = 500  # events of one process that are told in one look
MOST_OF_ONE = 16  # streams of one party
HEADERS = [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]

read_facts = msgspec.json.Decoder(dict[str, Any]).decode


class Listener(msgspec.Struct, eq=False):
    """A page that listens."""

    party: str  # what concerns whom; empty: everything, for those who run the platform
    session: str  # while which is open; empty: as long as it likes
    stream: Stream


class Live:
    """Tells events to whom they concern: to everybody whom their facts name."""

    def __init__(self, v3: V3) -> None:
        self.v3, self.house = v3, v3.house
        self.listeners: set[Listener] = set()
        self.read_to: dict[int, int] = {}  # writer -> number of the last event told
        self.task: asyncio.Task[None] | None = None

    def __call__(self, exchange: Exchange) -> None:
        """Let whoever signed this request listen."""
        asked = Asked(exchange, self.house.new_trace())
        try:
            if exchange.method != "GET":
                raise codes.INVALID_VERB(allowed="GET")
            self.listen(exchange, self.v3.admitted(asked, "kaifang.live"))
        except Fault as refusal:
            self.v3.refuse(asked, refusal)
        except Malformed as problem:
            self.v3.refuse(asked, codes.ILLEGAL_FORM(field=problem.field, reason=problem.reason, cure=problem.cure))

    def listen(self, exchange: Exchange, caller: Caller) -> None:
        """Begin to tell a caller what concerns it."""
        party = whom(caller)
        if sum(one.party == party for one in self.listeners) >= MOST_OF_ONE:
            raise codes.CALL_LIMITED(calls_a_second=MOST_OF_ONE)
        if not self.listeners:
            self.read_to = self.house.platform.read(ends)
        listener: Listener | None = None

        def leave() -> None:
            if listener is not None:
                self.listeners.discard(listener)
                listener.stream.close()

        listener = Listener(party, caller.session, exchange.stream(headers=HEADERS, on_leave=leave))
        listener.stream.write(b": listening\n\n")
        self.listeners.add(listener)
        if self.task is None or self.task.done():
            self.task = asyncio.get_running_loop().create_task(self._look_on())

    async def _look_on(self) -> None:
        looks = 0
        while self.listeners:
            await asyncio.sleep(LOOK_SECONDS)
            looks += 1
            try:
                self.tell(self.house.platform.read(self._news))
            except Broken as problem:  # what it did not tell it tells at the next look
                log.error("what happened cannot be read: %s", problem)
            if looks % BREATH == 0:
                self._breathe()

    def _news(self, work: Work) -> Sequence[Event]:
        """What has happened since the last look."""
        found: list[Event] = []
        for writer in work.select(Writer):
            before = self.read_to.get(writer.id, 0)
            if writer.events > before:
                news = work.select(Event, "writer = ? and number > ?", (writer.id, before), "number", MOST_AT_ONCE)
                self.read_to[writer.id] = news[-1].number if news else writer.events
                found += news
        return found

    def tell(self, events: Sequence[Event]) -> None:
        """Tell each event to those whom it concerns."""
        for event in events:
            line = b""
            for listener in tuple(self.listeners):
                if not listener.party or concerns(event, listener.party):
                    line = line or as_line(event)
                    listener.stream.write(line)

    def _breathe(self) -> None:
        """Find out who has left, and let go of those whose session has ended."""
        for listener in tuple(self.listeners):
            if listener.session and not self._stands(listener.session):
                self.listeners.discard(listener)
                listener.stream.close()
            else:
                listener.stream.write(b": still here\n\n")

    def _stands(self, session: str) -> bool:
        try:
            self.house.sessions.find(session)
        except Fault:
            return False
        return True


def ends(work: Work) -> dict[int, int]:
    """The last event of each process that writes."""
    return {writer.id: writer.events for writer in work.select(Writer)}


def whom(caller: Caller) -> str:
    """Whose events a caller hears: as the wallet the user's, else the merchant's; an app's users let it know less."""
    if caller.role == "operator":
        return ""
    if caller.role != "wallet":
        return caller.merchant
    if caller.user is None:
        raise NO_USER()
    return caller.user


def concerns(event: Event, party: str) -> bool:
    """Whether an event is about a party, or its facts name it; most events are told apart without reading them."""
    if event.subject == party:
        return True
    return f'"{party}"' in event.facts and party in read_facts(event.facts).values()


def as_line(event: Event) -> bytes:
    """An event as it is told: its name, what it is about, and when; what happened is for the page to ask."""
    told = {"name": event.name, "subject": event.subject, "at": written(event.at)}
    return server_sent_event(msgspec.json.encode(told).decode())
