"""Cards as people see them: which they can join, joining, having, showing and leaving."""

from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import (
    DAY,
    FOREVER,
    INVALID_PARAMETER,
    MINUTE,
    Key,
    Line,
    Moment,
    Money,
    Shape,
    Who,
    Work,
    method,
    told_as,
)

from .begin import new_card, read_start
from .benefit import in_force
from .card import end
from .earn import count_joined
from .errors import (
    CARD_FORM_MISSING,
    CARD_HAS_OPENED,
    CARD_IS_SOLD,
    CARD_NOT_EXIT,
    INVALID,
    SHOP_NOT_EXIST,
    TEMPLATE_NOT_EXIST,
    TRADE_NOT_EXIST,
)
from .find import held_card, person_meant, template_of, the_person
from .form import fill_in
from .numbers import write_points
from .parts import Level, MerchantCard, Promise
from .points import points_of, stored_of
from .sold import price_of, refuse_gift, selling_of
from .states import MemberCard
from .tables import CardRow, CodeRow, FormerRow, TemplateRow
from .tell import facts, tell_merchant

MOST = 100  # that are listed
SOON = 30 * DAY  # points that expire within are said to
CODE_LASTS = 2 * MINUTE
MADE_HERE, MADE_THERE = ("dqrcode", "dbarcode"), ("mdqrcode", "mdbarcode")  # codes of the platform, of the merchant
Form = Annotated[dict[Key, Line], Meta(max_length=20)]


class Of(Shape):
    merchant: Key | None = None  # whose cards, a user id,
    shop: Key | None = None  # or only those that this shop takes


class Face(Shape):
    """What a card looks like."""

    title: str  # what people read
    merchant: str  # user id of whose members one is
    merchant_name: str  # who that is
    brand: str | None = None  # whose card it is, in the merchant's words
    slogan: str | None = None  # what stands below
    logo: str | None = None  # number of a picture
    background: str | None = None  # number of a picture
    color: str | None = None  # of the writing, such as rgb(55,112,179)


class Joinable(Face):
    """A card that can be joined."""

    template: str  # 28 digits
    promises: list[str] = []  # what members get, a line each
    required: list[str] = []  # what has to be told to join, OPEN_FORM_FIELD_...
    optional: list[str] = []  # what may be told
    card: str | None = None  # the number of the card that the person who asks has of it
    price: Money | None = None  # yuan it is sold for, at least; absent: it costs nothing
    selling_url: str | None = None  # where


class Joinables(Shape):
    templates: list[Joinable]  # the newest first


@method("kaifang.card.template.of", who=Who.WALLET, reads=True, raises=[SHOP_NOT_EXIST])
def templates_of(work: Work, ask: Of) -> Joinables:
    """List the cards of a merchant, or of one shop, that people can join."""
    merchant = ask.merchant or merchant_of(work, ask.shop)
    rows = work.select(TemplateRow, "merchant = ?", (merchant,), "id desc", MOST)
    fitting = [row for row in rows if ask.shop is None or ask.shop in (row.look.shop_ids or [ask.shop])]
    return Joinables(templates=[joinable(work, row) for row in fitting])


def merchant_of(work: Work, shop: str | None) -> str:
    """Whose shop it is."""
    if shop is None:
        raise INVALID_PARAMETER(field="merchant", reason="give merchant or shop")
    with told_as({"SHOP_NOT_EXIST": SHOP_NOT_EXIST}):
        return str(work.ask("kaifang.merchant.shop.read", shop_id=shop).merchant)


def joinable(work: Work, row: TemplateRow) -> Joinable:
    """A template as people see it."""
    style, user = row.style, work.caller.user
    own = work.find(CardRow, slot=f"{row.id}/{user}") if user else None
    rights = (row.look.open_card_conf.card_rights if row.look.open_card_conf else None) or []
    promises, selling = [*promises_of(work, row), *(one.title for one in rights)], selling_of(row)
    return Joinable(
        **face(work, row), template=row.id, required=row.required, optional=row.optional,
        promises=[*(style.feature_descriptions or []), *promises], card=own.id if own else None,
        price=price_of(row), selling_url=selling.selling_url if selling else None,
    )  # fmt: skip


def face(work: Work, row: TemplateRow) -> dict[str, Any]:
    """What a template's cards look like."""
    style, merchant = row.style, work.ask("kaifang.account.party.find", user_id=row.merchant)
    return {
        "title": row.name, "merchant": row.merchant, "merchant_name": merchant.name, "brand": style.brand_name,
        "slogan": style.slogan, "logo": style.logo_id, "background": style.background_id, "color": style.bg_color,
    }  # fmt: skip


def promises_of(work: Work, row: TemplateRow) -> list[str]:
    """What members of a template have at this moment, in a line each."""
    there = [one for one in row.look.template_benefit_info or [] if is_now(one, work.now)]
    return [one.title for one in there] + [one.title for one in in_force(work, row.id)]


def is_now(one: Promise, now: int) -> bool:
    """Whether a promise holds at this moment."""
    return (one.start_date is None or one.start_date.ms <= now) and (one.end_date is None or now < one.end_date.ms)


class Join(Shape):
    template: Key  # which card, the template's number
    user: Key | None = None  # who joins, where another capability asks for a person; else whoever is signed in
    exposure: Key | None = None  # the showing that led here
    shop: Key | None = None  # the shop where one joins
    trade_no: Key | None = None  # the trade that was just paid there: it counts already
    form: Form = {}  # what is told beyond what the platform knows: OPEN_FORM_FIELD_... to its value


