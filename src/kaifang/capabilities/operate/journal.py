"""What happened on the platform, and what was written into its journal: for those who run it."""

from collections.abc import Iterable
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from kaifang.kernel import Key, Moment, Shape, Who, Work, method
from kaifang.kernel.events import Event
from kaifang.kernel.ledger import Entry
from kaifang.kernel.work import Writer

PageNumber = Annotated[int, Meta(ge=1, le=100)]
PageSize = Annotated[int, Meta(ge=1, le=100)]
Line = TypeVar("Line", Event, Entry)


class Paged(Shape):
    page_num: PageNumber = 1  # from 1
    page_size: PageSize = 20  # 1 to 100


class Events(Paged, kw_only=True):
    name: Key | None = None  # only events of this name, such as trade.pay
    subject: Key | None = None  # only those about the thing with this number


class Happened(Shape):
    writer: int  # which process saw it
    number: int  # its running number there
    at: Moment  # when
    name: str  # what happened, such as trade.pay
    subject: str  # the number of the thing it is about
    facts: dict[str, Any]  # what else is known of it


class Happenings(Shape):
    events: list[Happened]  # the latest first


@method("kaifang.log.events", who=Who.OPERATOR, reads=True)
def list_events(work: Work, ask: Events) -> Happenings:
    """List what happened on the platform."""
    found = latest(work, Event, ask, {"name": ask.name, "subject": ask.subject})
    return Happenings(events=[happened_of(one) for one in found])


def happened_of(event: Event) -> Happened:
    """An event as operators see it."""
    return Happened(
        writer=event.writer, number=event.number, at=Moment(event.at), name=event.name, subject=event.subject,
        facts=msgspec.json.decode(event.facts),
    )  # fmt: skip


class Entries(Paged, kw_only=True):
    why: Key | None = None  # only entries for this reason, such as trade.pay
    ref: Key | None = None  # only those about the thing with this number


class Leg(Shape):
    account: str  # owner, purpose and asset
    change: int  # smallest units; below zero for what left it
    balance: int  # what it holds afterwards


class Written(Shape):
    writer: int  # whose chain it stands in
    number: int  # its place in the chain
    at: Moment  # when
    why: str  # what happened, such as trade.pay
    ref: str  # the number of the thing it happened to
    legs: list[Leg]  # the changes, which sum to nothing for each asset
    hash: str  # SHA-256 over the entry and the one before it


class Journal(Shape):
    entries: list[Written]  # the latest first


@method("kaifang.log.entries", who=Who.OPERATOR, reads=True)
def list_entries(work: Work, ask: Entries) -> Journal:
    """List what was written into the journal of everything of value."""
    found = latest(work, Entry, ask, {"why": ask.why, "ref": ask.ref})
    return Journal(entries=[written_of(one) for one in found])


def written_of(entry: Entry) -> Written:
    """An entry as operators see it."""
    return Written(
        writer=entry.writer, number=entry.number, at=Moment(entry.at), why=entry.why, ref=entry.ref, hash=entry.hash,
        legs=legs_of(entry),
    )  # fmt: skip


def legs_of(entry: Entry) -> list[Leg]:
    """The changes of an entry."""
    legs = msgspec.json.decode(entry.legs, type=list[tuple[str, int, int]])
    return [Leg(account=account, change=change, balance=balance) for account, change, balance in legs]


def latest(work: Work, kind: type[Line], page: Paged, only: dict[str, str | None]) -> list[Line]:
    """A page of the newest lines of all writers: each writer's own are in order, so no sorting of the whole table."""
    meant: dict[str, str] = {name: value for name, value in only.items() if value is not None}
    where = " and ".join(["writer = ?", *(f"{name} = ?" for name in meant)])
    most = page.page_num * page.page_size
    writers: Iterable[Writer] = work.select(Writer, order="id")
    lines = [
        line
        for writer in writers
        for line in work.select(kind, where, (writer.id, *meant.values()), "number desc", most)
    ]
    lines.sort(key=lambda line: (line.at, line.writer, line.number), reverse=True)
    return lines[most - page.page_size : most]
