"""The pages against the hostile: framed, forged, injected, replayed, malformed."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode, urlsplit

import msgspec
import pytest
from cryptography.fernet import Fernet
from tests.surfaces.conftest import Browser, Page, Town
from tests.surfaces.test_consent import consent, delegation

from kaifang.surfaces.session import LASTS_SECONDS, Session, Sessions
from kaifang.surfaces.visit import Visit as Visitor
from kaifang.surfaces.visit import outside, place
from kaifang.surfaces.wallet import Wallet

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}${7*7}&lt;b&gt;\u202e"
ACTIVE = re.compile(r"<script|\son\w+=|style=|javascript:|<iframe|<object|<link|src=", re.IGNORECASE)
OURS = (
    "a b bdi body br button circle code dd div dl dt fieldset footer form h1 h2 head header html input label legend li "
    "main meta nav p path section small span strong style svg title ul"
)


def every_page(town: Town, browser: Browser) -> Iterator[Page]:
    """One page of each kind."""
    path = town.checkout(return_url="https://coffee.example.com/back")
    yield browser.open(path)
    yield browser.sign_in(browser.open(path), password="000000")
    yield (signed_in := browser.sign_in(browser.open(path)))
    yield browser.press(signed_in, "confirm", pay_password="000000")
    yield browser.press(signed_in, "confirm", pay_password="111111")
    yield browser.open(path)
    yield browser.press(browser.open(town.checkout()), "leave")
    yield browser.open("/cashier/unknown")
    yield browser.open("/cashier")
    yield browser.open("/qr/bax0")
    yield browser.open(consent(town, "auth_user"))
    yield browser.sign_in(browser.open(consent(town, "auth_zhima")))
    yield browser.open(consent(town, "nothing"))
    yield browser.open(delegation(town))
    yield browser.sign_in(browser.open(delegation(town)), "coffee")
    yield browser.open(path, {"step": "signin"}, **{"content-type": "application/json"})


def test_no_page_is_framed_kept_or_run(town: Town, browser: Browser) -> None:
    for page in every_page(town, browser):
        told = page.headers
        assert told["x-frame-options"] == "DENY" and told["cache-control"] == "no-store", page.title
        assert told["x-content-type-options"] == "nosniff" and told["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in told and told["content-type"] == "text/html;charset=utf-8"
        policy = dict(part.strip().split(" ", 1) for part in told["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'" and policy["frame-ancestors"] == "'none'"
        assert policy["form-action"] == "'self'" and policy["base-uri"] == "'none'"
        assert policy["style-src"].startswith("'sha256-") and "unsafe" not in told["content-security-policy"]
        assert not ACTIVE.search(page.text), page.title
        assert set(re.findall(r"</?([^\s>!/]+)", page.text)) <= set(OURS.split()), page.title


def test_what_merchants_write_is_only_text(town: Town, browser: Browser) -> None:
    path = town.checkout(title=EVIL, payee=EVIL, details={EVIL[:60]: EVIL}, quit_url="javascript:alert(1)")
    for page in (browser.open(path), browser.sign_in(browser.open(path)), browser.press(browser.open(path), "leave")):
        assert "<script" not in page.text and "<img" not in page.text and "49" not in page.words
        assert EVIL.replace("\u202e", "") in page.words.replace("\u202e", "")
        assert "javascript:" not in page.text and "返回" not in " ".join(page.links())


def test_text_cannot_turn_the_rest_around(town: Town, browser: Browser) -> None:
    page = browser.open(town.checkout(title="\u202e00.1¥", payee="\u202eshop"))
    assert "<bdi>\u202e00.1¥</bdi>" in page.text and "<bdi>\u202eshop</bdi>" in page.text


def test_an_apps_name_is_only_text(town: Town, browser: Browser) -> None:
    app = town.ask(
        "kaifang.openapp.app.create", "operator", party=town.known["coffee"], name=EVIL, role="merchant",
        callback="https://coffee.example.com/back",
    )["app_id"]  # fmt: skip
    page = browser.open(consent(town, "auth_user", app_id=app))
    for shown in (page, browser.sign_in(page)):
        assert "<script" not in shown.text and "<img" not in shown.text and "{{7*7}}" in shown.words


STRANGE = ['https://coffee.example.com/back?x="><script>', "https://coffee.example.com/b'a;ck?0;url=x"]


@pytest.mark.parametrize("back", STRANGE)
def test_a_return_address_stays_an_address(town: Town, browser: Browser, back: str) -> None:
    page = browser.sign_in(browser.open(town.checkout(return_url=back)))
    page = browser.press(page, "confirm", pay_password="111111")
    assert "<script" not in page.text
    assert page.refresh == "" or page.refresh.startswith("https://coffee.example.com/b")
    assert page.text.count("http-equiv") == bool(page.refresh)


def test_what_is_asked_is_not_echoed(town: Town, browser: Browser) -> None:
    evil = urlencode({"lang": EVIL, "as": EVIL, "x": EVIL})
    page = browser.open(f"{town.checkout()}?{evil}")
    assert "<script" not in page.text and 'value=""' in page.text and page.text.count('<html lang="zh-CN">') == 1
    typed = browser.sign_in(page, who=EVIL[:40])
    assert "<script" not in typed.text
    asked = browser.open(consent(town, "auth_user", state="<script>alert(1)</script>"))
    assert asked.status == 200 and "<script" not in asked.text
    assert "<script" not in browser.open("/cashier/%3Cscript%3E").text
    assert "<script" not in browser.open("/cashier/<script>alert(1)</script>").text


def test_another_site_cannot_confirm(town: Town, browser: Browser) -> None:
    """What a browser sends by itself has no authority: there are no cookies, and the session is in the page."""
    path = town.checkout()
    browser.sign_in(browser.open(path))
    forged = {"step": "confirm", "pay_password": "111111", "amount": ""}
    for session in ("", "x", "é", "gAAAAA" + "A" * 200, "A" * 5000, Sessions(b"other").seal(Session("", "", ""))):
        page = browser.open(path, forged | {"session": session}, origin="https://evil.example")
        assert "登录已过期" in page.problem and not page.refresh
    assert "确认身份" in browser.open(path).title, "it is still to be confirmed"


def test_a_session_is_good_for_one_page(town: Town, browser: Browser) -> None:
    mine, other = town.checkout(), town.checkout()
    _, fields = browser.sign_in(browser.open(mine)).form("confirm")
    page = browser.open(other, fields | {"step": "confirm", "pay_password": "111111"})
    assert "登录已过期" in page.problem
    page = browser.open("/qr/bax0", fields)
    assert "登录已过期" not in page.words and "扫码付款" in page.title


def test_a_session_ends(town: Town) -> None:
    sessions = town.sessions
    session = Session("cashier/x", "token", "安娜")
    fresh = sessions.seal(session)
    assert sessions.open(fresh, "cashier/x") == session
    assert sessions.open(fresh, "cashier/y") is None
    assert sessions.open(fresh[:-2] + "xx", "cashier/x") is None
    box: Fernet = sessions.box
    born = box.extract_timestamp(fresh.encode())
    for age, good in ((LASTS_SECONDS - 60, True), (LASTS_SECONDS + 60, False)):
        old = box.encrypt_at_time(msgspec.json.encode(session), born - age).decode()
        assert (sessions.open(old, "cashier/x") is not None) is good
    assert "token" not in fresh


def test_who_was_signed_out_elsewhere_signs_in_again(town: Town, browser: Browser) -> None:
    path = town.checkout()
    town.newcomer("fred")
    page = browser.sign_in(browser.open(path), "fred")
    user = town.ask("kaifang.account.party.find", logon_id="fred@example.com")["user_id"]
    town.known["fred"] = user
    town.ask("kaifang.wallet.signout", "wallet", "fred")
    page = browser.press(page, "confirm", pay_password="111111")
    assert "登录已过期" in page.problem and page.form("signin")


@pytest.mark.parametrize(
    ("method", "headers", "body", "status"),
    [
        ("PUT", {}, b"", 405),
        ("DELETE", {}, b"", 405),
        ("POST", {}, b"step=leave", 415),
        ("POST", {"content-type": "text/plain"}, b"step=leave", 415),
        ("POST", {"content-type": "multipart/form-data; boundary=x"}, b"--x--", 415),
        ("POST", {"content-type": "application/x-www-form-urlencoded"}, b"step=\xff\xfe", 400),
        ("POST", {"content-type": "application/x-www-form-urlencoded"}, b"step=%ff", 400),
        ("POST", {"content-type": "application/x-www-form-urlencoded"}, b"a=1&" * 65, 400),
        ("POST", {"content-type": "application/x-www-form-urlencoded"}, b"a=" + b"x" * 17000, 413),
    ],
)
def test_what_no_page_of_ours_sends(
    town: Town, method: str, headers: dict[str, str], body: bytes, status: int
) -> None:  # fmt: skip
    path = town.checkout()
    connection = http.client.HTTPConnection(urlsplit(town.url).netloc, timeout=10)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    assert answer.status == status and "请求无法识别" in text
    assert town.ask("kaifang.cashier.look", "wallet", token=path.rpartition("/")[2])["state"] == "OPEN"


def test_only_the_web_is_led_to() -> None:
    good = ["https://a.example/", "http://127.0.0.1:8000/x?y=z#w", "https://a.example/%3Cb%3E"]
    bad = [
        "", None, "javascript:alert(1)", "data:text/html,x", "//a.example", "/x", "https:", "https:///x", "http://[x/",
        "https://a.example/\nx", "https://a.example/ x", "https://a.example\\@b.example", "HTTPS://a.example/",
        "https://a.example/é", "ftp://a.example/",
    ]  # fmt: skip
    assert [outside(address) for address in good] == good
    assert {outside(address) for address in bad} == {""}
    assert place("https://user:word@b.example:81/x") == "b.example:81"


def test_a_production_platform_proposes_nobody(tmp_path: Path) -> None:
    town = Town(tmp_path, sandbox=False)
    try:
        page = Browser(town.url).open(town.checkout() + "?as=anna@example.com")
    finally:
        town.stop()
    assert page.status == 200 and page.form("signin")[1]["logon_id"] == ""
    assert "anna" not in page.text and "沙箱" not in page.words and "kaifang world" not in page.words


def test_a_sandbox_proposes_its_buyers(town: Town, browser: Browser) -> None:
    page = browser.open(town.checkout())
    assert page.form("signin")[1]["logon_id"] == ""
    page = browser.open(page.links()["安娜 anna@example.com"])
    _, fields = page.form("signin")
    assert (fields["logon_id"], fields["password"]) == ("anna@example.com", "")


@pytest.mark.parametrize(
    ("peer", "address"),
    [
        ("203.0.114.7", "203.0.114.7"), ("2400:3200:1:2:3:4:5:6", "2400:3200:1:2::/64"), ("127.0.0.1", None),
        ("10.1.2.3", None), ("::1", None), ("", None), ("::ffff:10.0.0.1", None), ("fe80::1%eth0", None),
        ("::ffff:203.0.114.7", "203.0.114.7"),
    ],
)  # fmt: skip
def test_a_visitors_address_counts_where_it_tells_them_apart(town: Town, peer: str, address: str | None) -> None:
    exchange: Any = SimpleNamespace(peer=peer, path=b"/", get=lambda _: None)
    assert Visitor(exchange, Wallet(None, town.sessions, "", True, ())).address == address  # type: ignore[arg-type]


def test_an_address_that_tries_everybodys_password_must_wait(town: Town, browser: Browser, monkeypatch: Any) -> None:
    monkeypatch.setattr(Visitor, "address", "203.0.114.7")
    path = town.checkout()
    for number in range(60):
        assert "还可以再试 4 次" in browser.sign_in(browser.open(path), f"nobody{number}").problem
    assert "尝试次数过多" in browser.sign_in(browser.open(path), "anna").problem
    monkeypatch.setattr(Visitor, "address", "203.0.114.8")
    assert "当前用户" in browser.sign_in(browser.open(path), "anna").words
