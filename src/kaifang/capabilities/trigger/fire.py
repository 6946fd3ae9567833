"""Firing: the sandbox makes happen what an application wants to be told of."""

from __future__ import annotations

from typing import Any

from kaifang.kernel import INVALID_PARAMETER, NO_PERMISSION, Fault, Key, Line, Shape, Work, method
from kaifang.kernel.trouble import listener_of

from .errors import APP_NOT_EXIST, TRIGGER_FAILED, TRIGGER_FIRED, TRIGGER_NOT_EXIST
from .known import Trigger, triggers, unmoved
from .play import play

INNER = {
    "app",
    "bank",
    "client_logon_id",
    "digits",
    "merchant",
    "now",
    "tomorrow",
    "number",
    "logon_id",
    "callback",
    "code",
    "page",
}


class Look(Shape):
    pass


class Known(Shape):
    trigger: str  # its name
    tells: list[str]  # notify_type or msg_method of the notifications, the one that it is about first
    zh: str  # what happens, in Chinese
    en: str  # the same in English


class Still(Shape):
    kind: str  # notify_type or msg_method
    zh: str  # why nothing triggers it, in Chinese
    en: str  # the same in English


class Listed(Shape):
    triggers: list[Known]  # by name
    untriggered: list[Still]  # what is sent and nothing triggers, with the reason


@method("kaifang.trigger.list", reads=True)
def list_triggers(work: Work, ask: Look) -> Listed:
    """List what a sandbox can make happen, and which notifications come of it."""
    known = [Known(trigger=name, tells=one.tells, zh=one.zh, en=one.en) for name, one in sorted(triggers().items())]
    return Listed(
        triggers=known, untriggered=[Still(kind=kind, zh=one.zh, en=one.en) for kind, one in unmoved().items()]
    )


class Fire(Shape):
    trigger: Key  # which, by its name; or the notify_type or msg_method that you want to be told of
    app_id: Key | None = None  # for which application; the calling one if left out
    notify_url: Line | None = None  # where to notify it; left out: to whoever listens, or its application gateway
    out_request_no: Key | None = None  # your number for it; asking twice fires once


class Fired(Shape):
    trigger: str  # which
    app_id: str  # for which application
    tells: list[str]  # which notifications come of it
    notify_url: str  # where they go, unless they are messages that the application has chosen another way for
    made: dict[str, str]  # the numbers of what was made, by the names that the wire has for them


@method(
    "kaifang.trigger.fire", raises=[TRIGGER_NOT_EXIST, TRIGGER_FAILED, APP_NOT_EXIST], once=("out_request_no",),
    clash=TRIGGER_FIRED,
)  # fmt: skip
def fire(work: Work, ask: Fire) -> Fired:
    """Make something happen in a sandbox, by real calls of made-up people, so that your application is told of it."""
    if not work.place.sandbox:
        raise NO_PERMISSION(needs="a sandbox: where money is real nothing is made up")
    name, trigger = the_trigger(ask.trigger)
    app = the_app(work, ask.app_id or work.caller.app)
    url = ask.notify_url or work.caller.notify_url or listener_of(work, app.app_id) or app.gateway
    if not url:
        raise INVALID_PARAMETER(
            field="notify_url", reason="missing; name one, listen, or give the application a gateway"
        )
    known: dict[str, Any] = {
        "app": app.app_id, "merchant": app.party, "callback": app.callback or "https://example.com/back",
        "notify_url": url, "number": work.new_id(), "logon_id": logon_of(work, app.party),
    }  # fmt: skip
    subscribe(work, app, trigger)
    play(work, trigger, known)
    made = {key: str(value) for key, value in known.items() if key not in INNER}
    return Fired(trigger=name, app_id=app.app_id, tells=trigger.tells, notify_url=url, made=made)


def the_trigger(name: str) -> tuple[str, Trigger]:
    """The trigger of this name, or the first one for a notification of this kind."""
    if name in triggers():
        return name, triggers()[name]
    for known, trigger in sorted(triggers().items()):
        if trigger.tells[0] == name:
            return known, trigger
    if name in unmoved():
        raise TRIGGER_NOT_EXIST(trigger=name, reason=unmoved()[name].en)
    raise TRIGGER_NOT_EXIST(trigger=name)


def the_app(work: Work, app_id: str) -> Any:
    """The application that is to be told, which must be the caller's own."""
    if app_id != work.caller.app:
        try:
            return work.ask("kaifang.openapp.app.query", app_id=app_id)
        except Fault:
            raise APP_NOT_EXIST(app_id=app_id) from None
    return work.ask("kaifang.openapp.credentials", app_id=app_id)


def logon_of(work: Work, party: str) -> str:
    """What the owner of the application signs in with."""
    return str(work.ask("kaifang.account.party.find", user_id=party).logon_id)


def subscribe(work: Work, app: Any, trigger: Trigger) -> None:
    """Subscribe the application to the messages that come of it, unless it is already."""
    acting = work.acting(app=app.app_id, merchant=app.party, auth_app=app.app_id, user=None)
    for topic in trigger.tells:
        if "." in topic and not acting.ask("alipay.open.app.message.subscription.query", topic=topic).comm_type:
            channel = "HTTP" if app.gateway else "WEBSOCKET"
            acting.ask("alipay.open.app.message.topic.subscribe", topic=topic, comm_type=channel)
