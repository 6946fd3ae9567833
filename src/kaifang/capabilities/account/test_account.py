"""Walks through consents, tokens and passwords in a small world, and the races that no story knows."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.visit import Visit

from kaifang.kernel import DAY, HOUR, MINUTE, Caller
from kaifang.kernel.events import Event
from kaifang.kernel.notices import Notice

from .consent import is_within
from .find import masked
from .password import PLACE_REST, PLACE_TRIES, TRIES
from .tables import AuthCode, TokenRow, WrongTries

USERS, APPS = ("anna", "bo"), ("coffee", "helper")
SMALL = settings(max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))


class Consents(RuleBasedStateMachine):
    """Two users, two apps: what was consented to, and what every code and token ever given is still worth."""

    def __init__(self) -> None:
        super().__init__()
        self.town = Visit()
        self.given: dict[tuple[str, str], set[str]] = {}  # (app, user) -> scopes
        self.times: dict[tuple[str, str], int] = {}  # (app, user) -> how often consent began
        self.codes: list[dict[str, Any]] = []
        self.tokens: list[dict[str, Any]] = []
        self.cancelled = 0

    def stands(self, one: dict[str, Any]) -> bool:
        """Whether the consent behind a code or token was never withdrawn since."""
        pair = (one["app"], one["user"])
        return pair in self.given and self.times[pair] == one["time"]

    @rule(app=st.sampled_from(APPS), user=st.sampled_from(USERS), scope=st.sampled_from(["auth_base", "auth_user"]))
    def consent(self, app: str, user: str, scope: str) -> None:
        """A user lets an app know them."""
        page = {"app_id": self.town.known[f"{app}.app"], "scope": scope}
        answer = self.town.ask(self.town.app("wallet", user), "kaifang.account.consent.give", **page)
        pair = (app, user)
        if pair not in self.given:
            self.given[pair], self.times[pair] = set(), self.times.get(pair, 0) + 1
        self.given[pair].add(scope)
        fresh = {
            "app": app,
            "user": user,
            "scope": scope,
            "time": self.times[pair],
            "until": self.town.now + 10 * MINUTE,
        }
        self.codes.append(fresh | {"secret": answer.auth_code, "used": False})

    @rule(app=st.sampled_from(APPS), user=st.sampled_from(USERS))
    def let_in(self, app: str, user: str) -> None:
        """A user lets an app know them, and the app takes its token at once."""
        self.consent(app, user, "auth_user")
        self.exchange(app, self.codes[-1])

    @rule(app=st.sampled_from(APPS), user=st.sampled_from(USERS), by_user=st.booleans())
    def end(self, app: str, user: str, by_user: bool) -> None:
        """The user withdraws the consent, or the app gives it up."""
        was = self.given.pop((app, user), None)
        if by_user:
            ask = {"app_id": self.town.known[f"{app}.app"]}
            answer = self.town.ask(self.town.app("wallet", user), "kaifang.account.consent.withdraw", **ask)
            assert (answer == "CONSENT_NOT_EXIST") == (was is None)
        else:
            name, ask = "alipay.open.auth.userauth.relation.cancel", {"user_id": self.town.known[user]}
            assert self.town.ask(self.town.app(app), name, **ask).result == ("false" if was is None else "true")
        self.cancelled += was is not None

    @precondition(lambda self: self.codes)
    @rule(data=st.data(), app=st.sampled_from(APPS))
    def redeem(self, data: Any, app: str) -> None:
        """An app exchanges a code, its own or not."""
        self.exchange(app, data.draw(st.sampled_from(self.codes)))

    def exchange(self, app: str, code: dict[str, Any]) -> None:
        """What a code gives is what it should give."""
        ask = {"grant_type": "authorization_code", "code": code["secret"]}
        answer = self.town.ask(self.town.app(app), "alipay.system.oauth.token", **ask)
        if code["used"] or code["until"] <= self.town.now or not self.stands(code):
            assert answer == "isv.code-invalid"
        elif app != code["app"]:
            assert answer == "isv.unmatched-app-id"
        else:
            code["used"] = True
            self.keep(code, answer)

    @precondition(lambda self: self.tokens)
    @rule(data=st.data(), app=st.sampled_from(APPS))
    def refresh(self, data: Any, app: str) -> None:
        """An app refreshes a token, its own or not."""
        token = data.draw(st.sampled_from(self.tokens))
        ask = {"grant_type": "refresh_token", "refresh_token": token["refresh"]}
        answer = self.town.ask(self.town.app(app), "alipay.system.oauth.token", **ask)
        if not self.stands(token):
            assert answer == "isv.refresh-token-invalid"
        elif app != token["app"]:
            assert answer == "isv.unmatched-app-id"
        elif token["refreshed"]:
            assert answer == "isv.refreshed-token-invalid"
        elif token["refresh_until"] <= self.town.now:
            assert answer == "isv.refresh-token-time-out"
        else:
            token["refreshed"] = True
            self.keep(token, answer)

    def keep(self, of: dict[str, Any], answer: Any) -> None:
        """Remember a token and what it should be worth."""
        assert answer.user_id == self.town.known[of["user"]]
        fresh = {name: of[name] for name in ("app", "user", "scope", "time")} | {"refreshed": False}
        times = {"until": self.town.now + 15 * DAY, "refresh_until": self.town.now + 30 * DAY}
        self.tokens.append(fresh | times | {"secret": answer.access_token, "refresh": answer.refresh_token})

    @rule(wait=st.sampled_from([MINUTE, 9 * MINUTE, 10 * MINUTE, 15 * DAY]))
    def pass_time(self, wait: int) -> None:
        """The clock goes on."""
        self.town.wait(wait)

    @invariant()
    def every_token_is_worth_what_it_should(self) -> None:
        """No token outlives its consent, its time or its successor, and none works for another app."""
        for token in self.tokens:
            for app in APPS:
                ask = {"auth_token": token["secret"], "app": self.town.known[f"{app}.app"]}
                answer = self.town.ask(Caller(role="inside"), "kaifang.account.token.read", **ask)
                if app != token["app"] or token["refreshed"] or not self.stands(token):
                    assert answer == "aop.invalid-auth-token"
                elif token["until"] <= self.town.now:
                    assert answer == "aop.auth-token-time-out"
                else:
                    assert (answer.user_id, answer.scopes) == (self.town.known[token["user"]], [token["scope"]])

    @invariant()
    def apps_see_what_stands(self) -> None:
        """An app's question is answered by the consents that stand, and each end is announced once."""
        name = "alipay.open.auth.userauth.relationship.query"
        for app in APPS:
            for user in USERS:
                ask = {"user_id": self.town.known[user], "scopes": "auth_base,auth_user"}
                told = json.loads(self.town.ask(self.town.app(app), name, **ask).query_detail)
                assert {scope for scope, given in told.items() if given} == self.given.get((app, user), set())
        ends = self.town.platform.do(lambda work: work.count(Event, "name = ?", ("consent.withdraw",)))
        assert ends == self.cancelled

    def teardown(self) -> None:
        self.town.close()


