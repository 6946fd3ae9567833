"""What the platform owes and sent to applications, try by try."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Fault, Key, Moment, Shape, Work, method
from kaifang.kernel.notices import Delivery, Notice

from .errors import APP_NOT_EXIST, NOTICE_NOT_EXIST

PageNumber = Annotated[int, Meta(ge=1, le=1_000)]
PageSize = Annotated[int, Meta(ge=1, le=100)]


class List(Shape):
    app_id: Key | None = None  # to which application; the calling one, or every one for operators, if left out
    state: Literal["OWED", "RETRYING", "DELIVERED", "GIVEN_UP"] | None = None  # only those
    subject: Key | None = None  # only those about the thing with this number
    page_num: PageNumber = 1  # from 1
    page_size: PageSize = 20  # 1 to 100


class Told(Shape, kw_only=True):
    notify_id: str  # the same in every try
    app_id: str  # to which application
    url: str  # where it is sent; empty for the message channel
    style: str  # trade or message
    kind: str  # notify_type, or the message's method name
    subject: str  # the number of the thing it is about
    fields: dict[str, str]  # what it says
    owed: Moment  # since when
    state: str  # OWED, RETRYING, DELIVERED or GIVEN_UP
    tries: int  # how often it was sent
    next_try: Moment | None = None  # when it is sent next


class Listed(Shape):
    notices: list[Told]  # the latest first


@method("kaifang.log.notices", raises=[APP_NOT_EXIST], reads=True)
def list_notices(work: Work, ask: List) -> Listed:
    """List the notifications to your application, and what became of them."""
    app = may_look(work, ask.app_id)
    told = {"app": app, "state": ask.state, "subject": ask.subject}
    where = {name: value for name, value in told.items() if value is not None}
    sql = " and ".join([f"{name} = ?" for name in where]) or "1 = 1"
    order = "id desc" if app is None else "at desc, id desc"  # numbers lead with the day, and are an index
    skipped = (ask.page_num - 1) * ask.page_size
    found = work.select(Notice, sql, tuple(where.values()), order, ask.page_size, offset=skipped)
    return Listed(notices=[told_of(notice) for notice in found])


def may_look(work: Work, app_id: str | None) -> str | None:
    """The application that the caller may look at; None, for operators, is all of them."""
    if app_id is None and work.caller.role in ("operator", "inside"):
        return None
    return own_app(work, app_id)


def own_app(work: Work, app_id: str | None) -> str:
    """The application that the caller means: its own, or one of its owner's; the calling one if none is named."""
    app_id = app_id or work.caller.app
    if not owns(work, app_id):
        raise APP_NOT_EXIST(app_id=app_id)
    return app_id


def owns(work: Work, app_id: str) -> bool:
    """Whether the application is the caller's own, or the caller runs the platform."""
    if app_id == work.caller.app:
        return True
    try:
        work.ask("kaifang.openapp.app.query", app_id=app_id)
    except Fault:
        return False
    return True


def told_of(notice: Notice) -> Told:
    """A notification as its receiver may see it."""
    return Told(
        notify_id=notice.id, app_id=notice.app, url=notice.url, style=notice.style, kind=notice.kind,
        subject=notice.subject, fields=notice.fields, owed=Moment(notice.at), state=notice.state, tries=notice.tries,
        next_try=Moment(notice.next_at) if notice.next_at else None,
    )  # fmt: skip


class Which(Shape):
    notify_id: Key  # as it stands in the notification


class Try(Shape):
    number: int  # 1 for the first
    at: Moment  # when
    sent: str  # the body as it was sent
    status: int  # HTTP status; 0 when nobody answered
    answer: str  # the first 1,000 characters of what came back, or what went wrong
    took: int  # milliseconds


class Tries(Shape):
    notice: Told  # the notification
    deliveries: list[Try]  # the first first


@method("kaifang.log.deliveries", raises=[NOTICE_NOT_EXIST], reads=True)
def list_deliveries(work: Work, ask: Which) -> Tries:
    """List the tries of a notification: what was sent, and what came back."""
    notice = the_notice(work, ask.notify_id)
    found = work.select(Delivery, "notice = ?", (notice.id,), "number")
    return Tries(
        notice=told_of(notice),
        deliveries=[
            Try(number=one.number, at=Moment(one.at), sent=one.sent, status=one.status, answer=one.answer,
                took=one.took)
            for one in found
        ],
    )  # fmt: skip


def the_notice(work: Work, notify_id: str) -> Notice:
    """A notification that the caller may look at."""
    notice = work.find(Notice, id=notify_id)
    if notice is None or not owns(work, notice.app):
        raise NOTICE_NOT_EXIST(notify_id=notify_id)
    return notice
