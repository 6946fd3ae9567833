"""Messages for apps that are connected to another process: handed over through the database, and waited for."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any

from kaifang.kernel import Work
from kaifang.kernel.events import Job
from kaifang.kernel.queue import Busy
from kaifang.kernel.store import Broken
from kaifang.kernel.table import Row, table

from .house import House
from .outcome import Outcome, record

LOOK_SECONDS = 0.1  # how often one process looks for what another one did
OTHERS_SECONDS = 20  # for another process to make a try: longer than the try itself may take
ABSENT = "the app is not connected to its message channel; once it connects this is sent at once"
log = logging.getLogger("kaifang.gateway")


@table("channel_place", key=("app", "writer"))
class Place(Row):
    """An app is connected to a process."""

    app: str
    writer: int  # which process
    since: int


@table("channel_parcel", key=("writer", "id"))
class Parcel(Row):
    """A try that a process is asked to make."""

    writer: int
    id: str  # of the job
    due: int  # of the job


class Relay:
    """Lets the process that finds what is due hand it to the one that the app is connected to."""

    def __init__(self, house: House, deliver: Callable[[Job], Awaitable[Outcome | None]]) -> None:
        self.platform, self.deliver = house.platform, deliver
        self.apps: set[str] = set()  # connected here, as the others have been told
        self.writer = self.platform.place.writer
        self.tasks: set[asyncio.Task[None]] = set()
        if self.platform.several:
            self._begin(self._watch())

    async def close(self) -> None:
        """Make no more tries for others."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def announce(self, app: str, present: bool) -> None:
        """Tell the other processes that an app is connected here, or is no longer."""
        if present:
            self.apps.add(app)
        else:
            self.apps.discard(app)
        if self.platform.several:
            await self.platform.run(partial(note, app=app, writer=self.writer, present=present))

    async def hand_over(self, job: Job, app: str) -> Outcome:
        """Have another process make the try; if it did, it has recorded it, and what is returned here is dropped."""
        place = self.platform.read(partial(other_place, app=app, writer=self.writer)) if self.platform.several else None
        if place is None:
            return Outcome(answer=ABSENT)
        await self.platform.run(partial(post, writer=place.writer, job=job))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(OTHERS_SECONDS):
                while self.platform.read(lambda work: work.find(Job, due=job.due, id=job.id)) is not None:
                    await asyncio.sleep(LOOK_SECONDS)
                return Outcome()
        await self.platform.run(partial(strike_off, place=place, job=job))
        return Outcome(answer=ABSENT)

    async def _watch(self) -> None:
        taken_up = 0
        while True:
            try:
                if taken_up != self.platform.place.writer:  # at first, or its place was lost and it has another
                    self.writer = taken_up = self.platform.place.writer
                    await self.platform.run(partial(take_up, writer=self.writer, apps=set(self.apps)))
                if self.platform.read(partial(parcels, writer=self.writer)):
                    for job in await self.platform.run(partial(collect, writer=self.writer)):
                        self._begin(self._make(job))
            except (Busy, Broken) as problem:
                log.error("what other processes ask for cannot be read: %s", problem)
            await asyncio.sleep(LOOK_SECONDS)

    async def _make(self, job: Job) -> None:
        outcome = await self.deliver(job) or Outcome(answer=ABSENT)
        with contextlib.suppress(Busy, Broken):  # then the other process's patience ends, and it records that
            await self.platform.run(partial(record, job=job, outcome=outcome))

    def _begin(self, doing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(doing)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


def note(work: Work, app: str, writer: int, present: bool) -> None:
    """Keep whether an app is connected to a process."""
    place = work.find(Place, app=app, writer=writer)
    if present and place is None:
        work.add(Place(app=app, writer=writer, since=work.now))
    elif place is not None and not present:
        work.remove(place)


def other_place(work: Work, app: str, writer: int) -> Place | None:
    """Where else an app is connected: where it came last."""
    found = work.select(Place, "app = ? and writer <> ?", (app, writer), "since desc", 1)
    return found[0] if found else None


def post(work: Work, writer: int, job: Job) -> None:
    """Ask a process for a try."""
    if work.find(Parcel, writer=writer, id=job.id) is None:
        work.add(Parcel(writer=writer, id=job.id, due=job.due))


def parcels(work: Work, writer: int) -> list[Parcel]:
    """The tries that a process is asked for."""
    return work.select(Parcel, "writer = ?", (writer,), "id")


def collect(work: Work, writer: int) -> list[Job]:
    """Take them."""
    taken = parcels(work, writer)
    for parcel in taken:
        work.remove(parcel)
    jobs = [work.find(Job, due=parcel.due, id=parcel.id) for parcel in taken]
    return [job for job in jobs if job is not None]


def strike_off(work: Work, place: Place, job: Job) -> None:
    """Forget a process that does not answer: it has ended without a word."""
    for row in (
        work.find(Parcel, writer=place.writer, id=job.id),
        work.find(Place, app=place.app, writer=place.writer),
    ):
        if row is not None:
            work.remove(row)


def take_up(work: Work, writer: int, apps: set[str]) -> None:
    """Begin under this number: what an ended process left there is forgotten, and who is connected is told."""
    left = [place for place in work.select(Place, "writer = ?", (writer,)) if place.app not in apps]
    for row in (*left, *parcels(work, writer)):
        work.remove(row)
    for app in apps:
        note(work, app, writer, present=True)
