"""Trouble for notifications, in a sandbox: late, twice, out of order, with a wrong signature, or lost on the way."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import NO_PERMISSION, Key, Moment, Shape, Work, method
from kaifang.kernel.trouble import Trouble

from .errors import APP_NOT_EXIST
from .notice import may_look, own_app

How = Literal["DELAY", "TWICE", "REORDER", "CORRUPT", "DROP"]
DAY_SECONDS = 86_400
MINUTE_SECONDS = 60  # that a notification waits where nothing else is said


class Arm(Shape):
    how: How  # DELAY late, TWICE again once heard, REORDER after the next one, CORRUPT signed wrongly, DROP lost
    app_id: Key | None = None  # to which application; the calling one if left out
    kind: Key | None = None  # only to notifications of this notify_type or msg_method; to all if left out
    times: Annotated[int, Meta(ge=1, le=100)] = 1  # to how many of the next ones, 1 to 100
    tries: Annotated[int, Meta(ge=1, le=11)] = 1  # of CORRUPT and DROP: how many tries of each, 1 to 11, which is all
    seconds: Annotated[int, Meta(ge=1, le=DAY_SECONDS)] = MINUTE_SECONDS  # of DELAY; of REORDER at the longest


class Armed(Shape, kw_only=True):
    app_id: str  # to which application
    how: str  # DELAY, TWICE, REORDER, CORRUPT or DROP
    kind: str | None = None  # only to notifications of this kind; absent: to all
    left: int  # how many more it will happen to
    tries: int  # how many tries of each
    seconds: int  # how long it waits, of DELAY and REORDER
    since: Moment  # when it was asked for
    met: list[str]  # notify_id of those it has happened to, the first first
    held: str | None = None  # notify_id of the one that waits to be overtaken


@method("kaifang.notice.trouble.arm", raises=[APP_NOT_EXIST])
def arm(work: Work, ask: Arm) -> Armed:
    """Ask a sandbox for trouble with your next notifications; asking again for the same begins anew."""
    which = {"app": own_app(work, ask.app_id), "how": ask.how, "of_kind": ask.kind or ""}
    needs_sandbox(work)
    row = work.find(Trouble, **which) or work.add(Trouble(**which, left=0, tries=0, seconds=0, since=work.now, met=[]))
    row.left, row.tries, row.seconds, row.since, row.met = ask.times, ask.tries, ask.seconds, work.now, []
    row.held = ""  # what still waits goes alone
    work.tell("trouble.change", row.app)
    return armed(work, row)


def needs_sandbox(work: Work) -> None:
    """Real notifications are nobody's to play with."""
    if not work.place.sandbox:
        raise NO_PERMISSION(needs="a sandbox: where money is real, notifications are too")


def armed(work: Work, row: Trouble) -> Armed:
    """A trouble as it is told."""
    return Armed(
        app_id=row.app, how=row.how, kind=row.of_kind or None, left=row.left, tries=row.tries, seconds=row.seconds,
        since=Moment(row.since), met=row.met, held=row.holds(work.now) or None,
    )  # fmt: skip


class Look(Shape):
    app_id: Key | None = None  # of which application; the calling one, or every one for operators, if left out


class Troubles(Shape):
    troubles: list[Armed]  # what lies ahead and what has been


@method("kaifang.notice.trouble.list", raises=[APP_NOT_EXIST], reads=True)
def list_troubles(work: Work, ask: Look) -> Troubles:
    """List the trouble that was asked for, and which notifications it has met."""
    app = may_look(work, ask.app_id)
    found = work.select(Trouble, *(("app = ?", (app,)) if app else ()), order="app, how, of_kind", limit=500)
    return Troubles(troubles=[armed(work, row) for row in found])


class Clear(Shape):
    app_id: Key | None = None  # of which application; the calling one if left out
    how: How | None = None  # only this; all of it if left out


class Cleared(Shape):
    cleared: int  # how many troubles were taken back


@method("kaifang.notice.trouble.clear", raises=[APP_NOT_EXIST])
def clear(work: Work, ask: Clear) -> Cleared:
    """Take trouble back; what it has happened to stays as it is."""
    app = own_app(work, ask.app_id)
    found = [row for row in work.select(Trouble, "app = ?", (app,)) if ask.how in (None, row.how)]
    for row in found:
        work.remove(row)
    if found:
        work.tell("trouble.change", app)
    return Cleared(cleared=len(found))
