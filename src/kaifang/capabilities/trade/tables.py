"""What a trade leaves on disk."""

from typing import Literal

from kaifang.kernel import Count, Key, Line, Money, Row, Shape, Text, table, total

from .states import Declaration, RefundApplication, Settlement, Trade


class Bill(Shape):
    """A part of a payment: what it was paid with."""

    fund_channel: str  # ALIPAYACCOUNT or BANKCARD
    amount: Money
    bank_code: str | None = None  # whose card
    fund_type: str | None = None  # DEBIT_CARD or CREDIT_CARD
    card_id: str | None = None  # which card


class Goods(Shape):
    """One kind of goods that an order is for."""

    goods_id: Key  # the seller's number of it
    goods_name: Line  # as the buyer reads it
    price: Money  # yuan each
    quantity: Count  # how many
    goods_category: Line | None = None  # the seller's category
    body: Text | None = None  # a description
    show_url: Line | None = None  # where it can be looked at


class Share(Shape):
    """A part of a trade's money that goes on to somebody else."""

    trans_in: Key  # who receives it: a user id, or a logon id if trans_in_type says so
    trans_in_type: Literal["userId", "loginName"] = "userId"  # what trans_in is
    trans_out: Key | None = None  # who gives it: the seller
    amount: Money | None = None  # yuan
    amount_percentage: Key | None = None  # or this part of the trade: 1 to 100
    desc: Line | None = None  # what for


class OffShare(Shape):
    """A part of what a voucher took off that somebody else pays."""

    party: str  # user id of who pays it
    purpose: str  # from which purse
    amount: Money
    platform: bool = False  # whether it is the platform
    back: Money = Money(0)  # of it, given back by refunds


class Off(Shape):
    """What a voucher took off a trade, and who pays it."""

    id: str  # voucher_id
    template_id: str  # of which activity
    name: str  # what people read
    type: str  # such as ALIPAY_BIZ_VOUCHER
    amount: Money
    let_off: Money  # of it, what the seller takes less
    shares: list[OffShare] = []  # what others put in
    let_off_back: Money = Money(0)  # of what the seller takes less, given back by refunds

    @property
    def back(self) -> Money:
        """Given back so far."""
        return self.let_off_back + total([share.back for share in self.shares])


class More(Shape):
    """What an order may say beside the usual."""

    body: str | None = None
    passback_params: str | None = None
    operator_id: str | None = None
    store_id: str | None = None
    terminal_id: str | None = None
    goods: list[Goods] | None = None
    undiscountable: Money | None = None  # yuan of it that nothing is taken off
    enable_pay_channels: str | None = None
    disable_pay_channels: str | None = None
    payer_name: str | None = None  # only somebody of this name may pay
    payer_cert: str | None = None  # and with an identity card of this number
    payer_hash: str | None = None  # or with this SHA-256 of both
    payer_age: int | None = None  # and not younger than this, in years
    payer_certified: bool | None = None  # only somebody who proved who he is may pay
    shares: list[Share] | None = None  # who gets what once it is paid
    settle_days: int | None = None  # guaranteed: days until it is settled by itself
    provider: str | None = None  # user id of the service provider whose system sold it
    royalty_freeze: bool | None = None  # keep the money aside for sharing
    auth_code: str | None = None  # the code that was read when the buyer has yet to confirm
    wait: int | None = None  # of a page in a browser: how long it can be paid once it is shown, milliseconds
    qr: str | None = None  # the unguessable end of its code
    qr_until: int | None = None  # until when its code may be scanned, milliseconds
    agreement_no: str | None = None
    external_agreement_no: str | None = None
    auth_no: str | None = None
    signing: str | None = None  # the agreement that is signed with the payment
    open_ids: bool | None = None  # whether the app knows its users by open_id only
    offs: list[Off] | None = None  # what vouchers took off, once it is paid


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


class Settled(Shape):
    """A part of a guaranteed trade's money that went to the seller."""

    at: int  # milliseconds
    amount: Money
    request: str = ""  # the number of the request that asked for it; empty if nobody had to


@table("settlement", index=[("seller", "state")])
class SettlementRow(Row):
    """The money of a trade that was guaranteed or shared."""

    id: str  # trade_no
    seller: str  # user id
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


class Part(Shape):
    """What one receiver gets of one sharing."""

    detail_id: str  # 28 digits
    receiver: str  # user id
    asked_as: str  # the account as the request had it
    asked_type: str  # userId or loginName
    amount: Money
    at: int = 0  # milliseconds, once it is done
    state: str = "PROCESSING"  # or SUCCESS, FAIL
    error: str = ""  # why it failed


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


class BatchPart(Shape):
    """One of many settlements or transfers."""

    amount: Money
    account: str  # user id of who got it
    account_type: str  # alipayBalance or defaultSettle
    desc: str | None = None  # what for


@table("trade_batch", unique=[("seller", "what", "request")])
class BatchRow(Row):
    """Many settlements or transfers that were carried out in one go."""

    id: str  # settle_no, 28 digits
    seller: str  # user id
    what: str  # settle or transfer
    request: str  # out_request_no
    at: int  # milliseconds
    parts: list[BatchPart]


class BatchRefund(Shape):
    """One of many refunds."""

    trade: str  # trade_no
    amount: Money
    memo: str  # why
    shares: dict[str, Money] = {}  # of whom how much is taken back first
    result: str = "PROCESSING"  # SUCCESS, or why not


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


class OrderItem(Shape):
    """Something that was ordered."""

    name: str  # as the buyer reads it
    quantity: str  # how many


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
