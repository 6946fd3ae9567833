"""Merchants hand cards out: quotas from the operator, and places in slots, mini-programs, shops and live rooms."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import INVALID_PARAMETER, Fault, Key, Line, Money, Move, Purse, Shape, Who, Work, method, told_as

from .errors import (
    WUFU_HANDOUT_NOT_EXIST,
    WUFU_NOT_EXIST,
    WUFU_NOT_OPEN,
    WUFU_NUMBER_USED,
    WUFU_QUOTA_EMPTY,
    WUFU_SCENE_USED,
)
from .find import the_campaign
from .states import Wufu
from .tables import HandoutRow, QuotaRow, TakeRow, WufuRow

QUOTA = "wufu_quota"  # a merchant's purse
Size = Annotated[int, Meta(ge=1, le=10_000_000)]
Slot = Literal["SLOT", "MINI_PROGRAM", "SHOP_CODE", "LIVE"]
Title = Annotated[str, Meta(min_length=1, max_length=64)]


class Quota(Shape):
    campaign_id: Key  # the platform's number
    merchant: Key  # user id
    count: Size  # how many cards more
    out_no: Key  # your own number of this; asking twice gives them once


class Quoted(Shape):
    left: int  # cards that the merchant may put into places now


@method(
    "kaifang.wufu.quota.give", who=Who.OPERATOR, raises=[WUFU_NOT_EXIST, WUFU_NOT_OPEN, WUFU_NUMBER_USED]
)  # fmt: skip
def give(work: Work, ask: Quota) -> Quoted:
    """Let a merchant hand out so many cards of a campaign."""
    row = going_on(work, ask.campaign_id)
    with told_as({"PARTY_NOT_EXIST": INVALID_PARAMETER}):
        work.ask("kaifang.account.party.find", user_id=ask.merchant)
    found = work.find(QuotaRow, wufu=row.id, merchant=ask.merchant, out_no=ask.out_no)
    if found is None:
        found = work.add(QuotaRow(wufu=row.id, merchant=ask.merchant, out_no=ask.out_no, count=ask.count))
        more = Money(ask.count, row.quota)
        work.post(Move(row.issued, Purse(ask.merchant, QUOTA), more), why="wufu.quota", ref=row.id)
        work.tell("wufu.quota", row.id, merchant=ask.merchant, count=ask.count)
    if found.count != ask.count:
        raise WUFU_NUMBER_USED(out_no=ask.out_no)
    return Quoted(left=work.balance(Purse(ask.merchant, QUOTA), row.quota).minor)


def going_on(work: Work, campaign_id: str) -> WufuRow:
    """A campaign that is announced, or goes on."""
    row = the_campaign(work, campaign_id)
    if row.state not in (Wufu.COMING.name, Wufu.COLLECTING.name):
        raise WUFU_NOT_OPEN(campaign_id=campaign_id, state=row.state)
    return row


class Create(Shape):
    campaign_id: Key  # the platform's number
    scene: Key  # your own name of this place; official clients send it as scene
    slot: Slot  # a public slot, your mini-program, a code in your shop, or a live room
    title: Title  # what people read
    count: Size  # how many cards of your quota
    activity_id: Key | None = None  # your voucher activity: everybody gets one with the card
    shop_id: Key | None = None  # in which of your shops
    gives: Key | None = None  # the kind that everybody gets, such as 2001; one that is drawn, if left out
    per_user: Annotated[int, Meta(ge=1, le=100)] = 1  # how many a person may take


class Created(Shape):
    handout_id: str  # the platform's number


@method(
    "kaifang.wufu.handout.create", once=("scene",), clash=WUFU_SCENE_USED,
    raises=[WUFU_NOT_EXIST, WUFU_NOT_OPEN, WUFU_QUOTA_EMPTY],
)  # fmt: skip
def create(work: Work, ask: Create) -> Created:
    """Open a place where people take cards out of your quota."""
    row = going_on(work, ask.campaign_id)
    if ask.gives and row.kind(ask.gives) is None:
        raise INVALID_PARAMETER(field="gives", reason="the campaign has no such kind")
    handout = HandoutRow(
        id=work.new_id("84003"), wufu=row.id, merchant=work.caller.merchant, scene=ask.scene, slot=ask.slot,
        shop=ask.shop_id, title=ask.title, gives=ask.gives or "", per_user=ask.per_user, issued=ask.count,
        activity=own_activity(work, ask.activity_id) if ask.activity_id else "",
    )  # fmt: skip
    work.add(handout)
    move(work, row, handout, Purse(handout.merchant, QUOTA), handout.stock, ask.count)
    return Created(handout_id=handout.id)


def own_activity(work: Work, activity_id: str) -> str:
    """A voucher activity of the merchant's own."""
    try:
        with work.attempt() as part:
            part.ask("alipay.marketing.activity.voucher.query", activity_id=activity_id)
    except Fault as refusal:
        raise INVALID_PARAMETER(field="activity_id", reason="no voucher activity of yours") from refusal
    return activity_id


