"""Transfers that a merchant orders: to people, bank cards and account books, and out of red packets."""

from typing import Literal

from kaifang.kernel import (
    INVALID_PARAMETER,
    Amount,
    FaultKind,
    Hold,
    Key,
    Line,
    Moment,
    Money,
    Move,
    Purse,
    Shape,
    Work,
    method,
    told_as,
)

from .errors import (
    BLOCK_USER_FORBBIDEN_RECIEVE,
    EXCEED_LIMIT_DM_AMOUNT,
    EXCEED_LIMIT_MM_AMOUNT,
    EXCEED_LIMIT_SM_AMOUNT,
    EXCEED_LIMIT_SM_MIN_AMOUNT,
    MEMO_REQUIRED_IN_TRANSFER_ERROR,
    ORDER_NOT_EXIST,
    ORDER_STATUS_INVALID,
    PAYEE_NOT_EXIST,
    PAYEE_USER_INFO_ERROR,
    PAYER_ACCOUNT_BOOK_INFO_EXCEPTION,
    PAYER_BALANCE_NOT_ENOUGH,
    PAYER_PAYEE_CANNOT_SAME,
    PAYER_REQUESTER_RELATION_INVALID,
    PAYER_STATUS_ERROR,
    PAYMENT_INFO_INCONSISTENCY,
    PAYMENT_MONEY_NOT_ENOUGH,
)
from .find import digest, moment, the_party
from .payee import PAYEE_FAULTS, Participant, Payee, payer_purse, the_payee
from .payout import hand_to_bank, tell_change
from .quota import use
from .states import Transfer
from .tables import TransferRow

Product = Literal["TRANS_ACCOUNT_NO_PWD", "STD_RED_PACKET", "TRANS_BANKCARD_NO_PWD"]
LIMITS: tuple[FaultKind, FaultKind, FaultKind] = (
    EXCEED_LIMIT_SM_AMOUNT,
    EXCEED_LIMIT_DM_AMOUNT,
    EXCEED_LIMIT_MM_AMOUNT,
)
LEAST, REMARKED = Money(10), Money(50_000_00)


class TransferOrder(Shape):
    out_biz_no: Key  # your own number of it; the same number transfers once
    trans_amount: Amount  # yuan; 0.10 or more, out of and as red packets 0.01
    product_code: Product  # STD_RED_PACKET for red packets
    biz_scene: Literal["DIRECT_TRANSFER", "PERSONAL_COLLECTION"] = "DIRECT_TRANSFER"  # the latter: out of a red packet
    order_title: Line | None = None  # what the payee reads
    payee_info: Participant  # who gets it
    payer_info: Participant | None = None  # which account book pays; left out: your balance
    original_order_id: Key | None = None  # order_id of the red packet it comes out of
    remark: Line | None = None  # needed from 50,000 yuan
    passback_params: Line | None = None  # told back as it came


class Transferred(Shape):
    out_biz_no: str  # your own number
    order_id: str  # the platform's number
    status: str  # SUCCESS; for bank cards DEALING, then SUCCESS, FAIL or REFUND
    pay_fund_order_id: str | None = None  # the number of the movement of money
    trans_date: Moment | None = None  # when it was paid
    amount: Money | None = None  # yuan


@method(
    "alipay.fund.trans.uni.transfer",
    raises=[
        PAYMENT_INFO_INCONSISTENCY, PAYER_STATUS_ERROR, PAYER_REQUESTER_RELATION_INVALID,
        PAYER_ACCOUNT_BOOK_INFO_EXCEPTION, *PAYEE_FAULTS, PAYER_PAYEE_CANNOT_SAME, EXCEED_LIMIT_SM_MIN_AMOUNT,
        MEMO_REQUIRED_IN_TRANSFER_ERROR, *LIMITS,
        PAYER_BALANCE_NOT_ENOUGH, ORDER_NOT_EXIST, ORDER_STATUS_INVALID, PAYMENT_MONEY_NOT_ENOUGH,
    ],
)  # fmt: skip
def transfer(work: Work, ask: TransferOrder) -> Transferred:
    """Transfer money to a person, a bank card or an account book, or hand out a part of a red packet."""
    row = seen(work, ask.product_code, ask.biz_scene, ask.out_biz_no, digest(ask))
    if row is None:
        check_product(ask.product_code, ask.biz_scene, ask.payee_info)
        source, payee = payer_purse(work, ask.payer_info), the_payee(work, ask.payee_info)
        row = begin(work, ask)
        if ask.biz_scene == "PERSONAL_COLLECTION":
            take_from_packet(work, row, payee, ask.original_order_id or "")
        else:
            send(work, row, source, payee)
    return Transferred(
        out_biz_no=row.out_biz_no, order_id=row.id, status=row.state, pay_fund_order_id=row.fund_order,
        trans_date=moment(row.paid), amount=row.amount,
    )  # fmt: skip


