"""The official door to the layer over a mini-program: vouchers that it offers as it opens."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from kaifang.kernel import Count, Key, Line, Moment, Shape, Work, method

from .errors import INVALID, PLACEMENT_NOT_EXIST
from .parts import Cities, Offer, TimeOfDay, minutes
from .place import ALIVE, check_offer, check_time, finish, own, place
from .plan import Done, PageNumber, PageSize
from .states import Placement
from .tables import PlacementRow

SLOT = "mini_layer"


class Benefit(Shape):
    id: Key  # of a chat group, say
    type: Key  # what it is


class Promotion(Shape):
    promo_activity_id: Key  # the voucher activity
    action_type: Literal["JUMP", "CLOSE"] = "CLOSE"  # whether a tap leads to where it is used, or closes the layer


class Display(Shape):
    color: Key | None = None  # of the layer
    display_text: Line | None = None  # what people read
    main_tail: Line | None = None  # what they read below


class Create(Shape):
    activity_name: Annotated[str, Meta(min_length=1, max_length=60)]  # what you call it
    start_time: Moment  # from when
    end_time: Moment  # until when
    target: Key  # what the layer is for, in your words
    promo_activity_list: Annotated[list[Promotion], Meta(min_length=1, max_length=10)]  # vouchers; the first is shown
    benefit_activity_list: Annotated[list[Benefit], Meta(max_length=10)] = []  # chat groups; there are none here
    channel_code_list: Annotated[list[Key], Meta(max_length=50)] = []  # ways into the mini-program; all are meant here
    city_code_list: Cities = []  # the cities in which alone it is shown
    mrch_crowd_list: Annotated[list[Key], Meta(max_length=50)] = []  # crowds; there are none here
    display_setting: Display | None = None  # how it looks
    fatigue_count: Annotated[int, Meta(ge=1, le=50)] | None = None  # how often a person sees it a day
    layer_show_time_begin: TimeOfDay = "00:00"  # from when each day
    layer_show_time_end: TimeOfDay = "24:00"  # until when each day


class Created(Shape):
    activity_id: str  # 28 digits


@method("alipay.open.mini.miniapp.layer.create", raises=[INVALID])
def create(work: Work, ask: Create) -> Created:
    """Have vouchers of yours offered as your mini-program opens; it is looked at first."""
    for field, given in (
        ("benefit_activity_list", ask.benefit_activity_list),
        ("mrch_crowd_list", ask.mrch_crowd_list),
    ):
        if given:
            raise INVALID(field=field, reason="there are none here; leave it out")
    wanted = described(work, ask)
    where, values = "merchant = ? and door = ? and app = ?", (work.caller.merchant, "layer", work.caller.auth_app)
    for row in work.select(PlacementRow, where, values, "id desc"):  # the same layer is made once
        if row.state in ALIVE and all(getattr(row, name) == value for name, value in wanted.items()):
            return Created(activity_id=row.id)
    row = PlacementRow(
        id=work.new_id("20621"), door="layer", slot=SLOT, merchant=work.caller.merchant,
        app=work.caller.auth_app, **wanted,
    )  # fmt: skip
    place(work, row)
    return Created(activity_id=row.id)


def described(work: Work, ask: Create) -> dict[str, Any]:
    """What is kept of a wish, once it was checked."""
    check_time(work, ask.start_time.ms, ask.end_time.ms)
    opens, closes = minutes(ask.layer_show_time_begin), minutes(ask.layer_show_time_end)
    if opens >= closes:
        raise INVALID(field="layer_show_time_end", reason="not after its beginning")
    offers = [check_offer(work, Offer(kind="VOUCHER", id=one.promo_activity_id)) for one in ask.promo_activity_list]
    look = ask.display_setting or Display()
    return {
        "title": look.display_text or ask.activity_name, "subtitle": look.main_tail or "", "image": "",
        "link": f"alipays://platformapi/startapp?appId={work.caller.auth_app}", "kind": "VOUCHER", "offer": offers[0],
        "audience": "EVERYBODY", "longitude": None, "latitude": None, "radius": 0, "cities": ask.city_code_list,
        "inside": work.caller.auth_app, "begin": ask.start_time.ms, "end": ask.end_time.ms, "opens": opens,
        "closes": closes, "per_day": ask.fatigue_count or 0,
        "more": {
            "name": ask.activity_name, "target": ask.target, "vouchers": offers, "color": look.color or "",
            "jumps": [one.action_type == "JUMP" for one in ask.promo_activity_list],
        },
    }  # fmt: skip


class AskLayers(Shape):
    page_num: PageNumber = 1  # which page, from 1
    page_size: PageSize = 20  # how many on a page


class Layer(Shape):
    activity_id: str  # 28 digits
    activity_name: str  # what you call it
    start_time: Moment  # from when
    end_time: Moment  # until when
    status: str  # AUDITING, WORKING, REJECTED, PAUSED or FINISHED


class Layers(Shape):
    delivery_result_list: list[Layer]  # the newest first
    page_num: Count  # which page
    page_size: Count  # how many on a page
    total_size: Count  # how many in all


@method("alipay.open.mini.miniapp.layer.batchquery", reads=True)
def list_layers(work: Work, ask: AskLayers) -> Layers:
    """List the layers of your mini-program, the newest first."""
    where, values = "merchant = ? and door = ? and app = ?", (work.caller.merchant, "layer", work.caller.auth_app)
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(PlacementRow, where, values, "id desc", ask.page_size, offset=skipped)
    return Layers(
        delivery_result_list=[
            Layer(
                activity_id=row.id, activity_name=row.more["name"], start_time=Moment(row.begin),
                end_time=Moment(row.end), status=row.state,
            )
            for row in rows
        ],
        page_num=ask.page_num, page_size=ask.page_size, total_size=work.count(PlacementRow, where, values),
    )  # fmt: skip


class Offline(Shape):
    activity_id: Key  # 28 digits


@method("alipay.open.mini.miniapp.layer.offline", raises=[PLACEMENT_NOT_EXIST])
def offline(work: Work, ask: Offline) -> Done:
    """End a layer for good."""
    row = own(work, ask.activity_id, "layer")
    if row.state != Placement.FINISHED.name:
        finish(work, row)
    return Done()
