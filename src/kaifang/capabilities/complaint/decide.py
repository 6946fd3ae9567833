"""The platform's side of complaints: what waits for a decision, and the decision."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Line, Moment, Money, Shape, Who, Work, method

from .answer import pay_back
from .complaint import Seen, seen
from .errors import COMPLAINT_NOT_EXIST, PARAM_ILLEGAL, REFUND_FEEDBACK_FAILED, STATUS_CHANGED
from .find import Which, facts, goes_on, say, trade_of
from .states import Complaint
from .tables import ComplaintRow, Record

MOST = 100  # complaints on a page
PLATFORM = "平台客服"


class List(Shape):
    page_num: Annotated[int, Meta(ge=1, le=100_000)] = 1  # which page, from 1


class Waiting(Shape):
    complain_event_id: str  # the number of the complaint
    merchant: str  # user id of whom it is about
    trade_no: str  # the trade
    amount: Money  # yuan
    reason: str  # what it is about
    demand: str  # what the buyer wants
    content: str  # what happened, in the buyer's words
    deadline: Moment  # closed by itself then


class Listed(Shape):
    complaints: list[Waiting]  # those that have the least time first, 100 on a page


@method("kaifang.merchant.complaint.waiting", who=Who.OPERATOR, reads=True)
def list_waiting(work: Work, ask: List) -> Listed:
    """List the complaints that wait for the platform's decision."""
    where, values = "state = ?", (Complaint.PLATFORM_PROCESSING.name,)
    rows = work.select(ComplaintRow, where, values, "deadline, id", MOST, offset=MOST * (ask.page_num - 1))
    return Listed(complaints=[waiting(row) for row in rows])


def waiting(row: ComplaintRow) -> Waiting:
    """A complaint as the platform sees it."""
    return Waiting(
        complain_event_id=row.id, merchant=row.merchant, trade_no=row.trade, amount=row.amount, reason=row.reason,
        demand=row.demand, content=row.content, deadline=Moment(row.deadline),
    )  # fmt: skip


class Decide(Which):
    refund_amount: Money = Money(0)  # yuan that the buyer gets back
    reason: Line  # why, as both will read it


@method(
    "kaifang.merchant.complaint.decide", who=Who.OPERATOR,
    raises=[COMPLAINT_NOT_EXIST, STATUS_CHANGED, PARAM_ILLEGAL, REFUND_FEEDBACK_FAILED],
)  # fmt: skip
def decide(work: Work, ask: Decide) -> Seen:
    """Decide a complaint: some, all or nothing goes back to the buyer, out of escrow or of what the merchant has."""
    row = work.find(ComplaintRow, id=ask.complain_event_id)
    if row is None:
        raise COMPLAINT_NOT_EXIST(complain_event_id=ask.complain_event_id)
    trade = trade_of(work, row.trade)
    if ask.refund_amount > trade.total - trade.refunded:
        raise PARAM_ILLEGAL(field="refund_amount", reason="more than is left", left=trade.total - trade.refunded)
    Complaint.decide(work, row, **facts(row, refunded=ask.refund_amount))
    say(work, row, Record(role="SYSTEM", name=PLATFORM, content=ask.reason, at=work.now))
    if trade.settlement == "DISPUTED":
        told = {"refund_amount": min(ask.refund_amount, trade.held), "reason": ask.reason}
        work.ask("kaifang.trade.dispute.decide", trade_no=row.trade, **told)
        if (rest := ask.refund_amount - told["refund_amount"]).minor:
            pay_back(work, row, rest, ask.reason)
    elif ask.refund_amount:
        pay_back(work, row, ask.refund_amount, ask.reason)
    goes_on(work, row)
    return seen(work, row)