class Held(Face):
    """A card as the person sees it."""

    card: str  # the platform's number
    template: str  # 28 digits
    external_no: str  # the merchant's number
    level: str | None = None  # which level
    level_name: str | None = None  # what people read
    points: str  # two decimals at most
    stored: Money  # yuan paid in
    soon: str | None = None  # points that expire within 30 days
    joined: Moment  # since when
    valid: Moment | None = None  # until when; absent: without an end


JOIN_FAULTS = [INVALID, TEMPLATE_NOT_EXIST, CARD_HAS_OPENED, CARD_FORM_MISSING, CARD_IS_SOLD, TRADE_NOT_EXIST]


@method("kaifang.card.join", who=Who.WALLET, raises=JOIN_FAULTS)
def join(work: Work, ask: Join) -> Held:
    """Join a merchant's members: the call is the consent. Who is a member already is shown the card."""
    user = person_meant(work, ask.user)
    template = template_of(work, ask.template, TEMPLATE_NOT_EXIST)
    row = work.find(CardRow, slot=f"{template.id}/{user}")
    if row is not None and row.state == MemberCard.ACTIVE.name:
        return held(work, row)
    refuse_gift(template)
    person = the_person(work, "user", user_id=user)
    told = fill_in(work, template, person, ask.form)
    start = read_start(template, MerchantCard(), work.now)
    if work.find(FormerRow, template=template.id, user=user) is not None:
        start.points = start.stored = 0  # one is welcomed once, however often one leaves and comes back
    row = new_card(work, template, user, start)
    row.exposure, row.shop, row.form = ask.exposure or "", ask.shop or "", told
    MemberCard.join(work, row, **facts(row, trade_no=ask.trade_no))
    tell_merchant(work, row, "JOINED", form=told, shop_id=ask.shop)
    if ask.trade_no is not None:
        count_joined(work, row, ask.trade_no)
    return held(work, row)


def held(work: Work, row: CardRow) -> Held:
    """A card as the person sees it."""
    template = template_of(work, row.template, TEMPLATE_NOT_EXIST)
    soon = sum(lot.points for lot in row.lots if lot.until <= work.now + SOON)
    return Held(
        **face(work, template), card=row.id, template=row.template, external_no=row.external,
        level=row.level or None, level_name=level_name(template.levels, row.level),
        points=write_points(points_of(work, row)), stored=Money(stored_of(work, row)),
        soon=write_points(soon) if soon else None, joined=Moment(row.opened),
        valid=Moment(row.valid) if row.valid < FOREVER else None,
    )  # fmt: skip


def level_name(levels: list[Level], level: str) -> str | None:
    """What people read of a level."""
    return next((one.level_show_name for one in levels if one.level == level), None)


class Mine(Shape):
    user: Key | None = None  # whose, where another capability asks for a person; else whoever is signed in


class Cards(Shape):
    cards: list[Held]  # the newest first


@method("kaifang.card.held", who=Who.WALLET, reads=True, raises=[INVALID])
def list_held(work: Work, ask: Mine) -> Cards:
    """List the cards that you have."""
    where, values = '"user" = ? and state = ?', (person_meant(work, ask.user), MemberCard.ACTIVE.name)
    rows = work.select(CardRow, where, values, "opened desc, id desc", MOST)
    return Cards(cards=[held(work, row) for row in rows])


class Which(Shape):
    card: Key  # the platform's number


class Shown(Shape):
    kind: str  # what it is shown by: none, qrcode, barcode, dqrcode, dbarcode, mdqrcode or mdbarcode
    shown: str | None = None  # what the till reads; absent while the merchant makes it
    until: Moment | None = None  # until when it is good; absent: always


@method("kaifang.card.show", who=Who.WALLET, raises=[CARD_NOT_EXIT])
def show(work: Work, ask: Which) -> Shown:
    """Show your card at a till: by the merchant's number, or by a code that is good for a short while."""
    row = held_card(work, person_meant(work, None), ask.card)
    template = template_of(work, row.template, TEMPLATE_NOT_EXIST)
    if template.write_off in MADE_HERE:
        code = work.add(CodeRow(id=f"29{work.chance.digits(16)}", card=row.id, until=work.now + CODE_LASTS))
        work.later(code.until, "membercard.code_expire", code.id)
        return Shown(kind=template.write_off, shown=code.id, until=Moment(code.until))
    if template.write_off in MADE_THERE:
        return shown_there(work, row, template)
    return Shown(kind=template.write_off, shown=None if template.write_off == "none" else row.external)


def shown_there(work: Work, row: CardRow, template: TemplateRow) -> Shown:
    """A code that the merchant made; if there is none that is good, the merchant is asked for one."""
    if row.code_until > work.now:
        return Shown(kind=template.write_off, shown=row.code, until=Moment(row.code_until))
    conf = template.look.mdcode_notify_conf
    assert conf is not None, f"template {template.id} asks nobody for codes"
    fields: dict[str, object] = {
        "biz_card_no": row.id, "external_card_no": row.external, "template_id": row.template, "user_id": row.user,
        "ext_params": conf.ext_params, "time_stamp": work.now // 1000,
    }  # fmt: skip
    work.notify(template.app, conf.url, "member_card_code_sync", row.id, fields)
    return Shown(kind=template.write_off)


class Left(Shape):
    card: str  # which you had


@method("kaifang.card.leave", who=Who.WALLET, raises=[CARD_NOT_EXIT])
def leave(work: Work, ask: Which) -> Left:
    """Leave a merchant's members; your points there are gone."""
    row = held_card(work, person_meant(work, None), ask.card)
    MemberCard.leave(work, row, **facts(row))
    end(work, row, "card.leave")
    tell_merchant(work, row, "LEFT")
    return Left(card=row.id)
