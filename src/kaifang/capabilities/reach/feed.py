"""Filling a slot for a person, and what the person taps on."""

from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import NO_USER, Key, Line, Moment, Shape, Who, Work, method

from .errors import EXPOSURE_NOT_EXIST, SLOT_NOT_EXIST
from .parts import MILLION, Latitude, Longitude, Offer
from .rank import REASONS, Here, day_of, fits_moment, fits_person, memberships, points_of
from .reading import wake
from .slot import Slot, open_slot
from .states import Placement
from .tables import ExposureRow, PlacementRow, ViewRow

LOOKED_AT = 300  # placements of a slot among which is chosen
Points = dict[str, int]


class Feed(Shape):
    slot: Key  # which slot
    longitude: Longitude | None = None  # degrees east of where the person is
    latitude: Latitude | None = None  # degrees north
    city: Key | None = None  # code of the city
    app_id: Key | None = None  # the mini-program that is open
    merchant: Key | None = None  # only of this merchant, on its page or in its live room
    limit: Annotated[int, Meta(ge=1, le=50)] = 50  # how many at most; a slot may show fewer


class Reason(Shape):
    """One of the reasons for which something is shown."""

    input: str  # audience, near, tapped, seen, priority, voucher, paid, card or wufu
    points: int  # what it counted; the sum decides
    zh: str  # in words
    en: str  # the same in English


class Shown(Shape):
    """One thing in a slot."""

    exposure: str  # the number of this showing: what follows from it names it
    placement_id: str  # 28 digits; empty if the platform found it by itself
    merchant: str  # user id of whose it is
    merchant_name: str = ""  # who that is
    title: str  # what people read
    subtitle: Line  # what people read below
    image: str  # URL or number of a picture
    link: str  # where a tap leads
    offer: Offer  # what it is about
    why: list[Reason]  # why it is shown


class Filled(Shape):
    slot: str  # which slot
    shown: list[Shown]  # the best first


def signed_in(work: Work) -> str:
    """The person at the wallet."""
    if work.caller.user is None:
        raise NO_USER()
    return work.caller.user


@method("kaifang.reach.feed", who=Who.WALLET, raises=[SLOT_NOT_EXIST])
def feed(work: Work, ask: Feed) -> Filled:
    """Fill a slot with what fits this person, here and now; each thing says why it is there."""
    here = Here(
        user=signed_in(work), longitude=micro(ask.longitude), latitude=micro(ask.latitude), city=ask.city or "",
        app=ask.app_id or "", merchant=ask.merchant or "",
    )  # fmt: skip
    slot = open_slot(work, ask.slot)
    chosen = choose(work, slot, here)[: min(ask.limit, slot.shown)]
    shown = [show(work, here.user, row, points) for row, points in chosen]
    announce(work, here.user, shown)
    return Filled(slot=slot.slot, shown=shown)


def micro(degrees: float | None) -> int | None:
    """Millionths of a degree."""
    return None if degrees is None else round(degrees * MILLION)


def choose(work: Work, slot: Slot, here: Here) -> list[tuple[PlacementRow, Points]]:
    """What of a slot fits, the best first."""
    rows = [row for row in placed(work, slot, here.merchant) if fits_moment(row, here, work.now)]
    member_of = memberships(work, here.user) if any(row.audience == "MEMBERS" for row in rows) else set()
    rows = still_to_have(work, [row for row in rows if fits_person(work, row, here, member_of)], here.user)
    today = day_of(work.now)
    ranked = []
    for row in rows:
        view = work.find(ViewRow, placement=row.id, user=here.user)
        seen = view.today if view is not None and view.day == today else 0
        if seen < min(row.per_day or slot.per_day, slot.per_day):
            ranked.append((row, points_of(row, here, view, today)))
    return each_once(sorted(ranked, key=lambda one: (-sum(one[1].values()), one[0].id)))


def each_once(ranked: list[tuple[Any, Points]]) -> list[tuple[Any, Points]]:
    """Each offer where it stands best, and no second time; pages are all different."""
    best: dict[tuple[str, str], tuple[Any, Points]] = {}
    for one, points in ranked:
        best.setdefault((one.kind, one.offer or one.id), (one, points))
    return list(best.values())


