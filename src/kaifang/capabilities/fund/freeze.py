"""Pre-authorisation: freezing a user's money for a merchant, by a code, in an app or by a QR code."""

from typing import Any, ClassVar, Literal, TypeVar

import msgspec

from kaifang.kernel import (
    DAY,
    MINUTE,
    Amount,
    Confirm,
    Confirmed,
    Happening,
    Key,
    Line,
    Moment,
    Money,
    Page,
    Shape,
    Text,
    Who,
    Work,
    method,
    timer,
    told_as,
)
from kaifang.kernel.clock import lasts

from .charge import Spend, set_aside
from .errors import (
    AUTH_ORDER_NOT_EXIST,
    CURRENCY_VERIFICATION_FAIL,
    ERROR_BALANCE_PAYMENT_DISABLE,
    FREEZE_ALREADY_SUCCESS,
    ILLEGAL_ARGUMENT,
    MONEY_NOT_ENOUGH,
    NO_PAYMENT_INSTRUMENTS_AVAILABLE,
    ORDER_ALREADY_CLOSED,
    ORDER_ALREADY_FINISH,
    PAYEE_NOT_EXIST,
    PAYEE_USER_STATUS_LIMIT,
    PAYER_PAYEE_EQUAL,
    PAYER_USER_STATUS_LIMIT,
    PAYMENT_AUTH_CODE_INVALID,
    PRODUCT_AMOUNT_LIMIT_ERROR,
    UNIQUE_VIOLATION,
    USER_BANKCARD_PAY_ERROR,
    USER_FACE_PAYMENT_SWITCH_OFF,
)
from .find import moment, shown, the_party
from .operation import close_order, tell_merchant
from .states import Freeze, FreezeOperation
from .tables import FreezeRow, OperationRow

F = TypeVar("F", bound="Frozen")
FREEZE_FAULTS = {
    "NO_INSTRUMENT": NO_PAYMENT_INSTRUMENTS_AVAILABLE,
    "BALANCE_PAY_OFF": ERROR_BALANCE_PAYMENT_DISABLE,
    "BALANCE_NOT_ENOUGH": MONEY_NOT_ENOUGH,
    "CARD_BALANCE_NOT_ENOUGH": MONEY_NOT_ENOUGH,
    "SINGLE_LIMIT": PRODUCT_AMOUNT_LIMIT_ERROR,
    "DAY_LIMIT": PRODUCT_AMOUNT_LIMIT_ERROR,
    "MONTH_LIMIT": PRODUCT_AMOUNT_LIMIT_ERROR,
    "BANK_DOWN": USER_BANKCARD_PAY_ERROR,
}
FREEZE_REFUSALS = list(dict.fromkeys(FREEZE_FAULTS.values()))
SEEN_BEFORE = {"CLOSED": ORDER_ALREADY_CLOSED, "FINISH": ORDER_ALREADY_FINISH, "AUTHORIZED": FREEZE_ALREADY_SUCCESS}
ORDER_FAULTS = [
    ILLEGAL_ARGUMENT, UNIQUE_VIOLATION, *SEEN_BEFORE.values(), PAYEE_NOT_EXIST, PAYEE_USER_STATUS_LIMIT,
    CURRENCY_VERIFICATION_FAIL,
]  # fmt: skip
# What the wire calls the ways to pay here, and what they are called when a trade is paid.
CHANNELS = {
    "MONEY_FUND": "balance", "OPTIMIZED_MOTO": "creditCardExpress", "BIGAMOUNT_CREDIT_CARTOON": "creditCard",
}  # fmt: skip


class FreezeOrder(Shape):
    out_order_no: Key  # your own number of the order; never reused
    out_request_no: Key  # your own number of this operation
    order_title: Line  # what the user reads
    amount: Amount  # yuan to be frozen
    payee_user_id: Key | None = None  # who is paid out of it: you
    payee_logon_id: Key | None = None  # the same by logon id
    pay_timeout: Key | None = None  # closed if not confirmed after 1m to 15d; left out: 15m
    timeout_express: Key | None = None  # the same by its other name; pay_timeout counts if both are given
    trans_currency: Key = "CNY"  # yuan only
    settle_currency: Key = "CNY"  # yuan only
    enable_pay_channels: Text | None = None  # only these, as JSON: [{"payChannelType":"MONEY_FUND"}]
    disable_pay_channels: Text | None = None  # none of these, as JSON
    extra_param: Text | None = None  # kept with the order, as JSON


