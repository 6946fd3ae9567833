"""Messages: telling subscribed applications what happened beside their own calls."""

from collections.abc import Iterator
from typing import Any

from kaifang.kernel import INVALID_PARAMETER, Happening, Key, Shape, Who, Work, method, timer
from kaifang.kernel.shape import encode

from .states import Application, Authorisation
from .subscription import Topic
from .tables import App, Authorised, Subscription


class Send(Shape, kw_only=True):
    msg_method: Topic  # the message's method name
    content: dict[str, Any]  # what it says; becomes biz_content
    app: Key | None = None  # the application that it concerns, or
    merchant: Key | None = None  # the merchant, with all of its applications, or
    user: Key | None = None  # the user
    subject: Key | None = None  # the number of the thing it is about, by which the notice is found
    tag: Key | None = None  # which kind of the message it is


class Sent(Shape):
    msg_method: str  # the same


@method("kaifang.openapp.message.send", who=Who.INSIDE)
def send(work: Work, ask: Send) -> Sent:
    """Tell the subscribed applications of a merchant, of who acts for it, or of a user's choice; soon, in one row."""
    about = {"app": ask.app, "merchant": ask.merchant, "user": ask.user}
    if sum(value is not None for value in about.values()) != 1:
        raise INVALID_PARAMETER(field="app", reason="give one of app, merchant and user")
    content = encode(ask.content).decode()
    work.later(
        work.now, "message.deliver", ask.subject or "", **about, method=ask.msg_method, tag=ask.tag or "",
        content=content,
    )  # fmt: skip
    return Sent(msg_method=ask.msg_method)


def tell_app(work: Work, app: str, topic: str, subject: str, content: dict[str, Any]) -> None:
    """The same from within this capability."""
    send(work, Send(msg_method=topic, content=content, app=app, subject=subject))


@timer("message.deliver")
def deliver(work: Work, happening: Happening) -> None:
    """Owe the message to each subscribed application, once."""
    facts = happening.facts
    who = facts["user"] or facts["merchant"]
    fields: dict[str, object] = {"biz_content": facts["content"], "msg_type": "usr" if who else "app", "msg_uid": who}
    for wish in wishes(work, facts):
        app = work.find(App, id=wish.app)
        if app is None or app.state == Application.CLOSED.name:
            continue
        if wish.channel == "WEBSOCKET" or app.gateway:
            url = "" if wish.channel == "WEBSOCKET" else app.gateway
            more = fields | {"msg_app_id": facts["app"] or wish.owner or app.id}
            work.notify(app.id, url, facts["method"], happening.subject, more, style="message")


def wishes(work: Work, facts: dict[str, Any]) -> Iterator[Subscription]:
    """The subscriptions that such a message goes to, at most one of each application."""
    for app, owners in concerned(work, facts).items():
        found = work.select(Subscription, "app = ? and topic = ?", (app, facts["method"]), "id")
        fits = [wish for wish in found if wish.owner in owners and wish.tag in ("", facts["tag"])]
        yield from fits[:1]


def concerned(work: Work, facts: dict[str, Any]) -> dict[str, set[str]]:
    """The applications that a message may go to, each with the owners of subscriptions that count."""
    if facts["user"]:
        found = work.select(Subscription, "owner = ? and topic = ?", (facts["user"], facts["method"]), "id")
        return {wish.app: {facts["user"]} for wish in found}
    own = [facts["app"]] if facts["app"] else [app.id for app in work.select(App, "party = ?", (facts["merchant"],))]
    concerned = {app: {""} for app in sorted(own)}
    for app in sorted(own):
        for given in work.select(Authorised, "auth_app = ? and state = ?", (app, Authorisation.VALID.name), "id"):
            concerned.setdefault(given.app, {""}).add(app)
    return concerned
