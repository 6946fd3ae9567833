"""Cards in full: what is on one of yours, what joining takes and gives, and which can be joined near here."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import FOREVER, Key, Moment, Money, Shape, Who, Work, method, told_as

from .benefit import in_force
from .errors import CARD_NOT_EXIT, INVALID, TEMPLATE_NOT_EXIST
from .find import held_card, person_meant, template_of
from .form import Asked, asked_of
from .numbers import write_points
from .parts import FrontText
from .person import Held, Joinable, held, is_now, joinable
from .points import points_of
from .rule import rule_of
from .tables import CardRow, RuleRow, TemplateRow

Degrees = Annotated[str, Meta(pattern=r"^-?\d{1,3}(\.\d{1,8})?$")]
NEAR = 50  # shops that are looked at


class Step(Shape):
    """A level of members."""

    level: str  # the merchant's name of it
    title: str  # what people read
    text: str | None = None  # what it is worth
    icon: str | None = None  # number of a picture
    spent: Money | None = None  # yuan that have to be spent with the card; absent: the merchant raises people to it
    times: str | None = None  # so many times the points


class Benefit(Shape):
    """Something that members have."""

    title: str  # what it is
    lines: list[str] = []  # the same at length
    until: Moment | None = None  # until when; absent: always


class Exchange(Shape):
    """Something that points are exchanged for."""

    key: str  # the merchant's name of it
    title: str  # what people read
    points: str  # how many it takes
    voucher: bool  # whether it is a voucher, had at once; else the merchant hands it over
    enough: bool  # whether the card has so many


class Terms(Shape):
    """What members get."""

    points_per_yuan: str  # points for each yuan that is paid
    point_months: int  # points expire at the end of the month, so many months later; 0: never
    levels: list[Step]  # the lowest first, then those that the merchant raises people to
    benefits: list[Benefit]  # what members have now
    exchanges: list[Exchange]  # what points are exchanged for


class Which(Shape):
    template: Key  # which card, the template's number


class Offered(Joinable):
    fields: list[Asked]  # what the merchant is told of whoever joins
    terms: Terms  # what members get


@method("kaifang.card.template.look", who=Who.WALLET, reads=True, raises=[TEMPLATE_NOT_EXIST])
def look_at_template(work: Work, ask: Which) -> Offered:
    """See what members get, and what joining tells the merchant of you, before you join."""
    row, user = template_of(work, ask.template, TEMPLATE_NOT_EXIST), person_meant(work, None)
    told = joinable(work, row)
    fields = {name: getattr(told, name) for name in told.__struct_fields__}
    return Offered(**fields, fields=asked_of(work, row, user), terms=terms_of(work, row, 0))


def terms_of(work: Work, row: TemplateRow, points: int) -> Terms:
    """What members get; which exchanges so many points are enough for."""
    rule = rule_of(work, row.id) or RuleRow(id=row.id, merchant=row.merchant, since=0)
    promised = [one for one in row.look.template_benefit_info or [] if is_now(one, work.now)]
    return Terms(
        points_per_yuan=write_points(rule.rate), point_months=rule.months, levels=steps(row, rule),
        benefits=[
            *(Benefit(title=one.title, lines=one.benefit_desc or [], until=one.end_date) for one in promised),
            *(Benefit(title=one.title, lines=one.lines, until=Moment(one.finish)) for one in in_force(work, row.id)),
        ],
        exchanges=[
            Exchange(key=one.key, title=one.title, points=write_points(one.points), voucher=bool(one.activity),
                     enough=one.points <= points)
            for one in rule.exchanges
        ],
    )  # fmt: skip


def steps(row: TemplateRow, rule: RuleRow) -> list[Step]:
    """The levels in the order in which people reach them."""
    rungs = {one.level: one for one in rule.ladder}
    found = sorted(row.levels, key=lambda one: rungs[one.level].spent if one.level in rungs else FOREVER)
    return [
        Step(
            level=one.level, title=one.level_show_name, text=one.level_desc, icon=one.level_icon,
            spent=Money(rungs[one.level].spent) if one.level in rungs else None,
            times=write_points(rungs[one.level].times) if one.level in rungs else None,
        )
        for one in found
    ]  # fmt: skip


class Look(Shape):
    card: Key  # the platform's number


class Next(Shape):
    """The next level that one reaches by spending."""

    title: str  # what people read
    left: Money  # yuan that are still to be spent


class Expiring(Shape):
    """Points that expire together."""

    points: str  # how many
    until: Moment  # when


class Line(Shape):
    """A line of the card."""

    title: str  # to the left
    value: str | None = None  # to the right
    url: str | None = None  # where it leads


class Looked(Held):
    kind: str  # what it is shown by: none, qrcode, barcode, dqrcode, dbarcode, mdqrcode or mdbarcode
    terms: Terms  # what members get
    spent: Money  # yuan that were paid with it and kept
    next: Next | None = None  # the next level, if there is one that is reached by spending
    expiring: list[Expiring] = []  # points that do not last for ever, the first to go first
    lines: list[Line] = []  # what the merchant has written on it
    actions: list[Line] = []  # its buttons
    front_image: str | None = None  # number of a picture of you
    front_text: list[FrontText] = []  # what the merchant wrote about you
    told: dict[str, str] = {}  # what the merchant was told of you: OPEN_FORM_FIELD_... to its value
    shop: str | None = None  # the shop where you joined


@method("kaifang.card.look", who=Who.WALLET, reads=True, raises=[CARD_NOT_EXIT])
def look(work: Work, ask: Look) -> Looked:
    """See all that is on your card: what members get, how far the next level is, what you told the merchant."""
    row = held_card(work, person_meant(work, None), ask.card)
    template, told = template_of(work, row.template, TEMPLATE_NOT_EXIST), held(work, row)
    return Looked(
        **{name: getattr(told, name) for name in told.__struct_fields__}, kind=template.write_off,
        terms=terms_of(work, template, points_of(work, row)), spent=Money(row.spent), next=next_of(work, template, row),
        expiring=[
            Expiring(points=write_points(one.points), until=Moment(one.until))
            for one in row.lots if one.until < FOREVER
        ],
        lines=lines_of(template), actions=actions_of(template), front_image=row.front_image or None,
        front_text=row.front_text, told=row.form, shop=row.shop or None,
    )  # fmt: skip


def next_of(work: Work, template: TemplateRow, row: CardRow) -> Next | None:
    """The next level that a card reaches by spending."""
    rule = rule_of(work, template.id)
    rung = next((one for one in rule.ladder if one.spent > row.spent), None) if rule is not None else None
    if rung is None:
        return None
    title = next((one.level_show_name for one in template.levels if one.level == rung.level), rung.level)
    return Next(title=title, left=Money(rung.spent - row.spent))


SHOWN = ("BALANCE", "POINT", "LEVEL")  # lines of which the answer says more


def lines_of(template: TemplateRow) -> list[Line]:
    """What the merchant has written on its cards."""
    return [
        Line(title=one.title, value=one.value, url=one.more_info.url if one.more_info else None)
        for one in template.look.column_info_list or []
        if one.title and one.code not in SHOWN
    ]


def actions_of(template: TemplateRow) -> list[Line]:
    """The buttons of a card that lead to a page."""
    return [Line(title=one.text, url=one.url) for one in template.look.card_action_list or [] if one.url]


class Near(Shape):
    longitude: Degrees | None = None  # degrees east of where you are; the newest cards of all, if left out
    latitude: Degrees | None = None  # degrees north
    limit: Annotated[int, Meta(ge=1, le=50)] = 20  # how many at most


class Joinables(Shape):
    templates: list[Joinable]  # of the nearest merchants first, or else the newest first


@method("kaifang.card.template.near", who=Who.WALLET, reads=True, raises=[INVALID])
def near(work: Work, ask: Near) -> Joinables:
    """List cards that you could join: of merchants near you, or the newest there are; not those that you have."""
    merchants = merchants_near(work, ask)
    if merchants is None:
        rows = work.select(TemplateRow, order="id desc", limit=2 * ask.limit)
    elif merchants:
        where = f"merchant in ({', '.join('?' * len(merchants))})"
        rows = work.select(TemplateRow, where, merchants, "id desc", 2 * ask.limit)
        rows.sort(key=lambda row: merchants.index(row.merchant))
    else:
        rows = []
    told = [joinable(work, row) for row in rows]
    return Joinables(templates=[one for one in told if one.card is None][: ask.limit])


def merchants_near(work: Work, ask: Near) -> list[str] | None:
    """Whose shops are near, the nearest first; None if it was not said near what, or nobody knows of shops here."""
    if ask.longitude is None and ask.latitude is None:
        return None
    if ask.longitude is None or ask.latitude is None:
        raise INVALID(field="latitude", reason="with longitude, or neither")
    place = {"longitude": ask.longitude, "latitude": ask.latitude, "limit": NEAR}
    with told_as({"INVALID_PARAMETER": INVALID}):
        found = work.ask_if_offered("kaifang.merchant.shop.nearby", **place)
    return list(dict.fromkeys(shop.merchant for shop in found.shops)) if found is not None else None
