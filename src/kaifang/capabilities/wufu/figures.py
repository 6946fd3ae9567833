"""A merchant's figures: what its cards brought, place by place."""

from fractions import Fraction
from typing import Annotated

from msgspec import Meta

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


class AskHandouts(Shape):
    campaign_id: Key | None = None  # only of this campaign
    open_only: bool = False  # only those that are not closed
    page_num: Annotated[int, Meta(ge=1, le=100_000)] = 1  # from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # 1 to 100


class Handout(Figures):
    """A place of yours, and what its cards brought."""

    campaign_id: str  # of which campaign
    campaign_name: str  # what people read
    campaign_state: str  # COMING, COLLECTING, OPENING, OPENED or CANCELED
    closed: bool  # whether nothing is handed out there any more
    left: int  # how many cards are left there
    per_user: int  # how many a person may take
    shop_id: str | None = None  # in which of your shops
    activity_id: str | None = None  # the voucher activity of which everybody gets one
    gives: str | None = None  # the kind that everybody gets, if none is drawn


class Handouts(Shape):
    handouts: list[Handout]  # the newest first
    count: int  # how many there are on all pages


@method("kaifang.wufu.handout.list", reads=True)
def list_handouts(work: Work, ask: AskHandouts) -> Handouts:
    """List the places where you hand or handed cards out, with what they brought."""
    where, values = "merchant = ?", [work.caller.merchant]
    if ask.campaign_id:
        where, values = f"{where} and wufu = ?", [*values, ask.campaign_id]
    if ask.open_only:
        where += " and closed = 0"
    rows = work.select(
        HandoutRow, where, values, "id desc", ask.page_size, offset=(ask.page_num - 1) * ask.page_size
    )  # fmt: skip
    return Handouts(handouts=[handout(work, row) for row in rows], count=work.count(HandoutRow, where, values))


def handout(work: Work, place: HandoutRow) -> Handout:
    """A place as its merchant lists it."""
    row, brought = the_campaign(work, place.wufu), of_place(work, place)
    same = {name: getattr(brought, name) for name in Figures.__struct_fields__}
    return Handout(
        campaign_id=row.id, campaign_name=row.name, campaign_state=row.state, closed=place.closed,
        left=work.balance(place.stock, row.quota).minor, per_user=place.per_user, shop_id=place.shop,
        activity_id=place.activity or None, gives=place.gives or None, **same,
    )  # fmt: skip


def of_place(work: Work, place: HandoutRow) -> Figures:
    """The figures of one place."""
    claimed = work.count(TakeRow, "handout = ?", (place.id,))
    revenue = Money(work.sum(TakeRow, "revenue", "handout = ?", (place.id,)))
    return Figures(
        handout_id=place.id, scene=place.scene, slot=place.slot, title=place.title, issued=place.issued,
        claimed=claimed, used=work.count(TakeRow, "handout = ? and trade <> ''", (place.id,)), revenue=revenue,
        revenue_per_card=revenue.share(Fraction(1, claimed)) if claimed else Money(0),
    )  # fmt: skip
