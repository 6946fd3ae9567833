"""Scanning: a photo of 福 turns a chance into a card."""

import base64
import binascii
import functools
import hashlib
from typing import Annotated

from msgspec import Meta

from kaifang.kernel import INVALID_PARAMETER, Key, Purse, Shape, Who, Work, fault, method

from .card import DAILY, EXTRA, Drawn, before, draw_card, drawn, refresh, spend
from .errors import WUFU_NO_CHANCE, WUFU_NOT_EXIST, WUFU_NOT_OPEN, WUFU_NUMBER_USED
from .find import open_campaign, signed_in
from .photo import installed, shows
from .tables import WufuRow

# fmt: off
WUFU_NOT_FU = fault(
    "WUFU_NOT_FU", zh="没有认出福字，请对准福字再拍一张", en="No 福 is seen in the photo.",
    fix="Take another, with 福 in its middle.",
)
# fmt: on


class Scan(Shape):
    campaign_id: Key  # the platform's number
    photo: Annotated[str, Meta(min_length=1, max_length=100_000)]  # JPEG, PNG or WebP in base64: 75 KB at most
    out_no: Key  # your own number of this; asking twice draws once
    exposure: Key | None = None  # the showing that led here


@method(
    "kaifang.wufu.scan", who=Who.WALLET,
    raises=[WUFU_NOT_EXIST, WUFU_NOT_OPEN, WUFU_NO_CHANCE, WUFU_NUMBER_USED, WUFU_NOT_FU],
)  # fmt: skip
def scan(work: Work, ask: Scan) -> Drawn:
    """Draw a card for a photo of 福: it takes a chance of today's, or one that was earned."""
    user, row = signed_in(work), open_campaign(work, ask.campaign_id)
    found = before(work, row, user, ask.out_no, "scan")
    if found is None:
        check_chance(work, row, user)
        check_photo(work, ask.photo)
        spend(work, row, user, daily=True)
        found = draw_card(work, row, user, ask.out_no, "scan", ask.exposure)
    return drawn(row, found)


def check_chance(work: Work, row: WufuRow, user: str) -> None:
    """Who has no chance need not wait for the recogniser."""
    refresh(work, row, user)
    if not any(work.balance(Purse(user, purpose), row.chances) for purpose in (DAILY, EXTRA)):
        raise WUFU_NO_CHANCE(campaign_id=row.id)


def check_photo(work: Work, text: str) -> None:
    """Whether a photo shows 福; that is looked at beside everything else."""
    try:
        photo = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise INVALID_PARAMETER(field="photo", reason="not base64") from None
    if not installed():
        raise INVALID_PARAMETER(field="photo", reason="nothing recognises photos here until kaifang[wufu] is installed")
    seen = work.slowly(("wufu.scan", hashlib.sha256(photo).hexdigest()), functools.partial(shows, photo))
    if seen == "unreadable":
        raise INVALID_PARAMETER(field="photo", reason="no photo; send JPEG, PNG or WebP, not smaller than 32 pixels")
    if seen != "fu":
        raise WUFU_NOT_FU()
