"""What devices are to say, show and print: sent by their merchants, fetched and done by them, or of no use in time."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import (
    HOUR,
    INVALID_PARAMETER,
    MINUTE,
    Happening,
    Key,
    Moment,
    Shape,
    Text,
    Who,
    Work,
    method,
    timer,
)

from .errors import DEVICE_NOT_EXIST, MESSAGE_CLASH, MESSAGE_GONE, MESSAGE_NOT_EXIST
from .find import calling, own_device
from .states import DeviceMessage
from .tables import DeviceRow, MessageRow

LASTS = {"VOICE": MINUTE, "SHOW": MINUTE, "PRINT": 12 * HOUR}  # what is heard too late misleads; a receipt may wait
AT_ONCE = 20  # messages fetched together
MOST = 100  # that wait for one device


class Send(Shape):
    biz_tid: Key  # a device that is bound to you
    ref: Key  # your number of the message: the same is sent once
    kind: Literal["SHOW", "PRINT"]  # what to do with it; what was paid is said by tradevoice.send
    content: Text  # what to show or print


class Sent(Shape):
    message_id: str  # 28 digits
    state: str  # WAITING, DONE or EXPIRED


@method("kaifang.iot.device.message", raises=[DEVICE_NOT_EXIST, MESSAGE_CLASH])
def send(work: Work, ask: Send) -> Sent:
    """Have a device of yours show or print something."""
    row = put(work, own_device(work, ask.biz_tid), f"own:{ask.ref}", ask.kind, ask.content)
    return Sent(message_id=row.id, state=row.state)


def put(work: Work, device: DeviceRow, ref: str, kind: str, content: str) -> MessageRow:
    """Let a message wait for its device, once."""
    row = work.find(MessageRow, device=device.id, ref=ref)
    if row is None:
        if work.count(MessageRow, "device = ? and state = 'WAITING'", (device.id,)) >= MOST:
            raise INVALID_PARAMETER(field="biz_tid", reason=f"{MOST} messages wait for it already; see that it is on")
        until = work.now + LASTS[kind]
        row = MessageRow(
            id=work.new_id("20701"), device=device.id, merchant=device.merchant, ref=ref, kind=kind, content=content,
            at=work.now, until=until,
        )  # fmt: skip
        work.add(row)
        work.later(until, "iot.message.expire", row.id)
        work.tell("devicemessage.send", device.id, merchant=row.merchant, kind=kind, message=row.id)
    if (row.merchant, row.kind, row.content) != (device.merchant, kind, content):
        raise MESSAGE_CLASH(ref=ref.partition(":")[2])
    return row


def waiting(work: Work, device: DeviceRow, limit: int = AT_ONCE) -> list[MessageRow]:
    """What a device has still to do, the oldest first."""
    return work.select(MessageRow, "device = ? and state = 'WAITING'", (device.id,), "id", limit)


def drop_messages(work: Work, device: DeviceRow) -> None:
    """What waits is not for whoever has the device next."""
    for row in waiting(work, device, MOST):
        end(work, row)


def end(work: Work, row: MessageRow) -> None:
    """A message is of no use any more."""
    row.ended = work.now
    DeviceMessage.expire(work, row, device=row.device, merchant=row.merchant, kind=row.kind)


@timer("iot.message.expire")
def expire(work: Work, happening: Happening) -> None:
    """What the device has not done by now comes too late."""
    row = work.find(MessageRow, id=happening.subject)
    if row is not None and DeviceMessage.expire.possible(row):
        end(work, row)


class Fetch(Shape):
    pass


class Message(Shape):
    message_id: str  # 28 digits
    kind: str  # VOICE, SHOW or PRINT
    content: str  # what to say, show or print
    until: Moment  # when it is of no use any more


class Fetched(Shape):
    messages: list[Message]  # the oldest first, at most 20


@method("kaifang.iot.device.fetch", who=Who.DEVICE, reads=True)
def fetch(work: Work, ask: Fetch) -> Fetched:
    """Fetch what the device is to say, show or print; it comes again until the device says that it is done."""
    return Fetched(messages=[told(row) for row in waiting(work, calling(work))])


def told(row: MessageRow) -> Message:
    """A message as its device is told it."""
    return Message(message_id=row.id, kind=row.kind, content=row.content, until=Moment(row.until))


class Finish(Shape):
    message_id: Key  # as it was fetched


class Finished(Shape):
    state: str  # DONE


@method("kaifang.iot.device.done", who=Who.DEVICE, raises=[MESSAGE_NOT_EXIST, MESSAGE_GONE])
def finish(work: Work, ask: Finish) -> Finished:
    """Say that the device has said, shown or printed something; once it has, it does not come again."""
    row = work.find(MessageRow, id=ask.message_id)
    if row is None or row.device != work.caller.device:
        raise MESSAGE_NOT_EXIST(message_id=ask.message_id)
    if row.state != DeviceMessage.DONE.name:
        row.ended = work.now
        DeviceMessage.done(work, row, device=row.device, merchant=row.merchant, kind=row.kind)
    return Finished(state=row.state)


class Look(Shape):
    biz_tid: Key  # a device that is bound to you
    limit: Annotated[int, Meta(ge=1, le=100)] = 20  # how many


class Sending(Shape):
    """What was sent to a device."""

    message_id: str  # 28 digits
    kind: str  # VOICE, SHOW or PRINT
    content: str  # what to say, show or print
    state: str  # WAITING, DONE or EXPIRED
    at: Moment  # when it was sent
    ended: Moment | None = None  # when the device had done it, or it expired


class Log(Shape):
    messages: list[Sending]  # the newest first


@method("kaifang.iot.message.list", reads=True, raises=[DEVICE_NOT_EXIST])
def list_messages(work: Work, ask: Look) -> Log:
    """See what was sent to a device of yours, and whether it did it."""
    device = own_device(work, ask.biz_tid)
    rows = work.select(MessageRow, "device = ? and merchant = ?", (device.id, device.merchant), "id desc", ask.limit)
    return Log(
        messages=[
            Sending(
                message_id=row.id, kind=row.kind, content=row.content, state=row.state, at=Moment(row.at),
                ended=Moment(row.ended) if row.ended else None,
            )
            for row in rows
        ]
    )  # fmt: skip
