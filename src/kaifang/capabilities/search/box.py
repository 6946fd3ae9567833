"""Boxes: what a search for a brand or a mini-program leads straight to."""

from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import Count, Fault, Happening, Key, Line, Shape, Work, hears, method
from kaifang.kernel.shape import plain

from .errors import (
    ACCESS_FAIL,
    APP_HAS_BOX,
    BRAND_HAS_BOX,
    INVALID,
    ISV_NOT_AUTH,
    NO_PERMISSION,
    NO_TINY_APP,
    STATUS_NOT_ALLOWED,
)
from .states import Box
from .tables import BoxRow, Module

BASE, WORDS, IMAGE = "BOX_EXCLUSIVE_BASE", "BOX_EXCLUSIVE_KEYWORDS", "BOX_ATMOSPHERE_IMAGE"
ACCOUNTS, FUNCTIONS, DISTRICTS = "BOX_EXCLUSIVE_ACCOUNTS", "BOX_EXCLUSIVE_FUNCTIONS", "BOX_BUSINESS_DISTRICT"
REVIEWED = (BASE, WORDS, IMAGE)
ALIVE = (Box.AUDIT.name, Box.ONLINE.name, Box.REJECT.name)
PageNumber = Annotated[int, Meta(ge=1, le=100_000)]
PageSize = Annotated[int, Meta(ge=1, le=100)]
Word = Annotated[str, Meta(min_length=1, max_length=8)]
Described = Annotated[str, Meta(min_length=5, max_length=15)]
OWN_FAULTS = [NO_PERMISSION, ISV_NOT_AUTH]


class AppInfo(Shape):
    relate_appid: Key  # app_id
    app_name: Line  # what it is called
    app_type: Key = "TINY_APP"  # TINY_APP or PUBLIC_APP


class ServiceInfo(Shape):
    service_code: Key  # which service; it was approved
    service_name: Line  # what it is called
    service_category_code: Key | None = None  # of which category
    service_category_name: Line | None = None  # what that is called


class Wanted(Shape):
    brand_id: Key | None = None  # which brand, for the box of a brand
    target_appid: Key | None = None  # which mini-program, for the box of one
    merchant_id: Key | None = None  # whose it is: yourself
    box_desc: Described | None = None  # what people read of a brand
    custom_keywords: Annotated[list[Word], Meta(max_length=6)] = []  # words that lead to the box of a brand
    image_id: Key | None = None  # picture of a brand, as its upload answered
    image_name: Line | None = None  # what that is called
    related_accounts: Annotated[list[AppInfo], Meta(max_length=3)] = []  # your applications; the first is the head's
    service_infos: Annotated[list[ServiceInfo], Meta(max_length=4)] = []  # services, four of a brand, else two
    business_benefit_switch: bool | None = None  # whether benefits of districts are shown; there are none here
    business_district_ids: Annotated[list[Key], Meta(max_length=20)] = []  # districts; there are none here


class Applied(Shape):
    box_id: str  # 28 digits


@method(
    "alipay.open.search.box.apply",
    raises=[INVALID, *OWN_FAULTS, NO_TINY_APP, BRAND_HAS_BOX, APP_HAS_BOX, ACCESS_FAIL],
)  # fmt: skip
def apply(work: Work, ask: Wanted) -> Applied:
    """Have searches for your brand or mini-program lead straight to it; the box is looked at first."""
    check_merchant(work, ask.merchant_id)
    if bool(ask.brand_id) == bool(ask.target_appid):
        raise INVALID(field="target_appid", reason="give either brand_id or target_appid")
    if ask.brand_id and not any(one.app_type == "TINY_APP" for one in ask.related_accounts):
        raise NO_TINY_APP()
    if ask.target_appid and own_app(work, ask.target_appid) is None:
        raise NO_PERMISSION(target_appid=ask.target_appid)
    check_free(work, ask.brand_id or "", ask.target_appid or "")
    missing = not_passed(work, ask)
    if missing:
        raise ACCESS_FAIL(items="; ".join(missing))
    name = ask.related_accounts[0].app_name if ask.brand_id else own_app(work, ask.target_appid or "").name
    row = BoxRow(
        id=work.new_id("20641"), merchant=work.caller.merchant, brand=ask.brand_id or "", app=ask.target_appid or "",
        name=name, modules={kind: module(work, kind, value) for kind, value in parts(ask).items()},
    )  # fmt: skip
    look_at(work, work.add(row))
    return Applied(box_id=row.id)


