"""What the rounds amount to: medians, ratios, and whether the targets are met.

A ratio between two runs is the ratio of their fractions of the limit measured beside each, so that a neighbour who
takes half the machine during one of them favours nobody; on a quiet machine that is the ratio of their rates.
"""

import contextlib
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from bench.measure import Bout, Score, Yardstick

SQLITE, POSTGRES, CONVENTIONAL = "kaifang, SQLite", "kaifang, PostgreSQL", "conventional"
PLAIN = "kaifang, SQLite, plain"  # signing one by one, as without the extra `fast`
NOISE = 0.05  # of the machine used by others: more, and the figures are not ours
AT = 64  # connections at which the targets stand


@dataclass(frozen=True)
class Round:
    """Everything that was measured next to each other."""

    scores: dict[Bout, Score]
    yardsticks: dict[int, Yardstick]  # by connections


def figures(rounds: Sequence[Round], figure: Callable[[Round], float]) -> list[float]:
    """One figure of each round in which all that it needs was measured."""
    found = []
    for one in rounds:
        with contextlib.suppress(KeyError):
            found.append(figure(one))
    return found


@dataclass(frozen=True)
class Target:
    """A figure that was promised."""

    what: str
    least: float | None
    most: float | None
    figure: Callable[[Round], float]

    def line(self, rounds: Sequence[Round]) -> tuple[str, str, str, str]:
        """What it is, the promise, the median with its range, and the verdict."""
        promise = f"at least {self.least:g}" if self.least is not None else f"at most {self.most:g}"
        found = figures(rounds, self.figure)
        if not found:
            return self.what, promise, "-", "not measured"
        middle = statistics.median(found)
        met = middle >= self.least if self.least is not None else middle <= (self.most or 0)
        shown = f"{middle:.2f}  ({min(found):.2f} to {max(found):.2f})"
        return self.what, promise, shown, "met" if met else "MISSED"


def _of_limit(server: str) -> Callable[[Round], float]:
    return lambda one: one.scores[Bout(server, AT)].of_limit


def _signs(server: str) -> Callable[[Round], float]:
    return lambda one: one.scores[Bout(server, AT)].signs


def _of_tpcb(server: str, connections: int = AT) -> Callable[[Round], float]:
    return lambda one: one.scores[Bout(server, AT)].of_limit / one.yardsticks[connections].of_limit


def _cheaper(server: str) -> Callable[[Round], float]:
    return lambda one: one.scores[Bout(CONVENTIONAL, AT)].signs / one.scores[Bout(server, AT)].signs


def _faster(server: str) -> Callable[[Round], float]:
    return lambda one: one.scores[Bout(server, AT)].of_limit / one.scores[Bout(CONVENTIONAL, AT)].of_limit


def _hot(server: str) -> Callable[[Round], float]:
    return lambda one: one.scores[Bout(server, AT, "hot")].of_limit / one.scores[Bout(server, AT)].of_limit


TARGETS = [
    Target("SQLite: of the signing limit", 0.5, None, _of_limit(SQLITE)),
    Target("PostgreSQL: of the signing limit", 0.4, None, _of_limit(POSTGRES)),
    Target("SQLite: CPU a request, in signatures", None, 1.8, _signs(SQLITE)),
    Target("PostgreSQL: CPU a request, in signatures", None, 2.1, _signs(POSTGRES)),
    Target("SQLite: of TPC-B", 0.9, None, _of_tpcb(SQLITE)),
    Target("PostgreSQL: of TPC-B", 0.6, None, _of_tpcb(POSTGRES)),
    Target("SQLite: times the conventional server, by CPU", 10, None, _cheaper(SQLITE)),
    Target("PostgreSQL: times the conventional server, by CPU", 10, None, _cheaper(POSTGRES)),
    Target("SQLite: a hot merchant, of many merchants", 0.9, None, _hot(SQLITE)),
    Target("PostgreSQL: a hot merchant, of many merchants", 0.9, None, _hot(POSTGRES)),
]
BESIDES = [  # worth knowing, promised to nobody
    ("SQLite, signing one by one: of the signing limit", _of_limit(PLAIN)),
    ("SQLite, signing one by one: CPU a request, in signatures", _signs(PLAIN)),
    ("SQLite, signing one by one: of TPC-B", _of_tpcb(PLAIN)),
    ("SQLite: of TPC-B at 16, its best", _of_tpcb(SQLITE, 16)),
    ("PostgreSQL: of TPC-B at 16, its best", _of_tpcb(POSTGRES, 16)),
    ("SQLite: times the conventional server, by answers/s", _faster(SQLITE)),
    ("PostgreSQL: times the conventional server, by answers/s", _faster(POSTGRES)),
    ("conventional: a hot merchant, of many merchants", _hot(CONVENTIONAL)),
]


