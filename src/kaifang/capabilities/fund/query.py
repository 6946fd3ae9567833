"""Asking what became of transfers, and whether one would be possible."""

from typing import Literal

from kaifang.kernel import INVALID_PARAMETER, Amount, Fault, Key, Line, Moment, Money, Shape, Work, method

from .errors import ORDER_NOT_EXIST
from .find import moment, shown
from .payee import Participant, payer_purse, the_payee
from .payout import BANK_PROMISES, REASONS
from .quota import check
from .tables import TransferRow
from .transfer import Product, check_amount, check_product

AnyProduct = Product | Literal["FUND_ACCOUNT_BOOK"]
AnyScene = Literal["DIRECT_TRANSFER", "PERSONAL_PAY", "PERSONAL_COLLECTION", "REFUND", "SATF_DEPOSIT"]


class Query(Shape):
    pay_fund_order_id: Key | None = None  # the number of the movement of money, or
    order_id: Key | None = None  # the platform's number of the order, or
    out_biz_no: Key | None = None  # your own, with the two below
    product_code: AnyProduct = "TRANS_ACCOUNT_NO_PWD"  # as it was ordered
    biz_scene: AnyScene = "DIRECT_TRANSFER"  # as it was ordered; REFUND: what was given back


class Told(Shape):
    order_id: str  # the platform's number
    out_biz_no: str  # your own number
    status: str  # SUCCESS, WAIT_PAY, CLOSED; for bank cards also DEALING, FAIL, REFUND
    pay_fund_order_id: str | None = None  # the number of the movement of money, once it is paid
    pay_date: Moment | None = None  # when it was paid
    trans_amount: Money | None = None  # yuan, once it succeeded
    arrival_time_end: Moment | None = None  # for bank cards: until when it should arrive
    order_fee: Money | None = None  # for bank cards: yuan that it costs
    error_code: str | None = None  # why it failed or came back
    fail_reason: str | None = None  # the same in words
    receiver_user_id: str | None = None  # who got it,
    receiver_open_id: str | None = None  # or as your app knows that person
    passback_params: str | None = None  # as you gave it


@method("alipay.fund.trans.common.query", raises=[ORDER_NOT_EXIST])
def query(work: Work, ask: Query) -> Told:
    """Ask what became of a transfer or red packet."""
    row = the_transfer(work, ask)
    failed, done = row.state in ("FAIL", "REFUND"), row.state == "SUCCESS"
    return Told(
        order_id=row.id, out_biz_no=row.out_biz_no, status=row.state, pay_date=moment(row.paid),
        pay_fund_order_id=row.fund_order if row.paid and not failed else None,
        trans_amount=row.amount if done else None, arrival_time_end=promised(row),
        order_fee=Money(0) if row.card and not failed else None, error_code=row.error or None,
        fail_reason=REASONS[row.error].zh if failed else None, passback_params=row.passback or None,
        **{f"receiver_{name}": value for name, value in shown(work, row.payee).items()},
    )  # fmt: skip


def promised(row: TransferRow) -> Moment | None:
    """Until when the bank should have carried it out."""
    return Moment(row.paid + BANK_PROMISES) if row.card and row.state != "FAIL" else None


def the_transfer(work: Work, ask: Query) -> TransferRow:
    """The calling merchant's order with this number."""
    merchant, order_id = work.caller.merchant, ask.order_id
    if ask.pay_fund_order_id:
        order_id = f"{ask.pay_fund_order_id[:8]}11007{ask.pay_fund_order_id[13:]}"
    if order_id:
        row = work.find(TransferRow, id=order_id)
    elif ask.out_biz_no:
        row = work.find(
            TransferRow, merchant=merchant, product=ask.product_code, scene=ask.biz_scene, out_biz_no=ask.out_biz_no
        )
    else:
        raise INVALID_PARAMETER(field="out_biz_no", reason="give pay_fund_order_id, order_id or out_biz_no")
    if row is None or row.merchant != merchant:
        raise ORDER_NOT_EXIST()
    return row


class LegacyQuery(Shape):
    order_id: Key | None = None  # the platform's number, or
    out_biz_no: Key | None = None  # your own


class LegacyTold(Shape):
    order_id: str  # the platform's number
    out_biz_no: str  # your own number
    status: str  # SUCCESS; for bank cards also DEALING, FAIL, REFUND
    pay_date: Moment | None = None  # when it was paid
    arrival_time_end: Moment | None = None  # for bank cards: until when it should arrive
    order_fee: Money | None = None  # yuan that it costs
    error_code: str | None = None  # why it failed or came back
    fail_reason: str | None = None  # the same in words


