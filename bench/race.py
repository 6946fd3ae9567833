"""A million claims against budgets of 1 to 10,000, by 64 workers of several platforms: never more than there is."""

import asyncio
import multiprocessing
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from rich.console import Console

import kaifang.capabilities
from bench.cpu import CORES
from bench.postgres import Postgres
from kaifang.kernel import Caller, Fault
from kaifang.kernel.capability import discover
from kaifang.kernel.platform import Platform
from kaifang.kernel.store.postgres import Postgres as Store
from kaifang.kernel.verify import verify

WORKERS = 64
BUDGETS = (1, 10, 100, 1_000, 10_000)
DATABASE = "race"


def activity(budget: int) -> str:
    """The activity with this budget."""
    return f"race-{budget}"


async def claims(platform: Platform, worker: int, tries: int) -> Counter[tuple[int, str]]:
    """One worker's claims, of one budget after the other: how often what was answered."""
    told: Counter[tuple[int, str]] = Counter()
    for number in range(tries):
        budget = BUDGETS[number % len(BUDGETS)]
        caller = Caller(role="wallet", user=f"2088{worker:04d}{number % 1000:08d}")
        try:
            ask = {"activity_id": activity(budget)}
            await platform.run(lambda work, ask=ask: work.ask("kaifang.voucher.claim", **ask), caller)
            told[budget, "given"] += 1
        except Fault as refusal:
            told[budget, refusal.kind.code] += 1
    return told


def work(url: str, first: int, workers: int, tries: int) -> Counter[tuple[int, str]]:
    """A platform of its own with its share of the workers."""
    discover(kaifang.capabilities)
    platform = Platform(Store(url))
    platform.open()

    async def all_of_them() -> Counter[tuple[int, str]]:
        done = await asyncio.gather(*[claims(platform, first + n, tries) for n in range(workers)])
        return sum(done, Counter())

    told = asyncio.run(all_of_them())
    platform.store.engine.close()
    return told


def run(postgres: Postgres, count: int, console: Console) -> int:
    """Race, and hold what was given against what there was; 1 if they differ."""
    from bench.claim import open_activity

    postgres.recreate(DATABASE)
    discover(kaifang.capabilities)
    url = postgres.url(DATABASE)
    platform = Platform(Store(url))
    platform.open()
    for budget in BUDGETS:
        platform.do(lambda work, budget=budget: open_activity(work, activity(budget), budget, per_user=0))
    processes, tries = max(2, CORES), count // WORKERS
    share, began = WORKERS // processes, time.monotonic()
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        futures = [pool.submit(work, url, n * share, share, tries) for n in range(processes)]
        told = sum((future.result() for future in futures), Counter())
    seconds, wrong = time.monotonic() - began, 0
    for budget in BUDGETS:
        given, sold_out = told[budget, "given"], told[budget, "BUDGET_NOT_ENOUGH"]
        sql = f"SELECT count(*) FROM voucher WHERE activity = '{activity(budget)}'"
        kept = int(postgres.query(DATABASE, sql))
        right = given == kept == min(budget, given + sold_out)
        wrong += not right
        console.print(f"budget {budget:6,}: {given:6,} given, {sold_out:7,} told it is gone, {kept:6,} kept: "
                      f"{'right' if right else 'WRONG'}")  # fmt: skip
    with platform.store.engine.reading():
        proof = verify(platform.store.engine)
    platform.store.engine.close()
    who = f"{share * processes} workers of {processes} platforms"
    console.print(f"{sum(told.values()):,} claims by {who} in {seconds:.0f} s")
    console.print(f"the books: {proof.broken or 'whole'}")
    return 1 if wrong or proof.broken else 0