class FreezeByCode(FreezeOrder):
    auth_code: Key  # the code that the user showed
    auth_code_type: Literal["bar_code", "security_code"]  # how it was read; security_code: by a face terminal
    product_code: Literal["PRE_AUTH"] = "PRE_AUTH"  # at the counter


class Frozen(Shape):
    auth_no: str  # the platform's number of the order
    out_order_no: str  # your own
    operation_id: str  # the platform's number of this operation
    out_request_no: str  # your own
    amount: Money  # yuan
    fund_amount: Money  # yuan of the user's own money
    status: str  # INIT: the user has to confirm first; SUCCESS
    payer_logon_id: str | None = None  # the user's logon id, masked
    payer_user_id: str | None = None  # who froze it,
    payer_open_id: str | None = None  # or as your app knows that person
    gmt_trans: Moment | None = None  # when it was frozen
    trans_currency: str = "CNY"  # yuan


class Waiting(Frozen):
    CODE: ClassVar[str] = "10003"  # the user has to confirm in the wallet


@method(
    "alipay.fund.auth.order.freeze",
    raises=[
        *ORDER_FAULTS, PAYMENT_AUTH_CODE_INVALID, PAYER_USER_STATUS_LIMIT, USER_FACE_PAYMENT_SWITCH_OFF,
        PAYER_PAYEE_EQUAL, *FREEZE_REFUSALS,
    ],
)  # fmt: skip
def freeze(work: Work, ask: FreezeByCode) -> Frozen | Waiting:
    """Freeze the money of whoever showed a code; larger amounts the user confirms in the wallet first."""
    order = the_order(work, ask, "PRE_AUTH")
    if order.code == ask.auth_code:
        return told(work, order, Waiting)
    with told_as({"CODE_INVALID": PAYMENT_AUTH_CODE_INVALID}):
        taken = work.ask("kaifang.fund.code.take", code=ask.auth_code, scene=ask.auth_code_type, payee=order.merchant)
    user = taken.user_id
    payer, by_face = the_payer(work, order, user), ask.auth_code_type == "security_code"
    if by_face and not payer.face_pay:
        raise USER_FACE_PAYMENT_SWITCH_OFF()
    if by_face or order.amount <= payer.no_password_limit:
        authorise(work, order, user, None)
        return told(work, order, Frozen)
    order.payer, order.code = user, ask.auth_code
    open_page(work, order)
    return told(work, order, Waiting)


def the_order(work: Work, ask: FreezeOrder, product: str) -> FreezeRow:
    """The order that is still to be frozen, begun now or by the same request before."""
    row = work.find(FreezeRow, merchant=work.caller.merchant, out_order_no=ask.out_order_no)
    if row is None:
        return begin(work, ask, product)
    if (row.out_request_no, row.amount, row.product) != (ask.out_request_no, ask.amount, product):
        raise UNIQUE_VIOLATION(out_order_no=row.out_order_no)
    if row.state in SEEN_BEFORE:
        raise SEEN_BEFORE[row.state](out_order_no=row.out_order_no)
    return row


