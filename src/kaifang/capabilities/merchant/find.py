"""Finding the merchant, the shop and the images that are meant."""

from decimal import Decimal
from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Shape, Work, told_as

from .cells import MILLION, NORTH, Place
from .errors import IMAGE_NOT_EXIST, INVALID, ROLE_NOT_EXIST, SHOP_NOT_EXIST
from .states import Secondary
from .tables import IndirectRow, SecondaryRow, ShopRow

PageNumber = Annotated[int, Meta(ge=1, le=100_000)]


class Which(Shape):
    shop_id: Key | None = None  # the platform's number
    ip_role_id: Key | None = None  # or whose shop: a user id or smid,
    store_id: Key | None = None  # and its own number of the shop


def own_role(work: Work, role: str) -> str:
    """The merchant that is meant, if the caller may act for it."""
    if role == work.caller.merchant:
        return role
    row = work.find(SecondaryRow, id=role)
    bank = work.find(IndirectRow, id=role) if row is None else None
    provider = row.provider if row is not None else bank.provider if bank is not None else ""
    if provider != work.caller.merchant or (row is not None and row.state == Secondary.CLOSED.name):
        raise ROLE_NOT_EXIST(ip_role_id=role)
    return role


def own_shop(work: Work, ask: Which) -> ShopRow:
    """The caller's shop that is meant."""
    if ask.shop_id:
        row = work.find(ShopRow, id=ask.shop_id)
    elif ask.store_id:
        row = work.find(ShopRow, role=ask.ip_role_id or work.caller.merchant, store_id=ask.store_id)
    else:
        raise INVALID(field="shop_id", reason="give shop_id, or store_id with ip_role_id")
    if row is None or row.merchant != work.caller.merchant:
        raise SHOP_NOT_EXIST(shop_id=ask.shop_id, store_id=ask.store_id)
    return row


def any_shop(work: Work, shop_id: str) -> ShopRow:
    """Anybody's shop."""
    row = work.find(ShopRow, id=shop_id)
    if row is None:
        raise SHOP_NOT_EXIST(shop_id=shop_id)
    return row


def check_images(work: Work, images: list[str]) -> None:
    """Whether these are images that the calling application uploaded."""
    for image in dict.fromkeys(images):
        with told_as({"FILE_NOT_EXIST": IMAGE_NOT_EXIST}):
            file = work.ask("kaifang.openapp.file.read", file_id=image)
        if file.app != work.caller.auth_app or not file.type.startswith("image/"):
            raise IMAGE_NOT_EXIST(image=image)


def place_of(longitude: str | None, latitude: str | None) -> Place | None:
    """A position as the wire writes it; None if there is none."""
    if longitude is None and latitude is None:
        return None
    if longitude is None or latitude is None:
        raise INVALID(field="longitude" if longitude is None else "latitude", reason="give both or neither")
    place = Place(round(Decimal(longitude) * MILLION), round(Decimal(latitude) * MILLION))
    if abs(place.longitude) > NORTH:
        raise INVALID(field="longitude", reason="-180 to 180")
    if abs(place.latitude) > NORTH // 2:
        raise INVALID(field="latitude", reason="-90 to 90")
    return place


def degrees(millionths: int) -> str:
    """Millionths of a degree as the wire writes them."""
    return f"{Decimal(millionths) / MILLION:f}"
