"""The pages in Chromium: without JavaScript, from the keyboard, on a narrow screen, and never in a frame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, expect, sync_playwright
from tests.surfaces.conftest import Town
from tests.surfaces.test_cashier import order, state_of
from tests.surfaces.test_consent import BACK, consent, delegation

RETURN = "https://coffee.example.com/paid?shelf=3"
PATIENCE_MS = 90_000  # on a machine that does much else, starting a renderer for another site takes its time
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def chrome(chromium: str) -> Iterator[Browser]:
    """One Chromium for all tests here."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def looking(chrome: Browser, **options: Any) -> Iterator[tuple[BrowserContext, list[str]]]:
    """A fresh profile, in which the merchants' sites answer a word; whatever the browser complains of is listed."""
    context, complaints = chrome.new_context(**{"locale": "zh-CN", "viewport": PHONE} | options), list[str]()

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def answer(route: Route) -> None:
        route.fulfill(body="<title>merchant</title><p>thank you", content_type="text/html")

    context.route("https://*.example.com/**", answer)
    context.on("console", listen)
    context.set_default_timeout(PATIENCE_MS)
    yield context, complaints
    context.close()


def sign_in(page: Page, who: str = "anna") -> None:
    """Sign in with the keyboard."""
    page.locator("#logon_id").fill(f"{who}@example.com")
    page.locator("#password").fill("111111")
    page.locator("#password").press("Enter")


@pytest.mark.parametrize("scripts", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_a_buyer_pays_and_is_taken_back(town: Town, chrome: Browser, scripts: bool) -> None:
    asked = order(town)
    with looking(chrome, java_script_enabled=scripts) as (context, complaints):
        page = context.new_page()
        page.goto(f"{town.url}/gateway.do?" + town.order("alipay.trade.page.pay", asked, return_url=RETURN))
        sign_in(page)
        expect(page.get_by_role("radio", name="账户余额")).to_be_checked()
        page.get_by_role("radio", name="工商银行").check()
        page.get_by_label("支付密码").fill("111111")
        page.get_by_role("button", name="确认付款 ¥28.00").click()
        expect(page.get_by_role("heading", name="付款成功")).to_be_visible()
        page.wait_for_url("https://coffee.example.com/**")
        told = parse_qs(urlsplit(page.url).query)
        assert (told["out_trade_no"], told["shelf"]) == ([asked["out_trade_no"]], ["3"]) and told["sign"]
        assert complaints == []
    assert state_of(town, asked["out_trade_no"]) == "TRADE_SUCCESS"


def test_the_referrer_is_not_told(town: Town, chrome: Browser) -> None:
    heard = []
    with looking(chrome) as (context, _):
        context.on("request", lambda request: heard.append(request) if "coffee.example" in request.url else None)
        page = context.new_page()
        page.goto(town.url + town.checkout(return_url=RETURN))
        sign_in(page, "bo")
        page.get_by_label("支付密码").fill("111111")
        page.keyboard.press("Enter")
        page.get_by_role("link", name="返回 coffee.example.com").click()
        page.wait_for_url("https://coffee.example.com/**")
        assert heard and all("referer" not in request.all_headers() for request in heard)


def test_consent_goes_straight_back(town: Town, chrome: Browser) -> None:
    with looking(chrome, java_script_enabled=False) as (context, complaints):
        page = context.new_page()
        page.goto(town.url + consent(town, "auth_base"))
        sign_in(page, "bo")
        page.wait_for_url(f"{BACK.partition('?')[0]}**")
        assert "auth_code" in parse_qs(urlsplit(page.url).query)
        page.goto(town.url + delegation(town))
        sign_in(page, "coffee")
        expect(page.get_by_label("交易", exact=True)).to_be_hidden()
        page.get_by_label("仅以下能力").check()
        page.get_by_label("交易", exact=True).check()
        page.get_by_role("button", name="同意").click()
        page.wait_for_url("https://helper.example.com/**")
        assert "app_auth_code" in parse_qs(urlsplit(page.url).query)
        assert complaints == []


def test_the_keyboard_is_enough(town: Town, chrome: Browser) -> None:
    with looking(chrome, viewport=DESK, locale="en-GB") as (context, _):
        page = context.new_page()
        page.goto(town.url + town.checkout(kind="pay", amount="28.00"))
        order_of_focus = []
        for _ in range(7):
            page.keyboard.press("Tab")
            order_of_focus.append(page.evaluate("document.activeElement.id || document.activeElement.innerText"))
        assert order_of_focus[0] == "中文" and order_of_focus[3:6] == ["logon_id", "password", "Sign in"]
        assert order_of_focus[6] == "Leave without confirming"
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        sign_in(page)
        page.locator("#pay_password").fill("000000")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Tries left: 4")
        expect(page.locator("#pay_password")).to_be_focused()
        described = page.locator("#pay_password").get_attribute("aria-describedby")
        assert described == "pay-password-hint problem"


def test_everything_has_a_name_and_a_place(town: Town, chrome: Browser) -> None:
    with looking(chrome) as (context, _):
        page = context.new_page()
        page.goto(town.url + town.checkout(kind="pay", amount="28.00"))
        sign_in(page)
        for role in ("banner", "main", "contentinfo"):
            expect(page.get_by_role(role)).to_have_count(1)  # type: ignore[arg-type]
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.get_by_role("navigation", name="语言")).to_have_count(1)
        expect(page.get_by_role("group", name="付款方式").get_by_role("radio")).to_have_count(3)
        unnamed = page.evaluate(
            "[...document.querySelectorAll('input:not([type=hidden])')].filter(one => !one.labels.length).length"
        )
        assert unnamed == 0
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_narrow_screen(town: Town, chrome: Browser, scheme: str) -> None:
    long = {"title": "W" * 256, "payee": "街角" * 60, "details": {"名" * 30: "x" * 200}, "amount": "100000000.00"}
    with looking(chrome, color_scheme=scheme) as (context, complaints):
        page = context.new_page()

        def fits() -> None:
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
            small = page.evaluate(
                "[...document.querySelectorAll('.choice, main button, input:not([type=hidden], [type=radio], "
                "[type=checkbox])')].filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"
            )
            assert small == [], "everything that is touched is large enough for a thumb"

        page.goto(town.url + town.checkout(kind="pay", **long))
        fits()
        sign_in(page)
        fits()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == {
            "light": "rgb(243, 244, 242)", "dark": "rgb(18, 21, 20)",
        }[scheme]  # fmt: skip
        page.get_by_role("button", name="不了，离开").click()
        fits()
        page.goto(town.url + delegation(town))
        sign_in(page, "coffee")
        fits()
        assert complaints == []


