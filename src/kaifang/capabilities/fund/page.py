"""Transfers and red packets that a person confirms at the cashier, and what is given back of red packets."""

from typing import Literal

from kaifang.kernel import (
    DAY,
    INVALID_PARAMETER,
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
    Shape,
    Who,
    Work,
    method,
    timer,
    told_as,
)

from .charge import CREDIT, TRANSFER_FAULTS, TRANSFER_REFUSALS, Charge, Spend, charge, set_aside
from .errors import (
    ORDER_NOT_EXIST,
    ORDER_STATUS_INVALID,
    PAYEE_CERT_INFO_ERROR,
    PAYEE_NOT_EXIST,
    PAYEE_USERINFO_ERROR,
    PAYEE_USERINFO_STATUS_ERROR,
    PAYER_PAYEE_CANNOT_SAME,
    PAYMENT_INFO_INCONSISTENCY,
    PRODUCT_NOT_ALLOW_REFUND,
    RECEIVER_ACCOUNT_BOOK_INFO_EXCEPTION,
    REFUND_INFO_INCONSISTENCY,
    REFUND_MONEY_NOT_ENOUGH,
)
from .find import digest, moment
from .payee import Participant, Payee, the_payee
from .payout import tell_change
from .states import Transfer
from .tables import TransferRow
from .transfer import own_packet, paid, seen

PAGE_FAULTS = [
    PAYMENT_INFO_INCONSISTENCY, ORDER_STATUS_INVALID, PAYEE_NOT_EXIST, PAYEE_USERINFO_ERROR, PAYEE_CERT_INFO_ERROR,
    PAYEE_USERINFO_STATUS_ERROR, RECEIVER_ACCOUNT_BOOK_INFO_EXCEPTION,
]  # fmt: skip


class PagePay(Shape):
    out_biz_no: Key  # your own number of it; the same number transfers once
    trans_amount: Amount  # yuan
    product_code: Literal["STD_RED_PACKET", "TRANS_ACCOUNT_NO_PWD", "FUND_ACCOUNT_BOOK"]  # a red packet,
    # a transfer to payee_info, or money for an account book
    biz_scene: Literal["PERSONAL_PAY", "DIRECT_TRANSFER", "SATF_DEPOSIT"] = "PERSONAL_PAY"  # PERSONAL_PAY: of a packet
    order_title: Line | None = None  # what the payer reads
    payee_info: Participant | None = None  # who gets it; of a red packet that is decided later
    time_expire: Moment | None = None  # until when it can be paid; left out: fifteen days
    refund_time_expire: Moment | None = None  # when the rest of a red packet goes back; left out: a day after payment
    remark: Line | None = None  # what it is for
    passback_params: Line | None = None  # told back as it came


IN_APP = "alipay.fund.trans.app.pay"


@method(IN_APP, raises=PAGE_FAULTS)
def app_pay(work: Work, ask: PagePay) -> Page:
    """Let a person pay a red packet or a transfer inside an app."""
    return open_page(work, ask, IN_APP)


@method("alipay.fund.trans.page.pay", raises=PAGE_FAULTS)
def page_pay(work: Work, ask: PagePay) -> Page:
    """Let a person pay a red packet or a transfer on a web page."""
    return open_page(work, ask, "alipay.fund.trans.page.pay")


def open_page(work: Work, ask: PagePay, origin: str) -> Page:
    """The page of the cashier for an order; the same request leads to the same order again."""
    row = seen(work, ask.product_code, ask.biz_scene, ask.out_biz_no, digest(ask)) or begin(work, ask, origin)
    if row.state != Transfer.WAIT_PAY.name:
        raise ORDER_STATUS_INVALID(out_biz_no=row.out_biz_no, status=row.state)
    opened = work.ask(
        "kaifang.cashier.open", kind="transfer" if row.payee else "redpacket", title=row.title or "转账",
        amount=row.amount, confirm="kaifang.fund.transfer.confirm", subject=row.id, expires=expiry(ask, row),
        return_url=work.caller.return_url, in_app=origin if origin == IN_APP else None,
        payee=ask.payee_info.name if ask.payee_info else None, disable_channels=CREDIT,
    )  # fmt: skip
    return Page(path=opened.path)


