"""Booths: what a device shows to whoever has paid at it, and what a touch of that gets."""

from typing import Any, Literal
from urllib.parse import quote

import msgspec

from kaifang.kernel import INVALID_PARAMETER, MINUTE, Key, Moment, Money, Shape, Who, Work, method, told_as
from kaifang.kernel.shape import plain

from .errors import BOOTH_NOT_EXIST, CLAIM_REFUSED, OFFER_GONE, TRADE_NOT_EXIST
from .find import calling
from .tables import BoothRow, DeliveryRow, DeviceRow, LookRow, MerchantPlanRow, ShowingRow

OPEN = 5 * MINUTE  # how long after a payment something is shown, and after that can be touched
MOST = 4  # things in a booth at a time
ROWS = 20  # plans and deliveries that are looked at
REFUSALS = (
    "ACTIVITY_NOT_EXIST", "ACTIVITY_NOT_ACTIVE", "ACTIVITY_NOT_START", "ACTIVITY_IS_END",
    "ACTIVITY_IS_STOPED", "BUDGET_NOT_ENOUGH", "COUNT_OVER_LIMIT", "USER_NOT_ALLOWED",
)  # fmt: skip


def open_booth(work: Work, space: str) -> None:
    """Whether a place is open to merchants."""
    if not work.count(BoothRow, "space = ? and until > ?", (space, work.now)):
        raise BOOTH_NOT_EXIST(space_code=space)


class AskBooth(Shape):
    space_code: Key  # which place on the screen
    trade_no: Key | None = None  # the trade that was paid just now,
    dynamic_id_type: Literal["bar_code", "security_code"] | None = None  # or what the person showed:
    bar_code: Key | None = None  # the code,
    ftoken: Key | None = None  # or the face token
    merchant_plan_id: Key | None = None  # only what belongs to this plan of yours


class Content(Shape):
    """Something that is shown."""

    id: str  # the activity of the voucher
    type: str  # BusinessOperation
    data: str  # JSON: what people read of it
    url: str | None = None  # where a touch leads, if not to claiming it here


class Shown(Shape):
    usable: bool  # whether there is anything to show
    booth_token: str | None = None  # the number of this showing, which whatever follows from it names
    content_list: list[Content] | None = None  # what is shown


@method("alipay.marketing.iot.booth.query", raises=[BOOTH_NOT_EXIST, TRADE_NOT_EXIST])
def query(work: Work, ask: AskBooth) -> Shown:
    """See what to show to whoever pays here: vouchers of yours that this person can have now."""
    open_booth(work, ask.space_code)
    user, paid = person_of(work, ask)
    found = contents(work, ask, user, paid) if user else []
    if not found:
        return Shown(usable=False)
    token = f"booth{work.chance.text(32)}"
    activities = [one.id for one in found]
    work.add(ShowingRow(id=token, merchant=work.caller.merchant, user=user, activities=activities, at=work.now))
    work.tell(
        "booth.show", token, merchant=work.caller.merchant, user=user, space=ask.space_code, activities=activities,
        device=work.caller.device, trade_no=ask.trade_no, exposure=token,
    )  # fmt: skip
    return Shown(usable=True, booth_token=token, content_list=found)


def person_of(work: Work, ask: AskBooth) -> tuple[str, Money]:
    """Who is at the device, and how much that person has just paid; nobody, if it cannot be told."""
    merchant = work.caller.merchant
    if ask.trade_no is not None:
        with told_as({"ACQ.TRADE_NOT_EXIST": TRADE_NOT_EXIST}):
            trade = work.ask("kaifang.trade.find", trade_no=ask.trade_no, seller=merchant)
        return (trade.buyer if trade.paid + OPEN > work.now else ""), trade.total
    if ask.ftoken is not None:
        look = work.find(LookRow, ftoken=ask.ftoken)
        seen = look is not None and look.merchant == merchant and look.until > work.now
        return (look.user if look is not None and seen else ""), Money(0)
    if ask.bar_code is not None:
        return work.ask("kaifang.fund.code.read", code=ask.bar_code, payee=merchant).user_id, Money(0)
    raise INVALID_PARAMETER(field="trade_no", reason="give trade_no, ftoken or bar_code")


