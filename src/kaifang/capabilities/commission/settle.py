"""Settling commissions in the journal: what is due of all trades less what was paid, in one sum a receiver and day.

Due of a trade is the rate of what the merchant keeps of it, rounded half up to whole fen. Each settlement moves the
difference to what was settled before, so a refund takes back its part to the fen, and rounding never adds up.
"""

from collections import defaultdict
from fractions import Fraction

from kaifang.kernel import Happening, Money, Move, Purse, Work, timer

from .tables import CommissionRow, DealRow, SettlementRow

PAGE = 1000  # trades that are settled together
WHOLE = 10_000  # basis points


def due(deal: DealRow, party: str) -> Money:
    """What somebody is to have of a trade, as things stand."""
    kept = min(deal.released, deal.total - deal.refunded)
    return deal.base.share(Fraction(deal.rates[party], WHOLE) * Fraction(kept.minor, deal.total.minor))


def lacking(deal: DealRow, party: str) -> Money:
    """What is missing to that; below zero: too much was paid."""
    return due(deal, party) - deal.settled.get(party, Money(0))


@timer("commission.settle")
def settle(work: Work, happening: Happening) -> None:
    """Settle a page of a commission's trades, then the next."""
    commission = work.find(CommissionRow, id=happening.subject)
    assert commission is not None, f"no commission {happening.subject}"
    where = 'commission = ? and "open" = 1 and trade > ?'
    deals = work.select(DealRow, where, (commission.id, happening.facts["after"]), "trade", PAGE)
    sums: dict[str, Money] = defaultdict(lambda: Money(0))
    for deal in deals:
        for party in deal.rates:
            sums[party] += lacking(deal, party)
    for party in sorted(sums):
        if pay(work, commission, party, sums[party], len(deals)):
            for deal in deals:
                if party in deal.rates:
                    deal.settled[party] = due(deal, party)
    for deal in deals:
        deal.open = any(lacking(deal, party) for party in deal.rates)
    if len(deals) == PAGE:
        work.later(work.now, "commission.settle", commission.id, after=deals[-1].trade)


def pay(work: Work, commission: CommissionRow, party: str, amount: Money, deals: int) -> bool:
    """Move a sum from the merchant to the receiver, or back; False if there is not enough: then it waits a day."""
    if not amount:
        return True
    source, target = Purse(commission.merchant), Purse(party)
    if amount < Money(0):
        source, target = target, source
    size = max(amount, -amount)
    if work.balance(source) < size:
        return False
    number = work.new_id("20501")
    work.post(Move(source, target, size), why="commission.settle", ref=number)
    work.add(
        SettlementRow(
            commission=commission.id, number=number, merchant=commission.merchant, receiver=party, amount=amount,
            deals=deals, at=work.now,
        )
    )  # fmt: skip
    work.tell(
        "commission.settled", number, commission=commission.id, provider=commission.provider,
        merchant=commission.merchant, receiver=party, amount=amount.minor,
    )  # fmt: skip
    return True
