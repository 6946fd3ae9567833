"""What is kept of campaigns, their prizes and what was drawn."""

from kaifang.kernel import Money, Purse, Row, table
from kaifang.kernel.fair import Outcome

from .states import CashCampaign, DrawCampaign, Prize


@table("campaign_cash", index=[("merchant", "id")])
class CashRow(Row):
    """A campaign that gives cash away."""

    id: str  # crowd_no, 28 digits
    merchant: str  # user id
    name: str  # coupon_name
    message: str  # prize_msg
    form: str  # fixed or random
    total: Money
    count: int  # how many there are to be
    low: int  # what one comes to at least, fen
    high: int  # and at most
    start: int  # milliseconds; 0: as soon as it is paid
    end: int  # milliseconds
    life: int  # how often one person may have one
    period: str  # D, W, M or nothing
    within: int  # how often in it
    seed: str  # decides what is drawn: 64 hexadecimal digits, told when it is over
    veil: str  # hides whose draws are whose, never told
    state: str = CashCampaign.begin.name

    @property
    def budget(self) -> Purse:
        """What is left to be given."""
        return Purse(self.merchant, f"campaign:{self.id}")


@table("campaign_lottery", unique=[("merchant", "code")])
class LotteryRow(Row):
    """A campaign in which people draw prizes."""

    id: str  # camp_id, 28 digits
    merchant: str  # user id
    code: str  # camp_code, the merchant's own
    name: str
    start: int  # milliseconds
    end: int  # milliseconds
    rate: int  # of a hundred draws so many win
    trigger: str  # trigger_type
    per_account: int  # how often one person may draw; 0: any number of times, here and below
    per_certificate: int  # how often with one identity card
    per_mobile: int  # how often with one telephone number
    per_terminal: int  # how often from one device
    wins: int  # how often one person may win
    rules: list[list[Outcome]] = []  # what could be drawn with which odds: the last rule holds
    whitelist: list[str] = []  # user ids, if only these may draw
    seed: str  # decides what is drawn: 64 hexadecimal digits, told when it is over
    veil: str  # hides whose draws are whose, never told
    state: str = DrawCampaign.begin.name


@table("campaign_prize", unique=[("campaign", "out_no")], index=[("campaign", "id")])
class PrizeRow(Row):
    """A prize of a draw campaign."""

    id: str  # prize_id, 28 digits
    campaign: str  # camp_id
    merchant: str  # user id
    out_no: str | None = None  # the merchant's own number of it
    name: str
    kind: str  # prize_type
    activity: str = ""  # the voucher activity of which it is one
    budget: str = "COUNT"  # or MONEY
    total: int  # how many there are, or of MONEY how many fen
    low: int = 0  # if it is cash, fen at least
    high: int = 0  # and at most
    start: int  # from when it can be won, milliseconds
    end: int  # until when
    per_user: int = 0  # how often one person may win it; 0: any number of times
    period: str = ""  # D, W or M
    within: int = 0  # how often it can be won in it by all together; 0: any number of times
    more: str = ""  # ext_properties
    state: str = Prize.begin.name

    @property
    def asset(self) -> str:
        """What the journal calls one of it."""
        return f"prize:{self.id}"

    @property
    def money(self) -> Purse:
        """The cash that is set aside for it."""
        return Purse(self.merchant, self.asset)

    @property
    def issued(self) -> Purse:
        """Where they come from: it stands as far below zero as there are."""
        return Purse(self.merchant, "issue")

    @property
    def stock(self) -> Purse:
        """What is left."""
        return Purse(self.merchant, "stock")


@table("campaign_draw", key=("campaign", "who", "number"), unique=[("campaign", "user", "out_no")])
class DrawRow(Row):
    """One draw, and what came of it."""

    campaign: str  # crowd_no or camp_id
    who: str  # under which name it is public
    number: int  # which draw of this person, from 1
    user: str  # user id
    out_no: str  # the merchant's number of it
    log: str  # the platform's number, 28 digits
    rule: int = 0  # by which rule: the place in the list
    asked: str = ""  # the one prize that was drawn for, or the amount that was asked for
    got: str = ""  # what was drawn
    amount: Money = Money(0)  # if it was cash
    gone: bool = False  # whether nothing of that was left
    given: str = ""  # number of the voucher or certificate
    at: int  # milliseconds


@table("campaign_count", key=("campaign", "who"))
class CountRow(Row):
    """How often somebody or something had a part in a campaign."""

    campaign: str  # crowd_no or camp_id
    who: str  # a user id; or cert:, phone:, device:, won:, prize: and what counts
    total: int = 0
    period: str = ""  # the period that the next is of
    within: int = 0  # how often in it
