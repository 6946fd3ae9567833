"""Terminals that a service provider sets up: device, merchant, shop and application in one binding."""

from typing import Literal

from kaifang.kernel import Key, Line, Shape, Text, Work, method

from .binding import BIND_FAULTS, UNBIND_FAULTS, check_source, number_of, owner_of, shop_of, tie, untie, visible
from .errors import DEVICE_NOT_EXIST, SHOP_ID_UNMATCHED
from .find import Done, Which, the_device
from .tables import BindingRow, DeviceRow


class Unbind(Which):
    app_type: Literal["MINI_APP"] = "MINI_APP"  # what kind of application it runs
    mini_app_id: Key | None = None  # which mini-program it runs, or RUYI_LITE; none: it only takes money
    application_id: Key | None = None  # kept as you say it
    equipment_type: Key | None = None  # what kind of hardware it is
    merchant_id_type: Literal["direct", "indirect"] = "direct"  # indirect: through a service provider
    merchant_id: Key | None = None  # the merchant: a user id, or the smid of an indirect one
    shop_id: Key | None = None  # the platform's number of the shop where it stands
    external_id: Key | None = None  # your number of the merchant
    external_id_secret: Line | None = None  # what you prove that number with
    external_shop_id: Key | None = None  # your number of the shop
    source: Key | None = None  # the service provider who does it, a user id


class Bind(Unbind):
    pid: Key | None = None  # the user id behind the smid of an indirect merchant
    spi_app_id: Key | None = None  # your application that is asked back
    terminal_bind_info: Text | None = None  # your own words, given back as they are


@method("alipay.commerce.iot.device.bind", raises=[DEVICE_NOT_EXIST, SHOP_ID_UNMATCHED, *BIND_FAULTS])
def bind(work: Work, ask: Bind) -> Done:
    """Bind a terminal to a merchant, a shop and an application, with a service provider's own numbers beside."""
    device = the_device(work, ask)
    owner = owner_of(work, ask.merchant_id_type, ask.merchant_id, ask.pid, field="merchant_id")
    check_source(work, ask.source)
    row = BindingRow(
        device=device.id, mini_app=ask.mini_app_id or "", app_type=ask.app_type,
        application_id=ask.application_id or "", equipment_type=ask.equipment_type or "",
        external_id=ask.external_id or "", external_id_secret=ask.external_id_secret or "",
        external_shop_id=ask.external_shop_id or "", source=ask.source or "", spi_app_id=ask.spi_app_id or "",
        terminal_bind_info=ask.terminal_bind_info or "",
    )  # fmt: skip
    tie(work, device, owner | {"shop": shop_of(work, device, ask.shop_id)}, row)
    return Done()


@method("alipay.commerce.iot.device.unbind", raises=[DEVICE_NOT_EXIST, *UNBIND_FAULTS])
def unbind(work: Work, ask: Unbind) -> Done:
    """Undo a terminal's binding."""
    untie(work, the_device(work, ask), ask.merchant_id, ask.mini_app_id or "")
    return Done()


class Query(Which):
    app_type: Literal["MINI_APP"] = "MINI_APP"  # what kind of application it runs
    application_id: Key | None = None  # only the binding of which you said so
    mini_app_id: Key | None = None  # only if it runs this mini-program


class BindInfo(Shape):
    """One binding of a terminal."""

    biz_tid: str  # the platform's number of the device
    device_id_type: str  # ID
    device_sn: str  # its serial number
    supplier_id: str  # whoever makes or brings it, a user id
    merchant_id: str  # the merchant: a user id, or the smid of an indirect one
    merchant_id_type: str  # direct or indirect
    shop_id: str | None = None  # the platform's number of the shop
    app_type: str | None = None  # what kind of application it runs
    mini_app_id: str | None = None  # which mini-program it runs
    application_id: str | None = None  # as it was told
    equipment_type: str | None = None  # what kind of hardware it is
    external_id: str | None = None  # the service provider's number of the merchant
    external_id_secret: str | None = None  # what that number is proved with; only for whoever bound it
    external_shop_id: str | None = None  # the service provider's number of the shop
    source: str | None = None  # the service provider, a user id
    spi_app_id: str | None = None  # the service provider's application that is asked back
    terminal_bind_info: str | None = None  # the service provider's own words


class Bindings(Shape):
    bind_info_list: list[BindInfo]  # none, if it is not bound so, or not for you to know


@method("alipay.commerce.iot.device.bind.query", reads=True, raises=[DEVICE_NOT_EXIST])
def query(work: Work, ask: Query) -> Bindings:
    """List what a terminal of yours is bound to."""
    device = the_device(work, ask)
    rows = [
        one for one in visible(work, device)
        if ask.mini_app_id in (None, one.mini_app) and ask.application_id in (None, one.application_id)
    ]  # fmt: skip
    return Bindings(bind_info_list=[told(work, device, row) for row in rows])


def told(work: Work, device: DeviceRow, row: BindingRow) -> BindInfo:
    """A binding as those whom it concerns may know it."""
    secret = row.external_id_secret if work.caller.app == device.app else ""
    return BindInfo(
        biz_tid=device.id, device_id_type="ID", device_sn=device.sn, supplier_id=device.supplier,
        merchant_id=number_of(device), merchant_id_type=device.merchant_type, shop_id=device.shop or None,
        app_type=row.app_type or None, mini_app_id=row.mini_app or None, application_id=row.application_id or None,
        equipment_type=row.equipment_type or None, external_id=row.external_id or None,
        external_id_secret=secret or None, external_shop_id=row.external_shop_id or None, source=row.source or None,
        spi_app_id=row.spi_app_id or None, terminal_bind_info=row.terminal_bind_info or None,
    )  # fmt: skip
