"""Templates: the kinds of cards that a merchant gives out."""

import re
from collections import Counter
from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Count, Key, Line, Moment, Shape, Work, method

from .errors import INVALID, NO_CARD_TYPE, TEMPLATE_NOT_EXIT
from .find import own_template
from .form import FORM_FAULTS, give_form
from .numbers import read_points
from .parts import FieldRule, Level, Look, Style, WriteOff
from .points import open_purses
from .sold import check_conf
from .tables import TemplateRow

OUT_MEMBER_CARD = "OUT_MEMBER_CARD"
LONGEST = 32  # characters of a card's number
FUTURE = re.compile(r"[1-9]\d{0,3}[dm]")
MERCHANT_CODES = ("mdqrcode", "mdbarcode")
Levels = Annotated[list[Level], Meta(max_length=50)]
Digits = Annotated[int, Meta(ge=8, le=32)]


class Create(Look):
    request_id: Key  # your own number of this; asking twice makes one
    card_type: Key  # OUT_MEMBER_CARD
    biz_no_suffix_len: Digits  # digits of a card's number behind its prefix, 8 to 32
    write_off_type: WriteOff  # what a card is shown by at the till
    template_style_info: Style  # how it looks
    card_level_conf: Levels | None = None  # its levels
    service_label_list: Annotated[list[Line], Meta(max_length=50)] | None = None  # kept and told again


class Created(Shape):
    template_id: str  # 28 digits


@method(
    "alipay.marketing.card.template.create", once=("request_id",), clash=INVALID,
    raises=[NO_CARD_TYPE, *FORM_FAULTS],
)  # fmt: skip
def create(work: Work, ask: Create) -> Created:
    """Draw up a kind of card; people can join it at once."""
    if ask.card_type != OUT_MEMBER_CARD:
        raise NO_CARD_TYPE(card_type=ask.card_type, known=OUT_MEMBER_CARD)
    row = TemplateRow(
        id=work.new_id("10102"), merchant=work.caller.merchant, app=work.caller.auth_app, kind=ask.card_type,
        write_off=ask.write_off_type, digits=ask.biz_no_suffix_len, look=look_of(ask), levels=ask.card_level_conf or [],
        labels=ask.service_label_list or [], created=work.now, modified=work.now,
    )  # fmt: skip
    shape_form(row, ask)
    check(row)
    work.add(row)
    open_purses(work, row.merchant, row.id)
    return Created(template_id=row.id)


def look_of(ask: Look) -> Look:
    """What a request says of how a card looks."""
    return Look(**{name: getattr(ask, name) for name in Look.__struct_fields__})


def shape_form(row: TemplateRow, ask: Look) -> None:
    """Take over the form that comes with a template."""
    fields = ask.template_form_config.fields if ask.template_form_config else None
    if fields is not None:
        give_form(row, fields.required, fields.optional)


def check(row: TemplateRow) -> None:
    """Refuse a template that contradicts itself."""
    if len(row.look.biz_no_prefix or "") + row.digits > LONGEST:
        raise INVALID(field="biz_no_suffix_len", reason=f"with its prefix a number has {LONGEST} characters at most")
    if row.write_off in MERCHANT_CODES and row.look.mdcode_notify_conf is None:
        raise INVALID(field="mdcode_notify_conf", reason=f"missing; {row.write_off} asks you for each code")
    if row.look.paid_outer_card_conf is not None:
        check_conf(row.look.paid_outer_card_conf)
    refuse_twice("column_info_list", [column.code for column in row.look.column_info_list or []])
    refuse_twice("card_level_conf", [level.level for level in row.levels])
    refuse_twice("field_rule_list", [rule.field_name for rule in row.look.field_rule_list or []])
    for action in row.look.card_action_list or []:
        if (action.mini_app_url if action.url_type == "miniAppUrl" else action.url) is None:
            raise INVALID(field="card_action_list", reason=f"{action.code} leads nowhere")
    for rule in row.look.field_rule_list or []:
        check_rule(row, rule)


def refuse_twice(field: str, names: list[str]) -> None:
    """Refuse a list that names something twice."""
    for name, times in Counter(names).items():
        if times > 1:
            raise INVALID(field=field, reason=f"{name} stands there twice")


