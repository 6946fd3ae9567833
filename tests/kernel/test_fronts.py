"""Fronts: what a process has done by the one that writes, over the link between them."""

from __future__ import annotations

import asyncio
import pickle
import socket
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kaifang.kernel import INVALID_PARAMETER, Fault, Work
from kaifang.kernel.back import Back
from kaifang.kernel.front import Front
from kaifang.kernel.platform import Platform, move_clock
from kaifang.kernel.queue import Busy
from kaifang.kernel.store import Broken
from kaifang.kernel.store.sqlite import Sqlite, SqliteReader
from kaifang.kernel.work import Slow
from tests.kernel.things import Thing


def keep(work: Work, name: str) -> str:
    """Add a thing."""
    work.add(Thing(id=name, owner="o"))
    return name


def refuse(work: Work) -> None:
    """Refuse by a fault with facts."""
    raise INVALID_PARAMETER(field="name", reason="wrong")


def break_down(work: Work) -> None:
    """Fail as nobody expects."""
    raise ZeroDivisionError("there is nothing to share")


def answer_what_stays(work: Work) -> Any:
    """Give back what cannot travel."""
    return lambda: None


def cube(number: int) -> int:
    """What takes long."""
    return number**3


def take_long(work: Work) -> int:
    """Need something slow."""
    work.computed = {}
    return work.slowly("cube", partial(cube, 3))


FOUND = Future[str]()


def await_it(work: Work) -> Any:
    """Need what is found out in the process that writes, once it is asked for a second time."""
    work.computed = {}
    if not FOUND.done():
        threading.Timer(0.1, FOUND.set_result, ["known"]).start()
    return work.awaited(FOUND)


def tell_it(work: Work) -> None:
    """Announce what has a listener."""
    work.tell("thing.heard", "t1")


@asynccontextmanager
async def house(folder: Path, fronts: int = 1) -> AsyncIterator[tuple[Platform, list[Front]]]:
    """A platform with fronts, all in this process."""
    platform = Platform(Sqlite(folder / "a.db"))
    platform.open()
    await platform.start()
    back, made = Back(platform), []
    for _ in range(fronts):
        ours, theirs = socket.socketpair()
        front = Front(SqliteReader(folder / "a.db"), theirs)
        await back.add(ours)
        await front.start()
        made.append(front)
    yield platform, made
    for front in made:
        await front.stop()
    await platform.stop()


def test_work_is_done_by_the_writer_and_read_in_the_front(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as (platform, (front,)):
            names = [f"t{number}" for number in range(600)]  # more than one batch
            told = await asyncio.gather(*[front.run(partial(keep, name=name)) for name in names])
            assert told == names
            assert front.read(lambda work: work.count(Thing)) == platform.read(lambda work: work.count(Thing)) == 600
            assert front.place.writer == platform.place.writer * 100 + 1

    asyncio.run(play())


def test_a_front_whose_writer_dies_before_it_says_the_time_starts_and_leaves(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path):
            ours, theirs = socket.socketpair()
            front = Front(SqliteReader(tmp_path / "a.db"), theirs)
            ours.close()
            await asyncio.wait_for(front.start(), 5)
            assert front.left.is_set()
            await front.stop()

    asyncio.run(play())


def test_refusals_and_mistakes_travel(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as (_, (front,)):
            with pytest.raises(Fault) as refused:
                await front.run(refuse)
            assert refused.value.kind is INVALID_PARAMETER and refused.value.facts["field"] == "name"
            with pytest.raises(ZeroDivisionError) as broken:
                await front.run(break_down)
            assert "break_down" in broken.value.__notes__[0], "where it happened is told"
            with pytest.raises(RuntimeError, match="lambda"):
                raise await front.run(answer_what_stays)
            with pytest.raises(Slow) as slow:
                await front.run(take_long)
            assert (slow.value.key, slow.value.compute()) == ("cube", 27)
            assert await front.run(await_it) == "known"
            assert await front.run(partial(keep, name="after")) == "after"

    asyncio.run(play())


def test_what_cannot_travel_holds_up_nobody_else(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as (_, (front,)):
            tasks = [partial(keep, name="one"), lambda work: None, partial(keep, name="two")]
            one, closure, two = await asyncio.gather(*map(front.run, tasks), return_exceptions=True)
            assert (one, two) == ("one", "two") and "lambda" in str(closure)

    asyncio.run(play())


def test_a_busy_writer_says_so(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as (platform, (front,)):
            platform.queue.most = 3
            told = await asyncio.gather(
                *[front.run(partial(keep, name=str(n))) for n in range(9)], return_exceptions=True
            )
            assert [type(one) for one in told].count(Busy) == 6

    asyncio.run(play())


def test_every_front_goes_by_the_clock_before_its_move_is_answered(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path, fronts=3) as (platform, fronts):
            for day in range(1, 4):
                wanted = platform.clock.now() + day * 86_400_000
                await fronts[0].run(partial(move_clock, target=wanted, stand=True))
                assert [front.clock.now() for front in fronts] == [wanted] * 3

    asyncio.run(play())


def test_listeners_hear_in_every_process(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path, fronts=2) as (platform, fronts):
            heard: list[str] = []
            hears: Callable[[str], None] = heard.append
            for one in (platform, *fronts):
                one.listeners["thing.heard"] = hears
            await fronts[0].run(tell_it)
            await fronts[1].run(partial(keep, name="later"))
            assert heard == ["t1"] * 3

    asyncio.run(play())


def test_who_loses_the_writer_hears_of_it(tmp_path: Path) -> None:
    async def play() -> None:
        async with house(tmp_path) as (platform, (front,)):
            assert platform.back is not None
            waiting = asyncio.ensure_future(front.run(partial(keep, name="lost")))
            await asyncio.sleep(0)
            for seat in platform.back.seats.values():
                seat.link.close()
            with pytest.raises((Broken, Busy)):
                await waiting
            await front.left.wait()
            with pytest.raises(Busy):
                await front.run(partial(keep, name="too late"))

    asyncio.run(play())


def test_a_front_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kaifang.kernel.back.PATIENCE_SECONDS", 0.1)

    async def play() -> None:
        async with house(tmp_path) as (platform, (front,)):
            monkeypatch.setattr(front._link, "heard", lambda message: None)
            await platform.run(partial(move_clock, target=platform.clock.now() + 1000))
            assert not platform.back or not platform.back.seats

    asyncio.run(play())


def test_a_fault_in_another_process_is_of_the_same_kind() -> None:
    assert pickle.loads(pickle.dumps(INVALID_PARAMETER)) is INVALID_PARAMETER
