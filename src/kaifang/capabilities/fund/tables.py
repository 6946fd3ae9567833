"""What stays of money matters; the money itself stands in the journal."""

from kaifang.kernel import Key, Money, Purse, Row, Shape, table

from .states import CouponOrder, Freeze, FreezeOperation, RedPacket, Transfer, TransferBatch


@table("bank")
class Bank(Row):
    """A simulated bank: its cards pay here, and it can be down."""

    id: str  # its code, such as ICBC
    name: str  # what people call it
    down: bool = False  # whether its cards cannot pay at the moment

    @property
    def world(self) -> Purse:
        """All the money that is not on this platform."""
        return Purse(f"bank:{self.id}", "world")


@table("bank_card", unique=[("number",)])
class Card(Row):
    """A card that a bank issued, and who bound it."""

    id: str
    owner: str  # the party that bound it; empty: nobody
    bank: str  # code
    number: str  # what is printed on it
    holder: str  # the name printed on it
    kind: str  # DEBIT or CREDIT
    single_limit: Money = Money(0)  # what the bank lets it pay at once; zero: anything
    day_limit: Money = Money(0)  # and in a day
    day: str = ""  # the Beijing day of day_used
    day_used: Money = Money(0)  # paid on that day
    closed: bool = False  # whether the bank has closed it: it pays nothing, and what arrives for it is sent back

    @property
    def purse(self) -> Purse:
        """What is on it, at the bank."""
        return Purse(f"card:{self.id}", "bank")

    @property
    def tail(self) -> str:
        """The last four digits, all that is shown of the number."""
        return self.number[-4:]


@table("wallet")
class Wallet(Row):
    """How a party pays: its cards, the preferred one first, and whether its spending is limited."""

    id: str  # user id
    cards: list[str] = []  # card ids
    limited: bool = False  # whether a quota is kept of what it pays


@table("quota", key=("owner", "purpose"))
class Quota(Row):
    """What a party may pay or transfer at once, in a day and in a month, and how much of it is used."""

    owner: str  # user id
    purpose: str  # pay or transfer
    single: Money = Money(0)  # at once; zero: anything
    daily: Money = Money(0)  # in a Beijing day
    monthly: Money = Money(0)  # in a calendar month
    day: str = ""  # the Beijing day of day_used
    day_used: Money = Money(0)  # used on that day
    month_used: Money = Money(0)  # used in that day's month


@table("pay_code")
class PayCode(Row):
    """A code that a wallet shows and a till reads, for one payment."""

    id: str  # the code; the second of the day stands in front, so that codes are written almost in order
    user: str  # whose wallet shows it
    expires: int  # milliseconds
    payee: str = ""  # the only merchant whom it pays, a user id; empty: whoever reads it


@table("transfer", unique=[("merchant", "product", "scene", "out_biz_no")])
class TransferRow(Row):
    """A transfer, a red packet, or what is taken from one or given back."""

    id: str  # order_id
    merchant: str  # who asked for it
    product: str  # such as TRANS_ACCOUNT_NO_PWD
    scene: str  # such as DIRECT_TRANSFER
    out_biz_no: str  # the asker's own number
    origin: str  # the method that asked for it
    digest: str  # of the request, so that a repeat is known
    amount: Money
    title: str = ""
    remark: str = ""
    passback: str = ""  # given back to the asker as it came
    payer: str = ""  # user id; empty as long as nobody has paid
    payer_purpose: str = "balance"  # out of which of the payer's purses
    payee: str = ""  # user id; empty for a card that nobody here has bound, and for a red packet
    payee_purpose: str = "balance"  # into which of the payee's purses
    card: str = ""  # number of the bank card it goes to
    bank: str = ""  # whose card that is
    holder: str = ""  # the name given for the card
    packet: str = ""  # order_id of the red packet it comes out of
    hold: str = ""  # of a red packet: where its money is
    steps: list[str] = []  # of a red packet: what came out of it, order ids
    error: str = ""  # why it failed or came back
    created: int  # milliseconds
    paid: int = 0  # when it was paid; 0 if it was not
    returns: int = 0  # when the rest of a red packet goes back
    state: str = Transfer.begin.name

    @property
    def fund_order(self) -> str:
        """pay_fund_order_id: the number of its movement of money, made from its own."""
        return f"{self.id[:8]}11017{self.id[13:]}"


class Bill(Shape):
    """One part of a payment: what it was paid with."""

    fund_channel: Key  # ALIPAYACCOUNT or BANKCARD
    amount: Money  # yuan
    bank_code: Key | None = None  # whose card
    fund_type: Key | None = None  # DEBIT_CARD or CREDIT_CARD
    card_id: Key | None = None  # which card


@table("freeze_order", unique=[("merchant", "out_order_no")], index=[("payer",)])
class FreezeRow(Row):
    """A pre-authorised order: a user's money, frozen for a merchant."""

    id: str  # auth_no
    merchant: str  # who asked for it
    app: str  # which application signed,
    auth_app: str  # and for which it did
    open_ids: bool  # whether it knows users by open_id only
    out_order_no: str  # the merchant's own number
    out_request_no: str  # of the operation that freezes
    operation: str  # operation_id of the same
    product: str  # PRE_AUTH or PRE_AUTH_ONLINE
    title: str
    amount: Money  # what is, or is to be, frozen
    payee: str  # user id of who is paid out of it
    payer: str = ""  # user id; empty as long as nobody came
    bill: Bill | None = None  # what it was frozen of
    hold: str = ""  # where the money is
    unfrozen: Money = Money(0)
    paid: Money = Money(0)
    enable_channels: str = ""  # only these, by comma
    disable_channels: str = ""  # none of these
    extra_param: str = ""  # what the merchant gave along
    notify_url: str = ""
    page: str = ""  # the page of the cashier on which it is confirmed
    expires: int  # until when it can be confirmed, in milliseconds
    code: str = ""  # the code that was shown for it, while the user has still to confirm
    created: int  # milliseconds
    state: str = Freeze.begin.name

    @property
    def rest(self) -> Money:
        """What is still frozen."""
        return self.amount - self.unfrozen - self.paid if self.state == "AUTHORIZED" else Money(0)


