"""Deliveries: vouchers that a merchant shows on the screens of its own devices after payments."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import (
    INVALID_PARAMETER,
    MINUTE,
    Amount,
    Fault,
    Happening,
    Key,
    Moment,
    Money,
    Shape,
    Work,
    method,
    timer,
)

from .booth import open_booth
from .errors import (
    BOOTH_NOT_EXIST,
    DELIVERY_CLASH,
    DELIVERY_NOT_EXIST,
    DELIVERY_STATUS_ERROR,
    OPERATION_PERMISSION_DENIED,
)
from .parts import check_activity, period
from .states import DeviceDelivery
from .tables import DeliveryRow

CHECKED = MINUTE  # after which a delivery has been looked at
Shops = Annotated[list[Key], Meta(max_length=100)]
Status = Literal["PUBLISHING", "ACTIVE", "FAIL", "OFFLINE"]


class Create(Shape):
    out_biz_no: Key  # your number of it: the same is made once
    name: Annotated[str, Meta(min_length=3, max_length=31)]  # what you call it; people do not see it
    space_code: Key  # in which place on the screen
    activity_ids: Annotated[list[Key], Meta(min_length=1, max_length=2)]  # the vouchers that are shown
    end_time: Moment  # until when
    begin_time: Moment | None = None  # from when; from now on if left out
    include_shop_ids: Shops = []  # only in these shops; in all if left out
    exclude_shop_ids: Shops = []  # in none of these
    least: Amount | None = None  # yuan: only after payments from this on
    most: Amount | None = None  # yuan: and up to this


class Created(Shape):
    delivery_id: str  # 28 digits
    state: str  # PUBLISHING; in a minute ACTIVE, or FAIL


@method("kaifang.iot.delivery.create", raises=[BOOTH_NOT_EXIST, DELIVERY_CLASH])
def create(work: Work, ask: Create) -> Created:
    """Have vouchers of yours shown on your devices after payments; they are looked at first, which takes a minute."""
    row = work.find(DeliveryRow, merchant=work.caller.merchant, out_biz_no=ask.out_biz_no)
    if row is None:
        open_booth(work, ask.space_code)
        since, until = period(work, ask.begin_time, ask.end_time, ("begin_time", "end_time"))
        row = DeliveryRow(
            id=work.new_id("20702"), merchant=work.caller.merchant, app=work.caller.auth_app,
            out_biz_no=ask.out_biz_no, name=ask.name, space=ask.space_code, activities=ask.activity_ids,
            shops=ask.include_shop_ids, not_shops=ask.exclude_shop_ids, least=money(ask.least), most=money(ask.most),
            since=since, until=until,
        )  # fmt: skip
        work.add(row)
        work.later(work.now + CHECKED, "iot.delivery.publish", row.id)
    if (row.name, row.activities, row.until) != (ask.name, ask.activity_ids, ask.end_time.ms):
        raise DELIVERY_CLASH(out_biz_no=ask.out_biz_no)
    return Created(delivery_id=row.id, state=row.state)


def money(amount: Amount | None) -> Money:
    """An amount, or nothing."""
    return Money(amount.minor if amount is not None else 0)


@timer("iot.delivery.publish")
def publish(work: Work, happening: Happening) -> None:
    """Look at what is to be shown, and show it."""
    row = work.find(DeliveryRow, id=happening.subject)
    if row is None or not DeviceDelivery.publish.possible(row):
        return
    acting = work.acting(merchant=row.merchant, app=row.app, auth_app=row.app)
    try:
        with acting.attempt() as part:
            for activity in row.activities:
                check_activity(part, activity)
    except Fault as refusal:
        row.problem = refusal.says()
        DeviceDelivery.fail(work, row, merchant=row.merchant)
    else:
        DeviceDelivery.publish(work, row, merchant=row.merchant)
        work.later(row.until, "iot.delivery.expire", row.id)


@timer("iot.delivery.expire")
def expire(work: Work, happening: Happening) -> None:
    """A delivery's time is over."""
    row = work.find(DeliveryRow, id=happening.subject)
    if row is not None and DeviceDelivery.expire.possible(row):
        DeviceDelivery.expire(work, row, merchant=row.merchant)


class Agency(Shape):
    """For whom a service provider asks."""

    business_type: Literal["ISV", "ISV_FOR_MERCHANT"] | None = None  # ISV_FOR_MERCHANT: for a merchant
    merchant_id_type: Literal["PID"] | None = None  # PID: a user id
    merchant_id: Key | None = None  # the merchant


class Whose(Shape):
    belong_merchant_info: Agency | None = None  # for whom a service provider asks


def check_whose(work: Work, ask: Whose) -> None:
    """A merchant that is named is the one acted for."""
    if ask.belong_merchant_info is not None and ask.belong_merchant_info.merchant_id not in (
        None,
        work.caller.merchant,
    ):
        raise OPERATION_PERMISSION_DENIED(merchant_id=ask.belong_merchant_info.merchant_id)


class Which(Whose):
    delivery_id: Key | None = None  # the platform's number, or
    out_biz_no: Key | None = None  # your own


