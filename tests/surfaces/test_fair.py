"""What is public of draws and pools: anybody can draw and split again, by a program and in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect, sync_playwright
from tests.surfaces.conftest import Browser, Town

from kaifang.cli import main
from kaifang.cli.fair import Read, public, verify
from kaifang.kernel import DAY, Moment, fair

PEOPLE = ("anna", "bo", "chen")


def collected(town: Town, rule: str) -> str:
    """A campaign in which three people draw five cards each and complete their sets; it goes on."""
    now = town.platform.clock.now()
    kinds = [{"code": "1", "name": "福", "weight": 1}, {"code": "9", "name": "万能", "weight": 1, "wild": True}]
    ask = {
        "name": "集", "host": town.known["house"], "start": str(Moment(now + 1000)),
        "opens": str(Moment(now + DAY)), "kinds": kinds, "rule": rule,
        "tasks": [{"code": "t", "name": "任务", "by": town.known["coffee"], "chances": 5}],
    }  # fmt: skip
    wufu = str(town.ask("kaifang.wufu.campaign.create", "operator", **ask)["campaign_id"])
    fund = town.ask("kaifang.wufu.pool.fund", "wallet", "coffee", campaign_id=wufu, amount="1.00", out_no="f")
    town.ask("kaifang.wufu.pool.confirm", subject=fund["fund_no"], user_id=town.known["coffee"])
    town.move(2000)
    for who in PEOPLE:
        town.ask("kaifang.wufu.task.report", "coffee", campaign_id=wufu, task="t", user_id=town.known[who], out_no="t")
        for number in range(5):
            town.ask("kaifang.wufu.draw", "wallet", who, campaign_id=wufu, out_no=f"d{number}")
        town.ask("kaifang.wufu.set.complete", "wallet", who, campaign_id=wufu)
    return wufu


@pytest.fixture(params=["equal", "random"])
def wufu(town: Town, request: pytest.FixtureRequest) -> Iterator[str]:
    """A campaign that is over."""
    campaign = collected(town, request.param)
    town.move(DAY + 10_000)
    yield campaign


def test_a_program_draws_and_splits_again(town: Town, wufu: str) -> None:
    found = list(verify(public(town.url, wufu)))
    assert len(found) == 6
    assert all(good for good, _ in found), found
    assert (True, "15 draws, 0 of them not as the seed says") in found
    assert (True, "the shares sum to 1.00, of 1.00 that there were") in found


def test_the_command_says_it_line_by_line(town: Town, wufu: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["wufu", "verify", wufu, "--at", town.url])
    assert ended.value.code == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "ok  the seed is the one that was promised", "ok  15 draws, 0 of them not as the seed says",
    ]  # fmt: skip
    with pytest.raises(SystemExit) as ended:
        main(["wufu", "verify", "none", "--at", town.url])
    assert ended.value.code == 1
    assert f"{town.url} knows no campaign none" in capsys.readouterr().err


def lying(read: Read, what: str, changed: dict[str, Any]) -> Read:
    """A platform that tells one draw or share otherwise."""

    def told(asked: str, after: str) -> dict[str, Any]:
        found = read(asked, after)
        return found | {what: [found[what][0] | changed, *found[what][1:]]} if asked == what else found

    return told


@pytest.mark.parametrize(
    ("what", "changed"),
    [("draws", {"got": "7"}), ("draws", {"number": 2}), ("draws", {"who": "0"}), ("shares", {"amount": "0.01"})],
)
def test_what_was_changed_is_found(town: Town, wufu: str, what: str, changed: dict[str, Any]) -> None:
    found = list(verify(lying(public(town.url, wufu), what, changed)))
    assert not all(good for good, _ in found), found


def test_the_seed_is_a_secret_until_all_is_over(town: Town, browser: Browser) -> None:
    campaign = collected(town, "equal")
    ((good, what),) = verify(public(town.url, campaign))
    assert not good and "secret" in what
    page = browser.open(f"/fair/{campaign}")
    assert "结束后公布" in page.words and page.status == 200
    assert browser.open("/fair/none").status == 404
    assert browser.open("/fair/..%2f").status == 404


@pytest.mark.parametrize("lie", [False, True])
def test_a_browser_draws_and_splits_again(town: Town, wufu: str, chromium: str, lie: bool) -> None:
    with sync_playwright() as driver:
        chrome = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = chrome.new_page(locale="zh-CN")
        if lie:
            page.route(
                "**/draws?*", lambda route: route.fulfill(body=route.fetch().text().replace('"got":"1"', '"got":"2"'))
            )
        page.goto(f"{town.url}/fair/{wufu}")
        page.click("#run")
        expect(page.locator("#check")).to_have_attribute("data-done", "yes")
        said = page.locator("#said li").all_inner_texts()
        assert len(said) == 4
        assert [line[0] for line in said] == ["✓", "✗" if lie else "✓", "✓", "✓"], said
        assert "15 次抽取" in said[1] and "¥1.00" in said[3]
        weights = page.evaluate("Seed.of('s').then((seed) => seed.weights('w', 9)).then((found) => found.map(String))")
        assert weights == [str(weight) for weight in fair.weights("s", "w", 0, 9)], "shares rarely show the difference"
        chrome.close()


def test_cash_and_prizes_are_drawn_again_too(town: Town) -> None:
    """Also where an amount or a prize was asked for, and where nothing of it was left; the cash is enough for all."""
    start, end = town.platform.clock.now(), str(Moment(town.platform.clock.now() + 9 * DAY))
    cash = town.ask(
        "alipay.marketing.campaign.cash.create", "coffee", coupon_name="红包", prize_type="random", total_money="20.00",
        total_num=20, prize_msg="恭喜", start_time="NowTime", end_time=end, send_freqency="L9",
    )["crowd_no"]  # fmt: skip
    town.ask("kaifang.campaign.cash.confirm", subject=cash, user_id=town.known["coffee"])
    town.move(0)
    lottery = town.ask(
        "alipay.marketing.campaign.drawcamp.create", "coffee", camp_code=town.number("K"), camp_name="抽奖",
        camp_start_time=str(Moment(start))[:10], camp_end_time=end, award_rate=80,
        prize_list=[{"prize_name": "凭证", "prize_total": 2}],
    )["camp_id"]  # fmt: skip
    prize = town.ask(
        "alipay.marketing.campaign.prizepool.prize.create", "coffee", pool_id=lottery, out_biz_id="p",
        prize_name="手气", prize_type="CASH", budget_amount=5,
        prize_price_strategy={"strategy_type": "RANDOM_PRICE", "min_price": "0.01", "max_price": "0.09"},
    )["prize_id"]  # fmt: skip
    going = {"camp_id": lottery, "camp_status": "CAMP_GOING"}
    town.ask("alipay.marketing.campaign.drawcamp.status.update", "coffee", **going)
    for number, who in enumerate(PEOPLE * 3):
        known = {"user_id": town.known[who], "out_biz_no": f"n{number}"}
        asked = {"order_price": "0.21"} if number == 4 else {}
        town.ask("alipay.marketing.campaign.cash.trigger", "coffee", crowd_no=cash, **known, **asked)
        wanted = {"prize_id": prize} if number % 2 else {}
        town.ask("alipay.marketing.campaign.drawcamp.trigger", "coffee", camp_id=lottery, **known, **wanted)
    town.ask("alipay.marketing.campaign.cash.status.modify", "coffee", crowd_no=cash, camp_status="CLOSED")
    town.ask("alipay.marketing.campaign.drawcamp.status.update", "coffee", **going | {"camp_status": "CAMP_ENDED"})
    for campaign in (cash, lottery):
        found = list(verify(public(town.url, campaign)))
        assert (True, "9 draws, 0 of them not as the seed says") in found, found
        assert all(good for good, _ in found), found
