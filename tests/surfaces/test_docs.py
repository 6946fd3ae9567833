"""The documentation in Chromium: searched as one types, in the other light, on a phone and at a desk, and by axe."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from tests.pages.visitor import DESK, PHONE, Visitor, axe_source
from tests.surfaces.conftest import Town

KINDS = ("", "guides/first_payment", "capabilities/trade", "methods/alipay.trade.pay", "faults/ACQ.TRADE_NOT_EXIST",
         "stories/trade/refund_in_parts", "coverage", "notifications")  # fmt: skip


@pytest.fixture(scope="module")
def chrome(chromium: str) -> Iterator[Browser]:
    """One Chromium for all tests here."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.parametrize("surface", ["/docs/", "/docs/zh/"])
def test_every_kind_of_page_can_be_used_by_all(surface: str, town: Town, chrome: Browser) -> None:
    """In English at a desk by day, in Chinese on a phone by night."""
    viewport, light = (DESK, "light") if surface == "/docs/" else (PHONE, "dark")
    visitor, axe, found = Visitor(chrome, town.url, surface, viewport=viewport, color_scheme=light), axe_source(), []
    for kind in KINDS:
        visitor.go(kind)
        found += visitor.examine(axe)
        wide = visitor.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        found += [f"{kind} is {wide} pixels wider than the screen"] if wide > 0 else []
    visitor.close()
    assert not found + visitor.complaints, "\n".join(found + visitor.complaints)


def test_it_is_searched_from_the_keyboard(town: Town, chrome: Browser) -> None:
    """What is typed finds methods, faults, capabilities and guides; enter leads to the one that is chosen."""
    visitor = Visitor(chrome, town.url, "/docs/zh/", viewport=DESK)
    visitor.go("guides")
    page = visitor.page
    page.keyboard.press("/")
    page.keyboard.type("trade.refund")
    hits = page.locator("#hits [role=option]")
    expect(hits.first).to_contain_text("alipay.trade.refund")
    expect(page.locator(".search input")).to_have_attribute("aria-activedescendant", "hit0")
    page.keyboard.press("Enter")
    page.wait_for_url("**/docs/zh/methods/alipay.trade.refund")
    for typed, said in (("交易不存在", "TRADE_NOT_EXIST"), ("five blessings", "Five blessings"), ("xyzzy", "没有找到")):
        page.locator(".search input").fill(typed)
        expect(hits.filter(has_text=said).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#hits")).to_be_hidden()
    page.locator("[data-theme-button]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    visitor.go("coverage")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    visitor.close()
    assert not visitor.complaints


def test_it_is_whole_without_script(town: Town, chrome: Browser) -> None:
    """Search leads to all methods then, and programs are opened one at a time."""
    context = chrome.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{town.url}/docs/methods/alipay.trade.pay")
    page.locator(".search input").press("Enter")
    page.wait_for_url("**/docs/methods?")
    page.locator('a[href="/docs/methods/alipay.trade.refund"]').click()
    page.locator("summary", has_text="curl").click()
    expect(page.locator("details[open] code", has_text="openssl dgst")).to_be_visible()
    expect(page.locator("details[name=snippet][open]")).to_have_count(1)
    context.close()
