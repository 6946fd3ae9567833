"""What a trade leaves on disk."""

from kaifang.kernel import Money, Purse, Row, table, total

from .parts import BatchPart, BatchRefund, Bill, More, Off, OrderItem, Part, Settled
from .states import Declaration, Payout, RefundApplication, Settlement, Trade

SECONDARY = "secondary:"  # before its smid: the owner of what waits for a secondary merchant, or is to reach its card


@table("trade", unique=[("seller", "out_trade_no")])
class TradeRow(Row):
    """One trade."""

    id: str  # trade_no, 28 digits; begins with the day
    seller: str  # user id
    out_trade_no: str  # the seller's own number
    way: str  # how it came: pay, create, precreate, page, wap, app or merge
    app: str  # the app that asked
    auth_app: str  # the app it acted for
    product: str  # product_code
    subject: str  # what for
    total: Money  # what is owed
    buyer: str = ""  # user id, once known
    open_id: str = ""  # the same as the app knows it, if it knows open_ids only
    state: str = Trade.begin.name
    refunded: Money = Money(0)  # given back so far
    fee: Money = Money(0)  # what the platform took of the seller
    created: int  # milliseconds
    expires: int  # milliseconds; closed then if unpaid
    paid: int = 0  # milliseconds
    ended: int = 0  # milliseconds: closed, fully refunded or finished
    bills: list[Bill] = []  # what it was paid with
    notify_url: str = ""  # where the seller is told
    more: More | None = None

    @property
    def payee(self) -> str:
        """Whose the money is once it is settled: the seller's, or a secondary merchant's account or card."""
        return (self.more.settled_to if self.more is not None else None) or self.seller

    def purse(self, purpose: str = "balance") -> Purse:
        """Where the money is: settled, in escrow, or kept aside as royalty."""
        if self.more is None or self.more.settled_to is None:
            return Purse(self.seller, purpose)
        return Purse(self.payee if purpose == "balance" else f"{SECONDARY}{self.more.smid}", purpose)

    @property
    def secondary(self) -> str:
        """The secondary merchant whose money it is; empty: it is the seller's."""
        return "" if self.more is None or self.more.settled_to is None else self.more.smid or ""

    @property
    def paid_to(self) -> str:
        """The same as the wire names it: a user id, or the smid of a merchant whose card it goes to."""
        return self.secondary if self.payee.startswith(SECONDARY) else self.payee

    @property
    def offs(self) -> list[Off]:
        """What vouchers took off."""
        return (self.more.offs or []) if self.more is not None else []

    @property
    def owed(self) -> Money:
        """What the buyer pays."""
        return self.total - total([off.amount for off in self.offs])

    @property
    def received(self) -> Money:
        """What the seller gets before fees: from the buyer, and from whoever pays vouchers for him."""
        return self.total - total([off.let_off for off in self.offs])

    @property
    def given_back(self) -> Money:
        """What the buyer got back."""
        return self.refunded - total([off.back for off in self.offs])

    @property
    def returned(self) -> Money:
        """What left the seller again by refunds."""
        return self.refunded - total([off.let_off_back for off in self.offs])


@table("refund", key=("trade", "request"), index=[("trade", "number")])
class RefundRow(Row):
    """One refund: the whole or a part of a trade given back."""

    trade: str  # trade_no
    request: str  # out_request_no, or the trade's out_trade_no
    number: str  # 28 digits
    amount: Money
    reason: str = ""
    at: int  # milliseconds
    bills: list[Bill] = []  # where it went back to
    taken_back: dict[str, Money] = {}  # from whom how much, of those it was shared with
    fee: Money = Money(0)  # given back by the platform
    total: Money = Money(0)  # of the trade, all refunds up to this one
    offs: list[Off] = []  # of it, what vouchers had taken off: not the buyer's


@table("refund_application", unique=[("trade", "request")])
class ApplicationRow(Row):
    """A refund that is carried out later than it was asked for."""

    id: str  # 28 digits
    trade: str  # trade_no
    request: str  # out_request_no, or the trade's out_trade_no
    amount: Money
    reason: str = ""
    state: str = RefundApplication.begin.name
    due: int = 0  # carried out then, milliseconds
    error: str = ""  # why it failed


@table("settlement", index=[("seller", "state")])
class SettlementRow(Row):
    """The money of a trade that was guaranteed or shared."""

    id: str  # trade_no
    seller: str  # user id
    smid: str = ""  # the secondary merchant whose money it is; empty: it is the seller's
    state: str = Settlement.begin.name
    held: Money = Money(0)  # in escrow
    settled: Money = Money(0)  # out of escrow, to the seller
    steps: list[Settled] = []  # the same, one after the other
    frozen: Money = Money(0)  # aside for sharing
    given: dict[str, Money] = {}  # to whom how much was given on
    finished: bool = False  # whether sharing is over
    due: int = 0  # settled by itself then, milliseconds
    left: int = 0  # milliseconds that were left when it was disputed
    reason: str = ""  # what the buyer disputes


