"""Five blessings: campaigns of a few days with a small pool; people draw, take, give, exchange and complete sets."""

from __future__ import annotations

from kaifang.kernel import DAY
from kaifang.kernel.clock import written
from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say
from tests.walk.ways.proposal import answer_one

WEIGHT = 3  # among all that is done in a walk

KINDS = [
    {"code": "1", "name": "福", "weight": 2}, {"code": "2", "name": "禄", "weight": 1},
    {"code": "3", "name": "万能", "weight": 1, "wild": True},
]  # fmt: skip


@way
def announce(dice: Dice) -> list[Step]:
    """The house announces a campaign, somebody puts a few fen into the pool, and two merchants get cards."""
    wufu = dice.new("wufu")
    ask = {
        "name": "集福", "host": "$house", "start": written(dice.now + 1000), "kinds": KINDS,
        "opens": written(dice.now + dice.one((1, 2, 4)) * DAY), "rule": dice.one(("equal", "random")),
        "least": dice.one(("0.00", "0.01")), "tasks": [{"code": "t", "name": "任务", "by": "$kiosk", "per_day": 2}],
    }  # fmt: skip
    made = say("kaifang.wufu.campaign.create", "house", ask, answer={"campaign_id": wufu})
    fund = {"campaign_id": wufu, "amount": dice.fen(9), "out_no": dice.number("F")}
    quota = {"campaign_id": wufu, "merchant": "$stall", "count": dice.one((1, 3)), "out_no": dice.number("Q")}
    paid, who = dice.new("fund"), dice.one(("anna", "some", "kiosk"))
    place, handout = dice.new("handout"), {"campaign_id": wufu, "scene": dice.number("S"), "slot": "SLOT",
                                           "title": "福", "count": dice.one((1, 2)), "per_user": 2}  # fmt: skip
    return [
        made,
        say("kaifang.wufu.pool.fund", "wallet", fund, user=who, answer={"fund_no": paid}),
        say("kaifang.wufu.pool.confirm", "inside", {"subject": paid, "user_id": f"${who}"}),
        say("kaifang.wufu.quota.give", "house", quota),
        say("kaifang.wufu.handout.create", "stall", handout, answer={"handout_id": place}),
    ]


@way
def earn(dice: Dice) -> list[Step]:
    """Somebody does a task, and draws."""
    found = dice.pick("wufu")
    if not found:
        return []
    who = dice.person()
    ask = {"campaign_id": found[0], "task": "t", "user_id": f"${who}", "out_no": dice.number("T")}
    draw = {"campaign_id": found[0], "out_no": dice.number("D")}
    return [say("kaifang.wufu.task.report", "kiosk", ask), say("kaifang.wufu.draw", "wallet", draw, user=who)]


@way
def take(dice: Dice) -> list[Step]:
    """Somebody takes a card from a merchant."""
    found = dice.pick("handout")
    ask = {"handout_id": found[0], "out_no": dice.number("H")} if found else {}
    return [say("kaifang.wufu.take", "wallet", ask, user=dice.person())] if found else []


@way
def hand_over(dice: Dice) -> list[Step]:
    """Somebody gives a card, asks for one, or would exchange two."""
    found = dice.pick("wufu")
    if not found:
        return []
    who, friend, gift = dice.person(), dice.person(), dice.new("gift")
    ask = {"campaign_id": found[0], "out_no": dice.number("G"), "friend": f"${friend}"}
    if dice.odds(40):
        given = say("kaifang.wufu.card.give", "wallet", ask | {"kind": dice.one("123")}, user=who,
                    answer={"handover_id": gift})  # fmt: skip
        return [given, say("kaifang.wufu.card.accept", "wallet", {"handover_id": gift}, user=friend)]
    name, what = dice.one(
        (("ask", {"kind": dice.one("12")}), ("swap", {"gives": dice.one("12"), "wants": dice.one("123")}))
    )
    proposal = dice.new("proposal")
    asked = say(f"kaifang.wufu.card.{name}", "wallet", ask | what, user=who)
    listed = say("kaifang.proposal.list", "wallet", user=friend, answer={"proposals": [{"proposal_id": proposal}]})
    return [asked, listed, answer_one(dice, proposal, friend)]


@way
def complete(dice: Dice) -> list[Step]:
    """Somebody completes a set, if it is one."""
    found = dice.pick("wufu")
    return [say("kaifang.wufu.set.complete", "wallet", {"campaign_id": found[0]}, user=dice.person())] if found else []


@way
def look(dice: Dice) -> list[Step]:
    """Somebody sees what is on the way, and refuses a card that was meant for them; others cannot."""
    found, gift = dice.pick("wufu"), dice.pick("gift")
    if not (found and gift):
        return []
    who = dice.person()
    listed = say("kaifang.wufu.card.list", "wallet", {"campaign_id": found[0]}, user=who)
    return [listed, say("kaifang.wufu.card.refuse", "wallet", {"handover_id": gift[0]}, user=who)]
