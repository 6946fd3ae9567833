"""A person's side: agreeing to messages, stopping them, and reading them."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import NO_USER, Key, Moment, Shape, Who, Work, method

from .errors import MESSAGE_NOT_EXIST, TEMPLATE_NOT_EXIST, USER_TEMPLATE_STATUS_ILLEGAL
from .states import Template
from .tables import ConsentRow, MessageRow, TemplateRow
from .template import ONE_TIME

ALWAYS = -1  # consents that are not used up


def signed_in(work: Work) -> str:
    """The person at the wallet."""
    if work.caller.user is None:
        raise NO_USER()
    return work.caller.user


class Subscribe(Shape):
    template_ids: Annotated[list[Key], Meta(min_length=1, max_length=10)]  # those that were ticked


class Subscription(Shape):
    template_id: str  # which template
    name: str  # what such messages are called
    merchant: str  # who sends them, a user id
    merchant_name: str  # who that is
    once: bool  # whether it is for one message only
    since: Moment  # when it was agreed to
    active: bool  # false: you have had the one message, or want no more


class Subscribed(Shape):
    subscriptions: list[Subscription]  # what holds now


@method("kaifang.message.subscribe", who=Who.WALLET, raises=[TEMPLATE_NOT_EXIST, USER_TEMPLATE_STATUS_ILLEGAL])
def subscribe(work: Work, ask: Subscribe) -> Subscribed:
    """Agree to messages by these templates: to the next one, or to all; agreeing twice is agreeing once."""
    user, rows = signed_in(work), []
    for template_id in dict.fromkeys(ask.template_ids):
        template = the_template(work, template_id)
        if template.state != Template.STARTUP.name:
            raise Template.refusal(template.state)(template_id=template_id)
        left = 1 if template.rule == ONE_TIME else ALWAYS
        row = work.find(ConsentRow, template=template_id, user=user)
        if row is None:
            row = work.add(ConsentRow(template=template_id, user=user, since=work.now, left=0))
        if not row.left:
            row.left, row.since = left, work.now
            work.tell("message.subscribe", template_id, user=user, merchant=template.merchant)
        rows.append(row)
    return Subscribed(subscriptions=[subscription(work, row) for row in rows])


def the_template(work: Work, template_id: str) -> TemplateRow:
    """Anybody's template."""
    row = work.find(TemplateRow, id=template_id)
    if row is None:
        raise TEMPLATE_NOT_EXIST(template_id=template_id)
    return row


def subscription(work: Work, row: ConsentRow) -> Subscription:
    """What a person agreed to."""
    template = the_template(work, row.template)
    return Subscription(
        template_id=template.id, name=template.name, merchant=template.merchant, once=template.rule == ONE_TIME,
        merchant_name=name_of(work, template.merchant), since=Moment(row.since), active=bool(row.left),
    )  # fmt: skip


def name_of(work: Work, merchant: str) -> str:
    """Who a merchant is, as people read it."""
    return str(work.ask("kaifang.account.party.find", user_id=merchant).name)


class Unsubscribe(Shape):
    template_id: Key  # which template


class Unsubscribed(Shape):
    template_id: str  # the same


@method("kaifang.message.unsubscribe", who=Who.WALLET)
def unsubscribe(work: Work, ask: Unsubscribe) -> Unsubscribed:
    """Have no more messages by this template."""
    user = signed_in(work)
    row = work.find(ConsentRow, template=ask.template_id, user=user)
    if row is not None and row.left:
        row.left = 0
        template = the_template(work, row.template)
        work.tell("message.unsubscribe", template.id, user=user, merchant=template.merchant)
    return Unsubscribed(template_id=ask.template_id)


class AskSubscriptions(Shape):
    ended: bool = False  # with those that are used up or given up, so that you can agree again


@method("kaifang.message.subscriptions", who=Who.WALLET, reads=True)
def subscriptions(work: Work, ask: AskSubscriptions) -> Subscribed:
    """See which messages you agreed to."""
    where = '"user" = ?' if ask.ended else '"user" = ? and "left" <> 0'
    rows = work.select(ConsentRow, where, (signed_in(work),), "since desc, template", 200)
    return Subscribed(subscriptions=[subscription(work, row) for row in rows])


class AskInbox(Shape):
    before: Key | None = None  # messages before this message_id; the newest if left out
    limit: Annotated[int, Meta(ge=1, le=50)] = 20  # how many


class Said(Shape):
    name: str  # what it is
    value: str  # what is said


class Message(Shape):
    message_id: str  # 28 digits; also the exposure that what follows from it names
    merchant: str  # who sent it, a user id
    merchant_name: str  # who that is
    app_id: str  # the application that a tap leads into
    title: str  # what it is
    lines: list[Said]  # what it says
    page: str  # where a tap leads
    sent: Moment  # when it came
    opened: bool  # whether it was opened


class Inbox(Shape):
    messages: list[Message]  # the newest first


@method("kaifang.message.inbox", who=Who.WALLET, reads=True)
def inbox(work: Work, ask: AskInbox) -> Inbox:
    """Read your messages, the newest first."""
    values = (signed_in(work), ask.before or "9")
    rows = work.select(MessageRow, '"user" = ? and id < ?', values, "id desc", ask.limit)
    return Inbox(messages=[message(work, row) for row in rows])


def message(work: Work, row: MessageRow) -> Message:
    """A message as its reader sees it."""
    lines = [Said(name=line.name, value=line.value) for line in row.lines]
    return Message(
        message_id=row.id, merchant=row.merchant, merchant_name=name_of(work, row.merchant), app_id=row.app,
        title=row.title, lines=lines, page=row.page, sent=Moment(row.sent), opened=bool(row.opened),
    )  # fmt: skip


class Open(Shape):
    message_id: Key  # 28 digits


@method("kaifang.message.open", who=Who.WALLET, raises=[MESSAGE_NOT_EXIST])
def open_message(work: Work, ask: Open) -> Message:
    """Open a message; its merchant counts that once."""
    row = work.find(MessageRow, id=ask.message_id)
    if row is None or row.user != signed_in(work):
        raise MESSAGE_NOT_EXIST(message_id=ask.message_id)
    if not row.opened:
        row.opened = work.now
        work.tell("message.open", row.id, user=row.user, merchant=row.merchant, exposure=row.id)
    return message(work, row)