def move(work: Work, row: WufuRow, handout: HandoutRow, source: Purse, target: Purse, count: int) -> None:
    """Move cards that may be handed out."""
    cards = Money(count, row.quota)
    work.post(Move(source, target, cards, WUFU_QUOTA_EMPTY), why="wufu.handout", ref=handout.id)


class Close(Shape):
    handout_id: Key  # the platform's number


class Closed(Shape):
    left: int  # cards that the merchant may put into other places now


@method("kaifang.wufu.handout.close", raises=[WUFU_HANDOUT_NOT_EXIST])
def close(work: Work, ask: Close) -> Closed:
    """Close a place of yours; the cards that are left are in your quota again. Closing it again changes nothing."""
    handout = work.find(HandoutRow, id=ask.handout_id)
    if handout is None or handout.merchant != work.caller.merchant:
        raise WUFU_HANDOUT_NOT_EXIST(handout_id=ask.handout_id)
    row = the_campaign(work, handout.wufu)
    if not handout.closed:
        handout.closed = True
        rest = work.balance(handout.stock, row.quota).minor
        move(work, row, handout, handout.stock, Purse(handout.merchant, QUOTA), rest)
    return Closed(left=work.balance(Purse(handout.merchant, QUOTA), row.quota).minor)


class Of(Shape):
    merchant: Key | None = None  # user id of whose places,
    shop_id: Key | None = None  # or in which shop,
    campaign_id: Key | None = None  # or of which campaign,
    handout_id: Key | None = None  # or only this one
    limit: Annotated[int, Meta(ge=1, le=50)] = 20  # how many at most


class Place(Shape):
    """A place where cards are handed out."""

    handout_id: str  # the platform's number
    campaign_id: str  # of which campaign
    merchant: str  # user id of who hands them out
    merchant_name: str  # who that is
    slot: str  # SLOT, MINI_PROGRAM, SHOP_CODE or LIVE
    title: str  # what people read
    left: int  # how many cards are left
    per_user: int  # how many a person may take
    taken: int  # how many you took; 0 if nobody is signed in
    shop_id: Key | None = None  # in which shop
    activity_id: Line | None = None  # the voucher activity of which everybody gets one
    gives: str | None = None  # the kind that everybody gets, if none is drawn


class Places(Shape):
    handouts: list[Place]  # where something is left, the newest first


@method("kaifang.wufu.handout.of", reads=True)
def of(work: Work, ask: Of) -> Places:
    """List where cards are handed out now: by a merchant, in a shop, everywhere in a campaign, or in one place."""
    named = {"shop": ask.shop_id, "merchant": ask.merchant, "wufu": ask.campaign_id, "id": ask.handout_id}
    column = next((name for name, value in named.items() if value), None)
    if column is None:
        raise INVALID_PARAMETER(field="merchant", reason="missing; name a merchant, a shop, a campaign or a place")
    found = work.select(HandoutRow, f"{column} = ? and closed = 0", (named[column],), "id desc", ask.limit)
    places = [place(work, handout) for handout in found]
    return Places(handouts=[one for one in places if one is not None])


def place(work: Work, handout: HandoutRow) -> Place | None:
    """A place as people see it, if something can be had there now."""
    row = the_campaign(work, handout.wufu)
    left = work.balance(handout.stock, row.quota).minor
    if not left or not row.start <= work.now < row.opens or row.state == Wufu.CANCELED.name:
        return None
    user, who = work.caller.user, work.ask("kaifang.account.party.find", user_id=handout.merchant)
    return Place(
        handout_id=handout.id, campaign_id=row.id, merchant=handout.merchant, slot=handout.slot, title=handout.title,
        left=left, shop_id=handout.shop, activity_id=handout.activity or None, gives=handout.gives or None,
        per_user=handout.per_user, merchant_name=who.name,
        taken=work.count(TakeRow, 'handout = ? and "user" = ?', (handout.id, user)) if user else 0,
    )  # fmt: skip
