"""CPU time of whole process trees, dead threads and reaped children included."""

import os
import time
from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")
TICK_SECONDS = 1 / os.sysconf("SC_CLK_TCK")
CORES = len(os.sched_getaffinity(0))
LOOK_SECONDS, QUIET = 0.2, 0.03  # quiet is three hundredths of one core


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


def settle(roots: Iterable[int], limit_seconds: float = 10.0) -> None:
    """Wait until these processes do next to nothing, so that late work is charged to who caused it."""
    roots, until = list(roots), time.monotonic() + limit_seconds
    before = spent_seconds(roots)
    while time.monotonic() < until:
        time.sleep(LOOK_SECONDS)
        now = spent_seconds(roots)
        if now - before < QUIET * LOOK_SECONDS:
            return
        before = now


def busy_seconds() -> float:
    """What all cores together have worked since the machine began, for anybody."""
    user, nice, system, _, _, irq, softirq, *_ = map(int, (PROC / "stat").read_text().split()[1:11])
    return (user + nice + system + irq + softirq) * TICK_SECONDS
