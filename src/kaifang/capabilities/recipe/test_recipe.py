"""Recipes where no story can go: power cuts inside runs, several processes, recipes that would set themselves off."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.laws.test_promises import Mains, PowerCut
from tests.town import open_platform, settle_town

from kaifang.capabilities.recipe import expression
from kaifang.capabilities.recipe.tables import RunRow, StepRow
from kaifang.kernel import Purse, Work
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.events import Job
from kaifang.kernel.platform import Platform
from kaifang.kernel.store.engine import Engine
from kaifang.kernel.store.postgres import Postgres
from kaifang.kernel.story import Step
from kaifang.kernel.verify import verify

SAYS = {"zh": "谢", "en": "Thanks"}
TRANSFER, SEND = "alipay.fund.trans.uni.transfer", "alipay.marketing.activity.voucher.send"
GIVE = {
    "call": TRANSFER, "money": {"says": SAYS, "most": "100"},
    "ask": {
        "out_biz_no": "{{run.id}}-{{event.id}}", "trans_amount": "1.00", "product_code": "TRANS_ACCOUNT_NO_PWD",
        "biz_scene": "DIRECT_TRANSFER",
        "payee_info": {"identity": "{{event.buyer}}", "identity_type": "ALIPAY_USER_ID"},
    },
}  # fmt: skip
THANKS: dict[str, Any] = {
    "recipe": "thanks", "version": "1.0.0", "industry": "any", "title": SAYS, "about": SAYS, "needs": ["fund"],
    "figures": {"thanked": {"says": SAYS}},
    "rules": [
        {"rule": "thank", "says": SAYS, "on": "trade.pay", "do": [GIVE, {"wait": {"lasts": "1h"}}],
         "figures": {"thanked": "1"}, "share": {"each": "0.05"}},
    ],
}  # fmt: skip


class World:
    """A town in which the coffee shop may have recipes."""

    def __init__(self, engine: Engine) -> None:
        self.loop, self.platform = asyncio.new_event_loop(), open_platform(engine)
        self.known = settle_town(self.platform, self.loop)
        self.door = KernelDoor(self.platform, self.known, self.loop)

    def close(self) -> None:
        """Leave nothing open."""
        self.platform.store.engine.close()
        self.loop.close()

    def call(self, name: str, ask: dict[str, Any], by: str = "coffee", user: str = "") -> dict[str, Any]:
        """One call that is not refused."""
        told = self.door.call(Step(call=name, by=by, user=user), ask)
        assert not told.fault, (name, told)
        return told.fields

    def install(self, recipe: dict[str, Any], allowed: list[str]) -> str:
        """Have a recipe published and installed."""
        self.call("kaifang.recipe.publish", {"recipe": recipe}, "helper")
        ask = {"recipe": recipe["recipe"], "permissions": allowed}
        return str(self.call("kaifang.recipe.install", ask)["installation_id"])

    def pay(self, number: str, by: str = "coffee") -> None:
        """Anna buys something for five yuan."""
        code = self.call("kaifang.fund.code.create", {}, "wallet", "anna")["auth_code"]
        ask = {"out_trade_no": number, "auth_code": code, "total_amount": "5.00", "subject": "s"}
        self.call("alipay.trade.pay", ask, by)

    def balance(self, who: str) -> int:
        """What somebody has, in fen."""
        return self.platform.read(lambda work: work.balance(Purse(self.known[who])).minor)


@pytest.fixture
def world() -> Iterator[World]:
    """On SQLite, with mains that can fail."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Mains(Path(folder) / "town.db"))
        yield world
        world.close()


