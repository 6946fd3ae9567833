"""What time does to complaints: who does not act by the deadline has acted."""

from kaifang.kernel import Happening, Work, hears, timer

from .answer import finish_refunded
from .complaint import release
from .find import facts, goes_on
from .states import Complaint
from .tables import ComplaintRow


@timer("complaint.deadline")
def expire(work: Work, happening: Happening) -> None:
    """A merchant who says nothing leaves the decision to the platform; a buyer who says nothing is content."""
    row = work.find(ComplaintRow, id=happening.subject)
    if row is None or row.finished or row.deadline > work.now:
        return
    if Complaint.overdue.possible(row):
        Complaint.overdue(work, row, **facts(row))
    else:
        arrow = Complaint.finish if Complaint.finish.possible(row) else Complaint.close
        arrow(work, row, **facts(row))
        release(work, row)
    goes_on(work, row)


@hears("trade.refund")
def refunded(work: Work, happening: Happening) -> None:
    """Whose buyer has everything back is not complained about any more."""
    row = work.find(ComplaintRow, slot=happening.subject)
    if row is not None and happening.facts["state"] == "TRADE_CLOSED" and Complaint.refund.possible(row):
        finish_refunded(work, row)
