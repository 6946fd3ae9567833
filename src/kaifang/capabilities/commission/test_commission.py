"""A small world of payments, refunds and days: no commission is paid twice, or of money that was given back."""

from __future__ import annotations

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.town import open_platform, settle_town

from kaifang.capabilities.commission.tables import DealRow, SettlementRow
from kaifang.kernel import Money, Work
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.ids import Chance
from kaifang.kernel.ledger import Purse
from kaifang.kernel.store.sqlite import Sqlite
from kaifang.kernel.story import Step, Told
from kaifang.kernel.verify import verify

RATE = 1250  # basis points: 1/8, so that fens are halved and quartered


class World:
    """A merchant, a provider with a commission, and what was sold and given back, counted beside the platform."""

    def __init__(self, path: Path, seed: int) -> None:
        self.loop, self.chance = asyncio.new_event_loop(), Chance(seed)
        self.platform = open_platform(Sqlite(path / "town.db"))
        self.known = settle_town(self.platform, self.loop)
        self.door = KernelDoor(self.platform, self.known, self.loop)
        self.sold: dict[str, tuple[int, int]] = {}  # trade_no -> fens paid, fens given back
        offered = {"app_id": self.known["helper.app"], "scene": "s", "targets": [{"isv_rate": "12.5"}]}
        self.call("kaifang.commission.offer", offered, "wallet", "coffee")
        for one in self.call("kaifang.proposal.list", {}, "wallet", "helper").fields["proposals"]:
            answer = {"proposal_id": one["proposal_id"], "agree": True}
            self.call("kaifang.proposal.answer", answer, "wallet", "helper")
        self.start = self.balance("helper")

    def close(self) -> None:
        """Leave nothing open."""
        self.platform.store.engine.close()
        self.loop.close()

    def call(self, name: str, ask: dict[str, Any], by: str = "coffee", user: str = "") -> Told:
        """One call."""
        return self.door.call(Step(call=name, by=by, user=user), ask)

    def balance(self, who: str) -> int:
        """What somebody has, in fen."""
        return self.platform.read(lambda work: work.balance(Purse(self.known[who])).minor)

    def pay(self) -> None:
        """Anna buys something by the helper."""
        amount = 1 + self.chance.below(5)
        code = self.call("kaifang.fund.code.create", {}, "wallet", "anna").fields["auth_code"]
        ask = {"out_trade_no": f"T{len(self.sold)}", "auth_code": code, "total_amount": str(Money(amount)),
               "subject": "s", "extend_params": {"sys_service_provider_id": self.known["helper"]}}  # fmt: skip
        self.sold[self.call("alipay.trade.pay", ask).fields["trade_no"]] = (amount, 0)

    def refund(self) -> None:
        """A part of some trade goes back."""
        open_trades = [number for number, (paid, back) in self.sold.items() if back < paid]
        if open_trades:
            number = open_trades[self.chance.below(len(open_trades))]
            paid, back = self.sold[number]
            part = 1 + self.chance.below(paid - back)
            ask = {"trade_no": number, "refund_amount": str(Money(part)), "out_request_no": f"R{paid}{back}"}
            if not self.call("alipay.trade.refund", ask).fault:
                self.sold[number] = (paid, back + part)

    def empty(self) -> None:
        """Somebody takes out all there is, or gets a little."""
        who = ("coffee", "helper")[self.chance.below(2)]
        if self.chance.below(2):
            amount = self.balance(who)
            if amount:
                ask = {"out_biz_no": f"O{self.chance.text(8)}", "trans_amount": str(Money(amount)),
                       "product_code": "TRANS_ACCOUNT_NO_PWD", "biz_scene": "DIRECT_TRANSFER",
                       "payee_info": {"identity": self.known["bo"], "identity_type": "ALIPAY_USER_ID"}}  # fmt: skip
                self.call("alipay.fund.trans.uni.transfer", ask, who)
        else:
            self.call("kaifang.fund.bank.remit",
                      {"bank_code": "ICBC", "user_id": self.known[who], "amount": "0.02"}, "house")  # fmt: skip

    def night(self) -> None:
        """The day ends, and commissions are settled."""
        self.door.move(None, 24 * 3_600_000)

    def check(self, work: Work) -> None:
        """What was paid of each trade is never more than is due of what was kept of it when it was settled last."""
        moved = defaultdict[str, int](int)
        for row in work.select(SettlementRow):
            moved[row.receiver] += row.amount.minor
        settled = defaultdict[str, int](int)
        for deal in work.select(DealRow):
            for party, amount in deal.settled.items():
                settled[party] += amount.minor
                kept = deal.total - deal.refunded
                assert amount <= deal.total.share(Fraction(RATE, 10_000)), f"{deal.trade}: paid twice"
                assert deal.open or amount == kept.share(Fraction(RATE, 10_000)), f"{deal.trade}: not of what is kept"
        assert moved == settled or not any(settled.values()) and not any(moved.values())
        by_journal = defaultdict[str, int](int)
        for (legs,) in work.tx.query("select legs from entry where why = 'commission.settle'", ()):
            for account, change, _ in msgspec.json.decode(legs):
                by_journal[account.partition("/")[0]] += change
        assert by_journal[self.known["helper"]] == moved[self.known["helper"]] == -by_journal[self.known["coffee"]]


@pytest.fixture
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A world of this seed."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), getattr(request, "param", 1))
        yield world
        world.close()


@pytest.mark.parametrize("world", range(6), indirect=True)
def test_no_commission_of_money_that_was_given_back(world: World) -> None:
    """Days of buying, giving back and being broke; whenever everybody has money, each gets exactly what is due."""
    moves = (world.pay, world.pay, world.refund, world.refund, world.empty, world.night)
    for _ in range(60):
        moves[world.chance.below(len(moves))]()
        world.platform.read(world.check)
    for who in ("coffee", "helper"):
        ask = {"bank_code": "ICBC", "user_id": world.known[who], "amount": "10.00"}
        world.call("kaifang.fund.bank.remit", ask, "house")
    world.night()
    due = sum((Money(paid - back).share(Fraction(RATE, 10_000)).minor for paid, back in world.sold.values()), 0)

    def everything(work: Work) -> int:
        world.check(work)
        assert not work.count(DealRow, '"open" = 1'), "everybody had money, and something is still owed"
        return sum(row.amount.minor for row in work.select(SettlementRow))

    assert world.platform.read(everything) == due
    with world.platform.store.engine.reading():
        assert verify(world.platform.store.engine).broken is None


def test_days_are_read_and_settled_in_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many trades a day has, each counts once."""
    from kaifang.capabilities.commission import settle
    from kaifang.kernel import outbox

    monkeypatch.setattr(outbox, "PAGE", 2)
    monkeypatch.setattr(settle, "PAGE", 2)
    for _ in range(7):
        world.pay()
    world.night()
    world.platform.read(world.check)
    due = sum(Money(paid).share(Fraction(RATE, 10_000)).minor for paid, _ in world.sold.values())
    assert world.balance("helper") - world.start == due > 0
