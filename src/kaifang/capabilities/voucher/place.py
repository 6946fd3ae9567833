"""Where vouchers are taken: the shops that an activity names, or those of its merchants near a person."""

from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import Fault, Shape, Work, told_as

from .errors import INVALID
from .rules import sellers_of, shops_of
from .tables import ActivityRow, TermsRow

Degrees = Annotated[str, Meta(pattern=r"^-?\d{1,3}(\.\d{1,15})?$", max_length=20)]
NEAR = 50  # shops that are looked at around a person
NAMED = 20  # shops that are told of those that an activity names


class Here(Shape):
    """Where a person is, if that is to be known."""

    longitude: Degrees | None = None  # degrees east of where you are,
    latitude: Degrees | None = None  # and degrees north


class Place(Shape):
    """A shop that takes a voucher."""

    shop_id: str  # its number
    name: str  # what people read
    address: str | None = None  # street and number
    open: bool  # whether it is open at this moment
    distance_meters: int | None = None  # how far it is, if it is known where you are


def shops_near(work: Work, here: Here) -> list[Any] | None:
    """The shops around a person, the nearest first; None if it was not said where that is."""
    if here.longitude is None and here.latitude is None:
        return None
    if here.longitude is None or here.latitude is None:
        raise INVALID(field="latitude", reason="with longitude, or neither")
    asked = {"longitude": here.longitude, "latitude": here.latitude, "limit": NEAR}
    with told_as({"INVALID_PARAMETER": INVALID}):
        found = work.ask_if_offered("kaifang.merchant.shop.nearby", **asked)
    return list(found.shops) if found is not None else []


def takes(row: ActivityRow, terms: TermsRow, shop: Any) -> bool:
    """Whether a shop takes the vouchers of an activity: it may name shops, by either number, or merchants."""
    named = shops_of(terms)
    if named:
        return shop.shop_id in named or shop.store_id in named
    return shop.merchant in (sellers_of(terms.scope) or [row.merchant])


def places_of(work: Work, row: ActivityRow, terms: TermsRow, near: list[Any] | None) -> list[Place]:
    """The shops that take its vouchers: those around a person first, then others that it names."""
    found = {shop.shop_id: shop for shop in near or () if takes(row, terms, shop)}
    for name in shops_of(terms)[:NAMED]:
        shop = shop_named(work, row.merchant, name)
        if shop is not None:
            found.setdefault(shop.shop_id, shop)
    return [
        Place(
            shop_id=shop.shop_id, name=shop.name, address=shop.address, open=shop.open,
            distance_meters=shop.distance_meters,
        )
        for shop in found.values()
    ]  # fmt: skip


def shop_named(work: Work, merchant: str, name: str) -> Any:
    """A shop by the platform's number, or by the merchant's own; None if there is none."""
    for asked in ({"shop_id": name}, {"role": merchant, "store_id": name}):
        try:
            return work.ask_if_offered("kaifang.merchant.shop.read", **asked)
        except Fault:
            continue
    return None
