"""Selling: orders, payments of all kinds, refunds, endings, escrow, sharing and disputes."""

from __future__ import annotations

from typing import Any

from kaifang.kernel.story import Step
from tests.walk.dice import PEOPLE, Dice, way
from tests.walk.turn import say

PASSWORD = "111111"


def show_code(dice: Dice, who: str) -> tuple[str, Step]:
    """A person shows a payment code."""
    code = dice.new("code")
    return code, say("kaifang.fund.code.create", "wallet", user=who, answer={"auth_code": code})


def order(dice: Dice, **more: Any) -> dict[str, Any]:
    """What an order says."""
    return {"out_trade_no": dice.number("T"), "total_amount": dice.fen(), "subject": "茶", **more}


def confirm(dice: Dice, page: str) -> Step:
    """A person confirms a page of the cashier, now and then with a wrong password."""
    ask = {"token": page, "pay_password": PASSWORD if dice.odds(90) else "222222"}
    return say("kaifang.cashier.confirm", "wallet", ask, user=dice.person())


def of_a_trade(dice: Dice, call: str, ask: dict[str, Any], by: str = "") -> list[Step]:
    """A call about a trade, by the merchant whose it is or, now and then, another."""
    found = dice.pick("trade")
    if found is None:
        return []
    return [say(call, by or (found[1] if dice.odds(90) else dice.shop()), {"trade_no": found[0], **ask})]


def by_its_buyer(dice: Dice, call: str, ask: dict[str, Any]) -> list[Step]:
    """A call about a trade by a person in the wallet."""
    found = dice.pick("trade")
    return [say(call, "wallet", {"trade_no": found[0], **ask}, user=dice.person())] if found else []


@way
def pay_by_code(dice: Dice) -> list[Step]:
    """The till reads a code."""
    shop, (code, shown) = dice.shop(), show_code(dice, dice.person())
    ask = order(dice, auth_code=code)
    if dice.odds(20):
        ask["settle_info"] = {"settle_period_time": "1d"}
    if dice.odds(10):
        ask["extend_params"] = {"royalty_freeze": "true"}
    answer = {"trade_no": dice.new("trade")}
    return [shown, say("alipay.trade.pay", shop, ask, answer=answer, notify_url=dice.address(shop))]


@way
def open_for_a_buyer(dice: Dice) -> list[Step]:
    """A trade is opened for somebody, guaranteed or not, and perhaps paid."""
    shop, who, trade = dice.shop(), dice.person(), dice.new("trade")
    ask = order(dice, buyer_id=f"${who}")
    if dice.odds(50):
        ask["settle_info"] = {"settle_period_time": dice.one(("1d", "7d"))}
    create = say("alipay.trade.create", shop, ask, answer={"trade_no": trade}, notify_url=dice.address(shop))
    pay = say("kaifang.trade.confirm_payment", "inside", {"subject": trade, "user_id": f"${who}"})
    return [create, pay] if dice.odds(70) else [create]


@way
def pay_what_is_open(dice: Dice) -> list[Step]:
    """Somebody pays a trade that is there, whatever has become of it."""
    found = dice.pick("trade")
    ask = {"subject": found[0], "user_id": f"${dice.person()}"} if found else {}
    return [say("kaifang.trade.confirm_payment", "inside", ask)] if found else []


@way
def pay_by_scanning(dice: Dice) -> list[Step]:
    """The till shows a code, somebody scans it and confirms."""
    shop, code, page = dice.shop(), dice.new("qr"), dice.new("page")
    steps = [say("alipay.trade.precreate", shop, order(dice), answer={"qr_code": code}, notify_url=dice.address(shop))]
    steps.append(say("kaifang.wallet.scan", "wallet", {"code": code}, user=dice.person(), answer={"path": page}))
    return [*steps, confirm(dice, page)] if dice.odds(70) else steps


