"""Cards as merchants open, change and end them."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from kaifang.kernel import DAY, FOREVER, Key, Line, Moment, Money, Shape, Text, Who, Work, method

from .begin import new_card, read_start
from .errors import (
    CARD_HAS_OPENED,
    CARD_IS_DELETED_ALREADY,
    CARD_NOT_EXIT,
    INVALID,
    NO_CARD_TYPE,
    OPEN_CARD_NEED_OPENFORM,
    PAID_OUTER_CARD_LACK_TEMPLATE_CONFIG,
    PAIDOUTERCARD_LACK_TEMPLATE_CONFIG,
    TEMPLATE_NOT_EXIT,
    USER_AUTH_FAIL,
)
from .find import Target, card_of, own_template, template_of, the_person, the_target
from .notes import note_change
from .numbers import read_points, write_points
from .parts import MerchantCard, MerchantCode, PaidInfo
from .points import carry_over, clear, points_of, set_points, set_stored, stored_of
from .sold import note_bought
from .states import MemberCard
from .tables import CardRow, CodeRow, FormerRow, FormRow, TemplateRow
from .tell import facts
from .template import check_level

SCOPE = "auth_ecard"  # what a person consents to for an app to open a card
NumberKind = Literal["BIZ_CARD", "EXTERNAL_CARD", "D_QR_CODE", "D_BAR_CODE"]
Channel = Annotated[str, Meta(max_length=64, pattern="^[0-9A-Za-z_]*$")]


class UserInfo(Shape):
    """Whose card it is."""

    user_uni_id: Key | None = None  # user id,
    user_uni_id_type: Literal["UID", "OPEN_ID"] | None = None  # which of the two
    open_id: Line | None = None  # or as your app knows that person


class Member(Shape):
    """What you know of a member."""

    name: Line | None = None  # as on the identity card
    cell: Key | None = None  # telephone number
    birth: Annotated[str, Meta(max_length=10, pattern=r"^\d{4}-\d\d-\d\d$")] | None = None  # birthday, 2000-12-31
    gende: Annotated[str, Meta(max_length=8)] | None = None  # MALE or FEMALE; the wire spells it so


class Apply(Shape):
    """What a card is opened with."""

    out_serial_no: Key  # your own number of this; asking twice opens one
    card_template_id: Key  # which template
    card_user_info: UserInfo  # whose card
    card_ext_info: MerchantCard  # what it begins with; your own number must be there
    member_ext_info: Member | None = None  # what you know of the member


class Open(Apply):
    open_card_channel: Channel | None = None  # by which way the person came, in your words
    open_card_channel_id: Channel | None = None  # by which one exactly
    paid_outer_card_info: PaidInfo | None = None  # how the person bought it


class Applied(Shape):
    card_info: MerchantCard  # the card


class Opened(Applied):
    open_card_channel: str | None = None  # as you gave it
    open_card_channel_id: str | None = None  # as you gave it


OPEN_FAULTS = [TEMPLATE_NOT_EXIT, CARD_HAS_OPENED]


@method(
    "alipay.marketing.card.open", once=("out_serial_no",), clash=INVALID,
    raises=[*OPEN_FAULTS, USER_AUTH_FAIL, OPEN_CARD_NEED_OPENFORM, PAID_OUTER_CARD_LACK_TEMPLATE_CONFIG],
)  # fmt: skip
def open_card(work: Work, ask: Open) -> Opened:
    """Open a card for a person who consented to it; the consent comes as auth_token."""
    template = own_template(work, ask.card_template_id, TEMPLATE_NOT_EXIT)
    user = user_of(work, ask.card_user_info)
    if work.caller.user != user or SCOPE not in work.caller.scopes:
        raise USER_AUTH_FAIL(scope=SCOPE)
    form = work.find(FormRow, template=template.id, user=user)
    if template.required and form is None:
        raise OPEN_CARD_NEED_OPENFORM(template_id=template.id)
    row = begin(work, template, user, ask, form)
    note_bought(work, row, ask.paid_outer_card_info, PAID_OUTER_CARD_LACK_TEMPLATE_CONFIG)
    row.channel, row.channel_id = ask.open_card_channel or "", ask.open_card_channel_id or ""
    return Opened(
        card_info=told(work, row), open_card_channel=ask.open_card_channel,
        open_card_channel_id=ask.open_card_channel_id,
    )  # fmt: skip


@method(
    "alipay.marketing.card.open.apply", once=("out_serial_no",), clash=INVALID, who=Who.OPERATOR, raises=OPEN_FAULTS,
)  # fmt: skip
def open_apply(work: Work, ask: Apply) -> Applied:
    """Open a card of any merchant's as who runs the platform, for a person who consented elsewhere."""
    template = template_of(work, ask.card_template_id, TEMPLATE_NOT_EXIT)
    return Applied(card_info=told(work, begin(work, template, user_of(work, ask.card_user_info), ask)))


