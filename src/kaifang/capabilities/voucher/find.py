"""Finding the activity, the person and the voucher that are meant, and the shops that take it."""

from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import NO_USER, Fault, Key, Line, Shape, Work, told_as

from .errors import ACTIVITY_NOT_EXIST, INVALID, VOUCHER_NOT_EXIST
from .rules import sellers_of, shops_of
from .tables import ActivityRow, TermsRow, VoucherRow

PageNumber = Annotated[int, Meta(ge=1, le=100_000)]
PageSize = Annotated[int, Meta(ge=1, le=100)]


class Person(Shape):
    """A person as a merchant names one."""

    user_id: Key | None = None  # by user id,
    open_id: Line | None = None  # or as your app knows that person


class Paged(Shape):
    """A list that is read a page at a time."""

    page_num: PageNumber = 1  # which page, from 1
    page_size: PageSize = 20  # how many on a page


def own_activity(work: Work, activity_id: str, *kinds: str) -> ActivityRow:
    """The caller's activity with this number."""
    row = any_activity(work, activity_id)
    if row.merchant != work.caller.merchant or (kinds and row.kind not in kinds):
        raise ACTIVITY_NOT_EXIST(activity_id=activity_id)
    return row


def any_activity(work: Work, activity_id: str) -> ActivityRow:
    """Anybody's activity with this number."""
    row = work.find(ActivityRow, id=activity_id)
    if row is None:
        raise ACTIVITY_NOT_EXIST(activity_id=activity_id)
    return row


def planned(work: Work, merchants: list[str], activity_id: str | None = None) -> list[str]:
    """The activities of these merchants, or the one among them, that a plan shows to everybody now."""
    found = work.ask_if_offered("kaifang.delivery.offered", merchants=merchants, activity_id=activity_id)
    return found.activities if found is not None else []


def terms_of(work: Work, row: ActivityRow) -> TermsRow:
    """What an activity promises."""
    terms = work.find(TermsRow, id=row.id)
    assert terms is not None, f"activity {row.id} promises nothing"
    return terms


def the_person(work: Work, ask: Any) -> Any:
    """What is known of the person who is named."""
    user_id, open_id = getattr(ask, "user_id", None), getattr(ask, "open_id", None)
    if not (user_id or open_id):
        raise INVALID(field="user_id", reason="give user_id or open_id")
    return party(work, user_id=user_id, open_id=open_id)


def party(work: Work, **which: str | None) -> Any:
    """What is known of somebody."""
    with told_as({"PARTY_NOT_EXIST": INVALID}):
        return work.ask("kaifang.account.party.find", **which)


def signed_in(work: Work) -> str:
    """The person at the wallet."""
    if work.caller.user is None:
        raise NO_USER()
    return work.caller.user


def own_voucher(work: Work, voucher_id: str) -> VoucherRow:
    """A voucher that the calling merchant gave."""
    row = work.find(VoucherRow, id=voucher_id)
    if row is None or row.merchant != work.caller.merchant:
        raise VOUCHER_NOT_EXIST(voucher_id=voucher_id)
    return row


Degrees = Annotated[str, Meta(pattern=r"^-?\d{1,3}(\.\d{1,15})?$", max_length=20)]
NEAR = 50  # shops that are looked at around a person
NAMED = 20  # shops that are told of those that an activity names


class Here(Shape):
    """Where a person is, if that is to be known."""

    longitude: Degrees | None = None  # degrees east of where you are,
    latitude: Degrees | None = None  # and degrees north


class Place(Shape):
    """A shop that takes a voucher."""

    shop_id: str  # its number
    name: str  # what people read
    address: str | None = None  # street and number
    open: bool  # whether it is open at this moment
    distance_meters: int | None = None  # how far it is, if it is known where you are


def shops_near(work: Work, here: Here) -> list[Any] | None:
    """The shops around a person, the nearest first; None if it was not said where that is."""
    if here.longitude is None and here.latitude is None:
        return None
    if here.longitude is None or here.latitude is None:
        raise INVALID(field="latitude", reason="with longitude, or neither")
    asked = {"longitude": here.longitude, "latitude": here.latitude, "limit": NEAR}
    with told_as({"INVALID_PARAMETER": INVALID}):
        found = work.ask_if_offered("kaifang.merchant.shop.nearby", **asked)
    return list(found.shops) if found is not None else []


def takes(row: ActivityRow, terms: TermsRow, shop: Any) -> bool:
    """Whether a shop takes the vouchers of an activity: it may name shops, by either number, or merchants."""
    named = shops_of(terms)
    if named:
        return shop.shop_id in named or shop.store_id in named
    return shop.merchant in (sellers_of(terms.scope) or [row.merchant])


def places_of(work: Work, row: ActivityRow, terms: TermsRow, near: list[Any] | None) -> list[Place]:
    """The shops that take its vouchers: those around a person first, then others that it names."""
    found = {shop.shop_id: shop for shop in near or () if takes(row, terms, shop)}
    for name in shops_of(terms)[:NAMED]:
        shop = shop_named(work, row.merchant, name)
        if shop is not None:
            found.setdefault(shop.shop_id, shop)
    return [
        Place(
            shop_id=shop.shop_id, name=shop.name, address=shop.address, open=shop.open,
            distance_meters=shop.distance_meters,
        )
        for shop in found.values()
    ]  # fmt: skip


def shop_named(work: Work, merchant: str, name: str) -> Any:
    """A shop by the platform's number, or by the merchant's own; None if there is none."""
    for asked in ({"shop_id": name}, {"role": merchant, "store_id": name}):
        try:
            return work.ask_if_offered("kaifang.merchant.shop.read", **asked)
        except Fault:
            continue
    return None