def begin(work: Work, ask: PagePay, origin: str) -> TransferRow:
    """A new order that waits to be paid."""
    if ask.product_code != "STD_RED_PACKET" and ask.payee_info is None:
        raise INVALID_PARAMETER(field="payee_info", reason="needed for a transfer")
    if ask.payee_info is not None and ask.payee_info.identity_type == "BANKCARD_ACCOUNT":
        raise INVALID_PARAMETER(field="payee_info.identity_type", reason="people pay to people and account books")
    payee = the_payee(work, ask.payee_info) if ask.payee_info is not None else Payee()
    row = work.add(TransferRow(
        id=work.new_id("11007"), merchant=work.caller.merchant, product=ask.product_code, scene=ask.biz_scene,
        out_biz_no=ask.out_biz_no, origin=origin, digest=digest(ask), amount=ask.trans_amount,
        title=ask.order_title or "", remark=ask.remark or "", passback=ask.passback_params or "", payee=payee.user,
        payee_purpose=payee.purse.purpose if payee.purse else "", created=work.now,
        returns=ask.refund_time_expire.ms if ask.refund_time_expire else 0,
    ))  # fmt: skip
    if expiry(ask, row) <= work.now:
        raise INVALID_PARAMETER(field="time_expire", reason="it has passed")
    work.later(expiry(ask, row), "transfer.close", row.id)
    return row


def expiry(ask: PagePay, row: TransferRow) -> int:
    """Until when the order can be paid."""
    return ask.time_expire.ms if ask.time_expire else row.created + 15 * DAY


@timer("transfer.close")
def close(work: Work, happening: Happening) -> None:
    """Nobody paid in time."""
    row = work.find(TransferRow, id=happening.subject)
    if row is not None and Transfer.close.possible(row):
        Transfer.close(work, row, merchant=row.merchant, amount=row.amount)
        tell_change(work, row, "CLOSE")


@method(
    "kaifang.fund.transfer.confirm",
    who=Who.INSIDE,
    raises=[ORDER_NOT_EXIST, ORDER_STATUS_INVALID, PAYER_PAYEE_CANNOT_SAME, *TRANSFER_REFUSALS],
)
def confirm(work: Work, ask: Confirm) -> Confirmed:
    """Pay what a person has confirmed at the cashier; credit cards are for buying."""
    row = work.find(TransferRow, id=ask.subject)
    if row is None:
        raise ORDER_NOT_EXIST(order_id=ask.subject)
    if not Transfer.pay.possible(row):
        raise ORDER_STATUS_INVALID(status=row.state)
    if row.payee == ask.user_id and row.payee_purpose == "balance":
        raise PAYER_PAYEE_CANNOT_SAME(payee=row.payee)
    with told_as(TRANSFER_FAULTS):
        pay(work, row, ask)
    fields = {"order_id": row.id, "out_biz_no": row.out_biz_no, "status": row.state, "trans_amount": str(row.amount)}
    return Confirmed(method=row.origin, fields=fields)


def pay(work: Work, row: TransferRow, ask: Confirm) -> None:
    """Take the money: to the payee at once, or into the red packet."""
    row.payer, amount = ask.user_id, Amount(row.amount.minor)
    if row.payee:
        charge(work, Charge(
            payer=row.payer, payee=row.payee, payee_purpose=row.payee_purpose, amount=amount, ref=row.id,
            why="transfer.pay", channel=ask.channel, disable_channels=CREDIT,
        ))  # fmt: skip
    else:
        hold, _ = set_aside(work, Spend(
            payer=row.payer, amount=amount, ref=row.id, why="packet.pay", channel=ask.channel, disable_channels=CREDIT
        ))  # fmt: skip
        row.hold, row.returns = hold.id, max(row.returns, work.now + DAY)
        work.later(row.returns, "packet.return", row.id)
    paid(work, row)


