"""Reading the outbox once a day: what people paid becomes points of the platform's, what they got back takes them away.

Nothing is heard while people pay.
"""

from collections import defaultdict

import msgspec

from kaifang.kernel import Happening, Money, Work, daily, timer
from kaifang.kernel.events import Event
from kaifang.kernel.work import Writer

from .business import PLATFORM
from .hand import grow, have_or_pay, lose, member, points_of
from .tables import ISSUE, OVER, Reading, RuleRow

PAGE = 1000  # events that are read together


@daily("mpoint.read", at="00:40")
def read_daily(work: Work, happening: Happening) -> None:
    """Read what happened until now."""
    read_on(work, happening)


@timer("mpoint.read_on")
def read_on(work: Work, happening: Happening) -> None:
    """Read a page, and go on until everything is read; where nothing is earned by spending, nothing is."""
    rule = work.find(RuleRow, id=PLATFORM)
    more = False
    for writer in work.select(Writer, order="id"):
        reading = work.find(Reading, id=writer.id) or work.add(Reading(id=writer.id))
        if rule is None or not rule.fen:
            reading.number = writer.events
        else:
            more = read_page(work, reading, rule) or more
    if more:
        work.later(work.now, "mpoint.read_on", "")


def read_page(work: Work, reading: Reading, rule: RuleRow) -> bool:
    """Read on in a writer's outbox; whether there is more."""
    where = "writer = ? and number > ? and name in (?, ?) and at >= ?"
    values = (reading.id, reading.number, "trade.pay", "trade.refund", rule.since)
    events = work.select(Event, where, values, "number", PAGE)
    spent = defaultdict[str, int](int)
    for event in events:
        facts = msgspec.json.decode(event.facts)
        fen = Money.parse(facts["amount"]).minor
        spent[facts["buyer"]] += fen if event.name == "trade.pay" else -fen
    for user in sorted(spent):
        count(work, user, spent[user], rule.fen)
    if events:
        reading.number = events[-1].number
    return len(events) == PAGE


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
