"""What time does to cards, codes and points; and the outbox, read once a day.

What members paid becomes points then, what they were given back takes them away. Nothing is heard while people pay:
a payment costs the same whether or not its seller has members.
"""

from collections.abc import Sequence

import msgspec

from kaifang.kernel import Happening, Work, daily, timer
from kaifang.kernel.events import Event
from kaifang.kernel.outbox import pass_over, read_on

from .card import end
from .earn import counts, owe_still, reckon
from .points import expire_points
from .rule import rule_of
from .states import MemberCard
from .tables import CardRow, CodeRow, DealRow, RuleRow
from .tell import facts, tell_merchant


@timer("membercard.expire")
def expire(work: Work, happening: Happening) -> None:
    """A card's time is over."""
    row = work.find(CardRow, id=happening.subject)
    if row is not None and MemberCard.expire.possible(row):
        MemberCard.expire(work, row, **facts(row))
        end(work, row, "card.expire")
        tell_merchant(work, row, "EXPIRED")


@timer("membercard.points_expire")
def points_expire(work: Work, happening: Happening) -> None:
    """Some of a card's points are good no longer."""
    row = work.find(CardRow, id=happening.subject)
    if row is not None and row.state == MemberCard.ACTIVE.name:
        expire_points(work, row)


@timer("membercard.code_expire")
def code_expire(work: Work, happening: Happening) -> None:
    """A code that nobody looks at any more is forgotten."""
    code = work.find(CodeRow, id=happening.subject)
    if code is not None:
        work.remove(code)


@daily("membercard.read", at="00:20")
def read_daily(work: Work, happening: Happening) -> None:
    """Read what happened until now."""
    go_on(work, happening)


@timer("membercard.read_on")
def go_on(work: Work, happening: Happening) -> None:
    """Read a page, and go on until everything is read; where nobody earns points, nothing is."""
    if not work.count(RuleRow):
        pass_over(work, "membercard")
    elif read_on(work, "membercard", ("trade.pay", "trade.refund"), take):
        work.later(work.now, "membercard.read_on", "")


def take(work: Work, events: Sequence[Event]) -> None:
    """Let each member have what was paid, and lose what was given back."""
    told = [(event, msgspec.json.decode(event.facts)) for event in events]
    rules: dict[str, list[RuleRow]] = {seller: [] for _, facts in told if (seller := facts["seller"])}
    if rules:
        where = f"merchant in ({', '.join('?' * len(rules))})"
        for rule in work.select(RuleRow, where, sorted(rules), "id"):
            rules[rule.merchant].append(rule)
    for event, about in told:
        for rule in rules[about["seller"]]:
            begin(work, rule, event.subject, about["buyer"])
        if event.name == "trade.refund":
            again(work, event.subject)


def begin(work: Work, rule: RuleRow, trade_no: str, buyer: str) -> None:
    """A member's trade counts."""
    row = work.find(CardRow, slot=f"{rule.id}/{buyer}")
    if row is not None:
        trade = work.ask("kaifang.trade.find", trade_no=trade_no)
        if counts(row, rule, trade):
            reckon(work, row, trade, rule)


def again(work: Work, trade_no: str) -> None:
    """Something of a trade was given back: each card that had points for it has fewer."""
    deals = work.select(DealRow, "trade = ?", (trade_no,), "card")
    for deal in deals:
        row = work.find(CardRow, id=deal.card)
        if row is not None:
            trade = work.ask("kaifang.trade.find", trade_no=trade_no)
            if row.state == MemberCard.ACTIVE.name:
                reckon(work, row, trade, rule_of(work, row.template))
            else:
                owe_still(work, row, deal, trade)
