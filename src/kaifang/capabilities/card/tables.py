"""What is kept of templates, cards and points."""

from kaifang.kernel import FOREVER, Purse, Row, Shape, table

from .parts import FrontText, Level, Look, PaidInfo, Style
from .states import MemberCard, Spending


@table("card_template", index=[("merchant", "id")])
class TemplateRow(Row):
    """A kind of card that a merchant gives out."""

    id: str  # template_id, 28 digits
    merchant: str  # user id
    app: str  # the application that is asked for codes
    kind: str  # card_type
    write_off: str  # what a card is shown by
    digits: int  # of a card's number behind its prefix
    look: Look  # what it says and looks like
    levels: list[Level] = []
    labels: list[str] = []  # service_label_list
    required: list[str] = []  # what its form asks for
    optional: list[str] = []  # and what may be left out there
    created: int  # milliseconds
    modified: int  # milliseconds

    @property
    def style(self) -> Style:
        """What its cards look like."""
        assert self.look.template_style_info is not None, f"template {self.id} has no style"
        return self.look.template_style_info

    @property
    def name(self) -> str:
        """What people read."""
        return self.style.card_show_name


class Lot(Shape):
    """Points that expire together."""

    until: int  # milliseconds
    points: int  # hundredths


@table("member_card", unique=[("slot",), ("outside",)], index=[("template", "id"), ("user", "id")])
class CardRow(Row):
    """One card of one person."""

    id: str  # biz_card_no
    template: str  # template_id
    merchant: str  # user id
    user: str  # user id
    slot: str | None  # template and user: the one card that a person has of a template
    outside: str | None  # template and the merchant's own number
    external: str  # the merchant's own number
    state: str = MemberCard.begin.name
    level: str = ""
    opened: int  # milliseconds
    valid: int = FOREVER  # until when, milliseconds
    front_image: str = ""  # number of a picture
    front_text: list[FrontText] = []
    channel: str = ""  # open_card_channel
    channel_id: str = ""  # open_card_channel_id
    exposure: str = ""  # the showing that led to it
    shop: str = ""  # the shop where the person joined
    form: dict[str, str] = {}  # what the person told the merchant to join
    lots: list[Lot] = []  # points, those that expire first first
    occurred: int = 0  # when what the merchant told last had happened, milliseconds
    created: int  # since when it counts, milliseconds
    spent: int = 0  # fen that were paid with it and kept
    owed: int = 0  # hundredths of points that were spent, and then taken back
    synced: int = 0  # when the last purchase was that the merchant told of, milliseconds
    pointed: int = 0  # when the points changed last, milliseconds
    code: str = ""  # what the merchant made it be shown by
    code_until: int = 0  # until when, milliseconds
    code_made: int = 0  # the merchant's stamp of it, seconds
    bought: PaidInfo | None = None  # how it was paid for, as the merchant says

    @property
    def points(self) -> Purse:
        """The person's points."""
        return Purse(self.user, "point")

    @property
    def stored(self) -> Purse:
        """What the person has paid in, as the merchant says."""
        return Purse(self.user, "stored")


@table("card_former", key=("template", "user"))
class FormerRow(Row):
    """Somebody had a card that has ended: who comes back is not welcomed again, and still owes."""

    template: str  # template_id
    user: str  # user id
    owed: int = 0  # hundredths of points that were spent, and then taken back, less those that ended with the card


@table("card_point", key=("card", "id"))
class PointRow(Row):
    """Points that were had, spent or lost at once."""

    card: str  # biz_card_no
    id: str  # 28 digits
    change: int  # hundredths
    after: int  # hundredths the person has then
    why: str  # such as point.earn
    ref: str  # the number of what it was for
    at: int  # milliseconds


@table("card_code")
class CodeRow(Row):
    """A code by which a card is shown, for a short while."""

    id: str  # 18 digits
    card: str  # biz_card_no
    until: int  # milliseconds


class Rung(Shape):
    """A level that is reached by spending."""

    level: str
    spent: int  # fen
    times: int  # hundredths: so many times the points


class Exchange(Shape):
    """Something that points are exchanged for."""

    key: str  # the merchant's name of it
    title: str  # what people read
    points: int  # hundredths
    activity: str = ""  # activity_id of a voucher


@table("card_rule", index=[("merchant",)])
class RuleRow(Row):
    """What members of a template get."""

    id: str  # template_id
    merchant: str  # user id
    since: int  # milliseconds
    rate: int = 0  # hundredths of points for each yuan
    months: int = 0  # for how many points are good; 0: always
    ladder: list[Rung] = []  # the lowest first
    exchanges: list[Exchange] = []


@table("card_deal", key=("card", "trade"), index=[("trade",)])
class DealRow(Row):
    """A trade that counts for a card."""

    card: str  # biz_card_no
    trade: str  # trade_no
    rate: int = 0  # hundredths of points for each yuan, when it was paid
    times: int = 100  # hundredths: so many times that
    until: int = FOREVER  # when its points expire, milliseconds
    kept: int = 0  # fen paid and not given back, as far as it is counted
    points: int = 0  # hundredths that it was worth so far


@table("card_spend", unique=[("card", "out_no")])
class SpendRow(Row):
    """Points that were exchanged for something."""

    id: str  # 28 digits
    card: str  # biz_card_no
    out_no: str  # the person's number of it
    merchant: str  # user id
    key: str  # what it was, by the merchant's name
    title: str  # what people read
    points: int  # hundredths
    voucher: str = ""  # voucher_id
    state: str = Spending.begin.name


@table("card_consume", key=("card", "key"))
class ConsumeRow(Row):
    """A purchase that the merchant told of."""

    card: str  # biz_card_no
    key: str  # its kind, and its number or time
    said: str  # JSON, as it was told
    at: int  # milliseconds


@table("card_link", index=[("template",)])
class LinkRow(Row):
    """A link by which people join."""

    id: str  # 32 hexadecimal digits, of all that it says
    template: str  # template_id
    app: str  # whose link it is
    callback: str  # where people go who filled in the form; empty: they join here
    out_string: str  # the merchant's note


@table("card_form", key=("template", "user"), unique=[("request",)], index=[("merchant", "user")])
class FormRow(Row):
    """What a person told a merchant last, to be opened a card."""

    template: str  # template_id
    user: str  # user id
    request: str  # request_id, 32 letters and digits
    merchant: str  # user id
    told: dict[str, str]  # OPEN_FORM_FIELD_... to its value
    exposure: str  # the showing that led to it
    at: int  # milliseconds


@table("card_note", key=("card", "id"))
class NoteRow(Row):
    """What a merchant wanted a member to know."""

    card: str  # biz_card_no
    id: str  # 28 digits
    kind: str  # POINT_REMIND or POINT_CHANGE
    points: int  # hundredths
    until: int = 0  # when they expire, milliseconds; 0: nothing is said of that
    at: int  # milliseconds


@table("card_benefit", index=[("template", "id")])
class BenefitRow(Row):
    """Something that members of a template have for a while."""

    id: str  # 28 digits
    template: str  # template_id
    title: str  # what people read
    lines: list[str] = []  # the same at length
    start: int  # milliseconds
    finish: int  # milliseconds
    ext_info: str = ""  # JSON, as the merchant gave it
