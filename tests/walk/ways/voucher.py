"""Vouchers: offered, joined by the platform, taken, given, sold, used by code, undone; payments use them themselves."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 10

KINDS = (
    {"voucher_type": "FIX_VOUCHER", "fix_voucher_info": {"amount": "0.01"}},
    {"voucher_type": "FIX_VOUCHER", "fix_voucher_info": {"amount": "0.02", "floor_amount": "0.03"}},
    {"voucher_type": "DISCOUNT_VOUCHER", "discount_voucher_info": {"discount": "7", "ceiling_amount": "0.02"}},
)


LIMITS = (
    {}, {}, {"voucher_max_use_times": 2},
    {"quantity_limit_per_user": 1, "quantity_limit_per_user_period_type": "DAY"},
)  # fmt: skip


@way
def offer(dice: Dice) -> list[Step]:
    """A merchant offers a few vouchers, with its money set aside or without; now and then the platform joins."""
    shop, activity = dice.shop(), dice.new("activity")
    ask = {
        "out_biz_no": dice.number("V"), "voucher_deduct_info": dice.one(KINDS),
        "voucher_send_mode_info": {
            "delivery_channel_list": dice.one(([], ["PREFER_CHANNEL"], ["PREFER_CHANNEL"])),
            "voucher_send_rule_info": {
                "quantity": 1 + dice.chance.below(3), "publish_end_time": dice.day(-9),
                "quantity_day_limit_per_user": dice.one((0, 1)),
            }
        },
        "voucher_use_rule_info": {"voucher_use_time_info": some_days(dice), **dice.one(LIMITS)},
        "voucher_budget_supply_info": {"budget_type": dice.one(("NO_CASH", "NO_CASH", "RECHARGE"))},
    }  # fmt: skip
    made = say("alipay.marketing.activity.voucher.create", shop, ask, answer={"activity_id": activity})
    told = {"activity_id": activity, "out_biz_no": dice.number("P")}
    published = say("alipay.marketing.activity.voucher.publish", shop, told)
    return [made, *(join(dice, activity) if dice.odds(30) else ()), published, take(dice, activity)]


def some_days(dice: Dice) -> dict[str, object]:
    """How long vouchers are good for once they are had."""
    return {"period_type": "RELATIVE", "relative_period_info": {"valid_days_after_receive": dice.one((1, 9))}}


def join(dice: Dice, activity: str) -> list[Step]:
    """The platform pays a part, and has something to pay it with."""
    money = {"bank_code": "CMB", "user_id": "$house", "amount": dice.fen()}
    ask = {"activity_id": activity, "percent": dice.one((33, 50, 100)), "payer": "$house"}
    return [say("kaifang.fund.bank.remit", "house", money), say("kaifang.voucher.sponsor", "house", ask)]


def take(dice: Dice, activity: str) -> Step:
    """Somebody takes one."""
    return say("kaifang.voucher.claim", "wallet", {"activity_id": activity}, user=dice.person())


@way
def claim(dice: Dice) -> list[Step]:
    """Somebody takes one of those that were offered."""
    found = dice.pick("activity")
    return [take(dice, found[0])] if found else []


@way
def send(dice: Dice) -> list[Step]:
    """The merchant sends somebody one."""
    found = dice.pick("activity")
    ask = {"activity_id": found[0], "user_id": f"${dice.person()}", "out_biz_no": dice.number("S")} if found else {}
    return [say("alipay.marketing.activity.voucher.send", found[1], ask)] if found else []


@way
def stop(dice: Dice) -> list[Step]:
    """The merchant ends an activity before its time, now and then."""
    found = dice.pick("activity") if dice.odds(30) else None
    ask = {"activity_id": found[0], "out_biz_no": dice.number("E")} if found else {}
    return [say("alipay.marketing.activity.voucher.stop", found[1], ask)] if found else []


@way
def append(dice: Dice) -> list[Step]:
    """The merchant appends to an activity."""
    found = dice.pick("activity")
    ask = {"activity_id": found[0], "out_biz_no": dice.number("X"), "voucher_quantity": 4} if found else {}
    return [say("alipay.marketing.activity.voucher.append", found[1], ask)] if found else []


@way
def receive(dice: Dice) -> list[Step]:
    """The merchant gives somebody several at once."""
    found = [one for one in (dice.pick("activity"), dice.pick("wares")) if one]
    infos = [{"activity_id": number, "out_biz_no": dice.number("R")} for number, _ in found]
    ask = {"user_id": f"${dice.person()}", "receive_info_list": infos}
    return [say("alipay.marketing.activity.ordervoucher.receive", found[0][1], ask)] if found else []


@way
def sell(dice: Dice) -> list[Step]:
    """A merchant sells vouchers, that it takes by their codes."""
    shop, wares = dice.shop(), dice.new("wares")
    ask = {
        "out_biz_no": dice.number("W"), "activity_base_info": {"code_mode": "ALIPAY_CODE"},
        "voucher_deduct_info": {"voucher_type": "EXCHANGE_VOUCHER", "exchange_voucher_info": {"amount": "0.02"}},
        "voucher_send_mode_info": {
            "voucher_send_mode": "SALE_MODE",
            "voucher_send_rule_info": {"quantity": 2, "publish_end_time": dice.day(-9)},
            "voucher_sale_mode_info": {"sale_amount": dice.fen(3), "overdue_refundable": dice.odds(50)},
        },
        "voucher_use_rule_info": {
            "voucher_use_time_info": some_days(dice), "voucher_max_use_times": dice.one((1, 3)),
        },
    }  # fmt: skip
    return [say("alipay.marketing.activity.ordervoucher.create", shop, ask, answer={"activity_id": wares})]


@way
def buy(dice: Dice) -> list[Step]:
    """Somebody buys one, and looks at its code."""
    found, page, code, who = dice.pick("wares"), dice.new("page"), dice.new("shown"), dice.person()
    if found is None:
        return []
    bought = say("kaifang.voucher.buy", "wallet", {"activity_id": found[0]}, user=who, answer={"path": page})
    paid = say("kaifang.cashier.confirm", "wallet", {"token": page, "pay_password": "111111"}, user=who)
    shown = {"activity_id": found[0], "voucher_code": code}
    mine = {"vouchers": [{"voucher_code": code, "voucher_id": dice.new("bought")}]}
    return [bought, paid, say("kaifang.voucher.mine", "wallet", user=who, answer=mine), use(dice, found[1], shown)]


def use(dice: Dice, shop: str, shown: dict[str, str]) -> Step:
    """The merchant takes a code, or undoes that."""
    deed = dice.one(("use", "use", "refund", "invalid"))
    return say(f"alipay.marketing.activity.ordervoucher.{deed}", shop, shown | {"out_biz_no": dice.number("U")})


@way
def use_code(dice: Dice) -> list[Step]:
    """A code is shown at one of the shops."""
    found, code = dice.pick("wares"), dice.pick("shown")
    shown = {"activity_id": found[0], "voucher_code": code[0]} if found and code else {}
    return [use(dice, found[1], shown)] if found and shown else []


@way
def give_back(dice: Dice) -> list[Step]:
    """Somebody gives back what was bought."""
    found = dice.pick("bought")
    return [say("kaifang.voucher.return", "wallet", {"voucher_id": found[0]}, user=dice.person())] if found else []


@way
def look(dice: Dice) -> list[Step]:
    """Somebody reads what is on the shelf, and what one has."""
    who = dice.person()
    shelf = say("kaifang.voucher.offers", "wallet", {"page_size": 3, "sold": dice.odds(30)}, user=who)
    return [shelf, say("kaifang.voucher.mine", "wallet", {"order": "SOONEST"}, user=who)]
