"""What is kept of activities, vouchers and what was taken off with them."""

from kaifang.kernel import Money, Purse, Row, Shape, table

from .parts import Deduct, Display, Guide, Scope, SendMode, Supply, UseRule
from .states import Activity, Sale, Voucher


@table("voucher_activity", unique=[("merchant", "out_no")], index=[("merchant", "state")])
class ActivityRow(Row):
    """One activity: what is looked at whenever a voucher of it is had."""

    id: str  # activity_id, or template_id
    merchant: str  # user id
    kind: str  # payment, order, cash or cashless
    out_no: str  # the merchant's own number
    name: str  # what the merchant calls it
    title: str  # what people read
    app: str  # the app that asked
    auth_app: str  # the app it acted for
    state: str = Activity.begin.name
    created: int  # milliseconds
    start: int  # from when it can be had, milliseconds
    end: int  # until when
    quantity: int  # how many there are; 0: as many as the budget lasts
    public: bool = False  # whether anybody may claim one
    per_user: int = 0  # how many a person may have in a period; 0: any number
    period: str = "LIFE_CYCLE"  # which period
    per_periods: dict[str, int] = {}  # how many more narrowly: in a DAY, WEEK or MONTH
    per_day: int = 0  # how many are given out in a day; 0: any number
    by_person: bool = False  # count by identity card too
    by_phone: bool = False  # count by telephone number too
    certified: bool = False  # only people who proved who they are
    begins: int = 0  # from when a voucher can be used, milliseconds; 0: counted from when it was had
    ends: int = 0  # until when
    waits: int = 0  # milliseconds before it can be used
    lasts: int = 0  # and for how many it can
    times: int = 1  # how often one can be used
    most: Money = Money(0)  # what one may take off at most, of money that is set aside
    code_mode: str = ""  # of sold vouchers: MERCHANT_UPLOAD, MERCHANT_API or ALIPAY_CODE
    codes: int = 0  # how many the merchant brought
    price: Money = Money(0)  # what it is sold for
    notify_url: str = ""  # where the merchant is told of each use

    @property
    def asset(self) -> str:
        """What the journal calls one voucher of this activity."""
        return f"voucher:{self.id}"

    @property
    def issued(self) -> Purse:
        """Where they come from: it stands as far below zero as there ever were."""
        return Purse(self.merchant, "issue")

    @property
    def stock(self) -> Purse:
        """What is left to be had."""
        return Purse(self.merchant, "stock")

    @property
    def used(self) -> Purse:
        """What was used."""
        return Purse(self.merchant, "used")

    @property
    def over(self) -> Purse:
        """What expired or was made void."""
        return Purse(self.merchant, "over")

    @property
    def retired(self) -> Purse:
        """What was never given out when the activity ended."""
        return Purse(self.merchant, "retired")

    def budget(self, party: str) -> Purse:
        """What somebody set aside for this activity."""
        return Purse(party, f"budget:{self.id}")


class Funder(Shape):
    """Somebody who pays a part of what is taken off."""

    party: str  # user id
    percent: int  # of what is taken off
    ahead: bool  # whether it is set aside beforehand; else whoever sells takes less
    platform: bool = False  # whether it is the platform


@table("voucher_terms")
class TermsRow(Row):
    """What an activity promises: looked at when a voucher of it is used or asked about."""

    id: str  # activity_id
    deduct: Deduct
    scope: Scope | None = None
    rule: UseRule | None = None
    send: SendMode | None = None
    supply: Supply | None = None
    display: Display | None = None
    guide: Guide | None = None
    funders: list[Funder]
    texts: dict[str, str] = {}  # of a template: what the merchant wrote as text


