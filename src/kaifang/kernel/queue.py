"""The queue before the store: whatever waits while a batch is committed forms the next one."""

from __future__ import annotations

import asyncio
import concurrent.futures
import functools
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from .ahead import Ahead
from .clock import Clock
from .store import Batch, Broken, Job, Lost, Store, Tx
from .work import WRITERS, Caller, Place, Work

T = TypeVar("T")
Task = Callable[[Work], Any]
Done = Callable[[Any], None]
Look = Callable[[Ahead], Any]
log = logging.getLogger("kaifang")

BATCH = 256  # requests in one transaction, at most
BESIDE = 8  # so many are committed in a thread, while the loop reads what comes next; fewer are answered sooner without


class Busy(Exception):
    """More requests wait than the platform wants to keep waiting."""


async def outcome(
    submit: Callable[[Callable[[Work], T], Caller, Done], None], task: Callable[[Work], T], caller: Caller
) -> T:
    """Submit a unit of work and wait for its result."""
    waiter: asyncio.Future[T] = asyncio.get_running_loop().create_future()

    def done(result: Any) -> None:
        if waiter.done():
            return
        if isinstance(result, Exception):
            waiter.set_exception(result)
        else:
            waiter.set_result(result)

    submit(task, caller, done)
    return await waiter


class Waiting(NamedTuple):
    """One unit of work before it is done."""

    task: Task
    caller: Caller
    done: Done
    look: Look | None


class Under(NamedTuple):
    """A batch under way."""

    taken: Sequence[Waiting]
    works: list[Work | None]
    jobs: Sequence[Job]
    began: float  # by the machine's running clock, in seconds


class Queue:
    """Forms batches and answers them; `afterwards` answers those of which something follows, `woken` hears of each."""

    def __init__(
        self, store: Store, clock: Clock, place: Place, afterwards: Callable[[Done, Any], None],
        woken: Callable[[], None],
    ) -> None:  # fmt: skip
        self.store, self.clock, self.place = store, clock, place
        self.afterwards, self.woken = afterwards, woken
        self.most = 4096  # requests that wait
        self._waiting = deque[Waiting]()
        self._called = False
        self._threads: concurrent.futures.ThreadPoolExecutor | None = None
        self._commit: concurrent.futures.Future[None] | None = None  # of the batch that is being committed

    def submit(self, task: Task, caller: Caller, done: Done, look: Look | None = None) -> None:
        """Queue a unit of work; `done` gets its result or exception after the commit. Raises Busy.

        `look` says which rows it will read, so that they are read together with those of its neighbours.
        """
        if len(self._waiting) >= self.most:
            raise Busy
        self._waiting.append(Waiting(task, caller, done, look))
        self._call()

    def run(self, jobs: Sequence[Job]) -> list[Any]:
        """Run a batch at once, as soon as the one under way is committed."""
        if self._commit is not None:
            concurrent.futures.wait([self._commit])
        return self.store.run(jobs)

    async def finish(self) -> None:
        """Answer everything that waits, and let the thread go."""
        while self._waiting or self._commit is not None:
            self._next()
            if self._commit is not None:
                await asyncio.wait([asyncio.wrap_future(self._commit)])
            await asyncio.sleep(0)
        if self._threads is not None:
            self._threads.shutdown()

    def _call(self) -> None:
        if not self._called and self._commit is None:
            self._called = True
            asyncio.get_running_loop().call_soon(self._next)

    def _next(self) -> None:
        """Run what waits as one batch, and have it committed."""
        self._called = False
        if self._commit is not None or not self._waiting:
            return
        batch = self._batch([self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))])
        self.place.pace.waiting = len(self._waiting)
        looks = [functools.partial(self._look, one.look, one.caller) for one in batch.taken if one.look is not None]
        try:
            results, commit = self.store.start(batch.jobs, looks)
            if len(batch.taken) < BESIDE:
                commit()
        except Exception as problem:  # noqa: BLE001 - every request of the batch hears of it
            self._answer(batch, self._otherwise(batch, problem))
            return
        if len(batch.taken) < BESIDE:
            self._answer(batch, results)
            return
        self._threads = self._threads or concurrent.futures.ThreadPoolExecutor(1, "commit")
        self._commit = self._threads.submit(commit)
        call = asyncio.get_running_loop().call_soon_threadsafe
        self._commit.add_done_callback(lambda commit: call(self._committed, batch, results, commit) and None)

    def _batch(self, taken: Sequence[Waiting]) -> Under:
        now, works = self.clock.now(), list[Work | None]([None] * len(taken))

        def job(i: int, one: Waiting) -> Job:
            def run(tx: Tx) -> Any:
                works[i] = work = Work(tx, now, one.caller, self.place)
                return one.task(work)

            return run

        return Under(taken, works, [job(i, one) for i, one in enumerate(taken)], time.monotonic())

    def _look(self, look: Look, caller: Caller, batch: Batch) -> None:
        batch.wanted.add((WRITERS, self.place.writer))  # every unit of work that writes counts something there
        look(Ahead(batch, caller))

    def _committed(self, batch: Under, results: list[Any], commit: concurrent.futures.Future[None]) -> None:
        self._commit, problem = None, commit.exception()
        self._answer(batch, results if problem is None else self._otherwise(batch, problem))

    def _otherwise(self, batch: Under, problem: BaseException) -> list[Any]:
        """The results of a batch that was not committed: of its jobs one by one, or that the database failed."""
        if isinstance(problem, Lost):
            return self.store.apart(batch.jobs)
        log.error("batch of %d failed: %s", len(batch.taken), problem)
        return [Broken(str(problem))] * len(batch.taken)

    def _answer(self, batch: Under, results: list[Any]) -> None:
        self.place.pace.note(len(batch.taken), round((time.monotonic() - batch.began) * 1000))
        for one, result, work in zip(batch.taken, results, batch.works, strict=True):
            if work is not None and work.afterwards and not isinstance(result, Exception):
                self.afterwards(one.done, result)
            else:
                one.done(result)
        self.woken()
        if self._waiting:
            self._call()
