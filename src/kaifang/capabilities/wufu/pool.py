"""The pool: money that parties put in, and its splitting at the opening hour, so many winners at a time.

Winners stand in the order of the names under which they are public, which nobody could choose. Each has a weight: the
same for all, or what the seed says. What somebody gets is what the pool comes to up to this person less what it came to
before, so that all shares sum to the pool to the fen, and a page needs nothing of the pages before but one sum.
"""

from kaifang.kernel import Amount, Happening, Key, Money, Move, Purse, Shape, Who, Work, fair, method, timer

from .campaign import facts, give_back
from .errors import WUFU_BALANCE_NOT_ENOUGH, WUFU_NOT_EXIST, WUFU_NOT_OPEN, WUFU_NUMBER_USED
from .find import signed_in, the_campaign
from .states import Wufu
from .tables import EntryRow, FundRow, OpeningRow, WufuRow

WEIGHED, PAID = 100_000, 1_000  # winners that are weighed, and paid, in one unit of work


class Fund(Shape):
    campaign_id: Key  # the platform's number
    amount: Amount  # yuan out of your balance
    out_no: Key  # your own number of this; asking twice pays once


class Funded(Shape):
    pool: Money  # yuan that are to be split now


@method(
    "kaifang.wufu.pool.fund", who=Who.WALLET,
    raises=[WUFU_NOT_EXIST, WUFU_NOT_OPEN, WUFU_BALANCE_NOT_ENOUGH, WUFU_NUMBER_USED],
)  # fmt: skip
def fund(work: Work, ask: Fund) -> Funded:
    """Put money into the pool of a campaign that is announced or going on."""
    party, row = signed_in(work), the_campaign(work, ask.campaign_id)
    found = work.find(FundRow, wufu=row.id, party=party, out_no=ask.out_no)
    amount = Money(ask.amount.minor)
    if found is None:
        if row.state not in (Wufu.COMING.name, Wufu.COLLECTING.name) or work.now >= row.opens:
            raise WUFU_NOT_OPEN(campaign_id=row.id, state=row.state)
        found = work.add(FundRow(wufu=row.id, party=party, out_no=ask.out_no, amount=amount))
        work.post(Move(Purse(party), row.pool, amount, WUFU_BALANCE_NOT_ENOUGH), why="wufu.fund", ref=row.id)
        work.tell("wufu.fund", row.id, party=party, amount=amount.minor)
    if found.amount != amount:
        raise WUFU_NUMBER_USED(out_no=ask.out_no)
    return Funded(pool=work.balance(row.pool))


@timer("wufu.open")
def open_pool(work: Work, happening: Happening) -> None:
    """The hour has come: from now on nobody completes a set, and what there is will be split among those who did."""
    row = work.find(WufuRow, id=happening.subject)
    if row is None or row.state not in (Wufu.COMING.name, Wufu.COLLECTING.name):
        return
    if Wufu.collect.possible(row):
        Wufu.collect(work, row, **facts(row))
    Wufu.open(work, row, **facts(row))
    opening = OpeningRow(id=row.id, total=work.balance(row.pool), count=work.count(EntryRow, "wufu = ?", (row.id,)))
    work.add(opening)
    if not opening.count:
        give_back(work, row)
        finish(work, row, opening)
    else:
        work.later(work.now, "wufu.weigh", row.id)


@timer("wufu.weigh")
def weigh(work: Work, happening: Happening) -> None:
    """Sum the weights up, so many winners at a time."""
    row, opening = on_the_way(work, happening)
    count = min(WEIGHED, opening.count - opening.weighed)
    opening.whole += sum(weights(row, opening.weighed, count))
    opening.weighed += count
    work.later(work.now, "wufu.weigh" if opening.weighed < opening.count else "wufu.pay", row.id)


def on_the_way(work: Work, happening: Happening) -> tuple[WufuRow, OpeningRow]:
    """A campaign whose pool is being split, and how far that has come."""
    row, opening = work.find(WufuRow, id=happening.subject), work.find(OpeningRow, id=happening.subject)
    assert row is not None and opening is not None, f"{happening.subject} is not being split"
    return row, opening


def weights(row: WufuRow, first: int, count: int) -> list[int]:
    """What so many winners in a row weigh."""
    return [1] * count if row.rule == "equal" else list(fair.weights(row.seed, row.id, first, count))


@timer("wufu.pay")
def pay(work: Work, happening: Happening) -> None:
    """Pay the next winners their shares, and go on with those behind them."""
    row, opening = on_the_way(work, happening)
    winners = work.select(EntryRow, "wufu = ? and who > ?", (row.id, opening.last), "who", PAID)
    weighed = weights(row, opening.paid, len(winners))
    least = least_of(row, opening.total.minor, opening.count)
    rest = opening.total.minor - least * opening.count
    parts = fair.split(rest, weighed, int(opening.before), opening.whole)
    for winner, part in zip(winners, parts, strict=True):
        winner.amount = Money(least + part)
    work.post(*(Move(row.pool, Purse(one.user), one.amount) for one in winners), why="wufu.share", ref=row.id)
    opening.before, opening.last = str(int(opening.before) + sum(weighed)), winners[-1].who
    opening.paid += len(winners)
    if opening.paid < opening.count:
        work.later(work.now, "wufu.pay", row.id)
    else:
        finish(work, row, opening)


def least_of(row: WufuRow, total: int, count: int) -> int:
    """What everybody gets at least, in fen."""
    return 0 if row.rule == "equal" else min(row.least, total // count)


def finish(work: Work, row: WufuRow, opening: OpeningRow) -> None:
    """Everybody has what is theirs; the seed is public from now on."""
    assert not work.balance(row.pool), f"the pool of {row.id} is not empty"
    Wufu.finish(work, row, **facts(row), total=opening.total.minor, count=opening.count)
