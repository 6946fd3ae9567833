"""Small worlds of cards: nothing is made or lost but by draws, and pools are split to the fen, as the seed says."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.town import open_platform, settle_town

from kaifang.kernel import Money, Work, fair
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.fair import Outcome
from kaifang.kernel.ids import Chance
from kaifang.kernel.ledger import Account, Entry, Purse
from kaifang.kernel.store.sqlite import Sqlite
from kaifang.kernel.story import Step, Told
from kaifang.kernel.verify import verify

from . import pool
from .card import CARDS
from .friend import SENT
from .tables import DrawRow, EntryRow, HandoverRow

PEOPLE = ("anna", "bo", "chen", "dana", "emil", "fang", "gu", "hua")
KINDS = [
    {"code": "1", "name": "福", "weight": 5}, {"code": "2", "name": "禄", "weight": 3},
    {"code": "3", "name": "寿", "weight": 1}, {"code": "9", "name": "万能", "weight": 1, "wild": True},
]  # fmt: skip


class World:
    """A campaign among eight people."""

    def __init__(self, path: Path, rule: str, seed: int) -> None:
        self.loop, self.chance = asyncio.new_event_loop(), Chance(seed)
        self.platform = open_platform(Sqlite(path / "town.db"))
        self.known = settle_town(self.platform, self.loop)
        self.door = KernelDoor(self.platform, self.known, self.loop)
        told = self.call("kaifang.wufu.campaign.create", {
            "name": "集福", "host": self.known["house"], "start": "2026-09-22", "opens": "2026-09-23", "kinds": KINDS,
            "rule": rule, "least": "0.02", "tasks": [{"code": "t", "name": "任务", "by": self.known["coffee"],
            "chances": 3, "per_day": 9}]}, "house")  # fmt: skip
        self.id, self.commitment = told.fields["campaign_id"], told.fields["commitment"]
        ask = {"campaign_id": self.id, "amount": "1.03", "out_no": "f"}
        fund = self.call("kaifang.wufu.pool.fund", ask, user="coffee").fields["fund_no"]
        self.call("kaifang.wufu.pool.confirm", {"subject": fund, "user_id": self.known["coffee"]}, "inside")
        self.door.move(None, 8 * 3_600_000)

    def close(self) -> None:
        """Leave nothing open."""
        self.platform.store.engine.close()
        self.loop.close()

    def call(self, name: str, ask: dict[str, Any], by: str = "wallet", user: str = "") -> Told:
        """One call."""
        return self.door.call(Step(call=name, by=by, user=user), ask)

    def one(self, *choices: Any) -> Any:
        """One of these."""
        return choices[self.chance.below(len(choices))]

    def step(self, number: int) -> None:
        """Somebody does something."""
        who, friend, ask = self.one(*PEOPLE), self.one(*PEOPLE), {"campaign_id": self.id, "out_no": f"n{number}"}
        move = self.chance.below(6)
        if move <= 1:
            report = ask | {"task": "t", "user_id": self.known[who]}
            self.call("kaifang.wufu.task.report", report, "coffee")
            self.call("kaifang.wufu.draw", ask, user=who)
        elif move == 2:
            told = self.call("kaifang.wufu.card.give", ask | {"kind": self.one(*"1239")}, user=who)
            if not told.fault and self.chance.below(3):
                self.call("kaifang.wufu.card.accept", {"handover_id": told.fields["handover_id"]}, user=friend)
        elif move == 3:
            what = {"gives": self.one(*"123"), "wants": self.one(*"1239"), "friend": self.known[friend]}
            self.call("kaifang.wufu.card.swap", ask | what, user=who)
            for proposal in self.call("kaifang.proposal.list", {}, user=friend).fields["proposals"]:
                answer = {"proposal_id": proposal["proposal_id"], "agree": bool(self.chance.below(4))}
                self.call("kaifang.proposal.answer", answer, user=friend)
            self.door.move(None, 0)
        elif move == 4:
            self.call("kaifang.wufu.draw", ask, user=who)
        else:
            self.call("kaifang.wufu.set.complete", {"campaign_id": self.id}, user=who)

    def entries(self) -> list[Entry]:
        """The journal."""
        return self.platform.read(lambda work: work.select(Entry, order="writer, number"))

    def check(self, work: Work) -> None:
        """Every card that was drawn is in a hand, on its way or in a completed set, and nobody has two shares."""
        drawn = Counter(row.got for row in work.select(DrawRow))
        for kind in KINDS:
            asset = f"wufu:{self.id}:{kind['code']}"
            accounts = work.select(Account, "asset = ?", (asset,))
            assert sum(one.balance for one in accounts if one.purpose != "issue") == drawn[str(kind["code"])]
            assert {one.purpose for one in accounts} <= {"issue", "spent", CARDS, SENT}
        waiting = Counter(row.user for row in work.select(HandoverRow, "state = 'WAITING' and gives <> ''"))
        for who in PEOPLE:
            sent = work.select(Account, "owner = ? and purpose = ?", (self.known[who], SENT))
            assert sum(one.balance for one in sent) == waiting[self.known[who]]
        users = [row.user for row in work.select(EntryRow)]
        assert len(users) == len(set(users))


@pytest.fixture
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A world of this rule and seed."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), *request.param)
        yield world
        with world.platform.store.engine.reading():
            assert verify(world.platform.store.engine).broken is None
        world.close()


@pytest.mark.parametrize("world", [(rule, seed) for rule in ("equal", "random") for seed in (1, 2, 3)], indirect=True)
def test_what_is_drawn_stays_and_pools_are_split_to_the_fen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the units of work cut the winners up."""
    monkeypatch.setattr(pool, "PAID", world.one(1, 2, 3))
    monkeypatch.setattr(pool, "WEIGHED", world.one(1, 2, 3))
    for number in range(220):
        world.step(number)
        world.platform.read(world.check)
    before = {who: world.platform.read(lambda work, who=who: work.balance(Purse(world.known[who]))) for who in PEOPLE}
    world.door.move(None, 24 * 3_600_000)
    told = world.call("kaifang.wufu.fair", {"campaign_id": world.id}).fields
    split = world.call("kaifang.wufu.shares", {"campaign_id": world.id}).fields
    seed = told["seed"]
    assert fair.commitment(seed) == world.commitment
    rule = msgspec.convert(told["rules"][0], list[Outcome])
    for one in told["draws"]:
        assert fair.draw(seed, rule, world.id, one["who"], one["number"]) == (one["got"], 0)
    shares = [Money.parse(one["amount"]).minor for one in split["shares"]]
    assert len(shares) > 2, "too few winners to learn something from"
    assert sum(shares) == 103
    equal = split["rule"] == "equal"
    assert max(shares) - min(shares) <= 1 if equal else min(shares) >= 2
    weights = [1] * len(shares) if equal else list(fair.weights(seed, world.id, 0, len(shares)))
    least = 0 if equal else 2
    parts = fair.split(103 - least * len(shares), weights, 0, sum(weights))
    assert shares == [least + part for part in parts]
    for who in PEOPLE:
        mine = world.call("kaifang.wufu.mine", {"campaign_id": world.id}, user=who).fields
        now = world.platform.read(lambda work, who=who: work.balance(Purse(world.known[who])))
        assert str(now - before[who]) == mine.get("share", "0.00")
        names = {one["who"] for one in split["shares"]}
        assert (mine["who"] in names) is mine["completed"]


