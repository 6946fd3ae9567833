"""The one journal for everything of value: double entry, any asset, append-only, hash-chained."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from .fault import FaultKind
from .money import Money
from .table import Row, table

if TYPE_CHECKING:
    from .work import Work

HELD = "held"  # the purpose under which an owner's frozen part stands
NO_HASH = "0" * 64


class Purse(NamedTuple):
    """Whose value, and what for; together with an asset it names an account."""

    owner: str
    purpose: str = "balance"

    def account(self, asset: str) -> str:
        """The account's key; it leads with the owner, so that data can be spread by owner."""
        return f"{self.owner}/{self.purpose}/{asset}"


class Move(NamedTuple):
    """Value on its way from one purse to another; `short` is raised if the source has not enough."""

    source: Purse
    target: Purse
    amount: Money
    short: FaultKind | None = None


class Overdrawn(Exception):
    """An account would leave its limits, and the caller named no fault for that: a mistake of ours."""


@table("account", index=[("owner",)], locked=True)
class Account(Row):
    """How much of one asset an owner has for one purpose."""

    id: str
    owner: str
    purpose: str
    asset: str
    balance: int = 0  # smallest units
    floor: int | None = 0  # what the balance never goes below; None for the world outside
    ceiling: int | None = None  # what it never goes above


@table("entry", key=("writer", "number"))
class Entry(Row):
    """One posting of the journal. Its hash covers it and the entry before it in the same writer's chain."""

    writer: int
    number: int
    at: int  # milliseconds
    why: str  # what happened, such as trade.pay
    ref: str  # the number of the thing it happened to
    legs: str  # JSON: [account, change, balance after] each
    hash: str  # SHA-256


@table("hold", index=[("owner",)])
class Hold(Row):
    """Value set aside for a purpose, until it is settled or given back."""

    id: str
    owner: str
    purpose: str  # from which purse it came
    asset: str
    left: int  # what is still held
    why: str
    ref: str

    @property
    def rest(self) -> Money:
        """What is still held, as money."""
        return Money(self.left, self.asset)


def digest(before: str, *said: object) -> str:
    """The hash of an entry that says writer, number, at, why, ref and legs, and follows the one with hash `before`."""
    return hashlib.sha256("|".join([before, *map(str, said)]).encode()).hexdigest()


def balance(work: Work, purse: Purse, asset: str = "CNY") -> Money:
    """What a purse holds; nothing if it was never used."""
    account = work.find(Account, id=purse.account(asset))
    return Money(account.balance if account else 0, asset)


def limit(work: Work, purse: Purse, asset: str = "CNY", *, floor: int | None = 0, ceiling: int | None = None) -> None:
    """Give an account its limits, opening it if need be: a credit line is a floor below zero, a stock a ceiling."""
    account = _account(work, purse, asset)
    account.floor, account.ceiling = floor, ceiling


def post(work: Work, *moves: Move, why: str, ref: str) -> None:
    """Write one entry: all of the moves or, if one is refused, none. Nothing else moves value."""
    wanted = {
        purse.account(move.amount.currency) for move in moves if move.amount for purse in (move.source, move.target)
    }
    work.want(Account, sorted(wanted))
    legs: list[tuple[str, int, int]] = []
    for move in moves:
        if move.amount.minor < 0 or move.source == move.target:
            raise ValueError(f"{why} {ref}: {move.amount!r} from {move.source} to {move.target}")
        if move.amount.minor:
            legs.append(_shift(work, move.source, -move.amount.minor, move))
            legs.append(_shift(work, move.target, move.amount.minor, move))
    if legs:
        text = msgspec.json.encode(legs).decode()
        writer = work.writer
        writer.entries += 1
        writer.head = digest(writer.head, writer.id, writer.entries, work.now, why, ref, text)
        work.add(
            Entry(
                writer=writer.id,
                number=writer.entries,
                at=work.now,
                why=why,
                ref=ref,
                legs=text,
                hash=writer.head,
            )  # fmt: skip
        )


def _account(work: Work, purse: Purse, asset: str) -> Account:
    key = purse.account(asset)
    account = work.find(Account, id=key)
    return account or work.add(Account(id=key, owner=purse.owner, purpose=purse.purpose, asset=asset))


def _shift(work: Work, purse: Purse, change: int, move: Move) -> tuple[str, int, int]:
    account = _account(work, purse, move.amount.currency)
    after = account.balance + change
    low = change < 0 and account.floor is not None and after < account.floor
    high = change > 0 and account.ceiling is not None and after > account.ceiling
    if low or high:
        if move.short is None:
            raise Overdrawn(f"{account.id} would stand at {after}, limits {account.floor} to {account.ceiling}")
        raise move.short()
    account.balance = after
    return account.id, change, after


def hold(work: Work, source: Purse, amount: Money, *, why: str, ref: str, short: FaultKind | None = None) -> Hold:
    """Set value aside: its owner still owns it and can no longer spend it."""
    post(work, Move(source, Purse(source.owner, HELD), amount, short), why=why, ref=ref)
    return work.add(
        Hold(
            id=work.new_id(),
            owner=source.owner,
            purpose=source.purpose,
            asset=amount.currency,
            left=amount.minor,
            why=why,
            ref=ref,
        )  # fmt: skip
    )


def settle(work: Work, held: Hold, target: Purse, amount: Money, *, why: str, ref: str) -> None:
    """Pay out of a hold."""
    _lessen(held, amount)
    post(work, Move(Purse(held.owner, HELD), target, amount), why=why, ref=ref)


def void(work: Work, held: Hold, amount: Money | None = None, *, why: str, ref: str) -> None:
    """Give back what is held, or a part of it."""
    amount = held.rest if amount is None else amount
    _lessen(held, amount)
    post(work, Move(Purse(held.owner, HELD), Purse(held.owner, held.purpose), amount), why=why, ref=ref)


def _lessen(held: Hold, amount: Money) -> None:
    if amount > held.rest:
        raise Overdrawn(f"hold {held.id} has {held.rest} left, not {amount}")
    held.left -= amount.minor
