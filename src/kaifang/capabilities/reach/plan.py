"""The official door to the payment-success page: plans of what is recommended after a payment."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import DAY, Count, Key, Line, Moment, Shape, Text, Work, method

from .errors import INVALID, PLACEMENT_NOT_EXIST
from .parts import Offer
from .place import ALIVE, check_offer, finish, own, place
from .states import Placement
from .tables import PlacementRow, PlanOrderRow

SCENE, SLOT = "PAYMENT_SUCCESS", "payment_success"
LASTS = 365 * DAY
Type = Literal["TINYAPP", "PUBLICAPP", "IOT_MEMBER_CARD"]
PageNumber = Annotated[int, Meta(ge=1, le=100_000)]
PageSize = Annotated[int, Meta(ge=1, le=100)]


class Content(Shape):
    key: Key  # what it is
    value: Text  # what is shown


class Create(Shape):
    scene: Literal["PAYMENT_SUCCESS"]  # where: after a payment
    type: Type  # a mini-program, a life account, or a card that is joined at the till
    plan_name: Annotated[str, Meta(min_length=1, max_length=60)]  # what you call it; people read it
    oper_app_id: Key  # your application that is recommended
    app_belong: Literal["OWN", "OTHERS", "DEFAULT"] = "DEFAULT"  # whose the application is; says nothing here
    gift_template_id: Key | None = None  # the voucher activity that goes with it
    pid: Key | None = None  # whose plan it is: yourself
    plan_content: Annotated[list[Content], Meta(max_length=20)] = []  # more to be shown
    service_list: Annotated[list[Key], Meta(max_length=20)] = []  # labels of what the application can do


class Created(Shape):
    plan_id: str  # 28 digits


@method("alipay.open.mini.plan.operate.create", raises=[INVALID])
def create(work: Work, ask: Create) -> Created:
    """Have one of your applications recommended to people who just paid; it is looked at first."""
    check_pid(work, ask.pid)
    offer = Offer(kind="VOUCHER", id=ask.gift_template_id) if ask.gift_template_id else None
    app = check_offer(work, Offer(kind="APP", id=ask.oper_app_id))
    for row in plans(work):  # the same plan is made once
        if (row.title, row.more["app"], row.more["type"]) == (ask.plan_name, app, ask.type) and row.state in ALIVE:
            return Created(plan_id=row.id)
    content = {one.key: one.value for one in ask.plan_content}
    row = PlacementRow(
        id=work.new_id("20621"), door="plan", slot=SLOT, merchant=work.caller.merchant,
        app=work.caller.auth_app, title=ask.plan_name, subtitle=content.get("subtitle", ""),
        image=content.get("image", ""), link=f"alipays://platformapi/startapp?appId={app}",
        kind=offer.kind if offer else "APP", offer=check_offer(work, offer) if offer else app, audience="EVERYBODY",
        longitude=None, latitude=None, radius=0, cities=[], inside="", begin=work.now, end=work.now + LASTS, opens=0,
        closes=24 * 60, per_day=0, priority=priority(work, ask.type),
        more={"type": ask.type, "app": app, "services": ask.service_list, "content": content},
    )  # fmt: skip
    place(work, row)
    return Created(plan_id=row.id)


def check_pid(work: Work, pid: str | None) -> None:
    """Nobody makes plans for others but by their authorisation, which says for whom."""
    if pid not in (None, work.caller.merchant):
        raise INVALID(field="pid", reason="it is not you; act with the merchant's app_auth_token")


def plans(work: Work) -> list[PlacementRow]:
    """The caller's plans, the newest first."""
    return work.select(PlacementRow, "merchant = ? and door = ?", (work.caller.merchant, "plan"), "id desc")


def priority(work: Work, kind: str) -> int:
    """One for the type that the merchant wants first."""
    order = work.find(PlanOrderRow, id=work.caller.merchant)
    return int(order is not None and order.types[0] == kind)


