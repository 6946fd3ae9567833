"""The official door to the page of a shop: its advertisements, changed, put up and taken down."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Address, Key, Moment, Shape, Work, method

from .errors import INVALID, PLACEMENT_NOT_EXIST, PLACEMENT_STATUS_ERROR
from .place import check_time, facts, own, revise
from .plan import Done
from .states import Placement
from .tables import PlacementRow

BOOTH, SLOT = "CDP_OPEN_MERCHANT", "shop_page"  # what the wire calls the slot, and what it is here
HIGHEST = 242  # pixels


def own_advert(work: Work, ad_id: str) -> PlacementRow:
    """What the caller placed on the page of its shop under this number."""
    row = own(work, ad_id)
    if row.slot != SLOT:
        raise PLACEMENT_NOT_EXIST(ad_id=ad_id)
    return row


class Modify(Shape):
    ad_id: Key  # 28 digits, as kaifang.reach.placement.apply answered for the slot shop_page
    action_url: Address | None = None  # where a tap leads, https; of a picture only
    content: Address | None = None  # the number or URL of the picture, or the address of the page
    height: Annotated[str, Meta(max_length=4, pattern=r"^\d+$")] | None = None  # pixels of a page, at most 242
    start_time: Moment | None = None  # from when
    end_time: Moment | None = None  # until when


@method(
    "alipay.marketing.cdp.advertise.modify", raises=[PLACEMENT_NOT_EXIST, PLACEMENT_STATUS_ERROR, INVALID]
)  # fmt: skip
def modify(work: Work, ask: Modify) -> Done:
    """Change an advertisement on the page of your shop; it is looked at again first."""
    row = own_advert(work, ask.ad_id)
    if ask.height is not None and not 0 < int(ask.height) <= HIGHEST:
        raise INVALID(field="height", reason=f"1 to {HIGHEST}")
    link = ask.action_url if row.image else ask.content
    if link is not None and not link.startswith("https://"):
        raise INVALID(field="action_url" if row.image else "content", reason="it begins with https://")
    begin = ask.start_time.ms if ask.start_time else row.begin
    end = ask.end_time.ms if ask.end_time else row.end
    check_time(work, begin, end)
    before = (row.link, row.image, row.begin, row.end, row.more)
    row.begin, row.end, row.link = begin, end, link or row.link
    if row.image and ask.content:
        row.image = ask.content
    if ask.height is not None:
        row.more = row.more | {"height": ask.height}
    if (row.link, row.image, row.begin, row.end, row.more) != before:
        revise(work, row)
    return Done()


class Operate(Shape):
    ad_id: Key  # 28 digits
    operate_type: Literal["online", "ONLINE", "offline", "OFFLINE"]  # put up, or take down


@method("alipay.marketing.cdp.advertise.operate", raises=[PLACEMENT_NOT_EXIST, PLACEMENT_STATUS_ERROR])
def operate(work: Work, ask: Operate) -> Done:
    """Put an advertisement up, or take it down."""
    row = own_advert(work, ask.ad_id)
    up = ask.operate_type.upper() == "ONLINE"
    if row.state != (Placement.WORKING if up else Placement.PAUSED).name:
        (Placement.resume if up else Placement.pause)(work, row, **facts(row))
    return Done()


class Query(Shape):
    ad_id: Key  # 28 digits


class Advert(Shape):
    ad_code: str  # which slot: CDP_OPEN_MERCHANT
    content_type: str  # PIC or URL
    content: str  # the number or URL of the picture, or the address of the page
    start_time: Moment  # from when
    end_time: Moment  # until when
    status: str  # ONLINE or OFFLINE
    action_url: str | None = None  # where a tap leads; of a picture only
    height: str | None = None  # pixels of a page


@method("alipay.marketing.cdp.advertise.query", reads=True, raises=[PLACEMENT_NOT_EXIST])
def query(work: Work, ask: Query) -> Advert:
    """Ask how an advertisement on the page of your shop stands."""
    row = own_advert(work, ask.ad_id)
    return Advert(
        ad_code=BOOTH, content_type="PIC" if row.image else "URL", content=row.image or row.link,
        start_time=Moment(row.begin), end_time=Moment(row.end), height=row.more.get("height"),
        action_url=row.link if row.image else None,
        status="ONLINE" if row.state == Placement.WORKING.name else "OFFLINE",
    )  # fmt: skip
