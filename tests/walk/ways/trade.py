"""Selling: orders, payments of all kinds, refunds, endings, escrow, sharing and disputes."""

from __future__ import annotations

from typing import Any

from kaifang.kernel.story import Step
from tests.walk.dice import PEOPLE, Dice, way
from tests.walk.turn import say
from tests.walk.ways.merchant import brought

WEIGHT = 36

PASSWORD = "111111"


def show_code(dice: Dice, who: str) -> tuple[str, Step]:
    """A person shows a payment code."""
    code = dice.new("code")
    return code, say("kaifang.fund.code.create", "wallet", user=who, answer={"auth_code": code})


def order(dice: Dice, **more: Any) -> dict[str, Any]:
    """What an order says; now and then that its money waits, is kept aside, or is shared."""
    ask = {"out_trade_no": dice.number("T"), "total_amount": dice.fen(), "subject": "茶", **more}
    if dice.odds(20):
        ask["settle_info"] = {"settle_period_time": dice.one(("1d", "7d"))}
    if dice.odds(10):
        ask["extend_params"] = {"royalty_freeze": "true"}
    if dice.odds(15):
        shares = [
            {"trans_in": receiver, "amount": "0.01"} for receiver in dice.one((["$helper"], ["$helper", "$stall"]))
        ]
        ask["royalty_info"] = {"royalty_detail_infos": shares}
    return ask


def confirm(dice: Dice, page: str) -> Step:
    """A person confirms a page of the cashier, now and then with a wrong password."""
    ask = {"token": page, "pay_password": PASSWORD if dice.odds(90) else "222222"}
    return say("kaifang.cashier.confirm", "wallet", ask, user=dice.person())


def refund(dice: Dice, trade: str, shop: str, who: str) -> Step:
    """A part goes back, under one of a few numbers."""
    ask = {"trade_no": trade, "refund_amount": dice.fen(3), "out_request_no": dice.number("R")}
    if dice.odds(15):
        ask["refund_royalty_parameters"] = [{"trans_out": "$helper", "amount": "0.01"}]
    if dice.odds(15):
        ask["refund_advance_account_type"] = "default"
    return say("alipay.trade.refund", shop, ask)


def refund_later(dice: Dice, trade: str, shop: str, who: str) -> Step:
    """A refund that is carried out in a moment."""
    ask = {"trade_no": trade, "refund_amount": dice.fen(3), "out_request_no": dice.number("R")}
    return say("alipay.trade.refund.apply", shop, ask)


def look(dice: Dice, trade: str, shop: str, who: str) -> Step:
    """What became of a trade, or of a refund."""
    if dice.odds(50):
        return say("alipay.trade.query", shop, {"trade_no": trade})
    return say("alipay.trade.fastpay.refund.query", shop, {"trade_no": trade, "out_request_no": dice.number("R")})


def end(dice: Dice, trade: str, shop: str, who: str) -> Step:
    """The till is not sure, and cancels; or the shop closes what nobody paid."""
    return say(dice.one(("alipay.trade.cancel", "alipay.trade.close")), shop, {"trade_no": trade})


def settle(dice: Dice, trade: str, shop: str, who: str) -> Step:
    """The shop says that something was fulfilled, in whole or in part."""
    ask: dict[str, Any] = {"trade_no": trade, "out_request_no": dice.number("S")}
    if dice.odds(60):
        ask["settle_info"] = {"settle_detail_infos": [{"actual_amount": dice.fen(2)}]}
    if dice.odds(30):
        ask["extend_params"] = {"royalty_freeze": "true"}
    return say("alipay.trade.settle.confirm", shop, ask)


def receive(dice: Dice, trade: str, shop: str, who: str) -> Step:
    """The buyer says that the goods arrived."""
    return say("kaifang.trade.receive", "wallet", {"trade_no": trade}, user=who)


def complain(dice: Dice, trade: str, shop: str, who: str) -> Step:
    """The buyer complains."""
    return say("kaifang.trade.dispute.open", "wallet", {"trade_no": trade, "reason": "坏了"}, user=who)


def resolve(dice: Dice, trade: str, shop: str, who: str) -> Step:
    """The complaint is withdrawn, or the operators decide."""
    if dice.odds(50):
        return say("kaifang.trade.dispute.close", "wallet", {"trade_no": trade}, user=who)
    decided = {"refund_amount": dice.one(("0.00", dice.fen(3))), "reason": "平台裁决"}
    return say("kaifang.trade.dispute.decide", "house", {"trade_no": trade, **decided})


def share(dice: Dice, trade: str, shop: str, who: str) -> Step:
    """The shop gives a part of a trade on, or says that it was the last."""
    ask: dict[str, Any] = {"trade_no": trade, "out_request_no": dice.number("O")}
    if dice.odds(85):
        ask["royalty_parameters"] = [{"trans_in": dice.one(("$helper", "$helper", "$stall")), "amount": dice.fen(2)}]
    if dice.odds(20):
        ask["extend_params"] = {"royalty_finish": "true"}
    if dice.odds(20):
        ask["royalty_mode"] = "async"
    return say("alipay.trade.order.settle", shop, ask)


