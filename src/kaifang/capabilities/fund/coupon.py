"""Cash coupons: somebody pays one, a merchant hands parts of it out, and the rest goes back."""

import msgspec

from kaifang.kernel import (
    DAY,
    HOUR,
    MINUTE,
    Amount,
    Confirm,
    Confirmed,
    Happening,
    Hold,
    Key,
    Line,
    Moment,
    Money,
    Page,
    Purse,
    Shape,
    Text,
    Who,
    Work,
    method,
    timer,
    told_as,
)
from kaifang.kernel.clock import lasts

from .charge import CREDIT, TRANSFER_FAULTS, TRANSFER_REFUSALS, Spend, set_aside
from .errors import (
    AUTH_OPERATION_NOT_EXIST,
    AUTH_ORDER_NOT_EXIST,
    ILLEGAL_ARGUMENT,
    ILLEGAL_STATUS,
    NO_AVAILABLE_PAYMENT_TOOLS,
    PAYEE_NOT_EXIST,
    PAYEE_USER_STATUS_LIMIT,
    PAYER_BALANCE_NOT_ENOUGH,
    REQUEST_AMOUNT_EXCEED,
    UNIQUE_VIOLATION,
    USER_AGREEMENT_VERIFY_FAIL,
)
from .find import digest, moment, the_party
from .operation import WhichOperation, masked
from .states import CouponOrder
from .tables import CouponRefund, CouponRow
from .transfer import LIMITS

SUCCESS = CouponOrder.SUCCESS.name
IN_APP = "alipay.fund.coupon.order.app.pay"
ORDER_FAULTS = [ILLEGAL_ARGUMENT, UNIQUE_VIOLATION, ILLEGAL_STATUS]


class CouponPay(Shape):
    out_order_no: Key  # your own number of the order; never reused
    out_request_no: Key  # your own number of this operation
    order_title: Line  # what the payer reads
    amount: Amount  # yuan
    pay_timeout: Key = "1h"  # closed if not paid after 1m to 7d
    extra_param: Text | None = None  # JSON; {"merchantExt":"orderExpiredTime=2h"}: when the rest goes back, else 1d


class Paid(Shape):
    auth_no: str  # the platform's number of the order
    out_order_no: str  # your own
    operation_id: str  # the platform's number of this operation
    out_request_no: str  # your own
    amount: Money  # yuan
    status: str  # INIT, SUCCESS or CLOSED
    gmt_trans: Moment | None = None  # when it was done


@method(IN_APP, raises=ORDER_FAULTS)
def app_pay(work: Work, ask: CouponPay) -> Page:
    """Let a person pay a cash coupon inside an app."""
    return open_page(work, ask, IN_APP)


@method("alipay.fund.coupon.order.page.pay", raises=ORDER_FAULTS)
def page_pay(work: Work, ask: CouponPay) -> Page:
    """Let a person pay a cash coupon on a web page."""
    return open_page(work, ask, "alipay.fund.coupon.order.page.pay")


def open_page(work: Work, ask: CouponPay, origin: str) -> Page:
    """The page of the cashier for a coupon; the same request leads to the same coupon again."""
    coupon = the_coupon(work, ask)
    if not CouponOrder.pay.possible(coupon):
        raise ILLEGAL_STATUS(out_order_no=coupon.out_order_no, status=coupon.state)
    coupon.origin = origin
    opened = work.ask(
        "kaifang.cashier.open", kind="redpacket", title=coupon.title, amount=coupon.amount, disable_channels=CREDIT,
        expires=coupon.created + length(ask.pay_timeout, "pay_timeout"), confirm="kaifang.fund.coupon.confirm",
        subject=coupon.id, return_url=work.caller.return_url, in_app=origin if origin == IN_APP else None,
    )  # fmt: skip
    return Page(path=opened.path)


class AgreementPay(CouponPay):
    payer_user_id: Key  # whose balance pays: your own


