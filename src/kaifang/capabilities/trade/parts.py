"""The parts of what a trade leaves on disk: goods, shares, bills, vouchers, and one of many that are done at once."""

from typing import Literal

from kaifang.kernel import Count, Key, Line, Money, Shape, Text, total


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
    smid: str | None = None  # of whom the seller asks for it: a merchant that he brought
    settled_to: str | None = None  # whose the money is once it is settled, if not the seller's: a user id, or a card's
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


class Settled(Shape):
    """A part of a guaranteed trade's money that went to the seller."""

    at: int  # milliseconds
    amount: Money
    request: str = ""  # the number of the request that asked for it; empty if nobody had to


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


class BatchPart(Shape):
    """One of many settlements or transfers."""

    amount: Money
    account: str  # user id of who got it
    account_type: str  # alipayBalance or defaultSettle
    smid: str = ""  # the secondary merchant whose money it was; empty: the seller's
    desc: str | None = None  # what for


class BatchRefund(Shape):
    """One of many refunds."""

    trade: str  # trade_no
    amount: Money
    memo: str  # why
    shares: dict[str, Money] = {}  # of whom how much is taken back first
    result: str = "PROCESSING"  # SUCCESS, or why not


class OrderItem(Shape):
    """Something that was ordered."""

    name: str  # as the buyer reads it
    quantity: str  # how many
