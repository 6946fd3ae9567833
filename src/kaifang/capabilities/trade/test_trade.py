"""A walk through a small world of trades, held against a model that counts by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.visit import Visit

from kaifang.kernel import DAY, HOUR, Caller, Money, Move, Purse, Work
from kaifang.kernel.verify import verify

from .tables import SettlementRow, TradeRow

INSIDE, HOUSE = Caller(role="inside"), Caller(role="operator")
SMALL = settings(max_examples=30, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
NUMBER, FEN, KEY = st.sampled_from("123"), st.integers(1, 5), st.sampled_from("ab")


@dataclass
class Foretold:
    """What the model knows of one trade."""

    id: str
    total: int
    guaranteed: bool
    born: int
    state: str = "WAIT_BUYER_PAY"
    paid: int = 0
    held: int = 0
    refunded: int = 0
    given: int = 0
    disputed: bool = False
    due: int = 0
    left: int = 0
    parts: dict[str, int] = field(default_factory=dict)


class Town(Visit):
    """A town where one person has nine fen, one shop nothing, and one receiver is bound."""

    def __init__(self) -> None:
        super().__init__()
        who = {"kind": "person", "logon_id": "few@example.com", "name": "少少", "pay_password": "111111"}
        self.few = self.ask(HOUSE, "kaifang.account.party.open", **who).user_id
        self.ask(HOUSE, "kaifang.fund.bank.remit", bank_code="CMB", user_id=self.few, amount="0.09")
        self.coffee, self.shop, self.helper = self.known["coffee"], self.app("coffee"), self.known["helper"]
        self.wallet = Caller(app=self.known["wallet.app"], role="wallet", user=self.few)
        self.ask(HOUSE, "kaifang.trade.terms.set", seller_id=self.coffee, royalty_percent=100)
        bound = [{"type": "userId", "account": self.helper}]
        self.ask(self.shop, "alipay.trade.royalty.relation.bind", out_request_no="1", receiver_list=bound)
        world = Purse("bank:CMB", "world")
        moves = [Move(Purse(self.coffee), world, Money(100_000)), Move(Purse(self.helper), world, Money(10_000))]
        self.platform.do(lambda work: work.post(*moves, why="test", ref="1"))

    def code(self) -> str:
        """A code that the person shows."""
        return str(self.ask(self.wallet, "kaifang.fund.code.create").auth_code)

    def purses(self) -> dict[str, int]:
        """What everybody has, in fen."""

        def look(work: Work) -> dict[str, int]:
            purses = {
                "buyer": Purse(self.few), "seller": Purse(self.coffee), "escrow": Purse(self.coffee, "escrow"),
                "receiver": Purse(self.helper), "fees": Purse("platform", "fees"),
            }  # fmt: skip
            return {name: work.balance(purse).minor for name, purse in purses.items()}

        return self.platform.read(look)


class Trades(RuleBasedStateMachine):
    """Three orders, every way to pay, end, refund, settle, dispute and share them: every answer is foretold."""

    def __init__(self) -> None:
        super().__init__()
        self.town = Town()
        self.money = {"buyer": 9, "seller": 0, "escrow": 0, "receiver": 0, "fees": 0}
        self.trades = dict[str, Foretold]()
        self.count = 0

    def ask(self, caller: Caller, method: str, **fields: Any) -> Any:
        """Ask, and bring the model up to the time."""
        return self.town.ask(caller, method, **fields)

    def shift(self, source: str, target: str, fen: int) -> None:
        """Move money in the model."""
        self.money[source] -= fen
        self.money[target] += fen

    def next(self) -> str:
        """A number never used before."""
        self.count += 1
        return f"n{self.count}"

    # Ordering and paying

    def same_order(self, number: str, fen: int, guaranteed: bool = False) -> str | None:
        """Why an order under a number that was used cannot be, if so."""
        known = self.trades[number]
        if known.total != fen or (guaranteed and not known.guaranteed):
            return "ACQ.CONTEXT_INCONSISTENT"
        if known.state == "TRADE_CLOSED":
            return "ACQ.TRADE_HAS_CLOSE"
        return "ACQ.TRADE_HAS_SUCCESS" if known.paid else None

    @rule(number=NUMBER, fen=FEN, guaranteed=st.booleans())
    def create(self, number: str, fen: int, guaranteed: bool) -> None:
        """The shop opens a trade for the person."""
        order = {"out_trade_no": number, "total_amount": Money(fen), "subject": "茶", "buyer_id": self.town.few}
        if guaranteed:
            order["settle_info"] = {"settle_period_time": "1d"}
        answer = self.ask(self.town.shop, "alipay.trade.create", **order)
        if number not in self.trades:
            self.trades[number] = Foretold(answer.trade_no, fen, guaranteed, self.town.now)
        elif refusal := self.same_order(number, fen, guaranteed):
            assert answer == refusal
        else:
            assert answer.trade_no == self.trades[number].id

    def charge(self, trade: Foretold) -> None:
        """The model's payment."""
        trade.state, trade.paid = "TRADE_SUCCESS", self.town.now
        self.shift("buyer", "escrow" if trade.guaranteed else "seller", trade.total)
        if trade.guaranteed:
            trade.held, trade.due = trade.total, self.town.now + DAY

    @rule(number=NUMBER, fen=FEN)
    def pay(self, number: str, fen: int) -> None:
        """The shop reads a code."""
        order = {"out_trade_no": number, "total_amount": Money(fen), "subject": "茶"}
        answer = self.ask(self.town.shop, "alipay.trade.pay", auth_code=self.town.code(), **order)
        known = self.trades.get(number)
        refusal = self.same_order(number, fen) if known else None
        if refusal is None and self.money["buyer"] < fen:
            refusal = "ACQ.BUYER_BALANCE_NOT_ENOUGH"
        if refusal:
            assert answer == refusal
            return
        trade = self.trades.setdefault(number, known or Foretold(answer.trade_no, fen, False, self.town.now))
        self.charge(trade)

    @rule(number=NUMBER)
    def confirm(self, number: str) -> None:
        """The person pays an open trade at the cashier."""
        if (trade := self.trades.get(number)) is None:
            return
        answer = self.ask(INSIDE, "kaifang.trade.confirm_payment", subject=trade.id, user_id=self.town.few)
        if refusal := self.same_order(number, trade.total):
            assert answer == ("ACQ.TRADE_HAS_SUCCESS" if trade.paid else refusal)
        elif self.money["buyer"] < trade.total:
            assert answer == "ACQ.BUYER_BALANCE_NOT_ENOUGH"
        else:
            assert answer.fields["trade_no"] == trade.id
            self.charge(trade)

    @rule(number=NUMBER, fen=FEN)
    def sell_guaranteed(self, number: str, fen: int) -> None:
        """The shop opens a guaranteed trade, and the person pays it."""
        if number not in self.trades:
            self.create(number, fen, guaranteed=True)
            self.confirm(number)

    # Ending and giving back

    @rule(number=NUMBER)
    def close(self, number: str) -> None:
        """The shop closes a trade."""
        answer = self.ask(self.town.shop, "alipay.trade.close", out_trade_no=number)
        trade = self.trades.get(number)
        if trade is None:
            assert answer == "ACQ.TRADE_NOT_EXIST"
        elif trade.state != "WAIT_BUYER_PAY":
            assert answer == "ACQ.TRADE_STATUS_ERROR"
        else:
            trade.state = "TRADE_CLOSED"

    def unrefundable(self, trade: Foretold, fen: int) -> str | None:
        """Why a refund of a paid trade cannot be, if so."""
        if trade.refunded + fen > trade.total:
            return "ACQ.REASON_TRADE_REFUND_FEE_ERR"
        return "ACQ.SELLER_BALANCE_NOT_ENOUGH" if self.money["seller"] < fen - min(fen, trade.held) else None

    def give_back(self, trade: Foretold, fen: int) -> None:
        """The model's refund: out of escrow first."""
        held = min(fen, trade.held)
        self.shift("escrow", "buyer", held)
        self.shift("seller", "buyer", fen - held)
        trade.held, trade.refunded = trade.held - held, trade.refunded + fen
        if trade.held == 0:
            trade.disputed = False
        if trade.refunded == trade.total:
            trade.state = "TRADE_CLOSED"

    @rule(number=NUMBER, fen=FEN, key=KEY)
    def refund(self, number: str, fen: int, key: str) -> None:
        """The shop refunds a part; asked again with the same key nothing happens."""
        ask = {"out_trade_no": number, "out_request_no": key, "refund_amount": Money(fen)}
        answer = self.ask(self.town.shop, "alipay.trade.refund", **ask)
        trade = self.trades.get(number)
        if trade is None:
            assert answer == "ACQ.TRADE_NOT_EXIST"
        elif key in trade.parts:
            same = trade.parts[key] == fen
            assert (answer.fund_change if same else answer) == ("N" if same else "ACQ.DISCORDANT_REPEAT_REQUEST")
        elif trade.state != "TRADE_SUCCESS":
            assert answer == ("ACQ.TRADE_HAS_CLOSE" if trade.state == "TRADE_CLOSED" else "ACQ.TRADE_STATUS_ERROR")
        elif refusal := self.unrefundable(trade, fen):
            assert answer == refusal
        else:
            trade.parts[key] = fen
            self.give_back(trade, fen)
            assert (answer.fund_change, answer.refund_fee.minor) == ("Y", trade.refunded)

    @rule(number=NUMBER)
    def cancel(self, number: str) -> None:
        """The till cancels what it is not sure of."""
        answer = self.ask(self.town.shop, "alipay.trade.cancel", out_trade_no=number)
        trade = self.trades.get(number)
        if trade is None:
            assert answer.action is None
            return
        if trade.state == "WAIT_BUYER_PAY":
            trade.state = "TRADE_CLOSED"
        elif trade.state == "TRADE_SUCCESS":
            refusal = self.uncancellable(trade)
            if refusal:
                assert answer == refusal
                return
            trade.parts[number] = trade.total
            self.give_back(trade, trade.total)
        assert answer.action == ("refund" if trade.paid else "close")

    def uncancellable(self, trade: Foretold) -> str | None:
        """Why a paid trade cannot be cancelled, if so."""
        if trade.disputed:
            return "ACQ.REASON_TRADE_BEEN_FREEZEN"
        if trade.refunded:
            return "ACQ.REASON_TRADE_REFUND_FEE_ERR"
        if self.town.now > trade.paid + DAY:
            return "ACQ.TRADE_CANCEL_TIME_OUT"
        return self.unrefundable(trade, trade.total)

    # Settling, disputing, sharing

    def unsettleable(self, trade: Foretold) -> str | None:
        """Why escrowed money cannot go to the seller, if so."""
        if not trade.guaranteed:
            return "ACQ.SETTLE_SCENE_NOT_SUPPORT"
        if trade.state == "WAIT_BUYER_PAY":
            return "ACQ.REASON_TRADE_STATUS_INVALID"
        if trade.state == "TRADE_CLOSED":
            return "ACQ.TRADE_HAS_CLOSE"
        if trade.disputed:
            return "ACQ.ILLEGAL_SETTLE_STATE"
        return None if trade.held else "ACQ.ALREADY_CONFIRM_SETTLE"

    def settle(self, trade: Foretold, fen: int) -> None:
        """The model's settlement."""
        self.shift("escrow", "seller", fen)
        trade.held -= fen

    @rule(number=NUMBER, fen=FEN)
    def settle_a_part(self, number: str, fen: int) -> None:
        """The shop says that a part was fulfilled."""
        if (trade := self.trades.get(number)) is None:
            return
        info = {"settle_detail_infos": [{"actual_amount": str(Money(fen))}]}
        ask = {"trade_no": trade.id, "out_request_no": self.next(), "settle_info": info}
        answer = self.ask(self.town.shop, "alipay.trade.settle.confirm", **ask)
        if refusal := self.unsettleable(trade):
            assert answer == refusal
        elif fen > trade.held:
            assert answer == "ACQ.INVALID_SETTLE_AMOUNT_PARAMETER"
        else:
            assert answer.settle_amount.minor == fen
            self.settle(trade, fen)

    @rule(number=NUMBER)
    def receive(self, number: str) -> None:
        """The person says that the goods arrived."""
        if (trade := self.trades.get(number)) is None:
            return
        answer = self.ask(self.town.wallet, "kaifang.trade.receive", trade_no=trade.id)
        if trade.state != "WAIT_BUYER_PAY" or trade.guaranteed:
            refusal = self.unsettleable(trade)
            if refusal is None:
                self.settle(trade, trade.held)
            elif answer != "ACQ.TRADE_NOT_EXIST":  # a trade that never had a buyer is nobody's
                assert answer == refusal

    @rule(number=NUMBER)
    def dispute(self, number: str) -> None:
        """The person complains, or withdraws the complaint."""
        if (trade := self.trades.get(number)) is None or not trade.guaranteed or not trade.held:
            return
        if trade.disputed:
            assert self.ask(self.town.wallet, "kaifang.trade.dispute.close", trade_no=trade.id).state == "WAITING"
            trade.disputed, trade.due = False, self.town.now + trade.left
        else:
            answer = self.ask(self.town.wallet, "kaifang.trade.dispute.open", trade_no=trade.id, reason="坏了")
            assert answer.state == "DISPUTED"
            trade.disputed, trade.left = True, trade.due - self.town.now

    @rule(number=NUMBER, fen=FEN)
    def share(self, number: str, fen: int) -> None:
        """The shop gives a part of a trade on."""
        if (trade := self.trades.get(number)) is None:
            return
        shares = [{"trans_in": self.town.helper, "amount": str(Money(fen))}]
        ask = {"trade_no": trade.id, "out_request_no": self.next(), "royalty_parameters": shares}
        answer = self.ask(self.town.shop, "alipay.trade.order.settle", **ask)
        if trade.state == "TRADE_CLOSED" and trade.paid:
            assert answer == "ACQ.ALLOC_REFUSE_AFTER_REFUND"
        elif trade.state != "TRADE_SUCCESS":
            assert answer == "ACQ.TRADE_STATUS_ERROR"
        elif trade.held:
            assert answer == "ACQ.ALLOC_REFUSE_BEFORE_SETTLE"
        elif fen > trade.total - trade.refunded - trade.given:
            assert answer == "ACQ.ALLOC_AMOUNT_VALIDATE_ERROR"
        elif fen > self.money["seller"]:
            assert answer == "ACQ.TXN_RESULT_ACCOUNT_BALANCE_NOT_ENOUGH"
        else:
            trade.given += fen
            self.shift("seller", "receiver", fen)

    @rule(hours=st.sampled_from([1, 4, 25]))
    def time_passes(self, hours: int) -> None:
        """Unpaid trades close after three hours, guaranteed ones settle after a day."""
        self.town.move(hours * HOUR)
        for trade in self.trades.values():
            if trade.state == "WAIT_BUYER_PAY" and trade.born + 3 * HOUR <= self.town.now:
                trade.state = "TRADE_CLOSED"
            if trade.held and not trade.disputed and trade.due <= self.town.now:
                self.settle(trade, trade.held)

    @invariant()
    def purses_are_as_foretold(self) -> None:
        """Nobody has a fen more or less than the model says."""
        assert self.town.purses() == self.money

    @invariant()
    def trades_are_as_foretold(self) -> None:
        """Every trade stands where the model says, and escrow holds what its trades hold."""

        def look(work: Work) -> dict[str, tuple[str, int, int]]:
            found = {}
            for number, trade in self.trades.items():
                row, kept = work.find(TradeRow, id=trade.id), work.find(SettlementRow, id=trade.id)
                assert row is not None
                found[number] = (row.state, row.refunded.minor, kept.held.minor if kept else 0)
            return found

        model = {number: (one.state, one.refunded, one.held) for number, one in self.trades.items()}
        assert self.town.platform.read(look) == model

    def teardown(self) -> None:
        """The books balance, and nothing stays behind."""
        engine = self.town.platform.store.engine
        with engine.reading():
            assert verify(engine).broken is None
        self.town.close()


TestTrades = Trades.TestCase
TestTrades.settings = SMALL
