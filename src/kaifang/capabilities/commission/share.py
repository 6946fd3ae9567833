"""Shares of a merchant's revenue that a service provider is paid by somebody's reckoning, such as a recipe's."""

from kaifang.kernel import Amount, Key, Line, Money, Move, Purse, Shape, Who, Work, method

from .errors import SHARE_CLASH, SHARE_SHORT
from .tables import ShareRow


class Pay(Shape):
    provider: Key  # who gets it, a user id
    merchant: Key  # who pays, a user id
    amount: Amount  # yuan
    why: Line  # what for, such as the name of a recipe
    ref: Key  # the number of what it is for: the same is paid once


class Paid(Shape):
    share_no: str  # 28 digits, the journal's number of it
    amount: Money  # yuan


@method("kaifang.market.share.pay", who=Who.INSIDE, raises=[SHARE_SHORT, SHARE_CLASH])
def pay(work: Work, ask: Pay) -> Paid:
    """Pay a service provider a share out of the merchant's balance, at once, and once for each number."""
    key = f"{ask.provider}/{ask.ref}"
    row = work.find(ShareRow, id=key)
    if row is None:
        row = ShareRow(
            id=key, number=work.new_id("20502"), merchant=ask.merchant, amount=Money(ask.amount.minor), why=ask.why
        )
        work.add(row)
        move = Move(Purse(ask.merchant), Purse(ask.provider), row.amount, SHARE_SHORT)
        work.post(move, why="share.pay", ref=row.number)
        work.tell("share.paid", row.number, provider=ask.provider, merchant=ask.merchant, amount=row.amount.minor)
    if (row.merchant, row.amount, row.why) != (ask.merchant, Money(ask.amount.minor), ask.why):
        raise SHARE_CLASH(ref=ask.ref)
    return Paid(share_no=row.number, amount=row.amount)
