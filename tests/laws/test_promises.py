"""Laws 4, 6, 7, 10: a repeat counts once, a power cut leaves nothing, merchants are walled off, arrows are walked."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.laws.test_stories import STORIES, NewTown, assert_whole, name_of

from kaifang.kernel.door import KernelDoor
from kaifang.kernel.fault import Fault
from kaifang.kernel.machine import machines
from kaifang.kernel.method import allow, methods, perform, read_request
from kaifang.kernel.platform import Platform
from kaifang.kernel.shape import Shape, plain
from kaifang.kernel.store.sqlite import Sqlite
from kaifang.kernel.story import Step, Telling, Told, load
from kaifang.kernel.table import tables
from kaifang.kernel.work import Work

each_story = pytest.mark.parametrize("path", STORIES, ids=name_of)
RIVALS = {"coffee": "books", "books": "coffee", "helper": "books"}
MOST_STATEMENTS = 200


def content(platform: Platform) -> bytes:
    """The whole database as it would be found after a crash."""
    engine = platform.store.engine
    assert isinstance(engine, Sqlite)
    return engine.writer.serialize()


@each_story
def test_a_repeat_counts_once(path: Path, new_town: NewTown, loop: asyncio.AbstractEventLoop) -> None:
    """Law 4: where a method names its `once` fields, a repeat is answered as the first, and nothing changes."""
    platform, known = new_town("sqlite")
    door = KernelDoor(platform, known, loop)

    def again(step: Step, ask: dict[str, Any], told: Told) -> None:
        method = methods.get(step.call)
        if method is None or not method.once or told.fault or not all(ask.get(name) for name in method.once):
            return
        before = content(platform)
        repeated = door.call(step, ask)
        assert (repeated.code, repeated.fields) == (told.code, told.fields), f"{step.call} answers a repeat differently"
        assert content(platform) == before, f"{step.call} does something when it is repeated"

    Telling(load(path), door, known).tell(again)


class PowerCut(BaseException):
    """The lights go out."""


class Mains(Sqlite):
    """A database whose power fails at the n-th statement."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.left: int | None = None

    def _tick(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise PowerCut

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction that may be cut just before its commit too."""
        with super().transaction():
            yield
            self._tick()

    def read(self, *args: Any) -> list[Any]:
        """Read, or be cut."""
        self._tick()
        return super().read(*args)

    def insert(self, *args: Any) -> None:
        """Insert, or be cut."""
        self._tick()
        super().insert(*args)

    def update(self, *args: Any) -> None:
        """Update, or be cut."""
        self._tick()
        super().update(*args)

    def delete(self, *args: Any) -> None:
        """Delete, or be cut."""
        self._tick()
        super().delete(*args)

    def select(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Ask, or be cut."""
        self._tick()
        return super().select(sql, values)

    def execute(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Execute, or be cut."""
        self._tick()
        super().execute(sql, values)


class CutDoor(KernelDoor):
    """Every call is cut at its first statement, then at its second, and so on, until it comes through."""

    def call(self, step: Step, ask: dict[str, Any]) -> Told:
        """One call, survived as often as it has statements."""
        method = methods[step.call]
        engine = self.platform.store.engine
        assert isinstance(engine, Mains)

        def run(work: Work) -> Shape:
            inner = work.acting(**self.caller(work, step))
            allow(method, inner.caller)
            return perform(method, inner, read_request(method, dict(ask)))

        before = content(self.platform)
        for statements in range(MOST_STATEMENTS):
            engine.left = statements
            try:
                told = plain(answer := self.platform.do(run))
                break
            except PowerCut:
                assert content(self.platform) == before, f"{step.call} left something behind at statement {statements}"
            except Fault as refusal:
                engine.left = None
                assert content(self.platform) == before, f"{step.call} was refused and left something behind"
                return Told("40004", dict(refusal.facts), refusal.kind.code)
            finally:
                engine.left = None
        else:
            raise AssertionError(f"{step.call} needs more than {MOST_STATEMENTS} statements")
        self.move(None, 0)
        return Told(getattr(answer, "CODE", "10000"), told)


@each_story
def test_a_power_cut_leaves_nothing(path: Path, new_town: NewTown, loop: asyncio.AbstractEventLoop) -> None:
    """Law 6: the n-th statement fails for n = 1, 2, 3 ...; nothing is left, and the retry heals."""
    platform, known = new_town("sqlite")
    engine = platform.store.engine
    assert isinstance(engine, Sqlite)
    engine.close()
    platform.store.engine = Mains(engine.path)
    Telling(load(path), CutDoor(platform, known, loop), known).tell()
    assert_whole(platform.store.engine)


@each_story
def test_another_merchant_sees_and_changes_nothing(
    path: Path, new_town: NewTown, loop: asyncio.AbstractEventLoop
) -> None:
    """Law 7: the same request from another merchant's app gets none of the first one's numbers, and moves nothing."""
    platform, known = new_town("sqlite")
    door = KernelDoor(platform, known, loop)
    engine = platform.store.engine
    assert isinstance(engine, Sqlite)

    def intrude(step: Step, ask: dict[str, Any], told: Told) -> None:
        rival = RIVALS.get(step.by)
        if rival is None or step.token or step.auth_token:
            return
        mine = known[step.by]
        before = owned(engine.writer, mine)
        heard = door.call(Step(call=step.call, by=rival), ask)
        door.notified()
        assert owned(engine.writer, mine) == before, f"{step.call}: {rival} changed what is {step.by}'s"
        seen = numbers(heard.fields) & (numbers(told.fields) - numbers(ask))
        people = {str(value) for name, value in known.items() if "." not in name}
        assert not seen - people, f"{step.call}: {rival} was shown {seen - people}"

    Twin(load(path), door, known, platform).tell(intrude)


class Twin(Telling):
    """A telling in which what an intruder did is undone after each step."""

    def __init__(self, story: Any, door: KernelDoor, known: dict[str, Any], platform: Platform) -> None:
        super().__init__(story, door, known)
        self.platform = platform

    def _take(self, step: Step, each: Any) -> None:
        def undone(step: Step, ask: dict[str, Any], told: Told) -> None:
            engine = self.platform.store.engine
            assert isinstance(engine, Sqlite)
            kept = engine.writer.serialize()
            arrived = self.door.notified()
            each(step, ask, told)
            restore(engine, kept)
            self.platform.store.rows.clear()
            self.door.notified()
            self.arrived += arrived

        super()._take(step, undone)


def restore(engine: Sqlite, kept: bytes) -> None:
    """Put the database back to what it was."""
    memory = sqlite3.connect(":memory:")
    memory.deserialize(kept[:18] + b"\x01\x01" + kept[20:])  # a copy in memory has no write-ahead log
    memory.backup(engine.writer)
    memory.close()


def owned(db: sqlite3.Connection, owner: str) -> dict[str, set[tuple[Any, ...]]]:
    """Every row that names this owner, by table; what is merely told about it in the logs aside."""
    found = {}
    for name, table in tables.items():
        if name in ("entry", "event", "job", "answered", "notice", "delivery"):
            continue
        texts = [column for column, kind, _, _ in table.columns if kind == "text"]
        where = " or ".join(f'"{column}" = ?' for column in texts)
        if texts:
            found[name] = set(db.execute(f'select * from "{name}" where {where}', [owner] * len(texts)))
    return found


def numbers(told: Any) -> set[str]:
    """Every long number in an answer."""
    if isinstance(told, dict):
        return {number for part in told.values() for number in numbers(part)}
    if isinstance(told, list):
        return {number for part in told for number in numbers(part)}
    return {told} if isinstance(told, str) and len(told) >= 16 and told.isdigit() else set()


def test_every_arrow_is_walked(new_town: NewTown, loop: asyncio.AbstractEventLoop) -> None:
    """Law 10: all stories together walk every arrow of every machine."""
    walked: set[str] = set()
    for path in STORIES:
        platform, known = new_town("sqlite")
        Telling(load(path), KernelDoor(platform, known, loop), known).tell()
        with platform.store.engine.reading():
            walked |= {row[0] for row in platform.store.engine.select("select distinct name from event", ())}
    ours = [machine for machine in machines.values() if machine.__module__.startswith("kaifang.")]
    arrows = {move.event for machine in ours for move in machine.moves.values()}
    assert arrows <= walked, f"no story walks {sorted(arrows - walked)}"
