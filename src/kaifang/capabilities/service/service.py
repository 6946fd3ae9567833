"""Services: brought as XML, reviewed, found by people, taken down and deleted."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Count, Happening, Key, Line, Shape, Work, hears, method

from .errors import (
    IDEMPOTENT_CONFLICTED,
    SERVICE_NAME_REPEAT_ERROR,
    SERVICE_NOT_EXIST,
    SERVICE_NULL,
    SERVICE_STATUS_IS_AUDITING,
    SERVICE_STATUS_NOT_EDITABLE,
    SERVICE_URL_REPEAT_ERROR,
)
from .sheet import FAULTS, Sheet, read_sheet
from .states import Service
from .tables import ServiceRow

Xml = Annotated[str, Meta(min_length=1, max_length=65_536)]
PageNumber = Annotated[int, Meta(ge=1, le=100_000)]
PageSize = Annotated[int, Meta(ge=1, le=100)]
SHEET_FAULTS = [*FAULTS, SERVICE_NAME_REPEAT_ERROR, SERVICE_URL_REPEAT_ERROR]


class Apply(Shape):
    service_xml: Xml  # attributes serviceName and serviceUrl, and serviceDesc, keyWords and serviceLogo if you like
    category_id: Key | None = None  # of which category
    out_biz_no: Key | None = None  # your own number of it; asking twice brings it once
    service_code: Key | None = None  # to change one that there is
    schema_version: Key | None = None  # of the XML; there is one here
    template_type: Key = "DEFAULT"  # how people see it
    user_service_delivery_type: Key = ""  # how it is delivered


class Applied(Shape):
    service_code: str  # 28 digits


@method(
    "alipay.open.app.service.apply",
    raises=[*SHEET_FAULTS, IDEMPOTENT_CONFLICTED, SERVICE_NOT_EXIST],
)  # fmt: skip
def apply(work: Work, ask: Apply) -> Applied:
    """Bring a service of your mini-program, or change one; it is looked at first."""
    if ask.service_code is not None:
        return change(work, own(work, ask.service_code), ask.service_xml)
    app = work.caller.auth_app
    row = work.find(ServiceRow, app=app, out_no=ask.out_biz_no) if ask.out_biz_no else None
    if row is not None:
        if row.xml != ask.service_xml:
            raise IDEMPOTENT_CONFLICTED(out_biz_no=ask.out_biz_no)
        return Applied(service_code=row.id)
    sheet = read_sheet(work, ask.service_xml)
    check_new(work, sheet, "")
    row = ServiceRow(
        id=work.new_id("20631"), app=app, merchant=work.caller.merchant, out_no=ask.out_biz_no,
        category=ask.category_id or "", name=sheet.name, url=sheet.url, about=sheet.about, words=sheet.words,
        logo=sheet.logo, xml=ask.service_xml, template=ask.template_type, delivery=ask.user_service_delivery_type,
    )  # fmt: skip
    look_at(work, work.add(row))
    return Applied(service_code=row.id)


def check_new(work: Work, sheet: Sheet, but: str) -> None:
    """Whether no other service of the application has this name or address."""
    for column, value, refusal in (
        ("name", sheet.name, SERVICE_NAME_REPEAT_ERROR), ("url", sheet.url, SERVICE_URL_REPEAT_ERROR)
    ):  # fmt: skip
        where = f"app = ? and {column} = ? and state <> ? and id <> ?"
        if work.count(ServiceRow, where, (work.caller.auth_app, value, Service.DELETED.name, but)):
            raise refusal(value=value)


def look_at(work: Work, row: ServiceRow) -> None:
    """Ask for the review."""
    texts = [row.name, row.about, row.words]
    work.ask("kaifang.review.open", kind="service", subject=row.id, merchant=row.merchant, texts=texts)


@hears("review.approve", "review.reject")
def reviewed(work: Work, happening: Happening) -> None:
    """It was looked at."""
    if happening.facts["kind"] != "service":
        return
    row = work.find(ServiceRow, id=happening.facts["about"])
    assert row is not None, f"no service {happening.facts['about']}"
    if row.state == Service.AUDITING.name:
        row.reason = happening.facts["reason"]
        (Service.approve if happening.name == "review.approve" else Service.reject)(work, row, **facts(row))


def facts(row: ServiceRow) -> dict[str, str]:
    """What is announced of a service."""
    return {"merchant": row.merchant, "app": row.app}


def own(work: Work, service_code: str) -> ServiceRow:
    """A service of the calling application."""
    row = work.find(ServiceRow, id=service_code)
    if row is None or row.app != work.caller.auth_app or row.state == Service.DELETED.name:
        raise SERVICE_NOT_EXIST(service_code=service_code)
    return row


class Modify(Shape):
    service_code: Key  # which one
    service_xml: Xml  # all of it, as it shall be
    schema_version: Key | None = None  # of the XML; there is one here
    template_type: Key | None = None  # how people see it
    user_service_delivery_type: Key | None = None  # how it is delivered


@method("alipay.open.app.service.modify", raises=[*SHEET_FAULTS, SERVICE_NOT_EXIST])
def modify(work: Work, ask: Modify) -> Applied:
    """Change a service of your mini-program; it is looked at again first."""
    row = own(work, ask.service_code)
    row.template = ask.template_type or row.template
    row.delivery = ask.user_service_delivery_type or row.delivery
    return change(work, row, ask.service_xml)


def change(work: Work, row: ServiceRow, xml: str) -> Applied:
    """Read it again, and have it looked at if it is another."""
    sheet = read_sheet(work, xml)
    check_new(work, sheet, row.id)
    if xml != row.xml or row.state == Service.REJECTED.name:
        row.name, row.url, row.about, row.words, row.logo = sheet.name, sheet.url, sheet.about, sheet.words, sheet.logo
        row.xml, row.reason = xml, ""
        Service.revise(work, row, **facts(row))
        look_at(work, row)
    return Applied(service_code=row.id)


class Which(Shape):
    service_code: Key  # which one


class Found(Shape):
    service_code: str  # 28 digits
    service_xml: str  # as it was given
    status: str  # AUDITING, ONLINE, REJECTED or OFFLINE
    template_type: str  # how people see it
    user_service_delivery_type: str  # how it is delivered
    reject_reason: Line | None = None  # why it was rejected


@method("alipay.open.app.service.query", reads=True, raises=[SERVICE_NOT_EXIST])
def query(work: Work, ask: Which) -> Found:
    """Ask how a service stands."""
    row = own(work, ask.service_code)
    return Found(
        service_code=row.id, service_xml=row.xml, status=row.state, template_type=row.template,
        user_service_delivery_type=row.delivery, reject_reason=row.reason or None,
    )  # fmt: skip


class AskList(Shape):
    category_id: Key | None = None  # only of this category
    service_name: Line | None = None  # only with this in the name
    page_num: PageNumber = 1  # which page, from 1
    page_size: PageSize = 20  # how many on a page


class Record(Shape):
    service_code: str  # 28 digits
    service_name: str  # what people read
    category_id: str  # of which category
    biz_status: str  # AUDITING, ONLINE, REJECTED or OFFLINE


class Records(Shape):
    records: list[Record]  # the newest first
    page_num: Count  # which page
    page_size: Count  # how many on a page
    total: Count  # how many in all


@method("alipay.open.app.service.list.query", reads=True)
def list_services(work: Work, ask: AskList) -> Records:
    """List the services of your mini-program, the newest first."""
    where, values = "app = ? and state <> ?", [work.caller.auth_app, Service.DELETED.name]
    if ask.category_id:
        where, values = f"{where} and category = ?", [*values, ask.category_id]
    if ask.service_name:
        pattern = ask.service_name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        where, values = f"{where} and name like ? escape '\\'", [*values, f"%{pattern}%"]
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(ServiceRow, where, values, "id desc", ask.page_size, offset=skipped)
    return Records(
        records=[
            Record(service_code=row.id, service_name=row.name, category_id=row.category, biz_status=row.state)
            for row in rows
        ],
        page_num=ask.page_num, page_size=ask.page_size, total=work.count(ServiceRow, where, values),
    )  # fmt: skip


class Done(Shape):
    pass


@method("alipay.open.app.service.delete", raises=[SERVICE_NULL, SERVICE_STATUS_IS_AUDITING])
def delete(work: Work, ask: Which) -> Done:
    """Delete a service; what is deleted stays deleted."""
    row = work.find(ServiceRow, id=ask.service_code)
    if row is None or row.app != work.caller.auth_app:
        raise SERVICE_NULL(service_code=ask.service_code)
    if row.state != Service.DELETED.name:
        Service.delete(work, row, **facts(row))
        row.out_no = None
    return Done()


class Switch(Shape):
    biz_id: Key  # your own number of it, as out_biz_no said
    action: Literal["VALID", "INVALID"]  # put up, or take down
    data_timestamp: Annotated[str, Meta(pattern=r"^\d{1,18}$")]  # when you decided so
    service_spec_code: Key | None = None  # which business it is of; says nothing here


@method(
    "alipay.open.app.service.status.modify",
    raises=[SERVICE_NOT_EXIST, SERVICE_STATUS_IS_AUDITING, SERVICE_STATUS_NOT_EDITABLE],
)  # fmt: skip
def switch(work: Work, ask: Switch) -> Applied:
    """Put a service up or take it down; what arrives late changes nothing."""
    row = work.find(ServiceRow, app=work.caller.auth_app, out_no=ask.biz_id)
    if row is None:
        raise SERVICE_NOT_EXIST(biz_id=ask.biz_id)
    if int(ask.data_timestamp) > row.changed:
        to = Service.ONLINE if ask.action == "VALID" else Service.OFFLINE
        if row.state != to.name:
            (Service.validate if to is Service.ONLINE else Service.invalidate)(work, row, **facts(row))
        row.changed = int(ask.data_timestamp)
    return Applied(service_code=row.id)


class Detail(Shape):
    service_code: str  # 28 digits
    service_name: str  # what people read
    simple_desc: str  # the same in short
    detail_desc: str  # at length
    carrier_code: str  # the application
    carrier_url: str  # where a tap leads
    forward_catalog_id: str  # of which category
    key_word_list: str  # by which it is found, with commas between
    service_logo: str  # number or URL of a picture


@method("alipay.open.app.service.miniappnearby.query", reads=True, raises=[SERVICE_NOT_EXIST])
def detail(work: Work, ask: Which) -> Detail:
    """See a service of yours as people nearby see it."""
    row = own(work, ask.service_code)
    return Detail(
        service_code=row.id, service_name=row.name, simple_desc=row.about[:20], detail_desc=row.about,
        carrier_code=row.app, carrier_url=row.url, forward_catalog_id=row.category, key_word_list=row.words,
        service_logo=row.logo,
    )  # fmt: skip
