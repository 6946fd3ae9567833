"""One run of one contender: a fresh database, proof, warm-up, load, and the limit measured on both sides of it."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from bench import tpcb
from bench.cpu import CORES, busy_seconds, settle, spent_seconds
from bench.limit import Limit, Signers, between
from bench.load import Load, send
from bench.postgres import Postgres
from bench.server import CannotRun, Running, Server, prove
from bench.tpcb import Transactions

BRACKET_SECONDS = 0.5
WARM_SECONDS, WARM_CONNECTIONS = 2, 64  # so many that a server opens all the database connections it ever will


@dataclass(frozen=True)
class Bout:
    """What is to be run."""

    server: str
    connections: int
    kind: str = "many"  # or hot: every order to one merchant


@dataclass(frozen=True)
class Score:
    """What one run gave."""

    bout: Bout
    load: Load
    limit: Limit
    server_us: float  # CPU an answer, database included, until all is quiet again
    elsewhere: float  # part of the machine that neither server nor generator used: noise
    objection: str | None

    @property
    def of_limit(self) -> float:
        """Answers a second, of the signatures a second that the bare machine makes."""
        return self.load.rate / self.limit.rate

    @property
    def signs(self) -> float:
        """CPU an answer, in signatures."""
        return self.server_us / self.limit.sign_us

    def facts(self) -> dict[str, object]:
        """All of it, for the file of results."""
        return {**asdict(self), "rate": self.load.rate, "of_limit": self.of_limit, "signs": self.signs}

    def line(self) -> str:
        """One run in one line."""
        bout, load = self.bout, self.load
        words = [
            f"{bout.server:20} {bout.kind:4} {bout.connections:3}: {load.rate:7,.0f}/s",
            f"{self.of_limit:.2f} of the limit",
            f"{self.server_us:6,.0f} us = {self.signs:5.2f} signs",
            f"p50 {load.p50_ms:.1f} p99 {load.p99_ms:.1f} ms",
            f"{100 * self.elsewhere:.0f} % elsewhere",
        ]
        return ", ".join([*words, f"INVALID: {self.objection}"] if self.objection else words)


@dataclass(frozen=True)
class Yardstick:
    """One run of TPC-B, and the limit beside it."""

    connections: int
    transactions: Transactions
    limit: Limit

    @property
    def of_limit(self) -> float:
        """Transactions a second, of the signatures a second that the bare machine makes."""
        return self.transactions.rate / self.limit.rate

    def line(self) -> str:
        """One run in one line."""
        done = self.transactions
        cost = done.server_us + done.client_us
        rate = f"{done.rate:7,.0f}/s, {self.of_limit:.2f} of the limit"
        return f"{'pgbench TPC-B':25} {self.connections:3}: {rate}, {cost:6,.0f} us, mean {done.mean_ms:.1f} ms"


def yardstick(postgres: Postgres, connections: int, signers: Signers, seconds: int) -> Yardstick:
    """Run TPC-B as the servers are run: on a fresh database, with the limit on both sides."""
    postgres.recreate(tpcb.DATABASE, tpcb.TEMPLATE)
    before = signers.measure(BRACKET_SECONDS)
    transactions = tpcb.run(postgres, connections, seconds)
    limit = between(before, signers.measure(BRACKET_SECONDS))
    postgres.drop(tpcb.DATABASE)
    return Yardstick(connections, transactions, limit)


Proof = Callable[[Running, Path], None]


def run(
    bout: Bout, server: Server, files: Callable[[str], Path], signers: Signers, seconds: int, *, proof: Proof = prove
) -> Score:
    """Start the server on a fresh database, see that it is right, and load it with the file of signed requests."""
    first, warm, orders = (files(kind) for kind in ("proof", "warm", bout.kind))
    with server.running() as running:
        proof(running, first)
        if (heated := send(running.url, warm, WARM_CONNECTIONS, WARM_SECONDS)).failures:
            raise CannotRun(f"the warm-up failed: {heated.objection()}")
        settle(running.processes)
        paid = server.paid()
        before = signers.measure(BRACKET_SECONDS)
        machine, cpu, began = busy_seconds(), spent_seconds(running.processes), time.monotonic()
        load = send(running.url, orders, bout.connections, seconds)
        wall, used = time.monotonic() - began, spent_seconds(running.processes) - cpu
        others = busy_seconds() - machine - used - load.client_us * load.answered / 1e6
        settle(running.processes)
        used = spent_seconds(running.processes) - cpu
        limit = between(before, signers.measure(BRACKET_SECONDS))
        objection = load.objection() or disagreement(load, server.paid() - paid)
    return Score(bout, load, limit, 1e6 * used / max(1, load.answered), others / wall / CORES, objection)


def disagreement(load: Load, paid: int) -> str | None:
    """What stands in the books must be what was answered, and at most what was asked."""
    if load.answered <= paid <= load.sent:
        return None
    return f"{load.answered} were answered, {load.sent} asked, but {paid} stand in the database"
