"""The page on which a party agrees to what somebody proposes, or refuses it."""

from __future__ import annotations

from ..page import minute
from ..session import Session
from ..signin import receive
from ..visit import Visit

PATH = "/proposal/"


async def answer(visit: Visit) -> None:
    """Let who is asked sign in, read what is proposed, and answer."""
    proposal_id = visit.path.removeprefix(PATH)
    if not (proposal_id.isascii() and proposal_id.isalnum()):
        visit.refuse(404, visit.words.not_found)
        return

    async def enter() -> None:
        visit.show("consent/enter.html", heading=visit.words.proposal, why=visit.words.proposal_why, buyers=())

    async def act(session: Session) -> None:
        await decide(visit, session, proposal_id)

    await receive(visit, visit.path, enter, act)


async def decide(visit: Visit, session: Session, proposal_id: str) -> None:
    """Show what is proposed, or do as was said."""
    if visit.step in ("agree", "refuse"):
        agree = visit.step == "agree"
        seen = await visit.ask("kaifang.proposal.answer", session, proposal_id=proposal_id, agree=agree)
    else:
        seen = await visit.ask("kaifang.proposal.look", session, proposal_id=proposal_id)
    if seen["state"] != "OPEN":
        visit.show("consent/done.html", agreed=seen["state"] == "AGREED", back="", place="", wait=0)
        return
    visit.show("consent/proposal.html", session=session, seen=seen, until=minute(seen["until"]))
