"""A running platform: the queue before the store, the clock, and everything that is due."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from .clock import Clock, wall
from .events import OUTSIDE, Bulletin, Job, dailies, due, forgotten, handlers, next_daily, postpone
from .ids import Chance
from .queue import Done, Queue, outcome
from .store import Broken, Store, Tx
from .store.engine import Engine
from .store.upgrade import upgrade
from .table import Row, table, tables
from .work import PLATFORM, Caller, Place, Work, Writer

if TYPE_CHECKING:
    from .back import Back

T = TypeVar("T")
log = logging.getLogger("kaifang")

DUE = 64  # timers looked at together
FLYING = 512  # pieces of outside work under way, at most
LOOK_SECONDS = 0.25  # how often other processes' timers and clock moves are looked for
STEP_SECONDS = 0.02  # how often it is looked whether a clock that was moved has arrived


@table("clock")
class ClockState(Row):
    """The platform's clock as all its processes keep it."""

    id: str = "clock"
    frozen_at: int | None = None  # milliseconds, when it stands still
    offset: int = 0  # milliseconds ahead of the machine's clock, when it runs
    target: int | None = None  # where it is being moved to
    stand: bool = False  # whether it shall stand still once it is there


@table("daily")
class Daily(Row):
    """A daily timer that has been set."""

    id: str  # its name
    since: int


