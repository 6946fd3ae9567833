"""Money of one's own: deposits, transfers, red packets, batches, coupons, cards and banks."""

from __future__ import annotations

from typing import Any

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say
from tests.walk.ways.trade import PASSWORD, confirm, order, show_code

WEIGHT = 22

NAMES = {"few": "少少", "some": "小些", "anna": "安娜"}
PACKET = {"product_code": "STD_RED_PACKET", "biz_scene": "PERSONAL_PAY"}


def payee(dice: Dice) -> dict[str, str]:
    """A person, by number or by name."""
    who = dice.person()
    if dice.odds(70):
        return {"identity": f"${who}", "identity_type": "ALIPAY_USER_ID"}
    return {"identity": f"{who}@example.com", "identity_type": "ALIPAY_LOGON_ID", "name": NAMES[who]}


def deposit(dice: Dice) -> dict[str, Any]:
    """What a pre-authorised order says."""
    number = dice.number("F")
    return {"out_order_no": number, "out_request_no": number, "order_title": "押金", "amount": dice.fen()}


def with_a_deposit(dice: Dice, frozen: str, shop: str, who: str) -> list[Step]:
    """Parts of a deposit go back, or pay for something."""
    steps = []
    while dice.odds(60):
        if dice.odds(50):
            ask = {"auth_no": frozen, "out_request_no": dice.number("U"), "amount": dice.fen(3), "remark": "退"}
            steps.append(say("alipay.fund.auth.order.unfreeze", shop, ask))
        else:
            ask = order(dice, auth_no=frozen, buyer_id=f"${who}", product_code="PRE_AUTH")
            ask |= {"total_amount": dice.fen(3)} | ({"auth_confirm_mode": "COMPLETE"} if dice.odds(20) else {})
            steps.append(say("alipay.trade.pay", shop, ask, answer={"trade_no": dice.new("trade")}))
    return steps


@way
def freeze_by_code(dice: Dice) -> list[Step]:
    """A deposit is frozen by the code that somebody shows."""
    shop, who, frozen = dice.shop(), dice.person(), dice.new("deposit")
    code, shown = show_code(dice, who)
    ask = {"auth_code": code, "auth_code_type": "bar_code", **deposit(dice)}
    freeze = say("alipay.fund.auth.order.freeze", shop, ask, answer={"auth_no": frozen}, notify_url=dice.address(shop))
    return [shown, freeze, *with_a_deposit(dice, frozen, shop, who)]


@way
def freeze_in_an_app(dice: Dice) -> list[Step]:
    """A deposit is frozen once somebody confirms it, if that ever happens."""
    shop, page, ask = dice.shop(), dice.new("page"), deposit(dice)
    opened = say("alipay.fund.auth.order.app.freeze", shop, ask, answer={"path": page}, notify_url=dice.address(shop))
    seen = {"out_order_no": ask["out_order_no"], "out_request_no": ask["out_request_no"]}
    asked = say("alipay.fund.auth.operation.detail.query", shop, seen, answer={"auth_no": dice.new("deposit")})
    return [opened, confirm(dice, page), asked] if dice.odds(80) else [opened]


@way
def go_on_with_a_deposit(dice: Dice) -> list[Step]:
    """Something more is done with a deposit."""
    found = dice.pick("deposit")
    return with_a_deposit(dice, *found, dice.person()) if found else []


@way
def cancel_a_freeze(dice: Dice) -> list[Step]:
    """The till is not sure whether a deposit was frozen."""
    number = dice.number("F")
    ask = {"out_order_no": number, "out_request_no": number, "remark": "撤销"}
    return [say("alipay.fund.auth.operation.cancel", dice.shop(), ask)]


@way
def transfer(dice: Dice) -> list[Step]:
    """A merchant transfers money to a person."""
    amount = dice.one(("0.10", "0.11"))
    ask = {"out_biz_no": dice.number("X"), "trans_amount": amount, "product_code": "TRANS_ACCOUNT_NO_PWD",
           "biz_scene": "DIRECT_TRANSFER", "payee_info": payee(dice)}  # fmt: skip
    return [say("alipay.fund.trans.uni.transfer", dice.shop(), ask)]


@way
def transfer_in_the_older_form(dice: Dice) -> list[Step]:
    """The same as it was asked years ago."""
    ask = {"out_biz_no": dice.number("X"), "payee_type": "ALIPAY_USERID", "payee_account": f"${dice.person()}"}
    return [say("alipay.fund.trans.toaccount.transfer", dice.shop(), {**ask, "amount": "0.10"})]


