"""Standing agreements: signed, paused, ended."""

from __future__ import annotations

from typing import Any

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say
from tests.walk.ways.trade import confirm


def terms(dice: Dice) -> dict[str, Any]:
    """What is signed: at will, or by period."""
    if dice.odds(60):
        return {"personal_product_code": "GENERAL_WITHHOLDING_P", "sign_scene": dice.one(("INDUSTRY|CATERING",) * 2)}
    rules = {"period_type": "DAY", "period": 7, "execute_time": dice.day(0), "single_amount": "0.03",
             "total_amount": "0.05", "total_payments": 2}  # fmt: skip
    return {"personal_product_code": "CYCLE_PAY_AUTH_P", "sign_scene": "INDUSTRY|DIGITAL_MEDIA",
            "period_rule_params": rules}  # fmt: skip


@way
def sign(dice: Dice) -> list[Step]:
    """A trusted merchant signs somebody up."""
    shop, more = dice.shop(), {"sign_validity_period": dice.one(("1d", "30d", "12m"))}
    ask = {"alipay_user_id": f"${dice.person()}", "external_agreement_no": dice.number("A"), **terms(dice), **more}
    told = {"answer": {"agreement_no": dice.new("agreement")}, "notify_url": dice.address(shop)}
    return [say("alipay.user.agreement.sign", shop, ask, **told)]


@way
def sign_on_a_page(dice: Dice) -> list[Step]:
    """Somebody signs on a page."""
    shop, page = dice.shop(), dice.new("page")
    ask = {"external_agreement_no": dice.number("A"), "access_params": {"channel": "ALIPAYAPP"}, **terms(dice)}
    ask["product_code"] = ask["personal_product_code"].removesuffix("_P")
    opened = say("alipay.user.agreement.page.sign", shop, ask, answer={"path": page}, notify_url=dice.address(shop))
    return [opened, confirm(dice, page)]


@way
def end(dice: Dice) -> list[Step]:
    """Either side ends or pauses an agreement."""
    found = dice.pick("agreement")
    if found is None:
        return []
    if dice.odds(50):
        return [say("alipay.user.agreement.unsign", found[1], {"agreement_no": found[0]})]
    ask = {"agreement_no": found[0], "to": dice.one(("STOP", "NORMAL", "UNSIGN"))}
    return [say("kaifang.agreement.change", "wallet", ask, user=dice.person())]


@way
def announce(dice: Dice) -> list[Step]:
    """The merchant announces what it will deduct, or asks how things stand."""
    found = dice.pick("agreement")
    if found is None:
        return []
    if dice.odds(50):
        return [say("alipay.user.agreement.query", found[1], {"agreement_no": found[0]})]
    ask = {"agreement_no": found[0], "out_request_no": dice.number("N"), "total_amount": dice.fen(3)}
    return [say("alipay.user.cyclepay.prenotify.create", found[1], ask)]
