"""A first payment, as the guide says, in the browser: an application, a key, an order, a buyer, the proof."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from kaifang.cli.guests import Guests
from kaifang.cli.home import Home
from tests.pages.visitor import DESK, PATIENCE_MS, PHONE, Visitor
from tests.wire.receiver import Receiver
from tests.wire.town import Town

SHOP = "我的小店"
SUBJECT = "第一杯咖啡"


@pytest.fixture
def server() -> Iterator[Receiver]:
    """The server that the developer runs beside the browser."""
    server = Receiver()
    yield server
    server.close()


@pytest.fixture
def visitors(city: Town, chrome: Browser) -> Iterator[tuple[Visitor, Visitor]]:
    """Somebody who has an account and nothing else, at a desk; and Bo with a phone, who will buy."""
    expect.set_options(timeout=PATIENCE_MS)
    url = city.world["base_url"]
    Guests(Home(city.home)).move_in("merchants", "merchant", "maker", SHOP, "1.00")
    pair = (Visitor(chrome, url, "/console/", viewport=DESK), Visitor(chrome, url, "/", viewport=PHONE))
    yield pair
    for visitor in pair:
        visitor.close()
    complaints = [line for visitor in pair for line in visitor.complaints]
    assert not complaints, "\n".join(complaints)


def test_the_first_payment_is_made_as_the_guide_says(visitors: tuple[Visitor, Visitor], server: Receiver) -> None:
    developer, bo = visitors
    page, number = developer.page, "first-1"
    finds_the_guide(developer)
    developer.sign_in("maker@example.com")
    makes_an_application(developer)

    order = {"out_trade_no": number, "total_amount": "18.00", "subject": SUBJECT}
    told = calls(developer, "alipay.trade.precreate", order | {"notify_url": f"{server.url}/paid"})
    assert told["out_trade_no"] == number
    page.get_by_role("tab", name="原始报文").click()
    expect(page.get_by_text("平台签名已在浏览器里验证通过")).to_be_visible()
    page.get_by_role("tab", name="代码").click()
    expect(page.get_by_text(f'"out_trade_no": "{number}"').first).to_be_visible()

    pays(bo, told["qr_code"])
    told = calls(developer, "alipay.trade.query", {"out_trade_no": number})
    assert (told["trade_status"], told["buyer_pay_amount"]) == ("TRADE_SUCCESS", "18.00")
    assert server.wait("/paid")[0]["trade_no"] == told["trade_no"]
    page.get_by_role("link", name="通知", exact=True).click()
    notice = page.locator("tbody tr").filter(has_text=told["trade_no"])
    expect(notice).to_contain_text("trade_status_sync")
    notice.get_by_role("link").first.click()
    expect(page.get_by_text(re.compile("第 1 次"))).to_be_visible()
    expect(page.get_by_text(re.compile("trade_status=TRADE_SUCCESS")).first).to_be_visible()


def finds_the_guide(developer: Visitor) -> None:
    """The documentation is searched; its guide tells of the console."""
    page = developer.page
    page.goto(f"{developer.url}/docs/")
    page.get_by_role("link", name="中文").click()
    page.get_by_role("combobox").press_sequentially("第一笔")
    page.get_by_role("option").first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("第一笔付款")
    expect(page.get_by_text("只把公钥上传，在控制台")).to_be_visible()


def makes_an_application(developer: Visitor) -> None:
    """An application of one's own, with a key that this browser made."""
    page = developer.page
    developer.go("#/developer")
    page.get_by_role("button", name="创建应用").click()
    page.locator("#name").fill(SHOP)
    page.locator(".ant-drawer button[type=submit]").click()
    page.wait_for_url("**#/developer/apps/*")
    page.get_by_role("tab", name="密钥", exact=True).click()
    page.get_by_role("button", name="生成密钥对").click()
    page.get_by_role("button", name="使用这把公钥").click()
    expect(page.get_by_text("已更换")).to_be_visible()


def calls(developer: Visitor, method: str, ask: dict[str, str]) -> dict[str, Any]:
    """What the API explorer shows as the platform's answer."""
    page = developer.page
    developer.go(f"#/developer/explorer/{method}")
    page.get_by_text("JSON", exact=True).click()
    page.get_by_label("请求内容").fill(json.dumps(ask, ensure_ascii=False))
    page.get_by_role("button", name="签名并调用").click()
    expect(page.get_by_text("毫秒")).to_be_visible()
    told: dict[str, Any] = json.loads(page.get_by_role("tabpanel", name="回答").locator("pre").inner_text())
    return told


def pays(bo: Visitor, code: str) -> None:
    """A buyer enters what the code says, and pays with the pad."""
    phone = bo.page
    bo.sign_in("bo@example.com")
    bo.go("#/scan")
    phone.get_by_label("码的内容或订单号").fill(code)
    phone.get_by_role("button", name="打开").click()
    expect(phone.get_by_text(SUBJECT).first).to_be_visible()
    phone.get_by_role("button", name=re.compile("¥18.00")).click()
    pad = phone.get_by_role("group", name="数字键盘")
    for digit in "111111":
        pad.get_by_role("button", name=digit, exact=True).click()
    expect(phone.get_by_role("heading", name="支付成功").first).to_be_visible()
    expect(phone.get_by_text("¥18.00")).to_be_visible()
