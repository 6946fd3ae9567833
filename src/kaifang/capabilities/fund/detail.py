"""What became of a batch, and of each transfer in it."""

from typing import Literal

from kaifang.kernel import Count, FaultKind, Key, Line, Moment, Money, Shape, Work, method, total

from .errors import ORDER_NOT_EXIST, PAYER_PAYEE_CANNOT_SAME
from .find import moment, shown
from .payee import PAYEE_FAULTS
from .tables import BatchRow, Item

REASONS: dict[str, FaultKind] = {kind.code: kind for kind in (*PAYEE_FAULTS, PAYER_PAYEE_CANNOT_SAME)}


class Query(Shape):
    out_batch_no: Key | None = None  # your own number of the batch, or
    batch_no: Key | None = None  # the same, as older clients name it
    product_code: Key | None = None  # checked if given
    biz_scene: Key | None = None  # checked if given
    out_biz_no: Key | None = None  # only the transfer with this number
    detail_no: Key | None = None  # only the transfer with this detail_id
    payee_account: Line | None = None  # only transfers to this account, as you named it
    detail_status: Literal["SUCCESS", "FAIL", "DEALING", "WAIT_PAY"] | None = None  # only transfers in this state
    page_num: Count = 1  # which page, from 1
    page_size: Count = 500  # transfers on a page, at most 500


class AccPayeeInfo(Shape):
    payee_account: str  # who gets it, as you named them
    payee_name: str | None = None  # the name you gave
    payee_type: str  # what payee_account is


class AccDetail(Shape):
    detail_id: str  # the platform's number of it
    out_biz_no: str  # your own number
    status: str  # WAIT_PAY, DEALING, SUCCESS, FAIL or DISUSE
    trans_amount: Money  # yuan
    payee_info: AccPayeeInfo  # who gets it
    alipay_order_no: str | None = None  # order_id, once it succeeded
    error_code: str | None = None  # why it failed
    error_msg: str | None = None  # the same in words
    remark: str | None = None  # what it is for
    gmt_create: Moment  # when it was ordered
    gmt_finish: Moment | None = None  # when it was done


class Told(Shape):
    out_batch_no: str  # your own number
    batch_trans_id: str  # the platform's number
    batch_status: str  # WAIT_PAY, DEALING, SUCCESS, PART_SUCCESS, FAIL or DISUSE
    product_code: str  # as it was ordered
    biz_scene: str  # as it was ordered
    total_amount: Money  # yuan
    success_amount: Money  # yuan that arrived
    success_count: int  # how many arrived
    fail_amount: Money  # yuan that went back
    fail_count: int  # how many failed
    payment_amount: Money  # yuan paid
    payer_id: str | None = None  # who paid,
    payer_open_id: str | None = None  # or as your app knows that person
    gmt_pay_finish: Moment | None = None  # when it was paid
    gmt_finish: Moment | None = None  # when the last of them was done
    total_item_count: int  # transfers that fit the question
    total_page_count: int  # pages of them
    page_num: int  # this page
    page_size: int  # transfers on this page
    acc_detail_list: list[AccDetail]  # the transfers


@method("alipay.fund.batch.detail.query", raises=[ORDER_NOT_EXIST])
def query(work: Work, ask: Query) -> Told:
    """Ask what became of a batch and of each of its transfers."""
    batch = work.find(BatchRow, merchant=work.caller.merchant, out_batch_no=ask.out_batch_no or ask.batch_no or "")
    if batch is None or ask.product_code not in (None, batch.product) or ask.biz_scene not in (None, batch.scene):
        raise ORDER_NOT_EXIST(out_batch_no=ask.out_batch_no)
    numbered = [told_item(batch, number, each) for number, each in enumerate(batch.items)]
    fitting = [
        detail for detail in numbered
        if ask.out_biz_no in (None, detail.out_biz_no) and ask.detail_status in (None, detail.status)
        and ask.detail_no in (None, detail.detail_id)
        and ask.payee_account in (None, detail.payee_info.payee_account)
    ]  # fmt: skip
    size, page = min(ask.page_size or 500, 500), max(ask.page_num, 1)
    details = fitting[(page - 1) * size : page * size]
    good = [each.amount for each in batch.items if each.status == "SUCCESS"]
    bad = [each.amount for each in batch.items if each.status == "FAIL"]
    who = {"payer_" + name.removeprefix("user_"): value for name, value in shown(work, batch.payer).items()}
    return Told(
        out_batch_no=batch.out_batch_no, batch_trans_id=batch.id, batch_status=batch.state,
        product_code=batch.product, biz_scene=batch.scene, total_amount=batch.total, success_amount=total(good),
        success_count=len(good), fail_amount=total(bad), fail_count=len(bad),
        payment_amount=batch.total if batch.paid else Money(0), gmt_pay_finish=moment(batch.paid),
        gmt_finish=moment(batch.finished), total_item_count=len(fitting),
        total_page_count=-(-len(fitting) // size), page_num=page, page_size=len(details), acc_detail_list=details,
        **who,
    )  # fmt: skip


def told_item(batch: BatchRow, number: int, each: Item) -> AccDetail:
    """One transfer of a batch as it is answered."""
    reason = REASONS.get(each.error)
    return AccDetail(
        detail_id=f"{batch.id}{number:04d}", out_biz_no=each.out_biz_no,
        status=batch.state if each.status == "INIT" else each.status, trans_amount=each.amount,
        payee_info=AccPayeeInfo(
            payee_account=each.identity, payee_name=each.name or None, payee_type=each.identity_type
        ),
        alipay_order_no=each.order or None, error_code=each.error or None, error_msg=reason.zh if reason else None,
        remark=each.remark or None, gmt_create=Moment(batch.created), gmt_finish=moment(each.done),
    )  # fmt: skip
