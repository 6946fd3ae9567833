"""The world of a walk: a platform on a copy of the town, which can be left and entered again."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable
from typing import Any

from kaifang.kernel.clock import Clock
from kaifang.kernel.ids import Chance
from kaifang.kernel.platform import Platform
from kaifang.kernel.story import Step, Told
from kaifang.kernel.table import tables
from tests.town import DAWN, capabilities
from tests.walk.faults import Failing, Receivers, WalkDoor

Enter = Callable[[], Failing]  # opens the walk's own database


class Alarm(logging.Handler):
    """Hears what the platform would write into its log as a bug."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.heard.append(self.format(record))

    def taken(self) -> list[str]:
        """What was heard since this was asked last."""
        heard, self.heard = self.heard, []
        return heard


class World:
    """The town's copy as one walk lives in it. `close()` it."""

    def __init__(self, enter: Enter, known: dict[str, Any]) -> None:
        capabilities()
        self.enter, self.known, self.chance = enter, dict(known), Chance(20886)
        self.loop, self.receivers, self.alarm = asyncio.new_event_loop(), Receivers(), Alarm()
        self.log = logging.getLogger("kaifang")
        self.log.addHandler(self.alarm)
        self.log.propagate = False
        self.open()

    def open(self) -> None:
        """Start the platform on what is in the database."""
        self.engine = self.enter()
        self.platform = Platform(self.engine, clock=Clock(frozen_at=DAWN), chance=self.chance)
        self.platform.open()
        self.door = WalkDoor(self.platform, self.known, self.loop, self.receivers)

    def restart(self) -> None:
        """Stop the platform and start it again."""
        self.engine.close()
        self.open()

    @property
    def now(self) -> int:
        """What time it is."""
        return self.platform.clock.now()

    def call(self, step: Step, ask: dict[str, Any]) -> Told:
        """Make a call; what falls due thereby is not done yet."""
        return self.door.call(step, ask)

    def move(self, milliseconds: int = 0) -> None:
        """Let time pass, doing all that falls due."""
        self.door.move(None, milliseconds)

    def content(self) -> str:
        """A digest of all that would be found after a crash."""
        digest = hashlib.sha256()
        with self.engine.reading():
            for name, table in sorted(tables.items()):
                columns = ", ".join(f'"{column}"' for column in table.names)
                rows = self.engine.select(f'select {columns} from "{name}"', ())
                digest.update(repr((name, sorted(map(repr, rows)))).encode())
        return digest.hexdigest()

    def close(self) -> None:
        """Leave nothing behind."""
        self.engine.close()
        self.loop.close()
        self.log.removeHandler(self.alarm)
        self.log.propagate = True
