"""Codes at the doors of shops: made for a shop that there is, or for one that is opened with it."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import DAY, Key, Line, Shape, Work, method

from .errors import (
    CATEGORY_NOT_EXIST,
    CODE_NOT_EXIST,
    IMAGE_NOT_EXIST,
    INVALID,
    ORDER_UNDER_REVIEW,
    OUT_BIZ_NO_USED,
    QUALIFICATION_REQUIRED,
    ROLE_NOT_EXIST,
    SETTLE_ACCOUNT_INVALID,
    SHOP_NOT_EXIST,
    STORE_ID_EXIST,
    TOKEN_USED,
)
from .find import Which, any_shop, own_role, own_shop
from .near import Facts, facts
from .papers import party_of
from .parts import AddressInfo, Degrees
from .shop import Create as NewShop
from .shop import create as open_shop
from .states import Shop, Shopcode
from .tables import ShopcodeRow, ShopRow

WAITS = 15 * DAY  # how long a merchant has time to agree
Token = Annotated[str, Meta(pattern="^[0-9A-Za-z]{8,64}$")]


class Create(Shape):
    out_biz_no: Key  # your own number of this request; asking twice makes one code
    merchant_logon_id: Line  # the merchant, by the address or number it signs in with
    shop_id: Key | None = None  # the shop that there is; else one is opened with what follows
    smid: Key | None = None  # whose shop that will be: one of your secondary merchants; the merchant itself if left out
    shop_no: Key | None = None  # the merchant's own number of the shop
    shop_name: Line | None = None  # what people read
    category_id: Key | None = None  # what it sells
    province_code: Key | None = None  # six digits
    city_code: Key | None = None  # six digits
    district_code: Key | None = None  # six digits
    address: Line | None = None  # street and number
    longitude: Degrees | None = None  # degrees east
    latitude: Degrees | None = None  # degrees north
    phone_no: Key | None = None  # telephone number
    shop_front_photo: Key | None = None  # image of its front, as the upload answered
    operator_id: Key | None = None  # who of you asks
    tokens: Annotated[list[Token], Meta(max_length=1)] = []  # what the code says; made here if left out


class Created(Shape):
    apply_id: str  # the number of the code
    status: str  # ACTIVE, or CONFIRMING: the merchant has to agree first
    result_code: str  # SUCCESS, or WAIT_CONFIRM
    result_desc: str  # the same in words
    confirm_url: str | None = None  # where the merchant agrees


@method(
    "alipay.merchant.store.shopcode.create", once=("out_biz_no",), clash=OUT_BIZ_NO_USED,
    raises=[
        INVALID, SETTLE_ACCOUNT_INVALID, ROLE_NOT_EXIST, SHOP_NOT_EXIST, TOKEN_USED, CATEGORY_NOT_EXIST,
        QUALIFICATION_REQUIRED, IMAGE_NOT_EXIST, STORE_ID_EXIST, ORDER_UNDER_REVIEW,
    ],
)  # fmt: skip
def create(work: Work, ask: Create) -> Created:
    """Make a code for the door of a shop; somebody else's shop gets one when that merchant agrees."""
    merchant = party_of(work, "merchant_logon_id", ask.merchant_logon_id).user_id
    shop = the_shop(work, ask, merchant)
    token = ask.tokens[0] if ask.tokens else work.chance.text(24)
    if work.find(ShopcodeRow, token=token) is not None:
        raise TOKEN_USED(token=token)
    row = ShopcodeRow(
        id=work.new_id("00079"), token=token, shop=shop.id, merchant=work.caller.merchant, out_no=ask.out_biz_no
    )
    work.add(row)
    if merchant == work.caller.merchant or shop.merchant == work.caller.merchant:
        Shopcode.activate(work, row, merchant=shop.merchant)
        return Created(apply_id=row.id, status=row.state, result_code="SUCCESS", result_desc="门店码已开通")
    opened = work.ask(
        "kaifang.proposal.open", party=merchant, proposer=work.caller.merchant, kind="shopcode", subject=row.id,
        zh="服务商申请为您的门店开通门店码", en="A service provider wants to put up a code at your shop.",
        points=[{"zh": "门店", "en": "Shop", "value": shop.name}], until=work.now + WAITS,
    )  # fmt: skip
    return Created(
        apply_id=row.id, status=row.state, result_code="WAIT_CONFIRM", result_desc="待商户确认", confirm_url=opened.url
    )


def the_shop(work: Work, ask: Create, merchant: str) -> ShopRow:
    """The shop that gets the code: one of this merchant's, or one that is opened now."""
    role = own_role(work, ask.smid) if ask.smid else merchant
    if ask.shop_id:
        row = any_shop(work, ask.shop_id)
        if row.role != role or row.state == Shop.CLOSED.name or not may_ask(work, row):
            raise SHOP_NOT_EXIST(shop_id=ask.shop_id)
        return row
    for name in ("shop_no", "shop_name", "category_id"):
        if not getattr(ask, name):
            raise INVALID(field=name, reason="missing; give it, or shop_id")
    address = AddressInfo(**{name: getattr(ask, name) for name in ADDRESS})
    order = open_shop(
        work,
        NewShop(
            ip_role_id=role, store_id=ask.shop_no or "", shop_name=ask.shop_name or "", business_address=address,
            shop_category=ask.category_id or "", contact_mobile=ask.phone_no,
            out_door_images=[ask.shop_front_photo] if ask.shop_front_photo else [],
        ),
    )  # fmt: skip
    if order.exist_shop_id is None:
        raise ORDER_UNDER_REVIEW(order_id=order.order_id)
    return any_shop(work, order.exist_shop_id)


def may_ask(work: Work, row: ShopRow) -> bool:
    """Whether the caller may ask for a code at a shop: at one's own, and a service provider at everybody's."""
    if row.merchant == work.caller.merchant:
        return True
    return bool(work.ask("kaifang.openapp.credentials", app_id=work.caller.app).role == "isv")


ADDRESS = ("province_code", "city_code", "district_code", "address", "longitude", "latitude")


class Read(Shape):
    token: Token  # what the code says


@method("kaifang.merchant.shopcode.read", raises=[CODE_NOT_EXIST], reads=True)
def read(work: Work, ask: Read) -> Facts:
    """Read which shop a code at a door belongs to."""
    row = work.find(ShopcodeRow, token=ask.token)
    if row is None or row.state != Shopcode.ACTIVE.name:
        raise CODE_NOT_EXIST(token=ask.token)
    return facts(work, any_shop(work, row.shop))


class List(Which):
    pass


class Code(Shape):
    """A code at a door."""

    apply_id: str  # the number of the code
    token: str  # what it says
    state: str  # ACTIVE, or CONFIRMING and so on: it says nothing yet
    own: bool  # whether you asked for it, and no service provider


class Codes(Shape):
    codes: list[Code]  # the oldest first


@method("kaifang.merchant.shopcode.list", raises=[INVALID, SHOP_NOT_EXIST], reads=True)
def list_codes(work: Work, ask: List) -> Codes:
    """List the codes at the door of a shop of yours."""
    rows = work.select(ShopcodeRow, "shop = ?", (own_shop(work, ask).id,), "id", 100)
    own = work.caller.merchant
    return Codes(
        codes=[Code(apply_id=row.id, token=row.token, state=row.state, own=row.merchant == own) for row in rows]
    )
