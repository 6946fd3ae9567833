"""Standing agreements: signed, paused, ended."""

from __future__ import annotations

from typing import Any

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say
from tests.walk.ways.trade import confirm, order

WEIGHT = 6


def terms(dice: Dice) -> dict[str, Any]:
    """What is signed: at will, or by period."""
    if dice.odds(60):
        return {"personal_product_code": "GENERAL_WITHHOLDING_P", "sign_scene": dice.one(("INDUSTRY|CATERING",) * 2)}
    rules = {"period_type": "DAY", "period": 7, "execute_time": dice.day(0), "single_amount": "0.03",
             "total_amount": "0.05", "total_payments": 2}  # fmt: skip
    return {"personal_product_code": "CYCLE_PAY_AUTH_P", "sign_scene": "INDUSTRY|DIGITAL_MEDIA",
            "period_rule_params": rules}  # fmt: skip


def with_an_agreement(dice: Dice, agreement: str, shop: str, who: str) -> list[Step]:
    """Deductions are announced and made; either side ends or pauses the agreement."""
    steps = []
    while dice.odds(65):
        steps.append(dice.one((deduct, deduct, change, announce, wait))(dice, agreement, shop, who))
    return steps


def deduct(dice: Dice, agreement: str, shop: str, who: str) -> Step:
    """The merchant deducts."""
    product = dice.one(("GENERAL_WITHHOLDING", "GENERAL_WITHHOLDING", "CYCLE_PAY_AUTH"))
    ask = order(dice, product_code=product, agreement_params={"agreement_no": agreement})
    told = {"answer": {"trade_no": dice.new("trade")}, "notify_url": dice.address(shop)}
    return say("alipay.trade.pay", shop, ask, **told)


def change(dice: Dice, agreement: str, shop: str, who: str) -> Step:
    """Either side ends or pauses an agreement."""
    if dice.odds(25):
        return say("alipay.user.agreement.unsign", shop, {"agreement_no": agreement})
    to = dice.one(("STOP", "NORMAL", "NORMAL", "UNSIGN"))
    return say("kaifang.agreement.change", "wallet", {"agreement_no": agreement, "to": to}, user=who)


def announce(dice: Dice, agreement: str, shop: str, who: str) -> Step:
    """The merchant announces what it will deduct, puts it off, or asks how things stand."""
    call = dice.one(("alipay.user.agreement.query", "alipay.user.cyclepay.prenotify.create",
                     "alipay.user.agreement.executionplan.modify"))  # fmt: skip
    more = {"cyclepay": {"out_request_no": dice.number("N"), "total_amount": dice.fen(3)},
            "agreement": {"deduct_time": dice.day(-9)} if "plan" in call else {}}[call.split(".")[2]]  # fmt: skip
    return say(call, shop, {"agreement_no": agreement, **more})


def wait(dice: Dice, agreement: str, shop: str, who: str) -> Step:
    """Days go by."""
    return Step(later=dice.one(("1h", "25h", "7d")))


@way
def sign(dice: Dice) -> list[Step]:
    """A trusted merchant signs somebody up."""
    shop, who, agreement = dice.shop(), dice.person(), dice.new("agreement")
    more = {"sign_validity_period": dice.one(("1d", "30d", "12m"))}
    ask = {"alipay_user_id": f"${who}", "external_agreement_no": dice.number("A"), **terms(dice), **more}
    signed = say("alipay.user.agreement.sign", shop, ask, answer={"agreement_no": agreement},
                 notify_url=dice.address(shop))  # fmt: skip
    return [signed, *with_an_agreement(dice, agreement, shop, who)]


@way
def sign_on_a_page(dice: Dice) -> list[Step]:
    """Somebody signs on a page."""
    shop, page = dice.shop(), dice.new("page")
    ask = {"external_agreement_no": dice.number("A"), "access_params": {"channel": "ALIPAYAPP"}, **terms(dice)}
    ask["product_code"] = ask["personal_product_code"].removesuffix("_P")
    opened = say("alipay.user.agreement.page.sign", shop, ask, answer={"path": page}, notify_url=dice.address(shop))
    return [opened, confirm(dice, page)]


@way
def go_on_with_an_agreement(dice: Dice) -> list[Step]:
    """Something more is done with an agreement."""
    found = dice.pick("agreement")
    return with_an_agreement(dice, *found, dice.person()) if found else []
