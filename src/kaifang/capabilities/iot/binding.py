"""Binding devices to merchants: to one at a time, as a plain device or with any number of mini-programs."""

from kaifang.kernel import INVALID_PARAMETER, Work, told_as

from .errors import (
    BIND_FAIL,
    MERCHANT_ID_UNMATCHED,
    OPERATION_PERMISSION_DENIED,
    RECORD_NOT_EXIST,
    SHOP_ID_UNMATCHED,
)
from .find import bindings, concerns
from .message import drop_messages
from .states import Device
from .tables import BindingRow, DeviceRow

BIND_FAULTS = [BIND_FAIL, MERCHANT_ID_UNMATCHED, OPERATION_PERMISSION_DENIED]
UNBIND_FAULTS = [MERCHANT_ID_UNMATCHED, OPERATION_PERMISSION_DENIED, RECORD_NOT_EXIST]


def tie(work: Work, device: DeviceRow, owner: dict[str, str], binding: BindingRow) -> None:
    """Bind a device to the merchant acted for, or change what it does for that one."""
    who = work.caller
    if not may_bind(work, device):
        raise OPERATION_PERMISSION_DENIED(biz_tid=device.id)
    if device.state != Device.ACTIVE.name or device.merchant not in ("", who.merchant):
        raise BIND_FAIL(biz_tid=device.id)
    device.merchant, device.app, device.auth_app = who.merchant, who.app, who.auth_app
    for name, value in owner.items():
        setattr(device, name, value)
    before = work.find(BindingRow, device=device.id, mini_app=binding.mini_app)
    if before is not None:
        work.remove(before)
    work.add(binding)
    work.tell(
        "device.bind", device.id, merchant=device.merchant, shop=device.shop, app=device.app,
        mini_app=binding.mini_app,
    )  # fmt: skip


def may_bind(work: Work, device: DeviceRow) -> bool:
    """Only who bought it may; before that its supplier, for itself or for a merchant whose authorisation it has."""
    if device.sold_to:
        return device.sold_to == work.caller.merchant
    return device.supplier in (work.caller.merchant, provider(work))


def provider(work: Work) -> str | None:
    """Whose application calls."""
    if not work.caller.app:
        return None
    return work.ask("kaifang.openapp.credentials", app_id=work.caller.app).party  # type: ignore[no-any-return]


def untie(work: Work, device: DeviceRow, merchant: str | None, mini_app: str) -> None:
    """Undo a binding; with the last one the device is nobody's, and what waits for it is dropped."""
    if work.caller.merchant != device.merchant:
        raise OPERATION_PERMISSION_DENIED(biz_tid=device.id) if device.merchant else RECORD_NOT_EXIST()
    if merchant not in (None, number_of(device)):
        raise MERCHANT_ID_UNMATCHED(merchant_id=merchant)
    row = work.find(BindingRow, device=device.id, mini_app=mini_app)
    if row is None:
        raise RECORD_NOT_EXIST(mini_app_id=mini_app or None)
    others = [one for one in bindings(work, device) if one.mini_app != mini_app]
    work.remove(row)
    work.tell("device.unbind", device.id, merchant=device.merchant, shop=device.shop, mini_app=mini_app)
    if not others:
        drop_messages(work, device)
        device.merchant = device.smid = device.shop = device.app = device.auth_app = ""
        device.merchant_type = "direct"


def owner_of(work: Work, kind: str, number: str | None, pid: str | None, *, field: str) -> dict[str, str]:
    """The merchant as one is named: a direct one by user id, an indirect one by smid and perhaps the pid behind it."""
    if number is None:
        raise INVALID_PARAMETER(field=field, reason="missing; which merchant is meant")
    person = number if kind == "direct" else pid or work.caller.merchant
    if person != work.caller.merchant:
        raise MERCHANT_ID_UNMATCHED(merchant_id=person)
    return {"merchant_type": kind, "smid": "" if kind == "direct" else number}


def shop_of(work: Work, device: DeviceRow, shop_id: str | None) -> str:
    """The merchant's shop that is named; where it stood before, if none is."""
    if shop_id is None:
        return device.shop
    with told_as({"SHOP_NOT_EXIST": SHOP_ID_UNMATCHED}):
        shop = work.ask("kaifang.merchant.shop.read", shop_id=shop_id)
    if shop.merchant != work.caller.merchant:
        raise SHOP_ID_UNMATCHED(shop_id=shop_id)
    return shop_id


def number_of(device: DeviceRow) -> str:
    """The merchant's number as it is told: of an indirect one the smid."""
    return device.smid or device.merchant


def visible(work: Work, device: DeviceRow) -> list[BindingRow]:
    """What the caller may know of a device's bindings."""
    return bindings(work, device) if concerns(work, device) else []


def check_source(work: Work, source: str | None) -> None:
    """A service provider that is named is the one that calls."""
    if source is not None and source != provider(work):
        raise INVALID_PARAMETER(field="source", reason="not the service provider whose application calls")
