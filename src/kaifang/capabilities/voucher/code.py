"""What merchants do with the code that a person shows: use it, undo that, void it, keep it for an order."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Count, Key, Line, Moment, Money, Move, Purse, Shape, Work, fault, method

from .activity import Done
from .errors import ACTIVITY_NOT_EXIST, BIZ_ERROR, INVALID, VOUCHER_NOT_EXIST, VOUCHER_STATUS_ERROR
from .find import own_activity, terms_of
from .hands import facts, let_go, restore, spend
from .hours import is_time
from .rules import shops_of
from .sale import wait_again
from .states import Voucher
from .tables import ActivityRow, CodeRow, VoucherRow

# fmt: off
VOUCHER_ASSOCIATE_OTHER_TRADE_NO = fault(
    "VOUCHER_ASSOCIATE_OTHER_TRADE_NO", zh="券已关联其他订单，请先解除关联",
    en="The voucher is kept for another order.",
    fix="Dissociate it from that order first.",
)
VOUCHER_ASSOCIATE_TRADE_NO_ERROR = fault(
    "VOUCHER_ASSOCIATE_TRADE_NO_ERROR", zh="券未关联该订单，请检查订单号", en="The voucher is not kept for this order.",
    fix="Check trade_no.",
)
# fmt: on
Times = Annotated[int, Meta(ge=1, le=999)]


class WhichCode(Shape):
    activity_id: Key  # the platform's number
    voucher_code: Key  # what the voucher is shown by
    out_biz_no: Key  # your own number of this; asking twice does it once
    biz_dt: Moment | None = None  # when; it is now
    merchant_access_mode: Key | None = None  # how you came here; says nothing here


def shown(work: Work, activity_id: str, voucher_code: str) -> tuple[ActivityRow, VoucherRow]:
    """The activity and the voucher of a code that somebody shows."""
    row = own_activity(work, activity_id, "order")
    code = work.find(CodeRow, activity=row.id, code=voucher_code)
    voucher = work.find(VoucherRow, id=code.voucher) if code is not None and code.voucher else None
    if voucher is None:
        raise VOUCHER_NOT_EXIST(voucher_code=voucher_code)
    return row, voucher


class UseDetail(Shape):
    voucher_use_times: Times | None = None  # how often at once; once if left out
    voucher_use_amount: Money | None = None  # yuan that it came to; kept nowhere


class Use(WhichCode):
    total_fee: Money | None = None  # yuan that the order came to; kept nowhere
    trade_no: Key | None = None  # your own number of the order
    store_id: Key | None = None  # your own number of the shop
    real_shop_id: Key | None = None  # or the platform's
    trade_channel: Line | None = None  # where it was ordered; kept nowhere
    voucher_use_detail_info: UseDetail | None = None  # how often it is used at once


class Left(Shape):
    voucher_max_un_use_times: Count  # how often it can still be used


class Used(Shape):
    activity_id: str  # the platform's number
    voucher_use_detail_result_info: Left  # how often it can still be used


FIND_FAULTS = [ACTIVITY_NOT_EXIST, VOUCHER_NOT_EXIST]


@method(
    "alipay.marketing.activity.ordervoucher.use", once=("out_biz_no",), clash=INVALID,
    raises=[*FIND_FAULTS, VOUCHER_STATUS_ERROR, BIZ_ERROR],
)  # fmt: skip
def use(work: Work, ask: Use) -> Used:
    """Take a voucher by the code that a person shows, once or several times of those that it is good for."""
    return used(*use_now(work, ask))


def use_now(work: Work, ask: Use) -> tuple[ActivityRow, VoucherRow]:
    """Take a voucher, if it can be used now and here, and so often."""
    row, voucher = shown(work, ask.activity_id, ask.voucher_code)
    detail = ask.voucher_use_detail_info
    times = (detail.voucher_use_times if detail is not None else None) or 1
    if not Voucher.use.possible(voucher):
        raise VOUCHER_STATUS_ERROR(state=voucher.state)
    terms = terms_of(work, row)
    shops, shop = shops_of(terms), ask.store_id or ask.real_shop_id
    if not is_time(voucher, terms.rule, work.now):
        raise BIZ_ERROR(reason="not at this time", valid_end_time=Moment(voucher.ends))
    if shops and shop not in shops:
        raise BIZ_ERROR(reason="not in this shop", store_id=shop)
    if voucher.trade and ask.trade_no != voucher.trade:
        raise BIZ_ERROR(reason="it is kept for another order", trade_no=voucher.trade)
    if voucher.used_times + times > row.times:
        raise BIZ_ERROR(reason="not so often", voucher_max_un_use_times=row.times - voucher.used_times)
    spend(work, row, voucher, times, trade_no=ask.trade_no or ask.out_biz_no)
    return row, voucher


def used(row: ActivityRow, voucher: VoucherRow) -> Used:
    """How often a voucher can still be used."""
    left = Left(voucher_max_un_use_times=row.times - voucher.used_times)
    return Used(activity_id=row.id, voucher_use_detail_result_info=left)


class RefundDetail(Shape):
    voucher_refund_use_times: Times | None = None  # how many uses are undone; all if left out
    voucher_refund_amount: Money | None = None  # yuan that they came to; kept nowhere


class Refund(WhichCode):
    total_fee: Money | None = None  # yuan that the order came to; kept nowhere
    voucher_refund_detail_info: RefundDetail | None = None  # how many uses are undone


@method(
    "alipay.marketing.activity.ordervoucher.refund", once=("out_biz_no",), clash=INVALID,
    raises=[*FIND_FAULTS, VOUCHER_STATUS_ERROR, BIZ_ERROR],
)  # fmt: skip
def refund(work: Work, ask: Refund) -> Used:
    """Undo uses of a voucher, so that it can be used again; one whose time is over expires."""
    row, voucher = shown(work, ask.activity_id, ask.voucher_code)
    detail = ask.voucher_refund_detail_info
    times = (detail.voucher_refund_use_times if detail is not None else None) or voucher.used_times
    if not Voucher.give_back.possible(voucher):
        raise VOUCHER_STATUS_ERROR(state=voucher.state)
    if not 1 <= times <= voucher.used_times:
        raise BIZ_ERROR(reason="it was not used so often", used_times=voucher.used_times)
    if voucher.state == Voucher.USED.name:
        wait_again(work, voucher)
    restore(work, row, voucher, times)
    return used(row, voucher)


@method(
    "alipay.marketing.activity.ordervoucher.invalid", once=("out_biz_no",), clash=INVALID,
    raises=[*FIND_FAULTS, VOUCHER_STATUS_ERROR],
)  # fmt: skip
def invalid(work: Work, ask: WhichCode) -> Done:
    """Make a voucher void that was not used up: the order that it came with was undone."""
    row, voucher = shown(work, ask.activity_id, ask.voucher_code)
    Voucher.invalidate(work, voucher, **facts(voucher))
    let_go(work, voucher)
    work.post(Move(Purse(voucher.user, "voucher"), row.over, voucher.units(row)), why="voucher.invalid", ref=voucher.id)
    return Done()


class Associate(Shape):
    activity_id: Key  # the platform's number
    voucher_code: Key  # what the voucher is shown by
    trade_no: Key  # your own number of the order
    out_biz_no: Key  # your own number of this; asking twice does it once
    merchant_access_mode: Key | None = None  # how you came here; says nothing here


class Associated(Shape):
    associate_time: Moment  # when


@method(
    "alipay.marketing.activity.ordervoucher.associate", once=("out_biz_no",), clash=INVALID,
    raises=[*FIND_FAULTS, VOUCHER_STATUS_ERROR, VOUCHER_ASSOCIATE_OTHER_TRADE_NO],
)  # fmt: skip
def associate(work: Work, ask: Associate) -> Associated:
    """Keep a voucher for an order of yours: it is used for no other."""
    _, voucher = shown(work, ask.activity_id, ask.voucher_code)
    if not Voucher.use.possible(voucher):
        raise VOUCHER_STATUS_ERROR(state=voucher.state)
    if voucher.trade not in ("", ask.trade_no):
        raise VOUCHER_ASSOCIATE_OTHER_TRADE_NO(trade_no=voucher.trade)
    voucher.trade = ask.trade_no
    return Associated(associate_time=Moment(work.now))


class Disassociated(Shape):
    disassociate_time: Moment  # when


@method(
    "alipay.marketing.activity.ordervoucher.disassociate", once=("out_biz_no",), clash=INVALID,
    raises=[*FIND_FAULTS, VOUCHER_ASSOCIATE_TRADE_NO_ERROR],
)  # fmt: skip
def disassociate(work: Work, ask: Associate) -> Disassociated:
    """Keep a voucher for an order no longer."""
    _, voucher = shown(work, ask.activity_id, ask.voucher_code)
    if voucher.trade != ask.trade_no:
        raise VOUCHER_ASSOCIATE_TRADE_NO_ERROR(trade_no=ask.trade_no)
    voucher.trade = ""
    return Disassociated(disassociate_time=Moment(work.now))
