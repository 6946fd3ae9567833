"""What requests about placements share: what is offered, to whom, where and when."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Key, Shape

MILLION = 1_000_000
Longitude = Annotated[float, Meta(ge=-180, le=180)]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
TimeOfDay = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
Audience = Literal["EVERYBODY", "NEW", "RETURNING", "MEMBERS", "NEAR"]
Cities = Annotated[list[Key], Meta(max_length=400)]


class Offer(Shape):
    """What a tap leads to."""

    kind: Literal["VOUCHER", "CARD", "WUFU", "APP", "PAGE"]  # what it is
    id: Key | None = None  # activity_id, a card's template, a handout of wufu cards, an app_id; none for a page


class Place(Shape):
    """A circle on the map."""

    longitude: Longitude  # degrees east of its middle
    latitude: Latitude  # degrees north
    radius: Annotated[int, Meta(ge=1, le=50_000)] = 3_000  # meters


class Daily(Shape):
    """The hours of each day."""

    opens: TimeOfDay = "00:00"  # from when, Beijing time
    closes: TimeOfDay = "24:00"  # until when


def minutes(text: str) -> int:
    """Minutes after midnight."""
    hours, rest = text.split(":")
    return int(hours) * 60 + int(rest)


def clock_face(count: int) -> str:
    """The same as it is written."""
    return f"{count // 60:02d}:{count % 60:02d}"