def begin(work: Work, ask: FreezeOrder, product: str) -> FreezeRow:
    """A new order, and the operation that is to freeze it."""
    caller, expires = work.caller, work.now + timeout(ask.pay_timeout or ask.timeout_express or "15m")
    if (ask.trans_currency, ask.settle_currency) != ("CNY", "CNY"):
        raise CURRENCY_VERIFICATION_FAIL(trans_currency=ask.trans_currency, settle_currency=ask.settle_currency)
    order = work.add(FreezeRow(
        id=work.new_id("10002"), merchant=caller.merchant, app=caller.app, auth_app=caller.auth_app,
        open_ids=caller.open_ids, out_order_no=ask.out_order_no, out_request_no=ask.out_request_no,
        operation=work.new_id("10012"), product=product, title=ask.order_title, amount=ask.amount,
        payee=the_payee(work, ask), enable_channels=channels("enable_pay_channels", ask.enable_pay_channels),
        disable_channels=channels("disable_pay_channels", ask.disable_pay_channels), expires=expires,
        extra_param=ask.extra_param or "", notify_url=caller.notify_url or "", created=work.now,
    ))  # fmt: skip
    work.add(OperationRow(
        id=order.operation, order=order.id, type="FREEZE", out_request_no=order.out_request_no, amount=order.amount,
        created=work.now,
    ))  # fmt: skip
    work.later(expires, "freeze.expire", order.id)
    return order


def timeout(text: str) -> int:
    """How long an order may wait for its user."""
    try:
        length = lasts(text)
    except ValueError:
        length = 0
    if not MINUTE <= length <= 15 * DAY:
        raise ILLEGAL_ARGUMENT(field="pay_timeout", reason="write 1m to 15d")
    return length


def the_payee(work: Work, ask: FreezeOrder) -> str:
    """Who is paid out of the order: the merchant that asks, and nobody else."""
    which = {"user_id": ask.payee_user_id or work.caller.merchant}
    if ask.payee_logon_id and not ask.payee_user_id:
        which = {"logon_id": ask.payee_logon_id}
    payee = the_party(work, PAYEE_NOT_EXIST, **which)
    if payee.user_id != work.caller.merchant:
        raise ILLEGAL_ARGUMENT(field="payee_user_id", reason="you can be paid, and nobody else")
    if payee.status != "NORMAL":
        raise PAYEE_USER_STATUS_LIMIT(user_id=payee.user_id)
    return str(payee.user_id)


class Channel(Shape):
    payChannelType: Key  # noqa: N815 - such as MONEY_FUND


def channels(field: str, text: str | None) -> str:
    """Ways to pay, as a payment names them."""
    try:
        named = msgspec.json.decode(text or "[]", type=list[Channel])
    except msgspec.DecodeError:
        raise ILLEGAL_ARGUMENT(field=field, reason='write [{"payChannelType":"MONEY_FUND"}]') from None
    return ",".join(CHANNELS.get(each.payChannelType, each.payChannelType) for each in named)


def the_payer(work: Work, order: FreezeRow, user: str) -> Any:
    """Whoever wants to freeze money for an order, in good standing and not its payee."""
    payer = the_party(work, PAYER_USER_STATUS_LIMIT, user_id=user)
    if payer.status != "NORMAL":
        raise PAYER_USER_STATUS_LIMIT(user_id=user)
    if user == order.payee:
        raise PAYER_PAYEE_EQUAL(user_id=user)
    if order.payer not in ("", user):
        raise UNIQUE_VIOLATION(out_order_no=order.out_order_no)
    return payer


def authorise(work: Work, order: FreezeRow, user: str, channel: str | None) -> None:
    """Freeze the money, and let it be known."""
    with told_as(FREEZE_FAULTS):
        hold, order.bill = set_aside(work, Spend(
            payer=user, amount=Amount(order.amount.minor), ref=order.id, why="freeze.authorise", channel=channel,
            enable_channels=order.enable_channels, disable_channels=order.disable_channels,
        ))  # fmt: skip
    order.payer, order.hold = user, hold.id
    operation = work.find(OperationRow, id=order.operation)
    assert operation is not None
    operation.done = work.now
    FreezeOperation.succeed(work, operation, order=order.id, amount=order.amount)
    Freeze.authorise(work, order, merchant=order.merchant, payer=user, amount=order.amount)
    tell_merchant(work, order, operation)


