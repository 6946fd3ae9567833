"""The page after a payment: what helps near this shop, now, for this person."""

from typing import Any

import msgspec

from kaifang.kernel import NO_USER, Key, Money, Shape, Who, Work, method, told_as
from kaifang.kernel.shape import decode, encode

from .errors import SLOT_NOT_EXIST, TRADE_NOT_EXIST
from .feed import Filled, Points, Shown, announce, choose, each_once, micro, name_of, reasons, show
from .offered import after_paying
from .parts import Latitude, Longitude, Offer
from .rank import Here
from .slot import open_slot
from .tables import ExposureRow, SuccessRow

SLOT = "payment_success"
NEAR, SHOPS = 3_000, 20  # meters; shops at most
VOUCHER, CLOSE, CARD, WUFU, PAID = 30, 20, 40, 35, 45  # points


class Success(Shape):
    trade_no: Key  # what you just paid
    longitude: Longitude | None = None  # degrees east of where you are
    latitude: Latitude | None = None  # degrees north
    shop_id: Key | None = None  # the shop in which you paid, if it is known


class Succeeded(Filled):
    seller_name: str  # whom you paid
    subject: str  # what for
    amount: Money  # yuan that you paid
    total: Money  # yuan that it came to before anything was taken off


class Found(msgspec.Struct, frozen=True):
    """Something that the platform found by itself."""

    merchant: str
    kind: str
    offer: str
    title: str
    points: Points


@method("kaifang.reach.success", who=Who.WALLET, raises=[TRADE_NOT_EXIST, SLOT_NOT_EXIST])
def success(work: Work, ask: Success) -> Succeeded:
    """See what helps near this shop, now, for you, after you paid; looking at the page again shows the same."""
    if work.caller.user is None:
        raise NO_USER()
    kept = work.find(SuccessRow, id=ask.trade_no)
    trade = the_trade(work, ask.trade_no)
    filled = fill(work, ask, trade) if kept is None else decode(kept.answer.encode(), Filled)
    return Succeeded(
        slot=filled.slot, shown=filled.shown, seller_name=name_of(work, trade.seller), subject=trade.subject,
        amount=sum((one.amount for one in trade.bills), Money(0)), total=trade.total,
    )  # fmt: skip


def fill(work: Work, ask: Success, trade: Any) -> Filled:
    """Choose what is shown on this page, for good."""
    assert work.caller.user is not None
    slot, where = open_slot(work, SLOT), position(work, ask)
    found = thanks(work, trade) + vouchers(work, trade.seller, where)
    found += cards(work, trade.seller) + handouts(work, trade.seller)
    here = Here(user=work.caller.user, longitude=micro(where[0]), latitude=micro(where[1]))
    ranked: list[tuple[Any, Points]] = [*((one, one.points) for one in found), *choose(work, slot, here)]
    ranked.sort(key=lambda one: -sum(one[1].values()))
    shown = [
        show_found(work, ask.trade_no, one) if isinstance(one, Found) else show(work, here.user, one, points)
        for one, points in each_once(ranked)[: slot.shown]
    ]
    announce(work, here.user, shown)
    answer = Filled(slot=SLOT, shown=shown)
    work.add(SuccessRow(id=ask.trade_no, answer=encode(answer).decode()))
    return answer


def the_trade(work: Work, trade_no: str) -> Any:
    """What this person paid."""
    with told_as({"ACQ.TRADE_NOT_EXIST": TRADE_NOT_EXIST}):
        trade = work.ask("kaifang.trade.find", trade_no=trade_no)
    if trade.buyer != work.caller.user or not trade.paid:
        raise TRADE_NOT_EXIST(trade_no=trade_no)
    return trade


def position(work: Work, ask: Success) -> tuple[float | None, float | None]:
    """Where the person is, or else the shop."""
    if ask.longitude is None and ask.shop_id is not None:
        shop = work.ask_if_offered("kaifang.merchant.shop.read", shop_id=ask.shop_id)
        if shop is not None and shop.longitude is not None:
            return float(shop.longitude), float(shop.latitude)
    return ask.longitude, ask.latitude


def vouchers(work: Work, seller: str, where: tuple[float | None, float | None]) -> list[Found]:
    """What this person can claim now of this merchant and of shops nearby, the nearer the better."""
    near: dict[str, Any] = {}
    if None not in where:
        place = {"longitude": str(where[0]), "latitude": str(where[1])}
        shops = work.ask_if_offered("kaifang.merchant.shop.nearby", **place, radius=NEAR, limit=SHOPS)
        for shop in shops.shops if shops is not None else ():
            near.setdefault(shop.merchant, []).append(shop)
    merchants = sorted({seller, *near})
    offers = work.ask("kaifang.voucher.claimable", merchants=merchants, user=work.caller.user).activities
    found = []
    for offer in offers:
        open_here = [one for one in near.get(offer.merchant, []) if one.open and taken(offer.shop_ids, one)]
        if not open_here and (offer.merchant != seller or near.get(seller) and offer.shop_ids):
            continue  # its shops nearby are closed, or do not take it
        points = {"voucher": VOUCHER}
        if open_here:
            points["near"] = max(0, round(CLOSE * (1 - min(one.distance_meters for one in open_here) / NEAR)))
        found.append(Found(offer.merchant, "VOUCHER", offer.activity_id, offer.title, points))
    return found


def taken(shop_ids: list[str], shop: Any) -> bool:
    """Whether a shop takes a voucher: one for certain shops names them by either number."""
    return not shop_ids or shop.shop_id in shop_ids or shop.store_id in shop_ids


def thanks(work: Work, trade: Any) -> list[Found]:
    """What this person can claim because of this payment, as the merchant planned it."""
    asked = {"merchants": [trade.seller], "user": work.caller.user, "shown": after_paying(work, trade)}
    offers = work.ask("kaifang.voucher.claimable", **asked).activities
    return [Found(one.merchant, "VOUCHER", one.activity_id, one.title, {"paid": PAID}) for one in offers]


def cards(work: Work, seller: str) -> list[Found]:
    """The cards of this merchant that cost nothing, and that this person does not have."""
    found = work.ask_if_offered("kaifang.card.template.of", merchant=seller)
    new = [one for one in found.templates if one.card is None and one.price is None] if found is not None else []
    return [Found(seller, "CARD", one.template, one.title, {"card": CARD}) for one in new[:1]]


def handouts(work: Work, seller: str) -> list[Found]:
    """A wufu card that this merchant hands out now."""
    found = work.ask_if_offered("kaifang.wufu.handout.of", merchant=seller)
    places = found.handouts if found is not None else []
    return [Found(seller, "WUFU", one.handout_id, one.title, {"wufu": WUFU}) for one in places[:1]]


def show_found(work: Work, trade_no: str, one: Found) -> Shown:
    """Keep one showing of what the platform found by itself."""
    assert work.caller.user is not None
    exposure = ExposureRow(
        id=work.new_id("20622"), user=work.caller.user, merchant=one.merchant, slot=SLOT, placement="", kind=one.kind,
        offer=one.offer, at=work.now, points=one.points, trade=trade_no,
    )  # fmt: skip
    work.add(exposure)
    offer = msgspec.convert({"kind": one.kind, "id": one.offer}, Offer)
    return Shown(
        exposure=exposure.id, placement_id="", merchant=one.merchant, merchant_name=name_of(work, one.merchant),
        title=one.title, subtitle="", image="", link="", offer=offer, why=reasons(one.points),
    )  # fmt: skip
