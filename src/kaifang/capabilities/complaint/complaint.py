"""The buyer's side of a complaint: opening, supplementing, withdrawing and looking at it."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import DAY, Key, Moment, Money, Shape, Who, Work, method

from .errors import (
    COMPLAINT_EXIST,
    COMPLAINT_NOT_EXIST,
    COMPLAINT_TOO_LATE,
    PARAM_ILLEGAL,
    STATUS_CHANGED,
    TRADE_NOT_EXIST,
)
from .find import (
    Images,
    Which,
    Words,
    check_images,
    facts,
    goes_on,
    my_complaint,
    name_of,
    say,
    signed_in,
    trade_of,
)
from .states import Complaint
from .tables import ComplaintRow, Record

DAYS = 90  # after the payment
TRIES = 3  # complaints about one trade, when they are withdrawn
MOST = 50  # complaints that are listed


class Open(Shape):
    trade_no: Key  # the trade you paid
    reason: Key  # what it is about, such as not delivered
    content: Words  # what happened, in your own words
    demand: Key = "退款"  # what you want
    images: Images = []  # what shows it: uploaded by alipay.open.file.upload with the biz_code complaint
    phone_no: Key | None = None  # where you can be reached


class Said(Shape):
    replier_role: str  # USER, MERCHANT or SYSTEM
    replier_name: str  # who said it
    content: str  # what
    images: list[str] = []  # where they are
    gmt_create: Moment  # when


class Seen(Shape):
    complain_event_id: str  # the number of the complaint, 28 digits
    trade_no: str  # what it is about
    merchant_name: str  # whom it is about
    amount: Money  # yuan of the trade
    status: str  # MERCHANT_PROCESSING, MERCHANT_FEEDBACKED, PLATFORM_PROCESSING, FINISHED, CANCELLED, CLOSED ...
    reason: str  # what it is about
    demand: str  # what you want
    deadline: Moment | None = None  # until when whoever must act next has time
    said: list[Said] = []  # what was said since, in order


@method(
    "kaifang.merchant.complaint.open", who=Who.WALLET,
    raises=[TRADE_NOT_EXIST, COMPLAINT_TOO_LATE, COMPLAINT_EXIST, PARAM_ILLEGAL],
)  # fmt: skip
def open_complaint(work: Work, ask: Open) -> Seen:
    """Complain about a trade that you paid; what waits in escrow of it stays there until the complaint is over."""
    buyer, trade = signed_in(work), trade_of(work, ask.trade_no)
    if trade.buyer != buyer or not trade.paid:
        raise TRADE_NOT_EXIST(trade_no=ask.trade_no)
    if trade.paid + DAYS * DAY < work.now:
        raise COMPLAINT_TOO_LATE(gmt_payment=Moment(trade.paid))
    known = work.find(ComplaintRow, slot=ask.trade_no)
    if known is not None:
        if (known.reason, known.content) != (ask.reason, ask.content):
            raise COMPLAINT_EXIST(complain_event_id=known.id)
        return seen(work, known)
    if work.count(ComplaintRow, "trade = ?", (ask.trade_no,)) >= TRIES:
        raise COMPLAINT_EXIST(reason=f"withdrawn {TRIES} times")
    row = ComplaintRow(
        id=work.new_id("00190"), merchant=trade.seller, app=trade.app, buyer=buyer, trade=ask.trade_no,
        out_trade_no=trade.out_trade_no, amount=trade.total, slot=ask.trade_no, reason=ask.reason, demand=ask.demand,
        content=ask.content, images=check_images(work, ask.images), phone=ask.phone_no or "", deadline=work.now,
        made=work.now, modified=work.now,
    )  # fmt: skip
    work.add(row)
    work.tell("complaint.open", row.id, **facts(row, reason=row.reason))
    if trade.settlement == "WAITING":
        work.ask("kaifang.trade.dispute.open", trade_no=row.trade, reason=row.reason)
    goes_on(work, row)
    return seen(work, row)


def seen(work: Work, row: ComplaintRow) -> Seen:
    """A complaint as its buyer sees it."""
    return Seen(
        complain_event_id=row.id, trade_no=row.trade, merchant_name=name_of(work, row.merchant), amount=row.amount,
        status=row.state, reason=row.reason, demand=row.demand,
        deadline=None if row.finished else Moment(row.deadline), said=said(work, row),
    )  # fmt: skip


def said(work: Work, row: ComplaintRow) -> list[Said]:
    """What was said about a complaint."""
    return [
        Said(
            replier_role=one.role, replier_name=one.name, content=one.content, gmt_create=Moment(one.at),
            images=links(work, one.images),
        )
        for one in row.records
    ]  # fmt: skip


def links(work: Work, images: list[str]) -> list[str]:
    """Where images can be looked at."""
    return [work.link(f"/image/{one}") for one in images]


class Supplement(Which):
    content: Words  # what there is to add
    images: Images = []  # what shows it, as the upload answered
    appeal: bool = False  # the merchant's answer does not help: the platform is to decide


@method(
    "kaifang.merchant.complaint.supplement", who=Who.WALLET,
    raises=[COMPLAINT_NOT_EXIST, STATUS_CHANGED, PARAM_ILLEGAL],
)  # fmt: skip
def supplement(work: Work, ask: Supplement) -> Seen:
    """Add something to your complaint; or, where the merchant's answer does not help, let the platform decide."""
    row = my_complaint(work, ask)
    if not Complaint.withdraw.possible(row):
        raise STATUS_CHANGED(status=row.state)
    record = Record(
        role="USER", name=name_of(work, row.buyer), content=ask.content, images=check_images(work, ask.images),
        at=work.now,
    )  # fmt: skip
    say(work, row, record)
    if ask.appeal and row.state != Complaint.PLATFORM_PROCESSING.name:
        Complaint.appeal(work, row, **facts(row))
        goes_on(work, row)
    return seen(work, row)


@method("kaifang.merchant.complaint.withdraw", who=Who.WALLET, raises=[COMPLAINT_NOT_EXIST, STATUS_CHANGED])
def withdraw(work: Work, ask: Which) -> Seen:
    """Withdraw your complaint: the merchant gets what waits in escrow when its time comes."""
    row = my_complaint(work, ask)
    if row.state != Complaint.CANCELLED.name:
        Complaint.withdraw(work, row, **facts(row))
        row.slot = None
        release(work, row)
        goes_on(work, row)
    return seen(work, row)


def release(work: Work, row: ComplaintRow) -> None:
    """A complaint is over: what it kept in escrow goes on its way."""
    if trade_of(work, row.trade).settlement == "DISPUTED":
        work.acting(user=row.buyer).ask("kaifang.trade.dispute.close", trade_no=row.trade)


@method("kaifang.merchant.complaint.look", who=Who.WALLET, raises=[COMPLAINT_NOT_EXIST], reads=True)
def look(work: Work, ask: Which) -> Seen:
    """See how your complaint stands, and what was said."""
    return seen(work, my_complaint(work, ask))


class List(Shape):
    page_num: Annotated[int, Meta(ge=1, le=100_000)] = 1  # which page, from 1


class Listed(Shape):
    complaints: list[Seen]  # the newest first, 50 on a page


@method("kaifang.merchant.complaint.list", who=Who.WALLET, reads=True)
def list_mine(work: Work, ask: List) -> Listed:
    """List your complaints."""
    skipped = MOST * (ask.page_num - 1)
    rows = work.select(ComplaintRow, "buyer = ?", (signed_in(work),), "made desc, id desc", MOST, offset=skipped)
    return Listed(complaints=[seen(work, row) for row in rows])
