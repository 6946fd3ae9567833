"""The suite `pool`: a pool of five blessings split among 1,000,000 winners, each credited in the journal.

Nothing of it travels: the opening hour comes, and units of work of 1,000 winners follow each other, each committed
durably. The limit is a loop that only inserts a thousand balances and marks a thousand shares a commit, with no
journal, in the same kind of database.
"""

import argparse
import asyncio
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

import kaifang.capabilities
from bench.machine import fresh_disk
from bench.postgres import Postgres
from bench.report import POSTGRES, SQLITE
from bench.suite import introduce, keep
from kaifang.capabilities.wufu.pool import PAID
from kaifang.capabilities.wufu.tables import EntryRow, Kind, WufuRow
from kaifang.kernel import Money, Move, Purse, Work, fair
from kaifang.kernel.capability import discover
from kaifang.kernel.platform import Platform
from kaifang.kernel.store.engine import Engine
from kaifang.kernel.store.postgres import Postgres as PostgresStore
from kaifang.kernel.store.sqlite import Sqlite
from kaifang.kernel.verify import verify

WINNERS, FEN = 1_000_000, 50_000_000_00
CAMPAIGN, SEED, LEAST = "pool", "5" * 64, 100
FILLED = 20_000  # winners that are put there at once
DATABASE = "pool"


@dataclass(frozen=True)
class Opening:
    """One pool that was split."""

    name: str
    rate: float  # winners credited a second
    seconds: float  # from the opening hour until the last
    own_us: float  # CPU a winner in the platform's process; a database server's is not in it
    longest_ms: float  # the longest unit of work: so long nothing else was answered
    middle_ms: float
    right: bool  # whether all shares sum to the pool, and the books are whole


def split_again(winners: int) -> float:
    """How many seconds the split itself takes, in one go: weights, sums and shares."""
    began = time.perf_counter()
    weights = fair.weights(SEED, CAMPAIGN, 0, winners)
    shares = list(fair.split(FEN - LEAST * winners, weights, 0, sum(weights)))
    took = time.perf_counter() - began
    assert sum(shares) == FEN - LEAST * winners and len(shares) == winners
    return took


def fill(platform: Platform, winners: int) -> None:
    """A campaign whose hour has come, with a full pool and so many completed sets."""

    def begin(work: Work) -> None:
        row = WufuRow(
            id=CAMPAIGN, name="Pool", host="bank", kinds=[Kind(code="1", name="Fu", weight=1)], start=0, opens=work.now,
            rule="random", least=LEAST, daily=0, seed=SEED, veil=SEED, state="OPENING",
        )  # fmt: skip
        work.add(row)
        work.limit(Purse("bank", "outside"), floor=None)
        work.post(Move(Purse("bank", "outside"), row.pool, Money(FEN)), why="bench", ref="pool")

    def some(first: int) -> Callable[[Work], None]:
        def add(work: Work) -> None:
            for number in range(first, min(first + FILLED, winners)):
                user = f"2088{number:012d}"
                work.add(EntryRow(wufu=CAMPAIGN, who=fair.alias(SEED, user), user=user))

        return add

    platform.do(begin)
    for first in range(0, winners, FILLED):
        platform.do(some(first))


async def open_pool(platform: Platform) -> list[float]:
    """Let the hour come, and all that follows; the milliseconds of each step."""
    platform.do(lambda work: work.later(work.now, "wufu.count", CAMPAIGN))
    took, more = [], True
    while more:
        began = time.perf_counter()
        more = await platform.fire(platform.clock.now())
        took.append(1e3 * (time.perf_counter() - began))
    return took


