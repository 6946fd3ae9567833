"""A twin of a platform: what it keeps, in a throw-away database, with people's data replaced; and a month played there.

State is of today while the clock is set back: balances and stocks are what they are now, not what they were then.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from kaifang.kernel import DAY, Money, Work
from kaifang.kernel.clock import Clock, wall, written
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.events import Happening, catchers, handlers, next_daily
from kaifang.kernel.ledger import Account
from kaifang.kernel.platform import Platform
from kaifang.kernel.store.engine import Reader
from kaifang.kernel.store.sqlite import Sqlite
from kaifang.kernel.store.upgrade import upgrade
from kaifang.kernel.story import Step
from kaifang.kernel.table import Table, tables


class Impossible(Exception):  # noqa: N818 - it is no mistake, but an answer
    """It cannot be played; why, in words, and what the recipe asks for, if that is not filled in."""

    def __init__(self, why: str, looked: dict[str, Any] | None = None) -> None:
        super().__init__(why)
        self.looked = looked


PAGE = 5000
# What a month is played without: what was said and is owed, timers, and recipes that are really installed.
LEFT_OUT = re.compile(r"event|job|bulletin|entry|answered|notice|delivery|clock|nonce|channel_.*|doctor_.*|recipe.*")
PERSONAL = {  # by what people are known, and where that stands; wherever else it is met it is replaced too
    "party": ("name", "nick_name", "logon_id", "mobile", "cert_no", "avatar", "address"),
    "bank_card": ("number", "holder"),
}
REMARKS = re.compile(r"remark|memo|note")
OF_ADDRESSES = ("address", "fullname", "mobile")  # the rest of an address is shared by many
WORDS = re.compile(r'"((?:[^"\\]|\\.)*)"')


class Mask:
    """Gives everybody another name, number and address; the same each time it is met."""

    def __init__(self, source: Reader) -> None:
        self.names: dict[str, str] = {}
        self.merchants: set[str] = set()
        for name, columns in PERSONAL.items():
            kind = "kind" if name == "party" else "'person'"
            for row in pages(source, tables[name], [*columns, kind]):
                self.learn(row[:-1], row[-1] == "merchant")
        for known in self.merchants:
            self.names.pop(known, None)

    def learn(self, values: Sequence[str | None], merchant: bool) -> None:
        """Find other words for what identifies a person; merchants keep theirs."""
        for text in filter(None, values):
            parts = [msgspec.json.decode(text)[one] for one in OF_ADDRESSES] if text.startswith("{") else [text]
            for word in parts:
                if merchant:
                    self.merchants.add(word)
                elif word:
                    self.names.setdefault(word, self.other(word))

    def other(self, word: str) -> str:
        """Another word of the same kind."""
        number = len(self.names) + 1
        if "@" in word:
            return f"guest{number}@example.com"
        return f"{number:0{len(word)}d}" if word.isdigit() else f"顾客{number}"

    def value(self, column: str, value: Any) -> Any:
        """What the twin keeps in the place of a value."""
        if not isinstance(value, str):
            return value
        if REMARKS.search(column) and not value.startswith(("{", "[")):
            return ""
        if value.startswith(("{", "[")):
            return WORDS.sub(lambda found: f'"{self.names.get(found[1], found[1])}"', value)
        return self.names.get(value, value)


def pages(source: Reader, table: Table, columns: list[str] | None = None) -> Iterator[tuple[Any, ...]]:
    """Every row of a table, in the order of its key."""
    listed = ", ".join(name if name.startswith("'") else f'"{name}"' for name in columns or table.names)
    order = ", ".join(f'"{name}"' for name in table.primary.names)
    for page in range(1_000_000_000):
        sql = f'select {listed} from "{table.name}" order by {order} limit {PAGE} offset {page * PAGE}'  # noqa: S608
        rows = source.select(sql, ())
        yield from rows
        if len(rows) < PAGE:
            return


def fork(source: Reader, path: Path) -> Sqlite:
    """Copy what a platform keeps, with people's data replaced."""
    twin = Sqlite(path)
    upgrade(twin, tables.values(), wall())
    mask = Mask(source)
    with twin.transaction():
        for table in tables.values():
            if not LEFT_OUT.fullmatch(table.name):
                kept = [
                    table.load([mask.value(name, value) for name, value in zip(table.names, row, strict=True)])
                    for row in pages(source, table)
                ]
                for start in range(0, len(kept), PAGE):
                    twin.insert(table, kept[start : start + PAGE])
    return twin


class Heard(msgspec.Struct):
    """An event that really happened to the merchant."""

    at: int
    name: str
    subject: str
    facts: dict[str, Any]


def heard(source: Reader, merchant: str, since: int) -> list[Heard]:
    """What happened to a merchant since then, in order."""
    sql = "select at, name, subject, facts from event where at >= ? order by at, writer, number"
    told = [Heard(at, name, subject, msgspec.json.decode(facts))
            for at, name, subject, facts in source.select(sql, (since,))]  # fmt: skip
    return [one for one in told if merchant in (one.facts.get("merchant"), one.facts.get("seller"))]


