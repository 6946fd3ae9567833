"""Proof of the books, offline: entries sum to zero, chains are whole, balances follow from their entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec

from .ledger import NO_HASH, digest
from .store.engine import Engine
from .table import tables

PAGE = 2000


class Proof(msgspec.Struct):
    """What was proved, or the first thing that is not as it should be."""

    entries: int = 0
    accounts: int = 0
    assets: dict[str, int] = {}  # asset -> value in circulation: the sum of all balances above zero, smallest units
    broken: str | None = None


def verify(engine: Engine) -> Proof:
    """Read the whole journal inside a view of the database, and hold it against the accounts."""
    proof, balances = Proof(), defaultdict[str, int](int)
    heads = {row[0]: (row[1], row[2]) for row in engine.select("select id, entries, head from writer order by id", ())}
    for writer, (count, head) in heads.items():
        last = (0, NO_HASH)
        for row in _entries(engine, writer):
            proof.broken = _entry_problem(row, last) or _add_up(row, balances)
            if proof.broken:
                return proof
            last = (row[1], row[6])
            proof.entries += 1
        if last != (count, head):
            proof.broken = f"chain {writer} ends at entry {last[0]}, but entry {count} was written: the end is missing"
            return proof
    return _hold_against_accounts(engine, balances, proof)


def _entries(engine: Engine, writer: int) -> Iterator[tuple[Any, ...]]:
    last = 0
    columns, where = "writer, number, at, why, ref, legs, hash", "writer = ? and number > ? order by number limit ?"
    while page := engine.select(f"select {columns} from entry where {where}", (writer, last, PAGE)):  # noqa: S608
        yield from page
        last = page[-1][1]


def _entry_problem(row: tuple[Any, ...], last: tuple[int, str]) -> str | None:
    writer, number, at, why, ref, legs, found = row
    name = f"entry {writer}/{number} ({why} {ref})"
    if number != last[0] + 1:
        return f"entry {writer}/{last[0] + 1} is missing: {name} follows entry {last[0]}"
    if digest(last[1], writer, number, at, why, ref, legs) != found:
        return f"{name} is not what was written: its hash does not cover it"
    return None


def _add_up(row: tuple[Any, ...], balances: dict[str, int]) -> str | None:
    sums = defaultdict[str, int](int)
    for account, change, _ in msgspec.json.decode(row[5]):
        balances[account] += change
        sums[account.rpartition("/")[2]] += change
    wrong = {asset: value for asset, value in sums.items() if value}
    return f"entry {row[0]}/{row[1]} ({row[3]} {row[4]}) does not sum to zero: {wrong}" if wrong else None


def _hold_against_accounts(engine: Engine, balances: dict[str, int], proof: Proof) -> Proof:
    held = defaultdict[str, int](int)
    for owner, asset, left in engine.select('select owner, asset, "left" from hold where "left" <> 0', ()):
        held[f"{owner}/held/{asset}"] += left
    for key, asset, balance in engine.select("select id, asset, balance from account order by id", ()):
        proof.accounts += 1
        if balance != balances.pop(key, 0):
            proof.broken = f"account {key} says {balance}, its entries say otherwise"
            return proof
        if key.endswith(f"/held/{asset}") and held.pop(key, 0) != balance:
            proof.broken = f"account {key} says {balance}, its holds say otherwise"
            return proof
        proof.assets[asset] = proof.assets.get(asset, 0) + max(0, balance)
    missing = sorted({key for key, value in balances.items() if value} | set(held))
    if missing:
        proof.broken = f"account {missing[0]} is missing"
    return proof


def owed(engine: Engine) -> int:
    """How many notifications are still to be delivered."""
    assert "notice" in tables
    return int(engine.select("select count(*) from notice where state in ('OWED', 'RETRYING')", ())[0][0])
