"""Slots: things are placed, looked at by people, tapped, claimed and paid with; what is shown is counted later."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 3
SLOTS = ("home_card", "payment_success")


@way
def place(dice: Dice) -> list[Step]:
    """A merchant places a voucher or a page."""
    found, shop = dice.pick("activity"), dice.shop()
    offer = {"kind": "VOUCHER", "id": found[0]} if found and dice.odds(60) else {"kind": "PAGE"}
    ask = {
        "out_no": dice.number("W"), "slot": dice.one(SLOTS), "title": dice.one(("好", "坏")), "link": "pages/a",
        "offer": offer, "begin_time": dice.day(1), "end_time": dice.day(-dice.one((1, 20))),
        "audience": dice.one(("EVERYBODY", "NEW", "RETURNING", "MEMBERS")), "per_day": dice.chance.below(3),
    }  # fmt: skip
    by = found[1] if offer["kind"] == "VOUCHER" and found else shop
    return [say("kaifang.reach.placement.apply", by, ask, answer={"placement_id": dice.new("placement")})]


@way
def stop(dice: Dice) -> list[Step]:
    """A merchant pauses, resumes or ends something, its own or not."""
    found, verb = dice.pick("placement"), dice.one(("pause", "resume", "resume", "end"))
    return [say(f"kaifang.reach.placement.{verb}", found[1], {"placement_id": found[0]})] if found else []


@way
def look(dice: Dice) -> list[Step]:
    """Somebody looks at a slot, taps on what is there, and takes the voucher."""
    who, exposure, activity = dice.person(), dice.new("exposure"), dice.new("seen")
    wanted = {"shown": [{"exposure": exposure, "offer": {"id": activity}}]}
    steps = [say("kaifang.reach.feed", "wallet", {"slot": dice.one(SLOTS)}, user=who, answer=wanted)]
    steps.append(say("kaifang.reach.click", "wallet", {"exposure": exposure}, user=who))
    if dice.odds(60):
        ask = {"activity_id": activity, "exposure": exposure}
        steps.append(say("kaifang.voucher.claim", "wallet", ask, user=who))
    return steps


@way
def after_paying(dice: Dice) -> list[Step]:
    """Somebody looks at the page after a payment, perhaps another's."""
    found = dice.pick("trade")
    return [say("kaifang.reach.success", "wallet", {"trade_no": found[0]}, user=dice.person())] if found else []