def check_rule(row: TemplateRow, rule: FieldRule) -> None:
    """Refuse a rule that gives no value of its kind."""
    dated = rule.field_name in ("OpenDate", "ValidDate")
    if rule.rule_name == "DATE_IN_FUTURE" and not (dated and FUTURE.fullmatch(rule.rule_value)):
        raise INVALID(field="field_rule_list", reason="DATE_IN_FUTURE gives a date: so many days 10d or months 10m")
    if rule.rule_name == "CONST":
        if rule.field_name in ("Balance", "Point"):
            read_points(rule.rule_value, "field_rule_list")
        elif dated:
            try:
                Moment.parse(rule.rule_value)
            except ValueError as problem:
                raise INVALID(field="field_rule_list", reason=str(problem)) from None
        else:
            check_level(row, rule.rule_value)


def check_level(row: TemplateRow, level: str) -> None:
    """Refuse a level that the template does not have; one without levels lets the merchant name any."""
    if row.levels and level not in [one.level for one in row.levels]:
        raise INVALID(field="level", reason=f"the template has no level {level}")


class Modify(Look):
    request_id: Key  # your own number of this; asking twice changes it once
    template_id: Key  # which
    write_off_type: WriteOff | None = None  # what a card is shown by at the till
    biz_no_suffix_len: Digits | None = None  # digits of a new card's number behind its prefix, 8 to 32
    card_level_conf: Levels | None = None  # its levels


@method(
    "alipay.marketing.card.template.modify", once=("request_id",), clash=INVALID,
    raises=[TEMPLATE_NOT_EXIT, *FORM_FAULTS],
)  # fmt: skip
def modify(work: Work, ask: Modify) -> Created:
    """Change a kind of card, and all cards of it; what is left out stays."""
    row = own_template(work, ask.template_id, TEMPLATE_NOT_EXIT)
    for name in Look.__struct_fields__:
        if (told := getattr(ask, name)) is not None:
            setattr(row.look, name, told)
    row.write_off = ask.write_off_type or row.write_off
    row.digits = ask.biz_no_suffix_len or row.digits
    row.levels = row.levels if ask.card_level_conf is None else ask.card_level_conf
    shape_form(row, ask)
    check(row)
    row.modified = work.now
    return Created(template_id=row.id)


class Query(Shape):
    template_id: Key  # which


class Queried(Look):
    card_type: str  # OUT_MEMBER_CARD
    biz_no_suffix_len: str  # digits of a card's number behind its prefix
    card_level_confs: list[Level] | None = None  # its levels
    service_label_list: list[str] | None = None  # as you gave it


@method("alipay.marketing.card.template.query", reads=True, raises=[TEMPLATE_NOT_EXIT])
def query(work: Work, ask: Query) -> Queried:
    """Ask what a template of yours says."""
    row = own_template(work, ask.template_id, TEMPLATE_NOT_EXIT)
    return Queried(
        card_type=row.kind, biz_no_suffix_len=str(row.digits), card_level_confs=row.levels or None,
        service_label_list=row.labels or None,
        **{name: getattr(row.look, name) for name in Look.__struct_fields__},
    )  # fmt: skip


class BatchQuery(Shape):
    page_no: Annotated[int, Meta(ge=1, le=100_000)] = 1  # which page, from 1
    page_size: Annotated[int, Meta(ge=1, le=20)] = 20  # how many on a page, 20 at most


class Lite(Shape):
    """A template in a list."""

    template_id: str  # 28 digits
    card_type: str  # OUT_MEMBER_CARD
    gmt_create: Moment  # when it was drawn up
    gmt_modified: Moment  # when it was changed last
    template_style_info: Style | None = None  # how it looks


class BatchQueried(Shape):
    mcard_template: list[Lite]  # the newest first
    template_total: Count  # how many you have


@method("alipay.marketing.card.template.batchquery", reads=True)
def batch_query(work: Work, ask: BatchQuery) -> BatchQueried:
    """List your templates, the newest first."""
    where, values = "merchant = ?", (work.caller.merchant,)
    skipped = (ask.page_no - 1) * ask.page_size
    rows = work.select(TemplateRow, where, values, "id desc", ask.page_size, offset=skipped)
    listed = [
        Lite(
            template_id=row.id, card_type=row.kind, gmt_create=Moment(row.created), gmt_modified=Moment(row.modified),
            template_style_info=row.look.template_style_info,
        )
        for row in rows
    ]  # fmt: skip
    return BatchQueried(mcard_template=listed, template_total=work.count(TemplateRow, where, values))
