"""The slots in which something can be delivered."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Count, Key, Shape, Work, method

from .errors import INVALID
from .parts import Agency

PAYMENT_RESULT = "PAYMENT_RESULT"
BOOTHS = {
    PAYMENT_RESULT: "支付成功页",
    "PREFER_CHANNEL": "优惠频道",
    "PUBLIC_UNION": "公域联合推广",
    "SEARCH_BOX": "搜索直达",
    "SERVICE_MESSAGE": "商家消息",
    "HOME_CARD": "首页卡片",
    "MY_MINI_APPS": "我的小程序",
    "APP_GRID": "应用中心",
    "SHOP_PAGE": "店铺页",
    "LIVE_ROOM": "直播间",
}
OLDER = {"PAY_RESULT": PAYMENT_RESULT}  # what older clients call it


def the_booth(code: str | None, field: str = "delivery_booth_code") -> str:
    """The slot with this code."""
    booth = OLDER.get(code or "", code or "")
    if booth not in BOOTHS:
        raise INVALID(field=field, reason=f"one of {', '.join(BOOTHS)}")
    return booth


def check_owner(work: Work, agency: Agency | None) -> None:
    """Whether a merchant asks for himself, or a provider for the merchant who authorised it."""
    if agency is not None and agency.merchant_id not in (None, work.caller.merchant):
        raise INVALID(field="belong_merchant_info.merchant_id", reason="yourself, or who authorised you")


class AskChannels(Shape):
    belong_merchant_info: Agency | None = None  # for whom you ask
    booth_code: Key | None = None  # only this slot
    page_num: Annotated[int, Meta(ge=1, le=100_000)] = 1  # which page, from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # how many on a page


class Channel(Shape):
    booth_code: str  # which slot
    channel: str  # the same
    channel_name: str  # what people call it


class ChannelsFound(Shape):
    delivery_channel_info_list: list[Channel]  # where something can be delivered
    page_num: Count  # which page
    page_size: Count  # how many on a page
    total_size: Count  # how many in all


@method("alipay.marketing.activity.deliverychannel.query", reads=True, raises=[INVALID])
def query_channels(work: Work, ask: AskChannels) -> ChannelsFound:
    """List the slots in which you can have something shown."""
    check_owner(work, ask.belong_merchant_info)
    codes = [the_booth(ask.booth_code, "booth_code")] if ask.booth_code else list(BOOTHS)
    page = codes[(ask.page_num - 1) * ask.page_size :][: ask.page_size]
    listed = [Channel(booth_code=code, channel=code, channel_name=BOOTHS[code]) for code in page]
    return ChannelsFound(
        delivery_channel_info_list=listed, page_num=ask.page_num, page_size=ask.page_size, total_size=len(codes)
    )
