"""Devices: registered by their supplier, given keys, looked at, and revoked."""

import base64
import binascii
from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import INVALID_PARAMETER, Key, Line, Moment, Shape, Text, Work, method
from kaifang.kernel.fault import Fault
from kaifang.kernel.shape import parsed

from .admission import start_again
from .errors import (
    DEVICE_EXIST,
    DEVICE_NOT_EXIST,
    DEVICE_REPORT_UPLOAD_ERROR,
    DEVICE_REVOKED,
    OPERATION_PERMISSION_DENIED,
)
from .find import OPERATING, Which, check_keeper, concerns, the_device
from .message import drop_messages
from .presence import is_online, presence, vanish
from .states import Device
from .tables import DeviceRow

Kind = Literal["TILL", "FACE", "SPEAKER"]


class Register(Shape):
    sn: Key  # your serial number of it
    kind: Kind  # TILL: a till; FACE: a till that knows faces; SPEAKER: says what has come in
    public_key: Key  # Ed25519, 32 bytes in base64; the device alone knows the other half
    model: Line = ""  # what you call it
    sold_to: Key | None = None  # the only merchant who may bind it, a user id; you, or for whom you act, if left out


class Registered(Shape):
    biz_tid: str  # the platform's number of the device, 28 digits


@method("kaifang.iot.device.register", raises=[DEVICE_EXIST])
def register(work: Work, ask: Register) -> Registered:
    """Register a device that you make or bring, with the public half of its key; the same is registered once.

    As long as nobody has bound it, registering it again for another merchant sells it to that one.
    """
    check_key(ask.public_key)
    device = work.find(DeviceRow, supplier=work.caller.merchant, sn=ask.sn)
    if device is None:
        device = DeviceRow(
            id=work.new_id("20700"), supplier=work.caller.merchant, sn=ask.sn, kind=ask.kind, model=ask.model,
            public_key=ask.public_key, sold_to=ask.sold_to or "", registered=work.now,
        )  # fmt: skip
        work.add(device)
        work.tell("device.register", device.id, supplier=device.supplier, kind=device.kind)
    if not device.merchant:
        device.sold_to = ask.sold_to or ""
    if (device.kind, device.public_key, device.sold_to) != (ask.kind, ask.public_key, ask.sold_to or ""):
        raise DEVICE_EXIST(sn=ask.sn)
    return Registered(biz_tid=device.id)


def check_key(text: str) -> None:
    """A public key is 32 bytes."""
    try:
        found = base64.b64decode(text, validate=True)
    except binascii.Error:
        found = b""
    if len(found) != 32:
        raise INVALID_PARAMETER(field="public_key", reason="not an Ed25519 public key: 32 bytes in base64")


class Named(Shape):
    biz_tid: Key  # the platform's number of the device


class Rekey(Named):
    public_key: Key  # the new one: Ed25519, 32 bytes in base64


class Keyed(Shape):
    state: str  # ACTIVE


@method(
    "kaifang.iot.device.rekey", raises=[DEVICE_NOT_EXIST, OPERATION_PERMISSION_DENIED, DEVICE_REVOKED]
)  # fmt: skip
def rekey(work: Work, ask: Rekey) -> Keyed:
    """Give a device a new key, after which the old one is worth nothing; so a cloned device comes back."""
    device = the_device(work, Which(biz_tid=ask.biz_tid))
    check_keeper(work, device)
    check_key(ask.public_key)
    if device.public_key == ask.public_key:
        raise INVALID_PARAMETER(field="public_key", reason="this is the key it has")
    Device.rekey(work, device, merchant=device.merchant)
    device.public_key = ask.public_key
    start_again(work, device)
    return Keyed(state=device.state)


class Revoked(Shape):
    state: str  # REVOKED


@method(
    "kaifang.iot.device.revoke", raises=[DEVICE_NOT_EXIST, OPERATION_PERMISSION_DENIED, DEVICE_REVOKED]
)  # fmt: skip
def revoke(work: Work, ask: Named) -> Revoked:
    """Revoke a device that is lost, stolen or worn out: from now on nothing it says is believed."""
    device = the_device(work, Which(biz_tid=ask.biz_tid))
    check_keeper(work, device)
    Device.revoke(work, device, merchant=device.merchant)
    vanish(work, device)
    drop_messages(work, device)
    return Revoked(state=device.state)


