"""The page on which a merchant lets a service provider act for it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from ..session import Session
from ..signin import receive
from ..visit import Visit, outside, place

ONE, SEVERAL = PATHS = ("/oauth2/appToAppAuth.htm", "/oauth2/appToAppBatchAuth.htm")  # applications to authorise for
ASKED = ("app_id", "redirect_uri", "state", "auth_app_id", "application_type")


async def answer(visit: Visit) -> None:
    """Show who asks to act for the merchant, and take it back to the service provider with the answer."""
    if visit.path not in PATHS:
        visit.refuse(404, visit.words.not_found)
        return
    ask = {name: visit.query[name] for name in ASKED if visit.query.get(name)}
    if "redirect_uri" not in ask:
        visit.refuse(400, visit.words.redirect_missing)
        return
    seen = await visit.ask("kaifang.openapp.authorisation.look", **ask)

    async def enter() -> None:
        heading = visit.words("delegation", name=seen["name"])
        visit.show("consent/enter.html", heading=heading, why=visit.words.delegation_why, buyers=())

    async def act(session: Session) -> None:
        await decide(visit, session, ask)

    await receive(visit, f"{visit.path}?{urlencode(ask)}", enter, act)


async def decide(visit: Visit, session: Session, ask: dict[str, str]) -> None:
    """Ask the merchant for which applications and for what, or do as it said."""
    seen = await visit.ask("kaifang.openapp.authorisation.look", session, **ask)
    if visit.step == "refuse":
        refused(visit, ask)
        return
    if visit.step == "agree":
        choice = chosen(visit, seen)
        if not visit.problem:
            told = await visit.ask("kaifang.openapp.authorisation.give", session, **ask | choice)
            back = outside(told["redirect_uri"])
            visit.show("consent/done.html", agreed=True, back=back, place=place(back), wait=0)
            return
    visit.show(
        "consent/merchant.html", session=session, app=seen["name"], apps=seen["apps"], abilities=seen["capabilities"],
        several=visit.path == SEVERAL, ticked=values(visit, "auth_app_id"), place=place(ask["redirect_uri"]),
    )  # fmt: skip


def chosen(visit: Visit, seen: dict[str, Any]) -> dict[str, Any]:
    """The applications and the abilities that were chosen; what is missing is the visit's problem."""
    apps, abilities = values(visit, "auth_app_id"), values(visit, "ability")
    fitting = len(apps) == 1 or (len(apps) > 1 and visit.path == SEVERAL)
    if not fitting or not set(apps) <= {one["app_id"] for one in seen["apps"]}:
        visit.problem = visit.words.no_choice
    everything = visit.sent("extent") == "everything"
    if everything and abilities:
        visit.problem = visit.words.unclear
    elif not everything and not abilities:
        visit.problem = visit.words.no_abilities
    return {"auth_app_ids": apps} | ({} if everything else {"capabilities": abilities})


def values(visit: Visit, name: str) -> list[str]:
    """All that was ticked under a name, each once."""
    return list(dict.fromkeys(value for known, value in visit.fields if known == name))


def refused(visit: Visit, ask: dict[str, str]) -> None:
    """Say that nothing was permitted; the service provider is told nothing, so the link leads to its front door."""
    there = urlsplit(ask["redirect_uri"])
    back = outside(f"{there.scheme}://{there.netloc}/")
    visit.show("consent/done.html", agreed=False, back=back, place=place(back))