@table("freeze_operation", unique=[("order", "type", "out_request_no")])
class OperationRow(Row):
    """One thing done to a pre-authorised order."""

    id: str  # operation_id
    order: str  # auth_no
    type: str  # FREEZE, UNFREEZE or PAY
    out_request_no: str  # the asker's own number
    amount: Money
    remark: str = ""
    created: int  # milliseconds
    done: int = 0  # when it succeeded; 0 if it has not
    state: str = FreezeOperation.begin.name


class Item(Shape):
    """One transfer of a batch."""

    out_biz_no: str  # the merchant's own number
    identity: str  # who gets it, as the merchant named them
    identity_type: str  # how the merchant named them
    name: str  # the name given for them
    cert_no: str = ""  # the number of the identity card given for them
    amount: Money
    remark: str = ""
    status: str = "INIT"  # INIT, SUCCESS or FAIL
    order: str = ""  # order_id once it is done
    error: str = ""  # why it failed
    done: int = 0  # when that was known, in milliseconds


@table("transfer_batch", unique=[("merchant", "out_batch_no")])
class BatchRow(Row):
    """Many transfers that are ordered and paid together."""

    id: str  # batch_trans_id
    merchant: str  # who asked for it,
    auth_app: str  # and for which application: open_ids are its own
    product: str  # such as BATCH_API_TO_ACC
    scene: str  # such as MESSAGE_BATCH_PAY
    out_batch_no: str  # the merchant's own number
    digest: str  # of the request, so that a repeat is known
    title: str
    total: Money
    items: list[Item]
    created: int  # milliseconds
    named: str = ""  # user id of the only one who may pay, if the merchant named one
    payer: str = ""  # user id; empty as long as nobody has paid
    payer_purpose: str = "balance"  # out of which of the payer's purses
    hold: str = ""  # where the money is
    next: int = 0  # how many of them were dealt with
    expires: int = 0  # until when it can be paid, in milliseconds
    paid: int = 0  # when it was paid, in milliseconds
    finished: int = 0  # when the last was dealt with
    state: str = TransferBatch.begin.name


@table("account_book", unique=[("merchant", "scene", "merchant_user"), ("card",)])
class BookRow(Row):
    """An account of a merchant's for one of its own users; money from banks reaches it by a card number of its own."""

    id: str  # account_book_id
    merchant: str
    scene: str  # scene_code
    merchant_user: str  # the merchant's own number of that user
    card: str  # the number by which banks reach it
    closed: bool = False
    subscribed: str = ""  # VALID, INVALID, or empty: never subscribed

    @property
    def purse(self) -> Purse:
        """What is in it."""
        return Purse(self.merchant, f"book:{self.id}")


@table("coupon_order", unique=[("merchant", "out_order_no")])
class CouponRow(Row):
    """A cash coupon, or a part of one that was handed out."""

    id: str  # auth_no
    merchant: str
    app: str  # which application signed,
    auth_app: str  # and for which it did
    out_order_no: str  # the merchant's own number
    out_request_no: str  # of the payment
    operation: str  # operation_id of the payment
    digest: str  # of the request, so that a repeat is known
    title: str
    amount: Money
    extra_param: str = ""
    payer: str = ""  # user id; empty as long as nobody has paid
    payee: str = ""  # user id of who got it, for a part handed out
    hold: str = ""  # where the money is, for a coupon
    refunded: Money = Money(0)
    created: int  # milliseconds
    paid: int = 0  # when, in milliseconds
    origin: str = "alipay.fund.coupon.order.app.pay"  # the method that asked for it
    keeps: int = 0  # how long the rest of a coupon waits before it goes back, in milliseconds
    notify_url: str = ""
    state: str = CouponOrder.begin.name


@table("coupon_refund", key=("order", "out_request_no"))
class CouponRefund(Row):
    """A part of a cash coupon that was given back."""

    order: str  # auth_no
    out_request_no: str  # the merchant's own number
    operation: str  # operation_id
    amount: Money
    remark: str = ""
    at: int  # milliseconds


@table("red_packet", index=[("sender", "returns")])
class PacketRow(Row):
    """A red packet from one person to friends."""

    id: str
    sender: str  # user id
    kind: str  # LUCKY: shares by chance; EQUAL
    greeting: str
    amount: Money
    count: int  # shares in all
    hold: str  # where the money is
    taken: list[str] = []  # who had a share, in order
    returns: int  # when the rest goes back, in milliseconds
    state: str = RedPacket.begin.name


@table("red_packet_share", key=("packet", "user"), index=[("user", "at")])
class Share(Row):
    """What somebody got out of a red packet."""

    packet: str
    user: str
    amount: Money
    at: int  # milliseconds


@table("collect_code", unique=[("user", "amount", "remark")])
class CollectRow(Row):
    """A code that a person shows to be paid by others, as often as it is scanned."""

    id: str  # 20 characters
    user: str  # user id of who is paid
    amount: int = 0  # fen that are asked for; zero: whoever pays says how much
    remark: str = ""  # what it is for