def contents(work: Work, ask: AskBooth, user: str, paid: Money) -> list[Content]:
    """What the merchant shows there now, as far as this person can have it."""
    device = work.find(DeviceRow, id=work.caller.device) if work.caller.device else None
    shop = device.shop if device is not None else ""
    wanted = planned(work, ask)
    if ask.merchant_plan_id is None:
        for row in delivered(work, ask.space_code):
            if fits(row, shop, paid):
                wanted |= {activity: "" for activity in row.activities if activity not in wanted}
    if not wanted:
        return []
    asked = {"merchants": [work.caller.merchant], "shop_ids": [shop] if shop else None, "user": user}
    offers = work.ask("kaifang.voucher.claimable", **asked, shown=[*wanted]).activities
    shown = [content(one, wanted[one.activity_id]) for one in offers if one.activity_id in wanted]
    return shown[:MOST]


def planned(work: Work, ask: AskBooth) -> dict[str, str]:
    """The activities that the merchant shows by its plans, each with where a touch leads."""
    where = "merchant = ? and state = 'VALID' and space = ? and since <= ? and until > ?"
    values = [work.caller.merchant, ask.space_code, work.now, work.now]
    if ask.merchant_plan_id is not None:
        where, values = where + " and id = ?", [*values, ask.merchant_plan_id]
    return {row.activity: link(row) for row in work.select(MerchantPlanRow, where, values, "id desc", ROWS)}


def link(row: MerchantPlanRow) -> str:
    """Where a touch leads: a page of a mini-program, or nowhere."""
    if not row.mini_app:
        return ""
    page = f"&page={quote(row.page, safe='')}" if row.page else ""
    return f"alipays://platformapi/startapp?appId={quote(row.mini_app, safe='')}{page}"


def delivered(work: Work, space: str) -> list[DeliveryRow]:
    """What the merchant delivers to its devices now."""
    where = "merchant = ? and state = 'ACTIVE' and space = ? and since <= ? and until > ?"
    return work.select(DeliveryRow, where, (work.caller.merchant, space, work.now, work.now), "id desc", ROWS)


def fits(row: DeliveryRow, shop: str, paid: Money) -> bool:
    """Whether a delivery is meant for this shop and for who has paid so much."""
    here = not row.shops or shop in row.shops
    enough = paid >= row.least and (not row.most or paid <= row.most)
    return here and shop not in row.not_shops and enough


def content(offer: Any, url: str) -> Content:
    """An activity as a screen shows it."""
    told = {"title": offer.title, "left": offer.left, "until": str(offer.publish_end_time)}
    told |= {"voucherType": offer.voucher_type, "deduct": plain(offer.voucher_deduct_info)}
    data = msgspec.json.encode(told).decode()
    return Content(id=offer.activity_id, type="BusinessOperation", data=data, url=url or None)


class Claim(Shape):
    booth_token: Key  # the showing that was touched
    id: Key  # what was touched in it


class Claimed(Shape):
    voucher_id: str  # the platform's number
    title: str  # what people read
    valid_end_time: Moment  # until when it can be used


@method("kaifang.iot.booth.claim", who=Who.DEVICE, raises=[OFFER_GONE, CLAIM_REFUSED])
def claim(work: Work, ask: Claim) -> Claimed:
    """Let the person to whom it was shown have a voucher with one touch, within five minutes."""
    showing = work.find(ShowingRow, id=ask.booth_token)
    mine = showing is not None and showing.merchant == work.caller.merchant
    if showing is None or not mine or ask.id not in showing.activities or showing.at + OPEN <= work.now:
        raise OFFER_GONE(booth_token=ask.booth_token)
    shop = calling(work).shop or None
    asked = {"activity_id": ask.id, "user": showing.user, "out_no": showing.id}
    with told_as(dict.fromkeys(REFUSALS, CLAIM_REFUSED)):
        got = work.ask("kaifang.voucher.give", **asked, shop_id=shop, exposure=showing.id)
    return Claimed(voucher_id=got.voucher_id, title=got.title, valid_end_time=got.valid_end_time)