class Platform:
    """Everything that happens goes through here, in batches; what is due is done at its time."""

    def __init__(self, engine: Engine, *, clock: Clock | None = None, chance: Chance | None = None) -> None:
        self.store, self.clock = Store(engine), clock or Clock()
        self.place = Place(writer=engine.enrol(), chance=chance or Chance(), shared=engine.rounds)
        self.outside: dict[str, Callable[[Job], Awaitable[None]]] = {}
        self.listeners = self.place.listeners
        for event in forgotten:
            self.listeners[event] = functools.partial(self._forget, event)
        self.queue = Queue(self.store, self.clock, self.place, self._answer_later, self._woken)
        self.submit = self.queue.submit
        self.back: Back | None = None  # through which other processes have their work done here
        self._moving = False
        self._seen = 0  # which version of the clock's row this process goes by, counted from 1
        self._heard: dict[str, int] = {}  # event -> how often it had happened when this process looked
        self._flying: dict[tuple[int, str], asyncio.Task[None]] = {}
        self._wake = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None

    @property
    def several(self) -> bool:
        """Whether other processes serve beside this one."""
        return self.back is not None or self.place.shared

    # Starting and stopping

    def open(self) -> list[str]:
        """Bring the database to the structs and take up the clock; returns what was upgraded."""
        done = upgrade(self.store.engine, tables.values(), wall())
        self.do(self._take_up)
        return done

    def _take_up(self, work: Work) -> None:
        work.writer.clock_seen = 0
        state = work.find(ClockState, id="clock")
        if state is None:
            work.add(ClockState(frozen_at=self.clock.frozen_at, offset=self.clock.offset))
        else:
            self.clock.set(state.frozen_at, state.offset)
        now = self.clock.now()
        for name in dailies:
            if work.find(Daily, id=name) is None:
                work.add(Daily(id=name, since=now))
                work.later(next_daily(name, now), name, "")

    async def start(self) -> None:
        """Begin to do what is due; of several processes one leads, and the others follow its clock."""
        await self._look_at_clock()
        self._pump = asyncio.get_running_loop().create_task(self._run_pump())

    async def stop(self) -> None:
        """Finish what waits, and let go of the database."""
        if self._pump is not None:
            self._pump.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._pump
        for task in list(self._flying.values()):
            task.cancel()
        await self.queue.finish()
        self.store.engine.close()

    # Requests

    async def run(self, task: Callable[[Work], T], caller: Caller = PLATFORM) -> T:
        """Queue a unit of work and wait for its result."""
        return await outcome(self.submit, task, caller)

    def read(self, task: Callable[[Work], T], caller: Caller = PLATFORM) -> T:
        """Run a task that only reads, now, on what is committed."""
        now = self.clock.now()
        return self.store.read(lambda tx: task(Work(tx, now, caller, self.place)))

    def do(self, task: Callable[[Work], T], caller: Caller = PLATFORM, now: int | None = None) -> T:
        """Run one unit of work at once, in a transaction of its own: for starting up, and for tests."""
        now = self.clock.now() if now is None else now
        result = self.queue.run([lambda tx: task(Work(tx, now, caller, self.place))])[0]
        self._woken()
        if isinstance(result, Exception):
            raise result
        return result  # type: ignore[no-any-return]

    def _answer_later(self, done: Done, result: Any) -> None:
        """Answer once the clock has been moved to where this work wanted it."""
        task = asyncio.get_running_loop().create_task(self.follow())
        task.add_done_callback(lambda task: done(task.exception() or result))

    def _woken(self) -> None:
        if self.place.next_due is not None:
            self._wake.set()
        told, self.place.told = self.place.told, []
        for event, subject in told:
            self.listeners[event](subject)
        if told and self.back is not None:
            self.back.tell(told)

    def _forget(self, event: str, subject: str) -> None:
        self.place.kept.pop(event, None)

    # What is due

    async def _run_pump(self) -> None:
        while True:
            self.place.next_due, busy = None, False
            self._wake.clear()
            try:
                busy = await self._look()
            except Broken as problem:
                log.error("what is due cannot be read: %s", problem)
            except Exception:
                log.exception("what is due cannot be done")  # and is tried again: a platform without a pump is none
            if busy:
                await asyncio.sleep(0)  # requests and answers come between two pages of what is due
            else:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_SECONDS):  # wait_for can swallow that the pump is stopped
                        await self._wake.wait()

    async def _look(self) -> bool:
        """See what the other processes did, and do what is due if it is for this one to do; whether there is more."""
        self.place.writer = self.store.engine.enrol()
        await self._look_at_clock()
        if self.store.engine.rounds:
            self._look_at_bulletins()
        if not self.store.engine.leads() or self._moving:
            return False
        await self._lead()
        return await self.fire(self.clock.now())

    async def _look_at_clock(self) -> None:
        """Go by the clock as it is kept, with this process's fronts, and let the other processes know that."""
        state = self.read(clock_of)
        if self._moving or state.version + 1 == self._seen:
            return
        self.clock.frozen_at, self.clock.offset = state.frozen_at, state.offset
        if self.back is not None:
            await self.back.set_clocks()
        if self.store.engine.rounds:
            self.do(functools.partial(note_clock, seen=state.version + 1))
        self._seen = state.version + 1

    def _look_at_bulletins(self) -> None:
        """Let listeners know of what happened in other processes."""
        for bulletin in self.read(lambda work: work.select(Bulletin)):
            if bulletin.count != self._heard.get(bulletin.id) and bulletin.id in self.listeners:
                self.place.told.append((bulletin.id, ""))
            self._heard[bulletin.id] = bulletin.count
        self._woken()

    async def fire(self, until: int, wait: bool = False) -> bool:
        """Do what is due by now, in order; whether there was something. With `wait`, until outside work is over."""
        flying = len(self._flying)
        outside = self.read(lambda work: due(work, until, DUE + flying, "in")) if flying + DUE <= FLYING else []
        outside = [job for job in outside if job.name in self.outside and (job.due, job.id) not in self._flying]
        for job in outside:
            self._fly(job)
        inside = one_of_each(self.read(lambda work: due(work, until, DUE, "not in")))
        if inside:
            self._perform(inside)
        if wait and self._flying:
            await asyncio.gather(*self._flying.values())
        return bool(inside) or len(outside) >= DUE or wait and bool(outside)

    def _fly(self, job: Job) -> None:
        key = (job.due, job.id)
        task = asyncio.get_running_loop().create_task(self._outside(job))
        self._flying[key] = task
        task.add_done_callback(lambda _: self._flying.pop(key, None))

    async def _outside(self, job: Job) -> None:
        try:
            await self.outside[job.name](job)
        except Exception:
            log.exception("%s %s", job.name, job.subject)
            with contextlib.suppress(Broken):
                await self.run(lambda work: postpone(work, job))

    def _perform(self, jobs: list[Job], first: Sequence[Callable[[Work], None]] = ()) -> None:
        """Run timers and subscribers, each in a unit of work, all in one transaction, after what is first."""
        now = self.clock.now()

        def run(task: Callable[[Work], None]) -> Callable[[Tx], None]:
            return lambda tx: task(Work(tx, now, PLATFORM, self.place))

        tasks: list[Callable[[Work], None]] = [*first, *[functools.partial(self._one, job=job) for job in jobs]]
        results = self.queue.run([run(task) for task in tasks])
        for result in results[: len(first)]:
            if isinstance(result, Exception):
                raise result
        for job, result in zip(jobs, results[len(first) :], strict=True):
            if isinstance(result, Exception):
                log.error("%s %s failed: %r", job.name, job.subject, result, exc_info=result)
                self.do(functools.partial(postpone, job=job))
        self._woken()

    @staticmethod
    def _one(work: Work, job: Job) -> None:
        kept = work.find(Job, due=job.due, id=job.id)
        if kept is None:
            return
        work.remove(kept)
        work.hops = kept.hops
        if job.name in dailies:
            work.later(next_daily(job.name, job.due), job.name, "")
        handlers[job.name](work, job.happening)

    # The clock

    async def follow(self) -> None:
        """Wait until the clock is where it is wanted, in every process; the one that leads takes it there."""
        while not self.read(self._arrived):
            if self._moving or not self.store.engine.leads():
                await asyncio.sleep(STEP_SECONDS)
            else:
                await self._lead()
            if self._pump is not None:
                await self._look_at_clock()

    def _arrived(self, work: Work) -> bool:
        """Whether the clock is where it is wanted, and whoever looks at it has seen that."""
        state = clock_of(work)
        if state.target is not None or self._moving or self.back is not None and self._seen != state.version + 1:
            return False
        writers = [work.find(Writer, id=number) for number in self.store.engine.writers()]
        return all(writer is None or writer.clock_seen in (0, state.version + 1) for writer in writers)

    async def _lead(self) -> None:
        """Take the clock to where it is wanted, doing on the way everything that falls due, in order."""
        self._moving = True
        try:
            while (state := self.read(clock_of)).target is not None:
                await self._walk(state.target, state.stand)
        finally:
            self._moving = False

    async def _walk(self, target: int, stand: bool) -> None:
        while self._flying:
            await asyncio.gather(*self._flying.values())
        while coming := self.read(lambda work: due(work, target, DUE)):
            if coming[0].name in OUTSIDE and coming[0].name not in self.outside:
                raise RuntimeError(f"nobody does {coming[0].name}")
            moved = coming[0].due > self.clock.now()
            if moved:
                self.clock.freeze(coming[0].due)
            now = self.clock.now()
            await self._do_all([job for job in coming if job.due <= now], [self._keep] if moved else [])
        self.clock.freeze(target)
        if not stand:
            self.clock.run()
        await self.run(lambda work: self._arrive(work, target, stand))

    async def _do_all(self, jobs: list[Job], first: list[Callable[[Work], None]]) -> None:
        """Do what is due at a moment of the walk; the clock is kept in the same transaction."""
        for job in jobs:
            if job.name in self.outside:
                self._fly(job)  # begins once this waits, when the moment has been kept
        inside = one_of_each([job for job in jobs if job.name not in OUTSIDE])
        if inside or first:
            self._perform(inside, first)
        if self._flying:
            await asyncio.gather(*self._flying.values())
        await asyncio.sleep(0)  # requests come between two moments

    def _keep(self, work: Work) -> None:
        state = clock_of(work)
        state.frozen_at, state.offset = self.clock.frozen_at, self.clock.offset

    def _arrive(self, work: Work, target: int, stand: bool) -> None:
        self._keep(work)
        state = clock_of(work)
        if (state.target, state.stand) == (target, stand):  # else somebody wanted something else meanwhile
            state.target = None


def one_of_each(jobs: Sequence[Job]) -> list[Job]:
    """The first job of each subject: in one batch a later one might overtake it, which waits for fewer rows."""
    first: dict[str, Job] = {}
    for job in jobs:
        first.setdefault(job.subject, job)
    return list(first.values())


def clock_of(work: Work) -> ClockState:
    """The platform's clock as it is kept."""
    state = work.find(ClockState, id="clock")
    assert state is not None, "the platform has not been opened"
    return state


def note_clock(work: Work, seen: int) -> None:
    """Let the other processes know by which version of the clock this one goes."""
    work.writer.clock_seen = seen


def move_clock(work: Work, target: int | None = None, *, stand: bool | None = None) -> None:
    """Ask for the clock to be moved on, and to stand still or run from there; the answer waits until it is there."""
    state = clock_of(work)
    if stand is not None or state.target is None:
        state.stand = state.frozen_at is not None if stand is None else stand
    state.target = max(target or work.now, work.now, state.target or 0)  # of two who move it, the farther counts
    work.afterwards.append("clock")