class Seen(Shape):
    """A device, as those whom it concerns may know it."""

    biz_tid: str  # the platform's number of the device
    sn: str  # the supplier's
    supplier_id: str  # a user id
    kind: str  # TILL, FACE or SPEAKER
    model: str  # what its supplier calls it
    state: str  # ACTIVE, CLONED or REVOKED
    online: bool  # whether its heart beats
    beat: Moment | None = None  # when it did last
    software: str | None = None  # the version it said it runs
    shop_id: str | None = None  # where it stands
    registered: Moment  # since when the platform knows it
    report: str | None = None  # its last inspection report
    reported: Moment | None = None  # when that was


def seen(work: Work, device: DeviceRow) -> Seen:
    """What is known of a device."""
    heard = presence(work, device)
    return Seen(
        biz_tid=device.id, sn=device.sn, supplier_id=device.supplier, kind=device.kind, model=device.model,
        state=device.state, online=is_online(heard), beat=Moment(heard.beat) if heard.beat else None,
        software=heard.software or None, shop_id=device.shop or None, registered=Moment(device.registered),
        report=device.report or None, reported=Moment(device.reported) if device.reported else None,
    )  # fmt: skip


@method("kaifang.iot.device.read", reads=True, raises=[DEVICE_NOT_EXIST])
def read(work: Work, ask: Named) -> Seen:
    """See how a device of yours is: whether it is believed, and when it was heard of last."""
    device = the_device(work, Which(biz_tid=ask.biz_tid))
    if not concerns(work, device):
        raise DEVICE_NOT_EXIST(biz_tid=ask.biz_tid)
    return seen(work, device)


class ListDevices(Shape):
    merchant: Key | None = None  # whose, for the platform's operators; yours if left out
    shop_id: Key | None = None  # only those in this shop
    state: Literal["ACTIVE", "CLONED", "REVOKED"] | None = None  # only those in this state
    after: Key = "0"  # devices after this biz_tid
    limit: Annotated[int, Meta(ge=1, le=100)] = 50  # how many


class Listed(Shape):
    devices: list[Seen]  # by number


@method("kaifang.iot.device.list", reads=True)
def list_devices(work: Work, ask: ListDevices) -> Listed:
    """List the devices that are bound to you; the platform's operators see everybody's."""
    operating = work.caller.role in OPERATING
    merchant = ask.merchant if operating else work.caller.merchant
    asked = {"merchant": merchant, "shop": ask.shop_id, "state": ask.state}
    wanted = {name: value for name, value in asked.items() if value is not None}
    where = " and ".join(["id > ?", *([] if operating else ["merchant <> ''"]), *(f"{name} = ?" for name in wanted)])
    rows = work.select(DeviceRow, where, [ask.after, *wanted.values()], "id", ask.limit)
    return Listed(devices=[seen(work, one) for one in rows])


class Base(Shape):
    sn: Key  # serial number
    supplier_id: Key  # whoever makes or brings it, a user id


class Basics(Shape):
    device_id: str  # the platform's number of the device


@method("alipay.commerce.iot.device.baseinfo.query", reads=True, raises=[DEVICE_NOT_EXIST])
def base(work: Work, ask: Base) -> Basics:
    """Find the platform's number of a device by its serial number."""
    device = the_device(work, Which(supplier_id=ask.supplier_id, device_sn=ask.sn))
    if not concerns(work, device):
        raise DEVICE_NOT_EXIST(sn=ask.sn)
    return Basics(device_id=device.id)


class Report(Shape):
    sn: Key  # your serial number of the device
    report_content: Text  # what the inspection found, JSON


class Reported(Shape):
    status: str  # SUCCESS


@method("alipay.commerce.iot.device.report.upload", raises=[DEVICE_REPORT_UPLOAD_ERROR])
def report(work: Work, ask: Report) -> Reported:
    """Leave the report of a device's inspection, for whoever binds it; the last one counts."""
    device = work.find(DeviceRow, supplier=work.caller.merchant, sn=ask.sn)
    if device is None:
        raise DEVICE_REPORT_UPLOAD_ERROR(sn=ask.sn)
    try:
        parsed(ask.report_content.encode())
    except Fault:
        raise DEVICE_REPORT_UPLOAD_ERROR(report_content="not JSON") from None
    device.report, device.reported = ask.report_content, work.now
    return Reported(status="SUCCESS")