@table("takings")
class TakingsRow(Row):
    """What a secondary merchant took that goes to its card, all of a day in one go."""

    id: str  # the owner of the purse in which it stands: secondary:SMID, and perhaps :summary_dimension
    seller: str  # user id of the service provider who sells for it
    smid: str  # the merchant
    due: int = 0  # milliseconds: paid out then


@table("payout", unique=[("transfer",)])
class PayoutRow(Row):
    """What was paid out to a secondary merchant's card."""

    id: str  # settle_no, 28 digits
    transfer: str  # by which number the bank's news name it
    seller: str  # user id of the service provider who sells for it
    smid: str  # the merchant
    takings: str  # out of which purse
    amount: Money
    card: str  # how settlements name the card
    state: str = Payout.begin.name


@table("trade_terms")
class TermsRow(Row):
    """What the platform agreed with a seller; sellers without a row have the usual terms."""

    id: str  # user id
    fee_rate: str = "0"  # what the platform takes of each trade, such as 0.006
    royalty_percent: int = 30  # how much of a trade may be shared at most
    suspended: bool = False  # whether he may not receive at present
    single_limit: Money = Money(0)  # what he may receive at once; 0.00: any amount
    day_limit: Money = Money(0)  # what he may receive in a day; 0.00: any amount
    day: str = ""  # the Beijing day
    day_used: Money = Money(0)  # and what he received on it, if limited
    tell_all: bool = False  # whether he is told of every state of every trade


@table("royalty_relation", key=("seller", "receiver"))
class RelationRow(Row):
    """A receiver that a seller may share with."""

    seller: str  # user id
    receiver: str  # user id
    bound_as: str = ""  # the logon id by which it was bound
    memo: str = ""  # what they have to do with each other
    since: int  # milliseconds


@table("sharing", unique=[("seller", "request")], index=[("trade",)])
class SharingRow(Row):
    """One sharing of a trade's money."""

    id: str  # settle_no, 28 digits
    seller: str  # user id
    request: str  # out_request_no
    trade: str  # trade_no
    app: str  # the app that asked
    at: int  # milliseconds
    parts: list[Part] = []
    finish: bool = False  # whether it is the last of this trade


@table("merge", unique=[("merchant", "out_merge_no")])
class MergeRow(Row):
    """Several orders that are paid in one go."""

    id: str  # merge_no, 28 digits
    merchant: str  # who asked, a user id
    out_merge_no: str  # the merchant's own number
    trades: list[str]  # trade_no of each
    total: Money  # of all together
    expires: int  # milliseconds
    app: str  # the app that asked
    buyer: str = ""  # user id, if the merchant named the buyer


@table("trade_batch", unique=[("seller", "what", "request")])
class BatchRow(Row):
    """Many settlements or transfers that were carried out in one go."""

    id: str  # settle_no, 28 digits
    seller: str  # user id
    what: str  # settle or transfer
    request: str  # out_request_no
    at: int  # milliseconds
    parts: list[BatchPart]


@table("batch_refund", unique=[("seller", "request")])
class BatchRefundRow(Row):
    """Many refunds that were asked for in one go."""

    id: str  # 28 digits
    seller: str  # user id
    request: str  # batch_no
    refunds: list[BatchRefund]


@table("customs_sum", key=("trade", "place"))
class CustomsRow(Row):
    """How much of a trade was declared to a customs: who declares changes it, so two at a time are seen."""

    trade: str  # trade_no
    place: str  # which customs
    first: str  # out_request_no of the first declaration
    split: bool  # whether that was a part
    declared: Money  # all parts together


@table("customs_declaration", unique=[("seller", "request")])
class DeclarationRow(Row):
    """A payment declared to a customs."""

    id: str  # 28 digits
    seller: str  # user id
    request: str  # out_request_no
    trade: str  # trade_no
    place: str  # which customs
    code: str  # the seller's number with the customs
    name: str  # the seller's name with the customs
    amount: Money
    part: str = ""  # the seller's number of the part, if it is one
    state: str = Declaration.begin.name
    changed: int  # milliseconds


@table("trade_news", key=("trade", "request"))
class TradeNewsRow(Row):
    """What a seller told of a trade's fulfilment."""

    trade: str  # trade_no
    request: str  # out_request_no: only the first news of a number counts


@table("order_record", unique=[("merchant", "out_biz_no")], index=[("buyer", "made")])
class OrderRecordRow(Row):
    """An order as its seller tells of it."""

    id: str  # record_id, 28 digits
    merchant: str  # user id
    out_biz_no: str  # the seller's own number
    buyer: str  # user id
    made: int  # milliseconds
    as_of: int  # milliseconds: how new the news is
    status: str = ""
    link: str = ""  # where to read more
    amount: Money = Money(0)
    trade: str = ""  # trade_no
    items: list[OrderItem] = []


@table("family", key=("opener", "related"), index=[("related",)])
class FamilyRow(Row):
    """Two people who belong together, as a merchant noted."""

    opener: str  # user id
    related: str  # user id
    name: str  # what they call each other
    type: str  # such as PARENT
    since: int  # milliseconds
    merchant: str  # who noted it


@table("trade_sweep")
class Sweep(Row):
    """How far the sweep through old trades has come."""

    id: str
    upto: str = ""  # trade_no of the last one that was looked at
