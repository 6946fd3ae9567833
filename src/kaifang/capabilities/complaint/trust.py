"""Trust: how a merchant keeps its promises, counted every night, for buyers to see before they pay."""

from collections.abc import Sequence
from typing import Any

import msgspec

from kaifang.kernel import Happening, Key, Money, Shape, Work, daily, method, timer
from kaifang.kernel.clock import day_start
from kaifang.kernel.events import Event
from kaifang.kernel.outbox import read_on

from .tables import TrustRow

NAMES = (
    "trade.pay", "trade.refund", "complaint.open", "complaint.withdraw", "complaint.overdue", "complaint.refund",
    "complaint.decide",
)  # fmt: skip


@daily("trust.read", at="00:40")
def read_daily(work: Work, happening: Happening) -> None:
    """Count what happened until midnight; nothing is counted while people pay, so a payment costs no more for it."""
    go_on(work, happening)


@timer("trust.read_on")
def go_on(work: Work, happening: Happening) -> None:
    """Count a page, and go on if there is more."""
    if read_on(work, "trust", NAMES, take, day_start(work.now)):
        work.later(work.now, "trust.read_on", "")


def take(work: Work, events: Sequence[Event]) -> None:
    """Count what happened."""
    for event in events:
        facts = msgspec.json.decode(event.facts)
        merchant = facts["seller" if event.name.startswith("trade.") else "merchant"]
        count(work.find(TrustRow, id=merchant) or work.add(TrustRow(id=merchant)), event.name, facts)


def count(row: TrustRow, name: str, facts: dict[str, Any]) -> None:
    """Count one thing that happened."""
    row.trades += name == "trade.pay"
    row.refunds += name == "trade.refund"
    row.complaints += (name == "complaint.open") - (name == "complaint.withdraw")
    row.late += name == "complaint.overdue"
    row.upheld += name == "complaint.refund" or (name == "complaint.decide" and bool(Money.parse(facts["refunded"])))


class Read(Shape):
    merchant: Key  # user id


class Trust(Shape):
    merchant: str  # user id
    trades: int  # that were paid, until last night
    kept: int  # of them, about which nobody complained, or who did withdrew it
    complaints: int  # that were not withdrawn
    late: int  # complaints that were not answered in time
    upheld: int  # complaints after which the buyer got money back
    refunds: int  # refunds of all kinds, which are no breach by themselves
    score: int | None = None  # of 100 promises so many are kept: a complaint breaks one, being late or upheld another;
    # absent as long as there was no trade


@method("kaifang.merchant.trust.read", reads=True)
def read(work: Work, ask: Read) -> Trust:
    """Read how a merchant has kept its promises until last night."""
    row = work.find(TrustRow, id=ask.merchant) or TrustRow(id=ask.merchant)
    broken = row.complaints + row.late + row.upheld
    return Trust(
        merchant=ask.merchant, trades=row.trades, kept=max(0, row.trades - row.complaints), complaints=row.complaints,
        late=row.late, upheld=row.upheld, refunds=row.refunds,
        score=max(0, 100 * (row.trades - broken) // row.trades) if row.trades else None,
    )  # fmt: skip