def check_merchant(work: Work, merchant: str | None) -> None:
    """Nobody has boxes for others but by their authorisation, which says for whom."""
    if merchant not in (None, work.caller.merchant):
        raise ISV_NOT_AUTH(merchant_id=merchant)


def owned(work: Work, app_id: str) -> Any:
    """An application of the caller's; None if it is not."""
    try:
        with work.attempt() as part:
            app = part.ask("kaifang.openapp.credentials", app_id=app_id)
    except Fault:
        return None
    return app if app.party == work.caller.merchant else None


def own_app(work: Work, app_id: str) -> Any:
    """An application of the caller's that is online; None if it is not."""
    app = owned(work, app_id)
    return app if app is not None and app.state == "ONLINE" else None


def check_free(work: Work, brand: str, app: str) -> None:
    """A brand or mini-program has one box at a time."""
    column, value, refusal = ("brand", brand, BRAND_HAS_BOX) if brand else ("app", app, APP_HAS_BOX)
    where = f"{column} = ? and state in (?, ?, ?)"
    if work.count(BoxRow, where, (value, *ALIVE)):
        raise refusal(**{column: value})


def not_passed(work: Work, ask: Wanted) -> list[str]:
    """What keeps a box from being admitted."""
    missing = []
    if ask.brand_id:
        missing += ["box_desc: missing"] if ask.box_desc is None else []
    elif ask.box_desc or ask.custom_keywords or ask.image_id:
        missing.append("box_desc, custom_keywords, image_id: only for the box of a brand")
    if len(ask.service_infos) > (4 if ask.brand_id else 2):
        missing.append("service_infos: four of a brand, two of a mini-program")
    missing += [
        f"related_accounts: {one.relate_appid} is not yours, or not online"
        for one in ask.related_accounts if own_app(work, one.relate_appid) is None
    ]  # fmt: skip
    for one in ask.service_infos:
        found = work.ask("kaifang.service.read", service_code=one.service_code)
        if found.merchant != work.caller.merchant or found.state != "ONLINE":
            missing.append(f"service_infos: {one.service_code} is not yours, or not approved")
    if ask.business_district_ids:
        missing.append("business_district_ids: there are no districts here")
    return missing


def parts(ask: Wanted) -> dict[str, Any]:
    """What is asked for, by module."""
    image = {"id": ask.image_id, "name": ask.image_name or ""} if ask.image_id else None
    found = {
        BASE: ask.box_desc, WORDS: ask.custom_keywords or None, IMAGE: image,
        ACCOUNTS: plain(ask.related_accounts) or None, FUNCTIONS: plain(ask.service_infos) or None,
    }  # fmt: skip
    return {kind: value for kind, value in found.items() if value is not None}


def module(work: Work, kind: str, value: Any) -> Module:
    """A part of a new box: it is shown as soon as the box is."""
    return Module(id=work.new_id("20642"), shown=value, asked=value, modified=work.now)


def look_at(work: Work, row: BoxRow) -> None:
    """Ask for the review of all of it."""
    texts = [row.name, *[str(one.asked) for one in row.modules.values()]]
    work.ask("kaifang.review.open", kind="search_box", subject=row.id, merchant=row.merchant, texts=texts)


@hears("review.approve", "review.reject")
def reviewed(work: Work, happening: Happening) -> None:
    """A box was looked at."""
    if happening.facts["kind"] != "search_box":
        return
    row = work.find(BoxRow, id=happening.facts["about"])
    assert row is not None, f"no box {happening.facts['about']}"
    row.reason = happening.facts["reason"]
    (Box.approve if happening.name == "review.approve" else Box.reject)(work, row, merchant=row.merchant)