def check_product(product: str, scene: str, payee: Participant) -> None:
    """A product goes where it is made for: red packets to people, and what is for cards to cards."""
    to_card = payee.identity_type == "BANKCARD_ACCOUNT"
    if scene == "PERSONAL_COLLECTION":
        if product != "STD_RED_PACKET":
            raise INVALID_PARAMETER(field="product_code", reason="red packets are STD_RED_PACKET")
    elif to_card and product == "STD_RED_PACKET":
        raise INVALID_PARAMETER(field="payee_info.identity_type", reason="red packets go to people")
    if product == "TRANS_BANKCARD_NO_PWD" and not to_card:
        raise INVALID_PARAMETER(field="payee_info.identity_type", reason="this product goes to BANKCARD_ACCOUNT")


def seen(work: Work, product: str, scene: str, out_biz_no: str, request: str) -> TransferRow | None:
    """The order that this request made before, if it did; other contents under its number are refused."""
    row = work.find(TransferRow, merchant=work.caller.merchant, product=product, scene=scene, out_biz_no=out_biz_no)
    if row is not None and row.digest != request:
        raise PAYMENT_INFO_INCONSISTENCY(out_biz_no=out_biz_no)
    return row


def begin(work: Work, ask: TransferOrder) -> TransferRow:
    """A new order."""
    return work.add(TransferRow(
        id=work.new_id("11007"), merchant=work.caller.merchant, product=ask.product_code, scene=ask.biz_scene,
        out_biz_no=ask.out_biz_no, origin="alipay.fund.trans.uni.transfer", digest=digest(ask),
        amount=ask.trans_amount, title=ask.order_title or "", remark=ask.remark or "",
        passback=ask.passback_params or "", created=work.now,
    ))  # fmt: skip


def send(work: Work, row: TransferRow, source: Purse, payee: Payee) -> None:
    """Pay an order from a purse of its merchant, at once or through the payee's bank."""
    if payee.purse == source:
        raise PAYER_PAYEE_CANNOT_SAME(payee=payee.user)
    check_amount(row.product, row.amount, row.remark)
    use(work, source.owner, "transfer", row.amount, LIMITS)
    row.payer, row.payer_purpose, row.payee = source.owner, source.purpose, payee.user
    row.payee_purpose = payee.purse.purpose if payee.purse else ""
    if payee.purse is None:
        row.card, row.bank, row.holder = payee.card, payee.bank, payee.holder
        hand_to_bank(work, row, source)
        return
    work.post(Move(source, payee.purse, row.amount, PAYER_BALANCE_NOT_ENOUGH), why="transfer.pay", ref=row.id)
    paid(work, row)


def check_amount(product: str, amount: Money, remark: str | None) -> None:
    """What is transferred is not too little, and large amounts say what they are for."""
    if product != "STD_RED_PACKET" and amount < LEAST:
        raise EXCEED_LIMIT_SM_MIN_AMOUNT(least=LEAST)
    if amount >= REMARKED and not remark:
        raise MEMO_REQUIRED_IN_TRANSFER_ERROR(field="remark")


def take_from_packet(work: Work, row: TransferRow, payee: Payee, packet_id: str) -> None:
    """Hand out a part of a red packet that somebody paid for the merchant's app."""
    packet = own_packet(work, packet_id)
    held = work.find(Hold, id=packet.hold)
    if packet.state != "SUCCESS" or held is None:
        raise ORDER_STATUS_INVALID(original_order_id=packet_id, status=packet.state)
    if payee.purse is None:
        raise PAYEE_NOT_EXIST(identity_type="BANKCARD_ACCOUNT", reason="red packets go to people")
    if held.rest < row.amount:
        raise PAYMENT_MONEY_NOT_ENOUGH(left=held.rest)
    work.settle(held, payee.purse, row.amount, why="packet.take", ref=row.id)
    row.payer, row.payee, row.packet = packet.payer, payee.user, packet.id
    packet.steps = [*packet.steps, row.id]
    paid(work, row)


