"""A small world of draws: budgets are never exceeded, odds are as declared, every draw can be drawn again."""

from __future__ import annotations

import asyncio
import hmac
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.town import open_platform, settle_town

from kaifang.kernel import Money, fair
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.fair import Outcome
from kaifang.kernel.ledger import Purse
from kaifang.kernel.store.sqlite import Sqlite
from kaifang.kernel.story import Step, Told
from kaifang.kernel.verify import verify

PEOPLE = ("anna", "bo", "chen", "dana", "emil", "fang")
CAMPAIGN = "alipay.marketing.campaign"


class World:
    """A town in which the coffee shop has campaigns."""

    def __init__(self, path: Path) -> None:
        self.loop = asyncio.new_event_loop()
        self.platform = open_platform(Sqlite(path / "town.db"))
        self.known = settle_town(self.platform, self.loop)
        self.door = KernelDoor(self.platform, self.known, self.loop)

    def call(self, name: str, ask: dict[str, Any], by: str = "coffee") -> Told:
        """One call."""
        return self.door.call(Step(call=name, by=by), ask)

    def balance(self, who: str) -> Money:
        """What somebody has."""
        return self.platform.read(lambda work: work.balance(Purse(self.known[who])))

    def fair(self, campaign: str) -> dict[str, Any]:
        """What is public of a campaign, read three draws at a time."""
        told = self.call("kaifang.campaign.fair", {"campaign_id": campaign, "limit": 3}).fields
        draws = told["draws"]
        while "more" in told:
            ask = {"campaign_id": campaign, "limit": 3, "after": told["more"]}
            told = self.call("kaifang.campaign.fair", ask).fields
            draws = draws + told["draws"]
        return told | {"draws": draws}


@pytest.fixture
def world() -> Iterator[World]:
    """A fresh town."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        yield world
        with world.platform.store.engine.reading():
            assert verify(world.platform.store.engine).broken is None
        world.platform.store.engine.close()
        world.loop.close()


def drawn_again(told: dict[str, Any], campaign: str) -> None:
    """Every draw comes to what the seed says, and nobody's are missing."""
    assert fair.commitment(told["seed"]) == told["commitment"]
    for one in told["draws"]:
        rule = msgspec.convert(told["rules"][one["rule"]], list[Outcome])
        got, fen = fair.draw(told["seed"], rule, campaign, one["who"], one["number"])
        assert got == one["got"]
        assert one.get("gone") or one["amount"] == str(Money(fen))
    numbers = Counter(one["who"] for one in told["draws"])
    assert {(one["who"], one["number"]) for one in told["draws"]} == {
        (who, number) for who, count in numbers.items() for number in range(1, count + 1)
    }


def test_random_cash_is_between_the_half_and_the_half_more_and_comes_to_what_there_is(world: World) -> None:
    told = world.call(f"{CAMPAIGN}.cash.create", {
        "coupon_name": "红包", "prize_type": "random", "total_money": "10.00", "total_num": 20, "prize_msg": "恭喜",
        "start_time": "NowTime", "end_time": "2026-09-30 00:00:00", "send_freqency": "L100",
    })  # fmt: skip
    crowd, before = told.fields["crowd_no"], {who: world.balance(who) for who in (*PEOPLE, "coffee")}
    world.call("kaifang.campaign.cash.confirm", {"subject": crowd, "user_id": world.known["coffee"]}, "inside")
    given: list[Money] = []
    for number in range(60):
        ask = {"crowd_no": crowd, "user_id": world.known[PEOPLE[number % 6]], "out_biz_no": f"C{number}"}
        told = world.call(f"{CAMPAIGN}.cash.trigger", ask)
        if told.fault:
            assert told.fault == "CASH_CAMP_BUDGET_INSUFFICIENT"
        else:
            given.append(Money.parse(told.fields["prize_amount"]))
    assert all(Money(25) <= amount <= Money(75) for amount in given)
    assert len(set(given)) > 5
    assert Money(1000) - Money(75) < sum(given, Money(0)) <= Money(1000)
    world.call(f"{CAMPAIGN}.cash.status.modify", {"crowd_no": crowd, "camp_status": "CLOSED"})
    world.door.move(None, 2 * 24 * 3_600_000)
    assert before["coffee"] - world.balance("coffee") == sum(given, Money(0))
    assert sum((world.balance(who) - before[who] for who in PEOPLE), Money(0)) == sum(given, Money(0))
    public = world.fair(crowd)
    assert len(public["draws"]) == len(given)
    drawn_again(public, crowd)


