"""What a device must be, and must not have said before, for its messages to be believed.

Each message is signed with the device's key over a counter that only rises. The same message twice is a replay and
is refused. Two different messages with one counter, or a counter that falls while the device's clock goes on, come
from two places with one key: then nobody can tell which is the right one, and neither is believed any more.
"""

from kaifang.kernel import Key, Shape, Who, Work, method

from .errors import (
    DEVICE_CLONED,
    DEVICE_NOT_BOUND,
    DEVICE_NOT_EXIST,
    DEVICE_REVOKED,
    KEY_CHANGED,
    MESSAGE_REPLAYED,
    MESSAGE_STALE,
    METHOD_NOT_FOR_DEVICE,
)
from .presence import vanish
from .states import Device
from .tables import DeviceRow, HeardRow, PresenceRow

ALWAYS = {"kaifang.iot.device.heartbeat", "kaifang.iot.device.fetch", "kaifang.iot.device.done"}
SELLING = {
    "alipay.trade.pay", "alipay.trade.query", "alipay.trade.cancel", "alipay.trade.close", "alipay.trade.precreate",
}  # fmt: skip
JOINING = {
    "kaifang.iot.member.offer", "kaifang.iot.member.join",
    "alipay.marketing.iot.booth.query", "kaifang.iot.booth.claim",
}  # fmt: skip
LOOKING = {
    "zoloz.authentication.smilepay.initialize", "zoloz.authentication.customer.smilepay.initialize",
    "kaifang.iot.face.capture",
}  # fmt: skip
DUTIES = {"TILL": SELLING | JOINING, "FACE": SELLING | JOINING | LOOKING, "SPEAKER": set[str]()}
FAULTS = [DEVICE_NOT_EXIST, DEVICE_REVOKED, DEVICE_CLONED, DEVICE_NOT_BOUND, METHOD_NOT_FOR_DEVICE]


class Whose(Shape):
    device_id: Key  # the platform's number of the device


class Known(Shape):
    public_key: str  # Ed25519, 32 bytes in base64


@method("kaifang.iot.device.key", who=Who.INSIDE, reads=True, raises=[DEVICE_NOT_EXIST])
def key(work: Work, ask: Whose) -> Known:
    """What a device's messages are verified with."""
    return Known(public_key=known(work, ask.device_id).public_key)


def known(work: Work, device_id: str) -> DeviceRow:
    """The device of this number."""
    device = work.find(DeviceRow, id=device_id)
    if device is None:
        raise DEVICE_NOT_EXIST(device_id=device_id)
    return device


class Called(Whose):
    method: Key  # what it calls


class Duty(Shape):
    app: str  # the application that bound it, for which it acts; empty: none
    auth_app: str  # the merchant's application that this one acted for
    merchant: str  # to whom it is bound
    open_ids: bool  # whether that application knows users by open_id only


@method("kaifang.iot.device.duty", who=Who.INSIDE, reads=True, raises=FAULTS)
def duty(work: Work, ask: Called) -> Duty:
    """For whom a device may call a method."""
    device = known(work, ask.device_id)
    if device.state != Device.ACTIVE.name:
        raise Device.refusal(device.state)(device_id=device.id)
    app = work.ask("kaifang.openapp.credentials", app_id=device.app) if device.app else None
    if ask.method not in ALWAYS:
        if ask.method not in DUTIES[device.kind]:
            raise METHOD_NOT_FOR_DEVICE(kind=device.kind, method=ask.method)
        if app is None or app.state != "ONLINE":
            raise DEVICE_NOT_BOUND(device_id=device.id, app=device.app or None)
    open_ids = app is not None and app.open_ids
    return Duty(app=device.app, auth_app=device.auth_app, merchant=device.merchant, open_ids=open_ids)


class Admit(Called):
    counter: int  # of the message
    signed: int  # when it was signed, milliseconds by the device's clock
    late: bool  # whether neither clock vouches for that
    digest: Key  # SHA-256 of what was signed
    public_key: Key  # what it was verified with


class Admitted(Duty):
    cloned: bool  # whether this message is the proof of two places with one key


@method("kaifang.iot.device.admit", who=Who.INSIDE, raises=[*FAULTS, KEY_CHANGED, MESSAGE_STALE, MESSAGE_REPLAYED])
def admit(work: Work, ask: Admit) -> Admitted:
    """Believe a message whose signature was verified, once; or see by it that the device's key is in two places."""
    allowed = duty(work, ask)
    device = known(work, ask.device_id)
    if device.public_key != ask.public_key:
        raise KEY_CHANGED(device_id=device.id)
    if ask.late:
        raise MESSAGE_STALE(signed=ask.signed)
    heard = work.find(PresenceRow, id=device.id) or work.add(PresenceRow(id=device.id))
    fresh = ask.counter > heard.counter
    if not fresh:
        check_cloned(work, heard, device.keys, ask)
        Device.clone(work, device, merchant=device.merchant, shop=device.shop)
        vanish(work, device)
    else:
        heard.counter, heard.signed = ask.counter, max(ask.signed, heard.signed)
        work.add(HeardRow(device=device.id, keys=device.keys, counter=ask.counter, digest=ask.digest, at=work.now))
    return Admitted(
        app=allowed.app, auth_app=allowed.auth_app, merchant=allowed.merchant, open_ids=allowed.open_ids,
        cloned=not fresh,
    )  # fmt: skip


def check_cloned(work: Work, heard: PresenceRow, keys: int, ask: Admit) -> None:
    """Refuse what is only a replay, or came late: that says nothing about the key."""
    before = work.find(HeardRow, device=heard.id, keys=keys, counter=ask.counter)
    if before is not None and before.digest == ask.digest:
        raise MESSAGE_REPLAYED(counter=ask.counter)
    if before is None and ask.signed <= heard.signed:
        raise MESSAGE_REPLAYED(counter=ask.counter, last=heard.counter)


def start_again(work: Work, device: DeviceRow) -> None:
    """With a new key a device counts from the beginning."""
    device.keys += 1
    heard = work.find(PresenceRow, id=device.id)
    if heard is not None:
        heard.counter = heard.signed = 0
