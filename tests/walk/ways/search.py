"""Search: boxes and keywords, asked for, put up, taken off and deleted."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 1


@way
def box(dice: Dice) -> list[Step]:
    """A merchant asks for the box of its mini-program, or takes one off or puts it up."""
    found, shop = dice.pick("box"), dice.shop()
    if found and dice.odds(60):
        verb = dice.one(("online", "offline"))
        return [say(f"alipay.open.search.box.{verb}", found[1], {"box_id": found[0]})]
    return [
        say("alipay.open.search.box.apply", shop, {"target_appid": f"${shop}.app"}, answer={"box_id": dice.new("box")})
    ]


@way
def keywords(dice: Dice) -> list[Step]:
    """A merchant asks for keywords, or deletes some."""
    shop, verb = dice.shop(), dice.one(("apply", "apply", "delete"))
    ask = {"target_appid": f"${shop}.app", "key_words": [dice.one(("茶", "报", "坏"))]}
    return [say(f"alipay.open.search.appkeyword.{verb}", shop, ask)]


@way
def search(dice: Dice) -> list[Step]:
    """Somebody searches."""
    return [say("kaifang.reach.search", "wallet", {"query": dice.one(("茶", "报亭", "点单"))}, user=dice.person())]
