"""CPU time of whole process trees, dead threads and reaped children included."""

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICK_SECONDS = 1 / os.sysconf("SC_CLK_TCK")
CORES = len(os.sched_getaffinity(0))


def _stat(pid: int) -> list[str]:
    """Fields of /proc/PID/stat from the state on; the command before it may hold blanks and brackets."""
    return (PROC / str(pid) / "stat").read_text().rpartition(") ")[2].split()


def tree(roots: Iterable[int]) -> set[int]:
    """These processes and all that descend from them."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                children.setdefault(int(_stat(int(entry.name))[1]), []).append(int(entry.name))
            except OSError:
                continue  # it ended while we looked
    found, left = set(), list(roots)
    while left:
        pid = left.pop()
        if pid not in found:
            found.add(pid)
            left += children.get(pid, ())
    return found


def _own_seconds(pid: int) -> float:
    """One process: the scheduler's nanoseconds of its living threads, or its ticks where threads have died."""
    fields = _stat(pid)
    ticks, reaped = int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14])
    nanoseconds = 0
    for task in (PROC / str(pid) / "task").iterdir():
        try:
            nanoseconds += int((task / "schedstat").read_text().split()[0])
        except OSError:
            continue  # the thread ended; the ticks of its process still know it
    return max(nanoseconds / 1e9, ticks * TICK_SECONDS) + reaped * TICK_SECONDS


def spent_seconds(roots: Iterable[int]) -> float:
    """CPU that these processes, their descendants and their reaped children have used since they began."""
    total = 0.0
    for pid in tree(roots):
        try:
            total += _own_seconds(pid)
        except OSError:
            continue  # ended between the listing and the reading: its parent counts it once reaped
    return total


def settle_seconds(roots: Iterable[int], limit_seconds: float = 10.0) -> float:
    """Wait until these processes do next to nothing, so that late work is charged to who caused it."""
    roots, began = list(roots), time.monotonic()
    last = spent_seconds(roots)
    while time.monotonic() - began < limit_seconds:
        time.sleep(0.2)
        now = spent_seconds(roots)
        if now - last < 0.2 * 0.03:
            break
        last = now
    return time.monotonic() - began


@dataclass(frozen=True)
class Machine:
    """All cores together, at one moment: seconds at work, and seconds the hypervisor gave to others."""

    busy: float
    stolen: float

    @classmethod
    def now(cls) -> "Machine":
        """Read the first line of /proc/stat."""
        user, nice, system, _, _, irq, softirq, stolen, *_ = map(int, (PROC / "stat").read_text().split()[1:11])
        return cls((user + nice + system + irq + softirq) * TICK_SECONDS, stolen * TICK_SECONDS)
