"""At the till and over the counter: every SDK takes payments, looks them up, gives money back and ends orders."""

from __future__ import annotations

from decimal import Decimal

from tests.wire.clients import Client
from tests.wire.town import Town


def order(town: Town, **more: str) -> dict[str, str]:
    """An order of 12.50 under a number of its own."""
    return {"out_trade_no": town.number("T"), "total_amount": "12.50", "subject": "拿铁 & 100% {A+B}"} | more


def test_a_code_pays_and_a_part_goes_back(town: Town, client: Client) -> None:
    asked = order(town, scene="bar_code", auth_code=town.buyer("anna").code())
    paid = client.ask("alipay.trade.pay", asked)
    assert (paid["total_amount"], paid["out_trade_no"]) == ("12.50", asked["out_trade_no"])
    assert paid["buyer_user_id"] == town.person("anna")["user_id"]
    which = {"out_trade_no": asked["out_trade_no"]}
    seen = client.ask("alipay.trade.query", which)
    assert (seen["trade_no"], seen["trade_status"]) == (paid["trade_no"], "TRADE_SUCCESS")
    assert seen["fund_bill_list"] == [{"amount": "12.50", "fund_channel": "ALIPAYACCOUNT"}]
    back = client.ask("alipay.trade.refund", {**which, "refund_amount": "2.50", "out_request_no": "R1"})
    assert (back["fund_change"], back["refund_fee"]) == ("Y", "2.50")
    again = client.ask("alipay.trade.refund", {**which, "refund_amount": "2.50", "out_request_no": "R1"})
    assert (again["fund_change"], again["refund_fee"]) == ("N", "2.50")
    found = client.ask("alipay.trade.fastpay.refund.query", {**which, "out_request_no": "R1"})
    assert (found["refund_amount"], found["refund_status"]) == ("2.50", "REFUND_SUCCESS")
    client.ask("alipay.trade.refund", {**which, "refund_amount": "10.00", "out_request_no": "R2"})
    assert client.ask("alipay.trade.query", which)["trade_status"] == "TRADE_CLOSED"


def test_an_order_is_paid_in_the_wallet_by_the_command_line(town: Town, sdk: Client) -> None:
    asked = order(town, buyer_id=town.person("bo")["user_id"])
    made = sdk.ask("alipay.trade.create", asked)
    assert sdk.ask("alipay.trade.query", {"trade_no": made["trade_no"]})["trade_status"] == "WAIT_BUYER_PAY"
    before = town.balance("bo")
    assert '"done": true' in town.kaifang("buyer", "pay", "bo", made["trade_no"])
    assert before - town.balance("bo") == Decimal("12.50")
    seen = sdk.ask("alipay.trade.query", {"trade_no": made["trade_no"]})
    assert (seen["trade_status"], seen["buyer_user_id"]) == ("TRADE_SUCCESS", asked["buyer_id"])
    sdk.ask("alipay.trade.refund", {"trade_no": made["trade_no"], "refund_amount": "12.50"})
    assert town.balance("bo") == before


def test_orders_are_closed_and_cancelled(town: Town, client: Client) -> None:
    buyer = {"buyer_id": town.person("bo")["user_id"]}
    unpaid = client.ask("alipay.trade.create", order(town, **buyer))
    assert client.ask("alipay.trade.close", {"trade_no": unpaid["trade_no"]})["trade_no"] == unpaid["trade_no"]
    assert client.ask("alipay.trade.query", {"trade_no": unpaid["trade_no"]})["trade_status"] == "TRADE_CLOSED"
    asked = order(town, scene="bar_code", auth_code=town.buyer("anna").code())
    client.ask("alipay.trade.pay", asked)
    undone = client.ask("alipay.trade.cancel", {"out_trade_no": asked["out_trade_no"]})
    assert (undone["action"], undone["retry_flag"]) == ("refund", "N")
    never = client.ask("alipay.trade.cancel", {"out_trade_no": town.number("N")})
    assert never["retry_flag"] == "N" and "action" not in never


def test_a_code_on_the_counter_is_scanned_and_paid(town: Town, client: Client) -> None:
    asked = order(town)
    code = client.ask("alipay.trade.precreate", asked)["qr_code"]
    assert client.refusal("alipay.trade.query", {"out_trade_no": asked["out_trade_no"]}) == "ACQ.TRADE_NOT_EXIST"
    assert town.buyer("anna").pay(code)["done"]
    told = client.ask("alipay.trade.query", {"out_trade_no": asked["out_trade_no"]})
    assert told["trade_status"] == "TRADE_SUCCESS"


def test_a_large_amount_waits_for_the_buyer(town: Town, client: Client) -> None:
    asked = order(town, total_amount="1500.00", scene="bar_code", auth_code=town.buyer("anna").code())
    waiting = client.ask("alipay.trade.pay", asked)
    assert waiting.get("code", "10003") == "10003" and "gmt_payment" not in waiting
    assert client.ask("alipay.trade.query", {"trade_no": waiting["trade_no"]})["trade_status"] == "WAIT_BUYER_PAY"
    town.buyer("anna").pay(waiting["trade_no"])
    assert client.ask("alipay.trade.query", {"trade_no": waiting["trade_no"]})["trade_status"] == "TRADE_SUCCESS"
    client.ask("alipay.trade.refund", {"trade_no": waiting["trade_no"], "refund_amount": "1500.00"})