@way
def transfer_to_a_card(dice: Dice) -> list[Step]:
    """A transfer that a bank carries out later, or sends back."""
    who = {
        "identity": "6214850000000099",
        "identity_type": "BANKCARD_ACCOUNT",
        "name": dice.one(("少少", "少少", "安娜")),
    }
    ask = {"out_biz_no": dice.number("Y"), "trans_amount": "0.10", "product_code": "TRANS_BANKCARD_NO_PWD"}
    sent = say("alipay.fund.trans.uni.transfer", dice.shop(), {**ask, "payee_info": who})
    return [sent, Step(later="2m")] if dice.odds(40) else [sent]


def with_a_packet(dice: Dice, packet: str, shop: str) -> list[Step]:
    """The merchant hands parts of a red packet to people, or gives parts back."""
    steps = []
    while dice.odds(60):
        if dice.odds(40):
            ask = {"order_id": packet, "out_request_no": dice.number("G"), "refund_amount": dice.fen(2)}
            steps.append(say("alipay.fund.trans.refund", shop, ask))
        else:
            ask = {"out_biz_no": dice.number("G"), "trans_amount": dice.fen(2), "product_code": "STD_RED_PACKET",
                   "biz_scene": "PERSONAL_COLLECTION", "original_order_id": packet,
                   "payee_info": payee(dice)}  # fmt: skip
            steps.append(say("alipay.fund.trans.uni.transfer", shop, ask))
    return steps


@way
def pay_a_packet(dice: Dice) -> list[Step]:
    """Somebody pays a red packet in a merchant's app."""
    shop, page, number, packet = dice.shop(), dice.new("page"), dice.number("P"), dice.new("packet")
    opened = say("alipay.fund.trans.app.pay", shop, {"out_biz_no": number, "trans_amount": dice.fen(), **PACKET},
                 answer={"path": page})  # fmt: skip
    seen = {"out_biz_no": number, **PACKET}
    asked = say("alipay.fund.trans.common.query", shop, seen, answer={"order_id": packet})
    return [opened, confirm(dice, page), asked, *with_a_packet(dice, packet, shop)]


@way
def go_on_with_a_packet(dice: Dice) -> list[Step]:
    """Something more is done with a red packet."""
    found = dice.pick("packet")
    return with_a_packet(dice, *found) if found else []


def claim(dice: Dice, gift: str) -> list[Step]:
    """Friends take their shares."""
    steps = []
    while dice.odds(60):
        steps.append(say("kaifang.wallet.redpacket.claim", "wallet", {"packet_id": gift}, user=dice.person()))
    return steps


@way
def send_a_packet(dice: Dice) -> list[Step]:
    """A person sends friends a red packet."""
    gift, kind = dice.new("gift"), dice.one(("LUCKY", "EQUAL"))
    ask = {"amount": dice.fen(), "count": dice.one((1, 2, 3)), "kind": kind, "pay_password": PASSWORD}
    sent = say("kaifang.wallet.redpacket.send", "wallet", ask, user=dice.person(), answer={"packet_id": gift})
    return [sent, *claim(dice, gift)]


@way
def claim_a_packet(dice: Dice) -> list[Step]:
    """A friend comes late."""
    found = dice.pick("gift")
    return claim(dice, found[0]) if found else []


@way
def top_up_or_take_out(dice: Dice) -> list[Step]:
    """Money goes between the one card and its owner's balance."""
    call = dice.one(("kaifang.wallet.topup", "kaifang.wallet.withdraw"))
    ask = {"card_id": "$few.card", "amount": dice.fen(), "pay_password": PASSWORD}
    return [say(call, "wallet", ask, user="few")]


@way
def give_to_a_friend(dice: Dice) -> list[Step]:
    """A person transfers money to another."""
    ask = {"out_biz_no": dice.number("w"), "payee": f"{dice.person()}@example.com", "amount": dice.fen()}
    return [say("kaifang.wallet.transfer", "wallet", {**ask, "pay_password": PASSWORD}, user=dice.person())]


@way
def transfer_many(dice: Dice) -> list[Step]:
    """A batch is paid at once, or by somebody who confirms it; one of its payees may not exist."""
    shop, batch = dice.shop(), dice.new("batch")
    nobody = {"identity": "2088000000000000", "identity_type": "ALIPAY_USER_ID"}
    whom = (payee(dice), nobody if dice.odds(30) else payee(dice))
    items = [{"out_biz_no": str(i), "trans_amount": "0.02", "payee_info": who} for i, who in enumerate(whom)]
    kind = {"product_code": "BATCH_API_TO_ACC", "biz_scene": "MESSAGE_BATCH_PAY"}
    ask = {"out_batch_no": dice.number("B"), "order_title": "工资", "total_count": "2", "total_trans_amount": "0.04"}
    ask |= {"trans_order_list": items, **kind}
    if dice.odds(50):
        return [say("alipay.fund.batch.uni.transfer", shop, ask)]
    ordered = say("alipay.fund.batch.create", shop, ask, answer={"batch_trans_id": batch})
    paid = say("kaifang.fund.batch.confirm", "inside", {"subject": batch, "user_id": f"${dice.person()}"})
    ended = say("alipay.fund.batch.close", shop, {"batch_trans_id": batch, **kind})
    return [ordered, paid] if dice.odds(70) else [ordered, ended]


