"""Several vouchers for one person at once, of several activities, with codes that the merchant names."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Fault, Key, Line, Moment, Shape, Work, method

from .errors import (
    ACTIVITY_NOT_ACTIVE,
    ACTIVITY_NOT_START,
    BUDGET_NOT_ENOUGH,
    COUNT_OVER_LIMIT,
    INVALID,
    USER_NOT_ALLOWED,
)
from .find import own_activity, party
from .hands import facts, in_use, new_voucher
from .states import Voucher
from .tables import ReceivedRow, VoucherRow


class Info(Shape):
    activity_id: Key  # the platform's number
    out_biz_no: Key  # your own number of this; asking twice gives one
    voucher_code: Key | None = None  # of MERCHANT_API: the code by which it is shown
    customize_send_time: Moment | None = None  # from when its validity counts; from now, if left out


class Receive(Shape):
    receive_info_list: Annotated[list[Info], Meta(min_length=1, max_length=20)]  # 1 to 20 vouchers
    user_id: Key | None = None  # who gets them: by user id,
    user_open_id: Line | None = None  # or as your app knows that person
    send_merchant_id: Key | None = None  # who gives them: yourself
    send_merchant_open_id: Line | None = None  # the same, as your app knows you


class Result(Shape):
    activity_id: str  # the platform's number
    out_biz_no: str  # your own number
    result: bool  # whether it was given
    voucher_id: str | None = None  # the platform's number
    voucher_code: str | None = None  # by what it is shown, if it is
    error_code: str | None = None  # why it was not given
    retry: bool | None = None  # whether asking again later may help


class Received(Shape):
    receive_result_list: list[Result]  # in the order of the request


@method("alipay.marketing.activity.ordervoucher.receive", raises=[INVALID, USER_NOT_ALLOWED])
def receive(work: Work, ask: Receive) -> Received:
    """Give a person several vouchers of yours at once; what is refused of one does not hold up the others."""
    if not (ask.user_id or ask.user_open_id):
        raise INVALID(field="user_id", reason="give user_id or user_open_id")
    check_sender(work, ask)
    user = in_use(party(work, user_id=ask.user_id, open_id=ask.user_open_id)).user_id
    return Received(receive_result_list=[give_one(work, user, one) for one in ask.receive_info_list])


def check_sender(work: Work, ask: Receive) -> None:
    """Everybody gives his own."""
    if ask.send_merchant_id or ask.send_merchant_open_id:
        sender = party(work, user_id=ask.send_merchant_id, open_id=ask.send_merchant_open_id)
        if sender.user_id != work.caller.merchant:
            raise INVALID(field="send_merchant_id", reason="give vouchers of your own")


def give_one(work: Work, user: str, info: Info) -> Result:
    """What becomes of one of them."""
    named = {"activity_id": info.activity_id, "out_biz_no": info.out_biz_no}
    try:
        with work.attempt() as part:
            voucher = given(part, user, info)
    except Fault as refusal:
        return Result(**named, result=False, error_code=refusal.kind.code, retry=may_help(refusal))
    return Result(**named, result=True, voucher_id=voucher.id, voucher_code=voucher.code or None)


def given(work: Work, user: str, info: Info) -> VoucherRow:
    """The voucher that is given now, or was when the same was asked before."""
    row = own_activity(work, info.activity_id, "payment", "order")
    known = work.find(ReceivedRow, activity=row.id, out_no=info.out_biz_no)
    if known is not None:
        voucher = work.find(VoucherRow, id=known.voucher)
        if voucher is None or voucher.user != user or info.voucher_code not in (None, voucher.code):
            raise INVALID(field="out_biz_no", reason="it was used for another voucher")
        return voucher
    since = info.customize_send_time.ms if info.customize_send_time is not None else None
    over = since is not None and not row.ends and since + row.waits + row.lasts <= work.now
    if since is not None and (over or not row.start <= since < row.end):
        raise INVALID(field="customize_send_time", reason="while the activity gives vouchers out, and not too long ago")
    voucher = new_voucher(work, row, user, code=info.voucher_code or "", since=since)
    Voucher.give(work, voucher, **facts(voucher))
    work.add(ReceivedRow(activity=row.id, out_no=info.out_biz_no, voucher=voucher.id))
    return voucher


def may_help(refusal: Fault) -> bool:
    """Whether asking again later may help: time begins activities and ends periods, merchants append."""
    if refusal.kind is COUNT_OVER_LIMIT:
        return refusal.facts["period"] != "LIFE_CYCLE"
    return refusal.kind in (ACTIVITY_NOT_ACTIVE, ACTIVITY_NOT_START, BUDGET_NOT_ENOUGH)
