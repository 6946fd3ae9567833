"""Signing in from a browser: what its key may sign, and what no key may."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.surfaces.browser import Browser, next_event
from tests.surfaces.conftest import Town

from kaifang.gateway.codes import REPLAYED
from kaifang.gateway.keys import new_private_key
from kaifang.gateway.live import whom
from kaifang.kernel import Caller, Fault
from kaifang.kernel.clock import DAY
from kaifang.surfaces import static

KEY = new_private_key()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A town of one's own, because passwords change in it and time passes."""
    town = Town(tmp_path)
    yield town
    town.stop()


@pytest.fixture
def bo(town: Town) -> Browser:
    """Bo, signed in."""
    browser = Browser(town.url, town.known["wallet.app"], KEY)
    assert browser.sign_in("bo@example.com")["user_id"] == town.known["bo"]
    return browser


@pytest.fixture
def coffee(town: Town) -> Browser:
    """The owner of a shop, signed in."""
    browser = Browser(town.url, town.known["wallet.app"], KEY)
    assert [app["app_id"] for app in browser.sign_in("coffee@example.com")["apps"]] == [town.known["coffee.app"]]
    return browser


def test_who_signed_in_acts_as_the_wallets_user_and_nobody_else(town: Town, bo: Browser) -> None:
    status, told = bo.call("kaifang.wallet.balance", {})
    assert status == 200 and told["available"]
    assert bo.call("kaifang.wallet.balance", {}, app=town.known["coffee.app"])[1]["code"] == "invalid-app-id"
    assert bo.call("kaifang.clock.move", {"by": "1d"}, app=town.known["house.app"])[1]["code"] == "invalid-app-id"


def test_an_owner_signs_as_an_app_of_their_own(town: Town, coffee: Browser) -> None:
    ask = {"out_trade_no": town.number("s"), "total_amount": "1.00", "subject": "茶"}
    path, body = "/v3/alipay/trade/precreate", json.dumps(ask).encode()
    with coffee.send("POST", path, body, town.known["coffee.app"], coffee.session) as response:
        assert response.status == 200 and "qr_code" in json.loads(response.read())
    assert coffee.call("kaifang.openapp.app.list", {}, app=town.known["coffee.app"])[1]["total"] == 1
    assert coffee.call("kaifang.openapp.app.list", {}, app=town.known["books.app"])[0] == 400


def test_another_key_signs_nothing_in_that_session(town: Town, bo: Browser) -> None:
    thief = Browser(town.url, town.known["wallet.app"])
    thief.session = bo.session
    status, told = thief.call("kaifang.wallet.balance", {})
    assert (status, told["code"]) == (400, "invalid-signature")


def test_a_new_session_opens_itself_and_nothing_else(town: Town) -> None:
    browser = Browser(town.url, town.known["wallet.app"], KEY)
    assert browser.call("kaifang.wallet.balance", {}, session="new")[0] == 400
    assert browser.call("kaifang.wallet.session.open", {}, app=town.known["coffee.app"], session="new")[0] == 400
    assert browser.call("kaifang.wallet.session.open", {"logon_id": "x"}, session="new")[0] == 400
    assert browser.sign_in("bo@example.com", "000000")["left"] == 4
    assert not browser.session
    assert browser.sign_in("bo@example.com")["session_id"]


def test_a_closed_session_is_over_at_once_everywhere(town: Town, bo: Browser) -> None:
    other = Browser(town.url, town.known["wallet.app"])
    other.sign_in("bo@example.com")
    assert len(bo.call("kaifang.wallet.session.list", {})[1]["sessions"]) == 2
    assert other.call("kaifang.wallet.session.close", {"session_id": bo.session})[1]["closed"] == 1
    assert bo.call("kaifang.wallet.balance", {})[1]["code"] == "invalid-auth-token"
    assert other.call("kaifang.wallet.balance", {})[0] == 200
    town.move(8 * DAY)
    assert other.call("kaifang.wallet.balance", {})[1]["code"] == "auth-token-time-out"


def test_a_changed_password_ends_the_other_sessions_only(town: Town, bo: Browser) -> None:
    other = Browser(town.url, town.known["wallet.app"])
    other.sign_in("bo@example.com")
    assert other.call("kaifang.wallet.password.change", {"password": "111111", "new_password": "long enough"})[0] == 200
    assert other.call("kaifang.wallet.balance", {})[0] == 200
    assert bo.call("kaifang.wallet.balance", {})[1]["code"] == "invalid-auth-token"


