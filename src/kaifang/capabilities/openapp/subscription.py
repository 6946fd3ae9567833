"""What an application wants to be told of, and where."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import INVALID_PARAMETER, NO_USER, Fault, Happening, Key, Shape, Work, hears, method

from .authorisation import proof
from .errors import APP_AUTH_TOKEN_TIME_OUT, INVALID_APP_AUTH_TOKEN
from .find import the_app
from .tables import Subscription

Topic = Annotated[str, Meta(max_length=100, pattern=r"^[a-z][a-z0-9]*(\.[a-z0-9_]+)+$")]
Channel = Literal["HTTP", "WEBSOCKET", "WebSocket"]


class About(Shape):
    topic: Topic  # the message's method name, such as alipay.merchant.tradecomplain.changed
    tag: Key | None = None  # which of its kinds; left out: all of them
    auth_type: Literal["app_auth", "user_auth"] | None = None  # whose messages, if not all that concern you
    auth_token: Key | None = None  # the merchant's app_auth_token, or the user's auth_token


class Subscribe(About, kw_only=True):
    comm_type: Channel = "HTTP"  # to your application gateway, or over the message channel


class Done(Shape):
    """Nothing but that it was done."""


TOKEN_FAULTS = [INVALID_APP_AUTH_TOKEN, APP_AUTH_TOKEN_TIME_OUT]


@method("alipay.open.app.message.topic.subscribe", raises=TOKEN_FAULTS)
def subscribe(work: Work, ask: Subscribe) -> Done:
    """Ask to be told of something; asking again changes where."""
    owner = owner_meant(work, ask)
    kept = work.find(Subscription, id=subscription_id(work, ask, owner))
    if kept is None:
        kept = work.add(
            Subscription(
                id=subscription_id(work, ask, owner), app=work.caller.app, topic=ask.topic, tag=ask.tag or "",
                owner=owner, channel="HTTP",
            )
        )  # fmt: skip
    choose_channel(work, kept, ask.comm_type)
    return Done()


def subscription_id(work: Work, ask: About, owner: str) -> str:
    """How a subscription is found."""
    return "/".join((work.caller.app, ask.topic, ask.tag or "", owner))


def choose_channel(work: Work, kept: Subscription, wanted: str) -> None:
    """Where the messages go; over HTTP there must be somewhere to go."""
    if wanted == "HTTP" and not the_app(work, kept.app).gateway:
        raise INVALID_PARAMETER(field="comm_type", reason="the application has no gateway address; set one first")
    kept.channel = wanted.upper()


def owner_meant(work: Work, ask: About) -> str:
    """Whose messages are meant: a merchant's application, a user, or all that concern the caller."""
    caller = work.caller
    if ask.auth_type is None:
        return caller.auth_app if caller.auth_app != caller.app else ""
    if ask.auth_token is None:
        raise INVALID_PARAMETER(field="auth_token", reason="missing; auth_type needs it")
    if ask.auth_type == "app_auth":
        return proof(work, ask.auth_token, caller.app)[1].auth_app
    try:
        return str(work.ask("kaifang.account.token.read", auth_token=ask.auth_token, app=caller.app).user_id)
    except Fault:
        raise NO_USER() from None


@method("alipay.open.app.message.topic.unsubscribe", raises=TOKEN_FAULTS)
def unsubscribe(work: Work, ask: About) -> Done:
    """Ask to be told no more."""
    work.remove(the_subscription(work, ask))
    return Done()


def the_subscription(work: Work, ask: About) -> Subscription:
    """The caller's subscription that is meant."""
    kept = work.find(Subscription, id=subscription_id(work, ask, owner_meant(work, ask)))
    if kept is None:
        raise INVALID_PARAMETER(field="topic", reason="there is no such subscription")
    return kept


class Told(Shape):
    comm_type: str | None = None  # HTTP or WEBSOCKET; absent if there is no subscription
    tag: str | None = None  # which of its kinds; absent: all of them
    topic: str | None = None  # the message's method name


@method("alipay.open.app.message.subscription.query", raises=TOKEN_FAULTS, reads=True)
def query(work: Work, ask: About) -> Told:
    """Query whether you are told of something, and where; the answer is empty if you are not."""
    kept = work.find(Subscription, id=subscription_id(work, ask, owner_meant(work, ask)))
    return Told() if kept is None else Told(comm_type=kept.channel, tag=kept.tag or None, topic=kept.topic)


class ListAll(Shape):
    page_num: Annotated[int, Meta(ge=1, le=1000)] = 1  # from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # 1 to 100


class Subscribed(Shape):
    topic: str  # the message's method name
    tag: str | None = None  # which of its kinds; absent: all of them
    comm_type: str  # HTTP or WEBSOCKET
    owner: str | None = None  # whose: a merchant's application or a user; absent: whatever concerns you


class Listed(Shape):
    subscriptions: list[Subscribed]  # by topic
    total: int  # how many there are on all pages


@method("kaifang.openapp.subscription.list", reads=True)
def list_subscriptions(work: Work, ask: ListAll) -> Listed:
    """List what your application wants to be told of, and where."""
    where, values, skipped = "app = ?", (work.caller.app,), (ask.page_num - 1) * ask.page_size
    found = work.select(Subscription, where, values, "topic, id", ask.page_size, offset=skipped)
    return Listed(
        subscriptions=[
            Subscribed(topic=one.topic, tag=one.tag or None, comm_type=one.channel, owner=one.owner or None)
            for one in found
        ],
        total=work.count(Subscription, where, values),
    )


class Modify(About, kw_only=True):
    comm_type: Channel  # to your application gateway, or over the message channel


@method("alipay.open.app.message.subscription.modify", raises=TOKEN_FAULTS)
def modify(work: Work, ask: Modify) -> Done:
    """Change where you are told of something."""
    choose_channel(work, the_subscription(work, ask), ask.comm_type)
    return Done()


@hears("consent.withdraw")
def end_with_consent(work: Work, happening: Happening) -> None:
    """An application hears no more of a user who no longer lets it know them."""
    whose = (happening.facts["user"], happening.facts["app"])
    for wish in work.select(Subscription, "owner = ? and app = ?", whose, "id"):
        work.remove(wish)
