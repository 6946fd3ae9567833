"""What runs add to the figures, and what they cost: paid to the service provider by the day, in the journal."""

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import Fault, Happening, Moment, Money, Shape, Work, daily, method, rate, timer, total
from kaifang.kernel.clock import day

from . import expression
from .expression import Wrong
from .language import Rule, Share
from .tables import FigureRow, InstallationRow, RunRow, Settled, ShareRow

PAGE = 500
PageSize = Annotated[int, Meta(ge=1, le=100)]


def count(work: Work, run: RunRow, row: InstallationRow, rule: Rule, known: Mapping[str, Any]) -> None:
    """Note what a run that is done has brought and costs."""
    run.figures = {name: expression.whole(text, known) for name, text in rule.figures.items()}
    if rule.share is not None:
        run.share = price(rule.share, known)
    book(work, run, row, 1)


def price(share: Share, known: Mapping[str, Any]) -> Money:
    """What a run costs."""
    if share.each is not None:
        return Money.parse(share.each)
    assert share.of is not None and share.percent is not None, "a share of nothing"
    amount = expression.whole(share.of, known)
    if amount < 0:
        raise Wrong(f"{share.of}: below zero")
    return Money(amount).share(rate(share.percent) / 100)


def book(work: Work, run: RunRow, row: InstallationRow, sign: int) -> None:
    """Add what a run brought and costs to today's sums, or take it off because it is undone."""
    today = day(work.now)
    for name, value in run.figures.items():
        key = {"installation": row.id, "day": today, "figure": name}
        figure = work.find(FigureRow, **key) or work.add(FigureRow(**key))
        figure.value += sign * value
    if run.share:
        share = work.find(ShareRow, installation=row.id, day=today) or work.add(
            ShareRow(installation=row.id, day=today, provider=row.provider, merchant=row.merchant, recipe=row.recipe)
        )
        share.runs += sign
        share.amount += run.share * sign


@daily("recipe.share", at="00:45")
def settle_daily(work: Work, happening: Happening) -> None:
    """Pay the service providers what yesterday's runs cost, and what could not be paid before."""
    open_ones = work.tx.query("select distinct installation from recipe_share where settled is null", ())
    for (number,) in sorted(open_ones):
        work.later(work.now, "recipe.settle", number)


@timer("recipe.settle")
def settle(work: Work, happening: Happening) -> None:
    """Pay what an installation owes of the days that are over; if there is not enough, it waits a day."""
    where = "installation = ? and settled is null and day < ?"
    rows = work.select(ShareRow, where, (happening.subject, day(work.now)), "day", PAGE)
    due = total([row.amount for row in rows])
    if not rows or due < Money(0):
        return
    number = ""
    if due:
        last, ref = rows[-1], f"{happening.subject}/{rows[-1].day}"
        try:
            with work.attempt() as part:
                number = part.ask(
                    "kaifang.market.share.pay", provider=last.provider, merchant=last.merchant, amount=due,
                    why=f"recipe {last.recipe}", ref=ref,
                ).share_no  # fmt: skip
        except Fault:
            return
    for row in rows:
        row.settled = Settled(number=number, at=work.now)


class List(Shape):
    page_num: Annotated[int, Meta(ge=1, le=10_000)] = 1  # from 1
    page_size: PageSize = 20  # 1 to 100


class Line(Shape):
    installation_id: str  # 28 digits
    recipe: str  # its name
    provider: str  # user id, who gets it
    merchant: str  # user id, who pays it
    day: str  # such as 20260921
    runs: int  # finished, less those undone
    amount: Money  # yuan; below zero if more was undone than done
    share_no: str | None = None  # the journal's number of the payment, which may be for several days
    settled: Moment | None = None  # when it was paid; absent: not yet


class Listed(Shape):
    shares: list[Line]  # the latest first


@method("kaifang.recipe.share.list", reads=True)
def list_shares(work: Work, ask: List) -> Listed:
    """List what your recipes earn by the day, as their service provider, or cost you, as the merchant."""
    who = (work.caller.user if work.caller.role == "wallet" else work.caller.merchant) or ""
    rows = work.select(
        ShareRow, "provider = ? or merchant = ?", (who, who), "day desc, installation", ask.page_size,
        offset=(ask.page_num - 1) * ask.page_size,
    )  # fmt: skip
    return Listed(shares=[line(row) for row in rows])


def line(row: ShareRow) -> Line:
    """A day's share as those whom it concerns see it."""
    paid = row.settled
    return Line(
        installation_id=row.installation, recipe=row.recipe, provider=row.provider, merchant=row.merchant, day=row.day,
        runs=row.runs, amount=row.amount, share_no=paid.number or None if paid else None,
        settled=Moment(paid.at) if paid else None,
    )  # fmt: skip
