"""Devices and the mini-program that they run for their merchant."""

from typing import Literal

import msgspec

from kaifang.kernel import Key, Shape, Work, method

from .binding import BIND_FAULTS, UNBIND_FAULTS, check_source, number_of, owner_of, tie, untie, visible
from .errors import DEVICE_NOT_EXIST
from .find import Done, Which, the_device
from .tables import BindingRow


class Bound(Which):
    mini_app_id: Key | None = None  # which mini-program it runs; none: it only takes money
    merchant_id_type: Literal["direct", "indirect"] = "direct"  # indirect: through a service provider
    merchant_id: Key | None = None  # the merchant: a user id, or the smid of an indirect one
    external_id: Key | None = None  # your number of the merchant
    source: Key | None = None  # the service provider who does it, a user id


@method("alipay.open.iot.device.bind", raises=[DEVICE_NOT_EXIST, *BIND_FAULTS])
def bind(work: Work, ask: Bound) -> Done:
    """Bind a device to a merchant, with or without a mini-program."""
    device = the_device(work, ask)
    owner = owner_of(work, ask.merchant_id_type, ask.merchant_id, None, field="merchant_id")
    check_source(work, ask.source)
    row = BindingRow(
        device=device.id, mini_app=ask.mini_app_id or "", external_id=ask.external_id or "", source=ask.source or ""
    )
    tie(work, device, owner, row)
    return Done()


@method("alipay.open.iot.device.unbind", raises=[DEVICE_NOT_EXIST, *UNBIND_FAULTS])
def unbind(work: Work, ask: Bound) -> Done:
    """Undo a device's binding to a merchant, or to one mini-program of that merchant."""
    untie(work, the_device(work, ask), ask.merchant_id, ask.mini_app_id or "")
    return Done()


class Query(Which):
    type: Literal["MERCHANT", "SHOP"] = "MERCHANT"  # to which merchant it is bound, or in which shop it stands
    mini_app_id: Key | None = None  # only if it runs this mini-program


class Relation(Shape):
    data: str | None = None  # JSON: pid or smid, or shopId; absent if it is not bound so, or not for you to know


@method("alipay.open.iot.device.query", reads=True, raises=[DEVICE_NOT_EXIST])
def query(work: Work, ask: Query) -> Relation:
    """Ask to whom a device of yours is bound, or where it stands."""
    device = the_device(work, ask)
    if not [one for one in visible(work, device) if ask.mini_app_id in (None, one.mini_app)]:
        return Relation()
    told = {"smid" if device.smid else "pid": number_of(device)}
    if ask.type == "SHOP":
        told = {"shopId": device.shop}
    return Relation(data=msgspec.json.encode(told).decode() if all(told.values()) else None)
