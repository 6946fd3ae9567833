"""What the platform owes to the outside: notifications, their tries and their fate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clock import HOUR, MINUTE
from .events import Job, later
from .machine import Machine, start, state
from .table import Row, table
from .trouble import left_of, listener_of, send_first

if TYPE_CHECKING:
    from .work import Work

# After the first sending: three at once, then these waits. Source: protocol notes, 3.3.
WAITS = (0, 0, 0, 4 * MINUTE, 10 * MINUTE, 10 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, 15 * HOUR)


class Notification(Machine):
    """How far a notification has come."""

    OWED = start()
    RETRYING = state()
    DELIVERED = state()
    GIVEN_UP = state()

    acknowledge = (OWED | RETRYING | GIVEN_UP) >> DELIVERED
    fail = (OWED | RETRYING) >> RETRYING
    give_up = (OWED | RETRYING) >> GIVEN_UP
    retry = (DELIVERED | GIVEN_UP) >> RETRYING


@table("notice", index=[("app", "at")])
class Notice(Row):
    """One notification that is owed to an app until its receiver says `success`."""

    id: str  # notify_id, the same for every try
    app: str  # the app_id it is signed for
    url: str  # where it is sent; empty: to the app's message channel
    style: str  # trade or message
    kind: str  # notify_type, or msg_method for messages
    subject: str  # what it is about
    fields: dict[str, str]  # what it says, beside the common fields
    at: int  # when it came to be owed
    state: str = Notification.begin.name
    tries: int = 0
    next_at: int = 0  # when it is sent next; 0 when it is not


@table("delivery", key=("notice", "number"))
class Delivery(Row):
    """One try: what was sent, what came back."""

    notice: str
    number: int  # 1 for the first try
    at: int
    sent: str  # the body as sent
    status: int  # HTTP status; 0 when nobody answered
    answer: str  # the first 1,000 characters of what came back, or what went wrong
    took: int  # milliseconds


def notify(
    work: Work, app: str, url: str, kind: str, subject: str, fields: dict[str, object], *, style: str = "trade"
) -> None:
    """Owe a notification; members without a value do not travel. Without an address only a message is owed."""
    if style != "message":
        url = url or listener_of(work, app)
        if not url:
            return
    told = {name: str(value) for name, value in fields.items() if value is not None and str(value) != ""}
    notice = Notice(
        id=work.new_id(), app=app, url=url, style=style, kind=kind, subject=subject, fields=told, at=work.now,
        next_at=work.now,
    )  # fmt: skip
    work.add(notice)
    send_first(work, notice)


def tried(work: Work, job: Job, notice: Notice, *, sent: str, status: int, answer: str, took: int) -> None:
    """Record a try that a job asked for; set the next one, or give up at the end of the schedule."""
    kept = work.find(Job, due=job.due, id=job.id)
    if kept is None:
        return  # another process was faster
    work.remove(kept)
    notice.tries += 1
    work.add(
        Delivery(
            notice=notice.id,
            number=notice.tries,
            at=work.now,
            sent=sent,
            status=status,
            answer=answer[:1000],
            took=took,
        )
    )
    notice.next_at, facts = 0, kept.happening.facts
    if "then" in facts:
        overtaken(work, facts.pop("then"))
    if status == 200 and answer.strip() == "success":
        Notification.acknowledge(work, notice)
        if "twice" in facts:
            resend(work, notice)
    elif notice.tries > len(WAITS):
        Notification.give_up(work, notice)
    else:
        Notification.fail(work, notice)
        notice.next_at = work.now + WAITS[notice.tries - 1]
        later(work, notice.next_at, "notice.send", notice.id, **left_of(facts))


def overtaken(work: Work, notify_id: str) -> None:
    """Send a notification that waited for another one to go before it."""
    notice = work.find(Notice, id=notify_id)
    if notice is not None and not notice.tries and notice.next_at > work.now:
        resend(work, notice)


def resend(work: Work, notice: Notice) -> None:
    """Send a notification again, now: even one that was acknowledged, or given up."""
    for job in work.select(Job, "name = ? and subject = ?", ("notice.send", notice.id)):
        work.remove(job)
    if Notification.retry.possible(notice):
        Notification.retry(work, notice)
    notice.next_at = work.now
    later(work, work.now, "notice.send", notice.id)
