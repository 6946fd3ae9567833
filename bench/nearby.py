"""The suite `nearby`: how long the nearest shops take among 100,000, beside looking at all of them and an R*Tree.

Half of the shops stand in one city, the others all over a country, and so do those who look. Ours is the whole method
`kaifang.merchant.shop.nearby`, with what people read of each of 20 shops; both others give numbers and distances only:
the scan is what a table without a geographical index costs, SQLite's R*Tree the limit. All three must find the same.
"""

import argparse
import random
import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.machine import fresh_disk
from bench.postgres import Postgres
from bench.suite import introduce, keep, middle, timed
from kaifang.cli.serve import Options, open_platform
from kaifang.kernel import Work
from kaifang.kernel.method import methods, perform, read_request
from kaifang.kernel.platform import Platform

METHOD = "kaifang.merchant.shop.nearby"
RADIUS, FIRST, LIMIT, PAGE = 5_000, 50, 20, 5_000  # meters, shops
MOST_MS = 5
City = tuple[float, float]
Point = tuple[int, int]
Finder = Callable[[Point], list[str]]
CITY: City = (120.15, 30.25)


def points(count: int, seed: int) -> list[Point]:
    """Places in millionths of a degree: every other one in the city."""
    chance = random.Random(seed)

    def place(number: int) -> Point:
        if number % 2:
            return round(chance.gauss(CITY[0], 0.05) * 1e6), round(chance.gauss(CITY[1], 0.05) * 1e6)
        return round(chance.uniform(100, 122) * 1e6), round(chance.uniform(22, 40) * 1e6)

    return [place(number) for number in range(count)]


def number_of(shop: int) -> str:
    """A shop's number."""
    return f"{shop:028d}"


def open_shops(work: Work, first: int, places: Sequence[Point]) -> None:
    """So many shops, as they stand once they are admitted."""
    from kaifang.capabilities.merchant.admission import keep_place
    from kaifang.capabilities.merchant.tables import ShopRow

    for shop, (longitude, latitude) in enumerate(places, first):
        row = ShopRow(
            id=number_of(shop), role="2088", merchant="2088", store_id=str(shop), name=f"Shop {shop}", category="B0001",
            type="01", longitude=longitude, latitude=latitude, address="1 Lake Road", order="", made=work.now,
            hours=",".join(f"{day} 08:00-20:00" for day in range(1, 8)),
        )  # fmt: skip
        work.add(row)
        keep_place(work, row)


def fill(platform: Platform, places: Sequence[Point]) -> None:
    """All shops, some thousands at a time."""
    for first in range(0, len(places), PAGE):
        platform.do(partial(open_shops, first=first, places=places[first : first + PAGE]))


def ours(platform: Platform) -> Finder:
    """The method, as the gateway calls it."""
    method = methods[METHOD]

    def find(point: Point) -> list[str]:
        here = {"longitude": f"{point[0] / 1e6:.6f}", "latitude": f"{point[1] / 1e6:.6f}"}
        ask = {**here, "radius": RADIUS, "limit": LIMIT}
        answer = platform.read(lambda work: perform(method, work, read_request(method, ask)))
        return [shop.shop_id for shop in answer.shops]  # type: ignore[attr-defined]

    return find


def nearest(point: Point, rows: Sequence[tuple[int, int, int]], meters: int = RADIUS) -> list[str]:
    """The nearest of these shops."""
    from kaifang.capabilities.merchant.cells import Place

    here = Place(*point)
    ways = sorted((here.meters_to(longitude, latitude), number_of(shop)) for shop, longitude, latitude in rows)
    return [shop for way, shop in ways[:LIMIT] if way <= meters]


def scan(places: Sequence[Point]) -> Finder:
    """Every shop in a box, without an index on where they are."""
    database = sqlite3.connect(":memory:")
    database.execute("create table shop (id integer primary key, longitude integer, latitude integer)")
    database.executemany("insert into shop values (?, ?, ?)", ((i, *place) for i, place in enumerate(places)))

    def find(point: Point) -> list[str]:
        sql = "select id, longitude, latitude from shop where longitude between ? and ? and latitude between ? and ?"
        return nearest(point, database.execute(sql, box(point)).fetchall())

    return find


