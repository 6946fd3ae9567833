"""The page of a code that somebody scanned: it leads to the cashier once they have signed in."""

from __future__ import annotations

import re

from ..session import Session
from ..signin import receive
from ..visit import Visit
from . import checkout

PATH = re.compile(r"/qr/bax[0-9A-Za-z]{1,60}")
CASHIER = re.compile(r"/cashier/([0-9A-Za-z]{1,64})")


async def answer(visit: Visit) -> None:
    """Ask who scans, then show the checkout that the code stands for."""
    if PATH.fullmatch(visit.path) is None:
        visit.refuse(404, visit.words.not_found)
        return
    about = visit.path.lstrip("/")

    async def enter() -> None:
        visit.show("cashier/scan.html")

    async def act(session: Session) -> None:
        told = await visit.ask("kaifang.wallet.scan", session, code=visit.wallet.home + visit.path)
        found = CASHIER.fullmatch(told["path"])
        assert found is not None, f"a scanned code leads to {told['path']}"
        seen = await checkout.look(visit, found[1])
        await checkout.attend(visit, seen, Session(seen.about, session.token, session.name))

    await receive(visit, about, enter, act)
