"""The parts of a box: changed one by one, each looked at where people read it; and the whole of it as it stands."""

from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import Happening, Key, Line, Moment, Shape, Work, hears, method
from kaifang.kernel.shape import plain

from .box import (
    ACCOUNTS,
    BASE,
    FUNCTIONS,
    IMAGE,
    OWN_FAULTS,
    REVIEWED,
    WORDS,
    AppInfo,
    Described,
    ServiceInfo,
    Wanted,
    Which,
    Word,
    look_at,
    not_passed,
    own,
    parts,
)
from .errors import INVALID
from .states import Box
from .tables import BoxRow, Module


class Modify(Shape):
    box_id: Key  # 28 digits
    module_type: Key  # BOX_EXCLUSIVE_BASE, _KEYWORDS, _ACCOUNTS, _FUNCTIONS or BOX_ATMOSPHERE_IMAGE
    module_id: Key | None = None  # the part that is changed, if there is one
    brand_id: Key | None = None  # which brand; says nothing here
    target_appid: Key | None = None  # which mini-program; says nothing here
    merchant_id: Key | None = None  # whose it is: yourself
    box_desc: Described | None = None  # for BOX_EXCLUSIVE_BASE
    custom_keywords: Annotated[str, Meta(max_length=1024)] | None = None  # words with commas between
    image_id: Key | None = None  # for BOX_ATMOSPHERE_IMAGE
    image_name: Line | None = None  # what that is called
    related_accounts: Annotated[list[AppInfo], Meta(max_length=2)] = []  # for BOX_EXCLUSIVE_ACCOUNTS
    service_infos: Annotated[list[ServiceInfo], Meta(max_length=4)] = []  # for BOX_EXCLUSIVE_FUNCTIONS
    business_benefit_switch: bool | None = None  # whether benefits of districts are shown; there are none here
    business_district_ids: Annotated[list[Key], Meta(max_length=20)] = []  # districts; there are none here


class Modified(Shape):
    module_id: str  # 28 digits


@method("alipay.open.search.box.modify", raises=[INVALID, *OWN_FAULTS])
def modify(work: Work, ask: Modify) -> Modified:
    """Change a part of a box; what people read stays as it was until it was looked at."""
    row = own(work, ask.box_id, ask.merchant_id)
    words: list[Word] = [word.strip() for word in (ask.custom_keywords or "").split(",") if word.strip()]
    if len(words) > 6 or any(len(word) > 8 for word in words):
        raise INVALID(field="custom_keywords", reason="six words of eight letters at most")
    wanted = Wanted(
        brand_id=row.brand or None, target_appid=row.app or None, box_desc=ask.box_desc, custom_keywords=words,
        image_id=ask.image_id, image_name=ask.image_name, related_accounts=ask.related_accounts,
        service_infos=ask.service_infos, business_district_ids=ask.business_district_ids,
    )  # fmt: skip
    value = parts(wanted).get(ask.module_type)
    if value is None:
        raise INVALID(field="module_type", reason="unknown, or without what it is to hold")
    known = row.modules.get(ask.module_type)
    if known is not None and ask.module_id not in (None, known.id):
        raise INVALID(field="module_id", reason=f"this part is {known.id}")
    missing = [item for item in not_passed(work, wanted) if item != "box_desc: missing"]
    if missing:
        raise INVALID(field=ask.module_type, reason="; ".join(missing))
    part = known or Module(id=work.new_id("20642"), shown=None)
    if part.asked != value or part.status == "REJECT":
        change(work, row, ask.module_type, part, value)
    return Modified(module_id=part.id)


def change(work: Work, row: BoxRow, kind: str, part: Module, value: Any) -> None:
    """Ask for another value of a part; a box that was rejected is looked at as a whole again."""
    part.asked, part.modified, part.reason = value, work.now, ""
    row.modules[kind] = part
    if row.state != Box.ONLINE.name or kind not in REVIEWED:
        part.shown, part.status = value, "ONLINE"
        if row.state == Box.REJECT.name:
            Box.revise(work, row, merchant=row.merchant)
        if row.state == Box.AUDIT.name:
            look_at(work, row)
        return
    part.status, subject = "AUDIT", f"{row.id}/{kind}"
    opened = work.ask(
        "kaifang.review.open", kind="search_module", subject=subject, merchant=row.merchant, texts=[str(value)]
    )  # fmt: skip
    part.apply_no = opened.review_id


