"""The day's totals of all bills, held against the journal: for those who run the platform."""

from functools import partial
from typing import Annotated

from msgspec import Meta

from kaifang.kernel import DAY, Moment, Money, Shape, Who, Work, method
from kaifang.kernel.clock import day_start

from .reading import all_read

MOST = 100  # deals without an entry that are named


class Day(Shape):
    day: Moment  # which day, in Beijing time


class Kind(Shape):
    kind: str  # pay, settle, refund or share; transfer, bank, batch or packet; arrive or return
    count: int  # how many deals stand in bills
    amount: Money  # yuan, of all of them


class Reason(Shape):
    why: str  # such as trade.pay
    count: int  # how many entries the journal has for it


class Totals(Shape):
    day: Moment  # when it began
    complete: bool  # whether everything that happened on it stands in bills already; that is so after midnight
    deals: list[Kind]  # by kind
    entries: list[Reason]  # by reason
    missing: Annotated[list[str], Meta(max_length=MOST)]  # deals that the journal has no entry of: none, if all is well


@method("kaifang.bill.totals", who=Who.OPERATOR, reads=True)
def totals(work: Work, ask: Day) -> Totals:
    """See what all bills of a day come to, and whether each deal in them stands in the journal."""
    begin = day_start(ask.day.ms)
    return work.found_beside(f"bill.totals {begin}", partial(summed, begin=begin))


DEALS = "select kind, count(*), sum(amount) from bill_deal where at >= ? and at < ? group by kind order by kind"
ENTRIES = "select why, count(*) from entry where at >= ? and at < ? group by why order by why"
REFS = "select distinct ref from entry where at >= ? and at < ?"
NUMBERS = "select id, trade_no from bill_deal where at >= ? and at < ? and amount <> 0 order by at, id"


def summed(work: Work, begin: int) -> Totals:
    """The sums of a day, from its deals and its entries."""
    span = (begin, begin + DAY)
    known = {ref for (ref,) in work.tx.query(REFS, span)}
    lost = [
        number for number, trade in work.tx.query(NUMBERS, span)
        if not known.intersection((number, trade, number.partition("/")[0]))
    ]  # fmt: skip
    return Totals(
        day=Moment(begin), complete=begin + DAY <= work.now and all_read(work, begin + DAY), missing=lost[:MOST],
        deals=[
            Kind(kind=kind, count=int(count), amount=Money(int(amount)))
            for kind, count, amount in work.tx.query(DEALS, span)
        ],
        entries=[Reason(why=why, count=int(count)) for why, count in work.tx.query(ENTRIES, span)],
    )  # fmt: skip
