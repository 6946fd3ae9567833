"""Members as their merchant lists them, and what became of points, as merchant and person read it."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Count, Key, Moment, Shape, Who, Work, method

from .errors import CARD_NOT_EXIT, CARD_TEMPLATE_NOT_EXIST
from .find import held_card, own_card, own_template, person_meant
from .numbers import write_points
from .points import points_of
from .states import MemberCard
from .tables import CardRow, PointRow

PageNumber = Annotated[int, Meta(ge=1, le=100_000)]
PageSize = Annotated[int, Meta(ge=1, le=100)]


class Members(Shape):
    template_id: Key  # of which template
    page_num: PageNumber = 1  # from 1
    page_size: PageSize = 20  # 1 to 100


class OneMember(Shape):
    """A member as the merchant sees one."""

    card: str  # the platform's number
    external_card_no: str  # yours
    user_id: str  # whose
    level: str | None = None  # which level
    points: str  # two decimals at most
    joined: Moment  # since when
    channel: str | None = None  # by which way the person came
    channel_id: str | None = None  # by which one exactly
    shop: str | None = None  # where
    exposure: str | None = None  # the showing that led to it
    form: dict[str, str] = {}  # what the person told to join: OPEN_FORM_FIELD_... to its value


class MemberList(Shape):
    members: list[OneMember]  # the newest first
    count: Count  # how many there are


@method("kaifang.card.member.list", reads=True, raises=[CARD_TEMPLATE_NOT_EXIST])
def list_members(work: Work, ask: Members) -> MemberList:
    """List the members of a template of yours, the newest first."""
    template = own_template(work, ask.template_id, CARD_TEMPLATE_NOT_EXIST)
    where, values = "template = ? and state = ?", (template.id, MemberCard.ACTIVE.name)
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(CardRow, where, values, "id desc", ask.page_size, offset=skipped)
    return MemberList(members=[member(work, row) for row in rows], count=work.count(CardRow, where, values))


def member(work: Work, row: CardRow) -> OneMember:
    """A member as the merchant sees one."""
    return OneMember(
        card=row.id, external_card_no=row.external, user_id=row.user, level=row.level or None,
        points=write_points(points_of(work, row)), joined=Moment(row.opened), channel=row.channel or None,
        channel_id=row.channel_id or None, shop=row.shop or None, exposure=row.exposure or None, form=row.form,
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
