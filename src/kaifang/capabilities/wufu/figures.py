"""A merchant's figures: what its cards brought, place by place."""

from fractions import Fraction

from kaifang.kernel import Key, Money, Purse, Shape, Work, method

from .errors import WUFU_NOT_EXIST
from .find import the_campaign
from .handout import QUOTA
from .tables import HandoutRow, TakeRow


class Ask(Shape):
    campaign_id: Key  # the platform's number


class Figures(Shape):
    """What the cards of a place brought."""

    handout_id: str  # the platform's number
    scene: str  # your own name of it
    slot: str  # SLOT, MINI_PROGRAM, SHOP_CODE or LIVE
    title: str  # what people read
    issued: int  # cards that were put there
    claimed: int  # cards that people took
    used: int  # vouchers with them that were used
    revenue: Money  # yuan that those trades came to
    revenue_per_card: Money  # yuan for each card that was taken


class Figured(Shape):
    quota: int  # cards that are in no place yet
    places: list[Figures]  # the newest first


@method("kaifang.wufu.figures", reads=True, raises=[WUFU_NOT_EXIST])
def figures(work: Work, ask: Ask) -> Figured:
    """See what your cards of a campaign brought: issued, claimed, used, and revenue for each card."""
    row, merchant = the_campaign(work, ask.campaign_id), work.caller.merchant
    places = work.select(HandoutRow, "merchant = ? and wufu = ?", (merchant, row.id), "id desc", 200)
    quota = work.balance(Purse(merchant, QUOTA), row.quota).minor
    return Figured(quota=quota, places=[of_place(work, place) for place in places])


def of_place(work: Work, place: HandoutRow) -> Figures:
    """The figures of one place."""
    claimed = work.count(TakeRow, "handout = ?", (place.id,))
    revenue = Money(work.sum(TakeRow, "revenue", "handout = ?", (place.id,)))
    return Figures(
        handout_id=place.id, scene=place.scene, slot=place.slot, title=place.title, issued=place.issued,
        claimed=claimed, used=work.count(TakeRow, "handout = ? and trade <> ''", (place.id,)), revenue=revenue,
        revenue_per_card=revenue.share(Fraction(1, claimed)) if claimed else Money(0),
    )  # fmt: skip
