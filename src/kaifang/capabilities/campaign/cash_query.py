"""Reading cash campaigns: one of them, or all by pages."""

from kaifang.kernel import Key, Moment, Money, Shape, Work, method

from .errors import CASH_CAMPAIGN_NOT_EXIST, CASH_LIST_PAGE_CHECK_FAILED
from .find import own_cash
from .tables import CashRow, DrawRow

PAGE = 50  # campaigns on a page, at most


class Detail(Shape):
    crowd_no: Key  # the platform's number


class Detailed(Shape):
    crowd_no: str  # the platform's number
    origin_crowd_no: str  # the same
    coupon_name: str  # what it is called
    camp_status: str  # CREATED, PAID, READY, PAUSE, CLOSED or SETTLED
    prize_type: str  # fixed or random
    prize_msg: str  # what is read with the money
    start_time: Moment | None = None  # when it begins; as soon as it is paid, if absent
    end_time: Moment  # when it ends
    total_amount: Money  # yuan in all
    send_amount: Money  # yuan given so far
    total_count: int  # how many there are to be
    total_num: int  # the same, as older clients read it


@method("alipay.marketing.campaign.cash.detail.query", reads=True, raises=[CASH_CAMPAIGN_NOT_EXIST])
def detail(work: Work, ask: Detail) -> Detailed:
    """Read a cash campaign, and what it has given so far."""
    row = own_cash(work, ask.crowd_no)
    return Detailed(
        crowd_no=row.id, origin_crowd_no=row.id, coupon_name=row.name, camp_status=row.state, prize_type=row.form,
        prize_msg=row.message, start_time=Moment(row.start) if row.start else None, end_time=Moment(row.end),
        total_amount=row.total, send_amount=Money(work.sum(DrawRow, "amount", "campaign = ?", (row.id,))),
        total_count=row.count, total_num=row.count,
    )  # fmt: skip


class List(Shape):
    page_index: int = 1  # which page, from 1
    page_size: int = 20  # how many on a page: 50 at most
    camp_status: Key = "ALL"  # only those in this state


class Listing(Shape):
    """A campaign in a list."""

    crowd_no: str  # the platform's number
    origin_crowd_no: str  # the same
    coupon_name: str  # what it is called
    camp_status: str  # how far it has come


class Listed(Shape):
    camp_list: list[Listing]  # the newest first
    page_index: int  # which page
    page_size: int  # how many on a page
    total_size: int  # how many in all


@method("alipay.marketing.campaign.cash.list.query", reads=True, raises=[CASH_LIST_PAGE_CHECK_FAILED])
def list_all(work: Work, ask: List) -> Listed:
    """List your cash campaigns, the newest first."""
    if not (1 <= ask.page_index <= 100_000 and 1 <= ask.page_size <= PAGE):
        raise CASH_LIST_PAGE_CHECK_FAILED(page_index=ask.page_index, page_size=ask.page_size)
    where, values = "merchant = ?", (work.caller.merchant,)
    if ask.camp_status != "ALL":
        where, values = f"{where} and state = ?", (*values, {"SETTLE": "SETTLED"}.get(ask.camp_status, ask.camp_status))
    found = work.select(CashRow, where, values, "id desc", ask.page_size, offset=(ask.page_index - 1) * ask.page_size)
    listed = [
        Listing(crowd_no=row.id, origin_crowd_no=row.id, coupon_name=row.name, camp_status=row.state) for row in found
    ]
    return Listed(
        camp_list=listed, page_index=ask.page_index, page_size=ask.page_size,
        total_size=work.count(CashRow, where, values),
    )  # fmt: skip