class BaseInfo(Shape):
    """When, where and after which payments it is shown."""

    delivery_name: str  # what the merchant calls it
    delivery_begin_time: Moment  # from when
    delivery_end_time: Moment  # until when
    include_shop_ids: str | None = None  # only in these shops, with commas between
    exclude_shop_ids: str | None = None  # in none of these
    trade_down_threshold: str | None = None  # yuan: only after payments from this on
    trade_upon_threshold: str | None = None  # yuan: and up to this


class ContentInfo(Shape):
    activity_ids: str  # the vouchers that are shown, with a comma between


class PlayConfig(Shape):
    delivery_content_info: ContentInfo  # what is shown


class Plan(Shape):
    """A delivery."""

    delivery_id: str  # 28 digits
    out_biz_no: str  # the merchant's number
    delivery_booth_code: str  # in which place
    delivery_status: str  # PUBLISHING, ACTIVE, FAIL or OFFLINE
    delivery_error_msg: str | None = None  # why it could not be published
    delivery_base_info: BaseInfo  # when, where and after which payments
    delivery_play_config: PlayConfig  # what


class Found(Shape):
    plan_detail: Plan  # the delivery


@method(
    "alipay.marketing.activity.iotdelivery.query", reads=True,
    raises=[DELIVERY_NOT_EXIST, OPERATION_PERMISSION_DENIED],
)  # fmt: skip
def query(work: Work, ask: Which) -> Found:
    """Ask how a delivery of yours stands."""
    return Found(plan_detail=told(own(work, ask)))


def own(work: Work, ask: Which) -> DeliveryRow:
    """The delivery of the caller's that is meant."""
    check_whose(work, ask)
    if ask.delivery_id is None and ask.out_biz_no is None:
        raise INVALID_PARAMETER(field="delivery_id", reason="give delivery_id or out_biz_no")
    if ask.delivery_id is not None:
        row = work.find(DeliveryRow, id=ask.delivery_id)
    else:
        row = work.find(DeliveryRow, merchant=work.caller.merchant, out_biz_no=ask.out_biz_no)
    if row is None or row.merchant != work.caller.merchant:
        raise DELIVERY_NOT_EXIST(delivery_id=ask.delivery_id, out_biz_no=ask.out_biz_no)
    return row


def told(row: DeliveryRow) -> Plan:
    """A delivery as its merchant is told it."""
    base = BaseInfo(
        delivery_name=row.name, delivery_begin_time=Moment(row.since), delivery_end_time=Moment(row.until),
        include_shop_ids=",".join(row.shops) or None, exclude_shop_ids=",".join(row.not_shops) or None,
        trade_down_threshold=str(row.least) if row.least else None,
        trade_upon_threshold=str(row.most) if row.most else None,
    )  # fmt: skip
    return Plan(
        delivery_id=row.id, out_biz_no=row.out_biz_no, delivery_booth_code=row.space, delivery_status=row.state,
        delivery_error_msg=row.problem or None, delivery_base_info=base,
        delivery_play_config=PlayConfig(delivery_content_info=ContentInfo(activity_ids=",".join(row.activities))),
    )  # fmt: skip


class AskMany(Whose):
    page_no: Annotated[int, Meta(ge=1, le=10_000)] = 1  # which page
    page_size: Annotated[int, Meta(ge=1, le=100)] = 10  # how many on a page
    status: Annotated[list[Status], Meta(max_length=4)] | None = None  # only those in one of these


class Listed(Shape):
    plan_list: list[Plan]  # the newest first
    current_page: int  # which page
    items_page: int  # how many on a page
    total_items: int  # how many there are
    total_pages: int  # how many pages


@method("alipay.marketing.activity.iotdelivery.batchquery", reads=True, raises=[OPERATION_PERMISSION_DENIED])
def batch_query(work: Work, ask: AskMany) -> Listed:
    """List your deliveries, page by page."""
    check_whose(work, ask)
    states = list(ask.status or DeviceDelivery.states)
    where = f"merchant = ? and state in ({', '.join('?' * len(states))})"
    values = [work.caller.merchant, *states]
    rows = work.select(DeliveryRow, where, values, "id desc", ask.page_size, offset=(ask.page_no - 1) * ask.page_size)
    count = work.count(DeliveryRow, where, values)
    return Listed(
        plan_list=[told(row) for row in rows], current_page=ask.page_no, items_page=ask.page_size, total_items=count,
        total_pages=-(-count // ask.page_size),
    )  # fmt: skip


class Stop(Whose):
    delivery_id: Key  # the platform's number


class Stopped(Shape):
    delivery_id: str  # the platform's number


@method(
    "alipay.marketing.activity.iotdelivery.stop",
    raises=[DELIVERY_NOT_EXIST, DELIVERY_STATUS_ERROR, OPERATION_PERMISSION_DENIED],
)
def stop(work: Work, ask: Stop) -> Stopped:
    """Have something shown no longer; asking twice stops it once."""
    row = own(work, Which(belong_merchant_info=ask.belong_merchant_info, delivery_id=ask.delivery_id))
    DeviceDelivery.stop(work, row, merchant=row.merchant)
    return Stopped(delivery_id=row.id)
