"""Benefits: what members of a template have, from one moment to another."""

from typing import Annotated

import msgspec
from msgspec import Meta

from kaifang.kernel import Key, Line, Moment, Shape, Text, Work, method

from .errors import BENEFIT_NOT_EXIST, INVALID, TEMPLATE_NOT_EXIST
from .find import own_template
from .tables import BenefitRow

MOST = 100  # that are listed


class Told(Shape):
    """A benefit as the merchant writes it."""

    template_id: Key  # of which card
    title: Annotated[str, Meta(min_length=1, max_length=64)]  # what it is
    start_date: Moment  # from when
    end_date: Moment  # until when
    benefit_desc: Annotated[list[Line], Meta(max_length=20)] | None = None  # the same at length, a line each
    ext_info: Text | None = None  # JSON: openUrl, a page that tells more


class Create(Shape):
    mcard_template_benefit: Told  # the benefit


class Created(Shape):
    benefit_id: str  # 28 digits


@method("alipay.marketing.card.benefit.create", raises=[INVALID, TEMPLATE_NOT_EXIST])
def create(work: Work, ask: Create) -> Created:
    """Promise something to all members of a card; the same promised twice is one."""
    told = checked(work, ask.mcard_template_benefit)
    where = "template = ? and title = ? and start = ? and finish = ?"
    same = work.select(BenefitRow, where, (told.template_id, told.title, told.start_date.ms, told.end_date.ms), "id")
    row = same[0] if same else work.add(
        BenefitRow(id=work.new_id("10107"), template=told.template_id, title="", start=0, finish=0)
    )  # fmt: skip
    write(row, told)
    return Created(benefit_id=row.id)


def checked(work: Work, told: Told) -> Told:
    """What is told, if it is of the caller's template and makes sense."""
    own_template(work, told.template_id, TEMPLATE_NOT_EXIST)
    if told.end_date.ms <= told.start_date.ms:
        raise INVALID(field="mcard_template_benefit.end_date", reason="after start_date")
    if told.ext_info:
        try:
            msgspec.json.decode(told.ext_info, type=dict[str, str])
        except msgspec.DecodeError:
            raise INVALID(field="mcard_template_benefit.ext_info", reason="a JSON object of texts") from None
    return told


def write(row: BenefitRow, told: Told) -> None:
    """Let a benefit say what is told."""
    row.title, row.start, row.finish = told.title, told.start_date.ms, told.end_date.ms
    row.lines, row.ext_info = told.benefit_desc or [], told.ext_info or ""


class Which(Shape):
    template_id: Key  # of which card
    benefit_id: Key  # which


class Modify(Shape):
    benefit_id: Key  # which
    mcard_template_benefit: Told  # what it says from now on


class Done(Shape):
    result: bool  # true: it was done


@method("alipay.marketing.card.benefit.modify", raises=[INVALID, TEMPLATE_NOT_EXIST, BENEFIT_NOT_EXIST])
def modify(work: Work, ask: Modify) -> Done:
    """Change a benefit."""
    told = checked(work, ask.mcard_template_benefit)
    write(the_benefit(work, told.template_id, ask.benefit_id), told)
    return Done(result=True)


def the_benefit(work: Work, template: str, number: str) -> BenefitRow:
    """A benefit of this template."""
    row = work.find(BenefitRow, id=number)
    if row is None or row.template != template:
        raise BENEFIT_NOT_EXIST(benefit_id=number)
    return row


@method("alipay.marketing.card.benefit.delete", raises=[TEMPLATE_NOT_EXIST, BENEFIT_NOT_EXIST])
def delete(work: Work, ask: Which) -> Done:
    """Promise something no longer."""
    own_template(work, ask.template_id, TEMPLATE_NOT_EXIST)
    work.remove(the_benefit(work, ask.template_id, ask.benefit_id))
    return Done(result=True)


class Query(Shape):
    template_id: Key  # of which card
    benefit_id: Key | None = None  # which; all of them if left out


class Found(Shape):
    """A benefit as it is kept."""

    benefit_id: str  # 28 digits
    template_id: str  # 28 digits
    title: str  # what it is
    benefit_desc: str  # JSON: the same at length, a list of lines
    start_date: Moment  # from when
    end_date: Moment  # until when
    ext_info: str | None = None  # as you gave it


class Queried(Shape):
    mcard_template_benefit_query: list[Found]  # the newest first, at most 100


@method("alipay.marketing.card.benefit.query", reads=True, raises=[TEMPLATE_NOT_EXIST, BENEFIT_NOT_EXIST])
def query(work: Work, ask: Query) -> Queried:
    """Ask what a card of yours promises."""
    own_template(work, ask.template_id, TEMPLATE_NOT_EXIST)
    if ask.benefit_id is not None:
        rows = [the_benefit(work, ask.template_id, ask.benefit_id)]
    else:
        rows = work.select(BenefitRow, "template = ?", (ask.template_id,), "id desc", MOST)
    return Queried(mcard_template_benefit_query=[found(row) for row in rows])


def found(row: BenefitRow) -> Found:
    """A benefit as it is kept."""
    return Found(
        benefit_id=row.id, template_id=row.template, title=row.title,
        benefit_desc=msgspec.json.encode(row.lines).decode(), start_date=Moment(row.start),
        end_date=Moment(row.finish), ext_info=row.ext_info or None,
    )  # fmt: skip


def in_force(work: Work, template: str) -> list[BenefitRow]:
    """What a template promises at this moment."""
    where = "template = ? and start <= ? and finish > ?"
    return work.select(BenefitRow, where, (template, work.now, work.now), "start, id", MOST)
