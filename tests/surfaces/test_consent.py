"""Consent in a browser: silent where nothing is asked, shown where it is, and given only by who signs in."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from tests.surfaces.conftest import Browser, Page, Town

BACK = "https://coffee.example.com/back?shelf=3"
HELPER = "https://helper.example.com/back"


def consent(town: Town, scope: str, **more: str) -> str:
    """The address of a consent page of the coffee shop's."""
    asked = {"app_id": town.known["coffee.app"], "scope": scope, "redirect_uri": BACK, "state": "a1"} | more
    return "/oauth2/publicAppAuthorize.htm?" + urlencode(asked)


def delegation(town: Town, page: str = "appToAppAuth", **more: str) -> str:
    """The address of a page on which a merchant authorises the helper."""
    asked = {"app_id": town.known["helper.app"], "redirect_uri": HELPER, "state": "b2"} | more
    return f"/oauth2/{page}.htm?" + urlencode(asked)


def told(page: Page) -> dict[str, str]:
    """What the browser takes back."""
    return dict(parse_qsl(urlsplit(page.refresh).query))


def test_base_is_silent(town: Town, browser: Browser) -> None:
    page = browser.open(consent(town, "auth_base"))
    assert page.status == 200 and "街角咖啡 请求授权" in page.title
    page = browser.sign_in(page, "bo")
    back = told(page)
    assert page.refresh.startswith("https://coffee.example.com/back?")
    assert back["shelf"] == "3" and back["state"] == "a1" and back["source"] == "alipay_wallet"
    assert back["scope"] == "auth_base" and back["app_id"] == town.known["coffee.app"]
    answer = town.call("alipay.system.oauth.token", {}, grant_type="authorization_code", code=back["auth_code"])
    assert answer["user_id"] == town.known["bo"]


def test_user_is_asked_once(town: Town, browser: Browser) -> None:
    town.newcomer("dora")
    page = browser.sign_in(browser.open(consent(town, "auth_base,auth_user")), "dora")
    assert "获取你的昵称" in page.words and "之后返回 coffee.example.com" in page.words and not page.refresh
    page = browser.press(page, "agree")
    assert "已同意" in page.title
    code = told(page)["auth_code"]
    token = town.call("alipay.system.oauth.token", {}, grant_type="authorization_code", code=code)["access_token"]
    assert town.call("alipay.user.info.share", {}, auth_token=token)["code"] == "10000"
    page = browser.sign_in(browser.open(consent(town, "auth_user")), "dora")
    assert "auth_code" in told(page), "whoever has consented is not asked again"


def test_who_refuses_gives_nothing(town: Town, browser: Browser) -> None:
    town.newcomer("egon")
    page = browser.press(browser.sign_in(browser.open(consent(town, "auth_user")), "egon"), "refuse")
    assert "已拒绝" in page.title
    assert told(page)["error_scope"] == "auth_user" and "auth_code" not in told(page)
    page = browser.sign_in(browser.open(consent(town, "auth_user")), "egon")
    assert "获取你的昵称" in page.words, "who refused is asked again"


def test_the_gateways_page_leads_here(town: Town, browser: Browser) -> None:
    asked = {"scopes": ["auth_user"], "state": "c3"}
    page = browser.open("/gateway.do?" + town.order("alipay.user.info.auth", asked, return_url=BACK))
    assert browser.went[0].startswith("/oauth2/publicAppAuthorize.htm?") and page.status == 200
    assert "街角咖啡 请求授权" in page.title


@pytest.mark.parametrize(
    "wrong",
    [
        {"redirect_uri": "https://coffee.example.com.evil.example/back"},
        {"redirect_uri": "https://evil.example/back"},
        {"redirect_uri": "javascript:alert(1)"},
        {"redirect_uri": "//evil.example"},
        {"redirect_uri": ""},
        {"app_id": "2021999999999999"},
        {"app_id": ""},
        {"scope": "everything"},
        {"scope": ""},
        {"state": "x" * 101},
    ],
)
def test_a_page_that_asks_wrongly_leads_nowhere(town: Town, browser: Browser, wrong: dict[str, str]) -> None:
    page = browser.open(consent(town, **{"scope": "auth_user"} | wrong))
    assert page.status == 400 and "无法处理" in page.title
    assert not page.refresh and set(page.links()) == {"English"}
    assert next(iter(wrong)) in page.words


def test_a_session_is_good_for_what_was_asked(town: Town, browser: Browser) -> None:
    """Whoever signed in to be recognised has not agreed that their profile is told."""
    page = browser.sign_in(browser.open(consent(town, "auth_user")), "bo")
    _, fields = page.form("agree")
    for other in (consent(town, "auth_user,auth_zhima"), consent(town, "auth_user", state="a2"), delegation(town)):
        stolen = browser.open(other, fields | {"step": "agree"})
        assert "登录已过期" in stolen.problem and not stolen.refresh