class Refund(Shape):
    order_id: Key  # order_id of the red packet
    out_request_no: Key  # your own number of this refund; the same number refunds once
    refund_amount: Amount  # yuan
    remark: Line | None = None  # why


class Refunded(Shape):
    order_id: str  # order_id of the red packet
    out_request_no: str  # your own number
    refund_order_id: str  # the platform's number of this refund
    refund_amount: Money  # yuan
    refund_date: Moment | None = None  # when it went back
    status: str  # SUCCESS


@method(
    "alipay.fund.trans.refund",
    raises=[
        ORDER_NOT_EXIST, PRODUCT_NOT_ALLOW_REFUND, REFUND_INFO_INCONSISTENCY, ORDER_STATUS_INVALID,
        REFUND_MONEY_NOT_ENOUGH,
    ],
)  # fmt: skip
def refund(work: Work, ask: Refund) -> Refunded:
    """Give the rest of a red packet, or a part of it, back to where it came from."""
    with told_as({"PAYMENT_INFO_INCONSISTENCY": REFUND_INFO_INCONSISTENCY}):
        row = seen(work, "STD_RED_PACKET", "REFUND", ask.out_request_no, digest(ask))
    if row is None:
        packet = refundable(work, ask.order_id)
        held = work.find(Hold, id=packet.hold)
        if held is None:
            raise ORDER_STATUS_INVALID(order_id=packet.id, status=packet.state)
        if held.rest < ask.refund_amount:
            raise REFUND_MONEY_NOT_ENOUGH(left=held.rest)
        row = give_back(work, packet, held, ask, "REFUND")
    return Refunded(
        order_id=ask.order_id, out_request_no=row.out_biz_no, refund_order_id=row.id, refund_amount=row.amount,
        refund_date=moment(row.paid), status=row.state,
    )  # fmt: skip


def refundable(work: Work, order_id: str) -> TransferRow:
    """The calling merchant's red packet; other transfers are not given back."""
    row = work.find(TransferRow, id=order_id)
    if row is None or row.merchant != work.caller.merchant:
        raise ORDER_NOT_EXIST(order_id=order_id)
    if row.product != "STD_RED_PACKET" or row.payee:
        raise PRODUCT_NOT_ALLOW_REFUND(order_id=order_id)
    return own_packet(work, order_id)


def give_back(work: Work, packet: TransferRow, held: Hold, ask: Refund, scene: str) -> TransferRow:
    """Return a part of what is left in a red packet."""
    work.void(held, ask.refund_amount, why="packet.return", ref=packet.id)
    row = work.add(TransferRow(
        id=work.new_id("11007"), merchant=packet.merchant, product=packet.product, scene=scene,
        out_biz_no=ask.out_request_no, origin="alipay.fund.trans.refund", digest=digest(ask),
        amount=ask.refund_amount, remark=ask.remark or "", payer=packet.payer, payee=packet.payer, packet=packet.id,
        created=work.now,
    ))  # fmt: skip
    packet.steps = [*packet.steps, row.id]
    paid(work, row)
    return row


@timer("packet.return")
def return_rest(work: Work, happening: Happening) -> None:
    """Nobody took the rest of a red packet in time."""
    packet = work.find(TransferRow, id=happening.subject)
    held = work.find(Hold, id=packet.hold) if packet else None
    if packet is not None and held is not None and held.rest:
        rest = Amount(held.left)
        ask = Refund(order_id=packet.id, out_request_no=packet.id, refund_amount=rest)
        give_back(work, packet, held, ask, "RETURN")  # a scene of its own: no request can have taken its number
