"""Finding the device that is meant, and who may do what with it."""

from typing import Literal

from kaifang.kernel import INVALID_PARAMETER, Key, Shape, Work

from .errors import DEVICE_NOT_EXIST, OPERATION_PERMISSION_DENIED
from .tables import BindingRow, DeviceRow

OPERATING = ("operator", "inside")  # the roles of those who run the platform


class Which(Shape):
    device_id_type: Literal["ID", "SN"] | None = None  # ID: by biz_tid; SN: by supplier_id and device_sn
    biz_tid: Key | None = None  # the platform's number of the device
    supplier_id: Key | None = None  # whoever makes or brings it, a user id
    device_sn: Key | None = None  # its serial number there


class Done(Shape):
    pass


def the_device(work: Work, ask: Which) -> DeviceRow:
    """The device that is meant."""
    if ask.device_id_type == "SN" or (ask.device_id_type is None and ask.biz_tid is None):
        if ask.supplier_id is None or ask.device_sn is None:
            raise INVALID_PARAMETER(field="device_sn", reason="give supplier_id and device_sn, or biz_tid")
        device = work.find(DeviceRow, supplier=ask.supplier_id, sn=ask.device_sn)
    else:
        if ask.biz_tid is None:
            raise INVALID_PARAMETER(field="biz_tid", reason="missing; the device_id_type ID needs it")
        device = work.find(DeviceRow, id=ask.biz_tid)
    if device is None:
        raise DEVICE_NOT_EXIST(biz_tid=ask.biz_tid, device_sn=ask.device_sn)
    return device


def concerns(work: Work, device: DeviceRow) -> bool:
    """Whether the device is the caller's: bound to it, bound by it, sold to it or supplied by it; or the operator's."""
    who = work.caller
    if who.role in OPERATING:
        return True
    theirs = who.merchant and who.merchant in (device.merchant, device.supplier, device.sold_to)
    return bool(theirs or who.app and who.app == device.app)


def keeper(device: DeviceRow) -> str:
    """Whose the device is at present: its merchant's, or as long as it has none its supplier's."""
    return device.merchant or device.supplier


def check_keeper(work: Work, device: DeviceRow) -> None:
    """Only whose it is, and the platform's operators, may do that."""
    if work.caller.role not in OPERATING and work.caller.merchant != keeper(device):
        raise OPERATION_PERMISSION_DENIED()


def own_device(work: Work, device_id: str) -> DeviceRow:
    """The device of this number that is bound to the caller; others hear that there is none."""
    device = work.find(DeviceRow, id=device_id)
    if device is None or not device.merchant or device.merchant != work.caller.merchant:
        raise DEVICE_NOT_EXIST(biz_tid=device_id)
    return device


def bindings(work: Work, device: DeviceRow) -> list[BindingRow]:
    """What a device does for its merchant."""
    return work.select(BindingRow, "device = ?", (device.id,), "mini_app")


def calling(work: Work) -> DeviceRow:
    """The device that calls."""
    device = work.find(DeviceRow, id=work.caller.device)
    assert device is not None, "only devices that were admitted call this"
    return device
