"""Commissions: proposed by the service provider, agreed on or not, ended."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say
from tests.walk.ways.proposal import answer_one

WEIGHT = 1

SCENES = ("tea", "bread")


@way
def propose(dice: Dice) -> list[Step]:
    """The provider proposes a commission, and the merchant answers."""
    shop = dice.shop()
    scene = {"commission_scene": dice.one(SCENES), "long_term": True, "commission_list": [{"isv_rate": dice.one("29")}]}
    ask = {"merchant_id": f"${shop}", "commission_info_list": [scene]}
    proposal = dice.new("proposal")
    listed = say("kaifang.proposal.list", "wallet", user=shop, answer={"proposals": [{"proposal_id": proposal}]})
    return [say("alipay.open.sp.commission.create", "helper", ask), listed, answer_one(dice, proposal, shop)]


@way
def end(dice: Dice) -> list[Step]:
    """The provider takes a proposal back, or ends a commission."""
    ask = {
        "merchant_id": f"${dice.shop()}",
        "commission_scene": dice.one(SCENES),
        "action": dice.one(("CANCEL", "TERMINAL")),
    }
    return [say("alipay.open.sp.commission.cancel", "helper", ask)]
