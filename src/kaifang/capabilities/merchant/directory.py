"""Looking at shops: as the merchant whose they are, one by one and in pages."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Key, Line, Shape, Work, holding, method

from .admission import about_row
from .errors import INVALID, ROLE_NOT_EXIST, SHOP_NOT_EXIST
from .find import PageNumber, Which, degrees, own_role, own_shop
from .parts import AddressInfo, BusinessTime, ComplexBusinessTime, Told
from .states import Shop
from .tables import ShopRow

Version = Literal["", "2022Q2", "UPTODATE"]
Choice = Literal["0", "1"]


class Query(Which):
    address_version: Version = ""  # which edition of the codes of places; they are answered as you gave them
    need_industry_info: Choice = "0"  # 1: with what its industry wants to know
    need_industry_license: Choice = "0"  # 1: with its licences


class Queried(Told):
    shop_id: str  # the platform's number
    store_id: str  # the merchant's own
    ip_role_id: str  # whose shop
    shop_name: str  # what people read
    shop_category: str  # what it sells
    new_shop_category: str  # the same
    shop_type: str  # 01: run by the merchant, 02: by a franchisee


@method("ant.merchant.expand.shop.query", raises=[INVALID, SHOP_NOT_EXIST], reads=True)
def query(work: Work, ask: Query) -> Queried:
    """Query everything that is known of one of your shops."""
    row = own_shop(work, ask)
    kept = about_row(work, row).about
    about = {name: getattr(kept, name) for name in Told.__struct_fields__}
    about["industry_info"] = kept.industry_info if ask.need_industry_info == "1" else []
    about["industry_license"] = kept.industry_license if ask.need_industry_license == "1" else []
    return Queried(
        shop_id=row.id, store_id=row.store_id, ip_role_id=row.role, shop_name=row.name, shop_category=row.category,
        new_shop_category=row.category, shop_type=row.type, **about,
    )  # fmt: skip


class PageQuery(Shape):
    ip_role_id: Key  # whose shops
    province_code: Key | None = None  # only in this province,
    city_code: Key | None = None  # this city,
    district_code: Key | None = None  # this district
    address_version: Version = ""  # which edition of the codes of places
    page_num: PageNumber = 1  # which page, from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # how many on a page


class Brief(Shape):
    shop_id: str  # the platform's number
    store_id: str  # the merchant's own
    shop_name: str  # what people read
    shop_category: str  # what it sells
    new_shop_category: str  # the same
    shop_type: str  # 01: run by the merchant, 02: by a franchisee
    shop_status: str  # OPEN or CLOSED
    business_address: AddressInfo | None = None  # where it is
    business_time: list[BusinessTime] = []  # when it is open
    new_business_time: list[ComplexBusinessTime] = []  # the same, with breaks
    contact_mobile: str | None = None  # telephone number
    contact_phone: str | None = None  # the same, of a fixed line


class PageQueried(Shape):
    shop_infos: list[Brief]  # the newest first
    total_pages: int  # how many pages there are


@method("ant.merchant.expand.shop.page.query", raises=[ROLE_NOT_EXIST], reads=True)
def page_query(work: Work, ask: PageQuery) -> PageQueried:
    """Query the shops of a merchant, those that are closed too, all over or in one place."""
    places = [ask.province_code or "", ask.city_code or "", ask.district_code or ""]
    values = [own_role(work, ask.ip_role_id), *places]
    rows = work.select(
        ShopRow, where := "role = ? and ? in ('', province) and ? in ('', city) and ? in ('', district)", values,
        "id desc", ask.page_size, offset=skipped(ask.page_num, ask.page_size),
    )  # fmt: skip
    pages = pages_of(work.count(ShopRow, where, values), ask.page_size)
    return PageQueried(shop_infos=[brief(work, row) for row in rows], total_pages=pages)


def skipped(page: int, size: int) -> int:
    """How many are on the pages before."""
    return (page - 1) * size


def pages_of(count: int, size: int) -> int:
    """How many pages so many fill."""
    return -(-count // size)


def brief(work: Work, row: ShopRow) -> Brief:
    """A shop in a list."""
    about = about_row(work, row).about
    return Brief(
        shop_id=row.id, store_id=row.store_id, shop_name=row.name, shop_category=row.category,
        new_shop_category=row.category, shop_type=row.type, shop_status=row.state,
        business_address=about.business_address, business_time=about.business_time,
        new_business_time=about.new_business_time, contact_mobile=about.contact_mobile,
        contact_phone=about.contact_phone,
    )  # fmt: skip


class ShopList(Shape):
    state: Literal["OPEN", "CLOSED"] | None = None  # only those that stand so
    keyword: Line | None = None  # part of its name, its address or your own number of it
    page_num: PageNumber = 1  # which page, from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # how many on a page


class ShopsListed(Shape):
    shops: list[Brief]  # the newest first
    count: int  # how many there are on all pages


@method("kaifang.merchant.shop.list", reads=True)
def list_shops(work: Work, ask: ShopList) -> ShopsListed:
    """List your shops, those that are closed too."""
    where, values = "role = ?", [work.caller.merchant]
    if ask.state:
        where, values = f"{where} and state = ?", [*values, ask.state]
    if ask.keyword:
        condition, texts = holding(ask.keyword, "name", "address", "store_id")
        where, values = f"{where} and {condition}", [*values, *texts]
    rows = work.select(ShopRow, where, values, "id desc", ask.page_size, offset=skipped(ask.page_num, ask.page_size))
    return ShopsListed(shops=[brief(work, row) for row in rows], count=work.count(ShopRow, where, values))


class BatchQuery(Shape):
    store_open_id: Key | None = None  # your online shop: the number of your application
    scene: Key | None = None  # what for, such as SHOP_SERVICE
    page_no: PageNumber = 1  # which page, from 1
    page_size: Annotated[int, Meta(ge=1, le=50)] = 20  # how many on a page


class Simple(Shape):
    shop_id: str  # the platform's number
    shop_name: str  # what people read
    address: str  # street and number


class BatchQueried(Shape):
    shops: list[Simple]  # the newest first
    page_no: int  # this page
    page_size: int  # how many on a page
    total_page: int  # how many pages
    total_size: int  # how many shops


OPEN = "merchant = ? and state = ?"


@method("ant.merchant.expand.shop.batchquery", raises=[ROLE_NOT_EXIST], reads=True)
def batch_query(work: Work, ask: BatchQuery) -> BatchQueried:
    """Query your open shops, in short."""
    if ask.store_open_id not in (None, work.caller.auth_app):
        raise ROLE_NOT_EXIST(store_open_id=ask.store_open_id)
    values = (work.caller.merchant, Shop.OPEN.name)
    rows = work.select(ShopRow, OPEN, values, "id desc", ask.page_size, offset=skipped(ask.page_no, ask.page_size))
    count = work.count(ShopRow, OPEN, values)
    shops = [Simple(shop_id=row.id, shop_name=row.name, address=row.address) for row in rows]
    return BatchQueried(
        shops=shops, page_no=ask.page_no, page_size=ask.page_size, total_page=pages_of(count, ask.page_size),
        total_size=count,
    )  # fmt: skip


class StoreList(Shape):
    pid: Key | None = None  # whose shops; yours if left out
    is_include_cognate: bool = False  # those of your secondary merchants too
    page_num: PageNumber = 1  # which page, from 1
    page_size: Annotated[int, Meta(ge=1, le=30)] = 20  # how many on a page


class Store(Shape):
    shop_id: str  # the platform's number
    store_id: str  # the merchant's own
    name: str  # what people read
    pid: str  # whose shop
    shop_type: str  # 01: run by the merchant, 02: by a franchisee
    address: str  # street and number
    longitude: str | None = None  # degrees east
    latitude: str | None = None  # degrees north


class StoresListed(Shape):
    merchant_stores: list[Store]  # the newest first
    page_num: int  # this page
    page_size: int  # how many on a page
    total_pages: int  # how many pages
    total_size: int  # how many shops


@method("ant.merchant.expand.merchant.storelist.query", raises=[ROLE_NOT_EXIST], reads=True)
def store_list(work: Work, ask: StoreList) -> StoresListed:
    """Query your open shops with their positions; also those of the merchants whom you brought."""
    where, values = OPEN, [work.caller.merchant, Shop.OPEN.name]
    if ask.pid is not None or not ask.is_include_cognate:
        where, values = f"{where} and role = ?", [*values, own_role(work, ask.pid or work.caller.merchant)]
    rows = work.select(ShopRow, where, values, "id desc", ask.page_size, offset=skipped(ask.page_num, ask.page_size))
    count = work.count(ShopRow, where, values)
    return StoresListed(
        merchant_stores=[store(row) for row in rows], page_num=ask.page_num, page_size=ask.page_size,
        total_pages=pages_of(count, ask.page_size), total_size=count,
    )  # fmt: skip


def store(row: ShopRow) -> Store:
    """A shop with its position."""
    place = row.place
    return Store(
        shop_id=row.id, store_id=row.store_id, name=row.name, pid=row.role, shop_type=row.type,
        address=row.address, longitude=degrees(place.longitude) if place else None,
        latitude=degrees(place.latitude) if place else None,
    )  # fmt: skip