def own_packet(work: Work, packet_id: str) -> TransferRow:
    """The calling merchant's red packet with this number."""
    packet = work.find(TransferRow, id=packet_id)
    if packet is None or packet.merchant != work.caller.merchant or packet.scene != "PERSONAL_PAY":
        raise ORDER_NOT_EXIST(original_order_id=packet_id)
    return packet


def paid(work: Work, row: TransferRow) -> None:
    """Note that an order is paid, and let it be known."""
    row.paid = work.now
    Transfer.pay(
        work, row, merchant=row.merchant, payer=row.payer, payee=row.payee, amount=row.amount, product=row.product,
        scene=row.scene, out_biz_no=row.out_biz_no, title=row.title, remark=row.remark,
    )  # fmt: skip
    tell_change(work, row, "FINISH")


class LegacyTransfer(Shape):
    out_biz_no: Key  # your own number of it; the same number transfers once
    payee_type: Literal["ALIPAY_USERID", "ALIPAY_LOGONID"]  # what payee_account is
    payee_account: Line  # user id, or logon id
    amount: Amount  # yuan, 0.10 or more
    payee_real_name: Line | None = None  # checked if given
    payer_show_name: Line | None = None  # what the payee reads
    remark: Line | None = None  # needed from 50,000 yuan


class LegacyTransferred(Shape):
    out_biz_no: str  # your own number
    order_id: str  # the platform's number
    pay_date: Moment | None = None  # when it was paid


LEGACY_FAULTS = {
    "PAYEE_USERINFO_ERROR": PAYEE_USER_INFO_ERROR,
    "PAYEE_USERINFO_STATUS_ERROR": BLOCK_USER_FORBBIDEN_RECIEVE,
}


@method(
    "alipay.fund.trans.toaccount.transfer",
    raises=[
        PAYMENT_INFO_INCONSISTENCY, PAYER_STATUS_ERROR, PAYEE_NOT_EXIST, *LEGACY_FAULTS.values(),
        PAYER_PAYEE_CANNOT_SAME, EXCEED_LIMIT_SM_MIN_AMOUNT, MEMO_REQUIRED_IN_TRANSFER_ERROR, *LIMITS,
        PAYER_BALANCE_NOT_ENOUGH,
    ],
)  # fmt: skip
def transfer_to_account(work: Work, ask: LegacyTransfer) -> LegacyTransferred:
    """Transfer money to a person: the older form of alipay.fund.trans.uni.transfer."""
    row = seen(work, "TRANS_ACCOUNT_NO_PWD", "DIRECT_TRANSFER", ask.out_biz_no, digest(ask))
    if row is None:
        source = payer_purse(work, None)
        with told_as(LEGACY_FAULTS):
            payee = legacy_payee(work, ask)
        row = work.add(TransferRow(
            id=work.new_id("11007"), merchant=work.caller.merchant, product="TRANS_ACCOUNT_NO_PWD",
            scene="DIRECT_TRANSFER", out_biz_no=ask.out_biz_no, origin="alipay.fund.trans.toaccount.transfer",
            digest=digest(ask), amount=ask.amount, title=ask.payer_show_name or "", remark=ask.remark or "",
            created=work.now,
        ))  # fmt: skip
        send(work, row, source, payee)
    return LegacyTransferred(out_biz_no=row.out_biz_no, order_id=row.id, pay_date=moment(row.paid))


def legacy_payee(work: Work, ask: LegacyTransfer) -> Payee:
    """The person that is meant; here a logon id needs no name beside it."""
    which = {"user_id" if ask.payee_type == "ALIPAY_USERID" else "logon_id": ask.payee_account}
    user = the_party(work, PAYEE_NOT_EXIST, **which).user_id
    return the_payee(work, Participant(identity=user, identity_type="ALIPAY_USER_ID", name=ask.payee_real_name))
