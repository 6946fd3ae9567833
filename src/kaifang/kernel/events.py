"""What happened and what is due: an outbox that subscribers hear, and timers, both kept until they were worked off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from .clock import DAY, HOUR, MINUTE, SECOND, day_start
from .shape import encode
from .table import Row, table

if TYPE_CHECKING:
    from .machine import Move, Moving
    from .work import Work

H = TypeVar("H", bound=Callable[..., None])
T = TypeVar("T")
F = TypeVar("F", bound="Callable[[Work], object]")


class Happening(msgspec.Struct, frozen=True):
    """What a subscriber hears or a timer is reminded of."""

    name: str  # the event, such as trade.pay, or the timer
    subject: str  # the number of the thing it is about
    facts: dict[str, Any]
    at: int  # when it happened, or was due, in milliseconds


@table("event", key=("writer", "number"))
class Event(Row):
    """One line of the outbox: kept for the log and for live views."""

    writer: int
    number: int
    at: int
    name: str
    subject: str
    facts: str  # JSON


@table("job", key=("due", "id"), index=[("name", "subject")])
class Job(Row):
    """Something to be done at its time, at least once: an event for one subscriber, or a timer."""

    due: int  # milliseconds
    id: str
    name: str  # which handler
    event: str  # the event heard, or the timer's own name
    subject: str
    facts: str  # JSON
    at: int  # when it happened, or was first due
    tries: int = 0
    hops: int = 0  # how often the house has acted by itself since somebody did

    @property
    def happening(self) -> Happening:
        """What the handler is told."""
        return Happening(self.event, self.subject, msgspec.json.decode(self.facts), self.at)


@table("bulletin")
class Bulletin(Row):
    """How often something happened that every process must know of: each looks here for what the others did."""

    id: str  # the event
    count: int = 0


handlers: dict[str, Callable[[Work, Happening], None]] = {}
hearers: dict[str, list[str]] = {}  # event -> handlers
catchers: dict[str, Callable[[Work, str, dict[str, Any]], bool]] = {}  # handler -> whether it hears an event
forgotten: set[str] = set()  # events on which something that is remembered is forgotten
prepared: list[Callable[[Work], object]] = []  # what a process finds out as it starts
dailies: dict[str, int] = {}  # handler -> milliseconds after Beijing midnight


def hears(*events: str) -> Callable[[H], H]:
    """Subscribe a function `(work, happening)` to events: each in a unit of work of its own, in order by subject."""

    def subscribe(run: H) -> H:
        name = f"{run.__module__}.{run.__name__}"
        handlers[name] = run
        for event in events:
            hearers.setdefault(event, []).append(name)
        return run

    return subscribe


def catches(wants: Callable[[Work, str, dict[str, Any]], bool]) -> Callable[[H], H]:
    """Subscribe a function to whatever events `wants(work, event, facts)` says, at the moment they are announced.

    It is asked of every event there is, so it had better know at once, and read no row that others do not.
    """

    def subscribe(run: H) -> H:
        name = f"{run.__module__}.{run.__name__}"
        handlers[name], catchers[name] = run, wants
        return run

    return subscribe


def remembered(event: str) -> Callable[[Callable[[Work], T]], Callable[[Work], T]]:
    """Remember what a function found out from committed data until `event` is announced.

    Other processes forget it within a quarter of a second. Reading a row in every unit of work would lock it each time.
    """

    def remember(find: Callable[[Work], T]) -> Callable[[Work], T]:
        forgotten.add(event)

        def recall(work: Work) -> T:
            kept = work.place.kept
            if event not in kept:
                kept[event] = find(work)
            return kept[event]  # type: ignore[no-any-return]

        return recall

    return remember


def prepares(find: F) -> F:
    """Have each process that answers requests call this once as it starts, so that nobody has to wait for it later."""
    prepared.append(find)
    return find


def timer(name: str) -> Callable[[H], H]:
    """Name a function `(work, happening)` that `work.later` can set a timer for."""

    def keep(run: H) -> H:
        if name in handlers:
            raise TypeError(f"two timers are named {name}")
        handlers[name] = run
        return run

    return keep


def daily(name: str, at: str) -> Callable[[H], H]:
    """A timer that fires every day at a Beijing time such as 03:30."""
    hours, minutes = map(int, at.split(":"))

    def keep(run: H) -> H:
        dailies[name] = hours * HOUR + minutes * MINUTE
        return timer(name)(run)

    return keep


def next_daily(name: str, after: int) -> int:
    """When a daily timer fires next."""
    due = day_start(after) + dailies[name]
    return due if due > after else due + DAY


def tell(work: Work, event: str, subject: str, /, **facts: object) -> None:
    """Announce what happened, in the same transaction; subscribers hear it afterwards, at least once."""
    writer = work.writer
    writer.events += 1
    text = encode(facts).decode()
    work.add(Event(writer=writer.id, number=writer.events, at=work.now, name=event, subject=subject, facts=text))
    if event in work.place.listeners:
        work.place.told.append((event, subject))
        if work.place.shared:
            bulletin = work.find(Bulletin, id=event) or work.add(Bulletin(id=event))
            bulletin.count += 1
    for name in hearers.get(event, ()):
        _schedule(work, work.now, name, event, subject, text)
    for name, wants in catchers.items():
        if wants(work, event, facts):
            _schedule(work, work.now, name, event, subject, text)


def moved(work: Work, move: Move, row: Moving, facts: dict[str, object]) -> None:
    """Announce that an arrow was walked."""
    tell(work, move.event, str(work.key_of(row)), state=row.state, **facts)


def later(work: Work, due: int, name: str, subject: str, /, **facts: object) -> None:
    """Set a timer: the handler looks at the thing again when the clock gets there."""
    assert name in handlers or name in OUTSIDE, f"no timer is named {name}"
    _schedule(work, max(due, work.now), name, name, subject, encode(facts).decode())


OUTSIDE = {"notice.send"}  # timers whose work is done outside a transaction, by the gateway


def _schedule(work: Work, due: int, name: str, event: str, subject: str, facts: str) -> None:
    job = Job(due=due, id=work.new_id(), name=name, event=event, subject=subject, facts=facts, at=due, hops=work.hops)
    work.add(job)
    work.note_due(due)


def due(work: Work, until: int, limit: int, outside: str = "") -> list[Job]:
    """What is due by then, the earliest first; `in` or `not in` the work that is done outside."""
    which = f"name {outside} ({', '.join('?' * len(OUTSIDE))})" if outside else "1 = 1"
    return work.select(Job, f"due <= ? and {which}", (until, *(OUTSIDE if outside else ())), "due, id", limit)


def postpone(work: Work, job: Job) -> None:
    """Put off a job that failed, and whatever else its handler is to do for the same subject, so that order holds."""
    wait = min(15 * MINUTE, SECOND * 2 ** min(job.tries, 10))
    for other in work.select(Job, "name = ? and subject = ?", (job.name, job.subject), "due, id"):
        work.remove(other)
        changed = {"due": max(other.due, work.now + wait), "tries": other.tries + 1, "version": 0}
        fields = {name: getattr(other, name) for name in other.__struct_fields__}
        work.add(Job(**fields | changed))
        work.note_due(work.now + wait)
