"""The request log: what is kept of a call, who may read it, how much of it there is, and that nothing waits for it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from tests.town import KEYS

from kaifang.gateway import identity
from kaifang.gateway.client import Client, Refused
from kaifang.gateway.local import LocalExchange
from kaifang.gateway.logbook import kept, recorder
from kaifang.gateway.logbook.kept import Request

from .clinic import FORM, V3, Clinic, Settled, copied, joined, signed


@pytest.fixture
def clinic(settled: Settled, who: identity.Identity, tmp_path: Path) -> Iterator[Clinic]:
    """A town that keeps requests, for one test."""
    clinic = Clinic(copied(settled, tmp_path), settled[1], who, keeps_requests=True)
    clinic.house.recorder.pause_seconds = 0.001
    yield clinic
    clinic.close()


def client(clinic: Clinic, app: str) -> Client:
    """The client of an app of the town."""
    clinic.change(clinic.known[app], public_key="".join(KEYS["app_public_pem"].splitlines()[1:-1]))
    return Client(clinic.door, clinic.known[app], KEYS["app_private_pkcs8_pem"])


def rows(clinic: Clinic) -> list[Request]:
    """What is kept, the latest first, once everything that waits is written."""
    while clinic.house.recorder.writing:
        clinic.run(asyncio.sleep(0.005))
    clinic.run(clinic.platform.run(lambda work: None))
    return clinic.platform.read(lambda work: work.select(Request, order="id desc"))


def listed(clinic: Clinic, by: Client, **ask: Any) -> list[dict[str, Any]]:
    """What the log says."""
    return clinic.run(by.call("kaifang.log.requests", ask))["requests"]


def test_a_call_is_kept_with_its_answer_and_without_its_secrets(clinic: Clinic) -> None:
    wallet, coffee = client(clinic, "wallet.app"), client(clinic, "coffee.app")
    signed_in = {"logon_id": "anna@example.com", "password": "111111"}
    token = clinic.run(wallet.call("kaifang.wallet.signin", signed_in))["access_token"]
    with pytest.raises(Refused, match="TRADE_NOT_EXIST"):
        clinic.run(coffee.call("alipay.trade.query", {"out_trade_no": "never"}))
    refused, entered = rows(clinic)
    assert (entered.method, entered.outcome, entered.status) == ("kaifang.wallet.signin", "10000", 200)
    assert "anna@example.com" in entered.asked and "111111" not in entered.asked
    assert token not in entered.answered and "expires_in" in entered.answered
    assert refused.outcome.endswith("TRADE_NOT_EXIST") and "never" in refused.asked and "NOT_EXIST" in refused.answered


def test_an_app_reads_its_own_requests_and_operators_read_all(clinic: Clinic) -> None:
    coffee, books, house, wallet = (client(clinic, f"{name}.app") for name in ("coffee", "books", "house", "wallet"))
    for number in range(3):
        with pytest.raises(Refused):
            clinic.run(coffee.call("alipay.trade.query", {"out_trade_no": f"N{number}"}))
    clinic.run(books.call("kaifang.clock.read", {}))
    assert len(rows(clinic)) == 4
    mine = listed(clinic, coffee)
    assert [one["method"] for one in mine] == ["alipay.trade.query"] * 3 and mine[0]["app_id"] == clinic.app
    assert (
        len(listed(clinic, house)) == 4 and len(listed(clinic, house, app_id=clinic.app, page_size=2, page_num=2)) == 1
    )
    assert [one["method"] for one in listed(clinic, house, method="kaifang.clock.read")] == ["kaifang.clock.read"]
    assert len(listed(clinic, house, refused=True)) == 3 and len(listed(clinic, house, outcome="10000")) == 1
    (told,) = listed(clinic, coffee, trace=mine[2]["trace"], whole=True)
    assert "N0" in told.pop("asked") and "NOT_EXIST" in told.pop("answered") and told == mine[2]
    assert listed(clinic, books, trace=mine[0]["trace"]) == []
    for other in (books, wallet):
        with pytest.raises(Refused, match="no application of yours"):
            clinic.run(other.call("kaifang.log.requests", {"app_id": clinic.app}))
    with pytest.raises(Refused, match="no application of yours"):  # a wallet's calls are everybody's
        clinic.run(wallet.call("kaifang.log.requests", {}))


def test_a_call_that_failed_verification_is_there_for_the_doctor(clinic: Clinic) -> None:
    fields = clinic.fields()
    trace = clinic.send(fields, signed(joined({**fields, "sign_type": ""})))
    (row,) = rows(clinic)
    assert (row.id, row.outcome, row.app) == (trace, "isv.invalid-signature", clinic.app)
    assert clinic.explain(trace)["causes"][0]["code"] == "sign-type-missing"


def test_v3_is_kept_as_it_was_sent(clinic: Clinic) -> None:
    request = V3(clinic)
    request.send(request.text()[:-1])
    (row,) = rows(clinic)
    assert row.version == "v3" and row.status >= 400 and row.outcome == "invalid-signature"
    assert row.asked.startswith(f"{request.verb} {request.target}\nauthorization: ALIPAY-SHA256withRSA ")


def test_the_newest_of_each_app_are_kept(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "PER_APP", 5)
    monkeypatch.setattr(kept, "ALL", 7)
    monkeypatch.setattr(recorder, "FORGETS_EVERY", 1)
    books, coffee = client(clinic, "books.app"), client(clinic, "coffee.app")
    for by in (books, books, books, *[coffee] * 8):
        clinic.run(by.call("kaifang.clock.read", {}))
        rows(clinic)
    assert [row.app for row in rows(clinic)] == [clinic.app] * 5 + [clinic.known["books.app"]] * 2


def flood(clinic: Clinic, calls: int) -> None:
    """So many calls at once, all answered."""
    body = urlencode(clinic.fields() | {"sign": signed(b"nothing")}).encode()

    async def come() -> None:
        kind = [(b"content-type", FORM.encode())]
        exchanges = [LocalExchange("POST", b"/gateway.do", kind, body) for _ in range(calls)]
        for exchange in exchanges:
            clinic.door(exchange)
        await asyncio.gather(*[exchange.answer for exchange in exchanges])

    clinic.run(come())


def test_a_burst_is_kept_whole_and_of_a_flood_the_latest(clinic: Clinic) -> None:
    flood(clinic, 150)
    assert len(rows(clinic)) == 150
    clinic.house.recorder.may, clinic.house.recorder.pause_seconds = 3.0, 60.0
    flood(clinic, 400)
    assert len(clinic.house.recorder.waiting) == recorder.MOST_WAITING
    clinic.house.recorder.since = clinic.loop.time()
    clinic.loop.call_soon(clinic.house.recorder._write)
    clinic.run(asyncio.sleep(0.05))
    clinic.run(clinic.platform.run(lambda work: None))
    kept_now = clinic.platform.read(lambda work: work.count(Request))
    assert kept_now == 153, "more than that would be written at the cost of those who pay"


def test_a_long_call_is_cut(clinic: Clinic) -> None:
    coffee = client(clinic, "coffee.app")
    with pytest.raises(Refused):
        clinic.run(coffee.call("alipay.trade.query", {"out_trade_no": "x" * 30_000}))
    (row,) = rows(clinic)
    assert len(row.asked) == kept.LARGEST + len(kept.CUT) and len(row.answered) < kept.LARGEST


def test_production_keeps_only_that_it_happened(settled: Settled, who: identity.Identity, tmp_path: Path) -> None:
    clinic = Clinic(copied(settled, tmp_path), settled[1], who, sandbox=False, keeps_requests=True)
    clinic.house.recorder.pause_seconds = 0.001
    clinic.run(client(clinic, "coffee.app").call("kaifang.clock.read", {}))
    (row,) = rows(clinic)
    assert (row.asked, row.answered, row.method, row.outcome) == ("", "", "kaifang.clock.read", "10000")
    clinic.close()


def test_nothing_is_kept_unless_that_is_wanted(settled: Settled, who: identity.Identity, tmp_path: Path) -> None:
    clinic = Clinic(copied(settled, tmp_path), settled[1], who)
    assert clinic.house.recorder is None
    told = json.dumps(clinic.run(client(clinic, "coffee.app").call("kaifang.log.requests", {})))
    assert json.loads(told)["requests"] == []
    clinic.close()
