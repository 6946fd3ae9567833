"""Complaints: made, answered, withdrawn, decided, or left to time."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say
from tests.walk.ways.trade import order, show_code

WEIGHT = 3
TOPIC = "alipay.merchant.tradecomplain"


def complain(dice: Dice, trade: str, who: str) -> tuple[str, Step]:
    """A buyer complains."""
    case = dice.new("complaint")
    ask = {"trade_no": trade, "reason": dice.one(("坏了", "没到")), "content": "茶凉了"}
    return case, say("kaifang.merchant.complaint.open", "wallet", ask, user=who, answer={"complain_event_id": case})


def go_on(dice: Dice, case: str, shop: str, who: str) -> Step:
    """Somebody says or does something about a complaint."""
    which = {"complain_event_id": case}
    answer = {"feedback_code": dice.one(("00", "03", "06")), "feedback_content": "好"}
    more = {"content": "还没好", "appeal": dice.odds(50)}
    decided = {"refund_amount": dice.one(("0.00", dice.fen(3))), "reason": "平台裁决"}
    return dice.one((
        say(f"{TOPIC}.feedback.submit", shop, which | answer),
        say(f"{TOPIC}.reply.submit", shop, which | {"reply_content": "在看"}),
        say("kaifang.merchant.complaint.supplement", "wallet", which | more, user=who),
        say("kaifang.merchant.complaint.withdraw", "wallet", which, user=who),
        say("kaifang.merchant.complaint.decide", "house", which | decided),
        say(f"{TOPIC}.query", shop, which),
    ))  # fmt: skip


@way
def buy_and_complain(dice: Dice) -> list[Step]:
    """Somebody pays at the till and complains at once, of a guaranteed trade rather often."""
    shop, who, trade = dice.shop(), dice.person(), dice.new("trade")
    code, shown = show_code(dice, who)
    ask = order(dice, auth_code=code)
    if dice.odds(60):
        ask["settle_info"] = {"settle_period_time": dice.one(("1d", "7d"))}
    case, said = complain(dice, trade, who)
    paid = say("alipay.trade.pay", shop, ask, answer={"trade_no": trade})
    return [shown, paid, said, *(go_on(dice, case, shop, who) for _ in range(dice.chance.below(4)))]


@way
def complain_of_a_trade(dice: Dice) -> list[Step]:
    """Somebody complains of a trade, his own or not."""
    found = dice.pick("trade")
    return [complain(dice, found[0], dice.person())[1]] if found else []


@way
def go_on_with_one(dice: Dice) -> list[Step]:
    """A complaint goes on, by whomever."""
    found = dice.pick("complaint")
    return [go_on(dice, found[0], dice.shop(), dice.person())] if found else []
