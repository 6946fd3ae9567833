"""The page on which a user lets an app know them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from ..session import Session
from ..signin import receive
from ..visit import Visit, outside, place

PATH = "/oauth2/publicAppAuthorize.htm"
ASKED = ("app_id", "scope", "redirect_uri", "state")


async def answer(visit: Visit) -> None:
    """Show what an app asks for, and take the user back to it with the answer; what needs no page is given at once."""
    if visit.path != PATH:
        visit.refuse(404, visit.words.not_found)
        return
    ask = {name: visit.query[name] for name in ASKED if visit.query.get(name)}
    if "redirect_uri" not in ask:
        visit.refuse(400, visit.words.redirect_missing)
        return
    seen = await visit.ask("kaifang.account.consent.look", **ask)

    async def enter() -> None:
        heading, why = visit.words("asks", name=seen["name"]), visit.words.consent_sign_in
        visit.show("consent/enter.html", heading=heading, why=why, buyers=visit.wallet.buyers)

    async def act(session: Session) -> None:
        await decide(visit, session, ask)

    await receive(visit, f"consent?{urlencode(ask)}", enter, act)


async def decide(visit: Visit, session: Session, ask: dict[str, str]) -> None:
    """Ask the user, unless nothing has to be asked or they have just said."""
    seen = await visit.ask("kaifang.account.consent.look", session, **ask)
    if visit.step == "agree" or seen["silent"]:
        lead_back(visit, await visit.ask("kaifang.account.consent.give", session, **ask), agreed=True)
    elif visit.step == "refuse":
        lead_back(visit, await visit.ask("kaifang.account.consent.refuse", session, **ask), agreed=False)
    else:
        goes_to = place(ask["redirect_uri"])
        visit.show("consent/user.html", session=session, app=seen["name"], scopes=seen["scopes"], place=goes_to)


def lead_back(visit: Visit, told: dict[str, Any], *, agreed: bool) -> None:
    """Take the browser back to the app, at once."""
    back = outside(told["redirect_uri"])
    visit.show("consent/done.html", agreed=agreed, back=back, place=place(back), wait=0)