@method(
    "alipay.fund.coupon.order.agreement.pay",
    raises=[
        ILLEGAL_ARGUMENT, UNIQUE_VIOLATION, USER_AGREEMENT_VERIFY_FAIL, NO_AVAILABLE_PAYMENT_TOOLS,
        PAYER_BALANCE_NOT_ENOUGH, *LIMITS,
    ],
)  # fmt: skip
def agreement_pay(work: Work, ask: AgreementPay) -> Paid:
    """Pay a cash coupon from your own account, without anybody confirming."""
    if ask.payer_user_id != work.caller.merchant:
        raise USER_AGREEMENT_VERIFY_FAIL(payer_user_id=ask.payer_user_id)
    coupon = the_coupon(work, ask)
    if not coupon.paid:
        pay(work, coupon, ask.payer_user_id, None)
    return told(coupon)


def the_coupon(work: Work, ask: CouponPay) -> CouponRow:
    """The coupon that this request ordered, now or before."""
    kept, keeps = length(ask.pay_timeout, "pay_timeout"), waits(ask.extra_param)
    coupon = work.find(CouponRow, merchant=work.caller.merchant, out_order_no=ask.out_order_no)
    if coupon is not None and coupon.digest != digest(ask):
        raise UNIQUE_VIOLATION(out_order_no=ask.out_order_no)
    if coupon is None:
        coupon = work.add(CouponRow(
            id=work.new_id("10002"), merchant=work.caller.merchant, app=work.caller.app,
            auth_app=work.caller.auth_app, out_order_no=ask.out_order_no, out_request_no=ask.out_request_no,
            operation=work.new_id("10012"), digest=digest(ask), title=ask.order_title, amount=ask.amount,
            extra_param=ask.extra_param or "", created=work.now, notify_url=work.caller.notify_url or "", keeps=keeps,
        ))  # fmt: skip
        work.later(work.now + kept, "coupon.expire", coupon.id)
    return coupon


def length(text: str, field: str) -> int:
    """A length of time from 1m to 7d."""
    try:
        ms = lasts(text)
    except ValueError:
        ms = 0
    if not MINUTE <= ms <= 7 * DAY:
        raise ILLEGAL_ARGUMENT(field=field, reason="write 1m to 7d")
    return ms


class Extra(Shape):
    merchantExt: str = ""  # noqa: N815 - such as orderExpiredTime=2h


def waits(text: str | None) -> int:
    """How long the rest of a coupon waits before it goes back."""
    try:
        extra = msgspec.json.decode(text or "{}", type=Extra)
    except msgspec.DecodeError:
        raise ILLEGAL_ARGUMENT(field="extra_param", reason="not a JSON object") from None
    name, _, value = extra.merchantExt.partition("=")
    return length(value, "extra_param.orderExpiredTime") if name == "orderExpiredTime" else 24 * HOUR


@method(
    "kaifang.fund.coupon.confirm", who=Who.INSIDE, raises=[AUTH_ORDER_NOT_EXIST, ILLEGAL_STATUS, *TRANSFER_REFUSALS]
)
def confirm(work: Work, ask: Confirm) -> Confirmed:
    """Pay a cash coupon that a person has confirmed at the cashier."""
    coupon = work.find(CouponRow, id=ask.subject)
    if coupon is None:
        raise AUTH_ORDER_NOT_EXIST(auth_no=ask.subject)
    pay(work, coupon, ask.user_id, ask.channel)
    fields = {
        "auth_no": coupon.id, "out_order_no": coupon.out_order_no, "operation_id": coupon.operation,
        "out_request_no": coupon.out_request_no, "amount": str(coupon.amount), "status": coupon.state,
    }  # fmt: skip
    return Confirmed(method=coupon.origin, fields=fields)


