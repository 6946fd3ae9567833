"""The same command line before two processes: whichever of them answers, it is one platform."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.wire.town import PROGRAM, USERS_CONSENT, Town, free_port, own_host, queried


@pytest.fixture(params=["--workers", "--fronts"])
def crew(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """Workers on PostgreSQL, or fronts on SQLite, whose home is the one that commands work on unless told another."""
    host = own_host()
    database = ["--database", request.getfixturevalue("postgres_url")] if request.param == "--workers" else []
    crew = Town(tmp_path, host, [free_port(host)], *database, request.param, "2")
    monkeypatch.setenv("KAIFANG_HOME", str(crew.home))
    yield crew
    assert crew.stop() == 0


def call(crew: Town, method: str, app: str = "coffee", **content: Any) -> dict[str, Any]:
    """What `kaifang call` prints."""
    told: dict[str, Any] = json.loads(crew.kaifang("call", method, json.dumps(content), "--app", app))
    return told


def test_two_workers_are_one_platform(crew: Town, small_sdk: Path) -> None:
    pays_at_a_till(crew)
    confirms_a_receipt(crew)
    consents(crew)
    moves_the_clock(crew)
    explains_and_proves(crew)
    plays_the_demos(small_sdk)
    remembers_its_database(crew)


def pays_at_a_till(crew: Town) -> None:
    code = crew.kaifang("buyer", "code", "anna").strip()
    order = {"out_trade_no": "till-1", "total_amount": "28.00", "subject": "Coffee", "scene": "bar_code"}
    assert call(crew, "alipay.trade.pay", **order, auth_code=code)["total_amount"] == "28.00"
    left = Decimal(crew.person("anna")["balance"]) - 28
    people = json.loads(crew.kaifang("world", "--json"))["consumers"]
    assert people[0] == crew.person("anna") | {"balance": str(left)}
    order = {"out_trade_no": "counter-1", "total_amount": "1.00", "subject": "Bun"}
    scanned = call(crew, "alipay.trade.precreate", **order)["qr_code"]
    assert json.loads(crew.kaifang("buyer", "pay", "bo", scanned))["done"] is True


def confirms_a_receipt(crew: Town) -> None:
    settle = {"settle_info": {"settle_detail_infos": [{"trans_in_type": "defaultSettle", "amount": "5.00"}]}}
    order = {"out_trade_no": "held-1", "total_amount": "5.00", "subject": "Beans", **settle}
    trade = call(crew, "alipay.trade.create", **order, buyer_id=crew.person("bo")["user_id"])["trade_no"]
    crew.kaifang("buyer", "pay", "bo", trade)
    for owed in ("5.00", "0.00"):
        told = call(crew, "alipay.trade.settle.receivables.query", trade_no=trade)
        assert told["unsettled_amount"] == owed
        if owed == "5.00":
            crew.kaifang("buyer", "confirm", "bo", trade)


def consents(crew: Town) -> None:
    back = crew.kaifang("buyer", "approve", "chen", crew.consent(USERS_CONSENT, "coffee", scope="auth_user")).strip()
    asked = {"grant_type": "authorization_code", "code": queried(back)["auth_code"]}
    assert call(crew, "alipay.system.oauth.token", **asked)["user_id"] == crew.person("chen")["user_id"]


def moves_the_clock(crew: Town) -> None:
    order = {"out_trade_no": "late-1", "total_amount": "1.00", "subject": "Bun", "timeout_express": "10m"}
    call(crew, "alipay.trade.create", **order, buyer_id=crew.person("bo")["user_id"])
    before = json.loads(crew.kaifang("clock"))["now"]
    assert json.loads(crew.kaifang("clock", "--by", "11m"))["now"] > before
    for _ in range(4):  # whoever of the two answers
        assert call(crew, "alipay.trade.query", out_trade_no="late-1")["trade_status"] == "TRADE_CLOSED"


def explains_and_proves(crew: Town) -> None:
    assert crew.kaifang("doctor") == "no call failed verification lately\n"
    proof = json.loads(crew.kaifang("verify", "--json"))
    assert proof["broken"] is None and proof["entries"] >= 30


def plays_the_demos(small_sdk: Path) -> None:
    packages = os.pathsep.join([str(small_sdk), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    environment = {**os.environ, "PYTHONPATH": packages}
    for scenario, last in (("first", "6/6"), ("supermarket", "12/12")):
        done = subprocess.run([*PROGRAM, "demo", scenario], capture_output=True, text=True, env=environment)
        assert done.returncode == 0 and last in done.stdout, done.stdout + done.stderr


def remembers_its_database(crew: Town) -> None:
    before = json.loads(crew.kaifang("world", "--json"))
    assert crew.stop() == 0
    assert json.loads(crew.kaifang("world", "--json")) == before | {"gateway_url": "", "base_url": ""}
    assert crew.kaifang("verify").startswith("whole: ")
    crew.command = [word for word in crew.command if not word.startswith("postgresql") and word != "--database"]
    crew.start()
    assert json.loads(crew.kaifang("world", "--json")) == before
