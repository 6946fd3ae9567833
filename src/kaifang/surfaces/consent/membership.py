"""The page on which a person joins a merchant's members: what is asked for, filled in, and agreed to."""

from __future__ import annotations

from typing import Any

from kaifang.gateway.client import Refused

from ..session import Session
from ..signin import receive
from ..visit import Visit, outside, place

PATH = "/card/apply/"
TOLD_BY_PLATFORM = ("IS_STUDENT", "MEMBER_GRADE")
KINDS = {"MOBILE": "tel", "EMAIL": "email", "BIRTHDAY": "date"}  # of inputs; all others are text
PREFIX = "OPEN_FORM_FIELD_"


async def answer(visit: Visit) -> None:
    """Let a person sign in, read what the merchant asks for, and join or not."""
    link = visit.path.removeprefix(PATH)
    if not (link.isascii() and link.isalnum()):
        visit.refuse(404, visit.words.not_found)
        return

    async def enter() -> None:
        buyers = visit.wallet.buyers
        visit.show("consent/enter.html", heading=visit.words.join, why=visit.words.join_sign_in, buyers=buyers)

    async def act(session: Session) -> None:
        await decide(visit, session, link)

    await receive(visit, visit.path, enter, act)


async def decide(visit: Visit, session: Session, link: str) -> None:
    """Show the form, or do as was said."""
    if visit.step == "refuse":
        visit.show("consent/done.html", agreed=False, back="", place="", wait=0)
        return
    if visit.step == "agree" and await submitted(visit, session, link):
        return
    seen = await visit.ask("kaifang.card.link.look", session, link=link)
    if seen.get("card"):
        visit.show("consent/joined.html", title=seen["title"], merchant=seen["merchant_name"], card=seen["card"])
        return
    goes_to = place(seen.get("callback", ""))
    visit.show("consent/membership.html", session=session, seen=seen, fields=fields(visit, seen), place=goes_to)


async def submitted(visit: Visit, session: Session, link: str) -> bool:
    """Send what was filled in; whether that is answered. What is wrong with it is said beside the form."""
    form = {name: value.strip() for name, value in visit.fields if name.startswith(PREFIX) and value.strip()}
    try:
        told = await visit.ask(
            "kaifang.card.link.submit", session, link=link, form=form, exposure=visit.query.get("exposure")
        )
    except Refused as refusal:
        if refusal.code != "CARD_FORM_MISSING":
            raise
        visit.problem = refusal.message
        return False
    back = outside(told.get("redirect_uri"))
    if back:
        visit.show("consent/done.html", agreed=True, back=back, place=place(back), wait=0)
    return bool(back)


def fields(visit: Visit, seen: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields as the page shows them: with what was sent just now, or what is known."""
    return [
        {
            "name": one["name"], "short": (short := one["name"].removeprefix(PREFIX)), "required": one["required"],
            "kind": KINDS.get(short, "text"), "value": visit.sent(one["name"]) or one.get("value", ""),
            "told": short in TOLD_BY_PLATFORM,
        }
        for one in seen["fields"]
    ]  # fmt: skip
