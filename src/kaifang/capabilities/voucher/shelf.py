"""What can be had: vouchers that people may take for nothing or buy, near them or anywhere, and one of them in full."""

from typing import Any

from kaifang.kernel import DAY, Count, Key, Moment, Money, Shape, Who, Work, method

from .claim import was_shown
from .errors import ACTIVITY_NOT_EXIST, INVALID
from .find import (
    Here,
    PageNumber,
    PageSize,
    Place,
    any_activity,
    party,
    places_of,
    planned,
    shops_near,
    signed_in,
    takes,
    terms_of,
)
from .parts import Display, Scope, UseRule
from .person import MOST, Offer, first, marks, offer, why_not
from .states import Activity
from .tables import ActivityRow, HolderRow, TermsRow


class AskOffers(Here):
    merchant: Key | None = None  # only of this merchant, a user id
    sold: bool = False  # those that are sold; those that cost nothing, if left out
    page_num: PageNumber = 1  # which page, from 1
    page_size: PageSize = 20  # how many on a page


class Shelved(Offer):
    """What can be had, as people see it."""

    merchant_name: str  # who gives it
    price: Money | None = None  # yuan that it is sold for; absent: it costs nothing
    had: Count  # how many of it you have that can be used
    why_not: str | None = None  # why you cannot have one now: COUNT_OVER_LIMIT, BUDGET_NOT_ENOUGH, ...
    image: str | None = None  # number of its picture
    distance_meters: int | None = None  # how far the nearest shop is that takes it
    shop_name: str | None = None  # which shop that is


class Offers(Shape):
    offers: list[Shelved]  # those of the nearest shops first, or else those that can be had shortest
    total_size: Count  # how many there are in all


@method("kaifang.voucher.offers", who=Who.WALLET, reads=True, raises=[INVALID])
def offers(work: Work, ask: AskOffers) -> Offers:
    """List vouchers that you can take, or buy: near you, of a merchant, or everywhere."""
    user, near = signed_in(work), shops_near(work, ask)
    rows, count = near_by(work, ask, near) if near is not None else anywhere(work, ask)
    return Offers(offers=[shelved(work, row, terms_of(work, row), user, near) for row in rows], total_size=count)


def on_offer(work: Work, sold: bool) -> tuple[str, list[Any]]:
    """The condition under which an activity is on the shelf now, and its values."""
    where = 'state in (?, ?) and start <= ? and "end" > ?'
    values = [Activity.WAITING.name, Activity.ACTIVE.name, work.now, work.now]
    if sold:
        return f"{where} and kind = ? and price > 0", [*values, "order"]
    return f"{where} and kind in (?, ?) and price = 0", [*values, "payment", "order"]


def anywhere(work: Work, ask: AskOffers) -> tuple[list[ActivityRow], int]:
    """A page of all that is on the shelf, and how much that is."""
    where, values = on_offer(work, ask.sold)
    if not ask.sold:
        named = planned(work, [ask.merchant]) if ask.merchant else []
        where, values = f"{where} and (public = 1 or id in ({marks(named)}))", [*values, *named]
    if ask.merchant:
        where, values = f"{where} and merchant = ?", [*values, ask.merchant]
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(ActivityRow, where, values, '"end", id', ask.page_size, offset=skipped)
    return rows, work.count(ActivityRow, where, values)


