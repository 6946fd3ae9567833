"""What vouchers take off what is to be paid."""

from __future__ import annotations

from typing import NamedTuple

from kaifang.gateway.client import Refused

from ..session import Session
from ..visit import Visit


class Offs(NamedTuple):
    """What is taken off, and what is left to be paid."""

    lines: list[tuple[str, str]]  # what each voucher is called, and how much it takes off
    to_pay: str


async def offs_of(visit: Visit, session: Session, trade_no: str, amount: str) -> Offs:
    """What the vouchers of whoever is signed in would take off; of what is no order of theirs, nothing."""
    nothing = Offs([], amount)
    if not trade_no:
        return nothing
    try:
        told = await visit.ask("kaifang.voucher.preview", session, trade_no=trade_no)
    except Refused:  # confirming says why, in words of its own
        return nothing
    return Offs([(off["title"], off["amount"]) for off in told["offs"]], told["buyer_pay_amount"])
