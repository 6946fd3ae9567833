"""The suite `claim`: vouchers of one hot activity, a second, beside a conventional server and beside Redis DECR.

Each request is a signed alipay.marketing.activity.voucher.send to another person, one voucher a person, out of one
stock. With --race, a million claims are made against budgets of 1 to 10,000 instead: what is given is what there is.
"""

import argparse
import contextlib
import importlib.util
import random
import signal
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import race
from bench.cpu import CORES
from bench.limit import Signers
from bench.machine import free_port, fresh_disk, tool
from bench.measure import Bout, Score, run
from bench.ours import KEY, TEMPLATE, Kaifang
from bench.postgres import Postgres
from bench.report import AT, CONVENTIONAL, NOISE, POSTGRES, SQLITE, Round, Target
from bench.sends import ACTIVITY, STOCK, numbers, prove_sent, prove_signed, signed_sends
from bench.server import CannotRun, Running, Server, prepared, process
from bench.suite import introduce, keep
from bench.town import Town, merchant_id
from kaifang.capabilities.voucher.parts import Deduct, Fix
from kaifang.capabilities.voucher.tables import ActivityRow, Funder, TermsRow
from kaifang.cli.serve import Options, open_platform
from kaifang.kernel import Money, Move, Work
from kaifang.kernel.clock import DAY

CLAIMS_A_CORE_SECOND = 5_000
LIMIT = "Redis DECR"
KIND = "hot"


def open_activity(work: Work, activity: str, quantity: int, per_user: int = 1) -> None:
    """An activity as publishing it would have left it."""
    now, merchant = work.now, merchant_id(0)
    row = ActivityRow(
        id=activity, merchant=merchant, kind="payment", out_no=f"payment/{activity}", name="Hot", title="One yuan off",
        app="", auth_app="", state="ACTIVE", created=now, start=now, end=now + 300 * DAY, quantity=quantity,
        per_user=per_user, begins=now, ends=now + 400 * DAY, public=True,
    )  # fmt: skip
    work.add(row)
    deduct = Deduct(fix_voucher_info=Fix(amount=Money(100)))
    work.add(TermsRow(id=row.id, deduct=deduct, funders=[Funder(party=merchant, percent=100, ahead=False)]))
    work.limit(row.issued, row.asset, floor=None)
    work.post(Move(row.issued, row.stock, Money(quantity, row.asset)), why="voucher.issue", ref=row.id)


class Claims(Kaifang):
    """The platform with the hot activity."""

    def prepare(self) -> None:
        """Fill the template, and open the activity."""
        super().prepare()
        database = self._url(TEMPLATE) or ""
        platform, _, _ = open_platform(Options(home=self.template, database=database, quiet=True))
        platform.do(lambda work: open_activity(work, ACTIVITY, STOCK))
        platform.store.engine.close()

    def paid(self) -> int:
        """Vouchers that stand in the database."""
        return self.count("SELECT count(*) FROM voucher")