def test_a_power_cut_inside_a_run_does_nothing_twice(world: World) -> None:
    """However often the lights go out while the run is under way, Anna is thanked once, and all of it is kept."""
    world.install(THANKS, [TRANSFER])
    engine = world.platform.store.engine
    assert isinstance(engine, Mains)
    code = world.call("kaifang.fund.code.create", {}, "wallet", "anna")["auth_code"]
    ask = {"out_trade_no": "t1", "auth_code": code, "total_amount": "5.00", "subject": "s"}
    step = Step(call="alipay.trade.pay", by="coffee")
    move, world.door.move = world.door.move, lambda *_: None  # type: ignore[method-assign, assignment]
    assert not world.door.call(step, ask).fault
    world.door.move = move  # type: ignore[method-assign]
    before, cuts = world.balance("anna"), 0
    for statements in range(1000):
        engine.left = statements
        try:
            while world.loop.run_until_complete(world.platform.fire(world.platform.clock.now())):
                pass
            break
        except PowerCut:
            engine.left, cuts = None, cuts + 1
            assert world.balance("anna") in (before, before + 100)
    engine.left = None
    assert cuts > 20, "the lights never went out"
    assert world.balance("anna") == before + 100
    world.door.move(None, 3_600_000)

    def everything(work: Any) -> None:
        runs = [run for run in work.select(RunRow) if run.rule]
        assert [(run.state, run.step, run.figures) for run in runs] == [("DONE", 2, {"thanked": 1})]
        (made,) = work.select(StepRow, "run = ?", (runs[0].id,))
        assert made.answered["status"] == "SUCCESS"

    world.platform.read(everything)
    with engine.reading():
        assert verify(engine).broken is None


def test_merchants_without_recipes_pay_nothing_for_them(world: World) -> None:
    """No job is made of an event that no recipe of its merchant hears."""
    world.install(THANKS, [TRANSFER])
    made: list[str] = []

    def jobs() -> list[str]:
        return [job.name for job in world.platform.read(lambda work: work.select(Job)) if "recipe.hears" in job.name]

    move, world.door.move = world.door.move, lambda *_: made.extend(jobs())  # type: ignore[method-assign, assignment]
    world.pay("t1", "books")
    assert made == []
    world.pay("t2")
    assert len(made) == 1
    world.door.move = move  # type: ignore[method-assign]


def test_what_a_recipe_does_sets_off_no_recipe(world: World) -> None:
    """A rule that gives a voucher when a voucher is given would never end."""
    again = {
        "call": SEND,
        "ask": {"activity_id": "{{event.activity_id}}", "user_id": "{{event.user}}", "out_biz_no": "{{run.id}}"},
    }
    rule = {"rule": "again", "says": SAYS, "on": "voucher.give", "do": [again]}
    world.install({**THANKS, "needs": ["voucher"], "rules": [rule]}, [SEND])
    draft = {
        "out_biz_no": "a", "voucher_deduct_info": {"voucher_type": "FIX_VOUCHER", "fix_voucher_info": {"amount": "1"}},
        "voucher_send_mode_info": {"voucher_send_rule_info": {"quantity": 9, "publish_end_time": "2026-12-01"}},
        "voucher_use_rule_info": {"voucher_use_time_info": {
            "period_type": "RELATIVE", "relative_period_info": {"valid_days_after_receive": 3}}},
    }  # fmt: skip
    number = world.call("alipay.marketing.activity.voucher.create", draft)["activity_id"]
    world.call("alipay.marketing.activity.voucher.publish", {"activity_id": number, "out_biz_no": "p"})
    world.call(SEND, {"activity_id": number, "user_id": world.known["anna"], "out_biz_no": "s"})
    runs = world.platform.read(lambda work: work.select(RunRow, "rule = 'again'"))
    assert [run.state for run in runs] == ["DONE"]


def test_a_circle_that_branches_ends(world: World) -> None:
    """Two orders for each that is closed would be a million after twenty minutes."""
    order = {"buyer_id": world.known["anna"], "total_amount": "1.00", "subject": "s", "timeout_express": "1m"}
    create = "alipay.trade.create"
    steps = [{"call": create, "ask": order | {"out_trade_no": f"{{{{run.id}}}}-{which}"}} for which in "ab"]
    rule = {"rule": "again", "says": SAYS, "on": "trade.close", "do": steps}
    world.install({**THANKS, "needs": ["trade"], "rules": [rule]}, [create])
    world.call(create, order | {"out_trade_no": "t"})
    world.door.move(None, 3_600_000)
    ended = Counter(run.state for run in world.platform.read(lambda work: work.select(RunRow, "rule = 'again'")))
    assert ended == {"DONE": 54, "FAILED": 55}  # Fibonacci's numbers: the second order counts two


