"""What happens to trades together, and the arithmetic that no story can try in full."""

from __future__ import annotations

import threading
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from tests.town import open_platform

from kaifang.kernel import Caller, Fault, Happening, Money
from kaifang.kernel.events import Job
from kaifang.kernel.platform import Platform
from kaifang.kernel.store.postgres import Postgres

from .page import CODE, short
from .parts import More
from .refund import fee_back
from .royalty import share_later
from .tables import TradeRow
from .test_trade import HOUSE, INSIDE, Town

# Races


def test_two_tills_read_one_code_together() -> None:
    """A code pays for one order, whoever comes first."""
    town = Town()
    order = {"total_amount": Money(3), "subject": "茶", "auth_code": town.code()}
    calls = [(town.shop, "alipay.trade.pay", order | {"out_trade_no": number}) for number in "ab"]
    first, second = town.race(*calls)
    assert first.total_amount == Money(3)
    assert second == "ACQ.PAYMENT_AUTH_CODE_INVALID"
    assert town.purses()["buyer"] == 6
    town.close()


def test_one_order_is_asked_for_twice_together() -> None:
    """The same order in one batch is paid once."""
    town = Town()
    order = {"total_amount": Money(3), "subject": "茶", "out_trade_no": "a"}
    calls = [(town.shop, "alipay.trade.pay", order | {"auth_code": town.code()}) for _ in range(2)]
    first, second = town.race(*calls)
    assert (first.total_amount, second) == (Money(3), "ACQ.TRADE_HAS_SUCCESS")
    town.close()


def test_a_payment_meets_a_closing() -> None:
    """Whichever comes first counts, and the other is told."""
    town = Town()
    trade = town.ask(
        town.shop, "alipay.trade.create", out_trade_no="a", total_amount="0.03", subject="茶", buyer_id=town.few
    ).trade_no
    pay = (INSIDE, "kaifang.trade.confirm_payment", {"subject": trade, "user_id": town.few})
    closed, paid = town.race((town.shop, "alipay.trade.close", {"trade_no": trade}), pay)
    assert (closed.trade_no, paid) == (trade, "ACQ.TRADE_HAS_CLOSE")
    town.close()


def test_a_deduction_that_is_accepted_twice_is_tried_once() -> None:
    """Who asks again while it waits adds no second round of tries, and what goes through does so once."""
    town = Town()
    town.ask(HOUSE, "kaifang.agreement.terms.set", merchant=town.coffee, unconfirmed=True)
    signing = {"personal_product_code": "GENERAL_WITHHOLDING_P", "alipay_user_id": town.few}
    agreement = town.ask(town.shop, "alipay.user.agreement.sign", **signing).agreement_no
    order = {"total_amount": Money(3), "subject": "茶", "out_trade_no": "a", "product_code": "GENERAL_WITHHOLDING"}
    ask = {**order, "agreement_params": {"agreement_no": agreement}, "is_async_pay": True}
    first, second = town.race(*[(town.shop, "alipay.trade.pay", ask)] * 2)
    assert (first.trade_no, first.async_pay_apply_status) == (second.trade_no, "S")
    assert town.platform.do(lambda work: work.count(Job, "name = ?", ("trade.deduct",))) == 1
    town.move()
    assert town.purses()["buyer"] == 6
    town.close()


def test_refunds_that_come_together_never_exceed_what_was_paid() -> None:
    """Of three refunds of two fen out of five, two go through."""
    town = Town()
    order = {"total_amount": Money(5), "subject": "茶", "out_trade_no": "a", "auth_code": town.code()}
    trade = town.ask(town.shop, "alipay.trade.pay", **order).trade_no
    ask = {"trade_no": trade, "refund_amount": Money(2)}
    answers = town.race(*[(town.shop, "alipay.trade.refund", ask | {"out_request_no": key}) for key in "abc"])
    assert [getattr(one, "fund_change", one) for one in answers] == ["Y", "Y", "ACQ.REASON_TRADE_REFUND_FEE_ERR"]
    assert town.purses()["buyer"] == 8
    town.close()


def test_a_refusal_leaves_the_code_good() -> None:
    """Who has too little shows the same code again once he has more."""
    town = Town()
    order = {"total_amount": Money(50), "subject": "茶", "out_trade_no": "a", "auth_code": town.code()}
    assert town.ask(town.shop, "alipay.trade.pay", **order) == "ACQ.BUYER_BALANCE_NOT_ENOUGH"
    town.ask(HOUSE, "kaifang.fund.bank.remit", bank_code="CMB", user_id=town.few, amount="1.00")
    assert town.ask(town.shop, "alipay.trade.pay", **order).total_amount == Money(50)
    town.close()


