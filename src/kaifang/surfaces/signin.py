"""Signing in on a page, and being signed in on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from kaifang.gateway.client import Refused

from .page import minute
from .session import Session
from .visit import Visit

OVER = ("invalid-auth-token", "auth-token-time-out")  # what the gateway says of a session that has ended
LONGEST = 64  # characters of an account or password


async def receive(
    visit: Visit, about: str, enter: Callable[[], Awaitable[None]], act: Callable[[Session], Awaitable[None]]
) -> None:
    """Let somebody who is signed in act on a page; anybody else is shown where to enter."""
    session = await sign_in(visit, about) if visit.step == "signin" else signed_in(visit, about)
    if session is not None:
        try:
            await act(session)
            return
        except Refused as refusal:
            if refusal.code not in OVER:
                raise
            visit.problem = visit.words.session_over
    await enter()


def signed_in(visit: Visit, about: str) -> Session | None:
    """Who is signed in on this page."""
    sealed = visit.sent("session")
    session = visit.wallet.sessions.open(sealed, about) if sealed else None
    if session is None and visit.step not in ("", "enter"):
        visit.problem = visit.words.session_over
    return session


async def sign_in(visit: Visit, about: str) -> Session | None:
    """Sign somebody in; what is wrong with the account or the password is said on the page."""
    logon_id, password = visit.sent("logon_id").strip(), visit.sent("password")
    if not (0 < len(logon_id) <= LONGEST and 0 < len(password) <= LONGEST):
        visit.problem = visit.words.sign_in_empty
        return None
    told = await visit.ask("kaifang.wallet.signin", logon_id=logon_id, password=password, address=visit.address)
    if "access_token" in told:
        return Session(about, told["access_token"], told["name"])
    if "locked_until" in told:
        visit.problem = visit.words("sign_in_locked", until=minute(told["locked_until"]))
    else:
        visit.problem = visit.words("sign_in_wrong", left=told["left"])
    return None
