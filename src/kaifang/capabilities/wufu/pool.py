"""The pool: money that parties put in, and its splitting at the opening hour, so many winners at a time.

Winners stand in the order of the names under which they are public, which nobody could choose. Each has a weight: the
same for all, or what the seed says. What somebody gets is what the pool comes to up to this person less what it came to
before, so that all shares sum to the pool to the fen, and a page needs nothing of the pages before but one sum.
"""

from kaifang.kernel import (
    DAY,
    SECOND,
    Amount,
    Confirm,
    Confirmed,
    Happening,
    Key,
    Money,
    Move,
    Purse,
    Shape,
    Who,
    Work,
    fair,
    method,
    refusals_of,
    timer,
    told_as,
)

from .campaign import facts
from .errors import WUFU_NOT_EXIST, WUFU_NOT_OPEN, WUFU_NOT_PAID, WUFU_NUMBER_USED
from .find import signed_in, the_campaign
from .states import Wufu
from .tables import EntryRow, FundRow, OpeningRow, WufuRow

WEIGHED, PAID = 100_000, 1_000  # winners that are weighed, and paid, in one unit of work
GRACE = 5 * SECOND  # after which a unit of work that began before the hour is written down, or lost


CONFIRM = "kaifang.wufu.pool.confirm"


class Fund(Shape):
    campaign_id: Key  # the platform's number
    amount: Amount  # yuan
    out_no: Key  # your own number of this; it is paid once, however often it is asked for


class Funding(Shape):
    fund_no: str  # the platform's number of it
    path: str  # the cashier's page on which it is paid


@method("kaifang.wufu.pool.fund", who=Who.WALLET, raises=[WUFU_NOT_EXIST, WUFU_NOT_OPEN, WUFU_NUMBER_USED])
def fund(work: Work, ask: Fund) -> Funding:
    """Put money into a pool that is not open yet: it is there as soon as you have paid at the cashier."""
    party, row = signed_in(work), fillable(work, ask.campaign_id)
    found = work.find(FundRow, wufu=row.id, party=party, out_no=ask.out_no) or work.add(
        FundRow(id=work.new_id("84004"), wufu=row.id, party=party, out_no=ask.out_no, amount=Money(ask.amount.minor))
    )
    if found.amount != Money(ask.amount.minor):
        raise WUFU_NUMBER_USED(out_no=ask.out_no)
    opened = work.ask(
        "kaifang.cashier.open", kind="pay", title=row.name, amount=found.amount, confirm=CONFIRM, subject=found.id,
        expires=min(work.now + DAY, row.opens), merchant=row.host,
    )  # fmt: skip
    return Funding(fund_no=found.id, path=opened.path)


def fillable(work: Work, campaign_id: str) -> WufuRow:
    """A campaign whose hour has not come."""
    row = the_campaign(work, campaign_id)
    if row.state not in (Wufu.COMING.name, Wufu.COLLECTING.name) or work.now >= row.opens:
        raise WUFU_NOT_OPEN(campaign_id=row.id, state=row.state)
    return row


@method(CONFIRM, who=Who.INSIDE, raises=[WUFU_NOT_EXIST, WUFU_NOT_OPEN, WUFU_NOT_PAID])
def confirm(work: Work, ask: Confirm) -> Confirmed:
    """Take the money of who wanted to put it into the pool; paying it twice takes it once."""
    found = work.find(FundRow, id=ask.subject)
    if found is None or found.party != ask.user_id:
        raise WUFU_NOT_EXIST(fund_no=ask.subject)
    if not found.paid:
        row = fillable(work, found.wufu)
        with told_as(refusals_of("kaifang.fund.charge", WUFU_NOT_PAID)):
            work.ask(
                "kaifang.fund.charge", payer=found.party, payee=row.id, payee_purpose=row.pool.purpose,
                amount=found.amount, ref=found.id, why="wufu.fund", channel=ask.channel,
            )  # fmt: skip
        found.paid = True
        work.tell("wufu.fund", row.id, party=found.party, amount=found.amount.minor)
    return Confirmed(method="kaifang.wufu.pool.fund", fields={"fund_no": found.id})


@timer("wufu.open")
def open_pool(work: Work, happening: Happening) -> None:
    """The hour has come: from now on nobody completes a set, and what there is will be split among those who did."""
    row = work.find(WufuRow, id=happening.subject)
    if row is None or row.state not in (Wufu.COMING.name, Wufu.COLLECTING.name):
        return
    if Wufu.collect.possible(row):
        Wufu.collect(work, row, **facts(row))
    Wufu.open(work, row, **facts(row))
    work.later(work.now + GRACE, "wufu.count", row.id)


@timer("wufu.count")
def count(work: Work, happening: Happening) -> None:
    """Count those who share, once whoever came just in time before another process is written down too."""
    row = work.find(WufuRow, id=happening.subject)
    if row is None or row.state != Wufu.OPENING.name or work.find(OpeningRow, id=row.id) is not None:
        return
    opening = OpeningRow(id=row.id, total=work.balance(row.pool), count=work.count(EntryRow, "wufu = ?", (row.id,)))
    work.add(opening)
    if not opening.count:
        work.later(work.now, "wufu.give_back", row.id)
    else:
        work.later(work.now, "wufu.weigh", row.id)


@timer("wufu.give_back")
def give_back(work: Work, happening: Happening) -> None:
    """Nobody shares the pool: it goes back to those from whom it came, so many at a time."""
    row = work.find(WufuRow, id=happening.subject)
    assert row is not None, f"no campaign {happening.subject}"
    where = "wufu = ? and paid = 1 and id > ?"
    funds = work.select(FundRow, where, (row.id, happening.facts.get("after", "")), "id", PAID)
    moves = [Move(row.pool, Purse(one.party), one.amount) for one in funds]
    work.post(*moves, why="wufu.fund_back", ref=row.id)
    if len(funds) == PAID:
        work.later(work.now, "wufu.give_back", row.id, after=funds[-1].id)
    elif row.state == Wufu.OPENING.name:
        finish(work, *on_the_way(work, happening))


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
