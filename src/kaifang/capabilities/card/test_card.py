"""A small world of paying, giving back, exchanging and waiting: no point comes from nowhere, and none is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from tests.visit import Visit

from kaifang.capabilities.card.tables import CardRow, DealRow, PointRow
from kaifang.kernel import DAY, Caller, Money, Work
from kaifang.kernel.ids import Chance
from kaifang.kernel.ledger import Purse
from kaifang.kernel.verify import verify

RATE = 150  # hundredths of points for a yuan, so that fens are halved


class World:
    """A merchant with members, and what they paid and got back, counted beside the platform."""

    def __init__(self, seed: int) -> None:
        self.town, self.chance, self.count = Visit(), Chance(seed), 0
        self.coffee = self.town.app("coffee")
        style = {"card_show_name": "会员"}
        made = self.ask(
            self.coffee, "alipay.marketing.card.template.create", request_id="r", card_type="OUT_MEMBER_CARD",
            biz_no_suffix_len=10, write_off_type="qrcode", template_style_info=style,
        )  # fmt: skip
        self.template = made.template_id
        self.ask(self.coffee, "kaifang.card.rule.set", template_id=self.template, points_per_yuan="1.5",
                 point_months=1, exchanges=[{"key": "cup", "title": "茶", "points": "0.02"}])  # fmt: skip
        self.card = self.join("anna")
        self.sold: dict[str, tuple[int, int]] = {}  # trade_no -> fens paid, fens given back

    def ask(self, who: Caller, method: str, **fields: Any) -> Any:
        """A call, and what falls due after it."""
        answer = self.town.ask(who, method, **fields)
        self.town.move()
        return answer

    def join(self, who: str, **fields: Any) -> str:
        """Somebody becomes a member."""
        return str(self.ask(self.town.app("wallet", who), "kaifang.card.join", template=self.template, **fields).card)

    def number(self) -> str:
        """A number that was never used."""
        self.count += 1
        return f"N{self.count}"

    def pay(self, who: str = "anna", amount: int = 0) -> str:
        """Somebody buys something."""
        amount = amount or 1 + self.chance.below(5)
        code = self.ask(self.town.app("wallet", who), "kaifang.fund.code.create").auth_code
        paid = self.ask(self.coffee, "alipay.trade.pay", out_trade_no=self.number(), auth_code=code,
                        total_amount=Money(amount), subject="茶")  # fmt: skip
        self.sold[paid.trade_no] = (amount, 0)
        return str(paid.trade_no)

    def hurry(self) -> None:
        """Anna does not wait for the night."""
        if self.sold:
            trade = sorted(self.sold)[self.chance.below(len(self.sold))]
            self.ask(self.town.app("wallet", "anna"), "kaifang.card.earn", trade_no=trade)

    def refund(self) -> None:
        """A part of some trade goes back."""
        open_trades = sorted(number for number, (paid, back) in self.sold.items() if back < paid)
        if open_trades:
            number = open_trades[self.chance.below(len(open_trades))]
            paid, back = self.sold[number]
            part = 1 + self.chance.below(paid - back)
            self.ask(self.coffee, "alipay.trade.refund", trade_no=number, refund_amount=Money(part),
                     out_request_no=self.number())  # fmt: skip
            self.sold[number] = (paid, back + part)

    def spend(self) -> None:
        """Anna has a cup of tea, if she has the points."""
        wallet = self.town.app("wallet", "anna")
        self.ask(wallet, "kaifang.card.spend", card=self.card, key="cup", out_no=self.number())

    def night(self) -> None:
        """A night passes."""
        self.town.move(DAY)

    def check(self, work: Work) -> None:
        """What is on the card follows from what was written down of it."""
        row = work.find(CardRow, id=self.card)
        assert row is not None
        changes = work.select(PointRow, "card = ?", (row.id,), "id")
        there = work.balance(Purse(row.user, "point"), f"point:{row.template}").minor
        assert there == sum(one.change for one in changes) == sum(lot.points for lot in row.lots) >= 0
        assert all(one.points > 0 for one in row.lots)
        assert not row.owed or not there, "who owes points has none"
        for deal in work.select(DealRow, "card = ?", (row.id,)):
            assert 0 <= deal.points <= self.sold[deal.trade][0] * RATE // 100, "more than it was worth"


@pytest.fixture
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A world of this seed."""
    world = World(getattr(request, "param", 1))
    yield world
    world.town.close()


