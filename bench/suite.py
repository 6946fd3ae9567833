"""What every suite does alike: says on which machine it runs, takes times, and keeps its figures."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console

from bench.machine import RESULTS, describe

Q, A = TypeVar("Q"), TypeVar("A")


def introduce(disk: Path, width: int = 120) -> tuple[Console, dict[str, str]]:
    """A console, on which everything a reader needs to compare figures is said already; and that."""
    console = Console(width=None if sys.stdout.isatty() else width, highlight=False)
    machine = describe(disk)
    for name, fact in machine.items():
        console.print(f"{name:12} {fact}")
    return console, machine


def timed(run: Callable[[Q], A], questions: Iterable[Q]) -> tuple[list[float], list[A]]:
    """How many milliseconds each answer took, in order, and the answers."""
    took, answers = [], []
    for question in questions:
        began = time.perf_counter()
        answers.append(run(question))
        took.append(1000 * (time.perf_counter() - began))
    return sorted(took), answers


def middle(rounds: Sequence[dict[str, list[float]]]) -> dict[str, tuple[float, float]]:
    """The medians of the rounds' 50th and 99th percentiles, by who took part; times stand in order."""

    def at(name: str, part: float) -> float:
        return statistics.median(one[name][int(part * (len(one[name]) - 1))] for one in rounds)

    return {name: (at(name, 0.5), at(name, 0.99)) for name in rounds[0]}


def keep(suite: str, told: dict[str, Any]) -> Path:
    """Write everything measured as JSON, to compare with other days and machines."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{suite}-{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1))
    return path