def user_of(work: Work, info: UserInfo) -> str:
    """The person who is meant, whose account is in use."""
    named = {"open_id": info.open_id or info.user_uni_id} if info.user_uni_id_type == "OPEN_ID" else {
        "user_id": info.user_uni_id, "open_id": info.open_id,
    }  # fmt: skip
    return str(the_person(work, "card_user_info", **named).user_id)


def begin(work: Work, template: TemplateRow, user: str, ask: Apply, form: FormRow | None = None) -> CardRow:
    """A new card, with what the merchant told, and what the person did."""
    if ask.card_ext_info.external_card_no is None:
        raise INVALID(field="card_ext_info.external_card_no", reason="missing; your own number of the card")
    start = read_start(template, ask.card_ext_info, work.now)
    row = new_card(work, template, user, start)
    if ask.member_ext_info is not None:
        about = {"NAME": "name", "MOBILE": "cell", "BIRTHDAY": "birth", "GENDER": "gende"}
        known = {name: getattr(ask.member_ext_info, member) for name, member in about.items()}
        row.form = {f"OPEN_FORM_FIELD_{name}": value for name, value in known.items() if value}
    if form is not None:
        row.form, row.exposure = row.form | form.told, form.exposure
    MemberCard.open(work, row, **facts(row))
    return row


def told(work: Work, row: CardRow) -> MerchantCard:
    """A card as its merchant reads it."""
    code = MerchantCode(code_status="SUCCESS", code_value=row.code, expire_time=Moment(row.code_until))
    return MerchantCard(
        template_id=row.template, biz_card_no=row.id, external_card_no=row.external, open_date=Moment(row.opened),
        valid_date=Moment(row.valid) if row.valid < FOREVER else None, level=row.level or None,
        point=write_points(points_of(work, row)), balance=str(Money(stored_of(work, row))),
        front_image_id=row.front_image or None, front_text_list=row.front_text or None,
        mdcode_info=code if row.code_until > work.now else None,
    )  # fmt: skip


class Query(Shape):
    target_card_no: Key | None = None  # a number of the card,
    target_card_no_type: Key | None = None  # BIZ_CARD, EXTERNAL_CARD with template_id, D_QR_CODE or D_BAR_CODE
    template_id: Key | None = None  # or the template,
    card_user_info: UserInfo | None = None  # and whose card; beside a number: whose it must be
    ext_info: Text | None = None  # kept for later; says nothing


class Queried(Shape):
    card_info: MerchantCard  # the card
    paid_outer_card_info: PaidInfo | None = None  # how it was bought


@method("alipay.marketing.card.query", reads=True, raises=[INVALID, CARD_NOT_EXIT, NO_CARD_TYPE])
def query(work: Work, ask: Query) -> Queried:
    """Ask how a card of yours stands: by its number, your own number, a code that is shown, or whose it is."""
    row = card_meant(work, ask)
    live = row is not None and row.merchant == work.caller.merchant and row.state == MemberCard.ACTIVE.name
    if row is None or not live:
        raise CARD_NOT_EXIT(target_card_no=ask.target_card_no)
    if ask.card_user_info is not None and user_of(work, ask.card_user_info) != row.user:
        raise CARD_NOT_EXIT(target_card_no=ask.target_card_no)
    return Queried(card_info=told(work, row), paid_outer_card_info=row.bought)


