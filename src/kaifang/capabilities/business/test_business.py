"""A small world of orders, refunds and weeks: lists and figures say what was counted beside the platform."""

from __future__ import annotations

import asyncio
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from tests.town import open_platform, settle_town

from kaifang.capabilities.business import reading
from kaifang.kernel import DAY, Money, outbox
from kaifang.kernel.clock import day_start, local, written
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.ids import Chance
from kaifang.kernel.store.sqlite import Sqlite
from kaifang.kernel.story import Step, Told

PEOPLE = ("anna", "bo", "chen")
STEPS = 60


class World:
    """A merchant, and what it sold and gave back, counted beside the platform."""

    def __init__(self, path: Path, seed: int) -> None:
        self.loop, self.chance = asyncio.new_event_loop(), Chance(seed)
        self.platform = open_platform(Sqlite(path / "town.db"))
        self.known = settle_town(self.platform, self.loop)
        self.door = KernelDoor(self.platform, self.known, self.loop)
        self.orders: dict[str, list[int]] = {}  # trade_no -> fens owed, paid, given back
        self.days: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])  # orders, fens paid, fens given back
        self.weeks: dict[str, set[int]] = defaultdict(set)  # who bought in which weeks

    def close(self) -> None:
        """Leave nothing open."""
        self.platform.store.engine.close()
        self.loop.close()

    def call(self, name: str, ask: dict[str, Any], by: str = "coffee", user: str = "") -> Told:
        """One call."""
        return self.door.call(Step(call=name, by=by, user=user), ask)

    @property
    def now(self) -> int:
        """What time it is."""
        return self.platform.clock.now()

    def pay(self) -> None:
        """Somebody buys something at the till."""
        who, amount = PEOPLE[self.chance.below(3)], 1 + self.chance.below(5)
        code = self.call("kaifang.fund.code.create", {}, "wallet", who).fields["auth_code"]
        number = f"T{len(self.orders)}"
        ask = {"out_trade_no": number, "auth_code": code, "total_amount": str(Money(amount)), "subject": "s"}
        trade = self.call("alipay.trade.pay", ask).fields["trade_no"]
        self.orders[trade] = [amount, amount, 0]
        today = self.days[day_start(self.now)]
        today[0], today[1] = today[0] + 1, today[1] + amount
        self.weeks[who].add(monday(self.now))

    def order(self) -> None:
        """Somebody orders something and does not pay it; now and then it is closed."""
        ask = {"out_trade_no": f"T{len(self.orders)}", "buyer_id": self.known["bo"], "total_amount": "0.07",
               "subject": "s"}  # fmt: skip
        trade = self.call("alipay.trade.create", ask).fields["trade_no"]
        self.orders[trade] = [7, 0, 0]
        if self.chance.below(2):
            self.call("alipay.trade.close", {"trade_no": trade})

    def refund(self) -> None:
        """A part of some order goes back."""
        left = [number for number, (_, paid, back) in self.orders.items() if back < paid]
        if left:
            number = left[self.chance.below(len(left))]
            _, paid, back = self.orders[number]
            part = 1 + self.chance.below(paid - back)
            ask = {"trade_no": number, "refund_amount": str(Money(part)), "out_request_no": f"R{back}"}
            self.call("alipay.trade.refund", ask)
            self.orders[number][2] += part
            self.days[day_start(self.now)][2] += part

    def later(self) -> None:
        """Time goes by: hours or days."""
        self.door.move(None, (1 + self.chance.below(60)) * DAY // 20)

    def play(self) -> None:
        """Some weeks."""
        for _ in range(STEPS):
            (self.pay, self.pay, self.order, self.refund, self.later)[self.chance.below(5)]()

    def read(self, what: str, ask: dict[str, Any]) -> dict[str, Any]:
        """Ask until nothing is left unread."""
        for _ in range(1000):
            told = self.call(f"kaifang.business.{what}", ask).fields
            if told["as_of"] == written(self.now):
                return told
            self.door.move(None, 0)
        raise AssertionError(f"{what} is never complete")

    def check(self) -> None:
        """What the platform says is what was counted."""
        begin = {"begin_time": "2026-09-01", "end_time": "2027-08-01", "page_size": 100}
        listed = self.read("order.list", begin)
        found = {one["trade_no"]: [fen(one[name]) for name in AMOUNTS] for one in listed["orders"]}
        assert found == self.orders
        assert (listed["count"], fen(listed["amount"])) == (
            len(self.orders),
            sum(one[0] for one in self.orders.values()),
        )
        assert fen(self.read("refund.list", begin)["amount"]) == sum(one[2] for one in self.orders.values())
        days = self.read("days", {"begin_date": "2026-09-01", "end_date": "2027-08-01"})["days"]
        told = {one["date"]: [one["orders"], fen(one["receipts"]), fen(one["refunded"])] for one in days}
        assert told == {written(at): figures for at, figures in self.days.items()}
        self.check_retention()

    def check_retention(self) -> None:
        """Who comes back is who came back."""
        told = self.read("retention", {"weeks": 52})
        back: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for weeks in self.weeks.values():
            for week in weeks:
                back[min(weeks)][(week - min(weeks)) // (7 * DAY)] += 1
        assert [one["first"] for one in told["cohorts"]] == [written(first) for first in sorted(back)]
        for one, first in zip(told["cohorts"], sorted(back), strict=True):
            assert {each["week"]: each["buyers"] for each in one["back"] if each["buyers"]} == back[first]


AMOUNTS = ("total_amount", "receipt_amount", "refunded")


def fen(text: str) -> int:
    """An amount in fen."""
    return Money.parse(text).minor


def monday(at: int) -> int:
    """The first second of a week."""
    return day_start(at) - local(at).weekday() * DAY


@pytest.mark.parametrize("seed", range(3))
def test_lists_and_figures_say_what_happened(seed: int) -> None:
    """However it comes, and however late it is read."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), seed)
        try:
            world.play()
            world.check()
        finally:
            world.close()


def test_what_is_read_in_small_pages_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that comes too early says so; the rest is read at once, and nothing twice."""
    monkeypatch.setattr(outbox, "PAGE", 4)
    monkeypatch.setattr(reading, "PAGES", 1)
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), 7)
        try:
            world.play()
            for _ in range(9):
                world.pay()
            early = world.call("kaifang.business.order.list", {}).fields
            assert early["as_of"] < written(world.now)
            world.check()
        finally:
            world.close()
