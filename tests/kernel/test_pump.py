"""What is due is done whatever breaks meanwhile; and a platform that stops leaves nothing behind."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import pytest

from kaifang.kernel import Happening, Work, hears, timer
from kaifang.kernel.clock import HOUR, MINUTE
from kaifang.kernel.events import Job
from kaifang.kernel.notices import Notice, tried
from kaifang.kernel.platform import Platform, move_clock
from kaifang.kernel.queue import BATCH
from kaifang.kernel.store import Broken
from kaifang.kernel.store.postgres import Postgres
from tests.kernel.conftest import DAWN
from tests.kernel.things import Counter

DOES: dict[str, Callable[[Work], Any]] = {}  # what a timer of this file does, by its subject


@timer("pump.does")
def does(work: Work, happening: Happening) -> None:
    """Do what the test wants done."""
    DOES[happening.subject](work)


TOLD: list[str] = []  # what was heard, in order


@hears("pump.told")
def listen(work: Work, happening: Happening) -> None:
    """Hear something, the first time after a look at a row that nobody has read."""
    if happening.facts["number"] == "first":
        work.find(Counter, id="far away")
    TOLD.append(happening.facts["number"])


def count(work: Work) -> None:
    """Count one more."""
    counter = work.find(Counter, id="c")
    if counter is None:
        work.add(Counter(id="c", count=1))
    else:
        counter.count += 1


def counted(platform: Platform) -> int:
    """How far it was counted."""
    counter = platform.read(lambda work: work.find(Counter, id="c"))
    return 0 if counter is None else counter.count


async def until(true: Callable[[], bool]) -> None:
    """Wait for something, but not for long."""
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.01)


def test_who_waits_longer_than_a_batch_is_long(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """Is answered with the next one."""

    async def play() -> None:
        await asyncio.gather(*[platform.run(count) for _ in range(BATCH + 3)])

    loop.run_until_complete(play())
    assert counted(platform) == BATCH + 3


def test_a_platform_that_was_only_opened_stops(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """What waits is done first."""

    async def play() -> None:
        waiting = [asyncio.ensure_future(platform.run(count)) for _ in range(2)]
        await asyncio.sleep(0)
        await platform.stop()
        await asyncio.gather(*waiting)

    loop.run_until_complete(play())
    with pytest.raises(Broken, match="closed"):
        counted(platform)


def owe(work: Work) -> None:
    """Owe somebody outside a notification."""
    work.notify("app", "http://shop/notify", "trade_status_sync", "t1", {"trade_no": "t1"})


def test_work_outside_ends_with_the_platform(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """What was on its way is owed still."""
    went: list[str] = []

    async def send(job: Job) -> None:
        went.append("begun")
        try:
            await asyncio.sleep(60)
        finally:
            went.append("ended")

    async def play() -> int:
        platform.outside["notice.send"] = send
        await platform.start()
        await platform.run(owe)
        await until(lambda: bool(went))
        owed = platform.read(lambda work: work.count(Job, "name = ?", ("notice.send",)))
        await platform.stop()
        await asyncio.sleep(0)
        return owed

    assert loop.run_until_complete(play()) == 1 and went == ["begun", "ended"]


def test_the_clock_waits_for_what_is_on_its_way(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """It stands until the answer is there."""
    answered_at: list[int] = []
    begun = asyncio.Event()

    async def send(job: Job) -> None:
        begun.set()
        await asyncio.sleep(0.2)
        answered_at.append(platform.clock.now())

        def run(work: Work) -> None:
            notice = work.find(Notice, id=job.subject)
            assert notice is not None
            tried(work, job, notice, sent="", status=200, answer="success", took=0)

        await platform.run(run)

    async def play() -> None:
        platform.outside["notice.send"] = send
        await platform.start()
        await platform.run(owe)
        await begun.wait()
        await platform.run(lambda work: move_clock(work, DAWN + HOUR))
        await platform.stop()

    loop.run_until_complete(play())
    assert answered_at == [DAWN] and platform.clock.now() == DAWN + HOUR


@pytest.mark.parametrize("problem", [Broken("no database for now"), ValueError("a bug")], ids=repr)
def test_a_failing_database_does_not_stop_it(
    platform: Platform, loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    """It looks again."""
    failed: list[Exception] = []
    leads = platform.store.engine.leads

    def fails_twice() -> bool:
        if len(failed) < 2:
            failed.append(problem)
            raise problem
        return leads()

    async def play() -> None:
        monkeypatch.setattr(platform.store.engine, "leads", fails_twice)
        DOES["late"] = count
        await platform.start()
        await platform.run(lambda work: work.later(work.now, "pump.does", "late"))
        await until(lambda: len(failed) == 2 and counted(platform) == 1)
        await platform.stop()

    loop.run_until_complete(play())


def test_a_timer_that_another_one_took_away(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """Is not done, though both were due together."""

    def take_away(work: Work) -> None:
        for job in work.select(Job, "subject = ?", ("second",)):
            work.remove(job)

    DOES["first"], DOES["second"] = take_away, count

    def set_both(work: Work) -> None:
        work.later(work.now + MINUTE, "pump.does", "first")
        work.later(work.now + MINUTE, "pump.does", "second")

    platform.do(set_both)
    platform.do(lambda work: move_clock(work, DAWN + HOUR))
    loop.run_until_complete(platform.follow())
    assert counted(platform) == 0


def test_the_clock_is_wanted_elsewhere_while_it_moves(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """It goes on to there."""
    DOES["further"] = lambda work: move_clock(work, DAWN + 3 * HOUR)
    platform.do(lambda work: work.later(work.now + MINUTE, "pump.does", "further"))
    platform.do(lambda work: move_clock(work, DAWN + HOUR))
    loop.run_until_complete(platform.follow())
    assert platform.clock.now() == DAWN + 3 * HOUR


def test_a_waiter_that_left_is_not_answered(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """What it asked for is done all the same."""

    async def play() -> None:
        waiting = asyncio.ensure_future(platform.run(count))
        await asyncio.sleep(0)
        waiting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await waiting
        await platform.run(count)

    loop.run_until_complete(play())
    assert counted(platform) == 2


def test_what_happens_in_another_process_is_heard_here(postgres_url: str, loop: asyncio.AbstractEventLoop) -> None:
    """Once for however often it happened between two looks, without a subject; at once, and with one, where it did."""
    here, there = Platform(Postgres(postgres_url)), Platform(Postgres(postgres_url))
    heard: dict[str, list[str]] = {"here": [], "there": []}
    for name, platform in (("here", here), ("there", there)):
        platform.open()
        platform.place.listeners = platform.listeners = {"thing.made": heard[name].append}

    async def play() -> None:
        await here.start()
        for subject in "ab":
            there.do(lambda work, subject=subject: work.tell("thing.made", subject))
        await until(lambda: bool(heard["here"]))
        assert heard["here"] == [""] and set(heard["there"]) == {"a", "b"}
        there.do(lambda work: work.tell("thing.made", "c"))
        await until(lambda: len(heard["here"]) > 1)
        await here.stop()
        await there.stop()

    loop.run_until_complete(play())
    assert set(heard["here"]) == {""}


def test_who_waits_for_rows_is_not_overtaken(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """What is heard of one subject is heard in order, though its handlers share a batch with others."""
    TOLD.clear()
    for number in ("first", "second", "third"):
        platform.do(lambda work, number=number: work.tell("pump.told", "subject", number=number))
    platform.do(lambda work: work.tell("pump.told", "another", number="other"))
    while loop.run_until_complete(platform.fire(platform.clock.now())):
        pass
    assert [number for number in TOLD if number != "other"] == ["first", "second", "third"] and "other" in TOLD
