"""Recipes: published, installed, told things, paused, upgraded, undone and removed; payments set them off."""

from __future__ import annotations

from typing import Any

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 5

TRANSFER, SYNC = "alipay.fund.trans.uni.transfer", "alipay.merchant.order.sync"
SAYS = {"zh": "谢", "en": "Thanks"}
THANKS: dict[str, Any] = {
    "recipe": "thanks", "industry": "any", "title": SAYS, "about": SAYS, "needs": ["fund", "trade"],
    "inputs": {"fen": {"kind": "count", "says": SAYS, "default": 1, "most": 5}},
    "signals": {"thank": {"says": SAYS, "data": {"user": {"kind": "text", "says": SAYS}}}},
    "figures": {"thanked": {"says": SAYS}},
}  # fmt: skip


def give(user: str) -> dict[str, Any]:
    """A step that gives somebody a few fen."""
    ask = {
        "out_biz_no": "{{run.id}}", "trans_amount": "{{yuan(inputs.fen)}}", "product_code": "STD_RED_PACKET",
        "biz_scene": "DIRECT_TRANSFER", "payee_info": {"identity": user, "identity_type": "ALIPAY_USER_ID"},
        "order_title": "谢谢",
    }  # fmt: skip
    return {"call": TRANSFER, "ask": ask, "money": {"says": SAYS, "most": "inputs.fen"}}


def note(word: str) -> dict[str, Any]:
    """What is asked to note something in a person's orders."""
    status = [{"ext_key": "merchant_order_status", "ext_value": word}]
    return {"out_biz_no": "{{event.id}}", "buyer_id": "{{event.user}}", "ext_info": status}


def content(version: str) -> dict[str, Any]:
    """A version of the recipe: it thanks who pays, and who is told of, after a while."""
    paid = {
        "rule": "paid", "says": SAYS, "on": "trade.pay", "if": "fen(event.amount) > 1", "once": "event.buyer + run.day",
        "do": [give("{{event.buyer}}")], "figures": {"thanked": "1"}, "share": {"each": "0.01"},
    }  # fmt: skip
    told = {
        "rule": "told", "says": SAYS, "on": "signal.thank",
        "do": [
            {"call": SYNC, "ask": note("TOLD"), "undo": {"call": SYNC, "ask": note("UNDONE")}},
            {"wait": {"on": "trade.pay", "when": "heard.buyer == event.user", "lasts": "2d"}, "keep": "paid"},
            give("{{event.user}}"),
        ],
    }  # fmt: skip
    return {**THANKS, "version": version, "rules": [paid, told]}


@way
def publish(dice: Dice) -> list[Step]:
    """The provider publishes a version of it."""
    version = f"1.0.{dice.chance.below(4)}"
    return [say("kaifang.recipe.publish", "helper", {"recipe": content(version)})]


@way
def install(dice: Dice) -> list[Step]:
    """A merchant installs it, or goes over to another version."""
    shop, number = dice.shop(), dice.new("installation")
    ask = {"recipe": "thanks", "inputs": {"fen": 1 + dice.chance.below(3)}, "permissions": [TRANSFER, SYNC]}
    return [*publish(dice), say("kaifang.recipe.install", shop, ask, answer={"installation_id": number})]


@way
def tell(dice: Dice) -> list[Step]:
    """A merchant's system tells it something."""
    found = dice.pick("installation")
    if not found:
        return install(dice)
    user = f"${dice.person()}" if dice.odds(90) else "nobody"
    ask = {"installation_id": found[0], "signal": "thank", "ref": dice.number("G"), "data": {"user": user}}
    run = dice.new("run")
    listed = say("kaifang.recipe.run.list", found[1], {"installation_id": found[0]}, answer={"runs": [{"run_id": run}]})
    return [say("kaifang.recipe.signal", found[1], ask), listed]


@way
def mend(dice: Dice) -> list[Step]:
    """A run is resumed or undone."""
    found = dice.pick("run")
    verb = dice.one(("resume", "undo"))
    return [say(f"kaifang.recipe.run.{verb}", found[1], {"run_id": found[0]})] if found else []


@way
def change(dice: Dice) -> list[Step]:
    """It pauses, goes on, is upgraded, or now and then removed."""
    found = dice.pick("installation")
    if not found:
        return []
    number = {"installation_id": found[0]}
    if dice.odds(20):
        return [say("kaifang.recipe.remove", found[1], number)]
    if dice.odds(50):
        return [say("kaifang.recipe.pause", found[1], {**number, "pause": dice.odds(40)})]
    return [say("kaifang.recipe.upgrade", found[1], {**number, "permissions": [SYNC, TRANSFER]})]


@way
def look_at_ones_own(dice: Dice) -> list[Step]:
    """The provider looks at what is its own: merchants, recipes, orders, commissions, drafts."""
    draft = {"draft": dice.one(("one", "two")), "text": dice.one(("recipe: one", ""))}
    looks = ("openapp.authorisation.served", "recipe.mine", "market.order.received", "commission.offered")
    return [say("kaifang.recipe.draft.save", "helper", draft), say(f"kaifang.{dice.one(looks)}", "helper")]