def with_a_coupon(dice: Dice, coupon: str, shop: str) -> list[Step]:
    """Parts of a coupon are handed out, or given back."""
    steps = []
    while dice.odds(60):
        number = dice.number("D")
        if dice.odds(40):
            ask = {"auth_no": coupon, "out_request_no": number, "amount": dice.fen(2)}
            steps.append(say("alipay.fund.coupon.order.refund", shop, ask))
        else:
            ask = {"deduct_auth_no": coupon, "out_order_no": number, "out_request_no": number, "order_title": "手气",
                   "amount": dice.fen(2), "payee_user_id": f"${dice.person()}"}  # fmt: skip
            steps.append(say("alipay.fund.coupon.order.disburse", shop, ask))
    return steps


@way
def buy_a_coupon(dice: Dice) -> list[Step]:
    """Somebody pays a cash coupon."""
    shop, number, coupon = dice.shop(), dice.number("C"), dice.new("coupon")
    ask = {"out_order_no": number, "out_request_no": number, "order_title": "手气", "amount": dice.fen()}
    opened = say("alipay.fund.coupon.order.app.pay", shop, ask, notify_url=dice.address(shop))
    seen = {"out_order_no": number, "out_request_no": number}
    asked = say("alipay.fund.coupon.operation.query", shop, seen, answer={"auth_no": coupon})
    paid = say("kaifang.fund.coupon.confirm", "inside", {"subject": coupon, "user_id": f"${dice.person()}"})
    return [opened, asked, paid, *with_a_coupon(dice, coupon, shop)]


@way
def go_on_with_a_coupon(dice: Dice) -> list[Step]:
    """Something more is done with a coupon."""
    found = dice.pick("coupon")
    return with_a_coupon(dice, *found) if found else []


@way
def keep_a_book(dice: Dice) -> list[Step]:
    """A merchant keeps an account book for somebody; a bank pays into it, and it is paid out of."""
    shop, book, card = dice.shop(), dice.new("book"), dice.new("number")
    ask = {"merchant_user_id": dice.one(("s1", "s2")), "merchant_user_type": "BUSINESS_EMPLOYEE",
           "scene_code": "SATF_FUND_BOOK"}  # fmt: skip
    answer = {"account_book_id": book, "ext_card_info": {"card_no": card}}
    opened = say("alipay.fund.accountbook.create", shop, ask, answer=answer)
    filled = say("kaifang.fund.bank.remit", "house", {"bank_code": "CMB", "card_no": card, "amount": "0.15"})
    out = {"out_biz_no": dice.number("X"), "trans_amount": "0.10", "product_code": "TRANS_ACCOUNT_NO_PWD",
           "payee_info": payee(dice), "payer_info": {"identity": book, "identity_type": "ACCOUNT_BOOK_ID"}}  # fmt: skip
    return [opened, filled, say("alipay.fund.trans.uni.transfer", shop, out)]


@way
def remit(dice: Dice) -> list[Step]:
    """A bank pays somebody."""
    bank, whom, amount = (
        dice.one(("CMB", "ICBC")),
        dice.one(("few", "some", "kiosk", "stall")),
        dice.one(("0.05", "0.30")),
    )
    return [say("kaifang.fund.bank.remit", "house", {"bank_code": bank, "user_id": f"${whom}", "amount": amount})]


@way
def a_bank_fails(dice: Dice) -> list[Step]:
    """A bank goes down or comes up."""
    return [say("kaifang.fund.bank.change", "house", {"bank_code": "CMB", "down": dice.odds(25)})]


@way
def look_into_the_purse(dice: Dice) -> list[Step]:
    """Somebody looks at the balance and the deposits."""
    call = dice.one(("kaifang.wallet.balance", "kaifang.wallet.deposits"))
    return [say(call, "wallet", user=dice.one(("few", "some", "kiosk")))]


@way
def pay_to_a_code(dice: Dice) -> list[Step]:
    """Somebody shows a code to be paid, and a friend looks whom it pays, with what, and pays."""
    whom, who, code = dice.person(), dice.person(), dice.new("collect")
    shown = say("kaifang.wallet.collect.make", "wallet", {}, user=whom, answer={"link": code})
    seen = say("kaifang.wallet.payee.look", "wallet", {"payee": code}, user=who)
    listed = say("kaifang.fund.channel.list", "wallet", {"amount": dice.fen(), "purpose": "transfer"}, user=who)
    ask = {"payee": code, "amount": dice.fen(), "pay_password": PASSWORD, "out_biz_no": dice.number("W")}
    return [shown, seen, listed, say("kaifang.wallet.transfer", "wallet", ask, user=who)]
