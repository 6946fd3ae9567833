"""A merchant's activities as a list, each with how it goes: what is left, given out, used and taken off."""

from typing import Literal

from kaifang.kernel import Count, Key, Line, Moment, Money, Shape, Work, holding, method

from .find import Paged
from .states import Activity
from .tables import ActivityRow, UseRow, VoucherRow


class AskActivities(Paged):
    activity_id: Key | None = None  # only this one
    kind: Literal["payment", "order", "cash", "cashless"] | None = None  # only of this kind
    state: Literal["INIT", "WAITING", "ACTIVE", "STOPPED", "ENDED"] | None = None  # only those that stand so
    keyword: Line | None = None  # part of what it is called, or of your own number of it


class OneActivity(Shape):
    """An activity, and how it goes."""

    activity_id: str  # the platform's number; of a template its template_id
    out_biz_no: str  # your own number
    kind: str  # payment, order (sold vouchers), cash or cashless (templates)
    name: str  # what you call it
    title: str  # what people read
    state: str  # INIT, WAITING, ACTIVE, STOPPED or ENDED
    create_time: Moment  # when it was drawn up
    publish_start_time: Moment  # from when it can be had
    publish_end_time: Moment  # until when
    public: bool  # whether anybody may claim one
    sale_amount: Money | None = None  # yuan it is sold for
    quantity: Count | None = None  # how many there are; none said of templates of any amounts
    left: Count | None = None  # how many can still be had
    sent: Count  # how many people have had
    used: Count  # how often one was used for an order
    taken_off: Money  # yuan taken off these orders


class Activities(Shape):
    activities: list[OneActivity]  # the newest first
    count: Count  # how many there are on all pages


@method("kaifang.voucher.activity.list", reads=True)
def list_activities(work: Work, ask: AskActivities) -> Activities:
    """List your activities and templates, with what is left, given out, used and taken off of each."""
    where, values = "merchant = ? and state <> ?", [work.caller.merchant, Activity.DELETED.name]
    for column, wanted in (("id", ask.activity_id), ("kind", ask.kind), ("state", ask.state)):
        if wanted:
            where, values = f"{where} and {column} = ?", [*values, wanted]
    if ask.keyword:
        condition, texts = holding(ask.keyword, "name", "title", "out_no")
        where, values = f"{where} and {condition}", [*values, *texts]
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(ActivityRow, where, values, "id desc", ask.page_size, offset=skipped)
    return Activities(activities=[listed(work, row) for row in rows], count=work.count(ActivityRow, where, values))


def listed(work: Work, row: ActivityRow) -> OneActivity:
    """An activity as its merchant lists it."""
    of, any_amounts = ("activity = ?", (row.id,)), row.code_mode == "RANDOM"
    return OneActivity(
        activity_id=row.id, out_biz_no=row.out_no.partition("/")[2], kind=row.kind, name=row.name, title=row.title,
        state=row.state, create_time=Moment(row.created), publish_start_time=Moment(row.start),
        publish_end_time=Moment(row.end), public=row.public, sale_amount=row.price or None,
        quantity=None if any_amounts else row.quantity,
        left=None if any_amounts else work.balance(row.stock, row.asset).minor, sent=work.count(VoucherRow, *of),
        used=work.count(UseRow, *of), taken_off=Money(work.sum(UseRow, "amount", *of)),
    )  # fmt: skip