def own(work: Work, box_id: str, merchant: str | None) -> BoxRow:
    """A box of the caller's."""
    check_merchant(work, merchant)
    row = work.find(BoxRow, id=box_id)
    if row is None or row.merchant != work.caller.merchant:
        raise NO_PERMISSION(box_id=box_id)
    return row


class Consulted(Shape):
    access: bool  # whether it would be admitted
    not_pass_items: list[str]  # what keeps it from that


class Consult(Wanted):
    area_keywords: Line | None = None  # words of an area; says nothing here


@method("alipay.open.search.box.consult", reads=True, raises=[ISV_NOT_AUTH])
def consult(work: Work, ask: Consult) -> Consulted:
    """Ask whether a box would be admitted, and what is missing; nothing is applied for."""
    check_merchant(work, ask.merchant_id)
    missing = not_passed(work, ask)
    if bool(ask.brand_id) == bool(ask.target_appid):
        missing.append("target_appid: give either brand_id or target_appid")
    elif ask.target_appid and own_app(work, ask.target_appid) is None:
        missing.append("target_appid: it is not yours, or not online")
    return Consulted(access=not missing, not_pass_items=missing)


class Which(Shape):
    box_id: Key  # 28 digits
    merchant_id: Key | None = None  # whose it is: yourself


class Done(Shape):
    pass


@method(
    "alipay.open.search.box.online", raises=[*OWN_FAULTS, STATUS_NOT_ALLOWED, BRAND_HAS_BOX, APP_HAS_BOX]
)  # fmt: skip
def online(work: Work, ask: Which) -> Done:
    """Put a box up again."""
    row = own(work, ask.box_id, ask.merchant_id)
    if row.state != Box.ONLINE.name:
        if not Box.put_up.possible(row):
            raise STATUS_NOT_ALLOWED(state=row.state)
        check_free(work, row.brand, row.app)
        Box.put_up(work, row, merchant=row.merchant)
    return Done()


@method("alipay.open.search.box.offline", raises=[*OWN_FAULTS, STATUS_NOT_ALLOWED])
def offline(work: Work, ask: Which) -> Done:
    """Take a box off."""
    row = own(work, ask.box_id, ask.merchant_id)
    if row.state != Box.OFFLINE.name:
        Box.take_off(work, row, merchant=row.merchant)
    return Done()


class AskBoxes(Shape):
    merchant_id: Key | None = None  # whose they are: yourself
    page_number: PageNumber = 1  # which page, from 1
    page_size: PageSize = 20  # how many on a page


class BoxInfo(Shape):
    box_id: str  # 28 digits
    name: str  # what people read
    status: str  # AUDIT, ONLINE, REJECT or OFFLINE
    brand_id: str | None = None  # which brand
    target_appid: str | None = None  # which mini-program


class Boxes(Shape):
    box_infos: list[BoxInfo]  # the newest first
    page_number: Count  # which page
    page_size: Count  # how many on a page
    total_count: Count  # how many in all
    total_page_count: Count  # on how many pages


@method("alipay.open.search.box.batchquery", reads=True, raises=[ISV_NOT_AUTH])
def list_boxes(work: Work, ask: AskBoxes) -> Boxes:
    """List your boxes, the newest first."""
    check_merchant(work, ask.merchant_id)
    where, values = "merchant = ?", (work.caller.merchant,)
    skipped = (ask.page_number - 1) * ask.page_size
    rows = work.select(BoxRow, where, values, "id desc", ask.page_size, offset=skipped)
    count = work.count(BoxRow, where, values)
    infos = [
        BoxInfo(
            box_id=row.id, name=row.name, status=row.state, brand_id=row.brand or None, target_appid=row.app or None
        )
        for row in rows
    ]
    return Boxes(
        box_infos=infos, page_number=ask.page_number, page_size=ask.page_size, total_count=count,
        total_page_count=-(-count // ask.page_size),
    )  # fmt: skip
