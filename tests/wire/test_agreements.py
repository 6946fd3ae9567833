"""Agreements: signed on a page, deducted by the merchant's server, ended by it, and told of each time."""

from __future__ import annotations

from tests.surfaces.conftest import Browser
from tests.wire.clients import Client
from tests.wire.receiver import Receiver
from tests.wire.town import Town, queried


def test_an_agreement_is_signed_used_and_ended(
    town: Town, client: Client, browser: Browser, receiver: Receiver
) -> None:
    number = town.number("G")
    where, told_at = f"/{number}", f"{receiver.url}/{number}"
    asked = {
        "personal_product_code": "GENERAL_WITHHOLDING_P", "sign_scene": "INDUSTRY|CARRENTAL",
        "external_agreement_no": number, "access_params": {"channel": "QRCODE"},
    }  # fmt: skip
    page = browser.open(
        client.page(
            "GET", "alipay.user.agreement.page.sign", asked, notify_url=told_at,
            return_url="https://coffee.example.com/back",
        )
    )  # fmt: skip
    assert "街角咖啡" in page.words
    page = browser.press(browser.sign_in(page, "anna"), "confirm", pay_password="111111")
    back = queried(page.refresh)
    assert (back["status"], back["external_agreement_no"]) == ("NORMAL", number) and client.verify(back)
    which = {"agreement_no": back["agreement_no"]}
    signed = receiver.wait(where)[0]
    assert (signed["notify_type"], signed["agreement_no"]) == ("dut_user_sign", back["agreement_no"])
    assert client.verify(signed) and not client.verify(signed | {"agreement_no": "1"})
    assert client.ask("alipay.user.agreement.query", which)["status"] == "NORMAL"
    deduction = {
        "out_trade_no": number, "total_amount": "6.60", "subject": "停车费", "product_code": "GENERAL_WITHHOLDING",
        "agreement_params": which,
    }  # fmt: skip
    paid = client.ask("alipay.trade.pay", deduction, notify_url=f"{told_at}P")
    assert (paid["total_amount"], paid["buyer_user_id"]) == ("6.60", town.person("anna")["user_id"])
    notified = receiver.wait(where + "P")[0]
    assert notified["agreement_no"] == which["agreement_no"] and client.verify(notified)
    client.ask("alipay.user.agreement.unsign", which, notify_url=f"{told_at}U")
    ended = receiver.wait(where + "U")[0]
    assert (ended["notify_type"], ended["status"]) == ("dut_user_unsign", "UNSIGN") and client.verify(ended)
    again = deduction | {"out_trade_no": number + "2"}
    assert client.refusal("alipay.trade.pay", again) == "ACQ.AGREEMENT_INVALID"
