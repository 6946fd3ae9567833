"""What a sandbox does to an application's notifications, so that its receiver can be tried: trouble, and a listener."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .clock import SECOND, wall
from .events import Job, later, remembered
from .table import Row, table

if TYPE_CHECKING:
    from .notices import Notice
    from .work import Work

MOST_MET = 100  # notifications that a row remembers to have met
LOST = "lost on the way, as this sandbox was asked to lose it"


@table("trouble", key=("app", "how", "of_kind"))
class Trouble(Row):
    """What is to happen to the next notifications of an application."""

    app: str
    how: str  # DELAY, TWICE, REORDER, CORRUPT or DROP
    of_kind: str  # only to those of this kind; empty: to all
    left: int  # how many more it happens to
    tries: int  # of how many tries of each; of CORRUPT and DROP
    seconds: int  # how long it waits; of DELAY and REORDER
    since: int
    met: list[str]  # whom it happened to: their notify_id, the first first
    held: str = ""  # the notification that waits for another one to overtake it
    held_until: int = 0  # when it goes alone

    def holds(self, now: int) -> str:
        """The notification that still waits to be overtaken; empty: none."""
        return self.held if now < self.held_until else ""


@table("listener")
class Listener(Row):
    """Where all notifications of an application go for a while, instead of where they would."""

    id: str  # the application
    url: str
    until: int  # by the machine's clock, as whoever listens may be gone without a word


@remembered("trouble.change")
def troubles(work: Work) -> dict[str, list[tuple[str, str]]]:
    """The trouble that lies ahead, by application: how, and for which kind."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in work.select(Trouble, order="app, how, of_kind"):
        if row.left or row.holds(work.now):
            found.setdefault(row.app, []).append((row.how, row.of_kind))
    return found


@remembered("listener.change")
def listeners(work: Work) -> dict[str, Listener]:
    """Who listens to which application."""
    return {row.id: row for row in work.select(Listener)}


def listener_of(work: Work, app: str) -> str:
    """The address of whoever listens to an application now, in a sandbox; empty: nobody."""
    if not work.place.sandbox:
        return ""
    found = listeners(work).get(app)
    return found.url if found is not None and found.until > wall() else ""


def send_first(work: Work, notice: Notice) -> None:
    """Have a notification sent for the first time, with the trouble that it meets."""
    facts: dict[str, Any] = {}
    if work.place.sandbox:
        for how, only in troubles(work).get(notice.app, ()):
            if only in ("", notice.kind):
                meet(work, notice, how, only, facts)
    later(work, notice.next_at, "notice.send", notice.id, **facts)


def meet(work: Work, notice: Notice, how: str, only: str, facts: dict[str, Any]) -> None:
    """Let a notification meet a trouble: what its sending has to know is added to the facts."""
    row = work.find(Trouble, app=notice.app, how=how, of_kind=only)
    held = row.holds(work.now) if row is not None else ""
    if row is None or not (row.left or held):
        return
    if held:  # this is the one that overtakes it
        facts["then"], row.held = held, ""
    else:
        row.left -= 1
        row.met = [*row.met, notice.id][-MOST_MET:]
        if how in ("DELAY", "REORDER"):
            notice.next_at = max(notice.next_at, work.now + row.seconds * SECOND)
            row.held, row.held_until = notice.id if how == "REORDER" else "", notice.next_at
        else:
            facts[how.lower()] = row.tries
    if not row.left and not row.held:
        work.tell("trouble.change", notice.app)


def left_of(facts: dict[str, Any]) -> dict[str, Any]:
    """The trouble that is left for the next try."""
    left = {how: facts[how] - 1 for how in ("corrupt", "drop") if facts.get(how, 0) > 1}
    return left | ({"twice": 1} if "twice" in facts else {})


def is_lost(job: Job) -> bool:
    """Whether this try of a notification is to be lost on the way."""
    return "drop" in job.happening.facts


def is_corrupt(job: Job) -> bool:
    """Whether this try of a notification is to carry a wrong signature."""
    return "corrupt" in job.happening.facts


def corrupted(sign: str) -> str:
    """A signature of the same form that verifies nothing."""
    return ("B" if sign[:1] == "A" else "A") + sign[1:]
