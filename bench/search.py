"""The suite `search`: how long a search by words takes among 100,000 shops, beside SQLite's FTS5 and looking at all.

Ours is the whole method `kaifang.reach.search`, with what people read of each of 20 hits and how far it is. FTS5 gets
the same words, cut in the same way, ranked by its own BM25; the scan looks for the letters in every title.
"""

import argparse
import random
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.machine import fresh_disk
from bench.suite import introduce, keep, middle, timed
from kaifang.cli.serve import Options, open_platform
from kaifang.kernel import Caller, Work
from kaifang.kernel.method import methods, perform, read_request
from kaifang.kernel.platform import Platform

METHOD = "kaifang.reach.search"
PAGE, LIMIT, MOST_MS = 2_000, 20, 20
PLACES = [
    "西湖",
    "滨江",
    "文三路",
    "中山路",
    "人民广场",
    "学院路",
    "解放路",
    "南京东路",
    "江南大道",
    "和平里",
    "春熙路",
    "天府",
    "国贸",
    "钱江新城",
]
NAMES = [
    "街角",
    "老王",
    "小满",
    "半日",
    "山海",
    "阿婆",
    "外婆家",
    "福满",
    "青禾",
    "云上",
    "Lucky",
    "Blue",
    "Corner",
    "Green",
    "Morning",
]
TRADES = [
    *[
        "咖啡",
        "拉面",
        "火锅",
        "奶茶",
        "书店",
        "面包房",
        "烤鱼",
        "药店",
        "花店",
        "洗衣",
        "理发",
        "超市",
        "便利店",
        "水果店",
        "健身房",
    ],
    *["coffee", "bakery", "noodles", "tea", "books", "pharmacy"],
]
Finder = Callable[[str], int]


def titles(count: int) -> list[tuple[str, str]]:
    """A title and a text for each shop."""
    chance = random.Random(1)
    return [
        (
            f"{chance.choice(NAMES)}{chance.choice(TRADES)}（{chance.choice(PLACES)}店）",
            f"{chance.choice(TRADES)} {chance.choice(PLACES)} {number} 号",
        )
        for number in range(count)
    ]


def questions(count: int, seed: int) -> list[str]:
    """What people type: a trade, a name and a trade, a place and a trade, or letters within a title."""
    chance = random.Random(seed)
    kinds: list[Callable[[], str]] = [
        lambda: chance.choice(TRADES),
        lambda: chance.choice(NAMES) + chance.choice(TRADES),
        lambda: f"{chance.choice(PLACES)} {chance.choice(TRADES)}",
        lambda: chance.choice(PLACES) + "店",
    ]
    return [chance.choice(kinds)() for _ in range(count)]


def keep_shops(work: Work, first: int, shops: Sequence[tuple[str, str]]) -> None:
    """So many shops as documents, as the events of shops would have left them."""
    from kaifang.capabilities.search.document import keep

    for number, (title, text) in enumerate(shops, first):
        place = {"longitude": 120_000_000 + number % 300_000, "latitude": 30_000_000 + number % 400_000}
        keep(work, "SHOP", str(number), "2088", title=title, text=text, **place)


def ours(platform: Platform) -> Finder:
    """The method, as the gateway calls it."""
    method, wallet = methods[METHOD], Caller(role="wallet")

    def find(words: str) -> int:
        ask = {"query": words, "longitude": "120.15", "latitude": "30.25", "limit": LIMIT}
        answer = platform.read(lambda work: perform(method, work, read_request(method, ask)), wallet)
        return len(answer.hits)  # type: ignore[attr-defined]

    return find


