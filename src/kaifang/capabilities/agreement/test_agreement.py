"""Walks along the calendar of an agreement in a small world, and the races that no story knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.visit import Visit

from kaifang.kernel import DAY, MINUTE, Caller, Money
from kaifang.kernel.clock import Moment, day_start, local
from kaifang.kernel.notices import Notice

from .calendar import later_day, months_later, next_day
from .tables import AgreementRow, Application, Rules

INSIDE = Caller(role="inside")
SMALL = settings(max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))


def trusted(town: Visit, merchant: str = "coffee") -> None:
    """Let a merchant sign people up by itself."""
    terms = {"merchant": town.known[merchant], "unconfirmed": True}
    town.ask(Caller(role="operator"), "kaifang.agreement.terms.set", **terms)


def signed(town: Visit, user: str = "anna", rules: dict[str, Any] | None = None, **more: Any) -> str:
    """An agreement with the coffee shop."""
    product = {"personal_product_code": "CYCLE_PAY_AUTH_P" if rules else "GENERAL_WITHHOLDING_P"}
    ask = {"alipay_user_id": town.known[user], **product, "period_rule_params": rules, **more}
    return str(town.ask(town.app("coffee"), "alipay.user.agreement.sign", **ask).agreement_no)


def use(town: Visit, agreement: str, fen: int = 1) -> dict[str, Any]:
    """What a deduction asks."""
    product = {"product_code": "GENERAL_WITHHOLDING", "out_trade_no": "T1"}
    return {"agreement_no": agreement, "seller": town.known["coffee"], "amount": str(Money(fen)), **product}


def row_of(town: Visit, agreement: str) -> AgreementRow:
    """What is kept of it."""
    found = town.platform.do(lambda work: work.find(AgreementRow, id=agreement))
    assert found is not None
    return found


def following(day: date, kind: str, period: int) -> date:
    """The next planned day, found by counting days and months one by one."""
    if kind == "DAY":
        return day + timedelta(days=period)
    for _ in range(period):
        day = date(day.year + day.month // 12, day.month % 12 + 1, day.day)
    return day


class Deductions(RuleBasedStateMachine):
    """One agreement by period: what may be deducted when, held against a calendar that counts by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.town = Visit()
        trusted(self.town)
        self.count, self.sum, self.numbers, self.state = 0, 0, 0, "NORMAL"
        self.announced: tuple[date, int] | None = None  # the planned day, and the most that may be deducted for it

    @initialize(
        kind=st.sampled_from(["DAY", "MONTH"]), ahead=st.integers(-20, 10), total=st.sampled_from([None, 5]),
        payments=st.sampled_from([None, 2]), long=st.booleans(),
    )  # fmt: skip
    def sign(self, kind: str, ahead: int, total: int | None, payments: int | None, long: bool) -> None:
        """Sign rules that begin some days from today, or began already."""
        first = self.today + timedelta(days=ahead)
        if kind == "MONTH":
            first = first.replace(day=min(first.day, 28))
        self.kind, self.period = kind, (7 if kind == "DAY" else 1) * (2 if long else 1)
        self.planned, self.total, self.payments = first, total, payments
        rules = {"period_type": kind, "period": self.period, "execute_time": str(first), "single_amount": "0.04"}
        rules |= {"total_amount": str(Money(total)) if total else None, "total_payments": payments}
        self.agreement = signed(self.town, rules=rules)
        self.planned = self.coming()

    @property
    def today(self) -> date:
        """The Beijing day."""
        return local(self.town.now).date()

    def coming(self) -> date:
        """The next planned day that is not over."""
        day = self.planned
        while day < self.today:
            day = following(day, self.kind, self.period)
        return day

    @rule(days=st.sampled_from([1, 1, 2, 11, 40]))
    def pass_days(self, days: int) -> None:
        """Time goes on."""
        self.town.move(days * DAY)

    @rule(days=st.sampled_from([-6, -5, -1, 0, 1]), fen=st.integers(1, 4))
    def deduct_near(self, days: int, fen: int) -> None:
        """The merchant waits for a day around the planned one, and deducts."""
        ahead = (self.coming() + timedelta(days=days) - self.today).days
        self.town.move(max(ahead, 0) * DAY)
        self.deduct(fen)

    @rule(fen=st.integers(1, 5))
    def deduct(self, fen: int) -> None:
        """The merchant deducts."""
        answer = self.town.ask(INSIDE, "kaifang.agreement.use", **use(self.town, self.agreement, fen))
        told = self.announced if self.announced and self.announced[0] >= self.today else None
        day = told[0] if told else self.coming()
        if self.state != "NORMAL":
            assert answer == ("AGREEMENT_INVALID" if self.state == "UNSIGN" else "AGREEMENT_STATUS_NOT_NORMAL")
        elif self.today < day - timedelta(days=5):
            assert answer == "CYCLE_PAY_DATE_NOT_MATCH"
        elif told and fen > told[1]:
            assert answer == "CYCLE_PAY_SINGLE_FEE_EXCEED"
        elif self.payments is not None and self.count >= self.payments:
            assert answer == "CYCLE_PAY_TOTAL_TIMES_EXCEED"
        elif fen > 4:
            assert answer == "CYCLE_PAY_SINGLE_FEE_EXCEED"
        elif self.total is not None and self.sum + fen > self.total:
            assert answer == "CYCLE_PAY_TOTAL_FEE_EXCEED"
        else:
            assert answer.user_id == self.town.known["anna"]
            self.count, self.sum, self.announced = self.count + 1, self.sum + fen, None
            self.planned = following(day, self.kind, self.period)

    @rule(days=st.integers(-1, 9), from_today=st.booleans())
    def postpone(self, days: int, from_today: bool) -> None:
        """The merchant puts the next one off, or one that was missed."""
        day = (self.today if from_today else self.coming()) + timedelta(days=days)
        ask = {"agreement_no": self.agreement, "deduct_time": str(day)}
        answer = self.town.ask(self.town.app("coffee"), "alipay.user.agreement.executionplan.modify", **ask)
        if self.state != "NORMAL":
            assert answer == "ILLEGAL_AGREEMENT"
        elif day <= self.planned or day < self.today or (self.kind == "MONTH" and day.day > 28):
            assert answer == "ILLEGAL_EXECUTION_TIME"
        else:
            assert str(answer.deduct_time) == f"{day} 00:00:00"
            self.planned, self.announced = day, None

    @rule(fen=st.integers(1, 5))
    def announce(self, fen: int) -> None:
        """The merchant says beforehand what it will be."""
        self.numbers += 1
        number = {"out_request_no": f"N{self.numbers}"}
        ask = {"agreement_no": self.agreement, "total_amount": str(Money(fen)), **number}
        answer = self.town.ask(self.town.app("coffee"), "alipay.user.cyclepay.prenotify.create", **ask)
        if self.state != "NORMAL":
            assert answer == "ILLEGAL_AGREEMENT"
        elif fen > 4:
            assert answer == "CYCLE_PAY_SINGLE_FEE_EXCEED"
        else:
            assert str(answer.effective_time_end) == f"{self.coming()} 23:59:59"
            self.announced = (self.coming(), fen)

    @rule(to=st.sampled_from(["STOP", *["NORMAL"] * 8, "UNSIGN"]))
    def change(self, to: str) -> None:
        """Anna pauses, resumes or, rarely, ends it."""
        ask = {"agreement_no": self.agreement, "to": to}
        answer = self.town.ask(self.town.app("wallet", "anna"), "kaifang.agreement.change", **ask)
        if self.state == "UNSIGN":
            assert answer == "USER_AGREEMENT_NOT_EXIST"
        elif to == self.state:
            assert answer == "USER_AGREEMENT_STATUS_NOT_NORMAL"
        else:
            assert answer.status == to
            self.state = to

    @precondition(lambda self: hasattr(self, "agreement"))
    @invariant()
    def nothing_beyond_what_was_agreed(self) -> None:
        """The counts are those of what went through, and the limits hold."""
        row = row_of(self.town, self.agreement)
        assert (row.state, row.deducted, row.deductions) == (self.state, Money(self.sum), self.count)
        assert self.total is None or self.sum <= self.total
        assert self.payments is None or self.count <= self.payments
        assert row.rules is not None
        assert local(next_day(row.rules, row.due, self.town.now)).date() == self.coming()

    def teardown(self) -> None:
        self.town.close()


