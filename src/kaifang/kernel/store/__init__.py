"""The store: whatever requests wait form one batch, one transaction and one durable commit, over either engine."""

from __future__ import annotations

import contextlib
import functools
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

from .batch import Batch, Rows
from .engine import Broken, Engine, Lost, NotHere, Reader, ReadOnly
from .tx import Tx

__all__ = ["Batch", "Broken", "Engine", "Job", "Lost", "ReadOnly", "Reader", "Store", "Tx", "read"]

T = TypeVar("T")
MOST_KEPT = 200_000  # rows that are remembered between batches, a few hundred bytes each
MOST_LOOKS = 2  # rounds of reading ahead: what a request names, and what that leads to
MOST_ROUNDS = 12  # how often a job is begun again for rows that it misses; then it reads them one by one
Job = Callable[[Tx], Any]
Look = Callable[[Batch], None]


class Store:
    """Runs jobs in batches over one engine; answers only after the commit."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.rows: Rows = defaultdict(dict)  # what the only writer knows of the database, from one batch to the next

    def run(self, jobs: Sequence[Job], looks: Sequence[Look] = ()) -> list[Any]:
        """The result of each job, or the exception it raised; everything the others wrote is durable.

        The looks say beforehand which rows the jobs will read. They are hints: results do not depend on them.
        """
        try:
            results, commit = self.start(jobs, looks)
            commit()
            return results
        except Lost:
            return self.apart(jobs)

    def start(self, jobs: Sequence[Job], looks: Sequence[Look] = ()) -> tuple[list[Any], Callable[[], None]]:
        """Do all of it but the commit: the results count once the function beside them was called, in any thread.

        Nothing else is started before that. Either may raise Lost: then the jobs can be run apart.
        """
        results: list[Any] = [None] * len(jobs)
        kept, self.rows = self.rows, defaultdict(dict)  # given back only after the commit
        with contextlib.ExitStack() as transaction:
            transaction.enter_context(self.engine.transaction())
            batch = Batch(self.engine, kept)
            if self.engine.rounds or len(looks) > 1:
                look_ahead(batch, looks)
            waiting, rounds = list(range(len(jobs))), 0
            while waiting:
                gather = self.engine.rounds and rounds < MOST_ROUNDS
                waiting = [i for i in waiting if not attempt(batch, jobs[i], results, i, gather)]
                batch.fetch()
                rounds += 1
            batch.flush()
            return results, functools.partial(self._commit, transaction.pop_all(), kept)

    def _commit(self, transaction: contextlib.ExitStack, kept: Rows) -> None:
        transaction.close()
        if not self.engine.rounds and sum(map(len, kept.values())) < MOST_KEPT:
            self.rows = kept

    def apart(self, jobs: Sequence[Job]) -> list[Any]:
        """The results of jobs that are run in transactions of their own; what one of them meets is not the others'."""
        results: list[Any] = []
        for job in jobs:
            try:
                results.append(self._alone(job))
            except Broken as problem:
                if len(jobs) == 1:
                    raise
                results.append(problem)
        return results

    def _alone(self, job: Job) -> Any:
        for _ in range(20):  # still losing to other processes: read afresh each time
            with contextlib.suppress(Lost):
                results, commit = self.start([job])
                commit()
                return results[0]
        raise Broken("the same row is taken by others again and again")

    def read(self, job: Callable[[Tx], T]) -> T:
        """The result of a job that only reads, on a consistent view of what is committed."""
        return read(self.engine, job)


def read(reader: Reader, job: Callable[[Tx], T]) -> T:
    """The result of a job that only reads, on a consistent view of what is committed."""
    with reader.reading():
        return job(Tx(Batch(cast(Engine, reader), writing=False)))


def look_ahead(batch: Batch, looks: Sequence[Look]) -> None:
    """Read what the jobs will need, following rows to others a few times: all jobs together each time."""
    for _ in range(MOST_LOOKS):
        for look in looks:
            look(batch)
        if not batch.fetch():
            return


def attempt(batch: Batch, job: Job, results: list[Any], i: int, gather: bool) -> bool:
    """Run one job; whether it came to an end. What it did is dropped if it failed or, gathering, must wait for rows."""
    batch.gather, tx = gather, Tx(batch)
    try:
        results[i] = job(tx)
        tx.merge()
    except NotHere:
        return False
    except Exception as problem:  # noqa: BLE001 - a refusal or a bug of this one job; the others go on
        if isinstance(problem, (Lost, Broken, *batch.engine.troubles)):
            raise
        tx.drop()
        results[i] = problem
    return True
