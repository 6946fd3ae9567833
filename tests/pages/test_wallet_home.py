"""The wallet's first pages as a person uses them: the grid, search, shops, messages, consents, devices, no network."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kaifang.cli.buyer import Buyer
from kaifang.cli.home import Home
from tests.pages.visitor import PATIENCE_MS, PHONE, Visitor
from tests.wire.town import Town


@pytest.fixture(scope="module")
def anna(city: Town, chrome: Browser) -> Iterator[Visitor]:
    """Anna, signed in at the wallet on a phone once for all tests; in the end no page has complained."""
    visitor = Visitor(chrome, city.world["base_url"], "/", viewport=PHONE)
    expect.set_options(timeout=PATIENCE_MS)
    visitor.sign_in("anna@example.com")
    yield visitor
    visitor.close()
    assert not [line for line in visitor.complaints if "Failed to load resource" not in line]


def tiles(page: Page) -> list[str]:
    """What stands in the grid of the home page."""
    return page.locator('nav[aria-label="应用"] li').all_inner_texts()


def test_the_grid_is_laid_out_by_keyboard_and_kept(city: Town, anna: Visitor) -> None:
    page = anna.page
    first = tiles(page)
    anna.go("#/grid")
    handle = page.get_by_role("button", name=re.compile(f"移动.*{first[0]}"))
    handle.focus()
    for key in ("Space", "ArrowRight", "Space"):
        page.keyboard.press(key)
        page.wait_for_timeout(300)  # as long as a tile takes to move
    page.get_by_role("button", name=f"移除{first[2]}").click()
    page.get_by_role("button", name="完成").click()
    expect(page.locator('nav[aria-label="应用"] li').first).to_have_text(first[1])
    assert tiles(page)[:3] == [first[1], first[0], first[3]]
    kept = Buyer(Home(city.home), "anna").ask("kaifang.service.app.mine")["grid"]
    assert len(kept) == len(first) - 2 and all(one.startswith("page:") for one in kept)


def test_what_fits_is_there_while_one_types_and_a_tap_is_counted(city: Town, anna: Visitor) -> None:
    page = anna.page
    anna.go("#/search")
    page.get_by_role("searchbox").press_sequentially("清禾")
    hit = page.get_by_role("link", name=re.compile("清禾茶铺青禾里店"))
    hit.wait_for()
    with page.expect_response(re.compile("/reach/seen$")) as seen:
        anna.settle()
    assert seen.value.ok
    with page.expect_response(re.compile("/reach/click$")) as clicked:
        hit.click()
    assert clicked.value.ok
    expect(page.get_by_role("heading", level=1)).to_have_text("清禾茶铺青禾里店")
    expect(page.get_by_text("清禾茶友")).to_be_visible()


def test_shops_are_found_around_a_city_that_is_picked(anna: Visitor) -> None:
    page = anna.page
    anna.go("#/shops")
    page.get_by_role("button", name="选择位置").click()
    page.get_by_role("button", name="杭州").click()
    expect(page.get_by_role("link", name=re.compile("街角咖啡湖滨店"))).to_be_visible()


def test_a_message_is_read_and_its_kind_switched_off(city: Town, anna: Visitor) -> None:
    page, buyer = anna.page, Buyer(Home(city.home), "anna")
    anna.go("#/messages")
    page.get_by_role("link", name=re.compile("取餐提醒")).first.click()
    expect(page.get_by_text("冷泡清茶")).to_be_visible()
    anna.settle()  # it is noted as opened while it is read
    assert all(one["opened"] for one in buyer.ask("kaifang.message.inbox")["messages"])
    anna.go("#/messages/switches")
    switch = page.get_by_role("switch", name=re.compile("取餐提醒"))
    expect(switch).to_have_attribute("aria-checked", "true")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "false")
    anna.settle()
    assert not buyer.ask("kaifang.message.subscriptions")["subscriptions"]
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true")


def test_a_consent_is_taken_back(city: Town, anna: Visitor) -> None:
    page = anna.page
    anna.go("#/me/authorisations")
    page.get_by_role("listitem").filter(has_text="清禾茶铺").get_by_role("button", name="撤回").click()
    page.get_by_role("button", name="确定").click()
    expect(page.get_by_text("没有应用获得你的授权")).to_be_visible()
    assert not Buyer(Home(city.home), "anna").ask("kaifang.account.consent.list")["consents"]


def test_an_address_is_kept(city: Town, anna: Visitor) -> None:
    page = anna.page
    anna.go("#/me/addresses")
    page.get_by_role("button", name="添加地址").click()
    for label, text in (("收货人", "安娜"), ("手机号", "13800000001"), ("省", "浙江省"), ("市", "杭州市")):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("街道门牌").fill("湖滨路1号")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("浙江省 杭州市 湖滨路1号")).to_be_visible()
    kept = Buyer(Home(city.home), "anna").ask("kaifang.wallet.address.list")["addresses"]
    assert [one["address"] for one in kept] == ["湖滨路1号"]


def test_another_device_is_signed_out_from_here(city: Town, chrome: Browser, anna: Visitor) -> None:
    other = Visitor(chrome, city.world["base_url"], "/", viewport=PHONE)
    other.sign_in("anna@example.com")
    anna.go("#/me/devices")
    theirs = anna.page.get_by_role("listitem").filter(has_not_text="本机").first
    theirs.get_by_role("button").click()
    expect(anna.page.get_by_role("listitem").filter(has_text="本机")).to_be_visible()
    other.page.goto(other.root + "#/me/devices")
    expect(other.page.get_by_role("button", name="登录", exact=True)).to_be_visible()
    other.close()


def test_it_opens_without_a_network(anna: Visitor) -> None:
    page = anna.page
    anna.go("#/")
    page.evaluate("() => navigator.serviceWorker.ready")
    page.reload()
    anna.settle()
    anna.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("link", name="扫一扫")).to_be_visible()
    stored = page.evaluate("""async () => {
        const names = await caches.keys();
        const found = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
        return found.flat().map((request) => new URL(request.url).pathname);
    }""")
    assert "/" in stored and not [path for path in stored if path.startswith("/v3") or path.endswith(".json")]
