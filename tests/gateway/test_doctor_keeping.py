"""What the doctor keeps and for how long, who may see it, and the page that shows it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.town import KEYS, open_platform, settle_town

from kaifang.gateway import identity
from kaifang.gateway.client import Client, Refused
from kaifang.gateway.doctor import cases, keeper
from kaifang.gateway.doctor.cases import Case, UsedKey
from kaifang.gateway.door import Door
from kaifang.gateway.house import House, Settings
from kaifang.gateway.local import LocalAnswer, LocalExchange
from kaifang.kernel import Work
from kaifang.kernel.notices import Notice
from kaifang.kernel.store.postgres import Postgres
from kaifang.kernel.store.sqlite import Sqlite

from .clinic import FORM, V3, Clinic, Settled, copied, joined, public, signed

TOKEN = "202609BBtoken1234567890"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def clinic(settled: Settled, who: identity.Identity, tmp_path: Path) -> Iterator[Clinic]:
    """A town with a doctor, for one test."""
    clinic = Clinic(copied(settled, tmp_path), settled[1], who)
    yield clinic
    clinic.close()


@pytest.fixture
def production(settled: Settled, who: identity.Identity, tmp_path: Path) -> Iterator[Clinic]:
    """The same in production."""
    clinic = Clinic(copied(settled, tmp_path), settled[1], who, sandbox=False)
    yield clinic
    clinic.close()


def all_cases(clinic: Clinic) -> list[Case]:
    """What is kept, the latest first."""
    return clinic.platform.read(lambda work: work.select(Case, order="id desc"))


def wrong(clinic: Clinic, **more: str | None) -> str:
    """A call without sign_type in its text; its trace."""
    fields = clinic.fields(**more)
    return clinic.send(fields, signed(joined({**fields, "sign_type": ""})))


# What is kept


def test_a_case_outlives_the_process(clinic: Clinic) -> None:
    trace = wrong(clinic)
    assert clinic.kept(trace)
    path = clinic.platform.store.engine.path
    clinic.run(clinic.platform.stop())
    clinic.platform = open_platform(Sqlite(path))
    clinic.house = House(clinic.platform, clinic.who, Settings())
    clinic.door = Door(clinic.house)
    assert clinic.explain(trace)["causes"][0]["code"] == "sign-type-missing"


def test_the_newest_cases_of_each_app_are_kept(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "PER_APP", 5)
    monkeypatch.setattr(cases, "ALL", 8)
    other = [wrong(clinic, app_id=clinic.sibling) for _ in range(2)]
    mine = [wrong(clinic) for _ in range(9)]
    assert clinic.kept(mine[-1])
    assert [case.id for case in all_cases(clinic)] == sorted(other + mine[-5:], reverse=True)
    nobodys = [wrong(clinic, app_id="2021999999999999") for _ in range(4)]
    assert clinic.kept(nobodys[-1])
    assert [case.id for case in all_cases(clinic)] == [*nobodys[::-1], *mine[:-5:-1]], "the oldest of all go first"


def test_a_flood_is_answered_whole_and_written_together_now_and_then(clinic: Clinic) -> None:
    clinic.house.doctor.pause_seconds = 60.0
    body = urlencode(clinic.fields() | {"sign": signed(b"nothing")}).encode()

    async def flood() -> list[str]:
        kind = [(b"content-type", FORM.encode())]
        exchanges = [LocalExchange("POST", b"/gateway.do", kind, body) for _ in range(300)]
        for exchange in exchanges:
            clinic.door(exchange)
        answers = await asyncio.gather(*[exchange.answer for exchange in exchanges])
        assert all(b"isv.invalid-signature" in answer.body for answer in answers)
        return [(answer.get(b"trace_id") or b"").decode() for answer in answers]

    traces = clinic.run(flood())
    assert clinic.kept(traces[-1])
    assert [case.id for case in all_cases(clinic)] == traces[: -keeper.MOST_WAITING - 1 : -1]
    assert not clinic.kept(clinic.run(flood())[-1]), "what comes within the pause waits for its end"
    assert len(all_cases(clinic)) == len(clinic.house.doctor.waiting) == keeper.MOST_WAITING


def test_of_a_long_call_the_content_is_not_kept(clinic: Clinic) -> None:
    content = json.dumps({"subject": "x" * 40_000})
    told = clinic.explain(wrong(clinic, biz_content=content, app_auth_token=TOKEN))
    assert [cause["code"] for cause in told["causes"]] == ["text-not-kept"] and "server_text" not in told
    request = V3(clinic)
    request.body = content
    assert clinic.explain(request.send(request.text()[:-1]))["causes"][0]["code"] == "text-not-kept"
    assert sum(len(json.dumps(str(case))) for case in all_cases(clinic)) < 20_000


def test_of_an_upload_the_signed_part_is_kept_whatever_the_files(clinic: Clinic) -> None:
    request, edge = V3(clinic), "edge"
    request.target, request.kind, request.body = (
        "/v3/alipay/open/file/upload",
        "multipart/form-data; boundary=edge",
        "{}",
    )
    data = f'--{edge}\r\nContent-Disposition: form-data; name="data"\r\n\r\n{{}}\r\n'
    file = f'--{edge}\r\nContent-Disposition: form-data; name="file_content"; filename="a"\r\n\r\n{"x" * 90_000}\r\n'
    request.sent_body, request.token = f"{data}{file}--{edge}--\r\n".encode(), TOKEN
    told = clinic.explain(request.send(request.text()[:-1]))
    assert told["causes"][0]["code"] == "last-newline" and "\n{}\\n\n" in told["server_text"]


def test_names_that_no_database_takes_are_kept_in_another_form(clinic: Clinic) -> None:
    for request in (
        clinic.post(b"method=alipay.trade.query%00%ff&app_id=%00", FORM),
        clinic.post(b"method=alipay.trade.query&app_id=%00%00", FORM),
        clinic.post(b"x", "text/\x01\x00"),
    ):
        clinic.kept(request)
    assert len(all_cases(clinic)) == 2  # an unknown method is no failed verification
    for case in all_cases(clinic):
        assert "\0" not in f"{case.method}{case.app}{case.facts}{case.sent.content_type}"


def test_the_same_on_postgresql(
    postgres_url: str, who: identity.Identity, town_loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "PER_APP", 3)
    platform = open_platform(Postgres(postgres_url))
    known = settle_town(platform, town_loop)
    platform.store.engine.close()
    clinic = Clinic(Postgres(postgres_url), known, who)
    clinic.kept(clinic.post(b"method=alipay.trade.query&app_id=%00%00&biz_content=%00", FORM))
    traces = [wrong(clinic, biz_content='{"a":"\\u0000"}') for _ in range(5)]
    assert clinic.explain(traces[-1])["causes"][0]["code"] == "sign-type-missing"
    assert [case.id for case in all_cases(clinic) if case.app] == traces[:1:-1] and len(all_cases(clinic)) == 4
    fields = clinic.fields()
    told = clinic.explain(clinic.send(fields, signed(joined(fields), "old")))
    assert told["causes"][0]["code"] == "key-replaced"
    clinic.close()


def test_earlier_keys_are_remembered_once_and_not_for_ever(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "KEYS_PER_APP", 3)
    for name in ("own", "old", "own", "certified"):
        clinic.change(clinic.app, public_key=public(name))
    kept = clinic.platform.read(lambda work: work.select(UsedKey, "app = ?", (clinic.app,)))
    assert len(kept) == 3 and {one.public_key for one in kept} <= {
        *map(public, ("own", "old", "certified")),
        town_key(),
    }


def town_key() -> str:
    """What every app of the town began with."""
    return "".join(line for line in KEYS["app_public_pem"].splitlines() if "-----" not in line)


# Production


def test_production_leads_to_no_page_that_is_closed(production: Clinic) -> None:
    request = V3(production)
    trace = request.send(request.text()[:-1])
    assert json.loads(request.answer.body)["links"] == []
    assert trace and production.kept(trace), "the operators can still ask"


def test_production_keeps_neither_content_nor_tokens(production: Clinic) -> None:
    told = production.explain(wrong(production, app_auth_token=TOKEN, auth_token=TOKEN, prod_code="kept"))
    assert [cause["code"] for cause in told["causes"]] == ["text-not-kept"] and "server_text" not in told
    request = V3(production)
    request.token, request.target = TOKEN, f"/v3/alipay/trade/query?auth_token={TOKEN}"
    assert production.explain(request.send(b"nothing"))["causes"][0]["code"] == "text-not-kept"
    kept = "".join(str(case) for case in all_cases(production))
    assert "prod_code=kept" in kept
    assert TOKEN not in kept and "out_trade_no" not in kept and "A%2F1" not in kept


def test_production_still_finds_keys_and_hashes(production: Clinic) -> None:
    fields = production.fields()
    told = production.explain(production.send(fields, signed(joined(fields), "old")))
    assert [cause["code"] for cause in told["causes"]] == ["key-replaced"]
    told = production.explain(production.send(fields, signed(joined(fields), "own")[:-8]))
    assert [cause["code"] for cause in told["causes"]] == ["sign-cut"]


def test_production_has_no_page(production: Clinic) -> None:
    trace = wrong(production)
    assert production.kept(trace)
    for path in (b"/doctor/", b"/doctor/" + trace.encode()):
        assert production.call("GET", path, []).status == 404


def test_an_app_asks_about_its_own_calls_and_operators_about_all(clinic: Clinic) -> None:
    trace = wrong(clinic)
    assert clinic.kept(trace)
    for app in (clinic.known["books.app"], clinic.known["wallet.app"]):
        clinic.change(app, public_key=town_key())
        client = Client(clinic.door, app, KEYS["app_private_pkcs8_pem"])
        with pytest.raises(Refused, match="CASE_NOT_EXIST"):
            clinic.run(client.call("kaifang.doctor.explain", {"trace": trace}))
        with pytest.raises(Refused, match="no application of yours"):
            clinic.run(client.call("kaifang.doctor.list", {"app_id": clinic.app}))
    clinic.change(clinic.app, public_key=town_key())
    house = clinic.known["house.app"]
    for app, ask in ((clinic.app, {}), (house, {}), (house, {"app_id": clinic.app})):
        client = Client(clinic.door, app, KEYS["app_private_pkcs8_pem"])
        told = clinic.run(client.call("kaifang.doctor.list", ask))
        assert [case["trace"] for case in told["cases"]] == [trace]
        assert clinic.run(client.call("kaifang.doctor.explain", {"trace": trace}))["trace"] == trace


# The page


def page(clinic: Clinic, path: str, language: str = "zh-CN,zh;q=0.9") -> tuple[int, str, LocalAnswer]:
    """A page as a browser is given it."""
    answer = clinic.call("GET", path.encode(), [(b"accept-language", language.encode())])
    return answer.status, answer.body.decode(), answer


def test_the_page_speaks_the_language_of_its_reader(clinic: Clinic) -> None:
    trace = wrong(clinic)
    assert clinic.kept(trace)
    for address, language, says, silent in (
        (trace, "zh-CN", "待签名字符串里没有 sign_type", "does not contain"),
        (trace, "en-GB,en", "does not contain sign_type", "待签名字符串"),
        (f"{trace}?lang=en", "zh", "The first difference is at letter", "第一处不同"),
    ):
        status, text, _ = page(clinic, f"/doctor/{address}", language)
        assert status == 200 and says in text and silent not in text
        assert "<mark>sign_type=RSA2" in text and "<mark>timestamp=" in text and "sign-type-missing" in text


def test_the_page_trusts_nothing_that_was_sent(clinic: Clinic) -> None:
    trace = wrong(clinic, biz_content=json.dumps({"a": SCRIPT}), prod_code=SCRIPT, app_auth_token=TOKEN)
    assert clinic.kept(trace)
    _, text, answer = page(clinic, f"/doctor/{trace}")
    assert "<script" not in text and "&lt;script&gt;" in text and TOKEN not in text
    policy = (answer.get(b"content-security-policy") or b"").decode()
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert (answer.get(b"cache-control"), answer.get(b"x-frame-options")) == (b"no-store", b"DENY")
    status, text, _ = page(clinic, f"/doctor/{SCRIPT}")
    assert status == 404 and "<script" not in text


def test_the_page_lists_the_latest_cases(clinic: Clinic) -> None:
    assert "最近没有" in page(clinic, "/doctor/")[1]
    traces = [wrong(clinic), wrong(clinic)]
    assert clinic.kept(traces[-1])
    text = page(clinic, "/doctor/")[1]
    assert 0 < text.index(f'href="/doctor/{traces[1]}"') < text.index(f'href="/doctor/{traces[0]}"')


def test_a_notification_has_a_page_too(clinic: Clinic) -> None:
    number = clinic.platform.do(lambda work: owe(work, clinic.app))
    status, text, _ = page(clinic, f"/doctor/{number}", "en")
    assert status == 200 and "has not been sent yet" in text


def owe(work: Work, app: str) -> str:
    """Owe a notification; its number."""
    work.notify(app, "https://shop.example.com/notify", "trade_status_sync", "1", {"trade_no": "1"})
    return work.select(Notice, order="id desc", limit=1)[0].id


def test_answers_lead_to_the_page(clinic: Clinic) -> None:
    request = V3(clinic)
    trace = request.send(request.text()[:-1])
    link = json.loads(request.answer.body)["links"][0]["link"]
    assert clinic.kept(trace) and page(clinic, link.removeprefix("http://127.0.0.1"))[0] == 200
