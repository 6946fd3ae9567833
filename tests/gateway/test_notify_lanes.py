"""Many tries at once: a receiver that hangs, or an app with many of them, keeps nobody else waiting."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kaifang.gateway import notify
from kaifang.gateway.lanes import ALL, ONE_APP, ONE_PLACE, Crowded, Lanes
from kaifang.kernel.events import Job
from kaifang.kernel.store.sqlite import Sqlite

from .conftest import Town
from .receivers import hang


@pytest.fixture
def living(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """A town whose clock runs, and which waits twenty seconds for an answer."""
    town.stop()
    monkeypatch.setattr(notify, "TIMEOUT_SECONDS", 20)
    town.open(Sqlite(tmp_path / "town.db"), running=True)
    return town


async def until(true, seconds: float = 10) -> float:
    """Wait for something to become true; how long that took."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < seconds, "it never came true"
        await asyncio.sleep(0.01)
    return time.monotonic() - begun


def test_a_hanging_receiver_keeps_no_other_waiting(living):
    slow, quick = living.receiver(hang), living.receiver()
    for _ in range(300):
        living.owe(slow.url)
    for _ in range(20):
        living.owe(quick.url)

    async def live():
        await living.platform.start()
        return await until(lambda: len(quick.received) == 20)

    assert living.run(live()) < 5
    assert slow.busiest == len(slow.received) == ONE_PLACE


def test_who_waits_too_long_is_put_off_and_not_counted(living, monkeypatch):
    monkeypatch.setattr(notify, "PATIENCE_SECONDS", 1)
    slow = living.receiver(hang)
    numbers = [living.owe(slow.url) for _ in range(30)]

    def put_off() -> int:
        return living.platform.read(lambda work: work.count(Job, "name = 'notice.send' and tries > 0"))

    async def live():
        await living.platform.start()
        await until(lambda: put_off() == 30 - ONE_PLACE)

    living.run(live())
    assert len(slow.received) == ONE_PLACE
    assert not any(living.notice(number).tries for number in numbers)


def test_a_burst_for_one_good_receiver_is_delivered(living):
    receiver = living.receiver()
    count = 600  # more than may be under way
    living.platform.do(
        lambda work: [
            work.notify(living.app, receiver.url, "trade_status_sync", "1", {"trade_no": str(number)})
            for number in range(count)
        ]
    )

    async def live():
        await living.platform.start()
        await until(lambda: len(receiver.received) == count, 25)

    living.run(live())
    assert sorted(map(int, receiver.told("trade_no"))) == list(range(count))
    assert receiver.busiest <= ONE_PLACE and receiver.connections <= ONE_PLACE


class Crowd:
    """People who go through the lanes and stay inside."""

    def __init__(self, lanes: Lanes) -> None:
        self.lanes, self.inside, self.crowded = lanes, list[str](), 0
        self.leave = asyncio.Event()
        self.tasks = list[asyncio.Task[None]]()

    def send(self, app: str, place: str, patience: float | None = None) -> None:
        """Send one more."""
        self.tasks.append(asyncio.ensure_future(self._go(app, place, patience)))

    async def _go(self, app: str, place: str, patience: float | None) -> None:
        try:
            async with self.lanes.turn(app, place, patience):
                self.inside.append(app)
                await self.leave.wait()
        except Crowded:
            self.crowded += 1

    async def settle(self) -> None:
        """Let everybody go as far as there is room."""
        for _ in range(20):
            await asyncio.sleep(0)


def test_an_app_with_many_receivers_leaves_room_for_the_others(town_loop):
    async def go():
        crowd = Crowd(Lanes())
        for number in range(1000):
            crowd.send("greedy", f"place-{number}")
        await crowd.settle()
        assert crowd.inside.count("greedy") == ONE_APP
        crowd.send("modest", "place-1")
        await crowd.settle()
        assert crowd.inside.count("modest") == 1, "the same receiver is another lane for another app"
        for number in range(1000):
            crowd.send(f"app-{number}", "place")
        await crowd.settle()
        assert len(crowd.inside) == ALL
        crowd.leave.set()
        await asyncio.gather(*crowd.tasks)
        assert len(crowd.inside) == 2001 and not crowd.lanes.lanes, "empty lanes are kept"

    town_loop.run_until_complete(go())


def test_turns_come_in_order_and_a_slow_place_is_remembered(town_loop):
    async def go():
        crowd = Crowd(Lanes())
        for _ in range(ONE_PLACE):
            crowd.send("app", "slow", 0.1)
        await crowd.settle()
        for _ in range(5):
            crowd.send("app", "slow", 0.1)
        await asyncio.sleep(0.3)
        assert crowd.crowded == 5, "they waited longer than they had patience"
        crowd.leave.set()
        await asyncio.gather(*crowd.tasks)
        assert crowd.lanes.paces["app", "slow"] > 0.25
        crowd.leave.clear()
        for _ in range(ONE_PLACE + 20):
            crowd.send("app", "slow", 0.1)
        await crowd.settle()
        assert crowd.crowded > 5, "newcomers know at once that it takes too long"
        crowd.leave.set()
        await asyncio.gather(*crowd.tasks)

    town_loop.run_until_complete(go())
