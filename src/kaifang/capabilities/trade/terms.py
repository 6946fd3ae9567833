"""What the platform agreed with a seller: fees, limits, sharing, and what he is told."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Money, Shape, Who, Work, method, rate
from kaifang.kernel.clock import day

from .errors import (
    INVALID,
    MERCHANT_PERM_RECEIPT_DAY_LIMIT,
    MERCHANT_PERM_RECEIPT_SINGLE_LIMIT,
    MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT,
    SELLER_NOT_EXIST,
)
from .find import party
from .tables import TermsRow

Percent = Annotated[int, Meta(ge=0, le=100)]


class SetTerms(Shape):
    seller_id: Key  # with whom
    fee_rate: Key | None = None  # what the platform takes of each trade: 0 to 0.3
    royalty_percent: Percent | None = None  # how much of a trade may be shared at most
    suspended: bool | None = None  # whether he may not receive for now
    single_limit: Money | None = None  # yuan he may receive at once; 0.00: any amount
    day_limit: Money | None = None  # yuan he may receive in a day; 0.00: any amount
    tell_all: bool | None = None  # whether he is told of every state of every trade


class Terms(Shape):
    seller_id: str  # with whom
    fee_rate: str  # what the platform takes of each trade
    royalty_percent: int  # how much of a trade may be shared at most
    suspended: bool  # whether he may not receive for now
    single_limit: Money  # yuan he may receive at once; 0.00: any amount
    day_limit: Money  # yuan he may receive in a day; 0.00: any amount
    tell_all: bool  # whether he is told of every state of every trade


@method("kaifang.trade.terms.set", who=Who.OPERATOR, raises=[INVALID, SELLER_NOT_EXIST])
def set_terms(work: Work, ask: SetTerms) -> Terms:
    """Agree on fees, limits and sharing with a seller; what is left out stays."""
    seller = party(work, SELLER_NOT_EXIST, user_id=ask.seller_id)
    terms = work.find(TermsRow, id=seller.user_id) or work.add(TermsRow(id=seller.user_id))
    if ask.fee_rate is not None:
        check_rate(ask.fee_rate)
    for name in ask.__struct_fields__[1:]:
        if getattr(ask, name) is not None:
            setattr(terms, name, getattr(ask, name))
    return Terms(
        seller_id=terms.id, fee_rate=terms.fee_rate, royalty_percent=terms.royalty_percent, suspended=terms.suspended,
        single_limit=terms.single_limit, day_limit=terms.day_limit, tell_all=terms.tell_all,
    )  # fmt: skip


def check_rate(text: str) -> None:
    """A fee is a rate, and not most of the money."""
    try:
        fraction = rate(text)
    except ValueError as problem:
        raise INVALID(field="fee_rate", reason=str(problem)) from None
    if not 0 <= fraction <= rate("0.3"):
        raise INVALID(field="fee_rate", reason="between 0 and 0.3")


USUAL = TermsRow(id="")


def terms_of(work: Work, seller: str) -> TermsRow:
    """What was agreed with a seller, or the usual."""
    return work.find(TermsRow, id=seller) or USUAL


LIMIT_FAULTS = [
    MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT, MERCHANT_PERM_RECEIPT_SINGLE_LIMIT, MERCHANT_PERM_RECEIPT_DAY_LIMIT,
]  # fmt: skip


def receive(work: Work, terms: TermsRow, amount: Money) -> None:
    """Count an amount against what the seller may receive."""
    if terms.suspended:
        raise MERCHANT_PERM_RECEIPT_SUSPEND_LIMIT()
    if terms.single_limit and amount > terms.single_limit:
        raise MERCHANT_PERM_RECEIPT_SINGLE_LIMIT(most=terms.single_limit)
    if not terms.day_limit:
        return
    used = amount + (terms.day_used if terms.day == day(work.now) else Money(0))
    if used > terms.day_limit:
        raise MERCHANT_PERM_RECEIPT_DAY_LIMIT(left=terms.day_limit - used + amount)
    terms.day, terms.day_used = day(work.now), used