class Counter(Kaifang):
    """The same HTTP, signatures and answers, with nothing behind them than Redis counting down in memory."""

    def __init__(self, town: Town, folder: Path) -> None:
        """Say for whom, and where its home is."""
        super().__init__(town, folder, None, 1, signer="counter")
        self.name, self.socket = LIMIT, folder / "redis.sock"

    def prepare(self) -> None:
        """It starts from the same template as the platform on SQLite."""
        tool("redis-server", "redis-server")
        if not self.template.exists():
            raise CannotRun("it needs the platform on SQLite beside it")

    @contextlib.contextmanager
    def running(self) -> Iterator[Running]:
        """Redis, and the server before it."""
        home = self.copied()
        words = ["--port", "0", "--unixsocket", str(self.socket), "--save", "", "--appendonly", "no"]
        with (self.folder / "redis.log").open("wb") as log:
            redis = subprocess.Popen([tool("redis-server", "redis-server"), *words], stdout=log, stderr=log)
        try:
            while not self.socket.exists():
                assert redis.poll() is None, (self.folder / "redis.log").read_text()
            self.ask("set", "stock", str(STOCK))
            port = free_port()
            command = [sys.executable, "-m", "bench.peers.counter", "--home", home, "--port", str(port)]
            with process([*command, "--redis", self.socket], self.folder / "counter.log", port) as pid:
                address, key = f"http://127.0.0.1:{port}/gateway.do", (self.template / KEY).read_text()
                yield Running(address, [pid, redis.pid], key)
        finally:
            redis.terminate()
            redis.wait()

    def paid(self) -> int:
        """How far it has counted down."""
        return STOCK - int(self.ask("get", "stock"))

    def ask(self, *words: str) -> str:
        """Ask Redis."""
        command = [tool("redis-cli", "redis-tools"), "-s", str(self.socket), *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def faster(server: str, than: str) -> Callable[[Round], float]:
    """How many times as many answers a second, each as a part of the limit measured beside it."""
    return lambda one: one.scores[Bout(server, AT, KIND)].of_limit / one.scores[Bout(than, AT, KIND)].of_limit


TARGETS = [
    Target("SQLite: times the conventional server, by claims/s", 10, None, faster(SQLITE, CONVENTIONAL)),
    Target("PostgreSQL: times the conventional server, by claims/s", 10, None, faster(POSTGRES, CONVENTIONAL)),
    Target("SQLite: of Redis DECR", 0.5, None, faster(SQLITE, LIMIT)),
    Target("PostgreSQL: of Redis DECR", 0.5, None, faster(POSTGRES, LIMIT)),
]


def show(rounds: Sequence[Round], console: Console) -> None:
    """Medians, and the targets."""
    shown = Table("server", title=f"Claims of one activity at {AT} connections, medians", title_justify="left")
    for title in ("claims/s", "of signing limit", "CPU us", "signs", "p50 ms", "p99 ms", "elsewhere"):
        shown.add_column(title, justify="right")
    for name in (LIMIT, SQLITE, POSTGRES, CONVENTIONAL):
        scores = [one.scores[bout] for one in rounds if (bout := Bout(name, AT, KIND)) in one.scores]
        if scores:
            middle = partial(middle_of, scores)
            shown.add_row(
                name, f"{middle(lambda s: s.load.rate):,.0f}", f"{middle(lambda s: s.of_limit):.2f}",
                f"{middle(lambda s: s.server_us):,.0f}", f"{middle(lambda s: s.signs):.2f}",
                f"{middle(lambda s: s.load.p50_ms):.1f}", f"{middle(lambda s: s.load.p99_ms):.1f}",
                f"{100 * middle(lambda s: s.elsewhere):.0f} %",
            )  # fmt: skip
    console.print(shown)
    verdicts = Table("at 64 connections", "promised", "median (range)", "", title="Ratios", title_justify="left")
    for target in TARGETS:
        verdicts.add_row(*target.line(rounds))
    console.print(verdicts)
    noise = statistics.median([score.elsewhere for one in rounds for score in one.scores.values()] or [0])
    if noise > NOISE:
        console.print(f"Others used {100 * noise:.0f} % of this machine. Repeat when it is quiet.")


def middle_of(scores: Sequence[Score], figure: Callable[[Score], float]) -> float:
    """The median of a figure."""
    return statistics.median(figure(score) for score in scores)


def options(words: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench claim", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5, help="length of each run")
    parser.add_argument("--race", action="store_true", help="race against budgets of 1 to 10,000 instead")
    parser.add_argument("--claims", type=int, default=1_000_000, help="with --race: how many in all")
    parser.add_argument("--disk", type=Path, default=Path("/var/tmp"), help="where the databases lie")
    parser.add_argument("--quick", action="store_true", help="one round of two seconds")
    ask = parser.parse_args(words)
    if ask.quick:
        ask.rounds, ask.seconds, ask.claims = 1, 2, min(ask.claims, 20_000)
    return ask


def main(words: Sequence[str] | None = None) -> int:
    """Run the suite; 1 if somebody could not take part or a run does not count."""
    ask = options(sys.argv[1:] if words is None else words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    console, machine = introduce(ask.disk, 140)
    with ExitStack() as stack:
        folder = stack.enter_context(fresh_disk(ask.disk))
        postgres = stack.enter_context(Postgres(folder))
        if ask.race:
            return race.run(postgres, ask.claims, console)
        return measure(ask, machine, console, (folder, postgres, stack.enter_context(Signers())))


def measure(
    ask: argparse.Namespace, machine: dict[str, str], console: Console, place: tuple[Path, Postgres, Signers]
) -> int:
    """All rounds of everybody."""
    folder, postgres, signers = place
    tool("wrk", "wrk")
    count = CLAIMS_A_CORE_SECOND * CORES * ask.seconds
    town = Town(merchants=1, buyers=numbers(count)["hot"].stop, orders=0, history=0)
    files = partial(signed_sends, town, count)
    for kind in ("proof", "warm", KIND):
        files(kind)
    contenders: list[Server] = [Claims(town, folder, None), Claims(town, folder, postgres), Counter(town, folder)]
    if importlib.util.find_spec("asyncpg"):  # of the dependency group `bench`
        from bench.theirs import ConventionalClaims

        contenders.append(ConventionalClaims(town, postgres, folder))
    servers, failures = prepared(contenders)
    if CONVENTIONAL not in servers:
        failures.append(f"{CONVENTIONAL} does not take part: install the dependency group bench")
    rounds: list[Round] = []
    for number in range(ask.rounds):
        console.print(f"Round {number + 1} of {ask.rounds}")
        rounds.append(one_round(number, servers, files, signers, ask.seconds, failures, console))
    show(rounds, console)
    facts = [[score.facts() for score in one.scores.values()] for one in rounds]
    told = {"machine": machine, "plan": asdict(town), "rounds": facts, "failures": failures}
    console.print(f"All of it: {keep('claim', told)}")
    for failure in failures:
        console.print(f"not counted: {failure}", style="red", markup=False)
    return 1 if failures else 0


def one_round(
    number: int, servers: dict[str, Server], files: Callable[[str], Path], signers: Signers, seconds: int,
    failures: list[str], console: Console,
) -> Round:  # fmt: skip
    """Everybody once, in an order of its own."""
    done = Round({}, {})
    names = sorted(servers)
    random.Random(number).shuffle(names)
    for name in names:
        bout, proof = Bout(name, AT, KIND), prove_signed if name == LIMIT else prove_sent
        try:
            score = run(bout, servers[name], files, signers, seconds, proof=proof)
        except CannotRun as reason:
            failures.append(f"{name}: {reason}")
            continue
        console.print(f"  {score.line()}", soft_wrap=True)
        if score.objection:
            failures.append(score.line())
        else:
            done.scores[bout] = score
    return done


if __name__ == "__main__":
    sys.exit(main())