def test_a_sharing_that_waits_meets_the_end_of_sharing() -> None:
    """What is still to be shared when the seller says that sharing is over is not shared, and says so."""
    town = Town()
    trade = town.ask(
        town.shop, "alipay.trade.pay", out_trade_no="a", total_amount="0.03", subject="茶", auth_code=town.code()
    ).trade_no
    part = {"trans_in": town.helper, "amount": "0.01"}
    later = {"trade_no": trade, "out_request_no": "a", "royalty_mode": "async", "royalty_parameters": [part]}
    over = {"trade_no": trade, "out_request_no": "b", "extend_params": {"royalty_finish": True}}
    calls = [(town.shop, "alipay.trade.order.settle", ask) for ask in (later, over)]
    waiting, _ = town.race(*calls)
    due = Happening("trade.share", waiting.settle_no, {}, town.now)
    town.platform.do(lambda work: share_later(work, due))
    asked = town.ask(town.shop, "alipay.trade.order.settle.query", settle_no=waiting.settle_no)
    assert [(one.state, one.error_code) for one in asked.royalty_detail_list] == [("FAIL", "ACQ.ALREADY_FINISH_ALLOC")]
    assert town.purses()["receiver"] == 0
    town.close()


def test_two_processes_do_not_declare_the_same_money(postgres_url: str) -> None:
    """On PostgreSQL, two writers declare parts of one trade at the same time; never more than was paid."""
    first = open_platform(Postgres(postgres_url))
    second = Platform(Postgres(postgres_url), clock=first.clock)
    second.open()
    paid = TradeRow(
        id="1", seller="s", out_trade_no="o", way="pay", app="a", auth_app="a", product="p", subject="x",
        total=Money(25), created=0, expires=0, paid=1, state="TRADE_SUCCESS",
    )  # fmt: skip
    first.do(lambda work: work.add(paid))
    told: list[str] = []

    def declare(platform: Platform, name: str) -> None:
        for number in range(20):
            ask = {
                "trade_no": "1", "amount": "0.01", "out_request_no": f"{name}_{number:06d}", "is_split": "T",
                "sub_out_biz_no": f"{name}{number}", "customs_place": "ZONGSHU", "merchant_customs_code": "M1",
                "merchant_customs_name": "茶",
            }  # fmt: skip
            try:
                platform.do(lambda work, ask=ask: work.ask("alipay.trade.customs.declare", **ask), Caller(merchant="s"))
                told.append("done")
            except Fault as refusal:
                told.append(refusal.kind.code)

    threads = [threading.Thread(target=declare, args=pair) for pair in ((first, "a"), (second, "b"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told.count("done") == 25 and told.count("REQUEST_AMOUNT_EXCEED") == 15
    for platform in (first, second):
        platform.store.engine.close()


# Arithmetic


@given(total=st.integers(1, 10_000), percent=st.integers(0, 30), cuts=st.lists(st.integers(1, 10_000), max_size=6))
def test_all_of_the_fee_comes_back_with_all_of_the_money(total: int, percent: int, cuts: list[int]) -> None:
    """However a trade is refunded in parts, each part of the fee is not negative, and they sum to the whole."""
    fee = Money(total).share(Fraction(percent, 100))
    trade = TradeRow(
        id="1", seller="s", out_trade_no="o", way="pay", app="a", auth_app="a", product="p", subject="x",
        total=Money(total), fee=fee, created=0, expires=0, more=More(),
    )  # fmt: skip
    back = Money(0)
    for cut in [*cuts, total]:
        part = min(cut, total - trade.refunded.minor)
        returned = fee_back(trade, None, Money(part))
        assert returned.minor >= 0
        back, trade.refunded = back + returned, trade.refunded + Money(part)
    assert back == fee


@given(day=st.integers(20200101, 20991231), rest=st.integers(0, 10**20 - 1))
def test_an_order_code_stands_for_its_trade(day: int, rest: int) -> None:
    """28 digits become 18 characters, and come back."""
    number = f"{day}{rest:020d}"
    found = CODE.search(f"http://127.0.0.1/qr/bax{short(number)}aB3xY9")
    assert found is not None
    assert str(int(found["number"], 36)) == number