def pay(work: Work, coupon: CouponRow, payer: str, channel: str | None) -> None:
    """Set the money aside, and let it be known."""
    if not CouponOrder.pay.possible(coupon):
        raise ILLEGAL_STATUS(status=coupon.state)
    with told_as(TRANSFER_FAULTS):
        hold, _ = set_aside(work, Spend(
            payer=payer, amount=Amount(coupon.amount.minor), ref=coupon.id, why="coupon.pay", channel=channel,
            disable_channels=CREDIT,
        ))  # fmt: skip
    coupon.payer, coupon.hold, coupon.paid = payer, hold.id, work.now
    CouponOrder.pay(work, coupon, merchant=coupon.merchant, payer=payer, amount=coupon.amount)
    work.later(work.now + coupon.keeps, "coupon.return", coupon.id)
    tell_merchant(work, coupon, "PAY", coupon.operation, coupon.amount)


@timer("coupon.expire")
def expire(work: Work, happening: Happening) -> None:
    """Nobody paid in time."""
    coupon = work.find(CouponRow, id=happening.subject)
    if coupon is not None and CouponOrder.close.possible(coupon):
        CouponOrder.close(work, coupon, merchant=coupon.merchant)
        tell_merchant(work, coupon, "PAY", coupon.operation, coupon.amount)


@timer("coupon.return")
def return_rest(work: Work, happening: Happening) -> None:
    """What was not handed out in time goes back."""
    coupon = work.find(CouponRow, id=happening.subject)
    held = work.find(Hold, id=coupon.hold) if coupon else None
    if coupon is not None and held is not None and held.rest:
        give_back(work, coupon, held, held.rest, "")


class Disburse(Shape):
    deduct_auth_no: Key | None = None  # the platform's number of the coupon, or
    deduct_out_order_no: Key | None = None  # your own
    out_order_no: Key  # your own number of this part; never reused
    out_request_no: Key  # your own number of this operation
    order_title: Line  # what the payee reads
    amount: Amount  # yuan
    payee_user_id: Key | None = None  # who gets it, or
    payee_logon_id: Key | None = None  # the same by logon id
    extra_param: Text | None = None  # kept with the order, as JSON


@method(
    "alipay.fund.coupon.order.disburse",
    raises=[
        ILLEGAL_ARGUMENT, AUTH_ORDER_NOT_EXIST, UNIQUE_VIOLATION, PAYEE_NOT_EXIST, PAYEE_USER_STATUS_LIMIT,
        ILLEGAL_STATUS, REQUEST_AMOUNT_EXCEED,
    ],
)  # fmt: skip
def disburse(work: Work, ask: Disburse) -> Paid:
    """Hand out a part of a cash coupon."""
    part = work.find(CouponRow, merchant=work.caller.merchant, out_order_no=ask.out_order_no)
    if part is not None and part.digest != digest(ask):
        raise UNIQUE_VIOLATION(out_order_no=ask.out_order_no)
    return told(part or hand_out(work, ask))


def hand_out(work: Work, ask: Disburse) -> CouponRow:
    """Pay a part of a coupon to somebody, and let it be known."""
    coupon = own_coupon(work, ask.deduct_auth_no, ask.deduct_out_order_no)
    payee, held = the_payee(work, ask), work.find(Hold, id=coupon.hold)
    if coupon.state != SUCCESS or held is None:
        raise ILLEGAL_STATUS(auth_no=coupon.id, status=coupon.state)
    if held.rest < ask.amount:
        raise REQUEST_AMOUNT_EXCEED(left=held.rest)
    part = work.add(CouponRow(
        id=work.new_id("10002"), merchant=coupon.merchant, app=work.caller.app, auth_app=work.caller.auth_app,
        out_order_no=ask.out_order_no, out_request_no=ask.out_request_no, operation=work.new_id("10012"),
        digest=digest(ask), title=ask.order_title, amount=ask.amount, extra_param=ask.extra_param or "",
        payer=coupon.payer, payee=payee, created=work.now, paid=work.now,
        notify_url=work.caller.notify_url or "",
    ))  # fmt: skip
    work.settle(held, Purse(payee), ask.amount, why="coupon.disburse", ref=part.id)
    CouponOrder.pay(work, part, merchant=part.merchant, payer=part.payer, amount=part.amount)
    CouponOrder.disburse(work, coupon, merchant=coupon.merchant, payee=payee, amount=ask.amount)
    tell_merchant(work, part, "PAY", part.operation, part.amount)
    return part


