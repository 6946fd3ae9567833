"""Where the figures were taken: the processor, the disk, the versions; and the tools the suite needs on it."""

import contextlib
import os
import platform
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.backends.openssl import backend

from bench.cpu import CORES
from kaifang.gateway.eightfold import EightfoldSigner, signer_for
from kaifang.gateway.keys import new_private_key

SYNCS = 200
ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "bench" / ".work"  # keys and signed orders: kept between runs
RESULTS = ROOT / "bench" / "results"
MEMORY_FILE_SYSTEMS = {"tmpfs", "ramfs"}


def _processor() -> tuple[str, set[str]]:
    """Name and flags of the first core."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    facts = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines) if value}
    return facts.get("model name", platform.machine()), set(facts.get("flags", "").split())


def ifma() -> str:
    """Whether OpenSSL may use AVX512-IFMA, which makes a signature 2.4 times cheaper."""
    masked = os.environ.get("OPENSSL_ia32cap")  # noqa: SIM112 - its real name
    state = "yes" if "avx512ifma" in _processor()[1] else "no"
    return f"{state}, OPENSSL_ia32cap={masked}" if masked else state


def file_system(folder: Path) -> str:
    """Kind of file system that holds a folder, from the longest mount point above it."""
    mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]
    above = [(len(point), kind) for point, kind in mounts if folder.resolve().is_relative_to(point)]
    return max(above)[1]


def sync_ms(folder: Path) -> tuple[float, float]:
    """Median and 99th percentile of one fdatasync after a small append, in milliseconds."""
    taken = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(SYNCS):
            file.write(b"x" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


def signing() -> str:
    """How a platform signs its answers here: with the extra `fast` where that is installed and the processor has it."""
    together = isinstance(signer_for(new_private_key(), "RSA2"), EightfoldSigner)
    return "eight at a time, by the extra `fast`" if together else "one by one"


def interpreter() -> str:
    """Which Python, and how long it takes for a fixed job: builds of one version differ by a quarter."""
    return f"{platform.python_version()}, {1000 * min(_job() for _ in range(7)):.0f} ms for a fixed job"


def _job() -> float:
    """Seconds for some counting in a dictionary and some text."""
    began, counts = time.perf_counter(), dict[tuple[int, str], int]()
    for number in range(100_000):
        key = (number % 97, "a")
        counts[key] = counts.get(key, 0) + len(f"{number}")
    return time.perf_counter() - began


def describe(folder: Path) -> dict[str, str]:
    """Everything a reader needs to compare these figures with his own."""
    median, slow = sync_ms(folder)
    return {
        "processor": f"{_processor()[0]}, {CORES} cores",
        "AVX512-IFMA": ifma(),
        "signing": signing(),
        "Python": interpreter(),
        "OpenSSL": backend.openssl_version_text(),
        "SQLite": sqlite3.sqlite_version,
        "kernel": platform.release(),
        "disk": f"{file_system(folder)}, fdatasync {median:.2f} ms (p99 {slow:.2f})",
        "load before": "{:.1f} {:.1f} {:.1f}".format(*os.getloadavg()),
    }


@contextlib.contextmanager
def fresh_disk(parent: Path) -> Iterator[Path]:
    """A new folder for databases, gone afterwards; refused where a sync costs nothing, because nothing is durable."""
    if file_system(parent) in MEMORY_FILE_SYSTEMS:
        sys.exit(f"{parent} is in memory, where nothing is durable: name a folder on a disk with --disk")
    with tempfile.TemporaryDirectory(prefix="kaifang-bench-", dir=parent, ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)  # PostgreSQL runs as a user of its own and has to pass
        yield Path(name)


def free_port() -> int:
    """A port of the loopback on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def tool(name: str, package: str, folder: Path | None = None) -> Path:
    """A program of the distribution; installed when we may, otherwise the command that installs it is named."""
    where = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}" if folder else None
    if found := shutil.which(name, path=where):
        return Path(found)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"{name} is missing: install it first (Debian: sudo apt-get install {package})")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=quiet, check=True, stdout=subprocess.DEVNULL)
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *package.split()]
    subprocess.run(install, env=quiet, check=True, stdout=subprocess.DEVNULL)
    return Path(found) if (found := shutil.which(name, path=where)) else sys.exit(f"{package} holds no {name}")
