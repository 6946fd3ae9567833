"""Templates: the library of the operators, and what applications choose from it."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Count, Key, Line, Shape, Who, Work, method

from .errors import INVALID, KEYWORD_ILLEGAL, LIBRARY_CLASH, TEMPLATE_LIB_NOT_EXIST, USER_TEMPLATE_ILLEGAL
from .states import Template
from .tables import Fatigue, LibraryRow, TemplateRow

ONE_TIME, LONG_TERM = "one_time_subscribe", "long_term_subscribe"
Rule = Literal["one_time_subscribe", "long_term_subscribe"]
TO_ALL = "all"  # delivery_settings: followers of life accounts alone are not told apart here
PageNumber = Annotated[int, Meta(ge=1, le=100_000)]
PageSize = Annotated[int, Meta(ge=1, le=10)]


class Limit(Shape):
    total: Annotated[int, Meta(ge=1, le=1000)]  # messages
    unit: Literal["day", "week"]  # in how long:
    value: Annotated[int, Meta(ge=1, le=366)]  # so many days or weeks


class AddLibrary(Shape):
    code: Key  # what it is called by
    name: Line  # what people read above the message
    keywords: Annotated[list[Key], Meta(min_length=2, max_length=20)]  # among which merchants choose two to five
    scene_rule: Rule  # whether a person agrees to one message or to all
    industry_code: Key = "XS0000"  # first level, begins with XS
    industry_scenario: Line = ""  # within the industry
    has_push: bool = False  # whether telephones ring for it
    fatigue: Limit | None = None  # how many a person gets at most
    selectable: bool = True  # whether it can be chosen


class LibraryAdded(Shape):
    lib_code: str  # the same


@method("kaifang.message.library.add", who=Who.OPERATOR, raises=[LIBRARY_CLASH])
def add_library(work: Work, ask: AddLibrary) -> LibraryAdded:
    """Add a template to the library, or open and close it for choosing; what was chosen stays."""
    fatigue = Fatigue(total=ask.fatigue.total, unit=ask.fatigue.unit, value=ask.fatigue.value) if ask.fatigue else None
    new = LibraryRow(
        id=ask.code, name=ask.name, keywords=ask.keywords, rule=ask.scene_rule, industry=ask.industry_code,
        scenario=ask.industry_scenario, push=ask.has_push, fatigue=fatigue, selectable=ask.selectable,
    )  # fmt: skip
    row = work.find(LibraryRow, id=ask.code) or work.add(new)
    if (row.name, row.keywords, row.rule) != (new.name, new.keywords, new.rule):
        raise LIBRARY_CLASH(code=ask.code)
    row.selectable = ask.selectable
    return LibraryAdded(lib_code=row.id)


class AskLibrary(Shape):
    has_push: bool | None = None  # only those for which telephones ring, or do not
    industry_code: Key | None = None  # only of this industry
    industry_scenario: Line | None = None  # only of this scenario
    scene_rule: Rule | None = None  # only for one message, or for all
    page_num: PageNumber = 1  # which page, from 1
    page_size: PageSize = 10  # how many on a page


class FatigueTold(Shape):
    total: str  # messages at most
    unit: str  # day or week
    value: str  # in so many of them


class WhyNot(Shape):
    reason_text: str  # why it cannot be chosen


class LibraryTold(Shape):
    code: str  # lib_code
    name: str  # what people read above the message
    keyword_desc: str  # keywords, with commas between
    scene_rule: str  # one_time_subscribe or long_term_subscribe
    industry_code: str  # of which industry
    industry_scenario: str  # within the industry
    has_push: bool  # whether telephones ring for it
    delivery_settings: str  # all
    selectable: bool  # whether it can be chosen
    status: str  # STARTUP or SHUTDOWN
    fatigue: FatigueTold | None = None  # how many a person gets at most
    not_selectable_reason: WhyNot | None = None  # why it cannot be chosen


class LibraryFound(Shape):
    template_lib_list: list[LibraryTold]  # by code
    page_num: Count  # which page
    page_size: Count  # how many on a page
    total_count: Count  # how many in all


@method("alipay.open.mini.message.templatelib.batchquery", reads=True)
def list_library(work: Work, ask: AskLibrary) -> LibraryFound:
    """List what templates there are to choose from."""
    where, values = "1 = 1", []
    for column, wanted in (
        ("push", None if ask.has_push is None else int(ask.has_push)), ("industry", ask.industry_code),
        ("scenario", ask.industry_scenario), ("rule", ask.scene_rule),
    ):  # fmt: skip
        if wanted is not None:
            where, values = f"{where} and {column} = ?", [*values, wanted]
    rows = work.select(LibraryRow, where, values, "id", ask.page_size, offset=(ask.page_num - 1) * ask.page_size)
    return LibraryFound(
        template_lib_list=[library_told(row) for row in rows], page_num=ask.page_num, page_size=ask.page_size,
        total_count=work.count(LibraryRow, where, values),
    )  # fmt: skip


def library_told(row: LibraryRow) -> LibraryTold:
    """A template of the library as merchants see it."""
    return LibraryTold(
        code=row.id, name=row.name, keyword_desc=",".join(row.keywords), scene_rule=row.rule,
        industry_code=row.industry, industry_scenario=row.scenario, has_push=row.push, delivery_settings=TO_ALL,
        selectable=row.selectable, status="STARTUP" if row.selectable else "SHUTDOWN",
        fatigue=fatigue_told(row.fatigue),
        not_selectable_reason=None if row.selectable else WhyNot(reason_text="该母板已停止选用"),
    )  # fmt: skip


def fatigue_told(fatigue: Fatigue | None) -> FatigueTold | None:
    """The limit as it is written on the wire."""
    if fatigue is None:
        return None
    return FatigueTold(total=str(fatigue.total), unit=fatigue.unit, value=str(fatigue.value))


class Chosen(Shape):
    name: Key  # one of the keywords of the library's template


class Apply(Shape):
    lib_code: Key  # which template of the library
    keyword_list: Annotated[list[Chosen], Meta(min_length=2, max_length=5)]  # in the order of the lines
    scene_rule: Rule  # as the library says


class Applied(Shape):
    template_id: str  # 32 letters and digits


@method("alipay.open.mini.message.template.apply", raises=[TEMPLATE_LIB_NOT_EXIST, KEYWORD_ILLEGAL, INVALID])
def apply(work: Work, ask: Apply) -> Applied:
    """Choose a template with some of its keywords for your application; the same choice is the same template."""
    library = work.find(LibraryRow, id=ask.lib_code)
    if library is None or not library.selectable or library.rule != ask.scene_rule:
        raise TEMPLATE_LIB_NOT_EXIST(lib_code=ask.lib_code, scene_rule=ask.scene_rule)
    keywords = [one.name for one in ask.keyword_list]
    for name in keywords:
        if name not in library.keywords:
            raise KEYWORD_ILLEGAL(name=name)
    if len(set(keywords)) < len(keywords):
        raise INVALID(field="keyword_list", reason="each keyword once")
    slot = "|".join([work.caller.auth_app, library.id, *keywords])
    row = work.find(TemplateRow, slot=slot) or work.add(
        TemplateRow(
            id=work.chance.text(32), slot=slot, app=work.caller.auth_app, merchant=work.caller.merchant,
            name=library.name, keywords=keywords, rule=library.rule, fatigue=library.fatigue,
        )
    )  # fmt: skip
    return Applied(template_id=row.id)


class AskTemplates(Shape):
    biz_type: Key | None = None  # kind of messages; there is one
    status_list: Annotated[list[Key], Meta(max_length=10)] = []  # only those that stand so: STARTUP, SHUTDOWN
    page_num: PageNumber = 1  # which page, from 1
    page_size: PageSize = 10  # how many on a page


class TemplateTold(Shape):
    template_id: str  # 32 letters and digits
    name: str  # what people read above the message
    keyword_desc: str  # keywords, with commas between
    scene_rule: str  # one_time_subscribe or long_term_subscribe
    status: str  # STARTUP or SHUTDOWN
    delivery_settings: str  # all
    fatigue: FatigueTold | None = None  # how many a person gets at most


class TemplatesFound(Shape):
    template_list: list[TemplateTold]  # by number
    page_num: Count  # which page
    page_size: Count  # how many on a page
    total_count: Count  # how many in all


@method("alipay.open.mini.message.template.batchquery", reads=True)
def list_templates(work: Work, ask: AskTemplates) -> TemplatesFound:
    """List the templates that your application chose."""
    where, values = "app = ?", [work.caller.auth_app]
    if ask.status_list:
        where, values = f"{where} and state in ({', '.join('?' * len(ask.status_list))})", [*values, *ask.status_list]
    rows = work.select(TemplateRow, where, values, "id", ask.page_size, offset=(ask.page_num - 1) * ask.page_size)
    return TemplatesFound(
        template_list=[template_told(row) for row in rows], page_num=ask.page_num, page_size=ask.page_size,
        total_count=work.count(TemplateRow, where, values),
    )  # fmt: skip


def template_told(row: TemplateRow) -> TemplateTold:
    """A template as its merchant sees it."""
    return TemplateTold(
        template_id=row.id, name=row.name, keyword_desc=",".join(row.keywords), scene_rule=row.rule,
        status=row.state, delivery_settings=TO_ALL, fatigue=fatigue_told(row.fatigue),
    )  # fmt: skip


def own_template(work: Work, template_id: str) -> TemplateRow:
    """A template of the calling application that is in use."""
    row = work.find(TemplateRow, id=template_id)
    if row is None or row.app != work.caller.auth_app:
        raise USER_TEMPLATE_ILLEGAL(template_id=template_id)
    if row.state != Template.STARTUP.name:
        raise Template.refusal(row.state)(template_id=template_id)
    return row


class Switch(Shape):
    template_id: Key  # 32 letters and digits
    open: bool  # whether messages can be sent by it from now on


@method("kaifang.message.template.switch", who=Who.OPERATOR, raises=[USER_TEMPLATE_ILLEGAL])
def switch(work: Work, ask: Switch) -> Applied:
    """Shut a template down for everybody who sends by it, or open it again."""
    row = work.find(TemplateRow, id=ask.template_id)
    if row is None:
        raise USER_TEMPLATE_ILLEGAL(template_id=ask.template_id)
    arrow = Template.reopen if ask.open else Template.shut
    if arrow.possible(row):
        arrow(work, row, merchant=row.merchant)
    return Applied(template_id=row.id)
