"""Walks through a small world of purses, held against a model that counts by itself, and the races no story knows."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.visit import Visit

from kaifang.kernel import DAY, MINUTE, Caller, Hold, Money, Move, Purse, Work
from kaifang.kernel.verify import verify

from .card import available
from .tables import Card, FreezeRow

INSIDE, HOUSE = Caller(role="inside"), Caller(role="operator")
SMALL = settings(max_examples=30, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck))
FEN, PART, NUMBER = st.integers(1, 5), st.integers(1, 3), st.sampled_from("1234")
CHANNEL = st.sampled_from(["balance", "card", None])
Answer = dict[str, Any]


class Town(Visit):
    """A town where one person and one shop have a few fen."""

    def __init__(self) -> None:
        super().__init__()
        who = {"kind": "person", "logon_id": "few@example.com", "name": "少少", "pay_password": "111111"}
        self.few = self.ask(HOUSE, "kaifang.account.party.open", **who).user_id
        card = {"bank_code": "CMB", "card_no": "6214850000000099", "name": "少少", "balance": "0.05"}
        self.card = self.ask(HOUSE, "kaifang.fund.card.bind", user_id=self.few, **card).card_id
        self.ask(HOUSE, "kaifang.fund.bank.remit", bank_code="CMB", user_id=self.few, amount="0.05")
        self.coffee, self.shop = self.known["coffee"], self.app("coffee")
        all_of_it = Move(Purse(self.coffee), Purse("bank:CMB", "world"), Money(100_000))
        self.platform.do(lambda work: work.post(all_of_it, why="test", ref="1"))
        self.wallet = Caller(app=self.known["wallet.app"], role="wallet", user=self.few)

    def code(self) -> str:
        """A code that the person shows."""
        return str(self.ask(self.wallet, "kaifang.fund.code.create").auth_code)

    def purses(self) -> dict[str, int]:
        """What everybody has, in fen."""

        def look(work: Work) -> dict[str, int]:
            card = work.find(Card, id=self.card)
            assert card is not None
            held = Purse(f"card:{card.id}", "held")
            return {
                "balance": work.balance(Purse(self.few)).minor, "card": available(work, card).minor,
                "held": work.balance(Purse(self.few, "held")).minor + work.balance(held).minor,
                "coffee": work.balance(Purse(self.coffee)).minor,
                "clearing": work.balance(Purse("bank:CMB", "clearing")).minor,
            }  # fmt: skip

        return self.platform.read(look)


class Walk(RuleBasedStateMachine):
    """What all walks share: the town, and a model of every purse that is held against it after each step."""

    def __init__(self) -> None:
        super().__init__()
        self.town = Town()
        self.money = {"balance": 5, "card": 5, "held": 0, "coffee": 0, "clearing": 0}
        self.down, self.count = False, 0

    def source(self, fen: int, channel: str | None) -> str:
        """Which purse pays, or the first refusal."""
        refusals = []
        if channel in (None, "balance"):
            if self.money["balance"] >= fen:
                return "balance"
            refusals.append("BALANCE_NOT_ENOUGH")
        if channel in (None, "card"):
            if not self.down and self.money["card"] >= fen:
                return "card"
            refusals.append("BANK_DOWN" if self.down else "CARD_BALANCE_NOT_ENOUGH")
        return refusals[0]

    def shift(self, source: str, target: str, fen: int) -> None:
        """Move money in the model."""
        self.money[source] -= fen
        self.money[target] += fen

    def inside(self, method: str, **fields: Any) -> Any:
        """Ask as the platform itself."""
        return self.town.ask(INSIDE, method, **fields)

    def channel(self, name: str | None) -> str | None:
        """A channel as methods name it."""
        return self.town.card if name == "card" else name

    @invariant()
    def purses_are_as_foretold(self) -> None:
        """Nobody has a fen more or less than the model says."""
        assert self.town.purses() == self.money

    def teardown(self) -> None:
        """The books balance, and nothing stays behind."""
        engine = self.town.platform.store.engine
        with engine.reading():
            assert verify(engine).broken is None
        self.town.close()


class Deposits(Walk):
    """Freezing, unfreezing, paying out of frozen money and cancelling: every answer is foretold."""

    def __init__(self) -> None:
        super().__init__()
        self.orders = dict[str, Answer]()

    @precondition(lambda self: len(self.orders) < 4)
    @rule(number=NUMBER, fen=st.integers(3, 5))
    def freeze(self, number: str, fen: int) -> None:
        """The shop freezes a deposit by a code."""
        ask = {"auth_code": self.town.code(), "auth_code_type": "bar_code", "order_title": "押金"}
        ask |= {"out_order_no": number, "out_request_no": "1", "amount": Money(fen)}
        answer = self.town.ask(self.town.shop, "alipay.fund.auth.order.freeze", **ask)
        order, source = self.orders.get(number), self.source(fen, None)
        if order is not None:
            over = {"AUTHORIZED": "FREEZE_ALREADY_SUCCESS", "CLOSED": "ORDER_ALREADY_CLOSED"}
            again = over.get(order["state"], "ORDER_ALREADY_FINISH")
            assert answer == ("UNIQUE_VIOLATION" if order["amount"] != fen else again)
        elif source not in ("balance", "card"):
            assert answer == "MONEY_NOT_ENOUGH"  # what was asked first, the balance, was too small
        else:
            self.shift(source, "held", fen)
            self.orders[number] = {
                "no": answer.auth_no, "state": "AUTHORIZED", "amount": fen, "rest": fen, "paid": 0, "source": source,
                "undone": {}, "at": self.town.now,
            }  # fmt: skip

    def release(self, order: Answer, fen: int) -> None:
        """Give frozen money back, in the model."""
        self.shift("held", order["source"], fen)
        order["rest"] -= fen
        if not order["rest"]:
            order["state"] = "FINISH" if order["paid"] else "CLOSED"

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), request=NUMBER, fen=PART)
    def unfreeze(self, data: st.DataObject, request: str, fen: int) -> None:
        """The shop gives a part of a deposit back."""
        order = self.orders[data.draw(st.sampled_from(sorted(self.orders)))]
        ask = {"auth_no": order["no"], "out_request_no": request, "amount": Money(fen), "remark": "退"}
        answer = self.town.ask(self.town.shop, "alipay.fund.auth.order.unfreeze", **ask)
        if request in order["undone"]:
            same = order["undone"][request] == fen
            assert answer.amount == Money(fen) if same else answer == "UNIQUE_VIOLATION"
        elif order["state"] != "AUTHORIZED":
            assert answer == ("ORDER_ALREADY_FINISH" if order["state"] == "FINISH" else "ORDER_ALREADY_CLOSED")
        elif fen > order["rest"]:
            assert answer == "REQUEST_AMOUNT_EXCEED"
        else:
            assert answer.status == "SUCCESS"
            order["undone"][request] = fen
            self.release(order, fen)

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), fen=PART, complete=st.sampled_from([False, False, True]))
    def pay_frozen(self, data: st.DataObject, fen: int, complete: bool) -> None:
        """The shop is paid out of a deposit."""
        order = self.orders[data.draw(st.sampled_from(sorted(self.orders)))]
        self.count += 1
        who = {"auth_no": order["no"], "payee": self.town.coffee, "seller": self.town.coffee, "ref": str(self.count)}
        answer = self.inside("kaifang.fund.freeze.pay", **who, amount=Money(fen), complete=complete)
        if order["state"] != "AUTHORIZED":
            assert answer == f"AUTH_ORDER_HAS_{'FINISHED' if order['state'] == 'FINISH' else 'CLOSED'}"
        elif fen > order["rest"]:
            assert answer == "AUTH_AMOUNT_NOT_ENOUGH"
        else:
            self.shift("held", "coffee", fen)
            order["rest"], order["paid"] = order["rest"] - fen, order["paid"] + fen
            self.release(order, order["rest"] if complete else 0)
            assert answer.rest.minor == order["rest"]

    @precondition(lambda self: self.orders)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        """The shop undoes a freeze."""
        number = data.draw(st.sampled_from(sorted(self.orders)))
        order = self.orders[number]
        ask = {"out_order_no": number, "out_request_no": "1", "remark": "撤销"}
        answer = self.town.ask(self.town.shop, "alipay.fund.auth.operation.cancel", **ask)
        if order["state"] == "FINISH":
            assert answer == "ORDER_ALREADY_FINISH"
        elif order["state"] == "CLOSED":
            assert answer.action == "unfreeze"
        elif self.town.now > order["at"] + DAY:
            assert answer == "CANCEL_OPERATION_TIME_OUT"
        elif order["rest"] != order["amount"]:
            assert answer == "REQUEST_AMOUNT_EXCEED"
        else:
            assert answer.action == "unfreeze"
            self.release(order, order["rest"])

    @rule(length=st.sampled_from([MINUTE, DAY]))
    def pass_time(self, length: int) -> None:
        """Time goes on: after a day nothing can be cancelled any longer."""
        self.town.move(length)

    @invariant()
    def frozen_is_paid_given_back_or_still_there(self) -> None:
        """What was frozen = what is left + what was paid + what was given back; and what is left is held."""

        def look(work: Work) -> None:
            for order in self.orders.values():
                row = work.find(FreezeRow, id=order["no"])
                assert row is not None and row.state == order["state"]
                held = work.find(Hold, id=row.hold)
                assert held is not None and held.rest == row.rest == Money(order["rest"])
                assert row.rest + row.paid + row.unfrozen == row.amount

        self.town.platform.read(look)


class Purses(Walk):
    """Paying, refunding, red packets and payouts while a bank goes down and up: every answer is foretold."""

    def __init__(self) -> None:
        super().__init__()
        self.paid = list[tuple[str, int, int]]()  # from where, how much, given back
        self.packets = dict[str, Answer]()
        self.sent = list[tuple[int, int]]()  # payouts on their way: when due, how much

    @rule(fen=FEN, channel=CHANNEL)
    def pay(self, fen: int, channel: str | None) -> None:
        """The person buys something."""
        who = {"payer": self.town.few, "payee": self.town.coffee, "ref": "1", "why": "test.pay"}
        answer = self.inside("kaifang.fund.charge", **who, amount=Money(fen), channel=self.channel(channel))
        source = self.source(fen, channel)
        if source not in ("balance", "card"):
            assert answer == source
            return
        assert [(bill.fund_channel, bill.amount.minor) for bill in answer.bills] == [
            ("ALIPAYACCOUNT" if source == "balance" else "BANKCARD", fen)
        ]
        self.shift(source, "coffee", fen)
        self.paid.append((source, fen, 0))

    @precondition(lambda self: self.paid)
    @rule(which=st.integers(0, 9), fen=PART)
    def give_back(self, which: int, fen: int) -> None:
        """The shop refunds a part of something bought."""
        which %= len(self.paid)
        source, amount, already = self.paid[which]
        fen = min(fen, amount - already)
        if not fen:
            return
        card = self.town.card if source == "card" else None
        bill = {"fund_channel": "ALIPAYACCOUNT", "amount": Money(amount), "card_id": card}
        answer = self.inside(
            "kaifang.fund.give_back", payer=self.town.few, source_owner=self.town.coffee, amount=Money(fen),
            bills=[bill], already=Money(already), ref="1", why="test.refund",
        )  # fmt: skip
        if self.money["coffee"] < fen:
            assert answer == "SELLER_SHORT"
            return
        self.shift("coffee", source, fen)
        self.paid[which] = (source, amount, already + fen)

    @precondition(lambda self: len(self.packets) < 4)
    @rule(fen=FEN, channel=CHANNEL)
    def send_packet(self, fen: int, channel: str | None) -> None:
        """The person pays a red packet in the shop's app."""
        self.count += 1
        ask = {"out_biz_no": f"P{self.count}", "product_code": "STD_RED_PACKET", "trans_amount": Money(fen)}
        page = self.town.ask(self.town.shop, "alipay.fund.trans.app.pay", **ask)
        assert page.path
        seen = self.town.ask(
            self.town.shop, "alipay.fund.trans.common.query", out_biz_no=ask["out_biz_no"],
            product_code="STD_RED_PACKET", biz_scene="PERSONAL_PAY",
        )  # fmt: skip
        who = {"subject": seen.order_id, "user_id": self.town.few, "channel": self.channel(channel)}
        answer, source = self.inside("kaifang.fund.transfer.confirm", **who), self.source(fen, channel)
        if source not in ("balance", "card"):
            assert answer == ("INST_PAY_UNABLE" if source == "BANK_DOWN" else "PAYER_BALANCE_NOT_ENOUGH")
            return
        self.shift(source, "held", fen)
        self.packets[seen.order_id] = {"no": seen.order_id, "rest": fen, "source": source, "due": self.town.now + DAY}

    @precondition(lambda self: self.packets)
    @rule(data=st.data(), fen=PART, back=st.booleans())
    def open_packet(self, data: st.DataObject, fen: int, back: bool) -> None:
        """The shop hands a part of a red packet to the person, or gives it back."""
        packet = self.packets[data.draw(st.sampled_from(sorted(self.packets)))]
        self.count += 1
        own = f"G{self.count}"
        if back:
            ask = {"order_id": packet["no"], "out_request_no": own, "refund_amount": Money(fen)}
            answer = self.town.ask(self.town.shop, "alipay.fund.trans.refund", **ask)
        else:
            who = {"identity": self.town.few, "identity_type": "ALIPAY_USER_ID"}
            ask = {"out_biz_no": own, "trans_amount": Money(fen), "product_code": "STD_RED_PACKET", "payee_info": who}
            ask |= {"biz_scene": "PERSONAL_COLLECTION", "original_order_id": packet["no"]}
            answer = self.town.ask(self.town.shop, "alipay.fund.trans.uni.transfer", **ask)
        if fen > packet["rest"]:
            assert answer == ("REFUND_MONEY_NOT_ENOUGH" if back else "PAYMENT_MONEY_NOT_ENOUGH")
            return
        assert answer.status == "SUCCESS"
        packet["rest"] -= fen
        self.shift("held", packet["source"] if back else "balance", fen)

    @precondition(lambda self: self.money["coffee"] >= 9)
    @rule(fen=st.integers(10, 12))
    def pay_out(self, fen: int) -> None:
        """The shop transfers to the person's card; ten fen are the least."""
        self.count += 1
        who = {"identity": "6214850000000099", "identity_type": "BANKCARD_ACCOUNT", "name": "少少"}
        ask = {"out_biz_no": f"T{self.count}", "trans_amount": Money(fen), "product_code": "TRANS_BANKCARD_NO_PWD"}
        answer = self.town.ask(self.town.shop, "alipay.fund.trans.uni.transfer", **ask, payee_info=who)
        if self.down:
            assert answer == "INST_PAY_UNABLE"
        elif self.money["coffee"] < fen:
            assert answer == "PAYER_BALANCE_NOT_ENOUGH"
        else:
            assert answer.status == "DEALING"
            self.shift("coffee", "clearing", fen)
            self.sent.append((self.town.now + 2 * MINUTE, fen))

    @precondition(lambda self: self.money["coffee"] < 5)
    @rule(fen=st.integers(5, 15))
    def earn(self, fen: int) -> None:
        """Somebody else pays the shop."""
        who = {"bank_code": "ICBC", "user_id": self.town.coffee}
        self.town.ask(HOUSE, "kaifang.fund.bank.remit", **who, amount=Money(fen))
        self.money["coffee"] += fen

    @rule(length=st.sampled_from([MINUTE, 2 * MINUTE, DAY]), down=st.sampled_from([False, False, True]))
    def pass_time(self, length: int, down: bool) -> None:
        """Time goes on: a bank goes down or comes up, carries out, and the rest of red packets comes back."""
        self.down = down
        self.town.ask(HOUSE, "kaifang.fund.bank.change", bank_code="CMB", down=down)
        self.town.move(length)
        for due, fen in [each for each in self.sent if each[0] <= self.town.now]:
            self.sent.remove((due, fen))
            self.shift("clearing", "coffee" if self.down else "card", fen)
        for packet in self.packets.values():
            if packet["due"] <= self.town.now:
                self.shift("held", packet["source"], packet["rest"])
                packet["rest"] = 0


Deposits.TestCase.settings = Purses.TestCase.settings = SMALL
test_deposits, test_purses = Deposits.TestCase, Purses.TestCase
