"""What is done to frozen money: paying out of it, giving it back, cancelling, and asking what became of it."""

from typing import Literal

from kaifang.kernel import DAY, Amount, Hold, Key, Line, Moment, Money, Purse, Shape, Who, Work, method

from .errors import (
    AUTH_AMOUNT_NOT_ENOUGH,
    AUTH_NO_ERROR,
    AUTH_OPERATION_NOT_EXIST,
    AUTH_ORDER_HAS_CLOSED,
    AUTH_ORDER_HAS_FINISHED,
    AUTH_ORDER_NOT_EXIST,
    AUTH_ORDER_NOT_PAID,
    CANCEL_OPERATION_TIME_OUT,
    ILLEGAL_ARGUMENT,
    ILLEGAL_STATUS,
    ORDER_ALREADY_CLOSED,
    ORDER_ALREADY_FINISH,
    PARTY_NOT_EXIST,
    PRE_AUTH_PROD_CODE_INCONSISTENT,
    REQUEST_AMOUNT_EXCEED,
    UNIQUE_VIOLATION,
)
from .find import moment, shown, the_party, the_user
from .states import Freeze, FreezeOperation
from .tables import Bill, FreezeRow, OperationRow


class PayFrozen(Shape):
    auth_no: Key  # out of which order
    payee: Key  # who gets it, a user id
    payee_purpose: Key = "balance"  # into which of the payee's purses
    amount: Amount  # yuan
    seller: Key  # for whom it was frozen, a user id
    ref: Key  # the number of what is paid
    complete: bool = False  # whether the rest is given back
    product: Key | None = None  # checked if given: the product it was frozen for


class Paid(Shape):
    user_id: str  # who had frozen it
    bills: list[Bill]  # what it was paid with
    rest: Money  # yuan still frozen


NOT_PAYABLE = {"INIT": AUTH_ORDER_NOT_PAID, "FINISH": AUTH_ORDER_HAS_FINISHED, "CLOSED": AUTH_ORDER_HAS_CLOSED}


@method(
    "kaifang.fund.freeze.pay",
    who=Who.INSIDE,
    raises=[AUTH_NO_ERROR, PRE_AUTH_PROD_CODE_INCONSISTENT, AUTH_AMOUNT_NOT_ENOUGH, *NOT_PAYABLE.values()],
)
def pay(work: Work, ask: PayFrozen) -> Paid:
    """Pay out of frozen money; what is refunded later goes to the user, not back to the freeze."""
    order = work.find(FreezeRow, id=ask.auth_no)
    if order is None or order.merchant != ask.seller:
        raise AUTH_NO_ERROR(auth_no=ask.auth_no)
    if ask.product not in (None, order.product):
        raise PRE_AUTH_PROD_CODE_INCONSISTENT(product_code=order.product)
    if order.state in NOT_PAYABLE:
        raise NOT_PAYABLE[order.state](auth_no=order.id)
    if ask.amount > order.rest:
        raise AUTH_AMOUNT_NOT_ENOUGH(rest=order.rest)
    work.settle(the_hold(work, order), Purse(ask.payee, ask.payee_purpose), ask.amount, why="freeze.pay", ref=ask.ref)
    order.paid += ask.amount
    record(work, order, "PAY", ask.ref, ask.amount)
    given_back = None
    if ask.complete and order.rest:
        given_back = release(work, order, order.rest)
    to = Freeze.AUTHORIZED if order.rest else Freeze.FINISH
    Freeze.pay(work, order, to=to, merchant=order.merchant, payer=order.payer, amount=ask.amount, ref=ask.ref)
    if given_back is not None:
        tell_merchant(work, order, given_back)
    return Paid(user_id=order.payer, bills=bills(order, ask.amount), rest=order.rest)


def bills(order: FreezeRow, amount: Money) -> list[Bill]:
    """What an amount out of this order was paid with."""
    assert order.bill is not None
    fields = {name: getattr(order.bill, name) for name in Bill.__struct_fields__}
    return [Bill(**fields | {"amount": amount})]


def the_hold(work: Work, order: FreezeRow) -> Hold:
    """Where an order's money is."""
    hold = work.find(Hold, id=order.hold)
    assert hold is not None, f"{order.id} is authorised, and holds nothing"
    return hold