def the_payee(work: Work, ask: Disburse) -> str:
    """Who gets a part."""
    which = {"user_id": ask.payee_user_id} if ask.payee_user_id else {"logon_id": ask.payee_logon_id or ""}
    if not which.get("user_id") and not which.get("logon_id"):
        raise ILLEGAL_ARGUMENT(field="payee_user_id", reason="give payee_user_id or payee_logon_id")
    payee = the_party(work, PAYEE_NOT_EXIST, **which)
    if payee.status != "NORMAL":
        raise PAYEE_USER_STATUS_LIMIT(user_id=payee.user_id)
    return str(payee.user_id)


class Refund(Shape):
    auth_no: Key  # the platform's number of the coupon
    out_request_no: Key  # your own number of this refund; the same number refunds once
    amount: Amount  # yuan
    remark: Line | None = None  # why


@method(
    "alipay.fund.coupon.order.refund",
    raises=[AUTH_ORDER_NOT_EXIST, UNIQUE_VIOLATION, ILLEGAL_STATUS, REQUEST_AMOUNT_EXCEED],
)
def refund(work: Work, ask: Refund) -> Paid:
    """Give the rest of a cash coupon, or a part of it, back to who paid."""
    coupon = own_coupon(work, ask.auth_no, None)
    row = work.find(CouponRefund, order=coupon.id, out_request_no=ask.out_request_no)
    if row is not None and row.amount != ask.amount:
        raise UNIQUE_VIOLATION(out_request_no=ask.out_request_no)
    if row is None:
        held = work.find(Hold, id=coupon.hold)
        if coupon.state != SUCCESS or held is None:
            raise ILLEGAL_STATUS(auth_no=coupon.id, status=coupon.state)
        if held.rest < ask.amount:
            raise REQUEST_AMOUNT_EXCEED(left=held.rest)
        row = give_back(work, coupon, held, ask.amount, ask.out_request_no)
        row.remark = ask.remark or ""
    return Paid(
        auth_no=coupon.id, out_order_no=coupon.out_order_no, operation_id=row.operation,
        out_request_no=row.out_request_no, amount=row.amount, status=SUCCESS, gmt_trans=Moment(row.at),
    )  # fmt: skip


def give_back(work: Work, coupon: CouponRow, held: Hold, amount: Money, out_request_no: str) -> CouponRefund:
    """Return a part of what is left, and let it be known; what nobody numbered is known by its operation_id."""
    number = work.new_id("10012")
    work.void(held, amount, why="coupon.return", ref=coupon.id)
    coupon.refunded += amount
    row = work.add(CouponRefund(
        order=coupon.id, out_request_no=out_request_no or number, operation=number, amount=amount, at=work.now
    ))  # fmt: skip
    to = CouponOrder.SUCCESS if held.rest else CouponOrder.CLOSED
    CouponOrder.refund(work, coupon, to=to, merchant=coupon.merchant, payer=coupon.payer, amount=amount)
    when = Moment(work.now)
    told = {"out_request_no": row.out_request_no, "gmt_create": when, "gmt_trans": when}
    tell_merchant(work, coupon, "REFUND", number, amount, **told)
    return row


def own_coupon(work: Work, auth_no: str | None, out_order_no: str | None) -> CouponRow:
    """The calling merchant's coupon, or part of one, with this number."""
    merchant = work.caller.merchant
    if auth_no:
        coupon = work.find(CouponRow, id=auth_no)
    elif out_order_no:
        coupon = work.find(CouponRow, merchant=merchant, out_order_no=out_order_no)
    else:
        raise ILLEGAL_ARGUMENT(field="auth_no", reason="give the platform's number of the order, or your own")
    if coupon is None or coupon.merchant != merchant:
        raise AUTH_ORDER_NOT_EXIST(auth_no=auth_no, out_order_no=out_order_no)
    return coupon