@pytest.mark.parametrize("world", [("equal", 1)], indirect=True)
@pytest.mark.parametrize("paid", [1, 2, 5, 9])
def test_a_pool_without_winners_goes_back(world: World, monkeypatch: pytest.MonkeyPatch, paid: int) -> None:
    """To all from whom it came, so many in a unit of work."""
    monkeypatch.setattr(pool, "PAID", paid)

    def purses() -> list[Money]:
        return [world.platform.read(lambda work, who=who: work.balance(Purse(world.known[who]))) for who in PEOPLE]

    before, posted = purses(), len(world.entries())
    for number, who in enumerate(PEOPLE[:4]):
        ask = {"campaign_id": world.id, "amount": f"0.0{number + 1}", "out_no": "f"}
        fund = world.call("kaifang.wufu.pool.fund", ask, user=who).fields["fund_no"]
        world.call("kaifang.wufu.pool.confirm", {"subject": fund, "user_id": world.known[who]}, "inside")
    assert purses() != before
    world.door.move(None, 24 * 3_600_000)
    assert purses() == before
    assert world.call("kaifang.wufu.campaign.read", {"campaign_id": world.id}).fields["state"] == "OPENED"
    back = [one for one in world.entries()[posted:] if one.why == "wufu.fund_back"]
    assert len(back) == -(-5 // paid), "five paid in"


@pytest.mark.parametrize("world", [("equal", 1)], indirect=True)
def test_nobody_guesses_what_is_given_to_whoever_takes_it(world: World) -> None:
    """A gift to nobody in particular is taken by its number, which the next number says nothing of."""
    ask = {"campaign_id": world.id, "out_no": "g"}
    for who in ("anna", "bo"):
        world.call("kaifang.wufu.task.report", ask | {"task": "t", "user_id": world.known[who]}, "coffee")
    kinds = [world.call("kaifang.wufu.draw", ask, user=who).fields["kind"] for who in ("bo", "anna")]
    gifts = [
        int(world.call("kaifang.wufu.card.give", ask | {"kind": kind}, user=who).fields["handover_id"])
        for who, kind in zip(("bo", "anna"), kinds, strict=True)
    ]
    assert abs(gifts[0] - gifts[1]) > 10**9
