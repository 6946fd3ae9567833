"""Members' cards, vouchers and five blessings as two friends use them in the wallet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from kaifang.cli.buyer import Buyer
from kaifang.cli.client import Client
from kaifang.cli.home import Home
from tests.pages.visitor import PATIENCE_MS, PHONE, Visitor
from tests.wire.town import Town

PHOTO = '<p style="font:400px serif;text-align:center;margin:40px;color:#111">{}</p>'
Enter = Callable[[str], Page]


@pytest.fixture
def enter(city: Town, chrome: Browser) -> Iterator[Enter]:
    """Somebody signs in at the wallet on a phone; in the end no page has complained."""
    visitors: list[Visitor] = []

    def entered(name: str) -> Page:
        visitor = Visitor(chrome, city.world["base_url"], "/", viewport=PHONE)
        visitors.append(visitor)
        visitor.sign_in(f"{name}@example.com")
        return visitor.page

    expect.set_options(timeout=PATIENCE_MS)
    yield entered
    for visitor in visitors:
        visitor.close()
    lines = [line for visitor in visitors for line in visitor.complaints]
    assert not [line for line in lines if "Failed to load resource" not in line]  # a refusal is one to a browser


@pytest.fixture
def campaign(city: Town) -> Iterator[str]:
    """A campaign of one kind of cards and an hour, with eight yuan in its pool."""
    home = Home(city.home)
    house, tea = Client.of(home, "house"), Buyer(home, "tea")
    now = datetime.fromisoformat(house.call("kaifang.clock.read", {})["now"])
    told = house.call("kaifang.wufu.campaign.create", {
        "name": "一小时集福", "host": house.app["pid"], "start": str(now + timedelta(seconds=2)), "daily": 2,
        "opens": str(now + timedelta(hours=1)), "kinds": [{"code": "1", "name": "敬业福", "weight": 1}],
    })  # fmt: skip
    path = tea.ask("kaifang.wufu.pool.fund", campaign_id=told["campaign_id"], amount="8.88", out_no="f")["path"]
    tea.pay(path)
    city.kaifang("clock", "--by", "3s")
    yield told["campaign_id"]


def photo(chrome: Browser, letter: str) -> bytes:
    """A photo of a letter."""
    page = chrome.new_page(viewport={"width": 500, "height": 600})
    page.set_content(PHOTO.format(letter))
    taken = page.screenshot(type="jpeg")
    page.close()
    return taken


def scan(page: Page, picture: bytes) -> None:
    """Choose a picture on the page for scanning."""
    page.locator('input[type="file"]').set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture})


def go(page: Page, place: str) -> None:
    """Follow a link to a page of the wallet."""
    page.evaluate("place => { location.hash = place }", place)


def test_a_card_is_scanned_given_and_made_a_share_that_the_device_checks(
    city: Town, chrome: Browser, campaign: str, enter: Enter
) -> None:
    anna, bo = enter("anna"), enter("bo")
    go(anna, f"/wufu/{campaign}")
    anna.get_by_role("link", name=re.compile("扫福")).click()
    scan(anna, photo(chrome, "猫"))
    expect(anna.get_by_role("alert")).to_contain_text("没有认出福字")
    scan(anna, photo(chrome, "福"))
    expect(anna.get_by_text("得到一张敬业福")).to_be_visible()
    anna.get_by_role("button", name="再扫一个").click()
    scan(anna, photo(chrome, "福"))
    expect(anna.get_by_text("得到一张敬业福")).to_be_visible()
    anna.get_by_role("link", name="看我的福卡").click()

    anna.get_by_role("button", name=re.compile("敬业福.*×2")).click()
    anna.get_by_role("button", name="送给好友").click()
    anna.get_by_label("好友的账号").fill("bo@example.com")
    anna.get_by_role("button", name="送出").click()
    expect(anna.get_by_text(re.compile("已送出"))).to_be_visible()
    anna.get_by_role("button", name="好", exact=True).click()

    go(bo, f"/wufu/{campaign}/friends")
    expect(bo.get_by_text("安娜送给你")).to_be_visible()
    bo.get_by_role("button", name="收下").click()
    expect(bo.get_by_text("已完成")).to_be_visible()
    for page in (anna, bo):
        go(page, f"/wufu/{campaign}")
        page.get_by_role("button", name="合成五福").click()
        page.get_by_role("dialog").get_by_role("button", name="合成五福").click()
        expect(page.get_by_text("已集齐，等待开奖")).to_be_visible()

    city.kaifang("clock", "--by", "61m")
    go(anna, f"/wufu/{campaign}/opening")
    expect(anna.get_by_text("你分到")).to_be_visible()
    expect(anna.get_by_text("¥4.44").first).to_be_visible()
    anna.get_by_role("link", name="验证每一份").click()
    anna.get_by_role("button", name="在这台设备上重算").click()
    for said in ("种子与事先公布的指纹一致", "重算了2次抽卡，0次不符", "重算了2份奖金，0份不符", "一分不差"):
        expect(anna.get_by_text(re.compile(said))).to_be_visible()


def test_a_voucher_is_taken_and_read_and_a_card_joined_shown_and_left(enter: Enter) -> None:
    bo = enter("bo")
    go(bo, "/cards/offers")
    bo.get_by_role("link", name=re.compile("清茶满20减5")).click()
    bo.get_by_role("button", name="免费领取").click()
    bo.get_by_role("link", name="查看这张券").click()
    expect(bo.get_by_text("不用出示")).to_be_visible()

    go(bo, "/cards/join")
    bo.get_by_role("link", name=re.compile("清禾茶友")).click()
    expect(bo.get_by_text("13800000002")).to_be_visible()
    bo.get_by_role("button", name="同意并加入").click()
    expect(bo.get_by_role("img", name=re.compile("会员码 29")).first).to_be_visible()
    bo.get_by_role("button", name="退出会员").click()
    bo.get_by_role("button", name="确认退出").click()
    expect(bo.get_by_text("还没有会员卡")).to_be_visible()


def test_what_is_bought_waits_with_its_code_and_can_be_given_back(city: Town, enter: Enter) -> None:
    page = enter("chen")
    go(page, "/cards/offers/sold")
    page.get_by_role("link", name=re.compile("双人茶点套餐")).click()
    page.get_by_role("button", name=re.compile("购买")).click()
    page.get_by_role("button", name=re.compile("确认付款")).click()
    page.get_by_role("dialog").wait_for()
    page.keyboard.type("111111")
    expect(page.locator(".m-end")).to_contain_text("¥29.90")
    go(page, "/cards/vouchers")
    page.get_by_role("link", name=re.compile("双人茶点套餐")).click()
    expect(page.get_by_role("img", name=re.compile("券码")).first).to_be_visible()
    page.get_by_role("button", name="退券").click()
    page.get_by_role("button", name="确认退券").click()
    expect(page.get_by_text("已退回¥29.90")).to_be_visible()
    assert city.buyer("chen").ask("kaifang.voucher.mine")["counts"]["INVALID"] == 1
