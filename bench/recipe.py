"""The suite `recipe`: how soon a recipe begins after the payment that it hears, under full load, and what that costs.

The load is that of the suite `pay`: signed alipay.trade.pay by a thousand merchants. One in ten of them has a recipe
that writes an order record for each payment, acting for the merchant. The limit, in the same run, is the same
platform without any recipe; the promise is a first step within a second of the payment at the 99th percentile.
"""

import argparse
import json
import random
import signal
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.cpu import CORES
from bench.limit import Signers
from bench.machine import fresh_disk
from bench.measure import Bout, Score, run
from bench.orders import signed_file
from bench.ours import TEMPLATE, Kaifang
from bench.postgres import Postgres
from bench.report import AT, NOISE, POSTGRES, SQLITE, Round, Target
from bench.server import CannotRun, Running, Server, prepared
from bench.suite import introduce, keep
from bench.town import Town, app_id, merchant_id
from kaifang.cli.home import Home
from kaifang.cli.serve import Options, open_platform
from kaifang.kernel import Work
from kaifang.kernel.method import methods, perform, read_request

ORDERS_A_CORE_SECOND = 4_000
EVERY = 10  # one in so many merchants has a recipe
WITH = ", recipes"
ISV, ISV_APP = "2088999999999999", "2021999999999999"
SYNC = "alipay.merchant.order.sync"
SAYS = {"zh": "记账", "en": "Notes"}
NOTES: dict[str, Any] = {
    "recipe": "notes", "version": "1.0.0", "industry": "any", "title": SAYS, "about": SAYS, "needs": ["trade"],
    "figures": {"sold": {"says": SAYS, "kind": "amount"}},
    "rules": [
        {
            "rule": "note", "says": SAYS, "on": "trade.pay", "if": "fen(event.amount) > 0",
            "figures": {"sold": "fen(event.amount)"},
            "do": [{"call": SYNC, "ask": {
                "out_biz_no": "{{event.id}}", "buyer_id": "{{event.buyer}}",
                "ext_info": [{"ext_key": "merchant_order_status", "ext_value": "PAID {{event.amount}}"}],
            }}],
        },
    ],
}  # fmt: skip


def ask(work: Work, name: str, content: dict[str, Any], **caller: str) -> Any:
    """Call a method as the gateway would after it has believed the signature."""
    method = methods[name]
    return perform(method, work.acting(**caller), read_request(method, content))


def publish(work: Work) -> None:
    """A service provider moves in and publishes the recipe."""
    from kaifang.capabilities.account.tables import PartyRow
    from kaifang.capabilities.openapp.tables import App

    work.add(PartyRow(id=ISV, kind="merchant", logon_id="isv@example.com", name="Provider", pay_secret="none"))
    work.add(App(id=ISV_APP, party=ISV, name="Provider", role="isv", kind="WEB", created_at=work.now))
    caller = {"app": ISV_APP, "auth_app": ISV_APP, "role": "isv", "merchant": ISV}
    ask(work, "kaifang.recipe.publish", {"recipe": NOTES}, **caller)


def install(work: Work, merchant: int) -> None:
    """A merchant installs it."""
    app = app_id(merchant)
    caller = {"app": app, "auth_app": app, "role": "merchant", "merchant": merchant_id(merchant)}
    ask(work, "kaifang.recipe.install", {"recipe": "notes", "permissions": [SYNC]}, **caller)


class Recipes(Kaifang):
    """The platform on which one in ten merchants has a recipe."""

    def __init__(self, town: Town, folder: Path, postgres: Postgres | None) -> None:
        """Say for whom, where its home is, and on which server if not on SQLite."""
        folder.mkdir(exist_ok=True)
        super().__init__(town, folder, postgres)
        self.name += WITH
        self.late: list[int] = []  # milliseconds from each payment to the first step of its run
        self.missing = 0  # payments without a run

    def prepare(self) -> None:
        """Fill the template, and have the recipe installed."""
        super().prepare()
        options = Options(home=self.template, database=self._url(TEMPLATE) or "", quiet=True)
        platform, _, _ = open_platform(options)
        platform.do(publish)
        for merchant in range(0, self.town.merchants, EVERY):
            platform.do(partial(install, merchant=merchant))
        platform.store.engine.close()

    @contextmanager
    def running(self) -> Iterator[Running]:
        """The platform, and at its end how late each run was."""
        with super().running() as running:
            yield running
            self.late, self.missing = lateness(self)


def lateness(server: Recipes) -> tuple[list[int], int]:
    """How many milliseconds after its payment the first step of each run was taken; and payments without a run."""
    address = server.postgres.url("kaifang") if server.postgres else ""
    reader = Home(server.home).reader(address)
    with reader.reading():
        begun = {
            json.loads(event)["id"]: at
            for event, at in reader.select(
                "select r.event, s.at from recipe_run r, recipe_step s where s.run = r.id and s.number = 1", ()
            )
        }
        paid = reader.select("select subject, at, facts from event where name = 'trade.pay'", ())
    reader.close()
    heard = {merchant_id(number) for number in range(0, server.town.merchants, EVERY)}
    due = [(subject, at) for subject, at, facts in paid if json.loads(facts)["seller"] in heard]
    return sorted(begun[one] - at for one, at in due if one in begun), sum(one not in begun for one, _ in due)


def percentile(sorted_values: Sequence[int], part: float) -> float:
    """The value below which this part lies; endless if there is none."""
    return sorted_values[int(part * (len(sorted_values) - 1))] if sorted_values else float("inf")


def kept(server: str) -> Callable[[Round], float]:
    """What is left of the rate without recipes, each as a part of the limit measured beside it."""
    return lambda one: one.scores[Bout(server + WITH, AT)].of_limit / one.scores[Bout(server, AT)].of_limit