@hears("review.approve", "review.reject")
def reviewed(work: Work, happening: Happening) -> None:
    """A part of a box was looked at."""
    if happening.facts["kind"] != "search_module":
        return
    box_id, _, kind = happening.facts["about"].partition("/")
    row = work.find(BoxRow, id=box_id)
    assert row is not None, f"no box {box_id}"
    part = row.modules[kind]
    part.reason, part.modified = happening.facts["reason"], work.now
    part.status = "ONLINE" if happening.name == "review.approve" else "REJECT"
    if part.status == "ONLINE":
        part.shown = part.asked
        work.tell("box.changed", row.id, merchant=row.merchant)


class Accounts(Shape):
    module_id: str  # 28 digits
    module_type: str  # BOX_EXCLUSIVE_ACCOUNTS
    app_infos: list[AppInfo]  # your applications


class Base(Shape):
    module_id: str  # 28 digits
    module_type: str  # BOX_EXCLUSIVE_BASE
    status: str  # AUDIT, ONLINE or REJECT
    apply_no: str  # of its review; empty: it was looked at with the box
    gmt_modified: Moment  # when it changed last
    box_desc: Line | None = None  # what people read
    latest_audit_box_desc: Line | None = None  # what was asked for last
    fail_reason: Line | None = None  # why that was rejected


class Words(Shape):
    module_id: str  # 28 digits
    module_type: str  # BOX_EXCLUSIVE_KEYWORDS
    status: str  # AUDIT, ONLINE or REJECT
    apply_no: str  # of its review; empty: it was looked at with the box
    gmt_modified: Moment  # when it changed last
    keywords: list[str] | None = None  # words that lead there
    latest_audit_keywords: list[str] | None = None  # those that were asked for last
    fail_reason: Line | None = None  # why they were rejected


class Image(Shape):
    module_id: str  # 28 digits
    module_type: str  # BOX_ATMOSPHERE_IMAGE
    status: str  # AUDIT, ONLINE or REJECT
    apply_no: str  # of its review; empty: it was looked at with the box
    gmt_modified: Moment  # when it changed last
    fail_reason: Line | None = None  # why it was rejected


class Functions(Shape):
    module_id: str  # 28 digits
    module_type: str  # BOX_EXCLUSIVE_FUNCTIONS
    service_infos: list[ServiceInfo]  # services


class Found(Shape):
    box_id: str  # 28 digits
    box_status: str  # AUDIT, ONLINE, REJECT or OFFLINE
    default_keywords: list[str]  # words that lead there by themselves
    account_module: Accounts | None = None  # your applications
    basic_info_module: Base | None = None  # what people read
    keyword_module: Words | None = None  # words that lead there
    latest_audit_image: Image | None = None  # the picture that was asked for last
    valid_image: Image | None = None  # the picture that people see
    service_module: Functions | None = None  # services


@method("alipay.open.search.box.query", reads=True, raises=OWN_FAULTS)
def query(work: Work, ask: Which) -> Found:
    """See a box as it stands, part by part."""
    row = own(work, ask.box_id, ask.merchant_id)
    base, words, image = (row.modules.get(kind) for kind in (BASE, WORDS, IMAGE))
    accounts, functions = row.modules.get(ACCOUNTS), row.modules.get(FUNCTIONS)
    apps = told(accounts, AppInfo) if accounts else []
    services = told(functions, ServiceInfo) if functions else []
    return Found(
        box_id=row.id, box_status=row.state, default_keywords=[row.name],
        account_module=Accounts(module_id=accounts.id, module_type=ACCOUNTS, app_infos=apps) if accounts else None,
        basic_info_module=Base(**common(base, BASE), box_desc=base.shown, latest_audit_box_desc=base.asked)
        if base else None,
        keyword_module=Words(**common(words, WORDS), keywords=words.shown, latest_audit_keywords=words.asked)
        if words else None,
        latest_audit_image=Image(**common(image, IMAGE)) if image else None,
        valid_image=Image(**common(image, IMAGE) | {"status": "ONLINE"}) if image and image.shown else None,
        service_module=Functions(module_id=functions.id, module_type=FUNCTIONS, service_infos=services)
        if functions else None,
    )  # fmt: skip


def common(part: Module, kind: str) -> dict[str, Any]:
    """What is told of every part that is looked at."""
    return {
        "module_id": part.id, "module_type": kind, "status": part.status, "apply_no": part.apply_no,
        "gmt_modified": Moment(part.modified), "fail_reason": part.reason or None,
    }  # fmt: skip


def told(part: Module, kind: Any) -> list[Any]:
    """A list of a part, as shapes again."""
    return [kind(**one) for one in plain(part.shown)]
