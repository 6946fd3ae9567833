"""Listening: a program on somebody's desk hears an application's notifications, wherever these would go otherwise."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import INVALID_PARAMETER, SECOND, Key, Shape, Work, method
from kaifang.kernel.clock import wall
from kaifang.kernel.trouble import Listener

from .errors import APP_NOT_EXIST
from .notice import own_app
from .trouble import needs_sandbox


class Listen(Shape):
    url: Annotated[str, Meta(min_length=1, max_length=256)]  # where to; http or https
    app_id: Key | None = None  # to which application's; the calling one's if left out
    seconds: Annotated[int, Meta(ge=1, le=3_600)] = 60  # for how long, by the machine's clock, unless asked again


class Listening(Shape):
    app_id: str  # to which application's
    url: str | None = None  # where they go; absent: where they would anyway


@method("kaifang.notice.listen", raises=[APP_NOT_EXIST])
def listen(work: Work, ask: Listen) -> Listening:
    """Have all your notifications sent to one address for a while, also those of calls that name none; in a sandbox."""
    app = own_app(work, ask.app_id)
    needs_sandbox(work)
    if not ask.url.startswith(("http://", "https://")):
        raise INVALID_PARAMETER(field="url", reason="is no web address; write it as http://127.0.0.1:9000/notify")
    row = work.find(Listener, id=app) or work.add(Listener(id=app, url=ask.url, until=0))
    row.url, row.until = ask.url, wall() + ask.seconds * SECOND
    work.tell("listener.change", app)
    return Listening(app_id=app, url=row.url)


class Leave(Shape):
    app_id: Key | None = None  # which application's; the calling one's if left out


@method("kaifang.notice.unlisten", raises=[APP_NOT_EXIST])
def unlisten(work: Work, ask: Leave) -> Listening:
    """Have your notifications sent where they would go anyway."""
    app = own_app(work, ask.app_id)
    if (row := work.find(Listener, id=app)) is not None:
        work.remove(row)
        work.tell("listener.change", app)
    return Listening(app_id=app)