def card_meant(work: Work, ask: Query) -> CardRow | None:
    """The card that a question is about, whosoever it is."""
    kind = ask.target_card_no_type or "BIZ_CARD"
    if ask.target_card_no is None:
        if ask.template_id is None or ask.card_user_info is None:
            raise INVALID(field="target_card_no", reason="give it, or template_id and card_user_info")
        return work.find(CardRow, slot=f"{ask.template_id}/{user_of(work, ask.card_user_info)}")
    if kind == "BIZ_CARD":
        return work.find(CardRow, id=ask.target_card_no)
    if kind == "EXTERNAL_CARD":
        if ask.template_id is None:
            raise INVALID(field="template_id", reason="missing; your own numbers are looked up in a template")
        return work.find(CardRow, outside=f"{ask.template_id}/{ask.target_card_no}")
    if kind not in ("D_QR_CODE", "D_BAR_CODE"):
        raise NO_CARD_TYPE(target_card_no_type=kind, known="BIZ_CARD, EXTERNAL_CARD, D_QR_CODE, D_BAR_CODE")
    code = work.find(CodeRow, id=ask.target_card_no)
    return work.find(CardRow, id=code.card) if code is not None and code.until > work.now else None


class MessageInfo(Shape):
    """What the person is told of a change."""

    changed_point: Key | None = None  # how many points more, or less: such as 100, or -100


class Update(Target):
    occur_time: Moment  # when this happened; what happened before what you told last is refused
    card_info: MerchantCard  # what the card is to say; what is left out stays
    merchant_card_msg_info: MessageInfo | None = None  # what the person is told of it
    paid_outer_card_info: PaidInfo | None = None  # what was paid for it since, such as for another year
    ext_info: Text | None = None  # kept for later; says nothing


class Updated(Shape):
    pass


@method(
    "alipay.marketing.card.update",
    raises=[INVALID, NO_CARD_TYPE, CARD_NOT_EXIT, PAIDOUTERCARD_LACK_TEMPLATE_CONFIG],
)  # fmt: skip
def update(work: Work, ask: Update) -> Updated:
    """Change a card; what is older than what you told last, or sets points that changed since, is refused."""
    row = the_target(work, ask)
    check_order(work, row, ask)
    MemberCard.update(work, row, **facts(row))
    row.occurred = ask.occur_time.ms
    change(work, row, ask.card_info)
    note_bought(work, row, ask.paid_outer_card_info, PAIDOUTERCARD_LACK_TEMPLATE_CONFIG)
    changed = ask.merchant_card_msg_info.changed_point if ask.merchant_card_msg_info else None
    if changed is not None:
        note_change(work, row, changed)
    return Updated()


def check_order(work: Work, row: CardRow, ask: Update) -> None:
    """Refuse what was overtaken, so that no change is lost."""
    at = ask.occur_time.ms
    if at > work.now + DAY:
        raise INVALID(field="occur_time", reason="it is yet to come")
    if at < row.occurred:
        raise INVALID(field="occur_time", reason=f"you told later things already, of {Moment(row.occurred)}")
    if ask.card_info.point is not None and at // 1000 < row.pointed // 1000:
        raise INVALID(field="occur_time", reason=f"the points changed at {Moment(row.pointed)}; query them first")


def change(work: Work, row: CardRow, info: MerchantCard) -> None:
    """Let a card say what the merchant tells."""
    for name, kept in (("open_date", row.opened), ("valid_date", row.valid)):
        asked = getattr(info, name)
        if asked is not None and asked.ms // 1000 != kept // 1000:
            raise INVALID(field=f"card_info.{name}", reason="it is not changed")
    if info.template_id is not None and info.template_id != row.template:
        move(work, row, info.template_id)
    if info.external_card_no is not None and info.external_card_no != row.external:
        rename(work, row, info.external_card_no)
    if info.level is not None:
        check_level(template_of(work, row.template, TEMPLATE_NOT_EXIT), info.level)
        row.level = info.level
    if info.point is not None:
        set_points(work, row, read_points(info.point, "card_info.point"), "point.update", row.id)
    if info.balance is not None:
        set_stored(work, row, read_points(info.balance, "card_info.balance"), "stored.update", row.id)
    row.front_image = row.front_image if info.front_image_id is None else info.front_image_id
    row.front_text = row.front_text if info.front_text_list is None else info.front_text_list
    if info.mdcode_info is not None:
        take_code(row, info.mdcode_info)


