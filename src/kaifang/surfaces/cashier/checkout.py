"""The page of one checkout: what is to be confirmed, who confirms it, and what came of it."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from kaifang.gateway.client import Refused

from ..page import minute
from ..session import Session
from ..signin import receive
from ..visit import Visit, outside, place
from .channel import channels_of, chosen_of
from .offs import offs_of

PATH = re.compile(r"/cashier/([0-9A-Za-z]{1,64})/?")
MISSING = "CHECKOUT_NOT_EXIST"
OVER = {"CHECKOUT_DONE": "DONE", "CHECKOUT_LEFT": "LEFT", "CHECKOUT_EXPIRED": "EXPIRED"}
CHANGED = "CHECKOUT_CHANGED"
REFUND = "refund"  # confirmed by the merchant, out of the purse that was paid into


class Checkout(NamedTuple):
    """What the gateway tells of a checkout."""

    token: str
    kind: str
    title: str
    payee: str
    details: dict[str, str]
    state: str
    expires: str
    amount: str  # empty if nothing is paid
    home: str  # where the merchant is found, for who does not confirm
    trust: dict[str, int]  # how the merchant kept its promises; empty if there is nothing to tell
    trade_no: str  # the trade that is paid; empty if it is none
    limits: dict[str, str]  # which channels may pay, if not all

    @property
    def about(self) -> str:
        """What a session on this page is good for."""
        return f"cashier/{self.token}"

    @property
    def path(self) -> str:
        """Where the page is."""
        return f"/cashier/{self.token}"


async def answer(visit: Visit) -> None:
    """Show the checkout, and do what the button says that was pressed."""
    found = PATH.fullmatch(visit.path)
    if found is None:
        visit.refuse(404, visit.words.not_found)
        return
    try:
        checkout = await look(visit, found[1])
    except Refused as refusal:
        if refusal.code != MISSING:
            raise
        visit.refuse(404, refusal.message)
        return
    await serve(visit, checkout)


async def look(visit: Visit, token: str) -> Checkout:
    """What is to be confirmed; raises Refused if there is nothing."""
    told = await visit.ask("kaifang.cashier.look", token=token)
    home = told.get("quit_url") or told.get("home")
    return Checkout(
        token=token, kind=told["kind"], title=told["title"], payee=told["payee"], details=told["details"],
        state=told["state"], expires=told["expires"], amount=told.get("amount", ""), home=outside(home),
        trust=told.get("trust", {}), trade_no=told.get("trade_no", ""),
        limits={name: told[name] for name in ("enable_channels", "disable_channels") if name in told},
    )  # fmt: skip


async def serve(visit: Visit, checkout: Checkout) -> None:
    """One step at a checkout."""

    async def enter() -> None:
        buyers = () if checkout.kind == REFUND else visit.wallet.buyers
        if checkout.state == "OPEN":
            show(visit, checkout, "cashier/enter.html", buyers=buyers)
        else:
            close(visit, checkout)

    async def act(session: Session) -> None:
        await attend(visit, checkout, session)

    try:
        if visit.step == "leave":
            await leave(visit, checkout)
        else:
            await receive(visit, checkout.about, enter, act)
    except Refused as refusal:
        if refusal.code not in OVER:
            raise
        close(visit, checkout._replace(state=OVER[refusal.code]))


async def attend(visit: Visit, checkout: Checkout, session: Session) -> None:
    """Serve somebody who is signed in."""
    if checkout.state == "DONE":
        # whoever confirmed hears it again, and for that no password is looked at
        told = await visit.ask("kaifang.cashier.confirm", session, token=checkout.token, pay_password="-")
        finish(visit, checkout, session, told)
    elif checkout.state != "OPEN":
        close(visit, checkout)
    elif visit.step == "confirm":
        await confirm(visit, checkout, session)
    else:
        await offer(visit, checkout, session)


async def offer(visit: Visit, checkout: Checkout, session: Session) -> None:
    """Show what can be paid with, and ask for the payment password."""
    offs = await offs_of(visit, session, checkout.trade_no, checkout.amount)
    paid = bool(offs.to_pay.strip("0.")) and checkout.kind != REFUND
    channels = await channels_of(visit, session, offs.to_pay, checkout.limits) if paid else []
    chosen = chosen_of(channels, visit.sent("channel"))
    show(visit, checkout, "cashier/confirm.html", session=session, channels=channels, chosen=chosen, offs=offs)


async def confirm(visit: Visit, checkout: Checkout, session: Session) -> None:
    """Confirm what was shown; what stands against it is said on the page, which stays open."""
    told = await try_to_confirm(visit, checkout, session)
    if told is not None and told["done"]:
        finish(visit, checkout, session, told)
    else:
        await offer(visit, checkout, session)


async def try_to_confirm(visit: Visit, checkout: Checkout, session: Session) -> dict[str, Any] | None:
    """What the gateway answers; if nothing was confirmed, the reason is the visit's problem."""
    words, password = visit.words, visit.sent("pay_password")
    if not 0 < len(password) <= 64:
        visit.problem = words.password_empty
        return None
    try:
        told = await visit.ask(
            "kaifang.cashier.confirm", session, token=checkout.token, pay_password=password,
            amount=visit.sent("amount") or "0.00", channel=visit.sent("channel") or None,
        )  # fmt: skip
    except Refused as refusal:
        if refusal.code != CHANGED:
            raise
        visit.problem = words.changed
        return None
    if "locked_until" in told:
        visit.problem = words("password_locked", until=minute(told["locked_until"]))
    elif "left" in told:
        visit.problem = words("password_wrong", left=told["left"])
    elif "refused" in told:
        visit.problem = told["refused"][words.language]
    return told


def finish(visit: Visit, checkout: Checkout, session: Session, told: dict[str, Any]) -> None:
    """Say that it is done, and take the browser back to the merchant."""
    back = outside(told.get("back"))
    show(visit, checkout, "cashier/done.html", session=session, back=back, place=place(back), wait=3)


async def leave(visit: Visit, checkout: Checkout) -> None:
    """Let somebody go who does not want to confirm."""
    await visit.ask("kaifang.cashier.leave", token=checkout.token)
    close(visit, checkout._replace(state="LEFT"))


def close(visit: Visit, checkout: Checkout) -> None:
    """Say that nothing can be confirmed here any more, with a way back."""
    as_wished = checkout.state == "DONE" or (checkout.state == "LEFT" and visit.step == "leave")
    status, home = 200 if as_wished else 410, checkout.home
    show(visit, checkout, "cashier/closed.html", status, state=checkout.state, back=home, place=place(home))


def show(visit: Visit, checkout: Checkout, template: str, status: int = 200, **told: Any) -> None:
    """Show a page of this checkout, whose forms come back to it wherever it is shown."""
    visit.show(template, status, **{"checkout": checkout, "action": checkout.path, "offs": None} | told)