@way
def pay_on_a_page(dice: Dice) -> list[Step]:
    """An order is paid in a browser or an app."""
    shop, page = dice.shop(), dice.new("page")
    call, product = dice.one((
        ("alipay.trade.page.pay", "FAST_INSTANT_TRADE_PAY"), ("alipay.trade.wap.pay", "QUICK_WAP_WAY"),
        ("alipay.trade.app.pay", "QUICK_MSECURITY_PAY"),
    ))  # fmt: skip
    ask = order(dice, product_code=product)
    opened = say(call, shop, ask, answer={"path": page}, notify_url=dice.address(shop))
    found = {"trade_no": dice.new("trade")}
    paid = [confirm(dice, page), say("alipay.trade.query", shop, {"out_trade_no": ask["out_trade_no"]}, answer=found)]
    return [opened, *paid] if dice.odds(80) else [opened]


@way
def pay_several(dice: Dice) -> list[Step]:
    """Two orders are paid in one go."""
    shop, cart, page = dice.shop(), dice.new("cart"), dice.new("page")
    ask = {"out_merge_no": dice.number("M"), "order_details": [order(dice), order(dice)]}
    merge = say("alipay.trade.merge.precreate", shop, ask, answer={"pre_order_no": cart})
    show = say("alipay.trade.app.merge.pay", shop, {"pre_order_no": cart}, answer={"path": page})
    return [merge, show, confirm(dice, page)]


@way
def pay_out_of_a_deposit(dice: Dice) -> list[Step]:
    """A deposit pays for what was taken."""
    found = dice.pick("deposit")
    if found is None:
        return []
    ask = order(dice, auth_no=found[0], buyer_id=f"${dice.person()}", product_code="PRE_AUTH")
    if dice.odds(40):
        ask["auth_confirm_mode"] = "COMPLETE"
    return [say("alipay.trade.pay", found[1], ask, answer={"trade_no": dice.new("trade")})]


@way
def pay_by_agreement(dice: Dice) -> list[Step]:
    """A deduction that the buyer agreed to beforehand."""
    found = dice.pick("agreement")
    if found is None:
        return []
    product = dice.one(("GENERAL_WITHHOLDING", "GENERAL_WITHHOLDING", "CYCLE_PAY_AUTH"))
    ask = order(dice, product_code=product, agreement_params={"agreement_no": found[0]})
    told = {"answer": {"trade_no": dice.new("trade")}, "notify_url": dice.address(found[1])}
    return [say("alipay.trade.pay", found[1], ask, **told)]


@way
def provider_sells(dice: Dice) -> list[Step]:
    """The service provider charges for a merchant who authorised it, or gives back."""
    token, (code, shown) = dice.pick("token"), show_code(dice, dice.person())
    if token is None:
        return []
    told = {"answer": {"trade_no": dice.new("trade")}, "token": token[0], "notify_url": dice.address("helper")}
    pay = say("alipay.trade.pay", "helper", order(dice, auth_code=code), **told)
    back = {"out_trade_no": dice.number("T"), "refund_amount": dice.fen(), "out_request_no": dice.one("abc")}
    return [shown, pay] if dice.odds(70) else [say("alipay.trade.refund", "helper", back, token=token[0])]


@way
def refund(dice: Dice) -> list[Step]:
    """A part goes back, under one of a few numbers."""
    ask = {"refund_amount": dice.fen(3), "out_request_no": dice.one("abc")}
    if dice.odds(15):
        ask["refund_royalty_parameters"] = [{"trans_out": "$helper", "amount": "0.01"}]
    return of_a_trade(dice, "alipay.trade.refund", ask)


@way
def refund_once_more(dice: Dice) -> list[Step]:
    """Most of what is bought is given back sooner or later."""
    return of_a_trade(dice, "alipay.trade.refund", {"refund_amount": dice.fen(), "out_request_no": f"R{dice.next()}"})


@way
def refund_later(dice: Dice) -> list[Step]:
    """A refund that is carried out in a moment."""
    return of_a_trade(dice, "alipay.trade.refund.apply", {"refund_amount": dice.fen(), "out_request_no": dice.one("abc")})