class Passwords(RuleBasedStateMachine):
    """One user, one password, two doors: each counts its own wrong tries."""

    DOORS = ("pay", "signin")

    @initialize()
    def begin(self) -> None:
        """Nobody has tried yet."""
        self.town = Visit()
        self.wrong = dict.fromkeys(self.DOORS, (0, 0))  # how many, and when the last one was

    @rule(door=st.sampled_from(DOORS), right=st.sampled_from([False, False, False, True]))
    def try_it(self, door: str, right: bool) -> None:
        """The right or a wrong password is tried."""
        password, now = "111111" if right else "000000", self.town.now
        if door == "pay":
            ask = {"user_id": self.town.known["bo"], "pay_password": password}
            answer = self.town.ask(Caller(role="inside"), "kaifang.account.password.check", **ask)
            came_in = answer.right
        else:
            ask = {"logon_id": "bo@example.com", "password": password}
            answer = self.town.ask(self.town.app("wallet"), "kaifang.wallet.signin", **ask)
            came_in = hasattr(answer, "access_token")
        count, last = self.wrong[door]
        count = count if now < last + 3 * HOUR else 0
        locked = count >= TRIES
        assert came_in == (right and not locked)
        if not locked:
            self.wrong[door] = (0, 0) if right else (count + 1, now)
        if not came_in:
            count, last = self.wrong[door]
            assert answer.left == TRIES - count
            until = answer.locked_until.ms if answer.locked_until else None
            assert until == (last + 3 * HOUR if count >= TRIES else None)

    @rule(wait=st.sampled_from([HOUR, 3 * HOUR]))
    def pass_time(self, wait: int) -> None:
        """The clock goes on."""
        self.town.wait(wait)

    def teardown(self) -> None:
        self.town.close()


