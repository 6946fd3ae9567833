"""The races that no story knows: what arrives together, and two processes on one database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from tests.town import open_platform

from kaifang.kernel import DAY, Caller, Fault, Money, Work
from kaifang.kernel.platform import Platform
from kaifang.kernel.store.postgres import Postgres
from kaifang.kernel.verify import verify

from . import code
from .charge import Bill, rest_of
from .packet import next_share
from .tables import PacketRow, PayCode
from .test_fund import INSIDE, Town


@pytest.fixture
def town() -> Iterator[Town]:
    """A town for one test."""
    town = Town()
    yield town
    town.close()


def outcomes(answers: list[Any]) -> list[str]:
    """Which of some calls succeeded, and why the others did not."""
    return sorted(answer if isinstance(answer, str) else "done" for answer in answers)


def test_a_code_is_taken_once(town: Town) -> None:
    take = (INSIDE, "kaifang.fund.code.take", {"code": town.code()})
    assert outcomes(town.race(take, take, take)) == ["CODE_INVALID", "CODE_INVALID", "done"]


def test_codes_that_nobody_used_are_forgotten_page_by_page(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code, "AT_ONCE", 2)
    for _ in range(5):
        town.code()
    town.move(DAY)
    assert town.platform.read(lambda work: work.count(PayCode)) == 0


def test_the_last_fen_is_spent_once(town: Town) -> None:
    spend = {"payer": town.few, "payee": town.coffee, "amount": "0.03", "ref": "1", "why": "test", "channel": "balance"}
    pay = (INSIDE, "kaifang.fund.charge", spend)
    code = {"auth_code": town.code(), "auth_code_type": "bar_code", "out_order_no": "1", "out_request_no": "1"}
    freeze = {**code, "order_title": "押金", "amount": "0.03", "disable_pay_channels": '[{"payChannelType":"bankPay"}]'}
    race = town.race(pay, (town.shop, "alipay.fund.auth.order.freeze", freeze), pay)
    assert outcomes(race) == ["BALANCE_NOT_ENOUGH", "MONEY_NOT_ENOUGH", "done"]


def test_an_order_is_frozen_once(town: Town) -> None:
    """Two tills with two codes of the same person and the same order number."""
    ask = {"auth_code_type": "bar_code", "out_order_no": "1", "out_request_no": "1", "order_title": "押金"}
    calls = [
        (town.shop, "alipay.fund.auth.order.freeze", {**ask, "amount": "0.02", "auth_code": town.code()})
        for _ in range(2)
    ]
    assert outcomes(town.race(*calls)) == ["FREEZE_ALREADY_SUCCESS", "done"]
    assert town.purses()["held"] == 2


def test_a_deposit_is_paid_out_or_given_back(town: Town) -> None:
    code = {"auth_code": town.code(), "auth_code_type": "bar_code", "out_order_no": "1", "out_request_no": "1"}
    order = town.ask(town.shop, "alipay.fund.auth.order.freeze", **code, order_title="押金", amount="0.05")
    give = {"auth_no": order.auth_no, "out_request_no": "u", "amount": "0.04", "remark": "退"}
    pay = {"auth_no": order.auth_no, "payee": town.coffee, "seller": town.coffee, "amount": "0.04", "ref": "1"}
    race = town.race((town.shop, "alipay.fund.auth.order.unfreeze", give), (INSIDE, "kaifang.fund.freeze.pay", pay))
    assert outcomes(race) == ["AUTH_AMOUNT_NOT_ENOUGH", "done"]


def test_nobody_takes_two_shares_of_a_red_packet(town: Town) -> None:
    wrap = {"amount": "0.05", "count": 2, "pay_password": "111111"}
    packet = town.ask(town.wallet, "kaifang.wallet.redpacket.send", **wrap).packet_id
    claims = [
        (Caller(role="wallet", user=town.known[name]), "kaifang.wallet.redpacket.claim", {"packet_id": packet})
        for name in ("anna", "anna", "bo", "coffee")
    ]
    anna, again, bo, late = town.race(*claims)
    assert anna.mine == again.mine and late == "RED_PACKET_OVER"
    assert anna.mine + bo.mine == Money(5) and bo.state == "EMPTY"


@pytest.mark.parametrize(("amount", "count"), [(5, 5), (7, 3), (100, 6), (1000, 100)])
def test_shares_by_chance_leave_a_fen_for_everybody(town: Town, amount: int, count: int) -> None:
    packet = PacketRow(
        id="1", sender="1", kind="LUCKY", greeting="", amount=Money(amount), count=count, hold="", returns=0
    )  # fmt: skip

    def draw(work: Work) -> list[int]:
        left, shares = amount, []
        for taker in range(count):
            packet.taken = ["x"] * taker
            shares.append(next_share(work, packet, left).minor)
            left -= shares[-1]
        return shares

    for _ in range(50):
        shares = town.platform.do(draw)
        assert sum(shares) == amount and min(shares) >= 1


def test_what_is_given_back_follows_what_was_paid() -> None:
    """Any parts that add up to the whole give every purse back what it had paid."""
    bills = [Bill(fund_channel="ALIPAYACCOUNT", amount=Money(3)), Bill(fund_channel="BANKCARD", amount=Money(4))]
    for first in range(1, 7):
        parts = [*rest_of(bills, Money(0), Money(first)), *rest_of(bills, Money(first), Money(7 - first))]
        for bill in bills:
            assert (
                sum(part.amount.minor for part in parts if part.fund_channel == bill.fund_channel) == bill.amount.minor
            )


@pytest.mark.parametrize(
    ("method", "ask"),
    [
        ("alipay.fund.trans.app.pay", {"out_biz_no": "1", "trans_amount": "0.05", "product_code": "STD_RED_PACKET"}),
        (
            "alipay.fund.auth.order.app.freeze",
            {"out_order_no": "1", "out_request_no": "1", "order_title": "押金", "amount": "0.05"},
        ),
        (
            "alipay.fund.coupon.order.page.pay",
            {"out_order_no": "1", "out_request_no": "1", "order_title": "红包", "amount": "0.05"},
        ),
    ],
)
def test_a_person_confirms_at_the_cashier_once(town: Town, method: str, ask: dict[str, Any]) -> None:
    """The page that a method opens leads through the cashier to the money, and two taps pay once."""
    token = town.ask(town.shop, method, **ask).path.rpartition("/")[2]
    wrong = town.ask(town.wallet, "kaifang.cashier.confirm", token=token, pay_password="222222")
    assert not wrong.done and town.purses()["held"] == 0
    tap = (town.wallet, "kaifang.cashier.confirm", {"token": token, "pay_password": "111111"})
    first, second = town.race(tap, tap)
    assert first.done and first.told["status"] == "SUCCESS" and first.told == second.told
    assert town.purses() == {"balance": 0, "card": 5, "held": 5, "coffee": 0, "clearing": 0}


def test_two_processes_do_not_spend_the_same_money(postgres_url: str) -> None:
    """On PostgreSQL, two writers charge one purse at the same time; whoever loses the race hears that it is empty."""
    first = open_platform(Postgres(postgres_url))
    payer = first.do(open_purse)
    second = Platform(Postgres(postgres_url), clock=first.clock)
    second.open()
    told: list[str] = []

    def spend(platform: Platform) -> None:
        for _ in range(20):
            try:
                platform.do(lambda work: charge_one(work, payer), INSIDE)
                told.append("done")
            except Fault as refusal:
                told.append(refusal.kind.code)

    threads = [threading.Thread(target=spend, args=(platform,)) for platform in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told.count("done") == 25 and told.count("BALANCE_NOT_ENOUGH") == 15
    engine = first.store.engine
    with engine.reading():
        assert verify(engine).broken is None
    for platform in (first, second):
        platform.store.engine.close()


def open_purse(work: Work) -> str:
    """A person with 25 fen."""
    inner = work.acting(role="operator")
    inner.ask("kaifang.fund.bank.open", code="ICBC", name="工商银行")
    who = {"kind": "person", "logon_id": "few@example.com", "name": "少少", "pay_password": "111111"}
    user = str(inner.ask("kaifang.account.party.open", **who).user_id)
    inner.ask("kaifang.fund.bank.remit", bank_code="ICBC", user_id=user, amount="0.25")
    return user


def charge_one(work: Work, payer: str) -> Any:
    """One fen for somebody."""
    return work.ask("kaifang.fund.charge", payer=payer, payee="2088", amount="0.01", ref="1", why="test")