def record(work: Work, order: FreezeRow, kind: str, out_request_no: str, amount: Money) -> OperationRow:
    """Write down what was done to an order."""
    number = work.new_id("10012")
    operation = work.add(OperationRow(
        id=number, order=order.id, type=kind, out_request_no=out_request_no or number, amount=amount,
        created=work.now, done=work.now,
    ))  # fmt: skip
    FreezeOperation.succeed(work, operation, order=order.id, amount=amount)
    return operation


def release(work: Work, order: FreezeRow, amount: Money, out_request_no: str = "") -> OperationRow:
    """Give frozen money back to where it came from; what nobody numbered is known by its operation_id."""
    work.void(the_hold(work, order), amount, why="freeze.release", ref=order.id)
    order.unfrozen += amount
    return record(work, order, "UNFREEZE", out_request_no, amount)


class Unfreeze(Shape):
    auth_no: Key  # which order
    out_request_no: Key  # your own number of this operation; the same number gives back once
    amount: Amount  # yuan
    remark: Line  # why


class Unfrozen(Shape):
    auth_no: str  # which order
    out_order_no: str  # your own number of it
    operation_id: str  # the platform's number of this operation
    out_request_no: str  # your own
    amount: Money  # yuan
    fund_amount: Money  # yuan of the user's own money
    status: str  # SUCCESS
    gmt_trans: Moment | None = None  # when it was given back


@method(
    "alipay.fund.auth.order.unfreeze",
    raises=[
        AUTH_ORDER_NOT_EXIST, UNIQUE_VIOLATION, ILLEGAL_STATUS, ORDER_ALREADY_FINISH, ORDER_ALREADY_CLOSED,
        REQUEST_AMOUNT_EXCEED,
    ],
)  # fmt: skip
def unfreeze(work: Work, ask: Unfreeze) -> Unfrozen:
    """Give frozen money back, whole or in parts."""
    order = own_order(work, ask.auth_no, None)
    done = work.find(OperationRow, order=order.id, type="UNFREEZE", out_request_no=ask.out_request_no)
    if done is None:
        done = give_back(work, order, ask)
    elif done.amount != ask.amount:
        raise UNIQUE_VIOLATION(out_request_no=ask.out_request_no)
    return Unfrozen(
        auth_no=order.id, out_order_no=order.out_order_no, operation_id=done.id, out_request_no=done.out_request_no,
        amount=done.amount, fund_amount=done.amount, status=done.state, gmt_trans=moment(done.done),
    )  # fmt: skip


def give_back(work: Work, order: FreezeRow, ask: Unfreeze) -> OperationRow:
    """Unfreeze a part of an order, and let it be known."""
    over = {"FINISH": ORDER_ALREADY_FINISH, "CLOSED": ORDER_ALREADY_CLOSED, "INIT": ILLEGAL_STATUS}
    if order.state in over:
        raise over[order.state](auth_no=order.id)
    if ask.amount > order.rest:
        raise REQUEST_AMOUNT_EXCEED(rest=order.rest)
    done = release(work, order, ask.amount, ask.out_request_no)
    done.remark = ask.remark
    unfrozen(work, order, ask.amount)
    tell_merchant(work, order, done)
    return done


def unfrozen(work: Work, order: FreezeRow, amount: Money) -> None:
    """Move an order on after some of it was given back."""
    nothing_left = Freeze.FINISH if order.paid else Freeze.CLOSED
    to = Freeze.AUTHORIZED if order.rest else nothing_left
    Freeze.unfreeze(work, order, to=to, merchant=order.merchant, payer=order.payer, amount=amount)


class WhichOperation(Shape):
    auth_no: Key | None = None  # the platform's number of the order, or
    out_order_no: Key | None = None  # your own
    operation_id: Key | None = None  # the platform's number of the operation, or
    out_request_no: Key | None = None  # your own


class Cancel(WhichOperation):
    remark: Line  # why


class Cancelled(Shape):
    auth_no: str  # the platform's number of the order
    out_order_no: str  # your own
    operation_id: str  # the platform's number of the operation
    out_request_no: str  # your own
    action: str  # close: nothing was frozen yet; unfreeze: it was given back


