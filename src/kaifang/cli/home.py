"""Where a platform lives on disk: its database, its keys, its world, and whether it runs.

What takes long to load is loaded where it is used, because every command of the command line comes by here.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from kaifang.kernel.store.engine import Engine, Reader

BASE = Path(os.environ.get("KAIFANG_HOME", "~/.kaifang"))
CHOSEN = Path("sandboxes", ".chosen")  # says which sandbox below the base is meant by those who name no home


def default_home() -> Path:
    """The home of those who name none: the base, or the sandbox below it that was switched to."""
    with contextlib.suppress(OSError):
        name = (BASE.expanduser() / CHOSEN).read_text("utf-8").strip()
        if name:
            return BASE / "sandboxes" / name
    return BASE


DEFAULT = default_home()


class Running(msgspec.Struct):
    """A platform that was started from this home."""

    pid: int
    url: str


class Problem(Exception):
    """Something that the person at the terminal can mend; the message says how."""


class Refused(Exception):
    """The platform refused a call: the answer's node says why."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__(f"{told.get('sub_code', told.get('code'))}: {told.get('sub_msg', told.get('msg'))}")
        self.told = told


class Home:
    """One folder holds all that belongs to one platform."""

    def __init__(self, folder: Path = DEFAULT) -> None:
        self.folder = folder.expanduser().absolute()
        self.keys, self.world = self.folder / "keys", self.folder / "world.json"
        self._running, self._database = self.folder / "running.json", self.folder / "database"
        self.books_file = self.folder / "platform.db"  # unless they are in PostgreSQL

    def make(self) -> None:
        """Make the folder if it is not there; nobody else may look into it."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as problem:
            raise Problem(f"cannot make the folder {self.folder}: {problem.strerror}; name another --home") from None

    def database(self) -> str:
        """Where it keeps its books, if it was started before: a PostgreSQL address, or nothing for the file here."""
        with contextlib.suppress(FileNotFoundError):
            return self._database.read_text("utf-8")
        return ""

    def keeps(self, database: str) -> None:
        """Remember where it keeps its books."""
        if database != self.database():
            self._write(self._database, database)

    @staticmethod
    def _write(path: Path, text: str) -> None:
        from kaifang.gateway.identity import write_private

        write_private(path, text)

    def engine(self, database: str = "") -> Engine:
        """The database: a PostgreSQL address, or the file in this folder."""
        from kaifang.kernel.store import Broken
        from kaifang.kernel.store.sqlite import Sqlite

        if not database:
            return Sqlite(self.books_file)
        if not database.startswith(("postgresql://", "postgres://")):
            raise Problem(f"not a database address: {database}; write postgresql://user:password@host/name")
        try:
            from kaifang.kernel.store.postgres import Postgres
        except ImportError:
            raise Problem("PostgreSQL needs its driver: pip install 'kaifang[postgres]'") from None
        try:
            return Postgres(database)
        except Broken as problem:
            said = " ".join(str(problem).split())
            raise Problem(f"{said} (check the address, and that the database is there: createdb NAME)") from None

    def reader(self, database: str = "") -> Reader:
        """The same for those who only read, beside the process that writes."""
        from kaifang.kernel.store.sqlite import SqliteReader

        return self.engine(database) if database else SqliteReader(self.books_file)

    def books(self, database: str = "") -> Engine:
        """The database of a platform that was started from here before."""
        database = database or self.database()
        if not database and not self.books_file.exists():
            raise Problem(f"there are no books in {self.folder} yet; start the platform with: kaifang up")
        return self.engine(database)

    def started(self, running: Running) -> None:
        """Remember that the platform runs."""
        self._write(self._running, msgspec.json.encode(running).decode())

    def stopped(self) -> None:
        """Remember that it does not."""
        self._running.unlink(missing_ok=True)

    def running(self) -> Running:
        """The platform that runs from here."""
        try:
            found = msgspec.json.decode(self._running.read_bytes(), type=Running)
            with contextlib.suppress(PermissionError):  # somebody else started it, and it runs
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
