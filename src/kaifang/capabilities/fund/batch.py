"""Batches: many transfers that are ordered together, paid at once and carried out one after the other."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from kaifang.kernel import (
    DAY,
    INVALID_PARAMETER,
    Amount,
    Confirm,
    Confirmed,
    Count,
    Fault,
    Happening,
    Hold,
    Key,
    Line,
    Moment,
    Page,
    Purse,
    Shape,
    Who,
    Work,
    method,
    timer,
    told_as,
    total,
)

from .charge import CREDIT, TRANSFER_FAULTS, TRANSFER_REFUSALS, Spend, set_aside
from .errors import (
    ORDER_NOT_EXIST,
    ORDER_STATUS_INVALID,
    PAYER_ACCOUNT_BOOK_INFO_EXCEPTION,
    PAYER_BALANCE_NOT_ENOUGH,
    PAYER_PAYEE_CANNOT_SAME,
    PAYER_REQUESTER_RELATION_INVALID,
    PAYER_STATUS_ERROR,
    PAYMENT_INFO_INCONSISTENCY,
)
from .find import digest, the_party
from .payee import WHICH, Participant, payer_purse, the_payee
from .quota import use
from .states import TransferBatch
from .tables import BatchRow, Item
from .transfer import LIMITS

MOST, AT_ONCE = 1000, 50  # transfers in a batch; transfers carried out in one unit of work


class TransOrderDetail(Shape):
    out_biz_no: Key  # your own number of it, once in a batch
    trans_amount: Amount  # yuan
    payee_info: Participant  # who gets it: a person or an account book
    order_title: Line | None = None  # what the payee reads
    remark: Line | None = None  # what it is for


class BatchOrder(Shape):
    out_batch_no: Key  # your own number of the batch; the same number is one batch
    product_code: Key  # such as BATCH_API_TO_ACC
    biz_scene: Key  # such as MESSAGE_BATCH_PAY
    order_title: Line  # what the payer reads
    total_count: Count  # how many transfers
    total_trans_amount: Amount  # yuan, all together
    trans_order_list: Annotated[list[TransOrderDetail], Meta(min_length=1, max_length=MOST)]  # 1 to 1000 of them
    payer_info: Participant | None = None  # which account book pays, or who confirms; left out: you, or anybody
    remark: Line | None = None  # what it is for


class CreateBatch(BatchOrder):
    time_expire: Moment | None = None  # until when it can be paid; left out: fifteen days


class Ordered(Shape):
    out_batch_no: str  # your own number
    batch_trans_id: str  # the platform's number
    status: str  # WAIT_PAY, DEALING, SUCCESS, PART_SUCCESS, FAIL or DISUSE


@method("alipay.fund.batch.create", raises=[PAYMENT_INFO_INCONSISTENCY, PAYER_STATUS_ERROR])
def create(work: Work, ask: CreateBatch) -> Ordered:
    """Order many transfers, to be paid together at the cashier."""
    batch = seen(work, ask)
    if batch is None:
        batch = begin(work, ask)
        batch.named = person(work, ask.payer_info).user_id if ask.payer_info else ""
        batch.expires = ask.time_expire.ms if ask.time_expire else work.now + 15 * DAY
        if batch.expires <= work.now:
            raise INVALID_PARAMETER(field="time_expire", reason="it has passed")
        work.later(batch.expires, "batch.expire", batch.id)
    return told_order(batch)


def person(work: Work, info: Participant) -> Any:
    """Who alone is to confirm and pay a batch."""
    if info.identity_type not in WHICH:
        raise INVALID_PARAMETER(field="payer_info.identity_type", reason="a person confirms and pays")
    return the_party(work, PAYER_STATUS_ERROR, **{WHICH[info.identity_type]: info.identity})


@method(
    "alipay.fund.batch.uni.transfer",
    raises=[
        PAYMENT_INFO_INCONSISTENCY, PAYER_STATUS_ERROR, PAYER_REQUESTER_RELATION_INVALID,
        PAYER_ACCOUNT_BOOK_INFO_EXCEPTION, *LIMITS, PAYER_BALANCE_NOT_ENOUGH,
    ],
)  # fmt: skip
def transfer(work: Work, ask: BatchOrder) -> Ordered:
    """Order many transfers, and pay them at once without anybody confirming."""
    batch = seen(work, ask)
    if batch is None:
        source = payer_purse(work, ask.payer_info)
        batch = begin(work, ask)
        use(work, source.owner, "transfer", batch.total, LIMITS)
        hold = work.hold(source, batch.total, why="batch.pay", ref=batch.id, short=PAYER_BALANCE_NOT_ENOUGH)
        paid(work, batch, source, hold)
    return told_order(batch)


def seen(work: Work, ask: BatchOrder) -> BatchRow | None:
    """The batch that this request ordered before, if it did."""
    batch = work.find(BatchRow, merchant=work.caller.merchant, out_batch_no=ask.out_batch_no)
    if batch is not None and batch.digest != digest(ask):
        raise PAYMENT_INFO_INCONSISTENCY(out_batch_no=ask.out_batch_no)
    return batch


def begin(work: Work, ask: BatchOrder) -> BatchRow:
    """A new batch whose numbers agree with each other."""
    details = ask.trans_order_list
    if ask.total_count != len(details):
        raise INVALID_PARAMETER(field="total_count", reason=f"there are {len(details)} transfers")
    if ask.total_trans_amount != total([detail.trans_amount for detail in details]):
        raise INVALID_PARAMETER(field="total_trans_amount", reason="the transfers have another sum")
    if len({detail.out_biz_no for detail in details}) != len(details):
        raise INVALID_PARAMETER(field="trans_order_list.out_biz_no", reason="one number stands twice")
    if any(detail.payee_info.identity_type == "BANKCARD_ACCOUNT" for detail in details):
        raise INVALID_PARAMETER(field="payee_info.identity_type", reason="batches go to people and account books")
    return work.add(BatchRow(
        id=work.new_id("11030"), merchant=work.caller.merchant, auth_app=work.caller.auth_app,
        product=ask.product_code, scene=ask.biz_scene, out_batch_no=ask.out_batch_no, digest=digest(ask),
        title=ask.order_title, total=ask.total_trans_amount, items=[item(detail) for detail in details],
        created=work.now,
    ))  # fmt: skip


def item(detail: TransOrderDetail) -> Item:
    """One transfer as it is kept."""
    who = detail.payee_info
    return Item(
        out_biz_no=detail.out_biz_no, identity=who.identity, identity_type=who.identity_type, name=who.name or "",
        cert_no=who.cert_no or "", amount=detail.trans_amount, remark=detail.remark or "",
    )  # fmt: skip


def paid(work: Work, batch: BatchRow, source: Purse, hold: Hold) -> None:
    """Note that a batch is paid, and begin to carry it out."""
    batch.payer, batch.payer_purpose, batch.hold, batch.paid = source.owner, source.purpose, hold.id, work.now
    TransferBatch.pay(work, batch, merchant=batch.merchant, payer=batch.payer, amount=batch.total)
    work.later(work.now, "batch.deal", batch.id)


class WhichBatch(Shape):
    batch_trans_id: Key  # the platform's number


PAY_IN_APP = "alipay.fund.batch.app.pay"


@method(PAY_IN_APP, raises=[ORDER_NOT_EXIST, ORDER_STATUS_INVALID])
def app_pay(work: Work, ask: WhichBatch) -> Page:
    """Let a person pay a batch inside an app."""
    batch = own_batch(work, ask.batch_trans_id)
    if not TransferBatch.pay.possible(batch):
        raise ORDER_STATUS_INVALID(batch_trans_id=batch.id, status=batch.state)
    opened = work.ask(
        "kaifang.cashier.open", kind="transfer", title=batch.title, amount=batch.total, expires=batch.expires,
        confirm="kaifang.fund.batch.confirm", subject=batch.id, return_url=work.caller.return_url,
        in_app=PAY_IN_APP, payee=f"{len(batch.items)} 笔转账", disable_channels=CREDIT,
    )  # fmt: skip
    return Page(path=opened.path)


@method(
    "kaifang.fund.batch.confirm",
    who=Who.INSIDE,
    raises=[ORDER_NOT_EXIST, ORDER_STATUS_INVALID, PAYER_REQUESTER_RELATION_INVALID, *TRANSFER_REFUSALS],
)
def confirm(work: Work, ask: Confirm) -> Confirmed:
    """Pay a batch that a person has confirmed at the cashier."""
    batch = work.find(BatchRow, id=ask.subject)
    if batch is None:
        raise ORDER_NOT_EXIST(batch_trans_id=ask.subject)
    if not TransferBatch.pay.possible(batch):
        raise ORDER_STATUS_INVALID(status=batch.state)
    if batch.named not in ("", ask.user_id):
        raise PAYER_REQUESTER_RELATION_INVALID(reason="the batch names somebody else")
    with told_as(TRANSFER_FAULTS):
        hold, _ = set_aside(work, Spend(
            payer=ask.user_id, amount=Amount(batch.total.minor), ref=batch.id, why="batch.pay", channel=ask.channel,
            disable_channels=CREDIT,
        ))  # fmt: skip
    paid(work, batch, Purse(hold.owner, hold.purpose), hold)
    batch.payer = ask.user_id
    fields = {"batch_trans_id": batch.id, "out_batch_no": batch.out_batch_no, "status": batch.state}
    return Confirmed(method=PAY_IN_APP, fields=fields)


@timer("batch.deal")
def deal(work: Work, happening: Happening) -> None:
    """Carry out the next transfers of a batch; after the last, give back what could not be transferred."""
    batch = work.find(BatchRow, id=happening.subject)
    held = work.find(Hold, id=batch.hold) if batch else None
    if batch is None or held is None or not TransferBatch.finish.possible(batch):
        return
    inner = work.acting(merchant=batch.merchant, auth_app=batch.auth_app)
    upto = batch.next + AT_ONCE
    done = [send(inner, batch, held, each) for each in batch.items[batch.next : upto]]
    batch.items = [*batch.items[: batch.next], *done, *batch.items[upto:]]
    batch.next = min(upto, len(batch.items))
    if batch.next < len(batch.items):
        work.later(work.now, "batch.deal", batch.id)
    else:
        finish(work, batch, held)


def send(work: Work, batch: BatchRow, held: Hold, each: Item) -> Item:
    """Carry out one transfer, or say why not."""
    try:
        payee = the_payee(work, Participant(
            identity=each.identity, identity_type=each.identity_type,  # type: ignore[arg-type]
            name=each.name or None, cert_no=each.cert_no or None,
        ))  # fmt: skip
        if payee.purse in (None, Purse(batch.payer, batch.payer_purpose)):
            raise PAYER_PAYEE_CANNOT_SAME(payee=payee.user)
    except Fault as refusal:
        return msgspec.structs.replace(each, status="FAIL", error=refusal.kind.code, done=work.now)
    order = work.new_id("11007")
    assert payee.purse is not None
    work.settle(held, payee.purse, each.amount, why="batch.transfer", ref=order)
    who = {"merchant": batch.merchant, "payer": batch.payer, "payee": payee.user}
    said = {"out_biz_no": each.out_biz_no, "title": batch.title, "remark": each.remark}
    work.tell("batch.transfer", order, **who, **said, amount=each.amount)
    return msgspec.structs.replace(each, status="SUCCESS", order=order, done=work.now)


def finish(work: Work, batch: BatchRow, held: Hold) -> None:
    """All transfers are known: give the rest back, and let it be known."""
    if held.rest:
        work.void(held, why="batch.return", ref=batch.id)
    good = sum(each.status == "SUCCESS" for each in batch.items)
    some = TransferBatch.PART_SUCCESS if good else TransferBatch.FAIL
    batch.finished = work.now
    to = TransferBatch.SUCCESS if good == len(batch.items) else some
    TransferBatch.finish(work, batch, to=to, merchant=batch.merchant, payer=batch.payer)
    tell_change(work, batch)


class CloseBatch(WhichBatch):
    product_code: Key | None = None  # checked if given
    biz_scene: Key | None = None  # checked if given


class Closed(Shape):
    batch_trans_id: str  # the platform's number
    status: str  # DISUSE


@method("alipay.fund.batch.close", raises=[ORDER_NOT_EXIST, ORDER_STATUS_INVALID])
def close(work: Work, ask: CloseBatch) -> Closed:
    """Close a batch that nobody has paid; closing it again changes nothing."""
    batch = own_batch(work, ask.batch_trans_id)
    if ask.product_code not in (None, batch.product) or ask.biz_scene not in (None, batch.scene):
        raise ORDER_NOT_EXIST(batch_trans_id=batch.id)
    if batch.state != TransferBatch.DISUSE.name:
        end(work, batch)
    return Closed(batch_trans_id=batch.id, status=batch.state)


def end(work: Work, batch: BatchRow) -> None:
    """Close an unpaid batch, and let it be known."""
    TransferBatch.close(work, batch, merchant=batch.merchant)
    batch.finished = work.now
    tell_change(work, batch)


@timer("batch.expire")
def expire(work: Work, happening: Happening) -> None:
    """Nobody paid in time."""
    batch = work.find(BatchRow, id=happening.subject)
    if batch is not None and TransferBatch.close.possible(batch):
        end(work, batch)


def own_batch(work: Work, batch_id: str) -> BatchRow:
    """The calling merchant's batch with this number."""
    batch = work.find(BatchRow, id=batch_id)
    if batch is None or batch.merchant != work.caller.merchant:
        raise ORDER_NOT_EXIST(batch_trans_id=batch_id)
    return batch


def told_order(batch: BatchRow) -> Ordered:
    """A batch as it is answered to who ordered it."""
    return Ordered(out_batch_no=batch.out_batch_no, batch_trans_id=batch.id, status=batch.state)


def tell_change(work: Work, batch: BatchRow) -> None:
    """Message the merchant's applications that a batch has changed."""
    content = {
        "batch_trans_id": batch.id, "out_batch_no": batch.out_batch_no, "product_code": batch.product,
        "biz_scene": batch.scene, "batch_status": batch.state, "total_amount": str(batch.total),
    }  # fmt: skip
    work.ask(
        "kaifang.openapp.message.send", msg_method="alipay.fund.batch.order.changed", content=content,
        merchant=batch.merchant, subject=batch.id,
    )  # fmt: skip