def show(rounds: Sequence[Round], late: dict[str, list[list[int]]], console: Console) -> None:
    """Medians, and the targets."""
    shown = Table("server", title=f"Payments at {AT} connections, medians", title_justify="left")
    for title in ("payments/s", "signs", "p99 ms", "runs", "begun after ms: p50", "p99", "most", "elsewhere"):
        shown.add_column(title, justify="right")
    for name in (SQLITE, SQLITE + WITH, POSTGRES, POSTGRES + WITH):
        scores = [one.scores[bout] for one in rounds if (bout := Bout(name, AT)) in one.scores]
        if scores:
            runs = late.get(name, [])
            lates = [f"{statistics.median(percentile(one, part) for one in runs):,.0f}" if runs else "-"
                     for part in (0.5, 0.99, 1)]  # fmt: skip
            shown.add_row(
                name, f"{middle(scores, lambda s: s.load.rate):,.0f}", f"{middle(scores, lambda s: s.signs):.2f}",
                f"{middle(scores, lambda s: s.load.p99_ms):.1f}", f"{sum(map(len, runs)):,}", *lates,
                f"{100 * middle(scores, lambda s: s.elsewhere):.0f} %",
            )  # fmt: skip
    console.print(shown)
    verdicts = Table("", "promised", "median (range)", "", title="Targets", title_justify="left")
    for engine in (SQLITE, POSTGRES):
        begun = late.get(engine + WITH, [])
        figures = [percentile(one, 0.99) / 1000 for one in begun] or [float("inf")]
        usual = statistics.median(figures)
        what, verdict = f"{engine}: seconds to the first step, p99", "met" if usual <= 1 else "MISSED"
        verdicts.add_row(what, "at most 1", f"{usual:.3f}  ({min(figures):.3f} to {max(figures):.3f})", verdict)
        verdicts.add_row(*Target(f"{engine}: of the rate without recipes", 0.8, None, kept(engine)).line(rounds))
    console.print(verdicts)
    noise = statistics.median([score.elsewhere for one in rounds for score in one.scores.values()] or [0])
    if noise > NOISE:
        console.print(f"Others used {100 * noise:.0f} % of this machine. Repeat when it is quiet.")


def middle(scores: Sequence[Score], figure: Callable[[Score], float]) -> float:
    """The median of a figure."""
    return statistics.median(figure(score) for score in scores)


def options(words: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench recipe", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5, help="length of each run")
    parser.add_argument("--disk", type=Path, default=Path("/var/tmp"), help="where the databases lie")
    parser.add_argument("--quick", action="store_true", help="one round of two seconds, with fewer people")
    asked = parser.parse_args(words)
    if asked.quick:
        asked.rounds, asked.seconds = 1, 2
    return asked


def main(words: Sequence[str] | None = None) -> int:
    """Run the suite; 1 if somebody could not take part or a run does not count."""
    asked = options(sys.argv[1:] if words is None else words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    console, machine = introduce(asked.disk, 150)
    with ExitStack() as stack:
        folder = stack.enter_context(fresh_disk(asked.disk))
        place = folder, stack.enter_context(Postgres(folder)), stack.enter_context(Signers())
        return measure(asked, machine, console, place)


def measure(
    asked: argparse.Namespace, machine: dict[str, str], console: Console, place: tuple[Path, Postgres, Signers]
) -> int:
    """All rounds of everybody."""
    folder, postgres, signers = place
    people = 5_000 if asked.quick else 100_000
    town = Town(merchants=1_000, buyers=people, orders=ORDERS_A_CORE_SECOND * CORES * asked.seconds, history=0)
    files = partial(signed_file, town)
    for kind in ("proof", "warm", "many"):
        files(kind)
    contenders: list[Server] = [Kaifang(town, folder, None), Recipes(town, folder / "recipes", None)]
    with_postgres = Recipes(town, folder / "recipes", postgres)
    servers, failures = prepared([*contenders, with_postgres])
    rounds: list[Round] = []
    late: dict[str, list[list[int]]] = {}
    for number in range(asked.rounds):
        console.print(f"Round {number + 1} of {asked.rounds}")
        rounds.append(Round({}, {}))
        names = sorted(servers)
        random.Random(number).shuffle(names)
        for name in names:
            try:
                score = run(Bout(name, AT), servers[name], files, signers, asked.seconds)
            except CannotRun as reason:
                failures.append(f"{name}: {reason}")
                continue
            console.print(f"  {score.line()}", soft_wrap=True)
            failures += objections(servers[name], score, late)
            if not score.objection:
                rounds[-1].scores[Bout(name, AT)] = score
    show(rounds, late, console)
    facts = [[score.facts() for score in one.scores.values()] for one in rounds]
    lates = {name: [{"runs": len(one), "p50": percentile(one, 0.5), "p99": percentile(one, 0.99)} for one in runs]
             for name, runs in late.items()}  # fmt: skip
    told = {"machine": machine, "plan": asdict(town), "rounds": facts, "late_ms": lates, "failures": failures}
    console.print(f"All of it: {keep('recipe', told)}")
    for failure in failures:
        console.print(f"not counted: {failure}", style="red", markup=False)
    return 1 if failures else 0


def objections(server: Server, score: Score, late: dict[str, list[list[int]]]) -> list[str]:
    """Why a run does not count; how late its recipes were is noted."""
    found = [score.line()] if score.objection else []
    if isinstance(server, Recipes):
        late.setdefault(server.name, []).append(server.late)
        found += [f"{server.name}: {server.missing} payments began no run"] if server.missing else []
    return found


if __name__ == "__main__":
    sys.exit(main())
