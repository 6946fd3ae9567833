"""Deliveries: something is planned to be shown in a slot, asked about, stopped, or rejected."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Line, Moment, Shape, Who, Work, method

from .channel import BOOTHS, check_owner, the_booth
from .errors import BIZ_ERROR, INVALID
from .material import check_pictures
from .older import Failed, Succeeded, each, newest, plan_activity, stop_activity
from .parts import Agency, Base, Config, Play, Target
from .plan import begin, check_target, content_of, facts, period_of, the_activity
from .states import Delivery
from .tables import PlanRow

Configs = Annotated[list[Config], Meta(min_length=1, max_length=20)]


class Create(Shape):
    out_biz_no: Key  # your own number of this; asking twice plans once
    belong_merchant_info: Agency | None = None  # for whom you ask
    delivery_base_info: Base | None = None  # what it is called, and when it is shown
    delivery_booth_code: Key | None = None  # in which slot
    delivery_play_config: Play | None = None  # what is shown, in exactly one of two ways
    delivery_target_rule: Target | None = None  # to whom; to everybody, if left out
    delivery_config_list: Configs | None = None  # older: activities with their slots, each a plan of its own
    idem_no: Key | None = None  # a second number of yours; kept nowhere
    merchant_access_mode: Key | None = None  # how you came here; says nothing here


class Done(Shape):
    delivery_id: str | None = None  # the platform's number of the plan
    success_delivery_config_list: list[Succeeded] | None = None  # older: what was done
    error_delivery_config_list: list[Failed] | None = None  # older: what was not, and why


class Created(Done):
    out_biz_no: str  # your own number


@method("alipay.marketing.activity.delivery.create", once=("out_biz_no",), clash=INVALID, raises=[INVALID, BIZ_ERROR])
def create(work: Work, ask: Create) -> Created:
    """Plan to have something shown in a slot of the platform, from one moment to another."""
    check_owner(work, ask.belong_merchant_info)
    if ask.delivery_config_list is not None:
        return Created(out_biz_no=ask.out_biz_no, **each(work, ask.delivery_config_list, plan_activity))
    base, play = ask.delivery_base_info or Base(), ask.delivery_play_config or Play()
    booth, (start, end) = the_booth(ask.delivery_booth_code), period_of(work, base)
    shown = content_of(play, booth).delivery_activity_content
    check_target(work, ask.delivery_target_rule)
    check_pictures(work, base.delivery_material)
    if shown is not None:
        the_activity(work, shown.activity_id)
    row = PlanRow(
        id=work.new_id("82604"), merchant=work.caller.merchant, name=base.delivery_name or "", booth=booth,
        activity=shown.activity_id if shown is not None else "", begin=start, end=end, play=play,
        target=ask.delivery_target_rule, material=base.delivery_material,
    )  # fmt: skip
    return Created(delivery_id=begin(work, row).id, out_biz_no=ask.out_biz_no)


class Which(Shape):
    delivery_id: Key | None = None  # the platform's number of the plan
    belong_merchant_info: Agency | None = None  # for whom you ask
    delivery_config_list: Configs | None = None  # older, and instead of delivery_id: activities with their slots
    merchant_access_mode: Key | None = None  # how you came here; says nothing here


def own_plan(work: Work, ask: Which) -> PlanRow:
    """The caller's plan with this number."""
    row = work.find(PlanRow, id=ask.delivery_id) if ask.delivery_id is not None else None
    if row is None or row.merchant != work.caller.merchant:
        raise INVALID(field="delivery_id", reason="no plan of yours has this number", delivery_id=ask.delivery_id)
    return row


class Info(Config):
    """What is shown where, and how that stands."""

    channel_name: str  # what people call the slot
    delivery_status: str  # WAITING, ACTIVE, STOPPED, ENDED or REJECTED


class Found(Shape):
    delivery_id: str | None = None  # the platform's number of the plan
    delivery_status: str | None = None  # WAITING, ACTIVE, STOPPED, ENDED or REJECTED
    delivery_error_msg: str | None = None  # why it was rejected
    delivery_booth_code: str | None = None  # in which slot
    delivery_base_info: Base | None = None  # what it is called, and when it is shown
    delivery_play_config: Play | None = None  # what is shown
    delivery_target_rule: Target | None = None  # to whom
    delivery_info_list: list[Info] | None = None  # older: of those asked for, the newest of each


@method("alipay.marketing.activity.delivery.query", reads=True, raises=[INVALID])
def query(work: Work, ask: Which) -> Found:
    """Ask how a plan of yours stands."""
    check_owner(work, ask.belong_merchant_info)
    if ask.delivery_config_list is not None:
        found = [newest(work, config) for config in ask.delivery_config_list]
        return Found(delivery_info_list=[info(row) for row in found if row is not None])
    row = own_plan(work, ask)
    base = Base(
        delivery_name=row.name or None, delivery_begin_time=Moment(row.begin), delivery_end_time=Moment(row.end),
        delivery_material=row.material,
    )  # fmt: skip
    return Found(
        delivery_id=row.id, delivery_status=row.state, delivery_error_msg=row.problem or None,
        delivery_booth_code=row.booth, delivery_base_info=base, delivery_play_config=row.play,
        delivery_target_rule=row.target,
    )  # fmt: skip


def info(row: PlanRow) -> Info:
    """A plan in the older words."""
    return Info(
        activity_id=row.activity, booth_code=row.booth, channel=row.booth, channel_name=BOOTHS[row.booth],
        delivery_status=row.state,
    )  # fmt: skip


class Stop(Which):
    out_biz_no: Key | None = None  # your own number of this; stopping twice stops once


@method(
    "alipay.marketing.activity.delivery.stop", once=("out_biz_no",), clash=INVALID, raises=[INVALID, BIZ_ERROR]
)  # fmt: skip
def stop(work: Work, ask: Stop) -> Done:
    """Have something shown no longer; what people had of it stays theirs."""
    check_owner(work, ask.belong_merchant_info)
    if ask.delivery_config_list is not None:
        return Done(**each(work, ask.delivery_config_list, stop_activity))
    row = own_plan(work, ask)
    if row.state != Delivery.STOPPED.name:
        Delivery.stop(work, row, **facts(work, row))
    return Done(delivery_id=row.id)


class Reject(Shape):
    delivery_id: Key  # the platform's number of a plan
    reason: Line  # why, for the merchant to read


class Rejected(Shape):
    delivery_id: str  # the platform's number of the plan


@method("kaifang.delivery.reject", who=Who.OPERATOR, raises=[INVALID, BIZ_ERROR])
def reject(work: Work, ask: Reject) -> Rejected:
    """Take a plan down that breaks the rules of the platform; its merchant reads why."""
    row = work.find(PlanRow, id=ask.delivery_id)
    if row is None:
        raise INVALID(field="delivery_id", reason="no plan has this number")
    Delivery.reject(work, row, reason=ask.reason, **facts(work, row))
    row.problem = ask.reason
    return Rejected(delivery_id=row.id)
