"""Walks through authorisations and subscriptions in a small world, hostile addresses and keys, and the races."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.visit import Visit

from kaifang.kernel import DAY, FOREVER, MINUTE, Caller, Fault
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.publickey import read_public_key

from .address import leads_home, with_query
from .file import media_type
from .tables import Member

INSIDE, OPERATOR = Caller(role="inside"), Caller(role="operator")
SHOPS, PROVIDERS = ("coffee", "books"), ("helper", "other")
YEAR = 32_140_800_000
TOPIC = "alipay.merchant.tradecomplain.changed"
SMALL = settings(max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))


def visit() -> Visit:
    """The town, with a second service provider in it."""
    town = Visit()
    fields = {"party": town.known["books"], "name": "other", "role": "isv", "gateway": "https://other.example.com/"}
    app = town.ask(OPERATOR, "kaifang.openapp.app.create", callback="https://other.example.com/back", **fields)
    town.known["other.app"], town.known["other"] = app.app_id, town.known["books"]
    return town


def authorise(town: Visit, shop: str, provider: str) -> Any:
    """A merchant lets a service provider act for it."""
    page = {"app_id": town.known[f"{provider}.app"], "redirect_uri": f"https://{provider}.example.com/back"}
    page["auth_app_id"] = town.known[f"{shop}.app"]
    return town.ask(town.app("wallet", shop), "kaifang.openapp.authorisation.give", **page)


class Authorisations(RuleBasedStateMachine):
    """A merchant, two service providers: what every code and token ever given is still worth."""

    def __init__(self) -> None:
        super().__init__()
        self.town = visit()
        self.given: dict[tuple[str, str], bool] = {}
        self.times: dict[tuple[str, str], int] = {}
        self.codes: list[dict[str, Any]] = []
        self.tokens: list[dict[str, Any]] = []

    def stands(self, one: dict[str, Any]) -> bool:
        """Whether the word behind a code or token was never withdrawn since."""
        return self.given[one["pair"]] and self.times[one["pair"]] == one["time"]

    @rule(shop=st.just("coffee"), provider=st.sampled_from(PROVIDERS))
    def give(self, shop: str, provider: str) -> None:
        """A merchant authorises a service provider."""
        pair = (shop, provider)
        answer = authorise(self.town, shop, provider)
        if not self.given.get(pair):
            self.given[pair], self.times[pair] = True, self.times.get(pair, 0) + 1
        one = {"pair": pair, "time": self.times[pair], "secret": answer.app_auth_code, "used": False}
        self.codes.append(one | {"until": self.town.now + DAY, "refresh_until": self.town.now + YEAR})

    @rule(shop=st.just("coffee"), provider=st.sampled_from(PROVIDERS), by_shop=st.booleans())
    def end(self, shop: str, provider: str, by_shop: bool) -> None:
        """The merchant withdraws its word, or the provider gives it back."""
        stood = self.given.get((shop, provider), False)
        ask = {"auth_app_id": self.town.known[f"{shop}.app"]}
        if by_shop:
            ask["app_id"] = self.town.known[f"{provider}.app"]
            caller = self.town.app("wallet", shop)
            answer = self.town.ask(caller, "kaifang.openapp.authorisation.withdraw", **ask)
            assert (answer == "AUTHORISATION_NOT_EXIST") != stood
        else:
            answer = self.town.ask(self.town.app(provider), "alipay.open.auth.app.cancel", **ask)
            assert answer.result == str(stood).lower()
        if stood:
            self.given[shop, provider] = False

    @precondition(lambda self: self.codes)
    @rule(data=st.data(), provider=st.sampled_from(PROVIDERS))
    def exchange(self, data: Any, provider: str) -> None:
        """A provider exchanges a code, its own or not."""
        code = data.draw(st.sampled_from(self.codes))
        ask = {"grant_type": "authorization_code", "code": code["secret"]}
        answer = self.town.ask(self.town.app(provider), "alipay.open.auth.token.app", **ask)
        if provider != code["pair"][1]:
            assert answer == "APP_ID_NOT_CONSISTENT"
        elif code["used"] or code["until"] <= self.town.now:
            assert answer == "AUTH_CODE_NOT_VALID"
        elif not self.stands(code):
            assert answer == "AUTH_TOKEN_NOT_FOUND"
        else:
            code["used"] = True
            self.keep(code, answer, code["refresh_until"])

    @precondition(lambda self: self.tokens)
    @rule(data=st.data(), provider=st.sampled_from(PROVIDERS))
    def refresh(self, data: Any, provider: str) -> None:
        """A provider refreshes a token, its own or not."""
        token = data.draw(st.sampled_from(self.tokens))
        ask = {"grant_type": "refresh_token", "refresh_token": token["refresh"]}
        answer = self.town.ask(self.town.app(provider), "alipay.open.auth.token.app", **ask)
        if provider != token["pair"][1]:
            assert answer == "APP_ID_NOT_CONSISTENT"
        elif not self.stands(token):
            assert answer == "REFRESH_TOKEN_NOT_VALID"
        elif token["refresh_until"] <= self.town.now:
            assert answer == "REFRESH_TOKEN_TIME_OUT"
        else:
            token["until"] = min(token["until"], self.town.now + 10 * MINUTE)
            self.keep(token, answer, self.town.now + YEAR)

    def keep(self, of: dict[str, Any], answer: Any, refresh_until: int) -> None:
        """Remember a token and what it should be worth."""
        secrets = {"secret": answer.app_auth_token, "refresh": answer.app_refresh_token}
        one = {"pair": of["pair"], "time": of["time"], "until": FOREVER, "refresh_until": refresh_until}
        self.tokens.append(one | secrets)

    @rule(wait=st.sampled_from([MINUTE, 9 * MINUTE, DAY, YEAR]))
    def pass_time(self, wait: int) -> None:
        """The clock goes on."""
        self.town.wait(wait)

    @invariant()
    def every_token_is_worth_what_it_should(self) -> None:
        """No token outlives its word or its successor, none works for another, and the query says the same."""
        for token in self.tokens:
            for provider in PROVIDERS:
                app = self.town.known[f"{provider}.app"]
                answer = self.town.ask(
                    INSIDE, "kaifang.openapp.authorisation.read", app_auth_token=token["secret"], app=app
                )
                if provider != token["pair"][1] or not self.stands(token):
                    assert answer == "aop.invalid-app-auth-token"
                elif token["until"] <= self.town.now:
                    assert answer == "aop.app-auth-token-time-out"
                else:
                    assert answer.user_id == self.town.known[token["pair"][0]]
            owner = self.town.app(token["pair"][1])
            told = self.town.ask(owner, "alipay.open.auth.token.app.query", app_auth_token=token["secret"])
            good = self.stands(token) and token["until"] > self.town.now
            assert told.status == ("valid" if good else "invalid")

    def teardown(self) -> None:
        """Leave."""
        self.town.close()


class Messages(RuleBasedStateMachine):
    """Two merchants, two providers, two kinds of one message: who hears of what."""

    def __init__(self) -> None:
        super().__init__()
        self.town = visit()
        self.door = KernelDoor(self.town.platform, self.town.known, self.town.loop)
        for shop in SHOPS:
            ask = {"app_id": self.town.known[f"{shop}.app"], "gateway": f"https://{shop}.example.com/gateway"}
            self.town.ask(OPERATOR, "kaifang.openapp.app.change", **ask)
        self.valid: set[tuple[str, str]] = set()
        self.wishes: set[tuple[str, str, str]] = set()  # app, the merchant it is about or none, tag

    @rule(shop=st.sampled_from(SHOPS), provider=st.sampled_from(PROVIDERS))
    def give_or_take(self, shop: str, provider: str) -> None:
        """A merchant authorises a provider, or withdraws."""
        if (shop, provider) in self.valid:
            ask = {"auth_app_id": self.town.known[f"{shop}.app"]}
            self.town.ask(self.town.app(provider), "alipay.open.auth.app.cancel", **ask)
        else:
            authorise(self.town, shop, provider)
        self.valid ^= {(shop, provider)}

    @rule(
        app=st.sampled_from(SHOPS + PROVIDERS), about=st.sampled_from(["", *SHOPS]), tag=st.sampled_from(["", "a", "b"])
    )
    def wish_or_not(self, app: str, about: str, tag: str) -> None:
        """An application subscribes, or unsubscribes."""
        if about and (about, app) not in self.valid:
            return
        wish, verb = (app, about, tag), "unsubscribe" if (app, about, tag) in self.wishes else "subscribe"
        caller = self.town.app(app)
        if about:
            fields = {"auth_app": self.town.known[f"{about}.app"], "merchant": self.town.known[about]}
            caller = Caller(app=caller.app, role="merchant", **fields)
        ask = {"topic": TOPIC} | ({"tag": tag} if tag else {})
        assert not isinstance(self.town.ask(caller, f"alipay.open.app.message.topic.{verb}", **ask), str)
        self.wishes ^= {wish}

    @rule(shop=st.sampled_from(SHOPS), tag=st.sampled_from(["", "a", "b"]), by_app=st.booleans())
    def send(self, shop: str, tag: str, by_app: bool) -> None:
        """Something happens to a merchant: exactly those hear of it who should, once."""
        whom = {"app": self.town.known[f"{shop}.app"]} if by_app else {"merchant": self.town.known[shop]}
        self.town.ask(INSIDE, "kaifang.openapp.message.send", msg_method=TOPIC, content={"n": 1}, tag=tag, **whom)
        self.door.notified()
        self.door.move(None, 0)
        heard = sorted(notice["app_id"] for notice in self.door.notified() if notice["notify_type"] == TOPIC)
        reached = {shop} | {provider for one, provider in self.valid if one == shop}
        if not by_app and shop == "books":
            reached.add("other")  # which is theirs too
        wishes = {(app, "", kind) for app in reached for kind in ("", tag)}
        wishes |= {(app, shop, kind) for app in PROVIDERS if (shop, app) in self.valid for kind in ("", tag)}
        should = {app for app, _, _ in wishes & self.wishes}
        assert heard == sorted(self.town.known[f"{app}.app"] for app in should)

    def teardown(self) -> None:
        """Leave."""
        self.town.close()


class TestAuthorisations(Authorisations.TestCase):
    settings = settings(SMALL, max_examples=40, stateful_step_count=30)


class TestMessages(Messages.TestCase):
    settings = SMALL


@pytest.fixture
def town() -> Iterator[Visit]:
    """A copy of the town."""
    town = visit()
    yield town
    town.close()


def test_a_code_raced_for_is_exchanged_once(town: Visit) -> None:
    code = authorise(town, "coffee", "helper").app_auth_code
    call = (town.app("helper"), "alipay.open.auth.token.app", {"grant_type": "authorization_code", "code": code})
    first, second = town.race(call, call)
    assert first.user_id == town.known["coffee"] and second == "AUTH_CODE_NOT_VALID"


def test_a_certificate_raced_for_belongs_to_one(town: Visit) -> None:
    rest = {"sn": "0" * 32, "pem": "-", "public_key": town.known["coffee.public_key"]}
    calls = [(OPERATOR, "kaifang.openapp.cert.add", {"app_id": town.known[f"{shop}.app"], **rest}) for shop in SHOPS]
    first, second = town.race(*calls)
    assert first.sn == "0" * 32 and second == "CERT_OF_ANOTHER_APP"


def test_an_authorisation_raced_for_ends_once(town: Visit) -> None:
    authorise(town, "coffee", "helper")
    call = (town.app("helper"), "alipay.open.auth.app.cancel", {"auth_app_id": town.known["coffee.app"]})
    assert [answer.result for answer in town.race(call, call)] == ["true", "false"]


def test_a_role_is_not_overfilled_by_a_race(town: Visit) -> None:
    mini = {"party": town.known["coffee"], "name": "mini", "kind": "MINI"}
    app = town.ask(OPERATOR, "kaifang.openapp.app.create", **mini).app_id
    caller = Caller(app=app, auth_app=app, role="merchant", merchant=town.known["coffee"])
    calls = []
    for number in range(12):
        logon_id = f"guest{number}@example.com"
        guest = {"kind": "person", "logon_id": logon_id, "name": "guest", "pay_password": "111111"}
        town.ask(OPERATOR, "kaifang.account.party.open", **guest)
        calls.append((caller, "alipay.open.app.members.create", {"logon_id": logon_id, "role": "DEVELOPER"}))
    assert town.race(*calls).count("ROLE_OVER_LIMIT") == 2
    assert town.platform.read(lambda work: work.count(Member, "app = ?", (app,))) == 10


def test_where_money_is_real_the_operators_look_first(town: Visit) -> None:
    town.platform.place.sandbox = False
    opened = town.ask(town.app("wallet", "coffee"), "kaifang.openapp.app.apply", name="first")
    assert opened.state == "OFFLINE"
    town.ask(OPERATOR, "kaifang.openapp.app.change", app_id=opened.app_id, state="ONLINE")
    assert town.ask(OPERATOR, "kaifang.openapp.app.query", app_id=opened.app_id).state == "ONLINE"


CALLBACK = "https://coffee.example.com/back"


@given(st.text(max_size=20))
@example("/../thief")
@example("@thief.example/")
@example("/%2E%2e/thief")
@example("/./x")
@example("/x#y")
@example("#")
def test_no_suffix_leads_a_code_astray(suffix: str) -> None:
    """Whatever stands behind the callback address: it is refused, or the address is the same or below it."""
    if leads_home(CALLBACK, CALLBACK + suffix):
        assert suffix == "" or suffix[0] in "/?"
        assert ".." not in suffix.split("?")[0].split("/") and "\\" not in suffix and not set(suffix) & set("\t\r\n #")


@given(st.text(max_size=30), st.text(max_size=30))
@example("https://coffee.example.com.thief.example", "/back")
@example("https://coffee.example.com@thief.example", "/back")
@example("https://[::1", "/back")
@example("javascript:alert(1)//coffee.example.com", "/back")
@example("https://coffee.example.com:443", "/back")
def test_no_other_beginning_leads_home(beginning: str, rest: str) -> None:
    if leads_home(CALLBACK, beginning + rest):
        assert (beginning + rest).lower().startswith("https://coffee.example.com/back")


def test_no_link_says_in_our_name_what_we_did_not() -> None:
    back = with_query(f"{CALLBACK}?shop=7%2C8&app_auth_code=theirs&%61pp_auth_code=2&state=x&z", {
        "app_auth_code": "ours", "state": None,
    })  # fmt: skip
    assert back == f"{CALLBACK}?shop=7%2C8&z&app_auth_code=ours"


def spki(key: Any) -> str:
    """A public key as an application would send it."""
    return base64.b64encode(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def test_public_keys_are_read_in_every_form_and_weak_ones_refused(town: Visit) -> None:
    bare = town.known["coffee.public_key"]
    lines = "\n".join(bare[i : i + 64] for i in range(0, len(bare), 64))
    assert read_public_key(f"-----BEGIN PUBLIC KEY-----\n{lines}\n-----END PUBLIC KEY-----\n") == bare
    weak = rsa.generate_private_key(65537, 1024)
    for text in (spki(weak), spki(ec.generate_private_key(ec.SECP256R1())), "", "no key", bare[:-8]):
        with pytest.raises(Fault):
            read_public_key(text)


@given(st.binary(max_size=40))
def test_nothing_that_a_browser_runs_is_taken_for_a_file(content: bytes) -> None:
    for script in (b"<script>", b"<svg ", b"<!doctype html>", b"\xef\xbb\xbf<html>", b"#!/bin/sh"):
        assert media_type(script + content) is None
