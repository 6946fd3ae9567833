"""What is kept of shops, of where they are, and of applications."""

from kaifang.kernel import Row, Shape, table

from .cells import Place
from .parts import About
from .states import Admission, Shop


@table("shop", unique=[("role", "store_id")], index=[("role", "id"), ("merchant", "id")])
class ShopRow(Row):
    """One shop."""

    id: str  # shop_id, 28 digits
    role: str  # ip_role_id: whose shop it is, a user id or a smid
    merchant: str  # user id of that merchant, or of the service provider who brought it
    store_id: str  # the merchant's own number
    name: str  # what people read
    category: str  # code of its kind, such as B0001
    type: str  # 01: run by the merchant, 02: by a franchisee
    state: str = Shop.begin.name
    province: str = ""  # six digits
    city: str = ""  # six digits
    district: str = ""  # six digits
    longitude: int | None = None  # millionths of a degree, if known
    latitude: int | None = None  # millionths of a degree, if known
    address: str = ""  # street and number
    hours: str = ""  # when it is open, such as 1 08:00-20:00,6 18:00-02:00; always, if empty
    order: str  # the application by which it came to be
    made: int  # milliseconds

    @property
    def place(self) -> Place | None:
        """Where it is, if it says so."""
        return None if self.longitude is None or self.latitude is None else Place(self.longitude, self.latitude)


@table("shop_about")
class AboutRow(Row):
    """The rest of what a shop says of itself: looked at by its merchant only."""

    id: str  # shop_id
    about: About


@table("shop_place", key=("cell", "shop"))
class PlaceRow(Row):
    """Where an open shop is: the key is the geographical index, whose neighbours are near each other."""

    cell: int  # the smallest cell around it
    shop: str  # shop_id
    longitude: int  # millionths of a degree
    latitude: int  # millionths of a degree


class WantedShop(Shape):
    """A shop as somebody wants it to be."""

    store_id: str
    name: str
    category: str
    type: str
    about: About


@table("admission", unique=[("slot",)], index=[("merchant", "state"), ("state", "id")])
class AdmissionRow(Row):
    """One application."""

    id: str  # order_id, 28 digits
    kind: str  # SHOP_CREATE or SHOP_MODIFY
    merchant: str  # user id of who applies
    role: str  # ip_role_id: whom it is for
    slot: str | None = None  # what it is about, as long as it is not decided: one at a time
    name: str  # what the shop or merchant is called
    shop: str = ""  # shop_id, once there is one
    wanted: WantedShop
    state: str = Admission.begin.name
    doubt: str = ""  # why people look at it
    reason: str = ""  # why it was refused
    made: int  # milliseconds