class Month:
    """A recipe in a twin, and what became of it there."""

    def __init__(self, platform: Platform, loop: asyncio.AbstractEventLoop, known: dict[str, Any]) -> None:
        self.platform, self.loop = platform, loop
        self.door = KernelDoor(platform, known, loop)
        self.door.language = "en"

    def ask(self, method: str, by: str, **fields: Any) -> dict[str, Any]:
        """Call a method of the twin."""
        told = self.door.call(Step(call=method, by=by), fields)
        if told.fault:
            raise Impossible(f"{method} was refused: {told.fault}: {told.fields.get('sub_msg', '')}")
        return told.fields

    def play(self, recipe: dict[str, Any], inputs: dict[str, Any], events: list[Heard], until: int) -> dict[str, Any]:
        """Install a recipe, let everything happen again, and tell what it did."""
        name = self.ask("kaifang.recipe.publish", "provider", recipe=recipe)["recipe"]
        looked = self.ask("kaifang.recipe.look", "merchant", recipe=name, inputs=inputs)
        if looked["missing"]:
            raise Impossible(", ".join(f"{name}: {why}" for name, why in looked["missing"].items()), looked)
        allowed = [one["call"] for one in looked["permissions"]]
        before = self.money()
        number = self.ask("kaifang.recipe.install", "merchant", recipe=name, inputs=inputs, permissions=allowed)
        for event in events:
            self.door.move(max(event.at, self.platform.clock.now()), None)
            self.platform.do(lambda work, event=event: hear(work, event))
            self.door.move(None, 0)
        self.door.move(max(until, self.platform.clock.now()), None)
        told = self.tell(number["installation_id"])
        return {"events": len(events), **told, "money": str_signed(self.money() - before), "looked": looked}

    def tell(self, installation: str) -> dict[str, Any]:
        """What the runs came to."""
        states, refusals = Counter[str](), Counter[str]()
        for page in range(1, 10_001):
            asked = {"installation_id": installation, "page_size": 100, "page_num": page}
            runs = self.ask("kaifang.recipe.run.list", "merchant", **asked)["runs"]
            states.update(f"{run['rule'] or 'set-up'} {run['state']}" for run in runs)
            refusals.update(f"{run['rule']} {run['refusal']}" for run in runs if "refusal" in run)
            if len(runs) < 100:
                break
        figures = self.ask("kaifang.recipe.figures", "merchant", installation_id=installation)["figures"]
        seen = self.ask("kaifang.recipe.installation.look", "merchant", installation_id=installation)
        return {
            "runs": dict(sorted(states.items())), "refusals": dict(sorted(refusals.items())),
            "figures": {one["figure"]: one["total"] for one in figures}, "trouble": seen.get("trouble", ""),
        }  # fmt: skip

    def money(self) -> int:
        """All that the merchant has, in fen."""
        owner = self.platform.read(lambda work: self.door.caller(work, Step(by="merchant"))["merchant"])
        where = "owner = ? and asset = 'CNY'"
        return self.platform.read(lambda work: work.sum(Account, "balance", where, (owner,)))


def str_signed(fen: int) -> str:
    """An amount that may be below zero."""
    return f"{'-' if fen < 0 else ''}{Money(abs(fen))}"


def hear(work: Work, event: Heard) -> None:
    """Let only recipes hear of it: everything else has had its effect long ago."""
    for name, wants in catchers.items():
        if wants(work, event.name, event.facts):
            handlers[name](work, Happening(event.name, event.subject, event.facts, event.at))


@contextlib.contextmanager
def twin_of(source: Reader, apps: tuple[str, str], days: int) -> Iterator[tuple[Month, list[Heard], int]]:
    """A twin whose clock stands so many days back, with the events of the merchant since then."""
    known = dict(zip(("merchant.app", "provider.app"), apps, strict=True))
    loop = asyncio.new_event_loop()
    with tempfile.TemporaryDirectory(prefix="kaifang-") as folder, source.reading():
        now = now_of(source)
        engine = fork(source, Path(folder) / "twin.db")
        platform = Platform(engine, clock=Clock(frozen_at=now - days * DAY))
        platform.open()
        daily = "recipe.share"
        platform.do(lambda work: work.later(next_daily(daily, work.now), daily, ""))
        month = Month(platform, loop, known)
        merchant = platform.read(lambda work: month.door.caller(work, Step(by="merchant"))["merchant"])
        try:
            yield month, heard(source, merchant, now - days * DAY), now
        finally:
            engine.close()
            loop.close()


def now_of(source: Reader) -> int:
    """What time it is on the platform that has a twin."""
    ((frozen_at, offset),) = source.select("select frozen_at, \"offset\" from clock where id = 'clock'", ())
    return int(frozen_at) if frozen_at is not None else wall() + int(offset)


def span(now: int, days: int) -> str:
    """From when to when."""
    return f"{written(now - days * DAY)} to {written(now)}"
