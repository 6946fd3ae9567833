"""Joining a merchant's members in a browser: by a link, with a form, here or back at the merchant."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

from tests.surfaces.conftest import Browser, Town

GENDER, CITY = "OPEN_FORM_FIELD_GENDER", "OPEN_FORM_FIELD_CITY"


def link(town: Town, **asked: str) -> str:
    """The path of a page on which people join the coffee shop's members."""
    template = town.ask(
        "alipay.marketing.card.template.create", "coffee", request_id=town.number("R"), card_type="OUT_MEMBER_CARD",
        biz_no_suffix_len="10", write_off_type="qrcode",
        template_style_info={"card_show_name": "咖啡 <b>会员", "logo_id": "L1"},
        template_benefit_info=[{"title": "生日赠饮"}],
        template_form_config={"fields": {"required": ["OPEN_FORM_FIELD_MOBILE", GENDER], "optional": [CITY]}},
    )["template_id"]  # fmt: skip
    told = town.ask("alipay.marketing.card.activateurl.apply", "coffee", template_id=template, **asked)
    return urlsplit(unquote(told["apply_card_url"])).path


def test_somebody_joins_where_the_page_is(town: Town, browser: Browser) -> None:
    path = link(town)
    page = browser.open(path)
    assert "生日赠饮" not in page.words, "who joins is signed in"
    page = browser.sign_in(page, "anna")
    assert "加入 街角咖啡 会员" in page.title and "咖啡 <b>会员" in page.words and "生日赠饮" in page.words
    assert page.form("agree")[1]["OPEN_FORM_FIELD_MOBILE"] == "13800000001", "what the platform knows is filled in"
    page = browser.press(page, "agree", **{CITY: "杭州"})
    assert "必填" in page.problem or "不完整" in page.problem, "the gender is missing"
    assert page.form("agree")[1][CITY] == "杭州", "what was written stays"
    page = browser.press(page, "agree", **{GENDER: "F"})
    assert "你已是会员" in page.title and "咖啡 <b>会员" in page.words
    held = town.ask("kaifang.card.held", "wallet", "anna")["cards"]
    assert any(one["card"] in page.words for one in held)
    assert "你已是会员" in browser.sign_in(browser.open(path), "anna").title


def test_somebody_goes_back_to_the_merchant_who_opens_the_card(town: Town) -> None:
    browser = Browser(town.url, "en")
    path = link(town, callback="https://coffee.example.com/card", out_string="poster & 1")
    page = browser.sign_in(browser.open(f"{path}?exposure=e1"), "anna")
    assert "coffee.example.com" in page.words and "Become a member of 街角咖啡" in page.title
    page = browser.press(page, "agree", **{GENDER: "F"})
    told = {name: values[0] for name, values in parse_qs(urlsplit(page.refresh).query).items()}
    assert page.refresh.startswith("https://coffee.example.com/card?") and told["out_string"] == "poster & 1"
    token = town.call("alipay.system.oauth.token", {}, grant_type="authorization_code", code=told["auth_code"])
    ask = {"biz_type": "MEMBER_CARD", "request_id": told["request_id"], "template_id": told["template_id"]}
    infos = town.call("alipay.marketing.card.activateform.query", ask, auth_token=token["access_token"])["infos"]
    assert GENDER in infos and "13800000001" in infos
    held = town.ask("kaifang.card.held", "wallet", "anna")["cards"]
    assert told["template_id"] not in [one["template"] for one in held], "the merchant opens it"


def test_who_does_not_want_to_tells_nothing(town: Town, browser: Browser) -> None:
    page = browser.press(browser.sign_in(browser.open(link(town)), "bo"), "refuse")
    assert "未同意" in page.title or "已拒绝" in page.title
    assert town.ask("kaifang.card.held", "wallet", "bo")["cards"] == []
    assert browser.open("/card/apply/..%2f").status == 404
    assert browser.sign_in(browser.open("/card/apply/nothing"), "bo").status == 400
