"""What becomes of a commission when somebody has answered, or time is up."""

from kaifang.kernel import Happening, Work, hears, timer

from .offer import end, facts, settle_offer, take_back
from .states import Commission
from .tables import CommissionRow


def asked(work: Work, happening: Happening) -> CommissionRow | None:
    """The commission that a proposal was about, if it waits for just this answer."""
    if happening.facts["kind"] != "commission":
        return None
    row = work.find(CommissionRow, id=happening.facts["about"])
    waits = row is not None and row.proposals.get(happening.facts["party"]) == happening.subject
    return row if waits else None


@hears("proposal.agree")
def agreed(work: Work, happening: Happening) -> None:
    """It holds when the last one has agreed."""
    row = asked(work, happening)
    if row is not None:
        row.proposals = {party: one for party, one in row.proposals.items() if one != happening.subject}
        if not row.proposals:
            settle_offer(work, row)


@hears("proposal.refuse", "proposal.lapse")
def refused(work: Work, happening: Happening) -> None:
    """One who does not agree is enough; what held before holds on."""
    row = asked(work, happening)
    if row is None:
        return
    if row.state == Commission.VALID.name:
        take_back(work, row)
        return
    arrow = Commission.refuse if happening.name == "proposal.refuse" else Commission.lapse
    arrow(work, row, **facts(row))
    end(work, row)


@timer("commission.expire")
def expire(work: Work, happening: Happening) -> None:
    """The time that was agreed on is over."""
    row = work.find(CommissionRow, id=happening.subject)
    if row is not None and Commission.expire.possible(row) and row.end <= work.now:
        Commission.expire(work, row, **facts(row))
        end(work, row)
