"""Reading the outbox once a day: what people paid becomes points of the platform's, what they got back takes them away.

Nothing is heard while people pay.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

import msgspec

from kaifang.kernel import Happening, Money, Work, daily, timer
from kaifang.kernel.events import Event
from kaifang.kernel.outbox import pass_over, read_on

from .business import PLATFORM
from .hand import grow, have_or_pay, lose, member, points_of
from .tables import ISSUE, OVER, RuleRow


@daily("mpoint.read", at="00:40")
def read_daily(work: Work, happening: Happening) -> None:
    """Read what happened until now."""
    go_on(work, happening)


@timer("mpoint.read_on")
def go_on(work: Work, happening: Happening) -> None:
    """Read a page, and go on until everything is read; where nothing is earned by spending, nothing is."""
    rule = work.find(RuleRow, id=PLATFORM)
    if rule is None or not rule.fen:
        pass_over(work, "mpoint")
    elif read_on(work, "mpoint", ("trade.pay", "trade.refund"), partial(take, rule=rule)):
        work.later(work.now, "mpoint.read_on", "")


def take(work: Work, events: Sequence[Event], rule: RuleRow) -> None:
    """Count what each person spent since the rule is there, or was given back."""
    spent = defaultdict[str, int](int)
    for event in (one for one in events if one.at >= rule.since):
        facts = msgspec.json.decode(event.facts)
        fen = Money.parse(facts["amount"]).minor
        spent[facts["buyer"]] += fen if event.name == "trade.pay" else -fen
    for user in sorted(spent):
        count(work, user, spent[user], rule.fen)


def count(work: Work, user: str, fen: int, price: int) -> None:
    """What somebody spent is worth points as soon as it comes to some; what went back takes them away again."""
    row = member(work, user)
    row.rest += fen
    points, ref = abs(row.rest) // price, f"{work.now}"
    if row.rest > 0 and points:
        have_or_pay(work, row, points, ISSUE, "mpoint.earn", ref=ref)
        grow(row, points, work.now)
        row.rest -= points * price
    elif points:
        there = min(points, points_of(work, user))
        if there:
            lose(work, row, there, OVER, "mpoint.take_back", ref=ref)
        grow(row, -points, work.now)
        row.owed += points - there
        row.rest += points * price
