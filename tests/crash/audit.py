"""The customers' book held against the platform's: what was answered is there, once, and nothing else is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from kaifang.cli.home import Home
from kaifang.kernel.store.engine import Engine

from .customers import Bought
from .running import Up
from .shop import Event, Shop

Book = Mapping[str, Bought]


def balances(up: Up) -> dict[str, int]:
    """What everybody has, in fen; of a platform that does not run."""
    engine = Home(up.home).engine(up.database)
    try:
        with engine.reading():
            rows = engine.select("select owner, balance from account where purpose = ? and asset = ?", PURSE)
        return dict(rows)
    finally:
        engine.close()


PURSE = ("balance", "CNY")


def check_books(up: Up, before: Mapping[str, int], book: Book, seller: str) -> None:
    """Hold everything that customers were answered against the database of a platform that does not run."""
    proof = up.prove()
    assert proof["broken"] is None, proof
    engine = Home(up.home).engine(up.database)
    try:
        with engine.reading():
            check_trades(engine, book, seller)
            check_entries(engine, book, seller)
    finally:
        engine.close()
    after, due = balances(up), wanted(before, book, seller)
    assert {
        owner: (after.get(owner), due.get(owner)) for owner in after | due if after.get(owner) != due.get(owner)
    } == {}


def check_trades(engine: Engine, book: Book, seller: str) -> None:
    """Every answered payment is there once, as it was answered; whatever is there was answered."""
    sql = "select out_trade_no, id, buyer, total, refunded from trade where seller = ? and paid > 0"
    kept = {row[0]: row[1:] for row in engine.select(sql, (seller,))}
    assert kept == {
        number: (bought.trade_no, bought.buyer, bought.fen, sum(bought.refunds.values()))
        for number, bought in book.items()
    }
    refunds = {(trade, request): fen for trade, request, fen in engine.select(
        "select trade, request, amount from refund", ()
    )}  # fmt: skip
    assert refunds == {
        (bought.trade_no, request): fen for bought in book.values() for request, fen in bought.refunds.items()
    }


def check_entries(engine: Engine, book: Book, seller: str) -> None:
    """The journal moved this seller's money once for each payment, and once for each refund."""
    sql = "select ref from entry where why = ? and ref in (select id from trade where seller = ?)"
    paid = Counter(ref for (ref,) in engine.select(sql, ("trade.pay", seller)))
    assert paid == Counter(bought.trade_no for bought in book.values())
    moved = Counter(why for (why,) in engine.select("select why from entry", ()))
    assert moved["trade.refund"] == sum(len(bought.refunds) for bought in book.values())


def wanted(before: Mapping[str, int], book: Book, seller: str) -> dict[str, int]:
    """What everybody should have by now."""
    after = Counter(before)
    for bought in book.values():
        kept = bought.fen - sum(bought.refunds.values())
        after[bought.buyer] -= kept
        after[seller] += kept
    return dict(after)


def check_notifications(shop: Shop, book: Book) -> None:
    """Whatever the shop was owed it has acknowledged, each event under one number."""
    owed = {event for bought in book.values() for event in events(bought)}
    assert set(shop.numbers) == owed, describe(shop, owed)
    assert {event: numbers for event, numbers in shop.numbers.items() if len(numbers) > 1} == {}
    assert {event for event, numbers in shop.numbers.items() if not numbers & shop.heard} == set()


def events(bought: Bought) -> list[Event]:
    """What the shop is told of a payment: that it is paid, and each refund, the last of which closes it."""
    told, left = [(bought.trade_no, "TRADE_SUCCESS", "")], bought.fen
    for request, fen in bought.refunds.items():
        left -= fen
        told.append((bought.trade_no, "TRADE_SUCCESS" if left else "TRADE_CLOSED", request))
    return told


def describe(shop: Shop, owed: set[Event]) -> dict[str, Any]:
    """What is missing, and what nobody expected."""
    return {"missing": sorted(owed - set(shop.numbers))[:9], "unexpected": sorted(set(shop.numbers) - owed)[:9]}
