"""What goes wrong: a store whose statements and commits fail, and receivers that do not hear."""

from __future__ import annotations

import asyncio
import contextlib
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg

from kaifang.kernel.door import KernelDoor
from kaifang.kernel.events import Job
from kaifang.kernel.fault import Fault
from kaifang.kernel.method import allow, methods, perform, read_request
from kaifang.kernel.notices import Notice, tried
from kaifang.kernel.platform import Platform
from kaifang.kernel.shape import Shape, plain
from kaifang.kernel.store import Broken
from kaifang.kernel.store.postgres import Postgres
from kaifang.kernel.store.sqlite import Sqlite
from kaifang.kernel.story import Step, Told
from kaifang.kernel.work import PLATFORM, Work

# How a receiver may answer: HTTP status (0: not at all), what it says, and how long that takes, in milliseconds.
MOODS = {
    "listening": (200, "success", 20),
    "refusing": (0, "nobody answers there", 1),
    "slow": (0, "no whole answer within 15 seconds", 15_000),
    "mistaken": (200, "SUCCESS", 30),
    "broken": (500, "Internal Server Error", 30),
    "redirecting": (302, "a redirect is not followed", 10),
}


class Faults:
    """A database that fails at a statement or at a commit that was foreseen; only once, so that a retry heals."""

    left: int | None = None  # statements until one fails
    losing: bool = False  # whether the next commit is kept, and its answer lost
    struck: bool = False  # whether it failed since this was put to False
    failure: type[Exception]

    def _tick(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                self.left, self.struck = None, True
                raise self.failure("the disk failed, as the walk wants it")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction that may fail just before its commit, or whose commit nobody hears of."""
        with super().transaction():  # type: ignore[misc]
            yield
            self._tick()
        if self.losing:
            self.losing, self.struck = False, True
            raise Broken("the answer to a commit was lost, as the walk wants it")

    def read(self, *args: Any) -> list[Any]:
        """Read, or fail."""
        self._tick()
        return super().read(*args)  # type: ignore[misc, no-any-return]

    def insert(self, *args: Any) -> None:
        """Insert, or fail."""
        self._tick()
        super().insert(*args)  # type: ignore[misc]

    def update(self, *args: Any) -> None:
        """Update, or fail."""
        self._tick()
        super().update(*args)  # type: ignore[misc]

    def delete(self, *args: Any) -> None:
        """Delete, or fail."""
        self._tick()
        super().delete(*args)  # type: ignore[misc]

    def select(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Ask, or fail."""
        self._tick()
        return super().select(sql, values)  # type: ignore[misc, no-any-return]

    def execute(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Execute, or fail."""
        self._tick()
        super().execute(sql, values)  # type: ignore[misc]


class FailingSqlite(Faults, Sqlite):
    """SQLite on a disk that fails."""

    failure = sqlite3.OperationalError

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.writer.execute("pragma synchronous = off")  # nobody pulls the plug here, and a thousand walks are walked


class FailingPostgres(Faults, Postgres):
    """PostgreSQL that goes away."""

    failure = psycopg.OperationalError


Failing = FailingSqlite | FailingPostgres


class Receivers:
    """Everybody who is told something: an address has a mood, and one ending in /deaf-N is deaf N times."""

    def __init__(self) -> None:
        self.moods: dict[str, str] = {}
        self.told: dict[str, dict[str, str]] = {}  # notify_id -> what was told under it
        self.confused: list[str] = []  # notify_ids under which two different things were told

    def answer(self, notice: Notice) -> tuple[int, str, int]:
        """What comes back of one try."""
        deaf = re.search(r"/deaf-(\d+)$", notice.url)
        if deaf and notice.tries < int(deaf[1]):
            return 200, "fail", 20
        return MOODS[self.moods.get(notice.url, "listening")]

    def hear(self, told: dict[str, Any]) -> None:
        """Remember what was told under a notify_id; to which address may change between two tries."""
        fields = {name: str(value) for name, value in told.items() if name not in ("heard", "to")}
        if self.told.setdefault(told["notify_id"], fields) != fields:
            self.confused.append(told["notify_id"])


class WalkDoor(KernelDoor):
    """Calls of which what falls due is done in a step of its own; every try meets its receiver's mood."""

    def __init__(
        self, platform: Platform, known: dict[str, Any], loop: asyncio.AbstractEventLoop, receivers: Receivers
    ) -> None:
        super().__init__(platform, known, loop)
        self.receivers, self.calling = receivers, False

    def call(self, step: Step, ask: dict[str, Any]) -> Told:
        """One call."""
        self.calling = True
        try:
            return super().call(step, ask)
        finally:
            self.calling = False

    def together(self, calls: Sequence[tuple[Step, dict[str, Any]]]) -> list[Told]:
        """Calls that arrive at once and share one transaction. Raises Broken if the store failed."""

        def task(step: Step, ask: dict[str, Any]) -> Callable[[Work], Shape]:
            method = methods[step.call]

            def run(work: Work) -> Shape:
                inner = work.acting(**self.caller(work, step))
                allow(method, inner.caller)
                return perform(method, inner, read_request(method, dict(ask)))

            return run

        async def all_at_once() -> list[Any]:
            runs = [self.platform.run(task(step, ask)) for step, ask in calls]
            return await asyncio.gather(*runs, return_exceptions=True)

        return [told_of(answer) for answer in self.loop.run_until_complete(all_at_once())]

    def move(self, to: int | None, by: int | None) -> None:
        """Move the clock, unless a call is under way: what it makes due waits until it was answered."""
        if not self.calling:
            super().move(to, by)

    async def _deliver(self, job: Job) -> None:
        """Make one try."""

        def run(work: Work) -> dict[str, Any]:
            notice = work.find(Notice, id=job.subject)
            assert notice is not None
            status, answer, took = self.receivers.answer(notice)
            tried(work, job, notice, sent="", status=status, answer=answer, took=took)
            common = {"notify_id": notice.id, "app_id": notice.app, "notify_type": notice.kind, "to": notice.url}
            return {**common, **notice.fields, "heard": answer == "success"}

        told = await self.platform.run(run, PLATFORM)
        self.receivers.hear(told)
        self.sent.append(told)


def told_of(answer: Any) -> Told:
    """What a caller hears of an answer or a refusal; anything else is raised."""
    if isinstance(answer, Fault):
        return Told("40004", {"sub_msg": answer.says(), **answer.facts}, answer.kind.code)
    if isinstance(answer, BaseException):
        raise answer
    return Told(getattr(answer, "CODE", "10000"), plain(answer))
