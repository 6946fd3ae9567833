"""A twin is played as the platform would have been, whichever database it came from, and knows nobody."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from tests.laws.test_stories import NewTown

from kaifang.cli.kitchen import read_recipe
from kaifang.gateway.rehearsal.twin import fork, twin_of
from kaifang.kernel.clock import Moment
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.platform import Platform
from kaifang.kernel.story import Step

LUNCH = Path(__file__).parents[2] / "src/kaifang/recipes/canteen/lunch.yaml"
engines = pytest.mark.parametrize("engine", ["sqlite", "postgres"])


class Canteen:
    """A town in which people have lunch."""

    def __init__(self, platform: Platform, known: dict[str, Any], loop: asyncio.AbstractEventLoop) -> None:
        self.platform, self.known = platform, known
        self.door = KernelDoor(platform, known, loop)

    def call(self, name: str, ask: dict[str, Any], by: str = "coffee", user: str = "") -> dict[str, Any]:
        """One call that is not refused."""
        told = self.door.call(Step(call=name, by=by, user=user), ask)
        assert not told.fault, (name, told)
        return told.fields

    def eat(self) -> None:
        """Two days of meals, of which three are lunches that the school gives something for."""
        meals = (("22 10:59", "bo"), ("22 11:00", "bo"), ("22 12:00", "bo"), ("22 12:30", "anna"), ("23 13:29", "bo"))
        for number, (time, who) in enumerate(meals):
            self.door.move(Moment.parse(f"2026-09-{time}").ms, None)
            code = self.call("kaifang.fund.code.create", {}, "wallet", who)["auth_code"]
            ask = {"out_trade_no": f"m{number}", "auth_code": code, "total_amount": "12.00", "subject": "餐"}
            self.call("alipay.trade.pay", ask)

    def figures(self) -> dict[str, int]:
        """What the recipe says of itself, if it was really installed."""
        (one,) = self.call("kaifang.recipe.installation.list", {})["installations"]
        told = self.call("kaifang.recipe.figures", {"installation_id": one["installation_id"]})
        return {figure["figure"]: figure["total"] for figure in told["figures"]}


@engines
def test_a_twin_does_what_would_have_been_done(engine: str, new_town: NewTown, loop: asyncio.AbstractEventLoop) -> None:
    """Days with the recipe, and the same days played in a twin, come to the same; the platform sees nothing of it."""
    really = Canteen(*new_town(engine), loop)
    really.call("kaifang.recipe.publish", {"shipped": "canteen/lunch"}, "helper")
    ask = {"recipe": "school_lunch", "permissions": ["alipay.fund.trans.uni.transfer"]}
    really.call("kaifang.recipe.install", ask)
    really.eat()
    without = Canteen(*new_town(engine), loop)
    without.eat()
    apps = (without.known["coffee.app"], without.known["helper.app"])
    before = without.platform.clock.now()
    with twin_of(without.platform.store.engine, apps, 2) as (month, events, now):
        told = month.play(read_recipe(LUNCH), {}, events, now)
    assert told["figures"] == really.figures() == {"lunches": 3, "given": 900}
    assert told["runs"] == {"set-up DONE": 1, "subsidise DONE": 3} and told["money"] == "-9.00"
    assert len([event for event in events if event.name == "trade.pay"]) == 5
    assert without.platform.clock.now() == before == now
    assert without.call("kaifang.recipe.installation.list", {})["installations"] == []


@engines
def test_a_twin_knows_nobody(engine: str, new_town: NewTown, loop: asyncio.AbstractEventLoop, tmp_path: Path) -> None:
    """No word by which a person is known stands anywhere in it; merchants keep theirs."""
    town = Canteen(*new_town(engine), loop)
    ask = {"out_biz_no": "v1", "buyer_id": town.known["anna"], "item_order_list": [{"item_name": "安娜"}]}
    town.call("alipay.merchant.order.sync", ask)
    where = {
        "province": "浙江省",
        "city": "杭州市",
        "address": "文三路 1 号",
        "fullname": "安小姐",
        "mobile": "13911111111",
    }
    town.call("kaifang.account.party.change", {"user_id": town.known["anna"], "address": where}, "house")
    town.eat()
    with town.platform.store.engine.reading():
        fork(town.platform.store.engine, tmp_path / "twin.db").close()
    twin = sqlite3.connect(tmp_path / "twin.db")
    tables = [table for (table,) in twin.execute("select name from sqlite_master where type = 'table'").fetchall()]
    text = "\n".join(
        str(value) for table in tables for row in twin.execute(f'select * from "{table}"') for value in row
    )
    twin.close()
    for word in (
        "安娜",
        "李波",
        "文三路",
        "安小姐",
        "13911111111",
        "anna@",
        "bo@example",
        "13800000001",
        "6222020000000000001",
    ):
        assert word not in text, word
    for word in ("街角咖啡", "杭州市", "coffee@example.com", town.known["anna"]):
        assert word in text, word