def test_draws_follow_the_declared_odds_and_prizes_are_never_more_than_there_are(world: World) -> None:
    told = world.call(f"{CAMPAIGN}.drawcamp.create", {
        "camp_code": "A", "camp_name": "抽", "camp_start_time": "2026-09-21", "camp_end_time": "2026-09-30",
        "award_rate": 50, "prize_list": [{"prize_name": "多", "prize_total": 300}, {"prize_name": "少",
        "prize_total": 100}],
    })  # fmt: skip
    camp = told.fields["camp_id"]
    ask: dict[str, Any] = {"pool_id": camp, "out_biz_id": "m", "prize_name": "一毛", "prize_type": "CASH",
           "budget_amount": 10, "prize_price_strategy": {"strategy_value": "0.10"}}  # fmt: skip
    cash = world.call(f"{CAMPAIGN}.prizepool.prize.create", ask).fields["prize_id"]
    world.call(f"{CAMPAIGN}.drawcamp.status.update", {"camp_id": camp, "camp_status": "CAMP_GOING"})
    won = Counter[str]()
    for number in range(600):
        ask = {"camp_id": camp, "user_id": world.known[PEOPLE[number % 6]], "out_biz_no": f"D{number}"}
        told = world.call(f"{CAMPAIGN}.drawcamp.trigger", ask)
        won[told.fields.get("prize_name", "")] += 1
    assert 240 < won[""] < 360, "half of all draws win nothing"
    assert 2 < won["多"] / won["少"] < 4.5, "three times as many of the one as of the other"
    assert won["一毛"] <= 10
    left = world.call(f"{CAMPAIGN}.prize.amount.query", {"camp_id": camp, "prize_id": cash}).fields["remain_amount"]
    assert int(left) == 10 - won["一毛"]
    world.call(f"{CAMPAIGN}.drawcamp.status.update", {"camp_id": camp, "camp_status": "CAMP_ENDED"})
    public = world.fair(camp)
    assert len(public["draws"]) == 600
    drawn_again(public, camp)


def test_nobody_weighs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even if the seed gives everybody zero: then all have the same."""
    monkeypatch.setattr(hmac, "digest", lambda *_: bytes(32))
    weights = fair.weights("5" * 64, "c", 3, 7)
    assert list(fair.split(21, weights, 0, sum(weights))) == [3] * 7


def test_parts_sum_to_the_whole_whoever_looks_at_which_of_them() -> None:
    seed = "5" * 64
    weights = fair.weights(seed, "c", 0, 1000)
    whole = sum(weights)
    parts = list(fair.split(12_345, weights, 0, whole))
    assert sum(parts) == 12_345
    assert min(parts) >= 0
    at, before = 0, 0
    for count in (1, 7, 8, 9, 100, 875):
        some = fair.weights(seed, "c", at, count)
        assert list(fair.split(12_345, some, before, whole)) == parts[at : at + count]
        at, before = at + count, before + sum(some)
    assert at == 1000


def test_a_campaigns_odds_do_not_change_for_ever(world: World) -> None:
    """Every draw reads them all: a merchant who changed them without end would slow everybody down."""
    prize = {"prize_name": "茶", "prize_total": 1}
    ask = {"camp_code": "C", "camp_name": "抽奖", "camp_start_time": "2026-09-22", "camp_end_time": "2026-09-23"}
    made = world.call(f"{CAMPAIGN}.drawcamp.create", ask | {"prize_list": [prize]}).fields["camp_id"]
    faults = [
        world.call(f"{CAMPAIGN}.drawcamp.update", {"camp_id": made, "award_rate": number % 2 + 1}).fault
        for number in range(200)
    ]
    assert [fault for fault in faults if fault] == ["isv.invalid-parameter"], "199 times and the first are 200"
    rates = {"camp_id": made, "award_rate": 1}
    assert world.call(f"{CAMPAIGN}.drawcamp.update", rates | {"prize_list": [prize] * 20}).fault
