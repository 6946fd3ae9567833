"""How much a party may pay and transfer at once, in a day and in a month."""

from typing import Literal

from kaifang.kernel import FaultKind, Key, Money, Shape, Who, Work, method
from kaifang.kernel.clock import day

from .card import the_wallet
from .errors import DAY_LIMIT, MONTH_LIMIT, PARTY_NOT_EXIST, SINGLE_LIMIT
from .find import the_party
from .tables import Quota


class Limit(Shape):
    user_id: Key  # whose limit
    purpose: Literal["pay", "transfer"] = "pay"  # paying for things, or transferring by a merchant's application
    single: Money | None = None  # yuan at once; zero: any amount
    daily: Money | None = None  # yuan in a Beijing day; zero: any amount
    monthly: Money | None = None  # yuan in a calendar month; zero: any amount


class Limited(Shape):
    single: Money  # yuan at once
    daily: Money  # yuan in a day
    monthly: Money  # yuan in a month
    day_used: Money  # yuan used on the last day on which something was
    month_used: Money  # yuan used in the month of that day


@method("kaifang.fund.limit.set", who=Who.OPERATOR, raises=[PARTY_NOT_EXIST])
def limit(work: Work, ask: Limit) -> Limited:
    """Limit what a party may pay or transfer; without new limits it answers the present ones."""
    the_party(work, PARTY_NOT_EXIST, user_id=ask.user_id)
    quota = the_quota(work, ask.user_id, ask.purpose)
    quota.single = quota.single if ask.single is None else ask.single
    quota.daily = quota.daily if ask.daily is None else ask.daily
    quota.monthly = quota.monthly if ask.monthly is None else ask.monthly
    if ask.purpose == "pay":
        the_wallet(work, ask.user_id).limited = bool(quota.single or quota.daily or quota.monthly)
    return Limited(
        single=quota.single, daily=quota.daily, monthly=quota.monthly, day_used=quota.day_used,
        month_used=quota.month_used,
    )  # fmt: skip


# What a merchant may transfer unless the operators decide otherwise.
TRANSFER_AT_ONCE, TRANSFER_A_DAY, TRANSFER_A_MONTH = Money(100_000_00), Money(1_000_000_00), Money(10_000_000_00)


def the_quota(work: Work, owner: str, purpose: str) -> Quota:
    """What is kept of this party's spending for this purpose."""
    return work.find(Quota, owner=owner, purpose=purpose) or work.add(usual(owner, purpose))


def usual(owner: str, purpose: str) -> Quota:
    """What a party may spend unless the operators decide otherwise."""
    quota = Quota(owner=owner, purpose=purpose)
    if purpose == "transfer":
        quota.single, quota.daily, quota.monthly = TRANSFER_AT_ONCE, TRANSFER_A_DAY, TRANSFER_A_MONTH
    return quota


Faults = tuple[FaultKind, FaultKind, FaultKind]  # for a single act, the day and the month
USUAL: Faults = (SINGLE_LIMIT, DAY_LIMIT, MONTH_LIMIT)


def use(work: Work, owner: str, purpose: str, amount: Money, faults: Faults = USUAL) -> None:
    """Count an amount against a party's limits."""
    quota = the_quota(work, owner, purpose)
    quota.day_used, quota.month_used = counted(work, quota, amount, faults)
    quota.day = day(work.now)


def check(work: Work, owner: str, purpose: str, amount: Money, faults: Faults = USUAL) -> None:
    """Whether an amount is within a party's limits, without counting it."""
    counted(work, work.find(Quota, owner=owner, purpose=purpose) or usual(owner, purpose), amount, faults)


def counted(work: Work, quota: Quota, amount: Money, faults: Faults) -> tuple[Money, Money]:
    """What would be used of a day and a month with this amount, if that is within the limits."""
    today = day(work.now)
    day_used = amount + (quota.day_used if quota.day == today else Money(0))
    month_used = amount + (quota.month_used if quota.day[:6] == today[:6] else Money(0))
    for used, most, refusal in zip(
        (amount, day_used, month_used), (quota.single, quota.daily, quota.monthly), faults, strict=True
    ):
        if most and used > most:
            raise refusal(most=most, left=max(most - used + amount, Money(0)))
    return day_used, month_used