@method(
    "alipay.fund.auth.operation.cancel",
    raises=[
        ILLEGAL_ARGUMENT, AUTH_ORDER_NOT_EXIST, CANCEL_OPERATION_TIME_OUT, ORDER_ALREADY_FINISH, REQUEST_AMOUNT_EXCEED
    ],
)  # fmt: skip
def cancel(work: Work, ask: Cancel) -> Cancelled:
    """Undo a freeze whose outcome is unknown: close it if the user has not confirmed, else give everything back."""
    order = own_order(work, ask.auth_no, ask.out_order_no)
    operation = own_operation(work, order, ask, "FREEZE")
    if operation is None:
        raise AUTH_ORDER_NOT_EXIST(operation_id=ask.operation_id, out_request_no=ask.out_request_no)
    if order.state == Freeze.INIT.name:
        close_order(work, order)
    elif order.state != Freeze.CLOSED.name:
        undo(work, order, operation)
    return Cancelled(
        auth_no=order.id, out_order_no=order.out_order_no, operation_id=operation.id,
        out_request_no=operation.out_request_no, action="unfreeze" if order.hold else "close",
    )  # fmt: skip


def undo(work: Work, order: FreezeRow, operation: OperationRow) -> None:
    """Give everything back, if all of it is still there and the freeze is not too old."""
    if order.state == Freeze.FINISH.name:
        raise ORDER_ALREADY_FINISH(auth_no=order.id)
    if work.now > operation.done + DAY:
        raise CANCEL_OPERATION_TIME_OUT(auth_no=order.id)
    if order.rest != order.amount:
        raise REQUEST_AMOUNT_EXCEED(rest=order.rest)
    release(work, order, order.amount)
    unfrozen(work, order, order.amount)
    FreezeOperation.close(work, operation, order=order.id)
    tell_merchant(work, order, operation)


def close_order(work: Work, order: FreezeRow) -> None:
    """End an order for which nothing was frozen."""
    operation = work.find(OperationRow, id=order.operation)
    assert operation is not None
    FreezeOperation.close(work, operation, order=order.id)
    Freeze.close(work, order, merchant=order.merchant)
    tell_merchant(work, order, operation)


def own_order(work: Work, auth_no: str | None, out_order_no: str | None) -> FreezeRow:
    """The calling merchant's order with this number."""
    merchant = work.caller.merchant
    order = work.find(FreezeRow, id=auth_no) if auth_no else None
    if not auth_no:
        if not out_order_no:
            raise ILLEGAL_ARGUMENT(field="auth_no", reason="give auth_no or out_order_no")
        order = work.find(FreezeRow, merchant=merchant, out_order_no=out_order_no)
    if order is None or order.merchant != merchant:
        raise AUTH_ORDER_NOT_EXIST(auth_no=auth_no, out_order_no=out_order_no)
    return order


def own_operation(work: Work, order: FreezeRow, ask: WhichOperation, kind: str) -> OperationRow | None:
    """The operation of this order that is meant."""
    if ask.operation_id:
        operation = work.find(OperationRow, id=ask.operation_id)
        return operation if operation and operation.order == order.id else None
    if not ask.out_request_no:
        raise ILLEGAL_ARGUMENT(field="operation_id", reason="give operation_id or out_request_no")
    return work.find(OperationRow, order=order.id, type=kind, out_request_no=ask.out_request_no)


class Query(WhichOperation):
    operation_type: Literal["FREEZE", "UNFREEZE", "PAY"] = "FREEZE"  # with out_request_no: of which kind it is


class Told(Shape):
    auth_no: str  # the platform's number of the order
    out_order_no: str  # your own
    order_title: str  # what the user read
    order_status: str  # INIT, AUTHORIZED, FINISH or CLOSED
    total_freeze_amount: Money  # yuan frozen in all,
    rest_amount: Money  # still frozen,
    total_pay_amount: Money  # and paid out of it
    total_freeze_fund_amount: Money  # the same of the user's own money
    rest_fund_amount: Money  # yuan
    total_pay_fund_amount: Money  # yuan
    operation_id: str  # the platform's number of the operation
    out_request_no: str  # your own; of a payment the trade_no
    operation_type: str  # FREEZE, UNFREEZE or PAY
    amount: Money  # yuan of this operation
    fund_amount: Money  # yuan of the user's own money
    status: str  # INIT, SUCCESS or CLOSED
    gmt_create: Moment  # when it was asked for
    gmt_trans: Moment | None = None  # when it was done
    remark: str | None = None  # why
    payer_logon_id: str | None = None  # the user's logon id, masked
    payer_user_id: str | None = None  # who froze it,
    payer_open_id: str | None = None  # or as your app knows that person
    extra_param: str | None = None  # as you gave it
    trans_currency: str = "CNY"  # yuan