def test_a_frame_stays_empty(town: Town, chrome: Browser) -> None:
    with looking(chrome) as (context, complaints):
        page = context.new_page()
        page.goto(f"{town.url}/nothing")
        page.set_content(f"<iframe src='{town.checkout()}'></iframe><iframe src='/nothing'></iframe>")
        page.wait_for_timeout(500)
        ours, other = (frame.content() for frame in page.frames[1:])
        assert "Nothing is here" in other, "this browser shows frames"
        assert "核身" not in ours
        assert any("frame-ancestors" in said or "X-Frame-Options" in said for said in complaints)


@pytest.mark.parametrize(
    "asked", ["method=alipay.trade.query&app_id=X", "method=X", "method=alipay.system.oauth.token&app_id=X"]
)
def test_nothing_that_the_gateway_repeats_runs(town: Town, chrome: Browser, asked: str) -> None:
    """Its answers are called text/html, as the official ones are, and say what was wrong in the asker's own words."""
    with looking(chrome) as (context, _):
        page = context.new_page()
        page.goto(f"{town.url}/gateway.do?" + asked.replace("X", quote("<svg onload=document.title=7>")))
        expect(page.locator("body")).to_contain_text("sub_code")
        page.wait_for_timeout(200)
        assert page.title() == ""


def test_another_sites_form_confirms_nothing(town: Town, chrome: Browser) -> None:
    """Even in the browser of somebody who is signed in, and even if the other site knows the page's address."""
    asked = order(town)
    with looking(chrome) as (context, _):
        page = context.new_page()
        page.goto(f"{town.url}/gateway.do?" + town.order("alipay.trade.page.pay", asked))
        sign_in(page)
        expect(page.get_by_label("支付密码")).to_be_visible()
        evil = context.new_page()
        form = (
            f"<form method=post action='{page.url}'><input name=step value=confirm><input name=amount value='28.00'>"
            "<input name=pay_password value=111111></form><script>document.forms[0].submit()</script>"
        )
        evil.route("https://evil.example/**", lambda route: route.fulfill(body=form, content_type="text/html"))
        evil.goto("https://evil.example/")
        expect(evil.get_by_role("alert")).to_contain_text("登录已过期")
    assert state_of(town, asked["out_trade_no"]) == "WAIT_BUYER_PAY"