TestDeductions = Deductions.TestCase
TestDeductions.settings = SMALL


@given(st.integers(0, 40_000), st.integers(0, 4_000), st.sampled_from(["DAY", "MONTH"]), st.integers(1, 400))
def test_the_next_day_is_planned_and_not_over(first: int, later: int, kind: Any, period: int) -> None:
    due = day_start(Moment.parse("2026-01-01").ms) + first * DAY
    if kind == "MONTH":
        due = Moment.parse(f"{local(due):%Y-%m}-28").ms
    rules, now = Rules(period_type=kind, period=period, first=due, single=Money(1)), due + later * DAY + 12 * MINUTE
    found = next_day(rules, due, now)
    assert found >= day_start(now) and (found == due or day_start(now) > found - (later_day(rules, found) - found) * 2)
    steps = due
    while steps < found:
        steps = later_day(rules, steps)
    assert steps == found


def test_months_end_where_they_end() -> None:
    assert str(Moment(months_later(Moment.parse("2027-12-31 10:00:00").ms, 2))) == "2028-02-29 10:00:00"
    assert str(Moment(months_later(Moment.parse("2026-01-31 00:00:00").ms, 1))) == "2026-02-28 00:00:00"
    assert str(Moment(months_later(Moment.parse("2026-11-05 00:00:00").ms, 14))) == "2028-01-05 00:00:00"


