"""What is kept of campaigns, of those who play, and of what they drew."""

from kaifang.kernel import Money, Purse, Row, Shape, table
from kaifang.kernel.fair import Outcome

from .states import Handover, Wufu


class Kind(Shape):
    """A kind of cards."""

    code: str  # such as 1001
    name: str  # such as 敬业福
    weight: int  # how often it is drawn, among the weights of all kinds
    wild: bool = False  # whether it stands for any kind that is missing


class Task(Shape):
    """Something that earns chances."""

    code: str  # by which it is told
    name: str  # what people are to do
    by: str  # user id of the merchant whose application tells who did it
    chances: int  # what it earns
    per_day: int  # how often a person may do it in a day


@table("wufu", index=[("state", "id")])
class WufuRow(Row):
    """A campaign of cards."""

    id: str  # 28 digits
    name: str  # what people read
    host: str  # user id of whose it is
    kinds: list[Kind]
    tasks: list[Task] = []
    start: int  # from when cards can be had, milliseconds
    opens: int  # when the pool is split; until then sets can be completed
    rule: str  # equal, or random
    least: int  # fen that everybody gets at least, if the pool has so much; of random
    daily: int  # chances that everybody has each day
    seed: str  # decides draws and split: 64 hexadecimal digits, told when the pool is split
    veil: str  # hides whose draws are whose, never told
    state: str = Wufu.begin.name

    @property
    def pool(self) -> Purse:
        """What is to be split."""
        return Purse(self.id, "pool")

    @property
    def issued(self) -> Purse:
        """Where cards and chances come from: it stands as far below zero as there are."""
        return Purse(self.id, "issue")

    @property
    def spent(self) -> Purse:
        """Where spent chances and cards of completed sets are."""
        return Purse(self.id, "spent")

    @property
    def chances(self) -> str:
        """What the journal calls a chance."""
        return f"wufu_chance:{self.id}"

    @property
    def quota(self) -> str:
        """What the journal calls a card that a merchant may hand out."""
        return f"wufu_quota:{self.id}"

    def card(self, kind: str) -> str:
        """What the journal calls a card of a kind."""
        return f"wufu:{self.id}:{kind}"

    def kind(self, code: str) -> Kind | None:
        """The kind with this code."""
        return next((kind for kind in self.kinds if kind.code == code), None)

    @property
    def outcomes(self) -> list[Outcome]:
        """What can be drawn."""
        return [Outcome(name=kind.code, weight=kind.weight) for kind in self.kinds if kind.weight]


@table("wufu_player", key=("wufu", "user"))
class PlayerRow(Row):
    """Somebody who plays."""

    wufu: str  # the campaign
    user: str  # user id
    who: str  # under which name draws and shares are public
    drawn: int = 0  # how often
    day: str = ""  # the day for which the daily chances are here


@table("wufu_draw", key=("wufu", "who", "number"), unique=[("wufu", "user", "out_no")])
class DrawRow(Row):
    """A card that was drawn."""

    wufu: str  # the campaign
    who: str  # under which name it is public
    number: int  # which draw of this person, from 1
    user: str  # user id
    out_no: str  # the number that whoever asked gave it
    card: str  # the platform's number of the card, 28 digits
    got: str  # which kind
    by: str  # how: scan, chance, or the number of a handout


@table("wufu_task", key=("wufu", "task", "user"))
class DoneRow(Row):
    """How often somebody did a task, and what was told of it."""

    wufu: str  # the campaign
    task: str  # its code
    user: str  # user id
    day: str = ""  # the day of the last time
    within: int = 0  # how often on that day


@table("wufu_chance_given", key=("wufu", "user", "out_no"))
class GivenRow(Row):
    """Chances that somebody was given."""

    wufu: str  # the campaign
    user: str  # user id
    out_no: str  # the number that whoever gave them has of it
    count: int


@table("wufu_handover", index=[("wufu", "user"), ("wufu", "friend")], unique=[("user", "out_no")])
class HandoverRow(Row):
    """A card that somebody offers, asks for, or would exchange."""

    id: str  # 28 digits by chance: whoever knows it may take what is given to nobody in particular
    wufu: str  # the campaign
    user: str  # user id of who began
    out_no: str  # that person's own number of it
    friend: str = ""  # user id of the other; empty: whoever takes it first
    gives: str = ""  # which kind of card is offered
    wants: str = ""  # which kind is asked for
    proposal: str = ""  # on which the other answers
    until: int  # milliseconds
    state: str = Handover.begin.name


@table("wufu_handout", unique=[("merchant", "scene")], index=[("merchant", "id"), ("shop",), ("wufu", "id")])
class HandoutRow(Row):
    """A place where a merchant hands cards out."""

    id: str  # 28 digits
    wufu: str  # the campaign
    merchant: str  # user id
    scene: str  # the merchant's own name of it, which official clients send
    slot: str  # SLOT, MINI_PROGRAM, SHOP_CODE or LIVE
    shop: str | None = None  # in which shop
    title: str  # what people read
    gives: str = ""  # which kind; empty: one that is drawn
    activity: str = ""  # the voucher activity of which everybody gets one with the card
    per_user: int  # how many a person may take
    issued: int  # how many cards there are in all
    closed: bool = False

    @property
    def stock(self) -> Purse:
        """What is left to be handed out."""
        return Purse(self.merchant, f"wufu_handout:{self.id}")


@table("wufu_take", key=("handout", "user", "number"), unique=[("handout", "user", "out_no"), ("voucher",)])
class TakeRow(Row):
    """A card that somebody took from a merchant."""

    handout: str  # its number
    user: str  # user id
    number: int  # the how-manieth of this person here
    out_no: str  # the number that whoever asked gave it
    card: str  # the platform's number of the card
    got: str  # which kind
    voucher: str | None = None  # voucher_id of what came with it
    trade: str = ""  # the trade for which that was used
    revenue: Money = Money(0)  # what that trade came to


@table("wufu_quota", key=("wufu", "merchant", "out_no"))
class QuotaRow(Row):
    """Cards that a merchant may hand out."""

    wufu: str  # the campaign
    merchant: str  # user id
    out_no: str  # the operator's number of it
    count: int


@table("wufu_entry", key=("wufu", "who"), unique=[("wufu", "user")])
class EntryRow(Row):
    """A completed set: a share of the pool."""

    wufu: str  # the campaign
    who: str  # under which name it is public
    user: str  # user id
    amount: Money = Money(0)  # once the pool is split


@table("wufu_fund", unique=[("wufu", "party", "out_no")], index=[("wufu", "id")])
class FundRow(Row):
    """Money that somebody puts into the pool."""

    id: str  # 28 digits
    wufu: str  # the campaign
    party: str  # user id
    out_no: str  # that party's own number of it
    amount: Money
    paid: bool = False  # whether it is there


@table("wufu_opening")
class OpeningRow(Row):
    """How far the splitting of a pool has come."""

    id: str  # the campaign
    total: Money  # what there was
    count: int  # how many share it
    weighed: int = 0  # of how many the weights are summed up
    whole: int = 0  # the weights of all of those
    paid: int = 0  # how many have their share
    before: str = "0"  # the weights of those: too large for a number of the database
    last: str = ""  # the last of them
