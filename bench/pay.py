"""The suite `pay`: signed alipay.trade.pay end to end, held against bare RSA, TPC-B and a conventional server."""

import argparse
import random
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from bench import tpcb
from bench.cpu import CORES
from bench.limit import Signers
from bench.machine import fresh_disk, tool
from bench.measure import Bout, Score, run, yardstick
from bench.orders import signed_file
from bench.ours import Kaifang
from bench.postgres import Postgres
from bench.report import AT, CONVENTIONAL, PLAIN, POSTGRES, SQLITE, Round, show
from bench.server import CannotRun, Server, prepared
from bench.suite import introduce, keep
from bench.theirs import Conventional
from bench.town import FULL, SMALL, Town

ORDERS_A_CORE_SECOND = 3_500  # more than a core can sign, so that orders do not run out
TPCB = "tpcb"
SIDES = {"sqlite": SQLITE, "plain": PLAIN, "postgres": POSTGRES, "conventional": CONVENTIONAL, TPCB: TPCB}


@dataclass(frozen=True)
class Plan:
    """How much is done."""

    rounds: int
    seconds: int
    connections: tuple[int, ...]
    sides: tuple[str, ...]
    town: Town
    workers: int | None

    def bouts(self) -> Iterator[Bout]:
        """Every run of one round."""
        for name in (SQLITE, POSTGRES):
            yield from (Bout(name, connections) for connections in self.connections)
            yield Bout(name, AT, "hot")
        yield Bout(PLAIN, AT)
        yield Bout(CONVENTIONAL, AT)
        yield Bout(CONVENTIONAL, AT, "hot")


def plan(words: Sequence[str]) -> tuple[Plan, Path]:
    """Read the command line: the plan, and the disk for the databases."""
    parser = argparse.ArgumentParser(prog="python -m bench.pay", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5, help="length of each run")
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16, 64, 256])
    parser.add_argument("--sides", nargs="+", choices=SIDES, default=list(SIDES), help="who takes part")
    parser.add_argument(
        "--workers", type=int, help="processes of kaifang that write, on PostgreSQL; fronts on SQLite (default: fronts)"
    )
    parser.add_argument("--orders", type=int, help="orders signed beforehand (default: what the cores could sign)")
    parser.add_argument("--disk", type=Path, default=Path("/var/tmp"), help="where the databases lie")
    parser.add_argument("--quick", action="store_true", help="one round of two seconds at 64, in a small town")
    ask = parser.parse_args(words)
    rounds, seconds, connections = (1, 2, [AT]) if ask.quick else (ask.rounds, ask.seconds, ask.connections)
    orders = ask.orders or ORDERS_A_CORE_SECOND * CORES * seconds
    town = replace(SMALL if ask.quick else FULL, orders=orders)
    return Plan(rounds, seconds, tuple(connections), tuple(ask.sides), town, ask.workers), ask.disk


@dataclass
class Rounds:
    """The rounds as they are run: everything in each, in another order each time."""

    plan: Plan
    servers: dict[str, Server]
    postgres: Postgres
    signers: Signers
    failures: list[str]  # what went wrong and does not count

    def one(self, number: int, tell: Callable[[str], None]) -> Round:
        """Run everything once."""
        bouts: list[Bout | int] = [bout for bout in self.plan.bouts() if bout.server in self.servers]
        if TPCB in self.plan.sides:
            bouts += tpcb.CONNECTIONS
        random.Random(number).shuffle(bouts)
        done = Round({}, {})
        for bout in bouts:
            if isinstance(bout, int):
                done.yardsticks[bout] = found = yardstick(self.postgres, bout, self.signers, self.plan.seconds)
                tell(found.line())
            elif score := self._score(bout, tell):
                done.scores[bout] = score
        return done

    def _score(self, bout: Bout, tell: Callable[[str], None]) -> Score | None:
        """One run, or None if it went wrong and does not count."""
        try:
            files = partial(signed_file, self.plan.town)
            score = run(bout, self.servers[bout.server], files, self.signers, self.plan.seconds)
        except CannotRun as reason:
            self.failures.append(f"{bout.server}, {bout.kind} at {bout.connections}: {reason}")
            tell(self.failures[-1])
            return None
        tell(score.line())
        if score.objection:
            self.failures.append(score.line())
            return None
        return score


def save(plan: Plan, machine: dict[str, str], rounds: Sequence[Round], failures: Sequence[str]) -> Path:
    """Write everything measured as JSON, to compare with other days and machines."""
    facts = {
        "machine": machine,
        "plan": asdict(plan),
        "rounds": [
            {
                "scores": [score.facts() for score in one.scores.values()],
                "tpcb": [asdict(measured) for measured in one.yardsticks.values()],
            }
            for one in rounds
        ],
        "failures": list(failures),
    }
    return keep("pay", facts)


def main(words: Sequence[str] | None = None) -> int:
    """Run the suite; 1 if somebody could not take part or a run does not count."""
    what, disk = plan(sys.argv[1:] if words is None else words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers are stopped and databases removed
    console, machine = introduce(disk, 140)
    tool("wrk", "wrk")
    console.print(
        f"Signing {what.town.orders:,} orders of {what.town.merchants:,} merchants, twice, unless it was done"
    )
    for kind in ("proof", "warm", "many", "hot"):
        signed_file(what.town, kind)
    with ExitStack() as stack:
        folder = stack.enter_context(fresh_disk(disk))
        postgres, signers = stack.enter_context(Postgres(folder)), stack.enter_context(Signers())
        contenders: list[Server] = [
            Kaifang(what.town, folder, None, what.workers),
            Kaifang(what.town, folder, None, what.workers, signer="plain"),
            Kaifang(what.town, folder, postgres, what.workers),
            Conventional(what.town, postgres, folder),
        ]
        wanted = {SIDES[side] for side in what.sides}
        servers, failures = prepared([server for server in contenders if server.name in wanted])
        if TPCB in what.sides:
            tpcb.prepare(postgres)
        suite, rounds = Rounds(what, servers, postgres, signers, failures), []
        for number in range(what.rounds):
            console.print(f"Round {number + 1} of {what.rounds}")
            rounds.append(suite.one(number, lambda line: console.print(f"  {line}", soft_wrap=True)))
    show(rounds, console)
    console.print(f"All of it: {save(what, machine, rounds, suite.failures)}")
    for failure in suite.failures:
        console.print(f"not counted: {failure}", style="red", markup=False)
    return 1 if suite.failures else 0


if __name__ == "__main__":
    sys.exit(main())