@method(
    "alipay.fund.auth.operation.detail.query",
    raises=[ILLEGAL_ARGUMENT, AUTH_ORDER_NOT_EXIST, AUTH_OPERATION_NOT_EXIST],
)
def query(work: Work, ask: Query) -> Told:
    """Ask how a freeze, a payment out of it or an unfreeze went, and what is still frozen."""
    order = own_order(work, ask.auth_no, ask.out_order_no)
    operation = own_operation(work, order, ask, ask.operation_type)
    if operation is None:
        raise AUTH_OPERATION_NOT_EXIST(operation_id=ask.operation_id, out_request_no=ask.out_request_no)
    frozen = order.amount if order.hold else Money(0)
    return Told(
        auth_no=order.id, out_order_no=order.out_order_no, order_title=order.title, order_status=order.state,
        total_freeze_amount=frozen, rest_amount=order.rest, total_pay_amount=order.paid,
        total_freeze_fund_amount=frozen, rest_fund_amount=order.rest, total_pay_fund_amount=order.paid,
        operation_id=operation.id, out_request_no=operation.out_request_no, operation_type=operation.type,
        amount=operation.amount, fund_amount=operation.amount, status=operation.state,
        gmt_create=Moment(operation.created), gmt_trans=moment(operation.done), remark=operation.remark or None,
        payer_logon_id=masked(work, order.payer), extra_param=order.extra_param or None,
        **{f"payer_{name}": value for name, value in shown(work, order.payer).items()},
    )  # fmt: skip


def masked(work: Work, user: str) -> str | None:
    """A user's logon id, as others may see it."""
    return str(the_party(work, PARTY_NOT_EXIST, user_id=user).masked) if user else None


def tell_merchant(work: Work, order: FreezeRow, operation: OperationRow) -> None:
    """Owe the merchant a notification of what was done to an order."""
    url = work.caller.notify_url if operation.type == "UNFREEZE" and work.caller.notify_url else order.notify_url
    if not url:
        return
    payee = the_party(work, PARTY_NOT_EXIST, user_id=order.payee)
    told: dict[str, object] = {
        "auth_app_id": order.auth_app, "auth_no": order.id, "out_order_no": order.out_order_no,
        "operation_id": operation.id, "out_request_no": operation.out_request_no, "operation_type": operation.type,
        "amount": operation.amount, "status": operation.state, "gmt_create": Moment(operation.created),
        "gmt_trans": moment(operation.done), "payer_logon_id": masked(work, order.payer),
        "payee_user_id": order.payee, "payee_logon_id": payee.masked,
        "total_freeze_amount": order.amount if order.hold else Money(0), "total_unfreeze_amount": order.unfrozen,
        "total_pay_amount": order.paid, "rest_amount": order.rest, "trans_currency": "CNY",
    }  # fmt: skip
    if order.payer and order.open_ids:
        asked = work.ask("kaifang.account.openid.give", user_id=order.payer, app=order.auth_app)
        told["payer_open_id"] = asked.open_id
    else:
        told["payer_user_id"] = order.payer
    kind = "fund_auth_unfreeze" if operation.type == "UNFREEZE" else "fund_auth_freeze"
    work.notify(order.app, url, kind, order.id, told)


class Deposits(Shape):
    pass


class Deposit(Shape):
    auth_no: str  # the number of the order
    title: str  # what it is for
    payee: str  # for whom
    amount: Money  # yuan frozen, or to be frozen
    rest: Money  # yuan still frozen
    state: str  # INIT: it waits for this user to confirm; AUTHORIZED
    page: str | None = None  # where it is confirmed


class Shown(Shape):
    deposits: list[Deposit]  # those that wait first, then the newest


@method("kaifang.wallet.deposits", who=Who.WALLET, reads=True)
def list_deposits(work: Work, ask: Deposits) -> Shown:
    """List what a person has frozen for merchants, and what waits for this person to confirm."""
    where = "payer = ? and state in ('INIT', 'AUTHORIZED')"
    rows = work.select(FreezeRow, where, (the_user(work),), "state desc, id desc", 100)
    return Shown(deposits=[
        Deposit(
            auth_no=row.id, title=row.title, payee=the_party(work, PARTY_NOT_EXIST, user_id=row.payee).name,
            amount=row.amount, rest=row.rest, state=row.state, page=row.page if row.state == "INIT" else None,
        )
        for row in rows
    ])  # fmt: skip
