"""Stocks of a merchant's own codes: brought once, poured into activities, and taken at the till by the code alone."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Count, Key, Line, Shape, Work, method

from .code import Use, use_now
from .errors import ACTIVITY_NOT_EXIST, BIZ_ERROR, INVALID, VOUCHER_NOT_EXIST, VOUCHER_STATUS_ERROR
from .funding import issue
from .hands import is_code
from .order import add_code, takes_codes
from .tables import StockCodeRow, StockRow


class Create(Shape):
    entity_list: Annotated[list[Line], Meta(min_length=1, max_length=1000)]  # 1 to 1000 codes of 4 to 64 characters
    out_biz_no: Key  # your own number of this; asking twice brings them once
    stock_id: Key | None = None  # the stock that they are added to; a new one, if left out


class Created(Shape):
    stock_id: str  # the platform's number of the stock
    success_count: Count  # how many were taken
    duplicate_count: Count  # how many you had brought before
    fail_count: Count  # how many are no codes


@method("alipay.marketing.voucher.stock.create", once=("out_biz_no",), clash=INVALID, raises=[INVALID])
def create(work: Work, ask: Create) -> Created:
    """Bring codes of your own into a new stock, or into one that you have; a code is known once among all of yours."""
    merchant = work.caller.merchant
    new = StockRow(id=work.new_id("82605"), merchant=merchant)
    stock = own_stock(work, ask.stock_id) if ask.stock_id else work.add(new)
    codes = [code for code in ask.entity_list if is_code(code)]
    work.want(StockCodeRow, sorted((merchant, code) for code in codes))
    taken = 0
    for code in codes:
        if work.find(StockCodeRow, merchant=merchant, code=code) is None:
            taken, stock.total = taken + 1, stock.total + 1
            work.add(StockCodeRow(merchant=merchant, code=code, stock=stock.id, number=stock.total))
    return Created(
        stock_id=stock.id, success_count=taken, duplicate_count=len(codes) - taken,
        fail_count=len(ask.entity_list) - len(codes),
    )  # fmt: skip


def own_stock(work: Work, stock_id: str) -> StockRow:
    """The caller's stock with this number."""
    stock = work.find(StockRow, id=stock_id)
    if stock is None or stock.merchant != work.caller.merchant:
        raise INVALID(field="stock_id", reason="no stock of yours has this number", stock_id=stock_id)
    return stock


class Which(Shape):
    stock_id: Key  # the platform's number of the stock


class Found(Shape):
    total_count: Count  # how many codes were brought
    available_count: Count  # how many wait to be poured into an activity


@method("alipay.marketing.voucher.stock.query", reads=True, raises=[INVALID])
def query(work: Work, ask: Which) -> Found:
    """Ask how many codes of a stock are left."""
    stock = own_stock(work, ask.stock_id)
    return Found(total_count=stock.total, available_count=stock.total - stock.poured)


class Pour(Which):
    activity_id: Key  # an activity of yours whose codes you bring
    out_no: Key  # your own number of this; asking twice pours once
    count: Annotated[int, Meta(ge=1, le=1000)] = 1000  # how many at most


class Poured(Shape):
    poured: Count  # how many codes the activity got
    available_count: Count  # how many are left in the stock


@method(
    "kaifang.voucher.stock.pour", once=("out_no",), clash=INVALID, raises=[INVALID, ACTIVITY_NOT_EXIST, BIZ_ERROR]
)  # fmt: skip
def pour(work: Work, ask: Pour) -> Poured:
    """Give an activity of MERCHANT_UPLOAD codes out of a stock, those first that were brought first."""
    stock, row = own_stock(work, ask.stock_id), takes_codes(work, ask.activity_id)
    until = min(stock.total, stock.poured + ask.count)
    poured = until - stock.poured
    for number in range(stock.poured + 1, until + 1):
        code = work.find(StockCodeRow, stock=stock.id, number=number)
        assert code is not None, f"stock {stock.id} lacks its code {number}"
        if not add_code(work, row, code.code):
            raise BIZ_ERROR(reason="the activity has this code already", voucher_code=code.code)
        code.activity = row.id
    stock.poured = until
    issue(work, row)
    return Poured(poured=poured, available_count=stock.total - stock.poured)


class UseCode(Shape):
    entity_no: Key  # the code that a person shows
    out_biz_no: Key  # your own number of this; asking twice uses once


class UsedCode(Shape):
    voucher_id: str  # the platform's number of the voucher


@method(
    "alipay.marketing.voucher.stock.use", once=("out_biz_no",), clash=INVALID,
    raises=[VOUCHER_NOT_EXIST, VOUCHER_STATUS_ERROR, BIZ_ERROR],
)  # fmt: skip
def use(work: Work, ask: UseCode) -> UsedCode:
    """Take a voucher by the code that a person shows, whichever of your activities it is of."""
    code = work.find(StockCodeRow, merchant=work.caller.merchant, code=ask.entity_no)
    if code is None or not code.activity:
        raise VOUCHER_NOT_EXIST(entity_no=ask.entity_no)
    _, voucher = use_now(work, Use(activity_id=code.activity, voucher_code=code.code, out_biz_no=ask.out_biz_no))
    return UsedCode(voucher_id=voucher.id)
