"""What is kept of templates, cards and points."""

from kaifang.kernel import FOREVER, Purse, Row, Shape, table

from .parts import FrontText, Level, Look
from .states import MemberCard


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
    def name(self) -> str:
        """What people read."""
        assert self.look.template_style_info is not None, f"template {self.id} has no style"
        return self.look.template_style_info.card_show_name


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
    pointed: int = 0  # when the points changed last, milliseconds
    code: str = ""  # what the merchant made it be shown by
    code_until: int = 0  # until when, milliseconds
    code_made: int = 0  # the merchant's stamp of it, seconds

    @property
    def points(self) -> Purse:
        """The person's points."""
        return Purse(self.user, "point")

    @property
    def stored(self) -> Purse:
        """What the person has paid in, as the merchant says."""
        return Purse(self.user, "stored")


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