@pytest.mark.parametrize(("verb", "path"), [("POST", "/v3/kaifang/wallet/balance"), ("GET", "/v3/kaifang/live")])
def test_a_request_is_heard_once(town: Town, bo: Browser, verb: str, path: str) -> None:
    body = b"{}" if verb == "POST" else b""
    with bo.send(verb, path, body, bo.wallet, bo.session, nonce="once") as first:
        assert first.status == 200
    with bo.send(verb, path, body, bo.wallet, bo.session, nonce="once") as again:
        assert json.loads(again.read())["code"] == REPLAYED.code.removeprefix("isv.")


def test_an_app_with_a_users_token_does_not_hear_what_happens_to_the_user() -> None:
    told = {"app": "1", "merchant": "2088000000000001", "user": "2088000000000002", "scopes": ("auth_base",)}
    assert whom(Caller(role="merchant", **told)) == "2088000000000001"
    assert whom(Caller(role="wallet", **told)) == "2088000000000002"
    with pytest.raises(Fault):
        whom(Caller(role="wallet", merchant="2088000000000001"))


def test_a_page_hears_what_concerns_its_party_and_nothing_else(town: Town, coffee: Browser) -> None:
    bo = Browser(town.url, town.known["wallet.app"])
    bo.sign_in("bo@example.com")
    with coffee.listen(town.known["coffee.app"]) as shop, bo.listen() as wallet:
        order = {"total_amount": "1", "subject": "茶"}
        for seller, buyer in (("books", "anna"), ("coffee", "bo")):
            ask = {**order, "out_trade_no": town.number("t"), "buyer_id": town.known[buyer]}
            made = town.ask("alipay.trade.create", seller, **ask)
        town.ask("alipay.trade.close", "coffee", trade_no=made["trade_no"])
        assert next_event(shop)["subject"] == next_event(wallet)["subject"] == made["trade_no"]
    with Browser(town.url, town.known["wallet.app"]).listen() as stream:
        assert stream.status == 400


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Pages as they are built."""
    for name in ("wallet", "console"):
        (tmp_path / name / "assets").mkdir(parents=True)
        (tmp_path / name / "index.html").write_text(f"<!doctype html><title>{name}</title>")
        (tmp_path / name / "assets" / "main-1a2b.js").write_text("let a = 1;\n" * 200)
    (tmp_path / "secret.txt").write_text("secret")
    monkeypatch.setattr(static, "BUILT", tmp_path)
    yield tmp_path


def fetched(url: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """What a browser gets."""
    with closing(HTTPConnection(urlsplit(url).netloc, timeout=10)) as connection:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()


def test_pages_are_served_whole_kept_and_fenced_in(built: Path, town: Town) -> None:
    static.open_pages(town.door)
    status, headers, page = fetched(town.url, "/")
    assert status == 200 and b"wallet" in page and headers["cache-control"] == "no-cache"
    assert (
        "unsafe" not in headers["content-security-policy"]
        and "default-src 'none'" in headers["content-security-policy"]
    )
    assert fetched(town.url, "/", if_none_match=headers["etag"])[0] == 304
    status, headers, script = fetched(town.url, "/console/assets/main-1a2b.js", accept_encoding="gzip, br")
    assert "immutable" in headers["cache-control"] and gzip.decompress(script).startswith(b"let a")
    assert headers["content-type"].startswith("text/javascript")
    assert fetched(town.url, "/console")[1]["location"] == "/console/"
    for path in (
        "/assets/none.js",
        "/../secret.txt",
        "/console/../secret.txt",
        "/%2e%2e/secret.txt",
        "/console//etc/passwd",
    ):
        assert fetched(town.url, path)[0] in (400, 404), path


def test_pages_know_who_may_sign_in_here(town: Town) -> None:
    told = json.loads(fetched(town.url, "/surfaces.json")[2])
    assert told["app_id"] == town.known["wallet.app"] and told["sandbox"] is True
    assert {"name": "街角咖啡", "logon_id": "coffee@example.com", "kind": "merchant"} in told["people"]