def wait(dice: Dice, trade: str, shop: str, who: str) -> Step:
    """Time passes."""
    return Step(later=dice.one(("3s", "10m", "3h", "25h")))


DEEDS = (
    refund,
    refund,
    refund,
    refund_later,
    look,
    end,
    settle,
    settle,
    receive,
    complain,
    resolve,
    share,
    share,
    wait,
)


def afterwards(dice: Dice, trade: str, shop: str, who: str) -> list[Step]:
    """Whatever may be done with a trade, some of it and in any order."""
    steps = []
    while dice.odds(60):
        steps.append(dice.one(DEEDS)(dice, trade, shop, who))
    return steps


@way
def pay_by_code(dice: Dice) -> list[Step]:
    """The till reads a code."""
    shop, who = dice.shop(), dice.person()
    code, shown = show_code(dice, who)
    ask = order(dice, auth_code=code)
    trade = dice.new("trade")
    paid = say("alipay.trade.pay", shop, ask, answer={"trade_no": trade}, notify_url=dice.address(shop))
    return [shown, paid, *afterwards(dice, trade, shop, who)]


@way
def open_for_a_buyer(dice: Dice) -> list[Step]:
    """A trade is opened for somebody, guaranteed or not, and perhaps paid."""
    shop, who, trade = dice.shop(), dice.person(), dice.new("trade")
    ask = order(dice, buyer_id=f"${who}")
    if dice.odds(50):
        ask["settle_info"] = {"settle_period_time": dice.one(("1d", "7d"))}
    create = say("alipay.trade.create", shop, ask, answer={"trade_no": trade}, notify_url=dice.address(shop))
    pay = say("kaifang.trade.confirm_payment", "inside", {"subject": trade, "user_id": f"${who}"})
    return [create, pay, *afterwards(dice, trade, shop, who)] if dice.odds(70) else [create]


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
def sell_for_another(dice: Dice) -> list[Step]:
    """The provider sells for a merchant whom it brought: to its account or card, at once or when time comes."""
    known, who, trade = dice.pick("smid"), dice.person(), dice.new("trade")
    smid, card, steps = brought(dice) if known is None or dice.odds(30) else (known[0], "", [])
    ask = order(dice, buyer_id=f"${who}", sub_merchant={"merchant_id": smid})
    target = {"amount": ask["total_amount"], "trans_in_type": "defaultSettle"}
    if card and dice.odds(50):
        target |= {"trans_in_type": "cardAliasNo", "trans_in": card, "summary_dimension": dice.one("ab")}
    wait = {"settle_period_time": dice.one(("1d", "7d"))} if dice.odds(40) else {}
    if wait or dice.odds(60):
        ask["settle_info"] = {"settle_detail_infos": [target], **wait}
        ask.pop("royalty_info", None)
    seller = "helper" if dice.odds(90) else dice.shop()
    create = say("alipay.trade.create", seller, ask, answer={"trade_no": trade}, notify_url=dice.address("helper"))
    pay = say("kaifang.trade.confirm_payment", "inside", {"subject": trade, "user_id": f"${who}"})
    return [*steps, create, pay, *afterwards(dice, trade, seller, who)]


@way
def go_on_with_a_trade(dice: Dice) -> list[Step]:
    """Something more is done with a trade, by the merchant whose it is or, now and then, another."""
    found = dice.pick("trade")
    return afterwards(dice, found[0], found[1] if dice.odds(90) else dice.shop(), dice.person()) if found else []


@way
def end_by_ones_own_number(dice: Dice) -> list[Step]:
    """The shop cancels or closes an order of which it knows its own number only."""
    call = dice.one(("alipay.trade.cancel", "alipay.trade.close"))
    return [say(call, dice.shop(), {"out_trade_no": dice.number("T")})]


@way
def bind_a_receiver(dice: Dice) -> list[Step]:
    """Shares may go to somebody, or may not any more."""
    receiver = [{"type": "userId", "account": dice.one(("$helper", "$helper", "$stall"))}]
    call = f"alipay.trade.royalty.relation.{dice.one(('bind', 'bind', 'unbind'))}"
    return [say(call, dice.shop(), {"out_request_no": dice.number("B"), "receiver_list": receiver})]


@way
def change_terms(dice: Dice) -> list[Step]:
    """The operators agree with a merchant on something else."""
    terms = dice.one(
        ({"fee_rate": "0.2"}, {"fee_rate": "0"}, {"suspended": dice.odds(30)}, {"tell_all": dice.odds(50)})
    )
    return [say("kaifang.trade.terms.set", "house", {"seller_id": f"${dice.shop()}", "royalty_percent": 100, **terms})]


@way
def look_around(dice: Dice) -> list[Step]:
    """Somebody looks at what was bought."""
    who, trade = dice.one(PEOPLE), dice.new("seen")
    ask: dict[str, Any] = {"only": dice.one(("TO_PAY", "TO_RECEIVE", "DISPUTED", "REFUNDED"))} if dice.odds(50) else {}
    listed = say("kaifang.trade.list", "wallet", ask, user=who, answer={"orders": [{"trade_no": trade}]})
    return [listed, say("kaifang.trade.look", "wallet", {"trade_no": trade}, user=who)]