@method("alipay.fund.trans.order.query", raises=[ORDER_NOT_EXIST])
def query_order(work: Work, ask: LegacyQuery) -> LegacyTold:
    """Ask what became of a transfer: the older form of alipay.fund.trans.common.query."""
    told = query(work, Query(order_id=ask.order_id, out_biz_no=ask.out_biz_no))
    return LegacyTold(
        order_id=told.order_id, out_biz_no=told.out_biz_no, status=told.status, pay_date=told.pay_date,
        arrival_time_end=told.arrival_time_end, order_fee=Money(0), error_code=told.error_code,
        fail_reason=told.fail_reason,
    )  # fmt: skip


class Consult(Shape):
    out_biz_no: Key  # your own number of the question
    trans_amount: Amount  # yuan
    product_code: Product  # as it would be ordered
    biz_scene: Literal["DIRECT_TRANSFER"] = "DIRECT_TRANSFER"  # as it would be ordered
    payee_info: Participant  # who would get it
    payer_info: Participant | None = None  # which account book would pay; left out: your balance
    order_title: Line | None = None  # what the payee would read
    remark: Line | None = None  # as it would be ordered


class Consulted(Shape):
    result: str  # SUCCESS: it would be possible now; FAIL
    consult_date: Moment  # when that was found


@method("alipay.fund.trans.uni.consult", reads=True)
def consult(work: Work, ask: Consult) -> Consulted:
    """Ask whether a transfer would be possible now; nothing is moved, and nothing promised."""
    try:
        source, payee = payer_purse(work, ask.payer_info), the_payee(work, ask.payee_info)
        check_product(ask.product_code, ask.biz_scene, ask.payee_info)
        check_amount(ask.product_code, ask.trans_amount, ask.remark)
        check(work, source.owner, "transfer", ask.trans_amount)
        possible = source != payee.purse and work.balance(source) >= ask.trans_amount
    except Fault:
        possible = False
    return Consulted(result="SUCCESS" if possible else "FAIL", consult_date=Moment(work.now))


class StepsQuery(Shape):
    order_id: Key | None = None  # the platform's number, or
    out_biz_no: Key | None = None  # your own, with the two below
    product_code: AnyProduct = "STD_RED_PACKET"  # as it was ordered
    biz_scene: AnyScene = "PERSONAL_PAY"  # as it was ordered


class Party(Shape):
    identity: str  # user id, open_id or number of a bank card
    identity_type: str  # ALIPAY_USER_ID, ALIPAY_OPEN_ID or BANKCARD_ACCOUNT


class Step(Shape):
    order_id: str  # the platform's number
    out_biz_no: str  # your own number
    order_seq: int  # 1 for the first
    amount: Money  # yuan
    status: str  # as alipay.fund.trans.common.query tells it
    gmt_pay: Moment | None = None  # when it was paid
    order_title: str | None = None  # what the payee read
    remark: str | None = None  # as it was ordered
    request_user_id: str  # who ordered it
    payer_info: Party | None = None  # who paid
    payee_info: Party | None = None  # who got it


class Steps(Shape):
    order_id: str  # the platform's number
    out_biz_no: str  # your own number
    request_user_id: str  # who ordered it
    total_amount: Money  # yuan
    total_count: int  # how many steps
    order_details: list[Step]  # the steps, in order
    remark: str | None = None  # as it was ordered


@method("alipay.fund.trans.multistep.query", raises=[ORDER_NOT_EXIST])
def query_steps(work: Work, ask: StepsQuery) -> Steps:
    """Ask for everything that became of an order: of a red packet, who got a part and what went back."""
    first = the_transfer(
        work,
        Query(order_id=ask.order_id, out_biz_no=ask.out_biz_no, product_code=ask.product_code, biz_scene=ask.biz_scene),
    )
    rows = [first, *filter(None, (work.find(TransferRow, id=step) for step in first.steps))]
    return Steps(
        order_id=first.id, out_biz_no=first.out_biz_no, request_user_id=first.merchant, total_amount=first.amount,
        total_count=len(rows), remark=first.remark or None,
        order_details=[told_step(work, row, number) for number, row in enumerate(rows, 1)],
    )  # fmt: skip


def told_step(work: Work, row: TransferRow, number: int) -> Step:
    """One step as it is answered."""
    return Step(
        order_id=row.id, out_biz_no=row.out_biz_no, order_seq=number, amount=row.amount, status=row.state,
        gmt_pay=moment(row.paid), order_title=row.title or None, remark=row.remark or None,
        request_user_id=row.merchant, payer_info=told_party(work, row.payer),
        payee_info=Party(identity=row.card, identity_type="BANKCARD_ACCOUNT") if row.card
        else told_party(work, row.payee),
    )  # fmt: skip


def told_party(work: Work, user: str) -> Party | None:
    """A person as the calling application may know them."""
    for name, value in shown(work, user).items():
        return Party(identity=value, identity_type=f"ALIPAY_{name.upper()}")
    return None
