"""A platform is killed under load, twenty times: no answered payment is lost or doubled, all notifications arrive."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import psutil

from kaifang.cli.client import Client
from postgres import Server

from . import audit
from .customers import Customers
from .running import Up
from .shop import Shop

SEED = 20885
LINES = 24
ALL_TRIES = "26h"  # the whole schedule of a notification lies in it
Kill = Callable[[Up, Random], Awaitable[None]]


@contextlib.asynccontextmanager
async def open_shop(up: Up, purses: Mapping[str, int]) -> AsyncIterator[tuple[Shop, Customers]]:
    """A shop and its customers, in front of a platform that runs."""
    world = up.world()
    shop = Shop(world["apps"][0]["platform_public_key"])
    await shop.open()
    customers = Customers(up.port, world, purses, shop.url)
    await customers.prepare()
    yield shop, customers
    customers.leave()
    await shop.close()


async def live_through(up: Up, kills: list[Kill]) -> None:
    """Trade while the platform is killed again and again; then hold the books against each other."""
    up.start()
    await asyncio.to_thread(up.await_doors)
    up.stop()
    before = audit.balances(up)
    up.start()
    await asyncio.to_thread(up.await_doors)
    random = Random(SEED)
    async with open_shop(up, before) as (shop, customers):
        trading = asyncio.create_task(customers.shop(LINES))
        for kill in kills:
            sold = len(customers.book)
            while len(customers.book) < sold + LINES and not trading.done():
                await asyncio.sleep(0.02)
            await asyncio.sleep(random.uniform(0, 1.2))
            await kill(up, random)
        customers.closing = True
        await trading
        await customers.move_clock(ALL_TRIES)
        audit.check_notifications(shop, customers.book)
        assert sum(line.again for line in customers.lines) >= len(kills), "nobody noticed"
    assert up.stop() == 0, up.said()
    audit.check_books(up, before, customers.book, customers.coffee.pid)
    assert any(bought.refunds for bought in customers.book.values())


async def restart(up: Up) -> None:
    """Start it again; customers come as soon as it listens."""
    up.start()
    await asyncio.to_thread(up.await_doors)


async def in_full_flight(up: Up, random: Random) -> None:
    """Killed while it serves."""
    up.kill()
    await restart(up)


async def while_it_starts(up: Up, random: Random) -> None:
    """Killed while it serves, and again before it has come back."""
    up.kill()
    up.start()
    await asyncio.sleep(random.uniform(0.2, 1.5))
    up.kill()
    await restart(up)


def test_twenty_kills(tmp_path: Path) -> None:
    """One process on SQLite."""
    up = Up(tmp_path / "home")
    try:
        asyncio.run(live_through(up, [*[in_full_flight] * 15, *[while_it_starts] * 5]))
    finally:
        up.end()


async def one_worker(up: Up, random: Random) -> None:
    """One of the workers is killed; another one takes its place."""
    random.choice(up.crew()).kill()


async def all_of_them(up: Up, random: Random) -> None:
    """The workers and who keeps them are killed."""
    up.kill()
    await restart(up)


async def the_keeper(up: Up, random: Random) -> None:
    """Who keeps the workers is killed; they notice and leave, and a new one comes even before."""
    crew = up.kill_keeper()
    await restart(up)
    _, left = await asyncio.to_thread(psutil.wait_procs, crew, timeout=20)
    assert not left, "workers without a keeper run on"


def the_server(server: Server) -> Kill:
    """The database server is killed with everything that it has not written yet."""

    async def kill(up: Up, random: Random) -> None:
        await asyncio.to_thread(server.kill)
        await asyncio.sleep(random.uniform(0, 0.5))
        await asyncio.to_thread(server.start)

    return kill


def test_several_workers(tmp_path: Path, crashing_postgres: Server) -> None:
    """Two processes on PostgreSQL."""
    up = Up(tmp_path / "home", crashing_postgres.url(), workers=2)
    kills = [one_worker, the_server(crashing_postgres), the_keeper, all_of_them]
    try:
        asyncio.run(live_through(up, [*kills, one_worker, one_worker, the_server(crashing_postgres), all_of_them]))
    finally:
        up.end()


def test_fronts(tmp_path: Path) -> None:
    """Two fronts before the one that writes, on SQLite; without that one they leave."""
    up = Up(tmp_path / "home", fronts=2)
    try:
        asyncio.run(live_through(up, [one_worker, the_keeper, all_of_them, one_worker, one_worker, the_keeper]))
    finally:
        up.end()


def test_a_front_that_hangs_is_given_up_and_replaced(tmp_path: Path) -> None:
    """The clock moves on without it; once it wakes it finds that nobody does its work any more, and leaves."""
    up = Up(tmp_path / "home", fronts=2)
    up.start()
    try:
        up.await_doors()
        wait_until(lambda: len(up.crew()) == 2 and all(map(listens, up.crew())))
        hung, other = up.crew()
        house = next(app for app in up.world()["apps"] if app["name"] == "house")
        hung.suspend()
        with ThreadPoolExecutor(16) as pool:  # whoever calls the front that hangs waits, or is told that it has left
            for _ in range(16):
                pool.submit(Client(f"http://127.0.0.1:{up.port}", house).call, "kaifang.clock.move", {"by": "1d"})
            try:
                wait_until(lambda: "is given up" in up.said())
            finally:
                hung.resume()
        hung.wait(20)
        wait_until(lambda: len(up.crew()) == 2 and hung not in up.crew() and other in up.crew())
    finally:
        up.end()


def listens(front: psutil.Process) -> bool:
    """Whether a front serves already."""
    return any(one.status == psutil.CONN_LISTEN for one in front.net_connections("inet"))


def wait_until(so: Callable[[], bool]) -> None:
    """Look until it is so; long before anybody would call it never."""
    until = time.monotonic() + 30
    while not so():
        assert time.monotonic() < until, "it never was so"
        time.sleep(0.05)
