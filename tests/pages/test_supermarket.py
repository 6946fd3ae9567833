"""The supermarket's customer, in her wallet on a phone, beside the merchant's console on a desk that was left open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from rich.console import Console

from kaifang.cli.home import Home
from kaifang.cli.supermarket import BASKET, POOL, SHARES, Supermarket
from tests.pages.visitor import DESK, PATIENCE_MS, PHONE, Visitor
from tests.wire.town import Town


@pytest.fixture
def story(city: Town) -> Supermarket:
    """A supermarket with its recipe and a campaign of five blessings; Lily has not heard of it."""
    story = Supermarket(Home(city.home), Console(quiet=True))
    for chapter in (story.published, story.installed, story.announced):
        chapter()
    return story


@pytest.fixture
def lily(story: Supermarket, chrome: Browser) -> Iterator[Visitor]:
    """Lily, who stands before the supermarket with her phone."""
    options = {"viewport": PHONE, "geolocation": story.place, "permissions": ["geolocation"]}
    yield from signed_in(Visitor(chrome, story.house.url, "/", **options), f"lily-{story.run}")


@pytest.fixture
def oasis(story: Supermarket, chrome: Browser) -> Iterator[Visitor]:
    """The supermarket's owner at a desk."""
    yield from signed_in(Visitor(chrome, story.house.url, "/console/", viewport=DESK), f"oasis-{story.run}")


def signed_in(visitor: Visitor, who: str) -> Iterator[Visitor]:
    """Somebody who signs in, and of whose pages none complains."""
    expect.set_options(timeout=PATIENCE_MS)
    visitor.sign_in(f"{who}@example.com")
    yield visitor
    visitor.close()
    assert not visitor.complaints, "\n".join(visitor.complaints)


def figure(page: Page, title: str) -> Locator:
    """A figure of the console, by what stands above it."""
    return page.locator("dl", has=page.locator("dt", has_text=re.compile(f"^{title}"))).locator("dd")


def test_a_customer_is_won_in_her_wallet_before_the_merchants_eyes(
    story: Supermarket, lily: Visitor, oasis: Visitor
) -> None:
    today, phone = oasis.page, lily.page
    oasis.go("#/merchant")
    expect(figure(today, "支付订单")).to_have_text("0")
    story.delivered()
    expect(today.get_by_role("link", name="Groceries, to the door")).to_be_visible()
    expect(figure(today, "支付订单")).to_have_text("1")

    stands_before_the_shop(lily)
    code = shows_her_code(lily)
    story.coffee.call(
        "alipay.trade.pay", out_trade_no=f"{story.run}-coffee", scene="bar_code", auth_code=code,
        total_amount="18.00", subject="Latte",
    )  # fmt: skip
    expect(phone.get_by_role("heading", name="支付成功").first).to_be_visible()
    expect(phone.get_by_text("¥18.00")).to_be_visible()
    offered = phone.locator(f'a[href*="{story.voucher}"]')  # the demo's supermarket has one of that name, too
    expect(offered).to_contain_text(re.compile("满30减8.*绿洲超市.*推荐理由：.+优惠券"))
    offered.click()
    phone.get_by_role("button", name="免费领取").click()
    expect(phone.get_by_text("领到了")).to_be_visible()

    shows_her_code(lily)
    story.walked_in()
    expect(phone.get_by_text("¥60.00")).to_be_visible()
    expect(phone.get_by_text(f"原价¥{BASKET}")).to_be_visible()
    for title, value in (("支付订单", "2"), ("新会员", "1"), ("用券", "1")):
        expect(figure(today, title)).to_have_text(value)
    expect(today.get_by_role("link", name="Fruit and fish")).to_be_visible()

    phone.get_by_role("link", name=re.compile("绿洲超市送敬业福")).click()
    takes_the_card(phone)
    expect(phone.get_by_text("得到一张敬业福")).to_be_visible()
    lily.go("#/cards")
    expect(phone.get_by_role("link", name=re.compile("绿洲会员"))).to_contain_text("88积分")

    completes_her_set(story, lily)
    story.house.call("kaifang.clock.move", {"to": str(story.opens + timedelta(seconds=10))})
    lily.go(f"#/wufu/{story.wufu}/opening")
    expect(phone.get_by_text("你分到")).to_be_visible()
    expect(phone.get_by_text(re.compile("|".join(f"^¥{share}$" for share in SHARES))).first).to_be_visible()
    expect(phone.get_by_text(f"共¥{POOL}，2人")).to_be_visible()

    oasis.go("#/merchant/funnel")
    acquired = {"点击": "2", "领取": "2", "使用": "1", "成交": "1", "成交金额": f"¥{BASKET}"}
    kept = {"新会员": "1", "首购订单": "0", "复购订单": "1"}
    for title, value in (acquired | kept).items():
        expect(figure(today, f"{title}$")).to_have_text(value)


def stands_before_the_shop(lily: Visitor) -> None:
    """She lets her wallet know where she is."""
    lily.go("#/shops")
    lily.page.get_by_role("button", name="选择位置").click()
    lily.page.get_by_role("button", name="使用当前位置").click()
    expect(lily.page.get_by_role("link", name=re.compile("绿洲超市北山店.* 0 m$"))).to_be_visible()


def shows_her_code(lily: Visitor) -> str:
    """Her pay code, as a till reads it off her screen."""
    with lily.page.expect_response(re.compile("/fund/code/create$")) as made:
        lily.go("#/paycode")
    expect(lily.page.get_by_role("img", name="付款条形码")).to_be_visible()
    return str(made.value.json()["auth_code"])


def takes_the_card(phone: Page) -> None:
    """She takes what a merchant hands out."""
    phone.get_by_role("button", name="领福卡").click()
    expect(phone.get_by_text("得到一张")).to_be_visible()


def completes_her_set(story: Supermarket, lily: Visitor) -> None:
    """Three cards from the bookshop, and one from Anna."""
    phone = lily.page
    story.anna_completes()
    for kind in ("1002", "1003", "1004"):
        lily.go(f"#/wufu/place/{story.corners[kind]}")
        takes_the_card(phone)
    lily.go(f"#/wufu/{story.wufu}/friends")
    story.given_by_anna("1005")
    expect(phone.get_by_text("安娜送给你")).to_be_visible()
    phone.get_by_role("button", name="收下").click()
    expect(phone.get_by_text("已完成")).to_be_visible()
    lily.go(f"#/wufu/{story.wufu}")
    phone.get_by_role("button", name="合成五福").click()
    phone.get_by_role("dialog").get_by_role("button", name="合成五福").click()
    expect(phone.get_by_text("已集齐，等待开奖")).to_be_visible()
