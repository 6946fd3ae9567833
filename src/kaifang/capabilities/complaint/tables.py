"""What is kept of complaints, and of how merchants keep their promises."""

from kaifang.kernel import Money, Row, Shape, table

from .states import Complaint


class Record(Shape):
    """Something said about a complaint."""

    role: str  # USER, MERCHANT or SYSTEM
    name: str  # who said it
    content: str
    images: list[str] = []  # as the upload answered
    at: int  # milliseconds


@table(
    "complaint", unique=[("slot",)], index=[("merchant", "made"), ("buyer", "made"), ("trade",), ("state", "deadline")]
)
class ComplaintRow(Row):
    """One complaint."""

    id: str  # complain_event_id, 28 digits
    merchant: str  # user id of who sold
    app: str  # the app by which it was sold
    buyer: str  # user id of who complains
    trade: str  # trade_no
    out_trade_no: str  # the merchant's own number
    amount: Money  # of the trade
    slot: str | None  # the trade, unless the complaint was withdrawn: one at a time
    reason: str  # what it is about
    demand: str  # what the buyer wants
    content: str  # what happened, in the buyer's words
    images: list[str] = []  # as the upload answered
    phone: str = ""  # where the buyer can be reached
    state: str = Complaint.begin.name
    deadline: int  # until when who must act has time, milliseconds
    made: int  # milliseconds
    modified: int  # milliseconds
    finished: int = 0  # milliseconds
    records: list[Record] = []  # what was said since, in order


@table("trust")
class TrustRow(Row):
    """How a merchant has kept its promises until last night."""

    id: str  # user id
    trades: int = 0  # that were paid
    refunds: int = 0  # in whole or in part
    complaints: int = 0  # that were not withdrawn
    late: int = 0  # of them, not answered in time
    upheld: int = 0  # of them, in which the buyer got money back
