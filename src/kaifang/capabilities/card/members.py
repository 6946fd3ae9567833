"""Members as their merchant lists them, and what became of points, as merchant and person read it."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Count, Key, Line, Moment, Money, Shape, Who, Work, holding, method

from .errors import CARD_NOT_EXIT, CARD_TEMPLATE_NOT_EXIST
from .find import held_card, own_card, own_template, person_meant
from .numbers import write_points
from .points import points_of
from .states import MemberCard
from .tables import CardRow, PointRow, TemplateRow

PageNumber = Annotated[int, Meta(ge=1, le=100_000)]
PageSize = Annotated[int, Meta(ge=1, le=100)]


class Members(Shape):
    template_id: Key | None = None  # of which template; of all of yours, if left out
    level: Key | None = None  # only of this level
    keyword: Line | None = None  # part of a number of the card
    joined_since: Moment | None = None  # only those who joined then or later
    joined_before: Moment | None = None  # and only before
    sort_by: Literal["joined", "spent"] = "joined"  # the newest, or who spent most, first
    page_num: PageNumber = 1  # from 1
    page_size: PageSize = 20  # 1 to 100


class OneMember(Shape):
    """A member as the merchant sees one."""

    card: str  # the platform's number
    template_id: str  # of which template
    external_card_no: str  # yours
    user_id: str  # whose
    level: str | None = None  # which level
    points: str  # two decimals at most
    spent: Money  # yuan paid with it and kept
    joined: Moment  # since when
    channel: str | None = None  # by which way the person came
    channel_id: str | None = None  # by which one exactly
    shop: str | None = None  # where
    exposure: str | None = None  # the showing that led to it
    form: dict[str, str] = {}  # what the person told to join: OPEN_FORM_FIELD_... to its value


class MemberList(Shape):
    members: list[OneMember]  # in the order that is asked for
    count: Count  # how many there are


@method("kaifang.card.member.list", reads=True, raises=[CARD_TEMPLATE_NOT_EXIST])
def list_members(work: Work, ask: Members) -> MemberList:
    """List your members, of one template or of all, the newest first or who spent most."""
    where, values = wanted(work, ask)
    order, skipped = (
        ("spent desc, id desc" if ask.sort_by == "spent" else "id desc"),
        (ask.page_num - 1) * ask.page_size,
    )
    rows = work.select(CardRow, where, values, order, ask.page_size, offset=skipped)
    return MemberList(members=[member(work, row) for row in rows], count=work.count(CardRow, where, values))


def wanted(work: Work, ask: Members) -> tuple[str, list[object]]:
    """Which cards are meant, as an SQL condition."""
    if ask.template_id:
        templates = [own_template(work, ask.template_id, CARD_TEMPLATE_NOT_EXIST).id]
    else:
        templates = [row.id for row in work.select(TemplateRow, "merchant = ?", (work.caller.merchant,), "id")]
    marks = ", ".join("?" * len(templates)) or "''"
    where, values = f"template in ({marks}) and state = ?", [*templates, MemberCard.ACTIVE.name]
    since = ask.joined_since.ms if ask.joined_since else None
    before = ask.joined_before.ms if ask.joined_before else None
    for condition, value in (("level = ?", ask.level), ("opened >= ?", since), ("opened < ?", before)):
        if value is not None:
            where, values = f"{where} and {condition}", [*values, value]
    if ask.keyword:
        condition, texts = holding(ask.keyword, "id", "external")
        where, values = f"{where} and {condition}", [*values, *texts]
    return where, values


def member(work: Work, row: CardRow) -> OneMember:
    """A member as the merchant sees one."""
    return OneMember(
        card=row.id, template_id=row.template, external_card_no=row.external, user_id=row.user,
        level=row.level or None, points=write_points(points_of(work, row)), spent=Money(row.spent),
        joined=Moment(row.opened), channel=row.channel or None, channel_id=row.channel_id or None,
        shop=row.shop or None, exposure=row.exposure or None, form=row.form,
    )  # fmt: skip


class Points(Shape):
    card: Key  # the platform's number
    before: Key | None = None  # what came before this number; the newest if left out
    limit: PageSize = 20  # how many


class Changed(Shape):
    """Points that were had, spent or lost at once."""

    number: str  # 28 digits
    change: str  # so many more, or less
    after: str  # how many there were then
    why: str  # such as point.earn
    ref: str  # the number of what it was for
    at: Moment  # when


class PointList(Shape):
    points: list[Changed]  # the newest first


@method("kaifang.card.point.list", reads=True, raises=[CARD_NOT_EXIT])
def list_points(work: Work, ask: Points) -> PointList:
    """List what became of a card's points: of your own card, or as a merchant of a member's."""
    wallet = work.caller.role == Who.WALLET.value
    row = held_card(work, person_meant(work, None), ask.card) if wallet else own_card(work, ask.card)
    rows = work.select(PointRow, "card = ? and id < ?", (row.id, ask.before or "9"), "id desc", ask.limit)
    return PointList(
        points=[
            Changed(
                number=one.id, change=write_points(one.change), after=write_points(one.after), why=one.why,
                ref=one.ref, at=Moment(one.at),
            )
            for one in rows
        ]
    )  # fmt: skip