def opened(name: str, engine: Engine, winners: int) -> Opening:
    """Fill a database, open its pool, and hold what came of it against what there was."""
    platform = Platform(engine)
    platform.open()
    fill(platform, winners)
    began, spent = time.perf_counter(), time.process_time()
    took = asyncio.run(open_pool(platform))
    seconds, spent = time.perf_counter() - began, time.process_time() - spent

    def right(work: Work) -> bool:
        row = work.find(WufuRow, id=CAMPAIGN)
        given = work.sum(EntryRow, "amount", "wufu = ?", (CAMPAIGN,))
        return row is not None and row.state == "OPENED" and given == FEN and not work.balance(row.pool)

    with engine.reading():
        whole = verify(engine).broken is None
    good = whole and platform.read(right)
    engine.close()
    own_us = 1e6 * spent / winners
    return Opening(name, winners / seconds, seconds, own_us, max(took), statistics.median(took), good)


def bare(folder: Path, winners: int) -> float:
    """Winners a second, if a share were a balance and a mark and nothing else, durably by the thousand on SQLite."""
    with sqlite3.connect(folder / "bare.db", isolation_level=None) as db:
        db.executescript(
            "pragma journal_mode = wal; pragma synchronous = full;"
            "create table share (who text primary key, amount integer not null) without rowid;"
            "create table purse (id text primary key, balance integer not null) without rowid"
        )
        names = sorted(fair.alias(SEED, f"2088{number:012d}") for number in range(winners))
        db.execute("begin")
        db.executemany("insert into share values (?, 0)", [(name,) for name in names])
        db.execute("commit")
        began = time.perf_counter()
        for first in range(0, winners, PAID):
            page = names[first : first + PAID]
            db.execute("begin immediate")
            db.executemany("update share set amount = 100 where who = ?", [(name,) for name in page])
            db.executemany("insert into purse values (?, 100)", [(f"2088{name}/balance/CNY",) for name in page])
            db.execute("commit")
        took = time.perf_counter() - began
    db.close()
    return winners / took


def main(words: Sequence[str] = ()) -> int:
    """Run the suite; 1 if a pool was not split to the fen, or the split took a second."""
    parser = argparse.ArgumentParser(prog="bench pool", description=__doc__)
    parser.add_argument("--winners", type=int, default=WINNERS, help="how many share the pool")
    parser.add_argument("--disk", type=Path, default=Path("/var/tmp"), help="where the databases lie")
    parser.add_argument("--quick", action="store_true", help="50,000 winners")
    ask = parser.parse_args(words)
    winners = 50_000 if ask.quick else ask.winners
    console, machine = introduce(ask.disk)
    discover(kaifang.capabilities)
    with ExitStack() as stack:
        folder = stack.enter_context(fresh_disk(ask.disk))
        alone, limit = split_again(winners), bare(folder, winners)
        openings = [opened(SQLITE, Sqlite(folder / "pool.db"), winners)]
        postgres = stack.enter_context(Postgres(folder))
        postgres.recreate(DATABASE)
        openings.append(opened(POSTGRES, PostgresStore(postgres.url(DATABASE)), winners))
    show(winners, alone, limit, openings, console)
    told = {"machine": machine, "winners": winners, "split_seconds": alone, "limit": limit,
            "openings": [asdict(one) for one in openings]}  # fmt: skip
    console.print(f"All of it: {keep('pool', told)}")
    return 0 if all(one.right for one in openings) and alone < 1 else 1


def show(winners: int, alone: float, limit: float, openings: Sequence[Opening], console: Console) -> None:
    """The figures."""
    shown = Table("database", title=f"A pool split among {winners:,} winners", title_justify="left")
    for title in ("winners/s", "of bare SQLite", "seconds", "own CPU us", "unit ms", "longest ms", "to the fen"):
        shown.add_column(title, justify="right")
    for one in openings:
        shown.add_row(
            one.name, f"{one.rate:,.0f}", f"{one.rate / limit:.2f}", f"{one.seconds:.0f}", f"{one.own_us:.0f}",
            f"{one.middle_ms:.0f}", f"{one.longest_ms:.0f}", "yes" if one.right else "NO",
        )  # fmt: skip
    console.print(shown)
    console.print(f"bare SQLite, no journal: {limit:,.0f} winners/s; the split itself: {alone:.2f} s (target: under 1)")
