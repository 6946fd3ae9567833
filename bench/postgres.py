"""A PostgreSQL of our own: as durable as a real one, on a socket nobody else sees, gone afterwards."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType

from bench.machine import tool

DEBIAN = Path("/usr/lib/postgresql")
PACKAGES = "postgresql postgresql-contrib"
SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "listen_addresses": "",
    "shared_buffers": "1GB",
    "max_wal_size": "4GB",
    "max_connections": "300",
}


def programs() -> Path:
    """Folder of the newest PostgreSQL that is complete; Debian's is installed when there is none."""

    def complete() -> list[Path]:
        found = [path.parent for path in DEBIAN.glob("*/bin/pgbench") if (path.parent / "initdb").exists()]
        return sorted(found, key=lambda path: float(path.parent.name))

    if not complete():
        elsewhere = tool("pgbench", PACKAGES).resolve().parent
        return complete()[-1] if complete() else elsewhere
    return complete()[-1]


class Postgres:
    """One cluster, from initdb to its end."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; the server starts on entry."""
        self.folder = folder / "postgres"
        self.programs = programs()
        self._server: subprocess.Popen[bytes] | None = None
        # PostgreSQL refuses to run as root, so root lends it the user Debian made for it
        self._user = "postgres" if os.geteuid() == 0 else None

    @property
    def pid(self) -> int:
        """The postmaster, whose children are the backends."""
        assert self._server, "the server has not been started"
        return self._server.pid

    def url(self, database: str, scheme: str = "postgresql") -> str:
        """How a client names one database here."""
        return f"{scheme}://postgres@/{database}?host={self.folder}"

    def command(self, program: str, *words: str) -> list[str]:
        """The words that run one of its client programs against this server."""
        return [str(self.programs / program), "-h", str(self.folder), "-U", "postgres", *words]

    def run(self, program: str, *words: str) -> str:
        """Run one of its client programs to the end and give what it printed."""
        done = subprocess.run(self.command(program, *words), capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{program} failed: {done.stderr}"
        return done.stdout

    def query(self, database: str, sql: str) -> str:
        """Run SQL, give the bare text of the answer."""
        return self.run("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql).strip()

    def recreate(self, database: str, template: str = "template0") -> None:
        """Make a database afresh, as a copy of its template on disk."""
        self.drop(database)
        self.query("postgres", f"CREATE DATABASE {database} TEMPLATE {template} STRATEGY file_copy")
        self.query("postgres", "CHECKPOINT")

    def drop(self, database: str) -> None:
        """Remove a database, so that its vacuuming disturbs nobody later."""
        self.query("postgres", f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def __enter__(self) -> "Postgres":
        """Initialise the cluster and wait until it answers."""
        self.folder.mkdir()
        if self._user:
            shutil.chown(self.folder, self._user)
        self._as_owner("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        with (self.folder.parent / "postgres.log").open("wb") as log:
            self._server = subprocess.Popen(
                [self.programs / "postgres", "-D", self._data, "-k", str(self.folder), *settings],
                stdout=log, stderr=log, cwd=self.folder, **self._owner(),
            )  # fmt: skip
        for _ in range(100):
            with contextlib.suppress(AssertionError):
                assert self.query("postgres", "SELECT 1") == "1"
                return self
            time.sleep(0.1)
        raise RuntimeError(f"PostgreSQL did not start: {(self.folder.parent / 'postgres.log').read_text()[-500:]}")

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Stop it as fast as is clean, and take its files away."""
        assert self._server
        self._server.send_signal(signal.SIGINT)
        try:
            self._server.wait(20)
        except subprocess.TimeoutExpired:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _owner(self) -> dict[str, object]:
        """As whom to start a program that must not be root."""
        if not self._user:
            return {}
        person = pwd.getpwnam(self._user)
        return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}

    def _as_owner(self, program: str, *words: str) -> None:
        command = [self.programs / program, *words]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, **self._owner())