def placed(work: Work, slot: Slot, merchant: str) -> list[PlacementRow]:
    """What could be shown in a slot now, of one merchant or of all."""
    where = 'slot = ? and state = ? and "begin" <= ? and "end" > ?'
    values = [slot.slot, Placement.WORKING.name, work.now, work.now]
    if merchant:
        where, values = f"{where} and merchant = ?", [*values, merchant]
    return work.select(PlacementRow, where, values, "priority desc, id desc", LOOKED_AT)


def still_to_have(work: Work, rows: list[PlacementRow], user: str) -> list[PlacementRow]:
    """Without vouchers that are gone, or of which this person has had enough."""
    vouchers = [row for row in rows if row.kind == "VOUCHER"]
    if not vouchers:
        return rows
    merchants, shown = sorted({row.merchant for row in vouchers}), sorted({row.offer for row in vouchers})
    found = work.ask("kaifang.voucher.claimable", merchants=merchants, user=user, shown=shown).activities
    there = {one.activity_id for one in found}
    return [row for row in rows if row.kind != "VOUCHER" or row.offer in there]


def show(work: Work, user: str, row: PlacementRow, points: Points) -> Shown:
    """Count and keep one showing."""
    view, today = work.find(ViewRow, placement=row.id, user=user), day_of(work.now)
    view = view or work.add(ViewRow(placement=row.id, user=user))
    view.today = view.today + 1 if view.day == today else 1
    view.day = today
    exposure = ExposureRow(
        id=work.new_id("20622"), user=user, merchant=row.merchant, slot=row.slot, placement=row.id, kind=row.kind,
        offer=row.offer, at=work.now, points=points,
    )  # fmt: skip
    work.add(exposure)
    return Shown(
        exposure=exposure.id, placement_id=row.id, merchant=row.merchant, merchant_name=name_of(work, row.merchant),
        title=row.title, subtitle=row.subtitle, image=row.image, link=row.link, why=reasons(points),
        offer=Offer(kind=row.kind, id=row.offer or None),
    )  # fmt: skip


def name_of(work: Work, merchant: str) -> str:
    """Who a merchant is, as people read it."""
    return str(work.ask("kaifang.account.party.find", user_id=merchant).name)


def reasons(points: Points) -> list[Reason]:
    """The points in words, what counts most first."""
    ordered = sorted(points.items(), key=lambda one: (-abs(one[1]), one[0]))
    return [Reason(input=name, points=count, zh=REASONS[name][0], en=REASONS[name][1]) for name, count in ordered]


def announce(work: Work, user: str, shown: list[Shown]) -> None:
    """Say in one line what was shown, and have it counted soon."""
    if shown:
        work.tell("reach.show", shown[0].exposure, user=user, exposures=[one.exposure for one in shown])
        wake(work)


class Click(Shape):
    exposure: Key  # the number of the showing


class Clicked(Shape):
    exposure: str  # the same: what follows names it
    offer: Offer  # what it is about
    merchant: str  # user id of whose it is
    link: str  # where it leads; empty where the offer itself is opened
    at: Moment  # when it was tapped first


@method("kaifang.reach.click", who=Who.WALLET, raises=[EXPOSURE_NOT_EXIST])
def click(work: Work, ask: Click) -> Clicked:
    """Tap on something that was shown to you; it is counted once."""
    row = work.find(ExposureRow, id=ask.exposure)
    if row is None or row.user != signed_in(work):
        raise EXPOSURE_NOT_EXIST(exposure=ask.exposure)
    if not row.clicked:
        row.clicked = work.now
        work.tell("reach.click", row.id, user=row.user, merchant=row.merchant, exposure=row.id)
        wake(work)
    placement = work.find(PlacementRow, id=row.placement) if row.placement else None
    return Clicked(
        exposure=row.id, offer=Offer(kind=row.kind, id=row.offer or None), merchant=row.merchant,
        link=placement.link if placement else "", at=Moment(row.clicked),
    )  # fmt: skip
