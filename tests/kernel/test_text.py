"""Text that means something to JSON, to arrays or to SQL is kept and found like any other, on both engines."""

from __future__ import annotations

from functools import partial

from kaifang.kernel.platform import Platform
from kaifang.kernel.store import Batch, Tx
from kaifang.kernel.table import table_of
from tests.kernel.things import Thing

NASTY = [
    '"', "\\", "\\\\", "\\n", "a\nb", "\t\r\b\f\x01\x7f", "{a,b}", "null", "NULL", "", " ", "[1]", "'", "$[0]", "/",
    "\u2028", '{"a": "b\\\\c"}', '\\"', "好", "\U0001f600", "%s ? $1",
]  # fmt: skip
KEYS = [f"{number} {text}" for number, text in enumerate(NASTY)]


def things() -> list[Thing]:
    """One for each text, found by it in two ways."""
    return [Thing(id=key, owner=key, number=text) for key, text in zip(KEYS, NASTY, strict=True)]


def all_of_them(tx: Tx) -> list[Thing]:
    """Read in one go."""
    tx.want(Thing, KEYS)
    return [thing for key in KEYS if (thing := tx.find(Thing, id=key)) is not None]


def look(thing: Thing, batch: Batch) -> None:
    """Say that this one will be needed."""
    batch.wanted.add(table_of(Thing).place({"owner": thing.owner, "number": thing.number}))


def find(thing: Thing, tx: Tx) -> Thing | None:
    """By the key of two columns."""
    return tx.find(Thing, owner=thing.owner, number=thing.number)


def grow(tx: Tx) -> None:
    """Change all of them."""
    for thing in all_of_them(tx):
        thing.size += 1


def remove(tx: Tx) -> None:
    """Remove all of them."""
    for thing in all_of_them(tx):
        tx.remove(thing)


def test_text_comes_back_whatever_is_in_it(platform: Platform) -> None:
    """Written, read alone and together, changed and removed."""
    store = platform.store
    store.run([partial(Tx.add, row=thing) for thing in things()])
    for looks in ([], [partial(look, thing) for thing in things()]):
        store.rows.clear()
        assert store.run([partial(find, thing) for thing in things()], looks) == things()
    store.rows.clear()
    store.run([grow])
    assert [(thing.number, thing.size) for thing in store.run([all_of_them])[0]] == [(text, 1) for text in NASTY]
    store.run([remove])
    assert store.read(lambda tx: tx.select(Thing)) == []