def told(work: Work, order: FreezeRow, kind: type[F]) -> F:
    """An order as it is answered."""
    operation = work.find(OperationRow, id=order.operation)
    assert operation is not None
    return kind(
        auth_no=order.id, out_order_no=order.out_order_no, operation_id=operation.id,
        out_request_no=operation.out_request_no, amount=order.amount, fund_amount=order.amount,
        status=operation.state, gmt_trans=moment(operation.done),
        payer_logon_id=the_party(work, PAYER_USER_STATUS_LIMIT, user_id=order.payer).masked,
        **{f"payer_{name}": value for name, value in shown(work, order.payer).items()},
    )  # fmt: skip


def open_page(work: Work, order: FreezeRow, in_app: str | None = None) -> str:
    """The page of the cashier on which the user confirms."""
    order.page = order.page or work.ask(
        "kaifang.cashier.open", kind="freeze", title=order.title, amount=order.amount,
        confirm="kaifang.fund.freeze.confirm", subject=order.id, expires=order.expires,
        return_url=work.caller.return_url, in_app=in_app, enable_channels=order.enable_channels or None,
        disable_channels=order.disable_channels or None,
    ).path  # fmt: skip
    return order.page


class FreezeInApp(FreezeOrder):
    product_code: Literal["PRE_AUTH_ONLINE", "PRE_AUTH"] = "PRE_AUTH_ONLINE"  # in an app


FREEZE_IN_APP = "alipay.fund.auth.order.app.freeze"


@method(FREEZE_IN_APP, raises=ORDER_FAULTS)
def freeze_in_app(work: Work, ask: FreezeInApp) -> Page:
    """Let a user freeze money inside an app."""
    return Page(path=open_page(work, the_order(work, ask, ask.product_code), FREEZE_IN_APP))


class FreezeByQrCode(FreezeOrder):
    product_code: Literal["PRE_AUTH", "PRE_AUTH_ONLINE"] = "PRE_AUTH"  # at the counter


class Voucher(Shape):
    out_order_no: str  # your own number of the order
    out_request_no: str  # your own number of this operation
    code_type: str  # qrCode
    code_value: str  # the text of the QR code
    code_url: str  # where it can be seen as a picture


@method("alipay.fund.auth.order.voucher.create", raises=ORDER_FAULTS)
def create_voucher(work: Work, ask: FreezeByQrCode) -> Voucher:
    """Make a QR code; whoever scans it may freeze money for the order."""
    order = the_order(work, ask, ask.product_code)
    page = open_page(work, order)
    return Voucher(
        out_order_no=order.out_order_no, out_request_no=order.out_request_no, code_type="qrCode",
        code_value=work.link(page), code_url=work.link(f"/qr{page}.png"),
    )  # fmt: skip


@method(
    "kaifang.fund.freeze.confirm",
    who=Who.INSIDE,
    raises=[
        AUTH_ORDER_NOT_EXIST, *SEEN_BEFORE.values(), PAYER_USER_STATUS_LIMIT, PAYER_PAYEE_EQUAL, UNIQUE_VIOLATION,
        *FREEZE_REFUSALS,
    ],
)  # fmt: skip
def confirm(work: Work, ask: Confirm) -> Confirmed:
    """Freeze what a user has confirmed at the cashier."""
    order = work.find(FreezeRow, id=ask.subject)
    if order is None:
        raise AUTH_ORDER_NOT_EXIST(auth_no=ask.subject)
    if order.state in SEEN_BEFORE:
        raise SEEN_BEFORE[order.state](auth_no=order.id)
    the_payer(work, order, ask.user_id)
    authorise(work, order, ask.user_id, ask.channel)
    fields = {
        "auth_no": order.id, "out_order_no": order.out_order_no, "operation_id": order.operation,
        "out_request_no": order.out_request_no, "amount": str(order.amount), "status": "SUCCESS",
        "gmt_trans": str(Moment(work.now)), "payer_user_id": order.payer,
    }  # fmt: skip
    return Confirmed(method=FREEZE_IN_APP, fields=fields)


@timer("freeze.expire")
def expire(work: Work, happening: Happening) -> None:
    """The user did not confirm in time."""
    order = work.find(FreezeRow, id=happening.subject)
    if order is not None and Freeze.close.possible(order):
        close_order(work, order)
