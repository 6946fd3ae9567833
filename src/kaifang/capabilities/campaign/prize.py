"""Prizes: how many there are, the cash that is set aside for them, and how one comes into somebody's hands."""

from collections.abc import Sequence
from typing import Any, Literal

from kaifang.kernel import (
    INVALID_PARAMETER,
    Fault,
    Key,
    Money,
    Move,
    Purse,
    Shape,
    Work,
)
from kaifang.kernel.fair import Outcome

from .errors import PRIZE_BUDGET_NOT_ENOUGH
from .find import prizes_of
from .states import Prize
from .tables import LotteryRow, PrizeRow

NOTHING = ""  # what is drawn by who wins nothing
CASH, VOUCHER, CERTIFICATE = "CASH", "VOUCHER", "CAMP_CERT_PRIZE"
Kind = Literal["CASH", "VOUCHER", "CAMP_CERT_PRIZE"]
MOST = 999_999  # of a prize
MOST_PRIZES, MOST_RULES = 200, 200  # that a campaign ever has: every draw reads the rules, and each rule every prize


class Strategy(Shape):
    """What a prize of cash comes to."""

    strategy_type: Literal["FIX_PRICE", "RANDOM_PRICE"] = "FIX_PRICE"  # always the same, or drawn
    strategy_value: Money | None = None  # yuan, if it is always the same
    min_price: Money | None = None  # yuan at least, if it is drawn
    max_price: Money | None = None  # yuan at most, if it is drawn
    stragety_value: Key | None = None  # older and misspelt: says nothing here


def own_activity(work: Work, activity_id: str, field: str) -> str:
    """A voucher activity of the merchant's own, which a prize is to be of."""
    try:
        with work.attempt() as part:
            part.ask("alipay.marketing.activity.voucher.query", activity_id=activity_id)
    except Fault as refusal:
        raise INVALID_PARAMETER(field=field, reason="no voucher activity of yours has this number") from refusal
    return activity_id


def price(strategy: Strategy | None) -> tuple[int, int]:
    """How many fen a prize of cash comes to, at least and at most."""
    told = strategy or Strategy()
    low, high = (told.strategy_value,) * 2 if told.strategy_type == "FIX_PRICE" else (told.min_price, told.max_price)
    if low is None or high is None or not 0 < low.minor <= high.minor <= 1_000_000:
        raise INVALID_PARAMETER(
            field="prize_price_strategy", reason="strategy_value, or min_price and max_price, from 0.01 to 10000.00"
        )
    return low.minor, high.minor


def stock(work: Work, prize: PrizeRow, more: int) -> None:
    """Let there be so many more of a prize, and set aside the cash that they may come to."""
    cash = Money(more if prize.budget == "MONEY" else more * prize.high)
    work.post(Move(Purse(prize.merchant), prize.money, cash, PRIZE_BUDGET_NOT_ENOUGH), why="prize.budget", ref=prize.id)
    if prize.budget == "COUNT":
        work.limit(prize.issued, prize.asset, floor=None)
        work.post(Move(prize.issued, prize.stock, Money(more, prize.asset)), why="prize.issue", ref=prize.id)


def left(work: Work, prize: PrizeRow) -> int:
    """How many of a prize are left, or of a budget of money how many fen."""
    if prize.budget == "MONEY":
        return work.balance(prize.money).minor
    return work.balance(prize.stock, prize.asset).minor


def close(work: Work, prize: PrizeRow) -> None:
    """A prize can be won no longer; the cash that is left goes back."""
    Prize.close(work, prize, **facts(prize))
    rest = work.balance(prize.stock, prize.asset)
    work.post(Move(prize.stock, Purse(prize.merchant, "retired"), rest), why="prize.retire", ref=prize.id)
    cash = work.balance(prize.money)
    work.post(Move(prize.money, Purse(prize.merchant), cash), why="prize.budget_back", ref=prize.id)


def facts(prize: PrizeRow) -> dict[str, Any]:
    """What the events of a prize tell."""
    return {"merchant": prize.merchant, "camp_id": prize.campaign, "prize_id": prize.id}


def odds(row: LotteryRow, prizes: Sequence[PrizeRow]) -> list[Outcome]:
    """What can be drawn: `rate` of a hundred draws win, and the prizes share them as they share the whole number."""
    shares = [(prize, prize.total // prize.low if prize.budget == "MONEY" else prize.total) for prize in prizes]
    whole = sum(share for _, share in shares) or 1
    lost = (100 - row.rate if shares else 100) * whole
    return [
        Outcome(name=NOTHING, weight=lost),
        *(Outcome(name=p.id, weight=row.rate * share, low=p.low, high=p.high) for p, share in shares if row.rate),
    ]


def set_odds(work: Work, row: LotteryRow) -> None:
    """The odds from now on: those of the prizes that are not closed. They never change because some are won."""
    prizes = prizes_of(work, row.id)
    rule = odds(row, [one for one in prizes if one.state != Prize.PRIZE_CLOSED.name])
    if not row.rules or row.rules[-1] != rule:
        row.rules = [*row.rules, rule]
    if len(prizes) > MOST_PRIZES or len(row.rules) > MOST_RULES:
        raise INVALID_PARAMETER(
            field="prize_list", reason=f"{MOST_PRIZES} prizes and {MOST_RULES} changes of odds at most"
        )


def hand_out(work: Work, prize: PrizeRow, user: str, log: str, amount: Money) -> str:
    """Give somebody a prize; the number of the voucher or certificate. What refuses, refuses the whole part."""
    if prize.budget == "COUNT":
        one = Money(1, prize.asset)
        work.post(Move(prize.stock, Purse(user, "prize"), one, PRIZE_BUDGET_NOT_ENOUGH), why="prize.give", ref=log)
    work.post(Move(prize.money, Purse(user), amount, PRIZE_BUDGET_NOT_ENOUGH), why="prize.cash", ref=log)
    if prize.activity:
        given: Any = work.ask("kaifang.voucher.give", activity_id=prize.activity, user=user, out_no=log)
        return str(given.voucher_id)
    return log if prize.kind == CERTIFICATE else ""
