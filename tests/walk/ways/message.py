"""Messages: templates chosen, agreed to and given up; messages sent, again and to all."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 2

RULES = ("one_time_subscribe", "long_term_subscribe")


@way
def choose(dice: Dice) -> list[Step]:
    """The operators offer a template, an application chooses it, and somebody agrees to its messages."""
    kind, shop, template = dice.one((0, 1)), dice.shop(), dice.new("template")
    library = {
        "code": f"lib{kind}", "name": "通知", "keywords": ["一", "二"], "scene_rule": RULES[kind],
        "fatigue": {"total": 1, "unit": "day", "value": 1},
    }  # fmt: skip
    chosen = {"lib_code": f"lib{kind}", "scene_rule": RULES[kind], "keyword_list": [{"name": "一"}, {"name": "二"}]}
    return [
        say("kaifang.message.library.add", "house", library),
        say("alipay.open.mini.message.template.apply", shop, chosen, answer={"template_id": template}),
        agree(dice, template),
    ]


def agree(dice: Dice, template: str) -> Step:
    """Somebody agrees."""
    return say("kaifang.message.subscribe", "wallet", {"template_ids": [template]}, user=dice.person())


@way
def subscribe(dice: Dice) -> list[Step]:
    """Somebody agrees, or no longer does."""
    found = dice.pick("template")
    if not found or dice.odds(60):
        return [agree(dice, found[0])] if found else []
    return [say("kaifang.message.unsubscribe", "wallet", {"template_id": found[0]}, user=dice.person())]


@way
def send(dice: Dice) -> list[Step]:
    """A message to one, about a trade or not, or to all."""
    found, trade = dice.pick("template"), dice.pick("trade")
    if not found:
        return []
    ask = {"page": "p", "data": {"keyword1": {"value": dice.one("ab")}, "keyword2": {"value": "c"}}}
    if dice.odds(30):
        return [say("alipay.open.app.mini.templatemessage.batchsend", found[1], ask | {"template_id": found[0]})]
    ask |= {"user_template_id": found[0], "to_user_id": f"${dice.person()}"}
    ask |= {"form_id": trade[0]} if trade and dice.odds(40) else {}
    return [say("alipay.open.app.mini.templatemessage.send", found[1], ask)]