class Modify(Shape):
    scene: Literal["PAYMENT_SUCCESS"]  # where: after a payment
    type_list: Key  # types with a comma between, the first first: TINYAPP,PUBLICAPP


class Done(Shape):
    pass


@method("alipay.open.mini.plan.operate.modify", raises=[INVALID])
def modify(work: Work, ask: Modify) -> Done:
    """Say whether mini-programs or life accounts come first among your plans."""
    types = [part.strip() for part in ask.type_list.split(",")]
    if sorted(types) != ["PUBLICAPP", "TINYAPP"]:
        raise INVALID(field="type_list", reason="TINYAPP,PUBLICAPP or PUBLICAPP,TINYAPP")
    order = work.find(PlanOrderRow, id=work.caller.merchant)
    if order is None:
        order = work.add(PlanOrderRow(id=work.caller.merchant, types=types))
    order.types = types
    for row in plans(work):
        row.priority = int(row.more["type"] == types[0])
    return Done()


class Offline(Shape):
    plan_id: Key  # 28 digits
    pid: Key | None = None  # whose plan it is: yourself


@method("alipay.open.mini.plan.operate.offline", raises=[PLACEMENT_NOT_EXIST, INVALID])
def offline(work: Work, ask: Offline) -> Done:
    """End a plan for good."""
    check_pid(work, ask.pid)
    row = own(work, ask.plan_id, "plan")
    if row.state != Placement.FINISHED.name:
        finish(work, row)
    return Done()


class AskPlans(Shape):
    scene: Literal["PAYMENT_SUCCESS"]  # where: after a payment
    page_num: PageNumber = 1  # which page, from 1
    page_size: PageSize = 20  # how many on a page


class Plan(Shape):
    plan_id: str  # 28 digits
    plan_name: str  # what it is called
    oper_app_id: str  # the application that is recommended
    type: str  # TINYAPP, PUBLICAPP or IOT_MEMBER_CARD
    status: str  # AUDITING, WORKING, REJECTED or FINISHED
    priority: str  # 1 for the type that comes first, else 0
    begin_time: Moment  # from when
    end_time: Moment  # until when
    service_list: list[str]  # labels of what the application can do
    activity_id: str | None = None  # the voucher activity that goes with it
    activity_status: str | None = None  # WORKING, or NOT_WORKING if nothing can be claimed now
    reject_reason: Line | None = None  # why it was rejected


class Plans(Shape):
    page_data: list[Plan]  # the newest first
    page_num: Count  # which page
    page_size: Count  # how many on a page
    total_number: Count  # how many in all


@method("alipay.open.mini.plan.operate.batchquery", reads=True)
def list_plans(work: Work, ask: AskPlans) -> Plans:
    """List your plans, the newest first."""
    where, values = "merchant = ? and door = ?", (work.caller.merchant, "plan")
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(PlacementRow, where, values, "id desc", ask.page_size, offset=skipped)
    return Plans(
        page_data=[plan(work, row) for row in rows], page_num=ask.page_num, page_size=ask.page_size,
        total_number=work.count(PlacementRow, where, values),
    )  # fmt: skip


def plan(work: Work, row: PlacementRow) -> Plan:
    """A plan as its merchant sees it; the wire has no word for one that is paused, but one for its end."""
    gift = row.offer if row.kind == "VOUCHER" else None
    found = work.ask("kaifang.voucher.claimable", merchants=[row.merchant], shown=[gift]).activities if gift else []
    working = any(one.activity_id == gift for one in found)
    return Plan(
        plan_id=row.id, plan_name=row.title, oper_app_id=row.more["app"], type=row.more["type"],
        status="FINISHED" if row.state == Placement.PAUSED.name else row.state, priority=str(row.priority),
        begin_time=Moment(row.begin), end_time=Moment(row.end), service_list=row.more["services"], activity_id=gift,
        activity_status=("WORKING" if working else "NOT_WORKING") if gift else None,
        reject_reason=row.reason or None,
    )  # fmt: skip
