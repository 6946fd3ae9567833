"""Asking a party to agree to something, and its answer."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import NO_USER, Happening, Key, Line, Moment, Shape, Who, Work, method, timer

from .errors import PROPOSAL_ANSWERED, PROPOSAL_NOT_EXIST
from .states import Proposal
from .tables import Point, ProposalRow

MOST = 100  # proposals that are listed


class Open(Shape):
    party: Key  # who is to answer, a user id
    proposer: Key  # who asks, a user id
    kind: Key  # which capability's concern it is
    subject: Key  # the number of the thing it is about
    zh: Line  # the question in Chinese
    en: Line  # the question in English
    points: Annotated[list[Point], Meta(max_length=50)]  # what exactly
    until: int  # it can be answered until then, milliseconds


class Opened(Shape):
    proposal_id: str  # 32 letters and digits
    url: str  # the page on which it is answered


@method("kaifang.proposal.open", who=Who.INSIDE)
def open_proposal(work: Work, ask: Open) -> Opened:
    """Ask a party to agree to something; what it says is announced as proposal.agree or proposal.refuse."""
    row = work.add(
        ProposalRow(
            id=work.chance.text(32), opened=work.now,
            **{name: getattr(ask, name) for name in ask.__struct_fields__},
        )
    )  # fmt: skip
    work.later(row.until, "proposal.lapse", row.id)
    return Opened(proposal_id=row.id, url=work.link(f"/proposal/{row.id}"))


class Which(Shape):
    proposal_id: Key  # as the page's address ends


@timer("proposal.lapse")
def lapse(work: Work, happening: Happening) -> None:
    """A proposal that nobody answered in time is too old."""
    row = work.find(ProposalRow, id=happening.subject)
    if row is not None and Proposal.lapse.possible(row) and row.until <= work.now:
        Proposal.lapse(work, row, **facts(row))


def facts(row: ProposalRow) -> dict[str, str]:
    """What is announced of a proposal."""
    return {"kind": row.kind, "about": row.subject, "party": row.party}


class Withdrawn(Shape):
    proposal_id: str  # which


@method("kaifang.proposal.withdraw", who=Who.INSIDE)
def withdraw(work: Work, ask: Which) -> Withdrawn:
    """Take a proposal back, if it was not answered yet."""
    row = work.find(ProposalRow, id=ask.proposal_id)
    if row is not None and Proposal.withdraw.possible(row):
        Proposal.withdraw(work, row, **facts(row))
    return Withdrawn(proposal_id=ask.proposal_id)


class Looked(Shape):
    proposal_id: str  # which
    kind: str  # such as commission
    proposer: str  # who asks, a user id
    proposer_name: str  # who that is
    zh: str  # the question in Chinese
    en: str  # the question in English
    points: list[Point]  # what exactly
    state: str  # OPEN, AGREED, REFUSED, WITHDRAWN or LAPSED
    until: Moment  # it can be answered until then


@method("kaifang.proposal.look", who=Who.WALLET, reads=True, raises=[PROPOSAL_NOT_EXIST])
def look(work: Work, ask: Which) -> Looked:
    """See what somebody asks you to agree to."""
    return looked(work, own(work, ask.proposal_id))


def own(work: Work, proposal_id: str) -> ProposalRow:
    """The proposal, if it is the signed-in party that is asked."""
    if work.caller.user is None:
        raise NO_USER()
    row = work.find(ProposalRow, id=proposal_id)
    if row is None or row.party != work.caller.user:
        raise PROPOSAL_NOT_EXIST(proposal_id=proposal_id)
    return row


def looked(work: Work, row: ProposalRow) -> Looked:
    """A proposal as who is asked sees it."""
    return Looked(
        proposal_id=row.id, kind=row.kind, proposer=row.proposer, zh=row.zh, en=row.en, points=row.points,
        proposer_name=work.ask("kaifang.account.party.find", user_id=row.proposer).name, state=row.state,
        until=Moment(row.until),
    )  # fmt: skip


class Answer(Which):
    agree: bool  # yes or no


@method("kaifang.proposal.answer", who=Who.WALLET, raises=[PROPOSAL_NOT_EXIST, PROPOSAL_ANSWERED])
def answer(work: Work, ask: Answer) -> Looked:
    """Agree to what somebody asks you, or refuse it; saying the same again changes nothing."""
    row = own(work, ask.proposal_id)
    if row.state == Proposal.OPEN.name and row.until <= work.now:  # whether or not its timer has come round yet
        raise PROPOSAL_ANSWERED(state=Proposal.LAPSED.name)
    if row.state != (Proposal.AGREED if ask.agree else Proposal.REFUSED).name:
        arrow = Proposal.agree if ask.agree else Proposal.refuse
        arrow(work, row, **facts(row))
    return looked(work, row)


class List(Shape):
    pass


class Listed(Shape):
    proposals: list[Looked]  # the newest first


@method("kaifang.proposal.list", who=Who.WALLET, reads=True)
def list_open(work: Work, ask: List) -> Listed:
    """List what waits for your answer."""
    if work.caller.user is None:
        raise NO_USER()
    values = (work.caller.user, Proposal.OPEN.name)
    found = work.select(ProposalRow, "party = ? and state = ?", values, "opened desc, id", MOST)
    return Listed(proposals=[looked(work, row) for row in found])
