"""Walks among pages of the cashier in a small world, and the races that no story knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.visit import Visit

from kaifang.kernel import HOUR, Caller
from kaifang.kernel.events import Event

from .tables import CheckoutRow

PEOPLE = ("anna", "bo")
INSIDE = Caller(role="inside")


def new_check(town: Visit, number: int) -> str:
    """Something to confirm: an identity check of Bo, by whoever comes."""
    identity = {"identity_type": "CERT_INFO", "cert_type": "IDENTITY_CARD"}
    identity |= {"cert_name": "李波", "cert_no": "330102199105060011"}
    ask = {"outer_order_no": f"n{number}", "biz_code": "FACE", "identity_param": identity}
    return str(town.ask(town.app("coffee"), "alipay.user.certify.open.initialize", **ask).certify_id)


def new_page(town: Visit, subject: str, **more: Any) -> str:
    """A page that asks for it."""
    ask = {"kind": "certify", "title": "核身", "confirm": "kaifang.account.certify.confirm", "subject": subject}
    return str(town.ask(town.app("coffee"), "kaifang.cashier.open", **ask, **more).token)


class Pages(RuleBasedStateMachine):
    """Two people at pages for two things to confirm; a thing may be asked for on several pages."""

    def __init__(self) -> None:
        super().__init__()
        self.town = Visit()
        self.checks = [new_check(self.town, number) for number in range(2)]
        self.confirmed: dict[int, str] = {}  # which thing, by whom
        self.pages: dict[str, dict[str, Any]] = {}

    @rule(check=st.sampled_from([0, 1]), hours=st.sampled_from([1, 2]))
    def open(self, check: int, hours: int) -> None:
        """A page is opened."""
        expires = self.town.now + hours * HOUR
        token = new_page(self.town, self.checks[check], expires=expires)
        self.pages[token] = {"check": check, "expires": expires, "state": "OPEN", "user": "", "seen": False}

    @precondition(lambda self: self.pages)
    @rule(data=st.data(), user=st.sampled_from((None, *PEOPLE)))
    def look(self, data: Any, user: str | None) -> None:
        """Somebody looks, signed in or not."""
        token = data.draw(st.sampled_from(sorted(self.pages)))
        page = self.pages[token]
        seen = self.town.ask(self.town.app("wallet", user), "kaifang.cashier.look", token=token)
        assert seen.state == page["state"]
        page["seen"] = page["seen"] or seen.state == "OPEN"

    @precondition(lambda self: self.pages)
    @rule(data=st.data(), user=st.sampled_from(PEOPLE), right=st.sampled_from([True, True, True, False]))
    def confirm(self, data: Any, user: str, right: bool) -> None:
        """Somebody confirms, with the right password or a wrong one."""
        token = data.draw(st.sampled_from(sorted(self.pages)))
        page, password = self.pages[token], "111111" if right else "000000"
        ask = {"token": token, "pay_password": password}
        answer = self.town.ask(self.town.app("wallet", user), "kaifang.cashier.confirm", **ask)
        if page["state"] == "DONE" and page["user"] == user:
            assert answer.done
        elif page["state"] != "OPEN":
            assert answer == f"CHECKOUT_{page['state']}"
        elif not right or answer.locked_until:
            assert (answer.done, answer.refused) == (False, None) and answer.left is not None
        elif page["check"] in self.confirmed:
            assert (answer.done, answer.refused.code) == (False, "OPEN_CERTIFY_BILL_STATUS_ERROR")
        else:
            assert answer.done and answer.told == {"certify_id": self.checks[page["check"]]}
            page["state"], page["user"] = "DONE", user
            self.confirmed[page["check"]] = user

    @precondition(lambda self: self.pages)
    @rule(data=st.data())
    def leave(self, data: Any) -> None:
        """Somebody leaves."""
        token = data.draw(st.sampled_from(sorted(self.pages)))
        page = self.pages[token]
        answer = self.town.ask(self.town.app("wallet"), "kaifang.cashier.leave", token=token)
        if page["state"] in ("OPEN", "LEFT"):
            page["state"] = "LEFT"
        else:
            assert answer == f"CHECKOUT_{page['state']}"

    @rule(hours=st.sampled_from([1, 2]))
    def pass_time(self, hours: int) -> None:
        """The clock goes on, and pages expire."""
        self.town.move(hours * HOUR)
        for page in self.pages.values():
            if page["state"] == "OPEN" and page["expires"] <= self.town.now:
                page["state"] = "EXPIRED"

    @invariant()
    def pages_stand_as_they_should(self) -> None:
        """Every page is in the state it should be, and what it tells was told once."""
        rows = self.town.platform.do(lambda work: work.select(CheckoutRow))
        assert {row.id: (row.state, row.shown) for row in rows} == {
            token: (page["state"], page["seen"]) for token, page in self.pages.items()
        }
        told = self.town.platform.do(lambda work: work.select(Event, "name = ?", ("checkout.show",)))
        assert len(told) == len({event.subject for event in told}) == sum(row.shown for row in rows)

    @invariant()
    def things_are_confirmed_once(self) -> None:
        """What was confirmed is what the merchant hears; Anna is not Bo."""
        for number, check in enumerate(self.checks):
            answer = self.town.ask(self.town.app("coffee"), "alipay.user.certify.open.query", certify_id=check)
            if answer != "CERTIFY_ID_EXPIRED":
                assert (answer.fail_reason is not None) == (number in self.confirmed)
                assert answer.passed == "F", "nobody in town has a card number yet"

    def teardown(self) -> None:
        self.town.close()


TestPages = Pages.TestCase
TestPages.settings = settings(
    max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def town() -> Iterator[Visit]:
    """A town for one test."""
    town = Visit()
    yield town
    town.close()


def test_of_two_who_confirm_at_once_one_does(town: Visit) -> None:
    token = new_page(town, new_check(town, 1))
    ask = {"token": token, "pay_password": "111111"}
    answers = town.race(*[(town.app("wallet", user), "kaifang.cashier.confirm", ask) for user in PEOPLE])
    assert answers[0].done and answers[1] == "CHECKOUT_DONE"


def test_confirming_twice_at_once_confirms_once_and_tells_the_same(town: Visit) -> None:
    token = new_page(town, new_check(town, 1), return_url="https://coffee.example.com/back")
    call = (town.app("wallet", "bo"), "kaifang.cashier.confirm", {"token": token, "pay_password": "111111"})
    first, second = town.race(call, call)
    assert first == second and first.back.url == "https://coffee.example.com/back"
    assert first.back.app == first.back.auth_app == town.known["coffee.app"]


def test_the_way_back_says_for_whom_a_service_provider_acted(town: Visit) -> None:
    helper, coffee = town.known["helper.app"], town.known["coffee.app"]
    acting = Caller(
        app=helper, auth_app=coffee, merchant=town.known["coffee"], return_url="https://helper.example.com/"
    )
    ask = {"out_trade_no": "h1", "total_amount": "1.00", "subject": "茶"}
    path = town.ask(acting, "alipay.trade.app.pay", **ask, product_code="QUICK_MSECURITY_PAY").path
    told = town.ask(town.app("wallet", "bo"), "kaifang.cashier.confirm", token=path, pay_password="111111")
    assert [(one.app, one.auth_app) for one in (told.back, told.result)] == [(helper, coffee)] * 2
    assert (told.back.url, told.result.url) == ("https://helper.example.com/", "")


def test_leaving_and_confirming_at_once_is_one_of_the_two(town: Visit) -> None:
    token = new_page(town, new_check(town, 1))
    leave = (town.app("wallet", "bo"), "kaifang.cashier.leave", {"token": token})
    confirm = (town.app("wallet", "bo"), "kaifang.cashier.confirm", {"token": token, "pay_password": "111111"})
    assert town.race(leave, confirm)[1] == "CHECKOUT_LEFT"


def test_a_page_whose_time_is_over_is_not_confirmed_though_nobody_closed_it_yet(town: Visit) -> None:
    token = new_page(town, new_check(town, 1), expires=town.now + HOUR)
    town.wait(HOUR)
    ask = {"token": token, "pay_password": "111111"}
    assert town.ask(town.app("wallet", "bo"), "kaifang.cashier.confirm", **ask) == "CHECKOUT_EXPIRED"


def test_a_refusal_changes_nothing_and_leaves_the_page_open(town: Visit) -> None:
    check = new_check(town, 1)
    first, second = new_page(town, check), new_page(town, check)
    for token in (first, second):
        ask = {"token": token, "pay_password": "111111"}
        answer = town.ask(town.app("wallet", "bo"), "kaifang.cashier.confirm", **ask)
    assert answer.refused.code == "OPEN_CERTIFY_BILL_STATUS_ERROR" and "结果" in answer.refused.zh
    assert town.ask(INSIDE, "kaifang.cashier.look", token=second).state == "OPEN"


def test_tokens_cannot_be_guessed_and_stand_in_the_order_of_time(town: Visit) -> None:
    check = new_check(town, 1)
    tokens = []
    for _ in range(5):
        tokens.append(new_page(town, check))
        town.wait(1000)
    assert tokens == sorted(tokens) and {len(token) for token in tokens} == {32}
    assert len({token[8:] for token in tokens}) == 5
