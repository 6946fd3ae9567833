"""Looking at complaints as the merchant whom they are about."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import DAY, Key, Moment, Money, Shape, Work, method

from .complaint import Said, links, said
from .errors import AUTHORITY_ILLEGAL, PARAM_ILLEGAL
from .find import Which, own_complaint
from .states import Complaint
from .tables import ComplaintRow

YEAR, MONTH = 366 * DAY, 30 * DAY
Status = Literal[tuple(Complaint.states)]  # type: ignore[valid-type]


class Info(Shape):
    complain_event_id: str  # the number of the complaint, 28 digits
    status: str  # MERCHANT_PROCESSING, MERCHANT_FEEDBACKED, PLATFORM_PROCESSING, FINISHED, CANCELLED, CLOSED ...
    trade_no: str  # the trade
    merchant_order_no: str  # your own number of it
    complain_reason: str  # what it is about
    leaf_category_name: str  # what the buyer wants
    content: str  # what happened, in the buyer's words
    images: list[str] = []  # where they are
    phone_no: str | None = None  # where the buyer can be reached
    target_id: str  # by which of your applications it was sold
    target_type: str  # APPID
    gmt_create: Moment  # when it was made
    gmt_modified: Moment  # when anything happened last
    gmt_finished: Moment | None = None  # when it was over


class Queried(Info):
    trade_amount: Money  # yuan
    reply_detail_infos: list[Said] = []  # what was said since, in order


@method("alipay.merchant.tradecomplain.query", raises=[AUTHORITY_ILLEGAL], reads=True)
def query(work: Work, ask: Which) -> Queried:
    """Query a complaint about you, with everything that was said."""
    row = own_complaint(work, ask)
    told = info(work, row)
    same = {name: getattr(told, name) for name in Info.__struct_fields__}
    return Queried(trade_amount=row.amount, reply_detail_infos=said(work, row), **same)


def info(work: Work, row: ComplaintRow) -> Info:
    """A complaint as its merchant sees it."""
    return Info(
        complain_event_id=row.id, status=row.state, trade_no=row.trade, merchant_order_no=row.out_trade_no,
        complain_reason=row.reason, leaf_category_name=row.demand, content=row.content,
        images=links(work, row.images), phone_no=row.phone or None, target_id=row.app, target_type="APPID",
        gmt_create=Moment(row.made), gmt_modified=Moment(row.modified),
        gmt_finished=Moment(row.finished) if row.finished else None,
    )  # fmt: skip


class Target(Shape):
    target_id: Key  # an application, or your user id
    target_type: Literal["APPID", "PID"]  # which of them


class BatchQuery(Shape):
    begin_time: Moment | None = None  # made after that; 30 days ago if left out
    end_time: Moment | None = None  # made before that; now if left out; a year after begin_time at most
    status: Status | None = None  # only those that stand so
    target_infos: Annotated[list[Target], Meta(max_length=50)] = []  # only those about these
    page_num: Annotated[int, Meta(ge=1, le=100_000)] = 1  # which page, from 1
    page_size: Annotated[int, Meta(ge=1, le=20)] = 10  # how many on a page


class BatchQueried(Shape):
    trade_complain_infos: list[Info]  # the newest first
    page_num: int  # this page
    page_size: int  # how many on a page
    total_num: int  # how many complaints
    total_page_num: int  # how many pages


@method("alipay.merchant.tradecomplain.batchquery", raises=[PARAM_ILLEGAL, AUTHORITY_ILLEGAL], reads=True)
def batch_query(work: Work, ask: BatchQuery) -> BatchQueried:
    """Query the complaints about you."""
    where, values = wanted(work, ask)
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(ComplaintRow, where, values, "made desc, id desc", ask.page_size, offset=skipped)
    count = work.count(ComplaintRow, where, values)
    return BatchQueried(
        trade_complain_infos=[info(work, row) for row in rows], page_num=ask.page_num, page_size=ask.page_size,
        total_num=count, total_page_num=-(-count // ask.page_size),
    )  # fmt: skip


def wanted(work: Work, ask: BatchQuery) -> tuple[str, list[object]]:
    """Which complaints are meant."""
    end = ask.end_time.ms if ask.end_time else work.now
    begin = ask.begin_time.ms if ask.begin_time else end - MONTH
    if not 0 <= end - begin <= YEAR:
        raise PARAM_ILLEGAL(field="begin_time", reason="at most a year before end_time, and not after it")
    where, values = "merchant = ? and made between ? and ?", [work.caller.merchant, begin, end]
    if ask.status:
        where, values = where + " and state = ?", [*values, ask.status]
    apps = [one.target_id for one in ask.target_infos if one.target_type == "APPID"]
    foreign = [one.target_id for one in ask.target_infos if one.target_type == "PID"]
    if any(one != work.caller.merchant for one in foreign):
        raise AUTHORITY_ILLEGAL(target_id=foreign[0])
    if apps and not foreign:
        where, values = f"{where} and app in ({', '.join('?' * len(apps))})", [*values, *apps]
    return where, values
