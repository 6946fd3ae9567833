"""Following one thing through everything: what was written of it, what happened to it, who was told."""

from functools import partial
from typing import Annotated, Literal, TypeVar

from msgspec import Meta

from kaifang.kernel import Key, Moment, Shape, Who, Work, method
from kaifang.kernel.clock import day_start
from kaifang.kernel.events import Event
from kaifang.kernel.ledger import Entry
from kaifang.kernel.notices import Notice
from kaifang.kernel.shape import encode
from kaifang.kernel.work import Writer

from .journal import Happened, Written, happened_of, written_of
from .notice import Told, told_of

Line = TypeVar("Line", Event, Entry)


class Follow(Shape):
    subject: Key  # the number of the thing, such as a trade_no
    most: Annotated[int, Meta(ge=1, le=500)] = 200  # lines of each kind


class Trace(Shape, kw_only=True):
    at: Moment  # when
    kind: Literal["entry", "event", "notice"]  # what follows
    entry: Written | None = None  # a line of the journal
    event: Happened | None = None  # something that happened
    notice: Told | None = None  # a notification that is owed, or was sent


class Traced(Shape):
    lines: list[Trace]  # in the order of time
    more: bool  # whether there are more than were asked for


@method("kaifang.log.follow", who=Who.OPERATOR, reads=True)
def follow(work: Work, ask: Follow) -> Traced:
    """Follow a thing by its number through the journal, the outbox and the notifications, in the order of time."""
    return work.found_beside(f"operate.follow {encode(ask).decode()}", partial(trace, ask=ask))


def trace(work: Work, ask: Follow) -> Traced:
    """Everything that names the thing."""
    entries = lines_of(work, Entry, "ref", ask)
    events = lines_of(work, Event, "subject", ask)
    notices = work.select(Notice, "subject = ?", (ask.subject,), "at, id", ask.most + 1)
    lines = [
        *(Trace(at=Moment(one.at), kind="entry", entry=written_of(one)) for one in entries[: ask.most]),
        *(Trace(at=Moment(one.at), kind="event", event=happened_of(one)) for one in events[: ask.most]),
        *(Trace(at=Moment(one.at), kind="notice", notice=told_of(one)) for one in notices[: ask.most]),
    ]
    lines.sort(key=lambda line: line.at.ms)  # of one moment: the entry, the event, the notice
    return Traced(lines=lines, more=max(map(len, (entries, events, notices))) > ask.most)


def lines_of(work: Work, kind: type[Line], column: str, ask: Follow) -> list[Line]:
    """The lines of all writers that name the thing, from the day on that its number says it began."""
    where = f"writer = ? and {column} = ? and at >= ?"
    found = [
        line
        for writer in work.select(Writer, order="id")
        for line in work.select(kind, where, (writer.id, ask.subject, born(ask.subject)), "number", ask.most + 1)
    ]
    return sorted(found, key=lambda line: (line.at, line.writer, line.number))


def born(number: str) -> int:
    """The beginning of the day that a number of 28 digits leads with; the beginning of time for any other."""
    if not number[:8].isdigit() or len(number) != 28:
        return 0
    try:
        return day_start(Moment.parse(f"{number[:4]}-{number[4:6]}-{number[6:8]}").ms)
    except ValueError:
        return 0
