"""Plans: the platform opens places on the screens of devices, and merchants take part with vouchers of theirs."""

from typing import Literal

from kaifang.kernel import INVALID_PARAMETER, Happening, Key, Line, Moment, Shape, Who, Work, method, timer

from .errors import BOOTH_NOT_EXIST, PLAN_NOT_EXIST, PLAN_STATUS_ERROR, RESOURCE_INVALID
from .find import Done
from .parts import check_activity, period
from .states import MerchantPlan
from .tables import BoothRow, MerchantPlanRow


class Open(Shape):
    space_code: Key  # which place, such as RESULT_PAGE
    name: Line  # what people call it
    end_time: Moment  # until when merchants may use it
    start_time: Moment | None = None  # from when; from now on if left out


class Opened(Shape):
    plan_id: str  # 28 digits


@method("kaifang.iot.booth.open", who=Who.OPERATOR)
def open_place(work: Work, ask: Open) -> Opened:
    """Open a place on the screens of devices to merchants."""
    since, until = period(work, ask.start_time, ask.end_time, ("start_time", "end_time"))
    row = BoothRow(id=work.new_id("20703"), space=ask.space_code, name=ask.name, since=since, until=until)
    work.add(row)
    work.tell("booth.open", row.id, space=row.space)
    return Opened(plan_id=row.id)


class ListBooths(Shape):
    pass


class Booth(Shape):
    """A place that is open to merchants."""

    plan_id: str  # 28 digits
    space_code: str  # which place
    name: str  # what people call it
    start_time: Moment  # from when
    end_time: Moment  # until when


class Booths(Shape):
    booths: list[Booth]  # the newest first


@method("kaifang.iot.booth.list", reads=True)
def list_places(work: Work, ask: ListBooths) -> Booths:
    """List the places on devices that are open to merchants."""
    rows = work.select(BoothRow, "until > ?", (work.now,), "id desc", 100)
    return Booths(
        booths=[
            Booth(
                plan_id=row.id, space_code=row.space, name=row.name, start_time=Moment(row.since),
                end_time=Moment(row.until),
            )
            for row in rows
        ]
    )  # fmt: skip


class CreateOrModify(Shape):
    action: Literal["CREATE", "MODIFY"]  # take part, or change how
    merchant_plan_id: Key | None = None  # for MODIFY: which
    plan_id: Key | None = None  # for CREATE: the platform's plan
    space_code: Key | None = None  # and the place; checked against the plan
    resource_type: Literal["IOT_MERCHANT_VOUCHER"] = "IOT_MERCHANT_VOUCHER"  # vouchers of the merchant
    resource_content: Key | None = None  # the activity of the vouchers that are shown
    start_time: Moment | None = None  # from when; at once if left out
    end_time: Moment | None = None  # until when; as long as the platform's plan if left out
    mini_app_id: Key | None = None  # where a touch leads: your mini-program,
    mini_app_page: Line | None = None  # and the page in it


class Planned(Shape):
    merchant_plan_id: str  # 28 digits


@method(
    "alipay.marketing.iot.merchantplan.createormodify",
    raises=[BOOTH_NOT_EXIST, PLAN_NOT_EXIST, PLAN_STATUS_ERROR, RESOURCE_INVALID],
)
def create_or_modify(work: Work, ask: CreateOrModify) -> Planned:
    """Take part in showing something on your devices, once for each activity, or change how."""
    if ask.action == "MODIFY":
        row = own_plan(work, ask.merchant_plan_id)
        MerchantPlan.modify(work, row, merchant=row.merchant)
    else:
        row = begun(work, ask)
    arrange(work, row, ask)
    return Planned(merchant_plan_id=row.id)


def begun(work: Work, ask: CreateOrModify) -> MerchantPlanRow:
    """A plan of the merchant's for this activity, made now or before."""
    booth = work.find(BoothRow, id=ask.plan_id) if ask.plan_id is not None else None
    if booth is None or booth.until <= work.now or ask.space_code not in (None, booth.space):
        raise BOOTH_NOT_EXIST(plan_id=ask.plan_id, space_code=ask.space_code)
    if ask.resource_content is None:
        raise INVALID_PARAMETER(field="resource_content", reason="missing; which activity is shown")
    slot = f"{work.caller.merchant}/{booth.id}/{ask.resource_content}"
    row = work.find(MerchantPlanRow, slot=slot)
    if row is None:
        row = MerchantPlanRow(
            id=work.new_id("20704"), merchant=work.caller.merchant, plan=booth.id, space=booth.space,
            activity=ask.resource_content, slot=slot, since=max(booth.since, work.now), until=booth.until,
        )  # fmt: skip
        work.add(row)
    return row


def arrange(work: Work, row: MerchantPlanRow, ask: CreateOrModify) -> None:
    """What is shown, when, and where it leads."""
    booth = work.find(BoothRow, id=row.plan)
    assert booth is not None, f"no plan {row.plan}"
    if ask.resource_content is not None:
        check_activity(work, ask.resource_content)
        row.activity = ask.resource_content
        row.slot = f"{row.merchant}/{row.plan}/{row.activity}"
    since = ask.start_time or Moment(row.since)
    row.since, row.until = period(work, since, ask.end_time or Moment(row.until), ("start_time", "end_time"))
    if row.until > booth.until:
        raise INVALID_PARAMETER(field="end_time", reason=f"not after the platform's plan: {Moment(booth.until)}")
    work.later(row.until, "iot.plan.expire", row.id)
    row.mini_app = row.mini_app if ask.mini_app_id is None else ask.mini_app_id
    row.page = row.page if ask.mini_app_page is None else ask.mini_app_page


def own_plan(work: Work, number: str | None) -> MerchantPlanRow:
    """The plan of the caller's that is meant."""
    row = work.find(MerchantPlanRow, id=number) if number is not None else None
    if row is None or row.merchant != work.caller.merchant:
        raise PLAN_NOT_EXIST(merchant_plan_id=number)
    return row


class Cancel(Shape):
    merchant_plan_id: Key  # which


@method("alipay.marketing.iot.merchantplan.cancel", raises=[PLAN_NOT_EXIST, PLAN_STATUS_ERROR])
def cancel(work: Work, ask: Cancel) -> Done:
    """Take part no longer."""
    row = own_plan(work, ask.merchant_plan_id)
    MerchantPlan.cancel(work, row, merchant=row.merchant)
    row.slot = None
    return Done()


@timer("iot.plan.expire")
def expire(work: Work, happening: Happening) -> None:
    """A plan's time is over, unless it was put off meanwhile."""
    row = work.find(MerchantPlanRow, id=happening.subject)
    if row is not None and row.until <= work.now and MerchantPlan.expire.possible(row):
        MerchantPlan.expire(work, row, merchant=row.merchant)
        row.slot = None
