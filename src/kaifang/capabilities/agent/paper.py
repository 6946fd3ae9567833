"""What service providers tell of a product that is to be signed: text, pictures and documents."""

from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import INVALID_PARAMETER, Key, Line, Shape, Work, told_as
from kaifang.kernel.shape import plain

from .errors import (
    ANT_PRODUCT_CONFLICT,
    BATCH_STATUS_IS_FINAL,
    FILE_FORMAT_IS_INVALID,
    FILE_SIZE_MIN_LIMIT,
    MERCHANT_SIGN_PRODUCT_IN_AUDIT,
    MERCHANT_SIGN_PRODUCT_IN_FORBIDD,
)
from .find import BATCH_FAULTS, collecting, contract_of
from .product import product_of
from .states import Contract
from .tables import BatchRow, Signing

SMALLEST = 5 * 1024
Picture = Annotated[bytes, Meta(max_length=5 * 1024 * 1024)]  # PNG, JPEG or GIF, 5 KB to 5 MB
Document = Annotated[bytes, Meta(max_length=5 * 1024 * 1024)]  # the same, or PDF, or a ZIP archive such as APK or DOCX
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")
DOCUMENTS = (*PICTURES, b"%PDF-", b"PK\x03\x04")
DOCUMENT_FIELDS = {"app_demo", "web_sites_loa", "h_5_sites_loa"}


class Licence(Shape):
    """What is told of every product."""

    batch_no: Key  # the transaction it goes into
    mcc_code: Key | None = None  # category of the business
    business_license_no: Key | None = None  # number of the business licence
    business_license_pic: Picture | None = None  # a picture of it
    date_limitation: Key | None = None  # until when the licence is good
    long_term: bool | None = None  # whether it has no end
    special_license_pic: Picture | None = None  # the special licence that some categories need


class Place(Shape):
    """Where a shop is, or goods are sent to."""

    country_code: Key | None = None  # such as 156
    province_code: Key | None = None  # administrative code
    city_code: Key | None = None  # administrative code
    district_code: Key | None = None  # administrative code
    detail_address: Line | None = None  # street and number
    longitude: Key | None = None  # degrees
    latitude: Key | None = None  # degrees


class Shop(Licence):
    """What is told of products that are used in a shop."""

    rate: Key | None = None  # percent of a trade, two decimals at most
    shop_name: Line | None = None  # what it is called
    shop_address: Place | None = None  # where it is
    shop_scene_pic: Picture | None = None  # a picture from within
    shop_sign_board_pic: Picture | None = None  # a picture of the sign above its door
    business_license_mobile: Key | None = None  # mobile number of who is named on the licence


SIGN_FAULTS = [
    *BATCH_FAULTS, BATCH_STATUS_IS_FINAL, MERCHANT_SIGN_PRODUCT_IN_AUDIT, MERCHANT_SIGN_PRODUCT_IN_FORBIDD,
    ANT_PRODUCT_CONFLICT, FILE_SIZE_MIN_LIMIT, FILE_FORMAT_IS_INVALID,
]  # fmt: skip


def put(work: Work, ask: Licence, code: str, *, common: bool = False) -> BatchRow:
    """Put a product into a transaction; what was told of it before is replaced."""
    row = collecting(work, ask.batch_no)
    product = product_of(work, code)
    if not product.open:
        raise MERCHANT_SIGN_PRODUCT_IN_FORBIDD(product=code)
    check_free(work, row, code)
    special = any((ask.mcc_code or "").startswith(start) for start in product.licensed)
    if special and ask.special_license_pic is None:
        raise INVALID_PARAMETER(field="special_license_pic", reason="missing; this category needs it")
    signing = Signing(product=code, common=common, told=text_of(ask), papers=papers_of(work, ask))
    row.products = [*(one for one in row.products if one.product != code), signing]
    return row


def check_free(work: Work, row: BatchRow, code: str) -> None:
    """The merchant neither has the product nor waits for it by another order."""
    contract = contract_of(work, row.merchant, code)
    if contract is None or contract.batch == row.id or Contract.renew.possible(contract):
        return
    if contract.state == Contract.VALID.name:
        raise ANT_PRODUCT_CONFLICT(product=code)
    raise MERCHANT_SIGN_PRODUCT_IN_AUDIT(product=code)


def text_of(ask: Shape) -> dict[str, Any]:
    """What was told in words."""
    names = [name for name in ask.__struct_fields__ if name != "batch_no"]
    told = {name: value for name in names if (value := getattr(ask, name)) is not None}
    return {name: plain(value) for name, value in told.items() if not isinstance(value, bytes)}


def papers_of(work: Work, ask: Shape) -> dict[str, str]:
    """The pictures and documents, kept as files: field -> file id."""
    files = {name: getattr(ask, name) for name in ask.__struct_fields__}
    return {name: keep(work, name, content) for name, content in files.items() if isinstance(content, bytes)}


def keep(work: Work, field: str, content: bytes, smallest: int = SMALLEST) -> str:
    """Keep a picture or document; its file id."""
    document = field in DOCUMENT_FIELDS
    if not content.startswith(DOCUMENTS if document else PICTURES):
        raise FILE_FORMAT_IS_INVALID(field=field)
    if len(content) < smallest and not document:
        raise FILE_SIZE_MIN_LIMIT(field=field)
    with told_as({"FILE_CHECK_FAIL": FILE_FORMAT_IS_INVALID}):
        return str(work.ask("alipay.open.file.upload", file_content=content, biz_code="agent").file_id)