def _middle(scores: Iterable[Score], figure: Callable[[Score], float]) -> float:
    return statistics.median(figure(score) for score in scores)


def _loads(rounds: Sequence[Round]) -> Table:
    """A row for each server, kind and number of connections."""
    titles = ("answers/s", "of limit", "CPU us", "signs", "p50 ms", "p90 ms", "p99 ms", "wrk us", "elsewhere")
    shown = Table("server", "merchants", "connections", title="Signed alipay.trade.pay, medians", title_justify="left")
    for title in titles:
        shown.add_column(title, justify="right")
    order = [SQLITE, PLAIN, POSTGRES, CONVENTIONAL]
    bouts = {bout for one in rounds for bout in one.scores}
    for bout in sorted(bouts, key=lambda b: (order.index(b.server), b.kind == "hot", b.connections)):
        scores = [one.scores[bout] for one in rounds if bout in one.scores]
        shown.add_row(
            bout.server, "one, hot" if bout.kind == "hot" else "many", str(bout.connections),
            f"{_middle(scores, lambda s: s.load.rate):,.0f}", f"{_middle(scores, lambda s: s.of_limit):.2f}",
            f"{_middle(scores, lambda s: s.server_us):,.0f}", f"{_middle(scores, lambda s: s.signs):.2f}",
            f"{_middle(scores, lambda s: s.load.p50_ms):.1f}", f"{_middle(scores, lambda s: s.load.p90_ms):.1f}",
            f"{_middle(scores, lambda s: s.load.p99_ms):.1f}", f"{_middle(scores, lambda s: s.load.client_us):.0f}",
            f"{100 * _middle(scores, lambda s: s.elsewhere):.0f} %",
        )  # fmt: skip
    return shown


def _yardsticks(rounds: Sequence[Round]) -> Table:
    """The signing limit and TPC-B."""
    shown = Table("yardstick", title="What it is held against, medians", title_justify="left")
    for title in ("a second", "CPU us", "mean ms"):
        shown.add_column(title, justify="right")
    limits = [score.limit for one in rounds for score in one.scores.values()]
    if limits:
        rate, cost = (statistics.median(getattr(limit, name) for limit in limits) for name in ("rate", "sign_us"))
        shown.add_row("bare RSA2048 signatures, all cores", f"{rate:,.0f}", f"{cost:.0f}", "")
    for connections in sorted(rounds[0].yardsticks):
        runs = [one.yardsticks[connections].transactions for one in rounds]
        rate, mean = (statistics.median(getattr(run, name) for run in runs) for name in ("rate", "mean_ms"))
        cost = statistics.median(run.server_us + run.client_us for run in runs)
        shown.add_row(f"pgbench TPC-B, {connections} connections", f"{rate:,.0f}", f"{cost:,.0f}", f"{mean:.1f}")
    return shown


def _verdicts(rounds: Sequence[Round]) -> Table:
    """Targets, and the ratios nobody promised."""
    shown = Table(
        "at 64 connections",
        "promised",
        "median (range)",
        "",
        title="Ratios, paired in each round",
        title_justify="left",
    )
    for target in TARGETS:
        shown.add_row(*target.line(rounds))
    for what, figure in BESIDES:
        _, _, found, verdict = Target(what, 0, None, figure).line(rounds)
        shown.add_row(what, "", found, "" if verdict == "met" else verdict)
    return shown


def show(rounds: Sequence[Round], console: Console) -> None:
    """Print everything."""
    for table in (_yardsticks(rounds), _loads(rounds), _verdicts(rounds)):
        console.print(table)
    noise = statistics.median([score.elsewhere for one in rounds for score in one.scores.values()] or [0])
    if noise > NOISE:
        console.print(
            f"Others used {100 * noise:.0f} % of this machine: rates are theirs too, and CPU a request is more "
            "than it would be alone. Repeat when it is quiet."
        )
