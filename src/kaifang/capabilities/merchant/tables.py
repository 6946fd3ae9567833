"""What is kept of shops, of where they are, and of applications."""

from kaifang.kernel import Row, Shape, table

from .cells import Place
from .entry import BankAbout, Full, WantedMerchant
from .parts import About
from .states import Admission, Secondary, Shop, Shopcode


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
    order: str  # the application by which it came to be,
    latest: str = ""  # and the one by which it is as it is
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


class WantedShop(Shape, tag_field="what", tag="shop"):
    """A shop as somebody wants it to be."""

    store_id: str
    name: str
    category: str
    type: str
    about: About


@table("admission", unique=[("slot",)], index=[("merchant", "external_id"), ("state", "id")])
class AdmissionRow(Row):
    """One application."""

    id: str  # order_id, 28 digits
    kind: str  # SHOP_CREATE, SHOP_MODIFY, ZHIFUTONG_CREATE or ZHIFUTONG_MODIFY
    merchant: str  # user id of who applies
    role: str  # ip_role_id: whom it is for
    slot: str | None = None  # what it is about, as long as it is not decided: one at a time
    name: str  # what the shop or merchant is called
    shop: str = ""  # shop_id, once there is one
    smid: str = ""  # the secondary merchant, once there is one
    external_id: str = ""  # the provider's own number of it
    confirmed: str = "SKIP"  # whether that merchant agreed: SKIP, NOT_CONFIRM, CREATE, FINISH or FAIL
    proposal: str = ""  # what it is asked
    page: str = ""  # where it answers
    wanted: WantedShop | WantedMerchant
    state: str = Admission.begin.name
    doubt: str = ""  # why people look at it
    reason: str = ""  # why it was refused
    made: int  # milliseconds


@table("secondary", unique=[("provider", "external_id")], index=[("account",)])
class SecondaryRow(Row):
    """A merchant whom a service provider brought, and whose money is settled directly to it."""

    id: str  # smid, 16 digits
    provider: str  # user id
    external_id: str  # the provider's own number
    name: str  # as on its certificate
    category: str  # code of its kind of business
    account: str  # user id of the account that is settled to; empty: to its card
    card_alias: str  # how settlements name its card; empty if it has none
    state: str = Secondary.begin.name
    about: Full
    order: str  # the application by which it came to be,
    latest: str = ""  # and the one by which it is as it is


@table("indirect_merchant", unique=[("provider", "external_id")])
class IndirectRow(Row):
    """A merchant whom a bank or another house of payments brought, and settles itself."""

    id: str  # sub_merchant_id, 16 digits
    provider: str  # user id
    external_id: str  # the provider's own number
    granted: list[str]  # ways to be paid that it was granted
    about: BankAbout


@table("shopcode", unique=[("token",), ("merchant", "out_no")], index=[("shop",)])
class ShopcodeRow(Row):
    """A code at the door of a shop."""

    id: str  # apply_id, 28 digits
    token: str  # what the code says
    shop: str  # shop_id
    merchant: str  # user id of who asked for it
    out_no: str  # the number of that
    state: str = Shopcode.begin.name
