"""Products that merchants sign: what the platform says of each."""

import re
from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Line, Shape, Who, Work, method

from .errors import PRODUCT_NOT_EXIST
from .tables import ProductRow

FACE_TO_FACE, MOBILE, OFFLINE = "I1080300001000041016", "I1080300001000041313", "OFFLINE_PAYMENT"
PERCENT = re.compile(r"(\d{1,2})(?:\.(\d{1,2}))?")
USUAL = {
    row.id: row
    for row in (
        ProductRow(id=FACE_TO_FACE, zh="当面付", en="Face to face payment", lowest=38, highest=60),
        ProductRow(id=MOBILE, zh="App 支付", en="App payment"),
        ProductRow(id="I1080300001000041949", zh="手机网站支付", en="Mobile website payment", lowest=60, highest=100),
        ProductRow(id="I1080300001000041203", zh="电脑网站支付", en="Website payment", lowest=60, highest=100),
        ProductRow(id=OFFLINE, zh="线下收单", en="Offline payment", lowest=38, highest=300),
    )
}


def product_if(work: Work, code: str) -> ProductRow | None:
    """A product as the operators want it, else as it usually is; None if there is no such."""
    return work.find(ProductRow, id=code) or USUAL.get(code)


def product_of(work: Work, code: str) -> ProductRow:
    """A product that somebody signs."""
    found = product_if(work, code)
    assert found is not None, f"{code} is signed, and no product"
    return found


def allows(product: ProductRow, rate: str) -> bool:
    """Whether a rate in percent is one that may be agreed on."""
    found = PERCENT.fullmatch(rate)
    return found is not None and product.lowest <= basis_points(rate) <= product.highest


def basis_points(rate: str) -> int:
    """A percentage as hundredths of a percent."""
    whole, _, part = rate.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0") or 0)


def percent_as_fee(rate: str) -> str:
    """A percentage as the part of a trade, such as 0.0038."""
    return f"{basis_points(rate) // 10_000}.{basis_points(rate) % 10_000:04d}"


Rate = Annotated[int, Meta(ge=0, le=3000)]


class Change(Shape):
    product_code: Key  # which product
    zh: Line | None = None  # its name in Chinese; needed for a new one, as is en
    en: Line | None = None  # and in English
    lowest: Rate | None = None  # basis points of a trade that may be agreed on
    highest: Rate | None = None  # 0: it has no rate
    person: bool | None = None  # whether a person reviews each order of it
    licensed: Annotated[list[Key], Meta(max_length=100)] | None = None  # categories that need a special licence
    open: bool | None = None  # whether it can be signed at all


class Product(Shape):
    product_code: str  # its code
    zh: str  # its name in Chinese
    en: str  # and in English
    lowest: int  # basis points of a trade that may be agreed on
    highest: int  # 0: it has no rate
    person: bool  # whether a person reviews each order of it
    licensed: list[str]  # categories, or how they begin, that need a special licence
    open: bool  # whether it can be signed at all


@method("kaifang.agent.product.set", who=Who.OPERATOR, raises=[PRODUCT_NOT_EXIST])
def set_product(work: Work, ask: Change) -> Product:
    """Say what merchants may sign, at which rates, and which orders a person looks at; what is left out stays."""
    row = work.find(ProductRow, id=ask.product_code)
    if row is None:
        usual = USUAL.get(ask.product_code)
        if usual is None and (ask.zh is None or ask.en is None):
            raise PRODUCT_NOT_EXIST(product_code=ask.product_code)
        row = ProductRow(id=ask.product_code, zh="", en="") if usual is None else usual.__copy__()
        work.add(row)
    for name in ask.__struct_fields__[1:]:
        if (told := getattr(ask, name)) is not None:
            setattr(row, name, told)
    return seen(row)


def seen(row: ProductRow) -> Product:
    """A product as everybody sees it."""
    same = {name: getattr(row, name) for name in Product.__struct_fields__ if name != "product_code"}
    return Product(product_code=row.id, **same)


class List(Shape):
    pass


class Listed(Shape):
    products: list[Product]  # by code


@method("kaifang.agent.product.list", reads=True)
def list_products(work: Work, ask: List) -> Listed:
    """List the products that merchants can sign."""
    rows = USUAL | {row.id: row for row in work.select(ProductRow, order="id", limit=1000)}
    return Listed(products=[seen(rows[code]) for code in sorted(rows)])