@way
def refund_many(dice: Dice) -> list[Step]:
    """Another look at what came of a refund, and of its trade."""
    query = {"out_request_no": dice.one("abc")}
    return of_a_trade(dice, "alipay.trade.fastpay.refund.query", query) + of_a_trade(dice, "alipay.trade.query", {})


@way
def cancel(dice: Dice) -> list[Step]:
    """The till is not sure, and cancels."""
    if dice.odds(50):
        return of_a_trade(dice, "alipay.trade.cancel", {})
    return [say("alipay.trade.cancel", dice.shop(), {"out_trade_no": dice.number("T")})]


@way
def close(dice: Dice) -> list[Step]:
    """The shop closes what nobody paid."""
    if dice.odds(50):
        return of_a_trade(dice, "alipay.trade.close", {})
    return [say("alipay.trade.close", dice.shop(), {"out_trade_no": dice.number("T")})]


@way
def settle(dice: Dice) -> list[Step]:
    """The shop says that something was fulfilled, in whole or in part."""
    ask: dict[str, Any] = {"out_request_no": dice.number("S")}
    if dice.odds(60):
        ask["settle_info"] = {"settle_detail_infos": [{"actual_amount": dice.fen(2)}]}
    if dice.odds(30):
        ask["extend_params"] = {"royalty_freeze": "true"}
    return of_a_trade(dice, "alipay.trade.settle.confirm", ask)


@way
def receive(dice: Dice) -> list[Step]:
    """The buyer says that the goods arrived."""
    return by_its_buyer(dice, "kaifang.trade.receive", {})


@way
def dispute(dice: Dice) -> list[Step]:
    """The buyer complains; the complaint is withdrawn, or the operators decide."""
    steps = by_its_buyer(dice, "kaifang.trade.dispute.open", {"reason": "坏了"})
    if dice.odds(50):
        return steps + by_its_buyer(dice, "kaifang.trade.dispute.close", {})
    decided = {"refund_amount": dice.one(("0.00", dice.fen(3))), "reason": "平台裁决"}
    return steps + of_a_trade(dice, "kaifang.trade.dispute.decide", decided, "house")


@way
def share(dice: Dice) -> list[Step]:
    """The shop gives a part of a trade on, or says that it was the last."""
    receiver = dice.one(("helper", "stall", "kiosk"))
    ask: dict[str, Any] = {"out_request_no": dice.number("O")}
    if dice.odds(85):
        ask["royalty_parameters"] = [{"trans_in": f"${receiver}", "amount": dice.fen(2)}]
    if dice.odds(20):
        ask["extend_params"] = {"royalty_finish": "true"}
    if dice.odds(20):
        ask["royalty_mode"] = "async"
    return of_a_trade(dice, "alipay.trade.order.settle", ask)


@way
def bind_a_receiver(dice: Dice) -> list[Step]:
    """Shares may go to somebody, or may not any more."""
    receiver = [{"type": "userId", "account": dice.one(("$helper", "$helper", "$stall"))}]
    call = f"alipay.trade.royalty.relation.{dice.one(('bind', 'bind', 'unbind'))}"
    return [say(call, dice.shop(), {"out_request_no": dice.number("B"), "receiver_list": receiver})]


@way
def change_terms(dice: Dice) -> list[Step]:
    """The operators agree with a merchant on something else."""
    terms = dice.one(({"fee_rate": "0.2"}, {"fee_rate": "0"}, {"suspended": dice.odds(30)}, {"tell_all": dice.odds(50)}))
    return [say("kaifang.trade.terms.set", "house", {"seller_id": f"${dice.shop()}", "royalty_percent": 100, **terms})]


@way
def look_around(dice: Dice) -> list[Step]:
    """Somebody looks at what was bought."""
    return [say("kaifang.trade.list", "wallet", user=dice.one(PEOPLE))]
