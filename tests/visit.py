"""A visit to the town: a copy of it for one test or one walk, and direct calls into it."""

from __future__ import annotations

import asyncio
import atexit
import functools
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kaifang.kernel import Caller, Fault, Work
from kaifang.kernel.platform import Platform, move_clock
from kaifang.kernel.store.sqlite import Sqlite
from tests.town import open_platform, settle_town


@functools.cache
def seeded() -> tuple[Path, dict[str, Any]]:
    """The file of a settled town, made once a process, and the names in it."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    loop = asyncio.new_event_loop()
    platform = open_platform(Sqlite(Path(folder) / "town.db"))
    known = settle_town(platform, loop)
    platform.store.engine.close()
    loop.close()
    return Path(folder) / "town.db", known


class Visit:
    """A copy of the town on SQLite. `close()` it."""

    def __init__(self) -> None:
        kept, self.known = seeded()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(kept, self.folder / "town.db")
        self.platform: Platform = open_platform(Sqlite(self.folder / "town.db"))

    @property
    def now(self) -> int:
        """What time it is, in milliseconds."""
        return self.platform.clock.now()

    def app(self, name: str, user: str | None = None) -> Caller:
        """An app of the town, acting for a user if one is named."""
        role = "wallet" if name == "wallet" else "merchant"
        app, who = self.known[f"{name}.app"], self.known[user] if user else None
        return Caller(app=app, auth_app=app, role=role, merchant=self.known.get(name, ""), user=who)

    def ask(self, caller: Caller, method: str, /, **fields: Any) -> Any:
        """The answer, or the code of the fault."""
        try:
            return self.platform.do(lambda work: work.ask(method, **fields), caller)
        except Fault as refusal:
            return refusal.kind.code

    def race(self, *calls: tuple[Caller, str, dict[str, Any]]) -> list[Any]:
        """The answers, or the faults' codes, of calls that arrive together and share one transaction."""

        def job(method: str, fields: dict[str, Any]) -> Callable[[Work], Any]:
            return lambda work: work.ask(method, **fields)

        async def together() -> list[Any]:
            runs = [self.platform.run(job(method, fields), caller) for caller, method, fields in calls]
            return await asyncio.gather(*runs, return_exceptions=True)

        answers = self.loop.run_until_complete(together())
        return [answer.kind.code if isinstance(answer, Fault) else answer for answer in answers]

    def wait(self, milliseconds: int) -> None:
        """Let the clock stand later, while what falls due is not done yet."""
        self.platform.clock.freeze(self.now + milliseconds)

    def move(self, milliseconds: int = 0) -> None:
        """Let time pass, doing all that falls due."""
        target = self.now + milliseconds
        self.platform.do(lambda work: move_clock(work, target))
        self.loop.run_until_complete(self.platform.follow())

    def close(self) -> None:
        """Leave nothing behind."""
        self.platform.store.engine.close()
        self.loop.close()
        shutil.rmtree(self.folder)
