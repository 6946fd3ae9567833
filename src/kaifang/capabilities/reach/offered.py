"""What showings offer: the capability that has it to give asks here, before it lets somebody have it."""

from typing import Any

from kaifang.kernel import Fault, Key, Shape, Who, Work, method

from .rank import memberships
from .states import Placement
from .tables import ExposureRow, PlacementRow


class AskOffered(Shape):
    exposure: Key  # the number of a showing
    user: Key  # user id of who wants what was shown


class Offered(Shape):
    activity_id: str | None = None  # the voucher activity of which this person may have one; none: of nothing


@method("kaifang.reach.offered", who=Who.INSIDE, reads=True)
def offered(work: Work, ask: AskOffered) -> Offered:
    """See what a showing offers to a person: what a merchant shows, as long as it is shown to people like this one."""
    row = work.find(ExposureRow, id=ask.exposure)
    if row is None or row.user != ask.user or row.kind != "VOUCHER":
        return Offered()
    there = is_placed(work, row) if row.placement else bool(row.trade) and is_earned(work, row)
    return Offered(activity_id=row.offer if there else None)


def is_placed(work: Work, row: ExposureRow) -> bool:
    """Whether what was shown is still placed, and its person one of those for whom it is."""
    placement = work.find(PlacementRow, id=row.placement)
    if placement is None or (placement.kind, placement.offer) != (row.kind, row.offer):
        return False
    there = placement.state == Placement.WORKING.name and placement.begin <= work.now < placement.end
    return there and (placement.audience != "MEMBERS" or placement.merchant in memberships(work, row.user))


def is_earned(work: Work, row: ExposureRow) -> bool:
    """Whether what was shown after a payment is still shown after such payments, and enough of it was kept."""
    trade = work.ask("kaifang.trade.find", trade_no=row.trade)
    return row.merchant == trade.seller and row.offer in after_paying(work, trade, row.offer)


def after_paying(work: Work, trade: Any, activity_id: str | None = None) -> list[str]:
    """The activities, or this one, of which whoever pays this may have one."""
    asked = {
        "merchants": [trade.seller], "activity_id": activity_id, "paid": trade.total - trade.refunded,
        "city": city_of(work, trade),
    }  # fmt: skip
    found = work.ask_if_offered("kaifang.delivery.offered", **asked)
    return found.activities if found is not None else []


def city_of(work: Work, trade: Any) -> str | None:
    """Where the shop is in which this was paid, if the order names one that is known."""
    if trade.store_id is None:
        return None
    try:
        with work.attempt() as part:
            shop = part.ask_if_offered("kaifang.merchant.shop.read", role=trade.seller, store_id=trade.store_id)
    except Fault:
        return None
    return shop.city_code or None if shop is not None else None