def test_what_one_process_installs_the_others_hear(postgres_url: str) -> None:
    """The next payment that another process takes is heard, and none after the recipe was removed."""
    world = World(Postgres(postgres_url))
    other = open_platform(Postgres(postgres_url))
    try:

        def heard_by(platform: Platform) -> bool:
            platform._look_at_bulletins()  # as its pump does four times a second
            before = platform.read(lambda work: work.count(Job))
            platform.do(lambda work: work.tell("trade.pay", "1", seller=world.known["coffee"], buyer="", amount="1"))
            return platform.read(lambda work: work.count(Job)) > before

        assert not heard_by(other)
        number = world.install(THANKS, [TRANSFER])
        assert heard_by(other) and heard_by(world.platform)
        world.call("kaifang.recipe.remove", {"installation_id": number})
        assert not heard_by(other) and not heard_by(world.platform)
    finally:
        other.store.engine.close()
        world.close()


def test_a_run_that_breaks_stands_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of ours in one run is tried again later, and holds nobody else up."""
    from kaifang.capabilities.recipe import running

    world.install(THANKS, [TRANSFER])
    real, broken = running.advance, [True]

    def advance(work: Any, run: RunRow) -> None:
        if run.event["out_trade_no"] == "t1" and broken[0]:
            raise RuntimeError("a mistake of ours")
        real(work, run)

    monkeypatch.setattr(running, "advance", advance)
    world.pay("t1")
    world.pay("t2")
    states = {run.event.get("out_trade_no"): run.state for run in world.platform.read(lambda w: w.select(RunRow))}
    assert states["t1"] == "RUNNING" and states["t2"] == "WAITING"
    broken[0] = False
    world.door.move(None, 3_000_000)
    states = {run.event.get("out_trade_no"): run.state for run in world.platform.read(lambda w: w.select(RunRow))}
    assert states["t1"] == "WAITING"


def test_removing_forgets_the_timers_of_runs_that_wait(world: World) -> None:
    """Nothing of a removed recipe will happen by itself, and another one's runs go on."""
    number = world.install(THANKS, [TRANSFER])
    other = world.install({**THANKS, "recipe": "others"}, [TRANSFER])
    for paid in ("t1", "t2"):
        world.pay(paid)

    def waking() -> set[str]:
        jobs = world.platform.read(lambda work: work.select(Job, "name = 'recipe.wake'"))
        runs = {run.id: run.installation for run in world.platform.read(lambda work: work.select(RunRow))}
        return {runs[job.subject] for job in jobs}

    assert waking() == {number, other}
    assert world.call("kaifang.recipe.remove", {"installation_id": number})["left"] == 2
    assert waking() == {other}
    world.door.move(None, 3_600_000)
    runs = world.platform.read(lambda work: work.select(RunRow, "rule <> ''"))
    assert sorted((run.installation == other, run.state) for run in runs) == [
        (False, "LEFT"), (False, "LEFT"), (True, "DONE"), (True, "DONE"),
    ]  # fmt: skip


def set_aside(most: str | None) -> dict[str, Any]:
    """A recipe whose set-up puts five yuan of the merchant's into a prize."""
    camp, prize = "alipay.marketing.campaign.drawcamp", "alipay.marketing.campaign.prizepool.prize.create"
    drawn_up = {
        "camp_code": "c", "camp_name": "抽奖", "camp_start_time": "2026-09-22", "camp_end_time": "2026-09-23",
        "prize_list": [{"prize_name": "茶", "prize_total": 1}],
    }  # fmt: skip
    five = {
        "pool_id": "{{steps.camp.camp_id}}", "out_biz_id": "p", "prize_name": "红包", "prize_type": "CASH",
        "budget_amount": 1, "prize_price_strategy": {"strategy_value": "5.00"},
    }  # fmt: skip
    end = {"camp_id": "{{steps.camp.camp_id}}", "camp_status": "CAMP_ENDED"}
    money = {"money": {"says": SAYS, "most": most}} if most else {}
    setup = [
        {"call": f"{camp}.create", "keep": "camp", "ask": drawn_up,
         "undo": {"call": f"{camp}.status.update", "ask": end}},
        {"call": prize, "ask": five, "undo": {"by": "camp"}} | money,
    ]  # fmt: skip
    rules = [{"rule": "r", "says": SAYS, "on": "trade.pay"}]
    return {**THANKS, "needs": ["campaign"], "figures": {}, "setup": setup, "rules": rules}