@pytest.fixture
def town() -> Iterator[Visit]:
    """A town for one test."""
    town = Visit()
    yield town
    town.close()


TestConsents = Consents.TestCase
TestConsents.settings = SMALL
TestPasswords = Passwords.TestCase
TestPasswords.settings = settings(SMALL, max_examples=10, stateful_step_count=30)


def test_a_code_redeemed_twice_at_once_gives_one_token(town: Visit) -> None:
    page = {"app_id": town.known["coffee.app"], "scope": "auth_user"}
    code = town.ask(town.app("wallet", "anna"), "kaifang.account.consent.give", **page).auth_code
    call = (town.app("coffee"), "alipay.system.oauth.token", {"grant_type": "authorization_code", "code": code})
    answers = town.race(call, call, call)
    assert answers[1:] == ["isv.code-invalid"] * 2 and answers[0].access_token


def test_wrong_passwords_that_arrive_together_all_count(town: Visit) -> None:
    wrong, right = (
        (town.app("wallet"), "kaifang.wallet.signin", {"logon_id": "bo@example.com", "password": password})
        for password in ("000000", "111111")
    )
    answers = town.race(*[wrong] * TRIES, right)
    assert [answer.left for answer in answers] == [4, 3, 2, 1, 0, 0]


def test_what_is_of_no_use_any_more_is_swept_away(town: Visit) -> None:
    wallet, coffee = town.app("wallet", "anna"), town.app("coffee")
    page = {"app_id": town.known["coffee.app"], "scope": "auth_user"}
    used, unused = (town.ask(wallet, "kaifang.account.consent.give", **page).auth_code for _ in range(2))
    kept = town.ask(coffee, "alipay.system.oauth.token", grant_type="authorization_code", code=used)
    town.ask(wallet, "kaifang.wallet.signin", logon_id="anna@example.com", password="000000")
    town.ask(wallet, "kaifang.wallet.signin", logon_id="anna@example.com", password="111111")
    town.ask(wallet, "kaifang.wallet.signin", logon_id="nobody@example.com", password="111111")

    def rows() -> list[int]:
        return town.platform.do(lambda work: [work.count(kind) for kind in (AuthCode, TokenRow, WrongTries)])

    assert rows() == [1, 2, 1]
    town.move(2 * DAY)
    assert rows() == [0, 2, 0]
    town.move(29 * DAY - 1)
    assert rows() == [0, 1, 0], "the session is over, the token can still be refreshed"
    refused = town.ask(
        coffee, "alipay.system.oauth.token", grant_type="refresh_token", refresh_token=kept.refresh_token
    )
    assert refused == "isv.refresh-token-time-out"
    town.move(DAY)
    assert rows() == [0, 0, 0] and unused


def test_no_secret_is_kept_in_clear(town: Visit) -> None:
    page = {"app_id": town.known["coffee.app"], "scope": "auth_user"}
    code = town.ask(town.app("wallet", "anna"), "kaifang.account.consent.give", **page).auth_code
    unused = town.ask(town.app("wallet", "anna"), "kaifang.account.consent.give", **page).auth_code
    ask = {"grant_type": "authorization_code", "code": code}
    token = town.ask(town.app("coffee"), "alipay.system.oauth.token", **ask)
    about = {"kind": "person", "logon_id": "eve@example.com", "name": "夏娃"}
    secrets = {"pay_password": "918273", "signin_password": "an apple a day"}
    town.ask(Caller(role="operator"), "kaifang.account.party.open", **about, **secrets)
    town.platform.do(lambda work: work.count(TokenRow))
    database = "".join(path.read_bytes().decode("latin-1") for path in town.folder.iterdir())
    for secret in (*secrets.values(), unused, token.access_token, token.refresh_token):
        assert secret not in database
    assert "eve@example.com" in database


