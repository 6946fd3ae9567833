"""Membership cards: drawn up by merchants, joined by people."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 4


@way
def draw_up(dice: Dice) -> list[Step]:
    """A merchant draws up a card."""
    ask = {
        "request_id": dice.number("T"), "card_type": "OUT_MEMBER_CARD", "biz_no_suffix_len": dice.one(("8", "10")),
        "write_off_type": "qrcode", "template_style_info": {"card_show_name": "会员卡"},
    }  # fmt: skip
    made = {"template_id": dice.new("template")}
    return [say("alipay.marketing.card.template.create", dice.shop(), ask, answer=made)]