@pytest.mark.parametrize(("most", "enough"), [(None, False), ("499", False), ("500", True)])
def test_what_a_recipe_sets_aside_is_foreseen_too(world: World, most: str | None, enough: bool) -> None:
    """Money in a prize or a budget is still the merchant's, and not his to spend."""
    recipe, before = set_aside(most), world.balance("coffee")
    allowed = world.call("kaifang.recipe.publish", {"recipe": recipe}, "helper")["permissions"]
    ask = {"recipe": recipe["recipe"], "permissions": allowed}
    told = world.door.call(Step(call="kaifang.recipe.install", by="coffee"), ask)
    assert told.fault == ("" if enough else "SETUP_REFUSED")
    assert world.balance("coffee") == before - (500 if enough else 0)
    if enough:
        world.call("kaifang.recipe.remove", {"installation_id": told.fields["installation_id"]})
        assert world.balance("coffee") == before


def test_who_waits_for_something_else_is_not_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for a payment of somebody's is found by who that is, however many others wait."""
    buyer = {"wait": {"on": "trade.refund", "when": "heard.id == event.id && fen(heard.amount) > 0", "lasts": "9d"}}
    recipe = {**THANKS, "rules": [THANKS["rules"][0] | {"do": [buyer]}]}
    world.install(recipe, [])
    world.call("kaifang.recipe.install", {"recipe": "thanks", "permissions": []}, "books")
    read: list[int] = []
    select = Work.select

    def counting(work: Work, kind: Any, *more: Any, **named: Any) -> Any:
        found = select(work, kind, *more, **named)
        read.extend([len(found)] if kind is RunRow else [])
        return found

    def rows_read(number: str) -> int:
        read.clear()
        with monkeypatch.context() as patched:
            patched.setattr(Work, "select", counting)
            refund = {"out_trade_no": number, "refund_amount": "1.00", "out_request_no": "r"}
            world.call("alipay.trade.refund", refund)
        return sum(read)

    world.pay("t0")
    alone = rows_read("t0")
    for number in range(1, 12):
        world.pay(f"t{number}")
        world.pay(f"t{number}", "books")
    assert rows_read("t1") == alone == 1
    states = [run.state for run in world.platform.read(lambda work: work.select(RunRow, "rule = 'thank'"))]
    assert sorted(states) == ["DONE"] * 2 + ["WAITING"] * 21


@pytest.mark.parametrize("text", [
    "'a'" + ".replace('a', 'aaaaaaaaaa')" * 12 + ".size()",
    "['aaaaaaaaaa']" + ".map(a, a + a + a + a + a + a + a + a)" * 12 + ".size()",
    "strings.quote(" * 40 + "'\"'" + ")" * 40,
])  # fmt: skip
def test_no_expression_fills_the_memory(world: World, text: str) -> None:
    """A thousand letters could ask for more than any machine has, in the one process that writes."""
    rule = THANKS["rules"][0] | {"figures": {"thanked": text}}
    told = world.call("kaifang.recipe.check", {"recipe": {**THANKS, "rules": [rule]}}, "helper")
    assert [one["place"] for one in told["problems"]] == ["rules[0].figures.thanked"]
    with pytest.raises(expression.Wrong):
        expression.value(text, {})
    assert expression.value("'a b'.replace(' ', '-')", {}) == "a-b"
