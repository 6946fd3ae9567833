"""Places: where people find a mini-program on the map."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Count, Happening, Key, Line, Shape, Work, hears, method, told_as

from .errors import INVALID, POI_NOT_EXIST, POI_OVER_LIMIT, POI_STATUS_ERROR
from .service import Done, PageNumber, PageSize
from .states import Poi
from .tables import PoiRow

MOST = 10  # places of an application
Paper = Annotated[bytes, Meta(min_length=1, max_length=2 * 1024 * 1024)]


class Create(Shape):
    poi_address: Annotated[str, Meta(min_length=1, max_length=256)]  # province, city, district, street and number
    certificate: Key | None = None  # number of the licence
    related_name: Line | None = None  # on whose licence, if it is not your own
    first_related_material: Paper | None = None  # a picture of it, 2 MB at most; needed if it is another's
    second_related_material: Paper | None = None  # more of it
    third_related_material: Paper | None = None  # more of it
    fourth_related_material: Paper | None = None  # more of it
    fifth_related_material: Paper | None = None  # more of it


class Created(Shape):
    poi_id: str  # 28 digits


@method("alipay.open.mini.poi.create", raises=[INVALID, POI_OVER_LIMIT])
def create(work: Work, ask: Create) -> Created:
    """Bring a place of your mini-program; it is looked at first. The same address is one place."""
    app = work.caller.auth_app
    rows = work.select(PoiRow, "app = ? and state <> ?", (app, Poi.DELETED.name), "id")
    known = next((row for row in rows if row.address == ask.poi_address), None)
    if known is not None:
        return Created(poi_id=known.id)
    if len(rows) >= MOST:
        raise POI_OVER_LIMIT(most=MOST)
    row = PoiRow(
        id=work.new_id("20632"), app=app, merchant=work.caller.merchant, address=ask.poi_address,
        certificate=ask.certificate or "", related=ask.related_name or "", papers=papers(work, ask),
    )  # fmt: skip
    work.add(row)
    texts = [row.address, row.related, row.certificate, *row.papers]
    work.ask("kaifang.review.open", kind="poi", subject=row.id, merchant=row.merchant, texts=texts)
    return Created(poi_id=row.id)


def papers(work: Work, ask: Create) -> list[str]:
    """The pictures of a licence, kept."""
    brought = [
        ask.first_related_material, ask.second_related_material, ask.third_related_material,
        ask.fourth_related_material, ask.fifth_related_material,
    ]  # fmt: skip
    given = [picture for picture in brought if picture is not None]
    if ask.related_name and not (given and ask.certificate):
        raise INVALID(field="first_related_material", reason="needed, with certificate, for another's licence")
    with told_as({"FILE_CHECK_FAIL": INVALID}):
        return [work.ask("alipay.open.file.upload", file_content=one, biz_code="poi").file_id for one in given]


@hears("review.approve", "review.reject")
def reviewed(work: Work, happening: Happening) -> None:
    """It was looked at."""
    if happening.facts["kind"] != "poi":
        return
    row = work.find(PoiRow, id=happening.facts["about"])
    assert row is not None, f"no place {happening.facts['about']}"
    if row.state == Poi.AUDIT.name:
        row.reason, row.shown = happening.facts["reason"], happening.name == "review.approve"
        (Poi.approve if row.shown else Poi.reject)(work, row, **facts(row))


def facts(row: PoiRow) -> dict[str, str]:
    """What is announced of a place."""
    return {"merchant": row.merchant, "app": row.app}


def own(work: Work, poi_id: str) -> PoiRow:
    """A place of the calling application."""
    row = work.find(PoiRow, id=poi_id)
    if row is None or row.app != work.caller.auth_app:
        raise POI_NOT_EXIST(poi_id=poi_id)
    return row


class Delete(Shape):
    poi_id: Key  # which one


@method("alipay.open.mini.poi.delete", raises=[POI_NOT_EXIST])
def delete(work: Work, ask: Delete) -> Done:
    """Delete a place; what is deleted stays deleted."""
    row = own(work, ask.poi_id)
    if row.state == Poi.AUDIT.name:
        work.ask("kaifang.review.withdraw", kind="poi", subject=row.id)
    if row.state != Poi.DELETED.name:
        Poi.delete(work, row, **facts(row))
    return Done()


class Show(Shape):
    poi_id: Key  # which one
    show_status: Literal["0", "1"]  # hide, or show


@method("alipay.open.mini.poi.showstatus.modify", raises=[POI_NOT_EXIST, POI_STATUS_ERROR])
def show(work: Work, ask: Show) -> Done:
    """Show a place that was approved, or hide it."""
    row = own(work, ask.poi_id)
    if row.state != Poi.AUDIT_SUCCESS.name:
        raise POI_STATUS_ERROR(state=row.state)
    row.shown = ask.show_status == "1"
    return Done()


class AskPlaces(Shape):
    page_num: PageNumber = 1  # which page, from 1
    page_size: PageSize = 20  # how many on a page


class Place(Shape):
    poi_id: str  # 28 digits
    poi_address: str  # where it is
    audit_status: str  # AUDIT, AUDIT_SUCCESS or AUDIT_FAIL
    display_status: str  # DISPLAYED or UNDISPLAYED
    certificate: str  # number of the licence; empty if none was given
    fail_reason: Line | None = None  # why it was rejected


class Places(Shape):
    nearby_address_info_list: list[Place]  # the newest first
    total_count: Count  # how many in all
    max_count: Count  # how many there may be


@method("alipay.open.mini.poi.query", reads=True)
def query(work: Work, ask: AskPlaces) -> Places:
    """List the places of your mini-program, the newest first."""
    where, values = "app = ? and state <> ?", (work.caller.auth_app, Poi.DELETED.name)
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(PoiRow, where, values, "id desc", ask.page_size, offset=skipped)
    return Places(
        nearby_address_info_list=[
            Place(
                poi_id=row.id, poi_address=row.address, audit_status=row.state, certificate=row.certificate,
                display_status="DISPLAYED" if row.shown else "UNDISPLAYED", fail_reason=row.reason or None,
            )
            for row in rows
        ],
        total_count=work.count(PoiRow, where, values), max_count=MOST,
    )  # fmt: skip
