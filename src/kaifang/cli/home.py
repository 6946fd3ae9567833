"""Where a platform lives on disk: its database, its keys, its world, and whether it runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec

from kaifang.gateway.identity import write_private
from kaifang.kernel.store.engine import Engine
from kaifang.kernel.store.sqlite import Sqlite

DEFAULT = Path(os.environ.get("KAIFANG_HOME", "~/.kaifang"))


class Running(msgspec.Struct):
    """A platform that was started from this home."""

    pid: int
    url: str
    database: str


class Problem(Exception):
    """Something that the person at the terminal can mend; the message says how."""


class Home:
    """One folder holds all that belongs to one platform."""

    def __init__(self, folder: Path = DEFAULT) -> None:
        self.folder = folder.expanduser().absolute()
        self.keys, self.world = self.folder / "keys", self.folder / "world.json"
        self._running = self.folder / "running.json"

    def engine(self, database: str = "") -> Engine:
        """The database: a PostgreSQL address, or the file in this folder."""
        database = database or os.environ.get("KAIFANG_DATABASE", "")
        if not database:
            return Sqlite(self.folder / "platform.db")
        if not database.startswith(("postgresql://", "postgres://")):
            raise Problem(f"not a database address: {database}; write postgresql://user:password@host/name")
        try:
            from kaifang.kernel.store.postgres import Postgres
        except ImportError:
            raise Problem("PostgreSQL needs its driver: pip install 'kaifang[postgres]'") from None
        return Postgres(database)

    def started(self, running: Running) -> None:
        """Remember that the platform runs."""
        write_private(self._running, msgspec.json.encode(running).decode())

    def stopped(self) -> None:
        """Remember that it does not."""
        self._running.unlink(missing_ok=True)

    def running(self) -> Running:
        """The platform that runs from here."""
        try:
            found = msgspec.json.decode(self._running.read_bytes(), type=Running)
            os.kill(found.pid, 0)
        except (FileNotFoundError, ProcessLookupError):
            raise Problem(f"no platform runs from {self.folder}; start one with: kaifang up") from None
        return found

    def read_world(self) -> dict[str, Any]:
        """The apps with their keys, and the people."""
        try:
            return msgspec.json.decode(self.world.read_bytes(), type=dict[str, Any])
        except FileNotFoundError:
            raise Problem(f"there is no world in {self.folder} yet; start the platform with: kaifang up") from None
