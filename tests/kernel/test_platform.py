"""A running platform: batches, events, timers, notifications and the clock that moves."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kaifang.kernel import Happening, Work, catches, daily, hears, remembered, timer
from kaifang.kernel.clock import DAY, HOUR, MINUTE, Clock
from kaifang.kernel.events import Event, Job, handlers
from kaifang.kernel.notices import Delivery, Notice, resend, tried
from kaifang.kernel.notices import Notification as State
from kaifang.kernel.platform import Platform, move_clock
from kaifang.kernel.queue import Busy
from kaifang.kernel.store import Broken
from kaifang.kernel.work import PLATFORM, Caller
from tests.kernel.conftest import DAWN
from tests.kernel.things import Counter, Thing

failing: set[str] = set()


def remember(work: Work, name: str, subject: str) -> None:
    """Keep what was heard, in the same transaction: a handler may be begun more often than it is finished."""
    work.add(Thing(id=work.new_id(), owner=f"heard {name}", number=f"{work.writer.numbers} {subject}", size=work.now))


def heard(platform: Platform) -> list[tuple[str, str, int]]:
    """What was heard, in order: event or timer, subject, time."""
    things = platform.read(lambda work: work.select(Thing, "owner like ?", ("heard %",), "id"))
    return [(thing.owner[6:], (thing.number or "").partition(" ")[2], thing.size) for thing in things]


@hears("thing.made", "thing.grown")
def note(work: Work, happening: Happening) -> None:
    """Keep what was heard."""
    if happening.subject in failing:
        raise ValueError("deaf for now")
    remember(work, happening.name, happening.subject)


@timer("test.tick")
def tick(work: Work, happening: Happening) -> None:
    """Tick, and set the next one while there are any."""
    remember(work, happening.name, happening.subject)
    left = int(happening.facts["left"])
    if left:
        work.later(work.now + MINUTE, "test.tick", happening.subject, left=left - 1)


@daily("test.midnight", at="00:10")
def midnight(work: Work, happening: Happening) -> None:
    """Once a day."""
    remember(work, happening.name, "")


@pytest.fixture(autouse=True)
def _silence() -> None:
    failing.clear()


def settle(platform: Platform, loop: asyncio.AbstractEventLoop, to: int | None = None, **wish: Any) -> None:
    """Move the clock, and do what falls due."""
    platform.do(lambda work: move_clock(work, to, **wish))
    loop.run_until_complete(platform.follow())


def test_requests_are_batched_and_answered_after_the_commit(
    platform: Platform, loop: asyncio.AbstractEventLoop
) -> None:
    """Each with its own result or refusal."""

    def make(name: str) -> Any:
        return lambda work: work.add(Thing(id=name, owner=work.caller.merchant)).id

    def refuse(work: Work) -> None:
        raise ValueError("no")

    async def play() -> list[Any]:
        caller = Caller(merchant="m")
        runs = [platform.run(make("a"), caller), platform.run(refuse), platform.run(make("b"), caller)]
        return await asyncio.gather(*runs, return_exceptions=True)

    found = loop.run_until_complete(play())
    assert found[0] == "a" and isinstance(found[1], ValueError) and found[2] == "b"
    assert platform.read(lambda work: work.count(Thing, "owner = ?", ("m",))) == 2
    assert platform.read(lambda work: work.sum(Thing, "size")) == 0


def test_a_full_queue_is_busy(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """And says so at once; a waiter that left is no trouble."""
    platform.queue.most = 1

    async def play() -> None:
        waiting = asyncio.ensure_future(platform.run(lambda work: None))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await platform.run(lambda work: None)
        waiting.cancel()
        await asyncio.sleep(0.01)

    loop.run_until_complete(play())


def test_a_broken_database_fails_the_batch(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """Every request of it hears of that."""

    async def play() -> list[Any]:
        runs = [platform.run(lambda work: work.tx.query("nonsense", ())), platform.run(lambda work: work.new_id())]
        return await asyncio.gather(*runs, return_exceptions=True)

    assert all(isinstance(result, Broken) for result in loop.run_until_complete(play()))


def test_events_are_heard_once_in_order(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """Only what was committed; the outbox keeps them all, heard or not."""

    def play(work: Work) -> None:
        work.tell("thing.made", "a")
        work.tell("thing.grown", "a", by=1)
        work.tell("nobody.listens", "a")

    def fail(work: Work) -> None:
        work.tell("thing.made", "never")
        raise ValueError

    told: list[str] = []
    platform.listeners["thing.made"] = told.append
    platform.do(play)
    with pytest.raises(ValueError):
        platform.do(fail)
    settle(platform, loop)
    settle(platform, loop)
    assert [name for name, _, _ in heard(platform)] == ["thing.made", "thing.grown"] and told[0] == "a"
    assert platform.read(lambda work: [event.name for event in work.select(Event, order="number")]) == [
        "thing.made", "thing.grown", "nobody.listens",
    ]  # fmt: skip


@remembered("thing.counted")
def big_ones(work: Work) -> set[str]:
    """Looked up at most once between two announcements."""
    return {thing.owner for thing in work.select(Thing, "size > 9")}


@catches(lambda work, event, facts: event == "thing.moved" and facts["owner"] in big_ones(work))
def caught(work: Work, happening: Happening) -> None:
    """Only what concerns the owners of big things."""
    remember(work, "caught", happening.subject)


def test_what_is_remembered_is_found_out_again_once_it_has_changed(
    platform: Platform, loop: asyncio.AbstractEventLoop
) -> None:
    """It decides what is caught, at the moment of telling."""

    def move(subject: str) -> None:
        platform.do(lambda work: [work.tell("thing.moved", f"{owner} {subject}", owner=owner) for owner in "ab"])
        settle(platform, loop)

    def grow(work: Work) -> None:
        work.add(Thing(id=work.new_id(), owner="a", number="1", size=10))

    move("before")
    platform.do(grow)
    move("unannounced")
    platform.do(lambda work: work.tell("thing.counted", "a"))
    settle(platform, loop)
    move("after")
    assert [(name, subject) for name, subject, _ in heard(platform)] == [("caught", "a after")]


def test_a_subscriber_that_fails_is_asked_again_and_order_holds(
    platform: Platform, loop: asyncio.AbstractEventLoop
) -> None:
    """What came later for the same subject waits; other subjects do not."""
    failing.add("a")
    platform.do(lambda work: [work.tell(name, of) for name in ("thing.made", "thing.grown") for of in ("a", "b")])
    settle(platform, loop)
    assert {subject for _, subject, _ in heard(platform)} == {"b"}
    failing.clear()
    settle(platform, loop, platform.clock.now() + HOUR)
    assert [name for name, subject, _ in heard(platform) if subject == "a"] == ["thing.made", "thing.grown"]
    assert platform.read(lambda work: work.count(Job, "name like ?", ("%note",))) == 0


def test_a_moved_clock_fires_what_is_due_in_order_once(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """Each at its own time, timers set on the way too, daily ones every day; further jumps repeat nothing."""
    platform.do(lambda work: work.later(DAWN + HOUR, "test.tick", "x", left=2))
    platform.do(lambda work: work.later(DAWN - DAY, "test.tick", "past", left=0))
    settle(platform, loop, DAWN + 3 * DAY)
    assert platform.clock.now() == DAWN + 3 * DAY and platform.clock.frozen
    ticks = [(subject, at - DAWN) for name, subject, at in heard(platform) if name == "test.tick"]
    assert ticks == [("past", 0), ("x", HOUR), ("x", HOUR + MINUTE), ("x", HOUR + 2 * MINUTE)]
    nights = [at for name, _, at in heard(platform) if name == "test.midnight"]
    assert len(nights) == 3 and [b - a for a, b in zip(nights, nights[1:], strict=False)] == [DAY, DAY]
    before = heard(platform)
    settle(platform, loop, DAWN)
    assert heard(platform) == before and platform.clock.now() == DAWN + 3 * DAY


def test_the_clock_is_taken_up_again(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """Also a move that was interrupted; running on, it runs from where it was brought to."""
    platform.do(lambda work: move_clock(work, DAWN + HOUR))
    again = Platform.__new__(Platform)
    Platform.__init__(again, platform.store.engine, clock=Clock())
    again.open()
    loop.run_until_complete(again.follow())
    assert again.clock.now() == DAWN + HOUR
    settle(again, loop, stand=False)
    assert not again.clock.frozen and 0 <= again.clock.now() - DAWN - HOUR < MINUTE
    settle(again, loop, stand=True)
    assert again.clock.frozen


def test_a_running_platform_does_what_is_due_by_itself(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """And answers who moves the clock only when it is there."""

    async def play() -> None:
        await platform.start()
        await platform.run(lambda work: work.tell("thing.made", "a"))
        for _ in range(200):
            if heard(platform):
                break
            await asyncio.sleep(0.01)
        await platform.run(lambda work: move_clock(work, DAWN + DAY))
        assert platform.clock.now() == DAWN + DAY
        found = heard(platform)
        assert ("thing.made", "a", DAWN) in found and any(name == "test.midnight" for name, _, _ in found)
        await platform.stop()

    loop.run_until_complete(play())


def deliver(platform: Platform, answers: list[tuple[int, str]]) -> list[int]:
    """Let a receiver answer notifications in turn; the times of the tries."""
    times: list[int] = []

    async def send(job: Job) -> None:
        status, answer = answers[min(len(times), len(answers) - 1)]
        times.append(platform.clock.now() - DAWN)

        def run(work: Work) -> None:
            notice = work.find(Notice, id=job.subject)
            assert notice is not None
            tried(work, job, notice, sent="body", status=status, answer=answer, took=3)
            tried(work, job, notice, sent="body", status=status, answer=answer, took=3)  # another process was faster

        await platform.run(run, PLATFORM)

    platform.outside["notice.send"] = send
    return times


def owe(work: Work) -> None:
    """Owe a notification, and none where there is no address."""
    work.notify("app", "http://shop/notify", "trade_status_sync", "t1", {"trade_no": "t1", "empty": "", "none": None})
    work.notify("app", "", "trade_status_sync", "t2", {})


def test_a_notification_is_sent_on_the_documented_schedule(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """At once, three times more, then after 4, 10, 10 minutes, 1, 2, 6, 15 hours; then it is given up."""
    times = deliver(platform, [(200, "fail"), (500, "success"), (200, "no")])
    platform.do(owe)
    settle(platform, loop, DAWN + 3 * DAY)
    waits = [b - a for a, b in zip(times, times[1:], strict=False)]
    minutes = [0, 0, 0, 4, 10, 10, 60, 120, 360, 900]
    assert waits == [wait * MINUTE for wait in minutes]
    (notice,) = platform.read(lambda work: work.select(Notice))
    assert (notice.state, notice.tries, notice.next_at, notice.fields) == ("GIVEN_UP", 11, 0, {"trade_no": "t1"})
    assert platform.read(lambda work: work.count(Delivery)) == 11


def test_success_ends_a_notification(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """Whitespace around it is tolerated."""
    times = deliver(platform, [(200, "fail"), (200, " success\n")])
    platform.do(owe)
    settle(platform, loop, DAWN + DAY)
    (notice,) = platform.read(lambda work: work.select(Notice))
    assert times == [0, 0] and notice.state == State.DELIVERED.name


def test_a_notification_is_sent_again_on_request(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """Even if it was acknowledged; one that is on its way is brought forward, and sent once."""
    times = deliver(platform, [(200, "success"), (200, "fail"), (200, "fail"), (200, "fail"), (200, "fail")])
    platform.do(owe)
    settle(platform, loop)

    def again(work: Work) -> None:
        (notice,) = work.select(Notice)
        resend(work, notice)

    platform.do(again)
    settle(platform, loop, DAWN + MINUTE)
    assert times == [0, 0, 0, 0], "three tries more at once, and the fourth waits"
    platform.do(again)
    settle(platform, loop, DAWN + MINUTE)
    assert times[4:] == [MINUTE] and platform.read(lambda work: work.count(Job, "name = ?", ("notice.send",))) == 1


def test_a_sender_that_breaks_is_asked_again(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """The job is put off, not lost."""
    tries: list[int] = []

    async def send(job: Job) -> None:
        tries.append(job.tries)
        if len(tries) < 3:
            raise OSError("no network")

        def run(work: Work) -> None:
            notice = work.find(Notice, id=job.subject)
            assert notice is not None
            tried(work, job, notice, sent="", status=200, answer="success", took=0)

        await platform.run(run, PLATFORM)

    platform.outside["notice.send"] = send
    platform.do(owe)
    settle(platform, loop, DAWN + HOUR)
    assert tries == [0, 1, 2]


def test_work_for_outside_needs_somebody_outside(platform: Platform, loop: asyncio.AbstractEventLoop) -> None:
    """A move of the clock does not pass over what nobody does."""
    platform.do(owe)
    with pytest.raises(RuntimeError, match="nobody does notice.send"):
        settle(platform, loop, DAWN + DAY)


def test_numbers_never_repeat_and_lead_with_the_day(platform: Platform) -> None:
    """Trades have 28 digits, parties 16."""
    ids = platform.do(lambda work: [work.new_id("22001"), work.new_id("22001"), work.new_party()])
    assert ids[0] == "20260921" + "22001" + "001" + f"{1:012d}" or ids[0] < ids[1]
    assert [len(number) for number in ids] == [28, 28, 16] and ids[2].startswith("2088") and len(set(ids)) == 3
    assert len(platform.place.chance.digits(9)) == 9 and platform.place.chance.below(1) == 0
    assert len(platform.place.chance.text(32)) == 32 and len(platform.place.chance.hex(8)) == 8


def test_a_unit_of_work_is_one_reading_of_the_clock(platform: Platform) -> None:
    """And one caller, who may act for another."""

    def play(work: Work) -> None:
        assert work.acting(merchant="m").caller.merchant == "m" and work.now == DAWN
        work.want(Counter, ["c"])

    platform.do(play)


def test_two_timers_of_a_name_are_a_mistake() -> None:
    """So is a timer that nobody keeps."""
    with pytest.raises(TypeError, match="two timers"):
        timer("test.tick")(tick)
    assert "test.tick" in handlers
