"""Who sees what, and in which order: a sum of points, each of which is kept and can be told to anybody.

Nothing is bought here. What fits the person counts most; what people tap on counts more than what they pass over; what
somebody saw today counts less, so that slots change.
"""

import math

import msgspec

from kaifang.kernel import DAY, HOUR, MINUTE, Work

from .parts import MILLION
from .tables import PatronRow, PlacementRow, ViewRow

EARTH_METERS = 6_371_008.8
FITS = {"EVERYBODY": 10, "NEW": 20, "RETURNING": 25, "MEMBERS": 30, "NEAR": 20}
CLOSE = 20  # for what is right here; at the edge of its circle nothing
TAPPED = 50  # at most, for what people tap on
SMOOTH = 20  # so many showings are thought of beforehand, so that the first ones do not decide
SEEN = -15  # for each time it was seen today
TOP = 5  # for each step of the merchant's own order
REASONS = {
    "audience": ("适合的人群", "for people like you"),
    "near": ("离您很近", "near where you are"),
    "tapped": ("很多人点开", "many people tap on it"),
    "seen": ("今天已看过", "you saw it today"),
    "priority": ("商家优先", "the merchant puts it first"),
    "voucher": ("附近可领的券", "a voucher nearby that you can claim"),
    "paid": ("本次付款可领的券", "a voucher for this payment"),
    "card": ("本店会员卡", "the card of this shop"),
    "wufu": ("本店送福卡", "a wufu card of this shop"),
}


class Here(msgspec.Struct, frozen=True):
    """Who looks at a slot, and where."""

    user: str
    longitude: int | None = None  # millionths of a degree
    latitude: int | None = None
    city: str = ""
    app: str = ""  # in which mini-program
    merchant: str = ""  # on whose page

    def meters_to(self, longitude: int | None, latitude: int | None) -> float | None:
        """How far a place is, if both are known."""
        if self.longitude is None or self.latitude is None or longitude is None or latitude is None:
            return None
        here, there = math.radians(self.latitude / MILLION), math.radians(latitude / MILLION)
        turn = math.radians((longitude - self.longitude) / MILLION)
        half = math.sin((there - here) / 2) ** 2 + math.cos(here) * math.cos(there) * math.sin(turn / 2) ** 2
        return 2 * EARTH_METERS * math.asin(min(1.0, math.sqrt(half)))


def day_of(now: int) -> int:
    """Days since 1970, Beijing."""
    return (now + 8 * HOUR) // DAY


def fits_moment(row: PlacementRow, here: Here, now: int) -> bool:
    """Whether it is shown now, here and in this mini-program."""
    minute = (now + 8 * HOUR) // MINUTE % (24 * 60)
    if not (row.begin <= now < row.end and row.opens <= minute < row.closes):
        return False
    if row.inside and row.inside != here.app or here.merchant and row.merchant != here.merchant:
        return False
    if row.cities and here.city not in row.cities:
        return False
    if not row.radius:
        return True
    meters = here.meters_to(row.longitude, row.latitude)
    return meters is not None and meters <= row.radius


def fits_person(work: Work, row: PlacementRow, here: Here, member_of: set[str]) -> bool:
    """Whether it is for people like this one."""
    if row.audience in ("EVERYBODY", "NEAR"):
        return True
    if row.audience == "MEMBERS":
        return row.merchant in member_of
    patron = work.find(PatronRow, merchant=row.merchant, user=here.user)
    return (patron is not None and patron.times > 0) == (row.audience == "RETURNING")


def memberships(work: Work, user: str) -> set[str]:
    """Whose members somebody is, where there are cards."""
    found = work.ask_if_offered("kaifang.card.held", user=user)
    return {one.merchant for one in found.cards} if found is not None else set()


def points_of(row: PlacementRow, here: Here, view: ViewRow | None, today: int) -> dict[str, int]:
    """What each input counts for one placement and one person."""
    points = {"audience": FITS[row.audience], "tapped": TAPPED * (row.clicked + 1) // (row.shown + SMOOTH)}
    meters = here.meters_to(row.longitude, row.latitude)
    if meters is not None and row.radius:
        points["near"] = round(CLOSE * (1 - meters / row.radius))
    if row.priority:
        points["priority"] = TOP * row.priority
    if view is not None and view.day == today and view.today:
        points["seen"] = SEEN * view.today
    return points
