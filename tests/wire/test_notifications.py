"""Notifications: what a merchant is told is believed by the function that its SDK ships for that."""

from __future__ import annotations

from typing import Any

import pytest
from tests.wire.clients import Client
from tests.wire.receiver import Receiver
from tests.wire.town import Town

SUBJECT = '拿铁 100% & a=b + "c"'


def pay(town: Town, client: Client, url: str, **more: str) -> dict[str, Any]:
    """Take 3.00 at the till, to be told of at an address whose last part is the number of the order."""
    asked = {"out_trade_no": url.rpartition("/")[2], "total_amount": "3.00", "subject": SUBJECT, "scene": "bar_code"}
    return client.ask("alipay.trade.pay", asked | {"auth_code": town.buyer("anna").code()} | more, notify_url=url)


def test_a_payment_is_told_and_believed(town: Town, client: Client, receiver: Receiver) -> None:
    where, passed = "/" + town.number("N"), "table%3D7%26seat%3D%E7%AA%97"
    told = pay(town, client, receiver.url + where, passback_params=passed)
    (fields,) = receiver.wait(where)
    assert (fields["notify_type"], fields["trade_status"]) == ("trade_status_sync", "TRADE_SUCCESS")
    assert (fields["trade_no"], fields["subject"], fields["passback_params"]) == (told["trade_no"], SUBJECT, passed)
    assert (fields["app_id"], fields["seller_id"]) == (town.app("coffee")["app_id"], town.app("coffee")["pid"])
    assert client.verify(fields)
    assert not client.verify(fields | {"total_amount": "0.01"})
    assert not client.verify(fields | {"seller_id": town.app("books")["pid"]})


def test_what_is_not_heard_is_told_again(town: Town, sdk: Client, receiver: Receiver) -> None:
    where = "/" + town.number("N")
    receiver.says[where] = ["fail", "Success", "success"]
    pay(town, sdk, receiver.url + where)
    heard = receiver.wait(where, 3)
    assert len({fields["notify_id"] for fields in heard}) == 1
    assert all(sdk.verify(fields) for fields in heard)


def test_a_refund_of_an_app_payment_is_told(town: Town, sdk: Client, receiver: Receiver) -> None:
    number = town.number("N")
    asked = {"out_trade_no": number, "total_amount": "3.00", "subject": SUBJECT, "product_code": "QUICK_MSECURITY_PAY"}
    town.buyer("anna").pay(sdk.string("alipay.trade.app.pay", asked, notify_url=f"{receiver.url}/{number}"))
    sdk.ask("alipay.trade.refund", {"out_trade_no": number, "refund_amount": "1.00", "out_request_no": "R1"})
    payment, refund = receiver.wait(f"/{number}", 2)
    assert (payment["trade_status"], refund["trade_status"]) == ("TRADE_SUCCESS", "TRADE_SUCCESS")
    assert "refund_fee" not in payment and (refund["refund_fee"], refund["out_biz_no"]) == ("1.00", "R1")
    assert sdk.verify(payment) and sdk.verify(refund)


@pytest.mark.parametrize("sdk", ["node"], indirect=True)
def test_its_older_function_believes_what_has_no_percent_sign(town: Town, sdk: Client, receiver: Receiver) -> None:
    where = "/" + town.number("N")
    pay(town, sdk, receiver.url + where, subject="拿铁")
    assert sdk.verify(receiver.wait(where)[0], by="verify_decoded")
