"""Money as two friends use it in the wallet: sent, shown, scanned, confirmed, disputed, found and proved on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from kaifang.cli.client import Client
from kaifang.cli.home import Home
from tests.pages.visitor import PATIENCE_MS, PHONE, Visitor
from tests.wire.town import Town

PASSWORD = "111111"
Enter = Callable[[str], Page]


@pytest.fixture
def enter(city: Town, chrome: Browser) -> Iterator[Enter]:
    """Somebody signs in at the wallet on a phone; in the end no page has complained."""
    visitors: list[Visitor] = []

    def entered(name: str) -> Page:
        visitor = Visitor(chrome, city.world["base_url"], "/", viewport=PHONE)
        visitors.append(visitor)
        visitor.sign_in(f"{name}@example.com")
        return visitor.page

    expect.set_options(timeout=PATIENCE_MS)
    yield entered
    lines = [line for visitor in visitors for line in visitor.complaints]
    for visitor in visitors:
        visitor.close()
    assert not [line for line in lines if "Failed to load resource" not in line]  # a refusal is one to a browser


def go(page: Page, place: str) -> None:
    """Open a page of the wallet."""
    page.goto(f"{page.url.partition('#')[0]}#{place}")


def begin(page: Page, amount: str = "") -> None:
    """Type how much, and press the button that asks for the password."""
    if amount:
        page.locator(".m-amount-field input").fill(amount)
    page.locator(".m-main:not(:disabled)").click()
    expect(page.locator(".m-dots input")).to_be_focused()


def merchant(city: Town, name: str, method: str, **asked: Any) -> dict[str, Any]:
    """What a merchant's system calls."""
    return Client.of(Home(city.home), name).call(method, asked)


def test_whoever_taps_twice_or_hears_nothing_pays_once(city: Town, enter: Enter) -> None:
    page, before = enter("anna"), city.balance("anna")
    go(page, "/money/to/bo%40example.com")
    expect(page.locator(".m-payee")).to_contain_text("*波")

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/wallet/transfer", lose, times=1)
    begin(page, "1.25")
    page.keyboard.type(PASSWORD)
    expect(page.locator(".m-pad-said")).to_contain_text("连不上平台")
    for _ in range(3):  # with the pad this time, each key twice, and on without looking
        page.locator(".m-keys button", has_text="1").first.dblclick()
    page.keyboard.type(PASSWORD)
    expect(page.locator(".m-end h2")).to_have_text("转账成功")
    expect(page.locator(".m-end")).to_contain_text("李波")
    assert before - city.balance("anna") == Decimal("1.25")


def test_a_wrong_password_is_told_and_moves_nothing(city: Town, enter: Enter) -> None:
    page, before = enter("bo"), city.balance("bo")
    go(page, "/money/topup")
    begin(page, "20")
    page.keyboard.type("000000")
    expect(page.locator(".m-pad-said")).to_contain_text("还可以再试4次")
    assert city.balance("bo") == before
    page.keyboard.type(PASSWORD)
    expect(page.locator(".m-end h2")).to_have_text("充值成功")
    assert city.balance("bo") - before == Decimal("20.00")


def test_a_code_that_is_shown_at_the_till_leads_to_the_payment(city: Town, enter: Enter) -> None:
    page = enter("anna")
    go(page, "/paycode")
    with page.expect_response("**/fund/code/create") as answer:
        page.locator(".m-pay-code button").click()
    shown = {"auth_code": answer.value.json()["auth_code"], "scene": "bar_code"}
    order = {"out_trade_no": city.number("P"), "subject": "美式咖啡", "total_amount": "18.00"}
    trade = merchant(city, "coffee", "alipay.trade.pay", **order, **shown)["trade_no"]
    page.wait_for_url(f"**/#/paid/{trade}")


def test_a_friends_code_is_read_out_of_a_picture_and_paid(city: Town, enter: Enter) -> None:
    bo, anna = enter("bo"), enter("anna")
    go(bo, "/collect")
    picture = bo.locator(".k-code").screenshot(type="png")
    go(anna, "/scan")
    anna.locator('input[type="file"]').set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": picture})
    expect(anna.locator(".m-payee")).to_contain_text("*波")
    begin(anna, "3.50")
    anna.keyboard.type(PASSWORD)
    expect(anna.locator(".m-end h2")).to_have_text("转账成功")
    expect(bo.locator("figcaption")).to_contain_text("有新的收款")


def test_an_order_is_paid_in_the_wallet_disputed_and_received(city: Town, enter: Enter) -> None:
    page, number = enter("anna"), city.number("G")
    who = city.person("anna")["user_id"]
    asked = {"out_trade_no": number, "buyer_id": who, "subject": "古籍", "total_amount": "30.00", "settle_info": {}}
    trade = merchant(city, "books", "alipay.trade.create", **asked)["trade_no"]
    go(page, "/money/orders/TO_PAY")
    page.locator(f'a[href="#/money/order/{trade}"]').click()
    page.locator(".m-main").click()
    expect(page.locator(".m-summary")).to_contain_text("半日书店")
    begin(page)
    page.keyboard.type(PASSWORD)
    page.wait_for_url(f"**/#/paid/{trade}")
    go(page, f"/money/order/{trade}")
    page.get_by_role("button", name="有问题，发起争议").click()
    page.locator("textarea").fill("缺页")
    page.get_by_role("button", name="提交争议").click()
    page.get_by_role("button", name="撤回争议").click()
    page.get_by_role("button", name="确认收货").click()
    page.get_by_role("button", name="已收到货").click()
    expect(page.locator(".m-end")).to_contain_text("已付款")
    told = merchant(city, "books", "alipay.trade.settle.receivables.query", trade_no=trade)
    assert told["unsettled_amount"] == "0.00"


def test_a_red_packet_is_sent_and_opened_by_a_friend(city: Town, enter: Enter) -> None:
    anna, bo = enter("anna"), enter("bo")
    go(anna, "/money/packets/send")
    anna.get_by_text("普通：每份一样多").click()
    anna.locator('input[type="number"]').fill("2")
    begin(anna, "6.60")
    anna.keyboard.type(PASSWORD)
    anna.wait_for_url("**/#/money/packet/*")
    bo.goto(anna.url)
    bo.get_by_role("button", name="打开红包").click()
    expect(bo.locator(".m-packet")).to_contain_text("¥3.30")
    expect(anna.locator(".box").first).to_contain_text("1/2")


def test_bills_are_found_read_and_proved_on_paper(city: Town, enter: Enter) -> None:
    anna = city.buyer("anna")
    for what in ("拿铁", "蛋糕"):
        order = {"out_trade_no": city.number("B"), "subject": what, "total_amount": "9.90", "scene": "bar_code"}
        merchant(city, "coffee", "alipay.trade.pay", **order, auth_code=anna.code())
    page = enter("anna")
    go(page, "/money/bills/kind=SHOPPING")
    page.locator('input[type="search"]').fill("蛋糕")
    expect(page.locator(".m-list .m-bill")).to_have_count(1)
    page.locator(".m-list .m-bill").click()
    expect(page.locator(".m-facts")).to_contain_text("街角咖啡")
    with page.expect_download() as paper:
        page.get_by_role("button", name="下载电子回单（PDF）").click()
    assert Path(paper.value.path()).read_bytes().startswith(b"%PDF")
    go(page, "/money/month")
    expect(page.locator(".m-kinds")).to_contain_text("消费")