def test_a_merchant_lets_a_helper_act(town: Town, browser: Browser) -> None:
    page = browser.open(delegation(town))
    assert "让 好帮手 代你经营？" in page.title
    assert "anna@example.com" not in page.text, "consumers are not proposed where a merchant decides"
    page = browser.sign_in(page, "coffee")
    assert "街角咖啡" in page.words and page.form("agree")[1]["auth_app_id"] == town.known["coffee.app"]
    page = browser.press(page, "agree")
    back = told(page)
    assert page.refresh.startswith(HELPER) and back["state"] == "b2" and back["source"] == "alipay_app_auth"
    asked = {"grant_type": "authorization_code", "code": back["app_auth_code"]}
    given = town.call("alipay.open.auth.token.app", asked, "helper")
    assert (given["auth_app_id"], given["user_id"]) == (town.known["coffee.app"], town.known["coffee"])
    seen = town.call("alipay.open.auth.token.app.query", {"app_auth_token": given["app_auth_token"]}, "helper")
    assert seen["is_by_app_auth"] == "true"


def test_a_merchant_chooses_for_what(town: Town, browser: Browser) -> None:
    page = browser.sign_in(browser.open(delegation(town, "appToAppBatchAuth")), "books")
    none = browser.press(page, "agree", extent="chosen")
    assert "请至少选择一项能力" in none.problem and not none.refresh
    both = browser.press(page, "agree", ability="trade")
    assert "请再选一次" in both.problem and not both.refresh, "everything is not given to who ticked a part"
    page = browser.press(page, "agree", extent="chosen", ability="trade")
    asked = {"grant_type": "authorization_code", "code": told(page)["app_auth_code"]}
    token = town.call("alipay.open.auth.token.app", asked, "helper")["app_auth_token"]
    seen = town.call("alipay.open.auth.token.app.query", {"app_auth_token": token}, "helper")
    assert "alipay.trade.pay" in seen["auth_methods"] and "alipay.fund.trans.uni.transfer" not in seen["auth_methods"]


def test_a_merchant_answers_for_several_applications(town: Town, browser: Browser) -> None:
    town.newcomer("greta")
    party = town.ask("kaifang.account.party.find", logon_id="greta@example.com")["user_id"]
    opened = [("网站", "WEB"), ("小程序", "MINI"), ("第二个网站", "WEB")]
    site, mini, other = [
        town.ask("kaifang.openapp.app.create", "operator", party=party, name=name, kind=kind)["app_id"]
        for name, kind in opened
    ]
    asked = delegation(town, "appToAppBatchAuth", application_type="TINYAPP,WEBAPP")
    page = browser.sign_in(browser.open(asked), "greta")
    assert all(f'type="checkbox" name="auth_app_id" value="{one}"' in page.text for one in (site, mini, other))
    none = browser.press(page, "agree")
    assert "请选择" in none.problem and not none.refresh, "nothing is ticked beforehand where there is a choice"
    action, fields = page.form("agree")
    sent = [(name, value) for name, value in fields.items() if name != "auth_app_id"]
    sent += [("step", "agree"), ("auth_app_id", site), ("auth_app_id", mini)]
    foreign = browser.open(action, [*sent, ("auth_app_id", town.known["books.app"])])
    assert "请选择" in foreign.problem and not foreign.refresh
    assert f'value="{site}" checked' in foreign.text, "what was ticked stays so"
    back = told(browser.open(action, sent))
    assert back["application_type"] == "TINYAPP,WEBAPP"
    given = town.call(
        "alipay.open.auth.token.app", {"grant_type": "authorization_code", "code": back["app_auth_code"]}, "helper"
    )
    assert [one["auth_app_id"] for one in given["tokens"]] == [site, mini]
    single = browser.open(action.replace("appToAppBatchAuth", "appToAppAuth"), sent)
    assert "登录已过期" in single.problem, "a session of this page is good for no other"
    page = browser.sign_in(browser.open(delegation(town, application_type="TINYAPP")), "greta")
    assert page.form("agree")[1]["auth_app_id"] == mini and site not in page.text


def test_a_merchant_refuses(town: Town, browser: Browser) -> None:
    page = browser.press(browser.sign_in(browser.open(delegation(town)), "coffee"), "refuse")
    assert "已拒绝" in page.title and not page.refresh
    assert page.links()["返回 helper.example.com"] == "https://helper.example.com/"


def test_only_its_own_application_can_be_given(town: Town, browser: Browser) -> None:
    page = browser.sign_in(browser.open(delegation(town)), "coffee")
    page = browser.press(page, "agree", auth_app_id=town.known["books.app"])
    assert "请选择一个应用" in page.problem and not page.refresh


def test_who_has_no_application_is_told(town: Town, browser: Browser) -> None:
    page = browser.sign_in(browser.open(delegation(town)), "anna")
    assert "没有可授权的应用" in page.words and 'value="agree"' not in page.text


def test_an_invitation_leads_to_the_page(town: Town, browser: Browser) -> None:
    invited = town.call("alipay.open.auth.appauth.invite.create", {"redirect_url": HELPER}, "helper")
    assert "让 好帮手 代你经营？" in browser.open(invited["task_page_url"]).title


@pytest.mark.parametrize(
    "wrong",
    [
        {"app_id": "coffee"},
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": ""},
        {"state": "<b>"},
        {"application_type": "WATCHAPP"},
    ],  # fmt: skip
)
def test_a_delegation_that_asks_wrongly_leads_nowhere(town: Town, browser: Browser, wrong: dict[str, str]) -> None:
    asked = {name: town.known.get(f"{value}.app", value) for name, value in wrong.items()}
    page = browser.open(delegation(town, **asked))
    assert page.status == 400 and not page.refresh and set(page.links()) == {"English"}