def near_by(work: Work, ask: AskOffers, near: list[Any]) -> tuple[list[ActivityRow], int]:
    """A page of what shops around take, the nearest shops' first, and how much there is."""
    merchants = list(dict.fromkeys(shop.merchant for shop in near if ask.merchant in (None, shop.merchant)))
    if not merchants:
        return [], 0
    where, values = on_offer(work, ask.sold)
    where, values = f"{where} and merchant in ({marks(merchants)})", [*values, *merchants]
    if not ask.sold:
        named = planned(work, merchants)
        where, values = f"{where} and (public = 1 or id in ({marks(named)}))", [*values, *named]
    found = work.select(ActivityRow, first(where, MOST // len(merchants)), values, '"end", id', MOST)
    ranked = [(nearest(near, row, terms_of(work, row)), row) for row in found]
    taken = sorted(((shop, row) for shop, row in ranked if shop is not None), key=lambda one: one[0].distance_meters)
    return [row for _, row in taken][(ask.page_num - 1) * ask.page_size :][: ask.page_size], len(taken)


def nearest(near: list[Any], row: ActivityRow, terms: TermsRow) -> Any:
    """The first of some shops that takes an activity's vouchers."""
    return next((shop for shop in near if takes(row, terms, shop)), None)


def shelved(work: Work, row: ActivityRow, terms: TermsRow, user: str, near: list[Any] | None) -> Shelved:
    """What can be had, as people see it."""
    told, shop, held = offer(work, row), nearest(near or [], row, terms), work.find(HolderRow, id=user)
    return Shelved(
        **{name: getattr(told, name) for name in told.__struct_fields__}, price=row.price or None,
        merchant_name=party(work, user_id=row.merchant).name, why_not=why_not(work, row, user) or None,
        had=sum(one.activity == row.id for one in held.held) if held is not None else 0,
        image=terms.display.voucher_image if terms.display else None,
        distance_meters=shop.distance_meters if shop else None, shop_name=shop.name if shop else None,
    )  # fmt: skip


class AskOffer(Here):
    activity_id: Key  # the platform's number
    exposure: Key | None = None  # the showing that led here; needed for what is not offered to everybody


class OfferSeen(Shelved):
    per_user: Count  # how many a person may have in a period; 0: any number
    period: str  # DAY, WEEK, MONTH or LIFE_CYCLE
    times: Count  # how often one can be used
    begins: Moment | None = None  # from when one can be used; absent: counted from when it is had
    ends: Moment | None = None  # until when
    waits_days: Count  # else how many days pass before,
    lasts_days: Count  # and for how many it can be used
    refundable: bool  # of one that is sold: whether the money comes back, if you give it back unused
    overdue_refundable: bool  # and if it expires unused
    shops: list[Place]  # shops that take it: those near you and those that it names
    voucher_available_scope_info: Scope | None = None  # where it can be used, and for what
    voucher_use_rule_info: UseRule | None = None  # when, and how often
    voucher_display_pattern_info: Display | None = None  # how it looks


@method("kaifang.voucher.offer.look", who=Who.WALLET, reads=True, raises=[ACTIVITY_NOT_EXIST, INVALID])
def look(work: Work, ask: AskOffer) -> OfferSeen:
    """See what a voucher takes off, where, when and how often, before you take or buy it."""
    user, row, near = signed_in(work), any_activity(work, ask.activity_id), shops_near(work, ask)
    if not may_see(work, row, user, ask.exposure):
        raise ACTIVITY_NOT_EXIST(activity_id=ask.activity_id)
    terms = terms_of(work, row)
    told = shelved(work, row, terms, user, near)
    sale = terms.send.voucher_sale_mode_info if terms.send is not None else None
    return OfferSeen(
        **{name: getattr(told, name) for name in told.__struct_fields__}, per_user=row.per_user, period=row.period,
        times=row.times, begins=Moment(row.begins) if row.begins else None, ends=Moment(row.ends) if row.ends else None,
        waits_days=row.waits // DAY, lasts_days=row.lasts // DAY,
        refundable=sale is not None and sale.refundable,
        overdue_refundable=sale is not None and sale.overdue_refundable, shops=places_of(work, row, terms, near),
        voucher_available_scope_info=terms.scope, voucher_use_rule_info=terms.rule,
        voucher_display_pattern_info=terms.display,
    )  # fmt: skip


def may_see(work: Work, row: ActivityRow, user: str, exposure: str | None) -> bool:
    """Whether this person may see an activity: everybody may, a plan or a slot shows it, or the person has one."""
    if row.state == Activity.INIT.name or row.kind not in ("payment", "order"):
        return False
    held = work.find(HolderRow, id=user)
    if row.public or row.price or (held is not None and any(one.activity == row.id for one in held.held)):
        return True
    shown = exposure is not None and was_shown(work, row, user, exposure)
    return shown or row.id in planned(work, [row.merchant], row.id)