def test_the_end_of_a_consent_is_told_as_recorded_of_the_official_platform(town: Visit) -> None:
    helper, anna = town.known["helper.app"], town.known["anna"]
    topic = {"topic": "alipay.open.auth.userauth.cancelled", "comm_type": "HTTP"}
    town.ask(town.app("helper"), "alipay.open.app.message.topic.subscribe", **topic)
    town.ask(town.app("wallet", "anna"), "kaifang.account.consent.give", app_id=helper, scope="auth_user")
    town.ask(town.app("wallet", "anna"), "kaifang.account.consent.withdraw", app_id=helper)
    told_at = town.now
    asyncio.run(town.platform.fire(told_at))
    (notice,) = town.platform.do(lambda work: work.select(Notice))
    assert (notice.style, notice.app, notice.url) == ("message", helper, "https://helper.example.com/gateway")
    told = {"cancel_time": told_at, "user_id": anna, "app_id": helper}
    assert json.loads(notice.fields["biz_content"]) == told


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://shop.example/back", True),
        ("https://shop.example/back/", True),
        ("https://shop.example/back/deep?x=1", True),
        ("https://shop.example/backdoor", False),
        ("https://shop.example/", False),
        ("http://shop.example/back", False),
        ("https://shop.example:444/back", False),
        ("https://shop.example.evil.example/back", False),
        ("https://shop.example@evil.example/back", False),
        ("https://evil.example\\@shop.example/back", False),
        ("https://evil.example#@shop.example/back", False),
        ("https://shop.example/back/../../evil", False),
        ("https://shop.example/back/%2E%2e/evil", False),
        ("https://shop.example/back#x", False),
        ("https://shop.example/ba\nck", False),
        ("//shop.example/back", False),
        ("javascript:alert(1)", False),
        ("https://[shop.example/back", False),
        ("", False),
    ],
)
def test_only_addresses_below_the_callback_are_gone_back_to(address: str, good: bool) -> None:
    assert is_within(address, "https://shop.example/back") is good


def test_without_a_callback_there_is_no_way_back() -> None:
    assert not is_within("", "") and not is_within("https://shop.example/back", "")


@pytest.mark.parametrize(
    ("logon_id", "shown"),
    [
        ("anna@example.com", "ann***@example.com"),
        ("a@example.com", "a***@example.com"),
        ("13800000001", "138****0001"),
        ("someone", "som***"),
    ],
)
def test_logon_ids_are_masked(logon_id: str, shown: str) -> None:
    assert masked(logon_id) == shown


def test_one_address_cannot_try_everybodys_passwords(town: Visit) -> None:
    wallet, here = town.app("wallet"), "203.0.113.7"

    def sign_in(who: str, password: str, address: str | None = here) -> Any:
        return town.ask(wallet, "kaifang.wallet.signin", logon_id=who, password=password, address=address)

    for number in range(PLACE_TRIES):
        assert sign_in("anna@example.com", "111111").user_id, "who knows the password is none of the wrong"
        assert sign_in(f"x{number}@example.com", "111111").left == 4
    waiting = sign_in("anna@example.com", "111111")
    assert (waiting.left, waiting.locked_until.ms) == (0, town.now + PLACE_REST)
    assert sign_in("anna@example.com", "111111", "203.0.113.8").user_id and sign_in("bo@example.com", "111111", None)
    town.wait(PLACE_REST)
    assert sign_in("y@example.com", "111111").left == 4
    assert sign_in("y@example.com", "111111").locked_until.ms == town.now + PLACE_REST
    town.wait(PLACE_REST * PLACE_TRIES)
    assert [sign_in(f"z{number}@example.com", "111111").left for number in range(3)] == [4, 4, 4]