def rename(work: Work, row: CardRow, external: str) -> None:
    """Give a card another number of the merchant's."""
    outside = f"{row.template}/{external}"
    if work.find(CardRow, outside=outside) is not None:
        raise INVALID(field="card_info.external_card_no", reason="another card of the template has it")
    row.external, row.outside = external, outside


def move(work: Work, row: CardRow, template_id: str) -> None:
    """Let a card belong to another template of the merchant, with all that is on it."""
    template = template_of(work, template_id, INVALID)
    if template.merchant != row.merchant:
        raise INVALID(field="card_info.template_id", reason="no template of yours has this number")
    if work.find(CardRow, slot=f"{template_id}/{row.user}") is not None:
        raise INVALID(field="card_info.template_id", reason="the person has a card of it")
    if work.find(CardRow, outside=f"{template_id}/{row.external}") is not None:
        raise INVALID(field="card_info.template_id", reason="another card of it has your number")
    carry_over(work, row, template_id)
    row.template, row.slot, row.outside = template_id, f"{template_id}/{row.user}", f"{template_id}/{row.external}"


def take_code(row: CardRow, code: MerchantCode) -> None:
    """Keep a code that the merchant made, unless a later one came before it."""
    if code.code_status != "SUCCESS" or (code.time_stamp or 0) < row.code_made:
        return
    if code.code_value is None or code.expire_time is None:
        raise INVALID(field="card_info.mdcode_info", reason="code_value and expire_time are missing")
    row.code, row.code_until, row.code_made = code.code_value, code.expire_time.ms, code.time_stamp or 0


class Delete(Target):
    out_serial_no: Key  # your own number of this; asking twice deletes once
    reason_code: Literal["USER_UNBUND", "CANCEL", "PRESENT"]  # unbound, ended for good, or given to somebody else
    ext_info: Text | None = None  # kept with the event: new_card_no and donee_user_id of one that was given away


class Deleted(Shape):
    biz_serial_no: str  # 28 digits


@method(
    "alipay.marketing.card.delete", once=("out_serial_no",), clash=INVALID,
    raises=[NO_CARD_TYPE, CARD_NOT_EXIT, CARD_IS_DELETED_ALREADY],
)  # fmt: skip
def delete(work: Work, ask: Delete) -> Deleted:
    """End a card, with all that is on it; the person can join again unless it was ended for good."""
    if ask.target_card_no_type == "BIZ_CARD":
        row = card_of(work, ask.target_card_no)
        if row.merchant == work.caller.merchant and row.state == MemberCard.DELETED.name:
            raise CARD_IS_DELETED_ALREADY(target_card_no=row.id)
    row = the_target(work, ask)
    number = work.new_id("10103")
    MemberCard.delete(work, row, **facts(row, reason=ask.reason_code, ext_info=ask.ext_info, number=number))
    end(work, row, "card.delete")
    if ask.reason_code == "CANCEL":
        row.slot = f"{row.template}/{row.user}"
    return Deleted(biz_serial_no=number)


def end(work: Work, row: CardRow, why: str) -> None:
    """Nothing is left on a card that has ended but what it owes, and the person can have another."""
    key: dict[str, Any] = {"template": row.template, "user": row.user}
    former = work.find(FormerRow, **key) or work.add(FormerRow(**key))
    former.owed += row.owed - points_of(work, row)
    clear(work, row, why)
    form = work.find(FormRow, **key)
    if form is not None:
        work.remove(form)
    row.form = {}
    row.slot = row.outside = None
