"""Reading the outbox: what may wait until night is read there then, instead of being heard while people pay.

Each who reads has a name, under which it is kept how far that one has come.
"""

import heapq
import logging
import operator
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import msgspec

from .clock import FOREVER
from .events import Event
from .store import Broken, Lost
from .table import Row, table, table_of
from .work import Work, Writer

PAGE = 1000  # events that are read together
AT = operator.attrgetter("at")
Take = Callable[[Work, Sequence[Event]], None]
R = TypeVar("R", bound=Row)
log = logging.getLogger("kaifang")


@table("reading", key=("reader", "writer"), locked=True)
class Reading(Row):
    """How far somebody has read the outbox of one process that writes."""

    reader: str
    writer: int
    number: int = 0  # the last event that is read


class Page(msgspec.Struct):
    """What somebody reads of one process's outbox at once."""

    reading: Any  # the row that says how far it was read
    events: Sequence[Event]  # in their order
    last: int  # the number of the last line that was looked at
    end: int = FOREVER  # when that happened, if there are more behind it


def read_on(work: Work, reader: str, names: Sequence[str], take: Take, until: int = FOREVER) -> bool:
    """Have a page of each writer's outbox taken in, of these events and up to a moment; whether there is more."""
    pages = []
    for writer in work.select(Writer, order="id"):
        reading = how_far(work, reader, writer)
        where = f"writer = ? and number > ? and number <= ? and at < ? and name in ({', '.join('?' * len(names))})"
        events = work.select(Event, where, (writer.id, reading.number, writer.events, until, *names), "number", PAGE)
        last = writer.events if until == FOREVER else max([reading.number, *[event.number for event in events]])
        full = len(events) == PAGE
        pages.append(Page(reading, events, events[-1].number, events[-1].at) if full else Page(reading, events, last))
    take_pages(work, reader, pages, take)
    return any(page.end < FOREVER for page in pages)


def take_pages(work: Work, reader: str, pages: Sequence[Page], take: Take) -> None:
    """Have pages of several writers taken in, in the order in which things happened, and note how far they are read.

    What happened after the end of a page waits: it may have followed from what is not read yet.
    """
    end = min([page.end for page in pages], default=FOREVER)
    known = heapq.merge(*[page.events for page in pages], key=AT)
    take_in(work, reader, [event for event in known if event.at <= end], take)
    for page in pages:
        later = next((event.number for event in page.events if event.at > end), None)
        page.reading.number = page.last if later is None else later - 1


def pass_over(work: Work, reader: str) -> None:
    """Take in nothing of what has happened until now."""
    for writer in work.select(Writer, order="id"):
        how_far(work, reader, writer).number = writer.events


def is_read(work: Work, reader: str, until: int) -> bool:
    """Whether somebody has read everything that happened before a moment."""
    for writer in work.select(Writer):
        reading = work.find(Reading, reader=reader, writer=writer.id) or Reading(reader=reader, writer=writer.id)
        unread = work.select(Event, "writer = ? and number > ?", (writer.id, reading.number), "number", 1)
        if unread and unread[0].at < until:
            return False
    return True


def how_far(work: Work, reader: str, writer: Writer) -> Reading:
    """How far somebody has read what this process wrote."""
    found = work.find(Reading, reader=reader, writer=writer.id)
    return found or work.add(Reading(reader=reader, writer=writer.id))


def take_in(work: Work, reader: str, rows: Sequence[R], take: Callable[[Work, Sequence[R]], None]) -> list[R]:
    """Have rows taken in: all together or, if that fails, each half; those that fail alone are logged and told."""
    if not rows:
        return []
    try:
        with work.attempt() as part:
            take(part, rows)
    except Exception as problem:
        if isinstance(problem, (Lost, Broken, *work.tx.batch.engine.troubles)):
            raise  # it is not the row that is wrong
        if len(rows) == 1:
            log.exception("%s passes over %s %s", reader, table_of(type(rows[0])).name, work.key_of(rows[0]))
            return list(rows)
        half = len(rows) // 2
        return [one for some in (rows[:half], rows[half:]) for one in take_in(work, reader, some, take)]
    return []
