"""Statements are the journal by owner: every movement once, whoever files it and however often."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import msgspec
import pytest

from kaifang.kernel import Money, Move, Purse, Work, statement
from kaifang.kernel.clock import DAY, Clock
from kaifang.kernel.ids import Chance
from kaifang.kernel.platform import Platform, move_clock
from kaifang.kernel.statement import Statement, file_entries
from kaifang.kernel.store.engine import Engine
from kaifang.kernel.store.postgres import Postgres

WORLD, ANNA, BO = Purse("bank:ICBC", "world"), Purse("anna"), Purse("bo")


def pay(work: Work, source: Purse, target: Purse, fen: int = 1) -> None:
    """Move some money, and a point with it."""
    for asset in ("CNY", "points"):
        work.limit(WORLD, asset, floor=None)
    moves = [Move(source, target, Money(fen)), Move(WORLD, target, Money(1, "points"))]
    work.post(*moves, why="test.pay", ref=str(fen))


def movements(platform: Platform) -> list[tuple[Any, ...]]:
    """What the journal says of the balances, entry by entry."""
    rows = platform.store.engine.select("select writer, number, at, why, ref, legs from entry", ())
    return sorted(
        (account.partition("/")[0], f"{at:013d}{writer:03d}{number:012d}{leg:03d}", why, ref, change, after)
        for writer, number, at, why, ref, legs in rows
        for leg, (account, change, after) in enumerate(msgspec.json.decode(legs))
        if account.endswith("/balance/CNY")
    )


def filed(platform: Platform) -> list[tuple[Any, ...]]:
    """What the statements say."""
    rows = platform.do(lambda work: work.select(Statement))
    return sorted((row.owner, row.id, row.why, row.ref, row.change, row.after) for row in rows)


@pytest.mark.parametrize("page", [1, 3, 2000])
def test_every_movement_is_filed_once(platform: Platform, page: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """All at once, a page at a time, and again when nothing is new."""
    monkeypatch.setattr(statement, "PAGE", page)
    for fen in range(1, 6):
        platform.do(lambda work, fen=fen: pay(work, WORLD, ANNA, fen))
    pages = 0
    while platform.do(lambda work: file_entries(work, pages=1)):
        pages += 1
    assert pages == {1: 5, 3: 1, 2000: 0}[page]
    platform.do(lambda work: pay(work, ANNA, BO, 7))
    assert not platform.do(file_entries)
    assert filed(platform) == movements(platform) and len(filed(platform)) == 7
    before = filed(platform)
    platform.do(file_entries)
    assert filed(platform) == before


def test_a_day_files_everything_a_page_at_a_time(
    platform: Platform, loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Soon after midnight, by itself."""
    monkeypatch.setattr(statement, "PAGE", 2)
    for fen in range(1, 6):
        platform.do(lambda work, fen=fen: pay(work, WORLD, ANNA, fen))
    platform.do(lambda work: move_clock(work, work.now + DAY))
    loop.run_until_complete(platform.follow())
    assert filed(platform) == movements(platform) and len(filed(platform)) == 5


def test_what_this_unit_of_work_posted_is_filed_too(platform: Platform) -> None:
    """A query sees what was written before it in the same transaction."""

    def both(work: Work) -> list[tuple[str, str]]:
        pay(work, WORLD, ANNA, 3)
        file_entries(work)
        return [(row.owner, row.other) for row in work.select(Statement)]

    assert platform.do(both) == [("anna", "bank:ICBC")]


def test_a_refused_unit_of_work_files_nothing(platform: Platform) -> None:
    """The count and the lines go together."""
    platform.do(lambda work: pay(work, WORLD, ANNA))

    def fail(work: Work) -> None:
        file_entries(work)
        work.select(Statement)
        raise ValueError

    with pytest.raises(ValueError):
        platform.do(fail)
    assert filed(platform) == []
    platform.do(file_entries)
    assert filed(platform) == movements(platform)


def test_processes_that_post_and_file_at_once_file_everything_once(engine: Engine) -> None:
    """Three writers, each of which files what all of them post."""
    if not isinstance(engine, Postgres):
        pytest.skip("SQLite has one writer")
    engines = [engine, Postgres(engine.url), Postgres(engine.url)]
    platforms = [
        Platform(each, clock=Clock(frozen_at=10**12 + number), chance=Chance(1)) for number, each in enumerate(engines)
    ]
    for platform in platforms:
        platform.open()

    def live(platform: Platform, target: Purse) -> None:
        for fen in range(1, 16):
            platform.do(lambda work, fen=fen: pay(work, WORLD, target, fen))
            platform.do(file_entries)

    threads = [threading.Thread(target=live, args=pair) for pair in zip(platforms, (ANNA, BO, ANNA), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    platforms[0].do(file_entries)
    assert filed(platforms[0]) == movements(platforms[0]) and len(filed(platforms[0])) == 45
    assert platforms[0].do(lambda work: work.balance(ANNA)) == Money(240)
    for platform in platforms[1:]:
        platform.store.engine.close()
