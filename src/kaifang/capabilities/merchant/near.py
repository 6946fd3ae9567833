"""What everybody may know of shops: one by its number, and those nearest to a place."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Shape, Work, method

from . import hours
from .category import the_category
from .cells import Place, covering
from .errors import INVALID, SHOP_NOT_EXIST
from .find import any_shop, degrees, place_of
from .parts import BusinessTime, Degrees
from .states import Shop
from .tables import ShopRow

FIRST_METERS = 50.0  # how far is looked at first; then ever further, until there are enough


class Read(Shape):
    shop_id: Key | None = None  # the platform's number,
    role: Key | None = None  # or whose shop, a user id or a smid,
    store_id: Key | None = None  # and the merchant's own number


class Facts(Shape):
    shop_id: str  # the platform's number
    merchant: str  # user id of whose shop it is, or of the service provider who brought that merchant
    role: str  # whose shop it is: a user id or a smid
    store_id: str  # the merchant's own number, as orders name it
    name: str  # what people read
    category: str  # what it sells, such as B0001
    category_name: str  # what that is called
    address: str  # street and number
    province_code: str  # of the province, six digits
    city_code: str  # of the city, six digits
    district_code: str  # of the district, six digits
    longitude: str | None = None  # degrees east
    latitude: str | None = None  # degrees north
    hours: list[BusinessTime] = []  # when it is open; always, if there are none
    open: bool  # whether it is open at this moment
    distance_meters: int | None = None  # how far it is, if that was asked


@method("kaifang.merchant.shop.read", raises=[SHOP_NOT_EXIST], reads=True)
def read(work: Work, ask: Read) -> Facts:
    """Read what everybody may know of a shop."""
    if ask.shop_id is not None:
        return facts(work, any_shop(work, ask.shop_id))
    row = work.find(ShopRow, role=ask.role or "", store_id=ask.store_id or "")
    if row is None:
        raise SHOP_NOT_EXIST(role=ask.role, store_id=ask.store_id)
    return facts(work, row)


def facts(work: Work, row: ShopRow, meters: float | None = None) -> Facts:
    """A shop as everybody may see it."""
    place = row.place
    return Facts(
        shop_id=row.id, merchant=row.merchant, role=row.role, store_id=row.store_id, name=row.name,
        category=row.category, category_name=the_category(row.category).name, address=row.address,
        province_code=row.province, city_code=row.city, district_code=row.district,
        longitude=degrees(place.longitude) if place else None, latitude=degrees(place.latitude) if place else None,
        hours=hours.read(row.hours), open=row.state == Shop.OPEN.name and hours.is_open(row.hours, work.now),
        distance_meters=None if meters is None else round(meters),
    )  # fmt: skip


class Nearby(Shape):
    longitude: Degrees  # degrees east of where you are
    latitude: Degrees  # degrees north
    radius: Annotated[int, Meta(ge=1, le=50_000)] = 5_000  # meters, at most so far
    limit: Annotated[int, Meta(ge=1, le=50)] = 20  # so many at most


class Found(Shape):
    shops: list[Facts]  # the nearest first


@method("kaifang.merchant.shop.nearby", raises=[INVALID], reads=True)
def nearby(work: Work, ask: Nearby) -> Found:
    """Find the shops nearest to a place."""
    here = place_of(ask.longitude, ask.latitude)
    assert here is not None, "both were given"
    nearest = nearest_shops(work, here, float(ask.radius), ask.limit)
    if not nearest:
        return Found(shops=[])
    numbers = [shop for _, shop in nearest]
    rows = {row.id: row for row in work.select(ShopRow, f"id in ({', '.join('?' * len(numbers))})", numbers)}
    return Found(shops=[facts(work, rows[shop], meters) for meters, shop in nearest])


def nearest_shops(work: Work, here: Place, radius: float, limit: int) -> list[tuple[float, str]]:
    """The nearest shops and how far they are; only as much of the surroundings is looked at as it takes."""
    meters = FIRST_METERS
    while True:
        meters = min(meters, radius)
        found = sorted(within(work, here, meters))
        if len(found) >= limit or meters == radius:
            return found[:limit]
        meters *= 2


def within(work: Work, here: Place, meters: float) -> list[tuple[float, str]]:
    """Every shop so near to a place, and how far it is."""
    ranges = covering(here, meters)
    where = " or ".join(["cell between ? and ?"] * len(ranges))
    sql = f'select shop, longitude, latitude from "shop_place" where {where}'  # noqa: S608
    rows = work.tx.query(sql, [end for both in ranges for end in both])
    ways = ((here.meters_to(longitude, latitude), shop) for shop, longitude, latitude in rows)
    return [(way, shop) for way, shop in ways if way <= meters]