@pytest.mark.parametrize("world", range(4), indirect=True)
def test_no_point_from_nowhere_and_none_lost(world: World) -> None:
    moves = (world.pay, world.pay, world.hurry, world.refund, world.spend, world.spend, world.night)
    for _ in range(40):
        moves[world.chance.below(len(moves))]()
        world.town.platform.read(world.check)
    world.night()

    def everything(work: Work) -> None:
        world.check(work)
        deals = {deal.trade: deal.points for deal in work.select(DealRow)}
        due = {trade: (paid - back) * RATE // 100 for trade, (paid, back) in world.sold.items()}
        assert deals == due, "each trade is worth what was kept of it"
        row = work.find(CardRow, id=world.card)
        where = "card = ? and why in ('point.earn', 'point.take_back')"
        moved = work.sum(PointRow, "change", where, (world.card,))
        assert row is not None and moved - row.owed == sum(due.values()), "what is owed is all that is missing"

    world.town.platform.read(everything)
    with world.town.platform.store.engine.reading():
        assert verify(world.town.platform.store.engine).broken is None


def test_who_joins_on_a_tills_screen_has_the_points_of_that_payment(world: World) -> None:
    """The till names it; naming it again, or a later trade, adds nothing."""
    first = world.pay("bo")
    card = world.join("bo", trade_no=first)
    assert world.join("bo", trade_no=first) == card
    due = world.sold[first][0] * RATE // 100
    row = world.town.platform.read(lambda work: work.find(CardRow, id=card))
    assert row is not None and sum(lot.points for lot in row.lots) == due > 0
    world.town.move(1000)
    assert world.join("bo", trade_no=world.pay("bo")) == card
    assert world.town.platform.read(lambda work: work.count(DealRow, "card = ?", (card,))) == 1


def test_no_merchants_rule_holds_up_the_night(world: World) -> None:
    """One night counts for all merchants, so that no rule may come to more than can be counted."""
    ask = (world.coffee, "kaifang.card.rule.set")
    assert world.ask(*ask, template_id=world.template, points_per_yuan="10000.01") == "INVALID_PARAMETER"
    levels = [{"level": "A", "spent": "0.01", "times": "100.01"}]
    assert world.ask(*ask, template_id=world.template, levels=levels) == "INVALID_PARAMETER"
    levels[0]["times"] = "100"
    world.ask(*ask, template_id=world.template, points_per_yuan="10000", levels=levels)
    for _ in range(2):
        world.pay("anna", 50_000)
    world.night()
    row = world.town.platform.read(lambda work: work.find(CardRow, id=world.card))
    assert row is not None and sum(lot.points for lot in row.lots) == 50_000 * 10_000 * 101


def test_a_merchant_has_only_so_many_rules(world: World) -> None:
    """Each trade is held against each of them."""
    style = {"card_show_name": "会员"}
    asked = {"card_type": "OUT_MEMBER_CARD", "biz_no_suffix_len": 10, "write_off_type": "qrcode"}
    for number in range(1, 51):
        made = world.town.ask(world.coffee, "alipay.marketing.card.template.create", request_id=f"t{number}",
                              template_style_info=style, **asked)  # fmt: skip
        told = world.town.ask(world.coffee, "kaifang.card.rule.set", template_id=made.template_id)
        assert (told == "INVALID_PARAMETER") == (number == 50)


def points_of(world: World, card: str) -> tuple[int, int]:
    """What a card has, and what it owes."""
    row = world.town.platform.read(lambda work: work.find(CardRow, id=card))
    assert row is not None
    return sum(lot.points for lot in row.lots), row.owed


@pytest.mark.parametrize("when", ["never left", "back before", "back after"])
def test_points_that_are_owed_are_not_left_behind(world: World, when: str) -> None:
    """Whoever spends points and then gets the money back owes them, whatever the person or the merchant does then."""
    wallet = world.town.app("wallet", "anna")
    trade = world.pay("anna", 200)
    world.ask(wallet, "kaifang.card.earn", trade_no=trade)
    cup = world.ask(world.coffee, "kaifang.card.rule.query", template_id=world.template).exchanges[0]
    world.ask(world.coffee, "kaifang.card.rule.set", template_id=world.template, points_per_yuan="1.5",
              exchanges=[{"key": cup.key, "title": cup.title, "points": "2"}])  # fmt: skip
    spent = world.ask(wallet, "kaifang.card.spend", card=world.card, key="cup", out_no="x").spend_no
    assert points_of(world, world.card) == (100, 0)
    back = {"trade_no": trade, "refund_amount": "2.00"}
    if when == "never left":
        world.ask(world.coffee, "alipay.trade.refund", **back)
        world.night()
        assert points_of(world, world.card) == (0, 200)
        world.ask(world.coffee, "kaifang.card.spend.undo", spend_no=spent)
        assert points_of(world, world.card) == (0, 0), "given back, and taken at once"
        return
    world.ask(wallet, "kaifang.card.leave", card=world.card)
    again = world.join("anna") if when == "back before" else ""
    world.ask(world.coffee, "alipay.trade.refund", **back)
    world.night()
    assert points_of(world, again or world.join("anna")) == (0, 200), "less what ended with the card"


def test_one_is_welcomed_once(world: World) -> None:
    """Joining, spending the welcome, leaving and joining again would be a spring of points."""
    rules = [{"field_name": "Point", "rule_name": "CONST", "rule_value": "1"}]
    world.ask(world.coffee, "alipay.marketing.card.template.modify", request_id="m", template_id=world.template,
              field_rule_list=rules)  # fmt: skip
    first = world.join("bo")
    assert points_of(world, first) == (100, 0)
    world.ask(world.town.app("wallet", "bo"), "kaifang.card.leave", card=first)
    assert points_of(world, world.join("bo")) == (0, 0)


def test_members_who_join_together_are_one(world: World) -> None:
    """Two taps at once are one card; the answers are the same."""
    ask = (world.town.app("wallet", "chen"), "kaifang.card.join", {"template": world.template})
    one, other = world.town.race(ask, ask)
    assert msgspec.to_builtins(one.card) == msgspec.to_builtins(other.card)
