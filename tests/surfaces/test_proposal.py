"""A proposal in a browser: who is asked signs in, reads it, and answers once."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.surfaces.conftest import Browser, Town


def proposed(town: Town) -> str:
    """The path of a page on which the coffee shop is asked for something."""
    until = town.platform.clock.now() + 60_000
    told = town.ask(
        "kaifang.proposal.open", party=town.known["coffee"], proposer=town.known["helper"], kind="test", subject="T1",
        zh="开通当面付", en="Face to face payment", points=[{"zh": "费率", "en": "Rate", "value": "<b>0.6%"}],
        until=until,
    )  # fmt: skip
    return urlsplit(told["url"]).path


def test_who_is_asked_agrees_once(town: Town, browser: Browser) -> None:
    path = proposed(town)
    page = browser.open(path)
    assert "开通当面付" not in page.words, "only who is asked reads it"
    page = browser.sign_in(page, "coffee")
    assert "好帮手服务商 请您确认" in page.words and "费率: <b>0.6%" in page.words
    page = browser.press(page, "agree")
    assert "已同意" in page.title
    assert "已同意" in browser.sign_in(browser.open(path), "coffee").title


def test_nobody_else_answers(town: Town, browser: Browser) -> None:
    page = browser.sign_in(browser.open(proposed(town)), "books")
    assert page.status == 400 and "开通当面付" not in page.words
    assert browser.open("/proposal/..%2f").status == 404
