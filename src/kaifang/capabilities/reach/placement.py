"""The merchants' own door to the slots: placing something, changing it, stopping it, and seeing how it stands."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from kaifang.kernel import Address, Count, Key, Line, Moment, Shape, Work, holding, method

from .errors import INVALID, PLACEMENT_NOT_EXIST, PLACEMENT_STATUS_ERROR, SLOT_NOT_EXIST
from .parts import MILLION, Audience, Cities, Daily, Latitude, Longitude, Offer, Place, clock_face, minutes
from .place import check_offer, check_time, facts, finish, own, place, revise
from .slot import open_slot
from .states import Placement
from .tables import PlacementRow

LINKS = ("https://", "alipays://", "pages/")
FAULTS = [PLACEMENT_NOT_EXIST, PLACEMENT_STATUS_ERROR]


class Wanted(Shape):
    title: Annotated[str, Meta(min_length=1, max_length=60)]  # what people read
    link: Address  # where a tap leads: https://..., alipays://... or pages/...
    offer: Offer  # what it is about
    begin_time: Moment  # from when it is shown
    end_time: Moment  # until when, a year at most
    subtitle: Line = ""  # what people read below
    image: Address = ""  # URL or number of a picture
    audience: Audience = "EVERYBODY"  # who sees it
    place: Place | None = None  # around where it is shown; needed for NEAR
    cities: Cities = []  # codes of the cities in which alone it is shown
    app_id: Key | None = None  # the mini-program in which alone it is shown
    daily: Daily | None = None  # the hours of each day in which it is shown
    per_day: Annotated[int, Meta(ge=0, le=50)] = 0  # how often a person sees it a day; 0: as often as the slot allows


class Apply(Wanted):
    out_no: Key  # your own number of it; asking twice places it once
    slot: Key  # in which slot


class Placed(Shape):
    placement_id: str  # 28 digits
    state: str  # AUDITING, WORKING, REJECTED, PAUSED or FINISHED


def described(work: Work, ask: Wanted) -> dict[str, Any]:
    """What is kept of a wish, once it was checked."""
    if not ask.link.startswith(LINKS):
        raise INVALID(field="link", reason="it begins with https://, alipays:// or pages/")
    if ask.audience == "NEAR" and ask.place is None:
        raise INVALID(field="place", reason="missing; near what")
    check_time(work, ask.begin_time.ms, ask.end_time.ms)
    daily = ask.daily or Daily()
    opens, closes = minutes(daily.opens), minutes(daily.closes)
    if opens >= closes:
        raise INVALID(field="daily.closes", reason="not after it opens")
    where = ask.place
    return {
        "title": ask.title, "subtitle": ask.subtitle, "image": ask.image, "link": ask.link, "kind": ask.offer.kind,
        "offer": check_offer(work, ask.offer), "audience": ask.audience, "cities": ask.cities,
        "longitude": round(where.longitude * MILLION) if where else None, "opens": opens, "closes": closes,
        "latitude": round(where.latitude * MILLION) if where else None, "radius": where.radius if where else 0,
        "inside": ask.app_id or "", "begin": ask.begin_time.ms, "end": ask.end_time.ms, "per_day": ask.per_day,
    }  # fmt: skip


@method("kaifang.reach.placement.apply", once=("out_no",), clash=INVALID, raises=[SLOT_NOT_EXIST, INVALID])
def apply(work: Work, ask: Apply) -> Placed:
    """Ask for something of yours to be shown in a slot; it is looked at first."""
    slot = open_slot(work, ask.slot)
    row = PlacementRow(
        id=work.new_id("20621"), door="placement", slot=slot.slot, merchant=work.caller.merchant,
        app=work.caller.auth_app, **described(work, ask),
    )  # fmt: skip
    place(work, row)
    return Placed(placement_id=row.id, state=row.state)


class Which(Shape):
    placement_id: Key  # 28 digits


class Modify(Wanted):
    placement_id: Key  # 28 digits


@method("kaifang.reach.placement.modify", raises=[*FAULTS, INVALID])
def modify(work: Work, ask: Modify) -> Placed:
    """Change all that is shown of something you placed; it is looked at again first."""
    row = own(work, ask.placement_id, "placement")
    changes = described(work, ask)
    if any(getattr(row, name) != value for name, value in changes.items()) or row.state == Placement.REJECTED.name:
        for name, value in changes.items():
            setattr(row, name, value)
        revise(work, row)
    return Placed(placement_id=row.id, state=row.state)


@method("kaifang.reach.placement.pause", raises=FAULTS)
def pause(work: Work, ask: Which) -> Placed:
    """Have it shown no more for now."""
    row = own(work, ask.placement_id)
    if row.state != Placement.PAUSED.name:
        Placement.pause(work, row, **facts(row))
    return Placed(placement_id=row.id, state=row.state)


@method("kaifang.reach.placement.resume", raises=FAULTS)
def resume(work: Work, ask: Which) -> Placed:
    """Have it shown again."""
    row = own(work, ask.placement_id)
    if row.state != Placement.WORKING.name:
        Placement.resume(work, row, **facts(row))
    return Placed(placement_id=row.id, state=row.state)


@method("kaifang.reach.placement.end", raises=[PLACEMENT_NOT_EXIST])
def end(work: Work, ask: Which) -> Placed:
    """Have it shown never again."""
    row = own(work, ask.placement_id)
    if row.state != Placement.FINISHED.name:
        finish(work, row)
    return Placed(placement_id=row.id, state=row.state)


class Told(Placed):
    slot: str  # in which slot
    door: str  # how it came: placement, plan or layer
    title: str  # what people read
    subtitle: str  # what people read below
    image: str  # URL or number of a picture
    link: str  # where a tap leads
    offer: Offer  # what it is about
    audience: str  # who sees it
    begin_time: Moment  # from when it is shown
    end_time: Moment  # until when
    daily: Daily  # the hours of each day in which it is shown
    per_day: Count  # how often a person sees it a day; 0: as often as the slot allows
    reason: str  # why it was rejected
    shown: Count  # how often it was shown, as far as was counted
    clicked: Count  # how often it was tapped
    place: Place | None = None  # around where it is shown


def told(row: PlacementRow) -> Told:
    """A placement as its merchant sees it."""
    same = {name: getattr(row, name) for name in SAME}
    where = None
    if row.longitude is not None and row.latitude is not None:
        longitude: Longitude = row.longitude / MILLION
        latitude: Latitude = row.latitude / MILLION
        where = Place(longitude=longitude, latitude=latitude, radius=row.radius)
    return Told(
        placement_id=row.id, offer=Offer(kind=row.kind, id=row.offer or None), begin_time=Moment(row.begin),
        end_time=Moment(row.end), daily=Daily(opens=clock_face(row.opens), closes=clock_face(row.closes)),
        place=where, **same,
    )  # fmt: skip


SAME = (
    "slot", "door", "title", "subtitle", "image", "link", "audience", "per_day", "state", "reason", "shown", "clicked",
)  # fmt: skip


@method("kaifang.reach.placement.query", reads=True, raises=[PLACEMENT_NOT_EXIST])
def query(work: Work, ask: Which) -> Told:
    """Ask how something that you placed stands."""
    return told(own(work, ask.placement_id))


class ListPlacements(Shape):
    slot: Key | None = None  # only in this slot
    state: Literal["AUDITING", "WORKING", "REJECTED", "PAUSED", "FINISHED"] | None = None  # only those that stand so
    keyword: Line | None = None  # part of what people read
    page_num: Annotated[int, Meta(ge=1, le=100_000)] = 1  # which page, from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # how many on a page


class Listed(Shape):
    placements: list[Told]  # the newest first
    count: Count  # how many there are on all pages


@method("kaifang.reach.placement.list", reads=True)
def list_placements(work: Work, ask: ListPlacements) -> Listed:
    """List what you placed, by whatever door, the newest first."""
    where, values = "merchant = ?", [work.caller.merchant]
    for column, wanted in (("slot", ask.slot), ("state", ask.state)):
        if wanted:
            where, values = f"{where} and {column} = ?", [*values, wanted]
    if ask.keyword:
        condition, texts = holding(ask.keyword, "title", "subtitle")
        where, values = f"{where} and {condition}", [*values, *texts]
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(PlacementRow, where, values, "id desc", ask.page_size, offset=skipped)
    return Listed(placements=[told(row) for row in rows], count=work.count(PlacementRow, where, values))