@table("voucher", index=[("activity", "id"), ("user", "id")])
class VoucherRow(Row):
    """One voucher of one person."""

    id: str  # voucher_id, 28 digits
    activity: str  # activity_id
    merchant: str  # user id of who gives it
    user: str  # user id
    state: str = Voucher.begin.name
    begins: int  # from when it can be used, milliseconds
    ends: int  # until when
    created: int  # milliseconds
    exposure: str = ""  # the showing that led to it
    shop: str = ""  # the shop where it was taken
    code: str = ""  # what a sold voucher is shown by
    used_times: int = 0  # how often it was used
    trade: str = ""  # the trade it was used for, or may be used for only
    face: Money = Money(0)  # of vouchers that are worth different amounts: what this one is worth

    def units(self, row: ActivityRow) -> Money:
        """What it is to the journal: one of its kind, or of those that are worth different amounts so many fen."""
        return Money(self.face.minor or 1, row.asset)


class Holding(Shape):
    """A voucher that can still be used."""

    id: str  # voucher_id
    activity: str  # activity_id
    ends: int  # until when, milliseconds
    merchant: str = ""  # user id of who gave it


@table("voucher_holder")
class HolderRow(Row):
    """What a person has that can still be used: a payment looks here once."""

    id: str  # user id
    held: list[Holding] = []


@table("voucher_count", key=("activity", "who"))
class CountRow(Row):
    """How many somebody had, or used, of an activity."""

    activity: str  # activity_id
    who: str  # a user id; cert:, phone: and what counts; use: and a user id; or * for everybody
    total: int = 0
    period: str = ""  # the period that the next is of
    within: int = 0  # how many in it


@table("voucher_use", key=("voucher", "trade"), index=[("activity",)])
class UseRow(Row):
    """What a voucher took off a trade."""

    voucher: str  # voucher_id
    trade: str  # trade_no, or the merchant's own number of the use
    activity: str  # activity_id
    amount: Money  # taken off
    period: str = ""  # the period in which it counts


@table("voucher_code", key=("activity", "code"), unique=[("activity", "number")])
class CodeRow(Row):
    """A code by which a voucher is shown: brought by the merchant, or made here."""

    activity: str  # activity_id
    code: str
    number: int | None = None  # the how-manieth of those that were brought, from 1
    voucher: str = ""  # voucher_id, once it was given out


@table("voucher_received", key=("activity", "out_no"))
class ReceivedRow(Row):
    """A voucher that was given with others, under the merchant's own number."""

    activity: str  # activity_id
    out_no: str  # the merchant's own number
    voucher: str  # voucher_id


@table("voucher_taken", key=("activity", "exposure"))
class TakenRow(Row):
    """The voucher that somebody took where it was shown: a showing is good for one."""

    activity: str  # activity_id
    exposure: str  # the showing
    voucher: str  # voucher_id


@table("voucher_stock")
class StockRow(Row):
    """Codes that a merchant brought, before it says for which activity."""

    id: str  # stock_id
    merchant: str  # user id
    total: int = 0  # how many were brought
    poured: int = 0  # how many of these activities got, the first first


@table("voucher_stock_code", key=("merchant", "code"), unique=[("stock", "number")])
class StockCodeRow(Row):
    """One code of a stock."""

    merchant: str  # user id
    code: str
    stock: str  # stock_id
    number: int  # the how-manieth of its stock, from 1
    activity: str = ""  # activity_id, once it was poured


class Bill(Shape):
    """What a voucher was bought with."""

    fund_channel: str
    amount: Money
    bank_code: str | None = None
    fund_type: str | None = None
    card_id: str | None = None


@table("voucher_sale", index=[("voucher",)])
class SaleRow(Row):
    """One voucher that somebody buys, or bought."""

    id: str  # order_no, 28 digits
    activity: str  # activity_id
    payee: str  # user id of who is paid
    user: str  # user id of who buys
    price: Money
    state: str = Sale.begin.name
    voucher: str | None = None  # voucher_id, once it is paid
    exposure: str = ""  # the showing that led to it
    bills: list[Bill] = []  # what it was bought with
    earned: Money = Money(0)  # what the merchant got of it

    @property
    def purse(self) -> Purse:
        """Where the money waits."""
        return Purse(self.payee, "voucher_sales")
