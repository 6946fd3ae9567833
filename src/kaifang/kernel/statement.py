"""Statements: the movements of the journal by owner, filed from it at night and whenever somebody asks for them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from .events import Happening, daily, timer
from .table import Row, table

if TYPE_CHECKING:
    from .work import Work

PAGE = 2000  # entries that are read together
FILED = ("balance", "bank")  # the purposes of purses whose owners read statements
UNFILED = "select number, at, why, ref, legs from entry where writer = ? and number > ? order by number limit ?"


@table("filing", locked=True)
class Filing(Row):
    """How far the journal of one writer has been filed into statements."""

    id: int  # the writer
    number: int = 0  # the last entry that is filed


@table("statement", key=("owner", "id"), index=[("owner", "ref")])
class Statement(Row):
    """One movement of an owner's purse or card, in yuan."""

    owner: str  # user id, or card: and its number
    id: str  # orders them in time: milliseconds, writer, entry and leg
    at: int  # milliseconds
    why: str  # what happened, such as trade.pay
    ref: str  # the number of what it happened to
    change: int  # fen; below zero: paid
    after: int  # fen in the purse afterwards
    other: str  # whose purse is on the other side


def file_entries(work: Work, pages: int = 0) -> bool:
    """File all that the journal has grown by, or so many pages of it; whether there is more.

    A writer's entries have numbers without gaps and become visible in that order, so one count for each writer says how
    far its journal is filed. The count is locked: of two processes that file at once, one waits for the other.
    """
    fresh: list[Statement] = []
    more = False
    for (writer,) in work.tx.query("select id from writer order by id", ()):
        filing = work.find(Filing, id=writer) or work.add(Filing(id=writer))
        entries = list(unfiled(work, writer, filing.number, pages))
        for number, at, why, ref, legs in entries:
            order = f"{at:013d}{writer:03d}{number:012d}"
            entry = Statement(owner="", id=order, at=at, why=why, ref=ref, change=0, after=0, other="")
            fresh += movements(entry, legs)
        filing.number += len(entries)
        more = more or len(entries) == pages * PAGE > 0
    for row in fresh:
        work.add(row)
    return more


def is_filed(work: Work, until: int) -> bool:
    """Whether everything that moved before a moment is filed."""
    for (writer,) in work.tx.query("select id from writer", ()):
        filing = work.find(Filing, id=writer) or Filing(id=writer)
        first = work.tx.query(UNFILED, (writer, filing.number, 1))
        if first and first[0][1] < until:
            return False
    return True


def unfiled(work: Work, writer: int, last: int, pages: int) -> Iterator[tuple[int, int, str, str, str]]:
    """The entries of a writer after the last one that is filed, read page by page."""
    read = 0
    while True:
        rows = work.tx.query(UNFILED, (writer, last, PAGE))
        yield from rows
        read, last = read + 1, last + len(rows)
        if len(rows) < PAGE or read == pages:
            return


def movements(entry: Statement, legs: str) -> Iterator[Statement]:
    """A line for each purse that an entry moved; the two legs of a move stand beside each other."""
    found: list[tuple[str, int, int]] = msgspec.json.decode(legs)
    for number, (account, change, after) in enumerate(found):
        owner, purpose, asset = account.rsplit("/", 2)
        if purpose in FILED and asset == "CNY":
            line = copy.copy(entry)
            line.owner, line.id, line.change, line.after = owner, f"{entry.id}{number:03d}", change, after
            line.other = found[number ^ 1][0].rsplit("/", 2)[0]
            yield line


@daily("statement.file", at="00:05")
def file_daily(work: Work, happening: Happening) -> None:
    """File what the journal grew by since yesterday, a page at a time."""
    file_on(work, happening)


@timer("statement.file_on")
def file_on(work: Work, happening: Happening) -> None:
    """Go on filing until everything is."""
    if file_entries(work, pages=1):
        work.later(work.now, "statement.file_on", "")
