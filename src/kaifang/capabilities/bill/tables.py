"""What is kept for bills: the deals that the outbox told of, and the files that were made."""

from kaifang.kernel import Money, Row, table

from .states import Receipt


@table("bill_deal", index=[("payee", "at"), ("payer", "at"), ("trade_no",), ("out_no",)])
class DealRow(Row):
    """Something that money moved for: a payment, a refund, a sharing or a transfer."""

    id: str  # its number, which the journal's entries name
    kind: str  # pay, settle, refund or share; transfer, bank, batch or packet; arrive or return: of a transfer
    trade_no: str  # the trade that it belongs to; of a transfer its own number
    at: int  # milliseconds
    payee: str = ""  # who sold, or gets the transfer: user id, or bank: with its code and the last digits of a card
    payer: str = ""  # who bought, or sent the transfer; user id
    amount: Money
    fee: Money = Money(0)  # what the platform took of the seller, or gave back
    shares: Money = Money(0)  # with a refund: what the seller got back of those it had shared with
    out_no: str = ""  # the merchant's own number of the order
    request: str = ""  # the merchant's own number of a refund
    title: str = ""  # what for
    note: str = ""  # what was said about it
    created: int = 0  # when the trade began, milliseconds
    store: str = ""  # the merchant's numbers of the shop,
    clerk: str = ""  # of the person at the till,
    till: str = ""  # and of the till
    guaranteed: bool = False  # whether the money waits until the buyer is content
    let_off: Money = Money(0)  # of the amount, what the seller took less for vouchers
    by_seller: Money = Money(0)  # of the amount, what vouchers took off that the seller pays,
    by_others: Money = Money(0)  # and that others pay
    vouchers: str = ""  # what these vouchers are called
    smid: str = ""  # the secondary merchant of the seller's whose money it is; empty: it is the seller's


@table("bill_file", index=[("made",)])
class FileRow(Row):
    """A file that can be downloaded."""

    id: str  # such as /trade/2088.../20260131.csv.zip, or the number of a receipt
    owner: str  # user id
    name: str  # what it is called on the disk of who downloads it
    content: bytes
    empty: bool = False  # whether nothing stands in it
    made: int  # milliseconds


@table("bill_ticket")
class Ticket(Row):
    """The right to download a file, for 30 seconds."""

    id: str  # 32 characters; the second leads, so that new ones stand together in the store
    file: str
    until: int  # milliseconds


@table("receipt")
class ReceiptRow(Row):
    """A receipt that somebody applied for."""

    id: str  # file_id
    owner: str  # user id
    type: str  # what it proves
    key: str  # of what
    error: str = ""  # why there is none
    state: str = Receipt.begin.name
