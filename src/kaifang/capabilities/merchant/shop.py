"""Opening, changing and closing shops."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from kaifang.kernel import Key, Shape, Work, method

from .admission import about_row, find_place, forget
from .category import the_category
from .errors import (
    CATEGORY_NOT_EXIST,
    IMAGE_NOT_EXIST,
    INVALID,
    ORDER_UNDER_REVIEW,
    QUALIFICATION_REQUIRED,
    ROLE_NOT_EXIST,
    SHOP_CLOSED,
    SHOP_NOT_EXIST,
    STORE_ID_EXIST,
)
from .find import Which, check_images, own_role, own_shop, place_of
from .parts import About, AddressInfo, Basics, ContactInfo, SettleCard, images_of
from .review import apply, doubt_of, refuse, slot_of_change
from .states import Shop
from .tables import AdmissionRow, ShopRow, WantedShop

Type = Literal["01", "02"]
Name = Annotated[str, Meta(min_length=1, max_length=256)]
CHECKS = [INVALID, CATEGORY_NOT_EXIST, QUALIFICATION_REQUIRED, IMAGE_NOT_EXIST]


class Create(About):
    ip_role_id: Key  # whose shop: your user id, or the smid of one of your merchants
    store_id: Key  # your own number of the shop; asking twice opens one
    shop_name: Name  # what people read
    shop_category: Key  # what it sells, such as B0001; ant.merchant.expand.mcc.query has the list
    shop_type: Type = "01"  # 01: run by the merchant, 02: by a franchisee


class Created(Shape):
    order_id: str  # the number of the application
    exist_shop_id: str | None = None  # the shop, as soon as there is one


@method("ant.merchant.expand.shop.create", raises=[*CHECKS, ROLE_NOT_EXIST, STORE_ID_EXIST, ORDER_UNDER_REVIEW])
def create(work: Work, ask: Create) -> Created:
    """Apply for a shop; most are admitted at once, some are looked at by people first."""
    role, wanted = own_role(work, ask.ip_role_id), wanted_shop(work, ask)
    known = work.find(ShopRow, role=role, store_id=ask.store_id)
    if known is not None:
        order = work.find(AdmissionRow, id=known.order)
        if order is None or order.wanted != wanted:
            raise STORE_ID_EXIST(shop_id=known.id)
        return Created(order_id=known.order, exist_shop_id=known.id)
    order = apply(work, f"SHOP/{role}/{ask.store_id}", wanted, kind="SHOP_CREATE", role=role)
    return Created(order_id=order.id, exist_shop_id=order.shop or None)


def wanted_shop(work: Work, ask: Any) -> WantedShop:
    """The shop that is asked for, if it can be one."""
    wanted = WantedShop(
        store_id=ask.store_id, name=ask.shop_name, category=the_category(ask.shop_category).code, type=ask.shop_type,
        about=About(**told(ask)),
    )  # fmt: skip
    check(work, wanted)
    return wanted


def told(ask: Any) -> dict[str, Any]:
    """What a request says of a shop; what the wire has one of in some calls is a list in all of them here."""
    said = {name: getattr(ask, name) for name in About.__struct_fields__ if hasattr(ask, name)}
    for name in ("contact_infos", "out_door_images"):
        if not isinstance(said[name], list):
            said[name] = [said[name]] if said[name] else []
    return said


def check(work: Work, wanted: WantedShop) -> None:
    """Whether there can be such a shop: with an address, a position if it has one, and the licences it needs."""
    address = wanted.about.business_address or AddressInfo()
    for name in ("province_code", "city_code", "district_code", "address"):
        if not getattr(address, name):
            raise INVALID(field=f"business_address.{name}", reason="missing; it is required")
    place_of(address.longitude, address.latitude)
    licence = the_category(wanted.category).licence
    if licence and not wanted.about.qualifications:
        raise QUALIFICATION_REQUIRED(shop_category=wanted.category, needs=licence)
    check_images(work, images_of(wanted.about))


class Consult(Basics):
    ip_role_id: Key  # whose shop: your user id, or the smid of one of your merchants
    store_id: Key  # your own number of the shop
    shop_name: Name  # what people read
    shop_category: Key  # what it sells, such as B0001; ant.merchant.expand.mcc.query has the list
    shop_type: Type = "01"  # 01: run by the merchant, 02: by a franchisee
    biz_cards: Annotated[list[SettleCard], Meta(max_length=1)] = []  # the card that is settled to
    out_door_images: Key | None = None  # type: ignore[assignment]  # image of its front, as the upload answered


class Consulted(Shape):
    account_audit: bool  # whether the account that is settled to would be looked at
    risk_audit: bool  # whether people would look at the application


@method("ant.merchant.expand.shop.consult", raises=[*CHECKS, ROLE_NOT_EXIST], reads=True)
def consult(work: Work, ask: Consult) -> Consulted:
    """Ask whether a shop could be opened, and whether people would look at it first; nothing is applied for."""
    own_role(work, ask.ip_role_id)
    return Consulted(account_audit=False, risk_audit=bool(doubt_of(wanted_shop(work, ask))))


class Modify(About):
    shop_id: Key | None = None  # the platform's number
    ip_role_id: Key | None = None  # or whose shop,
    store_id: Key | None = None  # and your own number; with shop_id: the number it is to have
    shop_name: Name | None = None  # what people read
    shop_category: Key | None = None  # what it sells
    contact_infos: ContactInfo | None = None  # type: ignore[assignment]  # who can be asked


class Modified(Shape):
    order_id: str  # the number of the application


@method(
    "ant.merchant.expand.shop.modify",
    raises=[*CHECKS, SHOP_NOT_EXIST, SHOP_CLOSED, STORE_ID_EXIST, ORDER_UNDER_REVIEW],
)
def modify(work: Work, ask: Modify) -> Modified:
    """Apply for a change of a shop; what is left out stays as it is."""
    row = own_shop(work, Which(shop_id=ask.shop_id, ip_role_id=ask.ip_role_id, store_id=ask.store_id))
    if not Shop.modify.possible(row):
        raise SHOP_CLOSED(shop_id=row.id)
    wanted = changed(work, row, ask)
    other = work.find(ShopRow, role=row.role, store_id=wanted.store_id)
    if other is not None and other.id != row.id:
        raise STORE_ID_EXIST(shop_id=other.id)
    check(work, wanted)
    order = apply(work, slot_of_change(row), wanted, kind="SHOP_MODIFY", role=row.role, shop=row.id)
    return Modified(order_id=order.id)


def changed(work: Work, row: ShopRow, ask: Modify) -> WantedShop:
    """A shop with what is to be different of it."""
    kept = about_row(work, row).about
    about = About(**{name: value or getattr(kept, name) for name, value in told(ask).items()})
    category = the_category(ask.shop_category or row.category).code
    return WantedShop(
        store_id=ask.store_id or row.store_id, name=ask.shop_name or row.name, category=category, type=row.type,
        about=about,
    )  # fmt: skip


class Closed(Shape):
    pass


@method("ant.merchant.expand.shop.close", raises=[INVALID, SHOP_NOT_EXIST])
def close(work: Work, ask: Which) -> Closed:
    """Close a shop for good; nobody finds it nearby any more, and its number stays taken."""
    row = own_shop(work, ask)
    if not Shop.close.possible(row):
        return Closed()
    waiting = work.find(AdmissionRow, slot=slot_of_change(row))
    if waiting is not None:
        refuse(work, waiting, "the shop was closed")
    Shop.close(work, row, merchant=row.merchant)
    forget(work, find_place(work, row))
    return Closed()