def fts(shops: Sequence[tuple[str, str]]) -> Finder:
    """SQLite's full text over the same words."""
    from kaifang.capabilities.search.index import words as cut

    database = sqlite3.connect(":memory:")
    database.execute("create virtual table shop using fts5(title, text, tokenize='porter unicode61')")
    database.executemany("insert into shop values (?, ?)", ((cut(title), cut(text)) for title, text in shops))

    def find(words: str) -> int:
        wanted = " ".join(f'"{word}"' for word in cut(words).split())
        sql = "select rowid from shop where shop match ? order by bm25(shop, 3.0, 1.0) limit ?"
        return len(database.execute(sql, (wanted, LIMIT)).fetchall())

    return find


def scan(shops: Sequence[tuple[str, str]]) -> Finder:
    """Every title, looked at for the letters."""
    database = sqlite3.connect(":memory:")
    database.execute("create table shop (id integer primary key, title text)")
    database.executemany("insert into shop (title) values (?)", ((title,) for title, _ in shops))

    def find(words: str) -> int:
        parts = words.split()
        where = " and ".join(["title like ?"] * len(parts))
        sql = f"select id from shop where {where} limit ?"
        return len(database.execute(sql, (*(f"%{part}%" for part in parts), LIMIT)).fetchall())

    return find


def options(words: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench search", description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--searches", type=int, default=1_000, help="questions to each")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--disk", type=Path, default=Path("/var/tmp"), help="where the database lies")
    parser.add_argument("--quick", action="store_true", help="one round of 200 questions")
    asked = parser.parse_args(words)
    if asked.quick:
        asked.rounds, asked.searches = 1, 200
    return asked


def main(words: Sequence[str] | None = None) -> int:
    """Run the suite; 1 if ours is too slow, or finds nothing where FTS5 finds something."""
    asked = options(sys.argv[1:] if words is None else words)
    console, machine = introduce(asked.disk)
    with ExitStack() as stack:
        folder = stack.enter_context(fresh_disk(asked.disk))
        platform, _, _ = open_platform(Options(home=folder / "home", database="", quiet=True))
        stack.callback(platform.store.engine.close)
        shops = titles(asked.documents)
        for first in range(0, len(shops), PAGE):
            platform.do(partial(keep_shops, first=first, shops=shops[first : first + PAGE]))
        began = time.perf_counter()
        ours(platform)("咖啡")
        built = time.perf_counter() - began
        finders = {"kaifang": ours(platform), "SQLite FTS5": fts(shops), "scan": scan(shops)}
        rounds = []
        for number in range(asked.rounds):
            wanted = questions(asked.searches, 2 + number)
            rounds.append({name: timed(find, wanted) for name, find in finders.items()})
    return report(console, machine, asked, rounds, built)


def report(
    console: Console, machine: dict[str, str], asked: argparse.Namespace,
    rounds: Sequence[dict[str, tuple[list[float], list[int]]]], built: float,
) -> int:  # fmt: skip
    """Show the medians of the rounds, keep them, and hold ours against the promise."""
    title = f"{LIMIT} of {asked.documents:,} documents by words, in ms; {len(rounds)} rounds of {asked.searches:,}"
    shown = Table("", "p50", "p99", "found nothing", title=title, title_justify="left")
    found = middle([{name: took for name, (took, _) in one.items()} for one in rounds])
    empty = {name: sum(one[name][1].count(0) for one in rounds) for name in found}
    for name, (usual, slow) in found.items():
        shown.add_row(name, f"{usual:.2f}", f"{slow:.2f}", str(empty[name]))
    console.print(shown)
    console.print(f"The index was built in {built:.1f} s, beside the loop.")
    told = {"machine": machine, "documents": asked.documents, "milliseconds": found, "empty": empty, "built": built}
    late, blind = found["kaifang"][1] > MOST_MS, empty["kaifang"] > empty["SQLite FTS5"]
    console.print(f"p99 at most {MOST_MS} ms: {'MISSED' if late else 'met'}. All of it: {keep('search', told)}")
    if blind:
        console.print("FTS5 finds more than ours does", style="red")
    return int(late or blind)


if __name__ == "__main__":
    sys.exit(main())
