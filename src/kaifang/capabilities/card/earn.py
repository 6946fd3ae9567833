"""Points for what members spend: earned when a trade is paid, taken back as far as it is given back."""

from typing import Any

from kaifang.kernel import DAY, Key, Shape, Who, Work, method, told_as, total

from .errors import TRADE_NOT_EXIST
from .find import person_meant
from .numbers import write_points
from .points import USED, have_or_pay, lose, points_of
from .rule import reached, rule_of, times_of, until_of
from .states import MemberCard
from .tables import CardRow, DealRow, FormerRow, RuleRow
from .tell import facts, tell_merchant

RECENT = 3 * DAY  # trades that were paid longer ago are counted at night or never


class Earn(Shape):
    trade_no: Key  # which trade
    user: Key | None = None  # whose, where another capability asks for a person; else whoever is signed in


class Earned(Shape):
    """What a trade was worth on one card."""

    card: str  # the platform's number
    points: str  # for this trade
    after: str  # what there is now


class AllEarned(Shape):
    cards: list[Earned]  # each card of yours that the trade counts for


@method("kaifang.card.earn", who=Who.WALLET, raises=[TRADE_NOT_EXIST])
def earn(work: Work, ask: Earn) -> AllEarned:
    """Have the points for a trade that you paid at once, instead of tonight; asking again changes nothing."""
    user = person_meant(work, ask.user)
    trade = paid_trade(work, ask.trade_no, user)
    found = []
    for rule in work.select(RuleRow, "merchant = ?", (trade.seller,), "id"):
        row = work.find(CardRow, slot=f"{rule.id}/{user}")
        if row is not None and counts(row, rule, trade):
            deal = reckon(work, row, trade, rule)
            found.append(
                Earned(card=row.id, points=write_points(deal.points), after=write_points(points_of(work, row)))
            )
    return AllEarned(cards=found)


def paid_trade(work: Work, trade_no: str, user: str) -> Any:
    """A trade that this person paid."""
    with told_as({"ACQ.TRADE_NOT_EXIST": TRADE_NOT_EXIST}):
        trade = work.ask("kaifang.trade.find", trade_no=trade_no)
    if trade.buyer != user or not trade.paid:
        raise TRADE_NOT_EXIST(trade_no=trade_no)
    return trade


def counts(row: CardRow, rule: RuleRow, trade: Any) -> bool:
    """Whether a trade was paid by a member, under the rule."""
    return row.state == MemberCard.ACTIVE.name and trade.paid >= max(row.created, rule.since)


def reckon(work: Work, row: CardRow, trade: Any, rule: RuleRow | None) -> DealRow:
    """Let a card have what is due of what was kept of a trade: no more and no less, however often this is asked."""
    deal = work.find(DealRow, card=row.id, trade=trade.trade_no)
    if deal is None:
        deal = work.add(
            DealRow(
                card=row.id, trade=trade.trade_no, rate=rule.rate if rule else 0,
                times=times_of(rule, row.level) if rule else 100, until=until_of(rule, work.now),
            )
        )  # fmt: skip
    kept, due = worth(deal, trade)
    change, deal.points = due - deal.points, due
    if change:
        (give if change > 0 else take_back)(work, row, deal, abs(change))
        work.tell("membercard.points", row.id, **facts(row, trade_no=trade.trade_no, points=write_points(change)))
    grow(work, row, rule, kept - deal.kept)
    deal.kept = kept
    return deal


def worth(deal: DealRow, trade: Any) -> tuple[int, int]:
    """What was kept of a trade, in fen, and what that is worth, in hundredths of points."""
    paid = total([bill.amount for bill in trade.bills]).minor
    kept = paid * (trade.total - trade.refunded).minor // trade.total.minor
    return kept, kept * deal.rate * deal.times // 10_000


def owe_still(work: Work, row: CardRow, deal: DealRow, trade: Any) -> None:
    """What goes back after a card has ended is owed by the card that the person has now, or will have."""
    former = work.find(FormerRow, template=row.template, user=row.user)
    kept, due = worth(deal, trade)
    if former is None or due >= deal.points:
        return
    former.owed += deal.points - due
    deal.points, deal.kept = due, kept
    heir = work.find(CardRow, slot=f"{row.template}/{row.user}")
    if heir is not None and heir.state == MemberCard.ACTIVE.name and former.owed > 0:
        take_back(work, heir, deal, former.owed)
        former.owed = 0


def give(work: Work, row: CardRow, deal: DealRow, points: int) -> None:
    """Points come to a card for a trade."""
    have_or_pay(work, row, points, deal.until, "point.earn", deal.trade)


def take_back(work: Work, row: CardRow, deal: DealRow, points: int) -> None:
    """Points go back with the money, those of the trade first; what was spent already is owed."""
    there = min(points, points_of(work, row))
    row.owed += points - there
    lose(work, row, there, USED, "point.take_back", ref=deal.trade, first=deal.until)


def grow(work: Work, row: CardRow, rule: RuleRow | None, fen: int) -> None:
    """Count what was spent; whoever comes to another rung of the ladder has its level."""
    before, row.spent = row.spent, row.spent + fen
    if rule is None or reached(rule, before) == (rung := reached(rule, row.spent)):
        return
    row.level = rung.level if rung is not None else ""
    MemberCard.climb(work, row, **facts(row, level=row.level))
    tell_merchant(work, row, "LEVEL")


def count_elsewhere(work: Work, row: CardRow, trade_no: str) -> None:
    """What the merchant counts points for itself is worth none here; that it was spent counts."""
    if work.find(DealRow, card=row.id, trade=trade_no) is None:
        work.add(DealRow(card=row.id, trade=trade_no))


def count_joined(work: Work, row: CardRow, trade_no: str) -> None:
    """Whoever joins while paying has the points for that payment too."""
    trade, rule = paid_trade(work, trade_no, row.user), rule_of(work, row.template)
    if rule is not None and trade.seller == row.merchant and trade.paid >= max(rule.since, work.now - RECENT):
        reckon(work, row, trade, rule)
