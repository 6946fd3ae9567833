"""Searching: boxes that the words lead straight to, then what fits best, the nearer the better."""

import math
from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Key, Shape, Who, Work, method

from .index import index_of
from .tables import DocumentRow

KINDS = ("SHOP", "SERVICE", "APP", "VOUCHER")
LOOKED_AT = 60  # hits among which the nearer come first
METERS_A_DEGREE = 111_195
CLOSE, CLOSE_METERS = 0.5, 3_000  # what is right here scores half as much again, what is 3 km away a quarter
Longitude = Annotated[float, Meta(ge=-180, le=180)]
Latitude = Annotated[float, Meta(ge=-90, le=90)]


class Search(Shape):
    query: Annotated[str, Meta(min_length=1, max_length=64)]  # what you look for, in Chinese or English
    kinds: Annotated[list[Literal["SHOP", "SERVICE", "APP", "VOUCHER"]], Meta(max_length=4)] = []  # of what; all
    longitude: Longitude | None = None  # degrees east of where you are
    latitude: Latitude | None = None  # degrees north
    limit: Annotated[int, Meta(ge=1, le=50)] = 20  # how many


class Hit(Shape):
    """Something that fits."""

    kind: str  # SHOP, SERVICE, APP, VOUCHER or BOX
    id: str  # its number: shop_id, service_code, app_id, activity_id or box_id
    merchant: str  # user id of whose it is
    merchant_name: str = ""  # who that is
    title: str  # what people read
    link: str  # where a tap leads; empty: it is opened by its number
    score: float  # how well it fits; the best are first
    straight: bool  # whether these very words lead to it
    meters: int | None = None  # how far it is


class Found(Shape):
    boxes: list[Hit]  # of brands and mini-programs that these words lead straight to
    hits: list[Hit]  # the best first


@method("kaifang.reach.search", who=Who.WALLET, reads=True)
def search(work: Work, ask: Search) -> Found:
    """Look for shops, services, mini-programs and vouchers by words."""
    index, wanted = index_of(work), ask.query.strip()
    straight = dict(index.straight(wanted, LOOKED_AT))
    scores = dict(index.find(wanted, list(ask.kinds or KINDS), LOOKED_AT))
    for number, score in straight.items():
        scores[number] = scores.get(number, 0.0) + score
    here = (ask.longitude, ask.latitude) if ask.longitude is not None and ask.latitude is not None else None
    rows = documents(work, list(scores))
    hits = [hit(work, row, scores[row.id], row.id in straight, here) for row in rows]
    hits.sort(key=lambda one: (-one.score, one.kind, one.id))
    boxes = [one for one in hits if one.kind == "BOX"]
    shown = [one for one in hits if one.kind in (ask.kinds or KINDS)][: ask.limit]
    names = {one.merchant: "" for one in (*boxes, *shown)}
    for merchant in names:
        names[merchant] = work.ask("kaifang.account.party.find", user_id=merchant).name
    for one in (*boxes, *shown):
        one.merchant_name = names[one.merchant]
    return Found(boxes=boxes, hits=shown)


def documents(work: Work, numbers: list[str]) -> list[DocumentRow]:
    """The documents as they are in the database, which is right where an index is not."""
    if not numbers:
        return []
    return work.select(DocumentRow, f"id in ({', '.join('?' * len(numbers))}) and gone = 0", numbers)


def hit(work: Work, row: DocumentRow, score: float, straight: bool, here: tuple[float, float] | None) -> Hit:
    """A document as people see it, scored by how near it is."""
    meters = meters_to(row, here)
    nearness = CLOSE * CLOSE_METERS / (CLOSE_METERS + meters) if meters is not None else 0.0
    return Hit(
        kind=row.kind, id=row.subject, merchant=row.merchant, title=row.title, link=row.link, straight=straight,
        score=round(score * (1 + nearness), 3), meters=meters,
    )  # fmt: skip


def meters_to(row: DocumentRow, here: tuple[float, float] | None) -> int | None:
    """How far it is, as the crow flies; near enough for an order."""
    if here is None or row.longitude is None or row.latitude is None:
        return None
    east = (row.longitude / 1_000_000 - here[0]) * math.cos(math.radians(here[1]))
    north = row.latitude / 1_000_000 - here[1]
    return round(METERS_A_DEGREE * math.hypot(east, north))


class Look(Shape):
    kind: Literal["SHOP", "SERVICE", "APP", "VOUCHER", "BOX"]  # what it is
    id: Key  # its number


class Looked(Shape):
    merchant: str  # user id of whose it is; empty if there is no such thing


@method("kaifang.search.document.read", who=Who.INSIDE, reads=True)
def read(work: Work, ask: Look) -> Looked:
    """Say whose something is that was found."""
    row = work.find(DocumentRow, id=f"{ask.kind}:{ask.id}")
    return Looked(merchant=row.merchant if row is not None and not row.gone else "")
