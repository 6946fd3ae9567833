"""Devices, their shop and their merchant: the binding by which a device takes money."""

from typing import Literal

from kaifang.kernel import Key, Shape, Work, method

from .binding import BIND_FAULTS, owner_of, shop_of, tie
from .errors import ACCESS_DENIED, DEVICE_NOT_EXIST, MERCHANT_ID_UNMATCHED, RECORD_NOT_EXIST, SHOP_ID_UNMATCHED
from .find import Done, Which, concerns, the_device
from .tables import BindingRow


class Merchant(Which):
    merchant_type: Literal["direct", "indirect"] = "direct"  # indirect: through a service provider
    pid: Key | None = None  # the merchant, a user id; of an indirect one the one behind its smid
    smid: Key | None = None  # the number of an indirect merchant


class Bind(Merchant):
    shop_id: Key | None = None  # the platform's number of the shop where it stands


@method("alipay.merchant.iot.device.bind", raises=[DEVICE_NOT_EXIST, SHOP_ID_UNMATCHED, *BIND_FAULTS])
def bind(work: Work, ask: Bind) -> Done:
    """Bind a device to a merchant and a shop; from now on it takes money for that merchant."""
    device = the_device(work, ask)
    number, field = (ask.pid, "pid") if ask.merchant_type == "direct" else (ask.smid, "smid")
    owner = owner_of(work, ask.merchant_type, number, ask.pid, field=field)
    shop = shop_of(work, device, ask.shop_id)
    tie(work, device, owner | {"shop": shop}, BindingRow(device=device.id, mini_app=""))
    return Done()


class Bound(Shape):
    merchant_type: str  # direct or indirect
    pid: str  # the merchant, a user id
    smid: str | None = None  # the number of an indirect merchant
    shop_id: str | None = None  # the platform's number of the shop


@method("alipay.merchant.iot.device.query", reads=True, raises=[DEVICE_NOT_EXIST, ACCESS_DENIED, RECORD_NOT_EXIST])
def query(work: Work, ask: Which) -> Bound:
    """Ask to whom a device of yours is bound, and in which shop it stands."""
    device = the_device(work, ask)
    if not concerns(work, device):
        raise ACCESS_DENIED(biz_tid=ask.biz_tid)
    if not device.merchant:
        raise RECORD_NOT_EXIST(biz_tid=device.id)
    return Bound(
        merchant_type=device.merchant_type, pid=device.merchant, smid=device.smid or None, shop_id=device.shop or None
    )


@method("alipay.merchant.iot.device.verify", reads=True, raises=[DEVICE_NOT_EXIST, MERCHANT_ID_UNMATCHED])
def verify(work: Work, ask: Merchant) -> Done:
    """Make sure that a device is bound to a merchant; for others than those two it never is."""
    device = the_device(work, ask)
    number, bound = (ask.pid, device.merchant) if ask.merchant_type == "direct" else (ask.smid, device.smid)
    if not number or number != bound or not concerns(work, device) or device.merchant_type != ask.merchant_type:
        raise MERCHANT_ID_UNMATCHED(pid=ask.pid, smid=ask.smid)
    return Done()