@pytest.fixture
def town() -> Iterator[Visit]:
    """A town for one test, whose coffee shop may sign people up by itself."""
    town = Visit()
    trusted(town)
    yield town
    town.close()


def test_of_two_deductions_at_once_one_goes_through(town: Visit) -> None:
    rules = {"period_type": "DAY", "period": 7, "execute_time": str(local(town.now).date()), "single_amount": "1.00"}
    call = (INSIDE, "kaifang.agreement.use", use(town, signed(town, rules=rules)))
    first, second = town.race(call, call)
    assert first.user_id == town.known["anna"] and second == "CYCLE_PAY_DATE_NOT_MATCH"


def test_of_two_who_sign_the_same_number_at_once_one_does(town: Visit) -> None:
    offer = {"personal_product_code": "GENERAL_WITHHOLDING_P", "sign_scene": "A|B", "external_agreement_no": "N1"}
    calls = [
        (town.app("coffee"), "alipay.user.agreement.sign", {**offer, "alipay_user_id": town.known[user]})
        for user in ("anna", "bo")
    ]
    first, second = town.race(*calls)
    assert first.agreement_no and second == "USER_AGREEMENT_EXIST"


def test_ending_and_deducting_at_once_is_one_after_the_other(town: Visit) -> None:
    agreement = signed(town)
    end = (town.app("coffee"), "alipay.user.agreement.unsign", {"agreement_no": agreement})
    deduct = (INSIDE, "kaifang.agreement.use", use(town, agreement))
    assert town.race(deduct, end, deduct)[2] == "AGREEMENT_INVALID"
    assert row_of(town, agreement).deductions == 1


def test_what_is_over_cannot_be_used_though_no_timer_ended_it_yet(town: Visit) -> None:
    agreement = signed(town, sign_validity_period="1d")
    town.wait(DAY)
    assert town.ask(INSIDE, "kaifang.agreement.use", **use(town, agreement)) == "AGREEMENT_INVALID"
    ask = {"alipay_user_id": town.known["bo"], "personal_product_code": "GENERAL_WITHHOLDING_P", "confirm_type": "M"}
    token = town.ask(town.app("coffee"), "alipay.user.agreement.sign", **ask).apply_token
    code = town.platform.do(lambda work: work.select(Application)[0].code)
    town.wait(10 * MINUTE)
    confirm = {"apply_token": token, "confirm_no": code}
    assert town.ask(town.app("coffee"), "alipay.user.agreement.sign.confirm", **confirm) == "APPLY_TOKEN_NOT_EXIST"


def test_what_nobody_signed_is_forgotten(town: Visit) -> None:
    offer = {"personal_product_code": "GENERAL_WITHHOLDING_P", "access_params": {"channel": "QRCODE"}}
    town.ask(town.app("coffee"), "alipay.user.agreement.page.sign", **offer, effect_time=60)
    ask = {"alipay_user_id": town.known["bo"], "personal_product_code": "GENERAL_WITHHOLDING_P", "confirm_type": "M"}
    town.ask(town.app("coffee"), "alipay.user.agreement.sign", **ask)
    town.move(10 * MINUTE)
    assert town.platform.do(lambda work: (work.count(AgreementRow), work.count(Application))) == (0, 0)


def test_its_end_by_time_is_told_to_nobody_and_makes_room_for_another(town: Visit) -> None:
    signed(town, sign_validity_period="1d")
    before = town.platform.do(lambda work: work.count(Notice))
    town.move(DAY)
    assert town.platform.do(lambda work: work.count(Notice)) == before
    assert signed(town)