def told(coupon: CouponRow) -> Paid:
    """An order as it is answered; that the rest went back does not undo that it was paid."""
    return Paid(
        auth_no=coupon.id, out_order_no=coupon.out_order_no, operation_id=coupon.operation,
        out_request_no=coupon.out_request_no, amount=coupon.amount, gmt_trans=moment(coupon.paid),
        status=SUCCESS if coupon.paid else coupon.state,
    )  # fmt: skip


class Told(Paid):
    operation_type: str  # PAY or REFUND
    order_title: str  # what the payer or payee read
    gmt_create: Moment  # when it was asked for
    payer_user_id: str | None = None  # who paid
    payer_logon_id: str | None = None  # that person's logon id, masked
    payee_user_id: str | None = None  # who got it, of a part handed out
    payee_logon_id: str | None = None  # that person's logon id, masked
    remark: str | None = None  # why it was given back
    total_pay_refund_amount: Money  # yuan given back of the coupon in all
    extra_param: str | None = None  # as you gave it


@method(
    "alipay.fund.coupon.operation.query", raises=[ILLEGAL_ARGUMENT, AUTH_ORDER_NOT_EXIST, AUTH_OPERATION_NOT_EXIST]
)  # fmt: skip
def query(work: Work, ask: WhichOperation) -> Told:
    """Ask how a payment or refund of a cash coupon, or the handing out of a part, went."""
    coupon = own_coupon(work, ask.auth_no, ask.out_order_no)
    paid, back = told(coupon), None
    if (ask.operation_id or ask.out_request_no) not in (coupon.operation, coupon.out_request_no):
        back = the_refund(work, coupon, ask)
        paid = msgspec.structs.replace(
            paid, operation_id=back.operation, out_request_no=back.out_request_no, amount=back.amount,
            gmt_trans=Moment(back.at),
        )  # fmt: skip
    return Told(
        **{name: getattr(paid, name) for name in Paid.__struct_fields__},
        operation_type="REFUND" if back else "PAY", order_title=coupon.title,
        gmt_create=Moment(back.at if back else coupon.created), remark=(back.remark if back else "") or None,
        payer_user_id=coupon.payer or None, payer_logon_id=masked(work, coupon.payer),
        payee_user_id=coupon.payee or None, payee_logon_id=masked(work, coupon.payee),
        total_pay_refund_amount=coupon.refunded, extra_param=coupon.extra_param or None,
    )  # fmt: skip


def the_refund(work: Work, coupon: CouponRow, ask: WhichOperation) -> CouponRefund:
    """The refund of this coupon that is meant."""
    if ask.out_request_no:
        row = work.find(CouponRefund, order=coupon.id, out_request_no=ask.out_request_no)
        found = [row] if row else []
    else:
        found = work.select(CouponRefund, '"order" = ? and operation = ?', (coupon.id, ask.operation_id or ""))
    if not found:
        raise AUTH_OPERATION_NOT_EXIST(operation_id=ask.operation_id, out_request_no=ask.out_request_no)
    return found[0]


def tell_merchant(work: Work, coupon: CouponRow, kind: str, operation: str, amount: Money, **other: object) -> None:
    """Owe the merchant a notification of what was done to an order; `other` members stand for those of the payment."""
    told: dict[str, object] = {
        "auth_app_id": coupon.auth_app, "auth_no": coupon.id, "out_order_no": coupon.out_order_no,
        "operation_id": operation, "operation_type": kind, "out_request_no": coupon.out_request_no,
        "order_title": coupon.title, "amount": amount, "status": SUCCESS if coupon.paid else coupon.state,
        "gmt_create": Moment(coupon.created), "gmt_trans": moment(coupon.paid),
        "payer_logon_id": masked(work, coupon.payer), "payer_user_id": coupon.payer,
        "payee_user_id": coupon.payee, "total_pay_refund_amount": coupon.refunded,
    }  # fmt: skip
    work.notify(coupon.app, coupon.notify_url, "fund_coupon_order", coupon.id, told | other)
