"""Consent: an app learns who its users are, and a service provider acts for the merchants that let it."""

from __future__ import annotations

import json

import pytest
from tests.surfaces.conftest import Browser
from tests.wire.clients import Client
from tests.wire.town import BATCH_CONSENT, MERCHANTS_CONSENT, USERS_CONSENT, Town, queried


def test_a_user_signs_in_with_the_wallet(town: Town, client: Client) -> None:
    url = town.consent(USERS_CONSENT, "coffee", scope="auth_user")
    back = queried(town.buyer("bo").approve(url))
    assert (back["state"], back["scope"]) == ("c2hlbGY=", "auth_user")
    asked = {"grant_type": "authorization_code", "code": back["auth_code"]}
    token = client.ask("alipay.system.oauth.token", asked)
    assert token["user_id"] == town.person("bo")["user_id"]
    known = client.ask("alipay.user.info.share", {}, auth_token=token["access_token"])
    assert (known["user_id"], known["gender"], known["city"]) == (token["user_id"], "M", "杭州市")
    fresh = {"grant_type": "refresh_token", "refresh_token": token["refresh_token"]}
    assert client.ask("alipay.system.oauth.token", fresh)["access_token"] != token["access_token"]


def test_a_user_consents_on_the_page(town: Town, sdk: Client, browser: Browser) -> None:
    anna = town.buyer("anna")
    page = browser.sign_in(browser.open(town.consent(USERS_CONSENT, "coffee", scope="auth_user")), "anna")
    assert "街角咖啡" in page.words and not page.refresh
    back = queried(browser.press(page, "agree").refresh)
    token = sdk.ask("alipay.system.oauth.token", {"grant_type": "authorization_code", "code": back["auth_code"]})
    assert token["user_id"] == anna.person["user_id"]
    anna.ask("kaifang.account.consent.withdraw", app_id=town.app("coffee")["app_id"])
    with pytest.raises(Exception, match="token"):
        sdk.ask("alipay.user.info.share", {}, auth_token=token["access_token"])


def test_a_merchant_authorises_for_all_its_applications_at_once(town: Town, sdk: Client) -> None:
    books, house = town.app("books"), next(app["app_id"] for app in town.world["apps"] if app["role"] == "operator")
    mini = {"party": books["pid"], "name": "书店小程序", "kind": "MINI"}
    made = json.loads(town.kaifang("call", "kaifang.openapp.app.create", json.dumps(mini), "--app", house))["app_id"]
    url = town.consent(BATCH_CONSENT, "helper", application_type="TINYAPP,WEBAPP")
    back = queried(town.kaifang("buyer", "approve", "books", url).strip())
    assert (back["application_type"], back["source"]) == ("TINYAPP,WEBAPP", "alipay_app_auth")
    asked = {"grant_type": "authorization_code", "code": back["app_auth_code"]}
    given = sdk.as_app("helper").ask("alipay.open.auth.token.app", asked)
    assert {books["app_id"], made} <= {one["auth_app_id"] for one in given["tokens"]}
    assert given["app_auth_token"] == given["tokens"][0]["app_auth_token"]
    assert len({one["app_auth_token"] for one in given["tokens"]}) == len(given["tokens"])


def test_a_service_provider_acts_for_a_merchant(town: Town, sdk: Client, browser: Browser) -> None:
    page = browser.open(town.consent(MERCHANTS_CONSENT, "helper"))
    page = browser.sign_in(page, "coffee")
    assert "好帮手" in page.words
    back = queried(browser.press(page, "agree").refresh)
    helper = sdk.as_app("helper")
    given = helper.ask(
        "alipay.open.auth.token.app", {"grant_type": "authorization_code", "code": back["app_auth_code"]}
    )
    assert (given["user_id"], given["auth_app_id"]) == (town.app("coffee")["pid"], town.app("coffee")["app_id"])
    token = given["app_auth_token"]
    asked = {
        "out_trade_no": town.number("I"), "total_amount": "5.00", "subject": "蛋糕", "scene": "bar_code",
        "auth_code": town.buyer("anna").code(),
    }  # fmt: skip
    helper.ask("alipay.trade.pay", asked, app_auth_token=token)
    seen = sdk.ask("alipay.trade.query", {"out_trade_no": asked["out_trade_no"]})
    assert seen["trade_status"] == "TRADE_SUCCESS", "the merchant itself sees what was taken for it"
    assert helper.refusal("alipay.trade.query", {"out_trade_no": asked["out_trade_no"]}) == "ACQ.TRADE_NOT_EXIST"