def rtree(places: Sequence[Point]) -> Finder:
    """Every shop in a box, by SQLite's R*Tree; the boxes grow until there are enough, as ours do."""
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table shop using rtree_i32(id, west, east, south, north)")
    rows = ((i, longitude, longitude, latitude, latitude) for i, (longitude, latitude) in enumerate(places))
    database.executemany("insert into shop values (?, ?, ?, ?, ?)", rows)

    def find(point: Point) -> list[str]:
        sql = "select id, west, south from shop where west between ? and ? and south between ? and ?"
        meters = FIRST
        while True:
            meters = min(meters, RADIUS)
            found = nearest(point, database.execute(sql, box(point, meters)).fetchall(), meters)
            if len(found) == LIMIT or meters == RADIUS:
                return found
            meters *= 2

    return find


def box(point: Point, meters: int = RADIUS) -> tuple[int, int, int, int]:
    """What holds everything so far away."""
    tall = meters * 9.1  # millionths of a degree, a little more than needed
    wide = tall / 0.75  # no farther from the equator than 41 degrees
    return round(point[0] - wide), round(point[0] + wide), round(point[1] - tall), round(point[1] + tall)


def options(words: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench nearby", description=__doc__)
    parser.add_argument("--shops", type=int, default=100_000)
    parser.add_argument("--looks", type=int, default=1_000, help="questions to each")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--disk", type=Path, default=Path("/var/tmp"), help="where the databases lie")
    parser.add_argument("--quick", action="store_true", help="one round of 100 questions, SQLite only")
    asked = parser.parse_args(words)
    if asked.quick:
        asked.rounds, asked.looks = 1, 100
    return asked


def contenders(asked: argparse.Namespace, stack: ExitStack) -> dict[str, Finder]:
    """Who takes part, with all shops there, and none but these: no sandbox has its own."""
    folder = stack.enter_context(fresh_disk(asked.disk))
    places, found = points(asked.shops, 1), dict[str, Finder]()
    databases = {"kaifang, SQLite": ""}
    if not asked.quick:
        postgres = stack.enter_context(Postgres(folder))
        postgres.recreate("nearby")
        databases["kaifang, PostgreSQL"] = postgres.url("nearby")
    for name, database in databases.items():
        platform, _, _ = open_platform(Options(home=folder / name[-6:], database=database, sandbox=False, quiet=True))
        stack.callback(platform.store.engine.close)
        fill(platform, places)
        found[name] = ours(platform)
    return found | {"R*Tree, the limit": rtree(places), "scan": scan(places)}


def main(words: Sequence[str] | None = None) -> int:
    """Run the suite; 1 if an answer is another than the scan's, or too slow."""
    asked = options(sys.argv[1:] if words is None else words)
    console, machine = introduce(asked.disk)
    with ExitStack() as stack:
        taking_part = contenders(asked, stack)
        rounds = [one_round(taking_part, points(asked.looks, 2 + number)) for number in range(asked.rounds)]
    return report(console, machine, asked, rounds)


def one_round(taking_part: dict[str, Finder], places: Sequence[Point]) -> dict[str, list[float]]:
    """All of them, asked the same; the milliseconds of each, in order."""
    took, answers = {}, {}
    for name, find in taking_part.items():
        took[name], answers[name] = timed(find, places)
    wrong = [name for name, found in answers.items() if found != answers["scan"]]
    if wrong:
        sys.exit(f"{', '.join(wrong)}: other shops than looking at all of them finds")
    return took


def report(
    console: Console, machine: dict[str, str], asked: argparse.Namespace, rounds: Sequence[dict[str, list[float]]]
) -> int:
    """Show the medians of the rounds, keep them, and hold ours against the promise."""
    title = f"The {LIMIT} nearest of {asked.shops:,} shops within {RADIUS // 1000} km, in ms; {len(rounds)} rounds"
    shown = Table("", "p50", "p99", "of the limit", title=title, title_justify="left")
    found = middle(rounds)
    for name, (usual, slow) in found.items():
        shown.add_row(name, f"{usual:.2f}", f"{slow:.2f}", f"{usual / found['R*Tree, the limit'][0]:.2f}")
    console.print(shown)
    told = {"machine": machine, "shops": asked.shops, "looks": asked.looks, "milliseconds": found}
    missed = [name for name, (_, slow) in found.items() if name.startswith("kaifang") and slow > MOST_MS]
    verdict = f"MISSED by {', '.join(missed)}" if missed else "met"
    console.print(f"p99 at most {MOST_MS} ms: {verdict}. All of it: {keep('nearby', told)}")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
