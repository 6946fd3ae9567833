"""Pages: every SDK sends browsers to the cashier, in every form it knows, and believes what comes back."""

from __future__ import annotations

import html
import json
import re
from urllib.parse import quote

import pytest
from tests.surfaces.conftest import Browser, Page
from tests.wire.clients import Client
from tests.wire.receiver import Receiver
from tests.wire.town import Town, queried

RETURN = "https://coffee.example.com/back?shelf=3&name=%E6%8B%BF%E9%93%81"


def order(town: Town, **more: str) -> dict[str, str]:
    """An order of 28.00 for a page, under a number of its own."""
    product = {"product_code": "FAST_INSTANT_TRADE_PAY"}
    return {"out_trade_no": town.number("P"), "total_amount": "28.00", "subject": '拿铁 & "100%" <b>'} | product | more


def submit(browser: Browser, form: str) -> Page:
    """What a browser does with the self-submitting form that an SDK makes."""
    action, inner = re.search(r'<form\b[^>]*action="([^"]*)"[^>]*>(.*?)</form>', form, re.DOTALL).groups()
    fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', inner))
    address = quote(unescape(action), safe=":/?&=%+")
    return browser.open(address, {name: unescape(value) for name, value in fields.items()})


def unescape(value: str) -> str:
    """An attribute as a browser reads it: `&timestamp=` in it is no multiplication sign."""
    return re.sub("&[a-z]+;", lambda found: html.unescape(found[0]), value)


def pay(browser: Browser, page: Page) -> Page:
    """Sign in at the cashier and pay."""
    assert browser.went[-1].startswith("/cashier/"), page.words
    page = browser.press(browser.sign_in(page, "anna"), "confirm", pay_password="111111")
    assert "付款成功" in page.title, page.words
    return page


def test_a_page_order_is_paid_at_the_cashier(town: Town, client: Client, browser: Browser, receiver: Receiver) -> None:
    asked = order(town)
    told_at = f"/{asked['out_trade_no']}"
    page = browser.open(
        client.page("GET", "alipay.trade.page.pay", asked, return_url=RETURN, notify_url=receiver.url + told_at)
    )
    assert "¥28.00" in page.words and asked["subject"] in page.words
    told = queried(pay(browser, page).refresh)
    assert (told["out_trade_no"], told["total_amount"], told["shelf"], told["name"]) == (
        asked["out_trade_no"], "28.00", "3", "拿铁",
    )  # fmt: skip
    assert client.verify(told)
    assert not client.verify(told | {"total_amount": "0.01"})
    (notified,) = receiver.wait(told_at)
    assert (notified["trade_status"], notified["trade_no"]) == ("TRADE_SUCCESS", told["trade_no"])
    assert client.verify(notified)
    seen = client.ask("alipay.trade.query", {"out_trade_no": asked["out_trade_no"]})
    assert (seen["trade_status"], seen["trade_no"]) == ("TRADE_SUCCESS", told["trade_no"])


@pytest.mark.parametrize("sdk", ["official", "node"], indirect=True)  # python-alipay-sdk makes no forms
@pytest.mark.parametrize("method", ["alipay.trade.page.pay", "alipay.trade.wap.pay"])
def test_a_form_leads_to_the_cashier(town: Town, sdk: Client, browser: Browser, method: str) -> None:
    asked = order(town, product_code="QUICK_WAP_WAY") if "wap" in method else order(town)
    page = submit(browser, sdk.page("POST", method, asked, return_url=RETURN))
    assert sdk.verify(queried(pay(browser, page).refresh))
    assert sdk.ask("alipay.trade.query", {"out_trade_no": asked["out_trade_no"]})["trade_status"] == "TRADE_SUCCESS"


@pytest.mark.parametrize("by", ["the command line", "the cashier's page"])
def test_an_app_order_string_is_paid(town: Town, client: Client, browser: Browser, by: str) -> None:
    asked = order(town, product_code="QUICK_MSECURITY_PAY")
    string = client.string("alipay.trade.app.pay", asked)
    if by == "the command line":
        told = json.loads(town.kaifang("buyer", "pay", "anna", string))
        assert told["done"] and told["result_status"] == "9000" and "back" not in told
        result = client.result("alipay.trade.app.pay", told["result"])
        common = {"code": "10000", "app_id": town.app("coffee")["app_id"], "charset": "utf-8"}
        known = {name: asked[name] for name in ("out_trade_no", "total_amount")}
        assert result.items() >= (common | known | {"seller_id": town.app("coffee")["pid"]}).items()
        assert client.result("alipay.trade.app.pay", told["result"].replace("28.00", "82.00")) is None
    else:
        pay(browser, browser.open("/cashier?" + string))
    seen = client.ask("alipay.trade.query", {"out_trade_no": asked["out_trade_no"]})
    assert (seen["trade_status"], seen["total_amount"]) == ("TRADE_SUCCESS", "28.00")


def test_a_page_with_somebody_elses_key_says_so(town: Town, sdk: Client, browser: Browser) -> None:
    page = browser.open(sdk.as_app("forger").page("GET", "alipay.trade.page.pay", order(town)))
    assert "isv.invalid-signature" in page.words and page.headers["content-type"] == "text/html;charset=GBK"
