"""The command line, as its README promises it: what people and scripts read and do beside the SDKs."""

from __future__ import annotations

import base64
import json
import os
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import missing
from cryptography.hazmat.primitives.serialization import load_der_private_key, load_der_public_key
from cryptography.x509 import load_pem_x509_certificates
from tests.wire.town import PROGRAM, USERS_CONSENT, Town, can_listen, free_port, queried

CODE = re.compile(r"2[5-9]\d{14,22}|30\d{14,22}")


def call(town: Town, method: str, app: str = "coffee", **content: Any) -> dict[str, Any]:
    """What `kaifang call` prints."""
    told: dict[str, Any] = json.loads(town.kaifang("call", method, json.dumps(content), "--app", app))
    return told


def order(town: Town, **more: Any) -> dict[str, Any]:
    """An order of 1.50."""
    return {"out_trade_no": town.number("C"), "total_amount": "1.50", "subject": "饼干", **more}


def status(town: Town, out_trade_no: str) -> str:
    """How far a trade of the coffee shop has come."""
    return str(call(town, "alipay.trade.query", out_trade_no=out_trade_no)["trade_status"])


# The world


def test_the_world_has_all_that_an_sdk_is_set_up_with(town: Town) -> None:
    world = town.world
    assert world["gateway_url"] == f"http://{town.host}:{town.ports[0]}/gateway.do"
    assert {app["name"]: app["role"] for app in world["apps"]} == {
        "wallet": "wallet", "house": "operator", "coffee": "merchant", "books": "merchant", "helper": "isv",
        "tea": "merchant",
    }  # fmt: skip
    for app in world["apps"]:
        assert re.fullmatch(r"2021\d{12}", app["app_id"]) and re.fullmatch(r"2088\d{12}", app["pid"])
        assert len(base64.b64decode(app["aes_key"])) == 16
        public = load_der_public_key(base64.b64decode(app["app_public_key"])).public_numbers()
        for form in ("pkcs1", "pkcs8"):
            bare, pem = app[f"private_key_{form}"], app[f"private_key_{form}_pem"]
            assert load_der_private_key(base64.b64decode(bare), None).public_key().public_numbers() == public
            assert "".join(pem.splitlines()[1:-1]) == bare
        platform = load_der_public_key(base64.b64decode(app["platform_public_key"])).public_numbers()
        mine, theirs = (load_pem_x509_certificates(app[name].encode()) for name in ("app_cert", "platform_cert"))
        assert mine[0].public_key().public_numbers() == public
        assert theirs[0].public_key().public_numbers() == platform and len(theirs) == 2
        assert theirs[0].issuer == theirs[1].subject == mine[0].issuer
        assert theirs[1].issuer == load_pem_x509_certificates(app["root_cert"].encode())[0].subject


def test_the_world_has_people(town: Town) -> None:
    anna = town.person("anna")
    assert (anna["name"], anna["logon_id"], anna["pay_password"]) == ("安娜", "anna@example.com", "111111")
    assert re.fullmatch(r"2088\d{12}", anna["user_id"]) and Decimal(anna["balance"]) > 0
    assert anna["open_id"] == anna["open_ids"][town.world["apps"][2]["app_id"]] != anna["user_id"]
    assert {one["id"] for one in town.world["merchants"]} == {"coffee", "books", "helper", "house", "tea"}
    shown = town.kaifang("world")
    assert all(said in shown for said in (town.world["gateway_url"], "anna@example.com", town.app("coffee")["app_id"]))


def test_methods_are_listed_one_a_line(town: Town) -> None:
    told = subprocess.run([*PROGRAM, "methods"], capture_output=True, text=True, check=True).stdout.splitlines()
    assert told == sorted(set(told)) and {"alipay.trade.pay", "kaifang.clock.move"} <= set(told)
    assert "kaifang.cashier.open" not in told, "what only the platform itself calls is nobody else's"


def plain(*words: str) -> str:
    """What a command prints that needs no platform."""
    return subprocess.run([*PROGRAM, *words], capture_output=True, text=True, check=True).stdout


def test_the_manual_names_every_method_field_and_fault() -> None:
    told = "".join(plain("show", line.split()[0]) for line in plain("show").splitlines())
    assert all(f"\n{name}  for " in told for name in plain("methods").split())
    page = plain("show", "agreement")
    assert "NORMAL" in page and "unsign -> UNSIGN" in page and "v3 GET /v3/alipay/user/agreement/query" in page
    assert "* agreement_no" in page and "CYCLE_PAY_DATE_NOT_MATCH: Today nothing is due." in page
    assert "put_off_and_announce: The bookshop puts a deduction off" in page
    one = plain("show", "kaifang.clock.move")
    assert "for operators" in one and "POST /v3/kaifang/clock/move" in one and "CLOCK_TOO_FAR: " in one
    wrong = subprocess.run([*PROGRAM, "show", "nothing"], capture_output=True, text=True)
    assert wrong.returncode == 1 and "agreement" in wrong.stderr


# Buyers


def test_a_code_is_shown_and_pays_once(town: Town) -> None:
    code = town.kaifang("buyer", "code", "安娜").strip()
    assert CODE.fullmatch(code)
    paid = call(town, "alipay.trade.pay", **order(town, scene="bar_code", auth_code=code))
    assert paid["buyer_user_id"] == town.person("anna")["user_id"]
    again = town.run("call", "alipay.trade.pay", json.dumps(order(town, scene="bar_code", auth_code=code)))
    assert again.returncode == 1 and json.loads(again.stdout)["sub_code"] == "ACQ.PAYMENT_AUTH_CODE_INVALID"


def test_whatever_there_is_to_pay_is_paid(town: Town) -> None:
    scanned, page = order(town), order(town, product_code="FAST_INSTANT_TRADE_PAY")
    code = call(town, "alipay.trade.precreate", **scanned)["qr_code"]
    told = json.loads(town.kaifang("buyer", "pay", "anna@example.com", code))
    assert told["done"] and status(town, scanned["out_trade_no"]) == "TRADE_SUCCESS"
    cashier = call(town, "alipay.trade.page.pay", **page)["page"]
    assert cashier.startswith(town.world["base_url"] + "/cashier/")
    card = {"bank_code": "ICBC", "card_no": "6222020000000000099", "kind": "DEBIT", "balance": "10.00"}
    bo = {"user_id": town.person("bo")["user_id"], "name": "李波"}
    card_id = call(town, "kaifang.fund.card.bind", "house", **card, **bo)["card_id"]
    assert json.loads(town.kaifang("buyer", "pay", "bo", cashier, "--channel", card_id))["done"]
    bills = call(town, "alipay.trade.query", out_trade_no=page["out_trade_no"])["fund_bill_list"]
    assert [bill["fund_channel"] for bill in bills] == ["BANKCARD"]


def test_what_cannot_be_paid_is_said(town: Town) -> None:
    asked = order(town, total_amount="90000.00", buyer_id=town.person("bo")["user_id"])
    trade = call(town, "alipay.trade.create", **asked)["trade_no"]
    done = town.run("buyer", "pay", "bo", trade)
    assert (done.returncode, done.stdout) == (1, "") and done.stderr.startswith("kaifang: not paid: ")
    done = town.run("buyer", "pay", "bo", "nonsense")
    assert done.returncode == 1 and "Traceback" not in done.stderr


def test_goods_are_received(town: Town) -> None:
    settle = {"settle_info": {"settle_detail_infos": [{"trans_in_type": "defaultSettle", "amount": "1.50"}]}}
    asked = order(town, buyer_id=town.person("bo")["user_id"], **settle)
    trade = call(town, "alipay.trade.create", "books", **asked)["trade_no"]
    town.kaifang("buyer", "pay", "bo", trade)
    owed = call(town, "alipay.trade.settle.receivables.query", "books", trade_no=trade)
    assert owed["unsettled_amount"] == "1.50"
    town.kaifang("buyer", "confirm", "bo", trade)
    owed = call(town, "alipay.trade.settle.receivables.query", "books", trade_no=trade)
    assert owed["unsettled_amount"] == "0.00"


def test_consent_is_given(town: Town) -> None:
    back = town.kaifang("buyer", "approve", "chen", town.consent(USERS_CONSENT, "books", scope="auth_user")).strip()
    assert back.startswith("https://books.example.com/back?")
    token = call(
        town, "alipay.system.oauth.token", "books", grant_type="authorization_code", code=queried(back)["auth_code"]
    )
    assert token["user_id"] == town.person("chen")["user_id"]
    told = town.kaifang("call", "alipay.user.info.share", "--app", "books", "--auth-token", token["access_token"])
    assert json.loads(told)["user_id"] == token["user_id"]


# What goes wrong


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["buyer", "code", "nobody"], "kaifang: nobody is called nobody; there are anna, bo, "),
        (
            ["call", "alipay.trade.query", "{}", "--app", "nothing"],
            "kaifang: no app is called nothing; there are wallet, ",
        ),
        (["call", "alipay.trade.query", "[1]"], "kaifang: the content is not a JSON object: "),
        (["call", "alipay.trade.page.pay"], "kaifang: the page call was refused: isv.invalid-parameter"),
        (["up", "--workers", "2"], "kaifang: several workers need PostgreSQL: "),
        (["up", "--database", "mysql://here"], "kaifang: not a database address: mysql://here; "),
        (["up", "--port", "1"], "platform.db is in use by another platform; stop that one, or use another --home"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(town: Town, words: list[str], said: str) -> None:
    done = town.run(*words)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr and done.stderr.count("\n") == 1


def test_a_refusal_is_printed_as_json(town: Town) -> None:
    done = town.run("call", "alipay.trade.query", '{"out_trade_no": "nothing"}')
    assert done.returncode == 1 and json.loads(done.stdout)["sub_code"] == "ACQ.TRADE_NOT_EXIST"


def test_where_no_platform_is(tmp_path: Path) -> None:
    environment = {**os.environ, "KAIFANG_HOME": str(tmp_path)}
    done = subprocess.run([*PROGRAM, "world"], capture_output=True, text=True, env=environment)
    assert done.returncode == 1
    assert done.stderr == f"kaifang: there is no world in {tmp_path} yet; start the platform with: kaifang up\n"


def test_whoever_reads_may_have_enough(town: Town) -> None:
    piped = f"{' '.join(PROGRAM)} world --json --home {town.home} | head -1"
    done = subprocess.run(["bash", "-c", piped], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("{\n", "")


# A platform beside the first one: its clock, its books, its end and its return


@pytest.fixture(scope="module")
def other(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A second platform on the same host."""
    other = Town(tmp_path_factory.mktemp("other"), town.host, [free_port(town.host)])
    yield other
    assert other.stop() == 0


def now(town: Town) -> str:
    """What `kaifang clock` says."""
    return str(json.loads(town.kaifang("clock"))["now"])


def test_platforms_side_by_side_share_nothing(town: Town, other: Town) -> None:
    assert {app["private_key_pkcs8"] for app in town.world["apps"]}.isdisjoint(
        app["private_key_pkcs8"] for app in other.world["apps"]
    )
    asked = order(town)
    call(town, "alipay.trade.create", **asked, buyer_id=town.person("bo")["user_id"])
    done = other.run("call", "alipay.trade.query", json.dumps({"out_trade_no": asked["out_trade_no"]}))
    assert json.loads(done.stdout)["sub_code"] == "ACQ.TRADE_NOT_EXIST"


def test_the_clock_is_moved_and_does_what_falls_due(town: Town, other: Town) -> None:
    asked = order(other, timeout_express="10m", buyer_id=other.person("bo")["user_id"])
    call(other, "alipay.trade.create", **asked)
    other.kaifang("clock", "--freeze")
    other.kaifang("clock", "--by", "9m")
    assert status(other, asked["out_trade_no"]) == "WAIT_BUYER_PAY"
    before = now(other)
    other.kaifang("clock", "--by", "1m")
    assert status(other, asked["out_trade_no"]) == "TRADE_CLOSED"
    assert before < now(other) == now(other), "it stands still between commands"
    month = str(datetime.fromisoformat(before) + timedelta(days=30))
    moved = json.loads(other.kaifang("clock", "--to", month))
    assert (moved["now"], moved["stands"]) == (month, True)
    assert json.loads(other.kaifang("clock", "--run"))["stands"] is False
    assert now(town) < month, "the first platform's clock is its own"
    paid = order(other, scene="bar_code", auth_code=other.kaifang("buyer", "code", "anna").strip())
    assert call(other, "alipay.trade.pay", **paid)["gmt_payment"] >= month
    assert other.run("clock", "--to", before).returncode == 1


def test_books_are_proved_running_and_at_rest(other: Town) -> None:
    proof = json.loads(other.kaifang("verify", "--json"))
    assert proof["broken"] is None and proof["entries"] > 0
    assert other.kaifang("verify") == (
        f"whole: {proof['entries']} entries, {proof['accounts']} accounts, every asset sums to zero\n"
    )


def test_it_stops_and_comes_back_as_it_was(other: Town) -> None:
    before, left_at = json.loads(other.kaifang("world", "--json")), now(other)
    assert other.stop() == 0
    assert json.loads(other.kaifang("world", "--json")) == before | {"gateway_url": "", "base_url": ""}
    done = other.run("clock")
    assert done.stderr == f"kaifang: no platform runs from {other.home}; start one with: kaifang up\n"
    other.kaifang("verify")
    other.start()
    assert json.loads(other.kaifang("world", "--json")) == before
    assert now(other) >= left_at


def test_false_books_are_found(other: Town, tmp_path: Path) -> None:
    with sqlite3.connect(other.home / "platform.db") as true, sqlite3.connect(tmp_path / "platform.db") as false:
        true.backup(false)
        false.execute("update entry set legs = replace(legs, '1', '2') where number = 3")
    true.close()
    false.close()
    command = [*PROGRAM, "verify", "--home", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1 and done.stdout.startswith("BROKEN: ")
    done = subprocess.run([*command, "--json"], capture_output=True, text=True)
    assert done.returncode == 1 and json.loads(done.stdout)["broken"]


def test_a_port_that_is_taken_is_said(town: Town, tmp_path: Path) -> None:
    command = [*PROGRAM, "up", "--home", str(tmp_path), "--host", town.host, "--port", str(town.ports[0])]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    at = f"port {town.ports[0]} of {town.host}"
    assert done.stderr == f"kaifang: cannot listen at {at}: Address already in use; choose another --port or --host\n"


def test_on_port_80_no_port_is_named(tmp_path: Path) -> None:
    host = "127.0.80.80"
    if not can_listen(host, 80):
        missing(f"port 80 of {host}", "run as root")
    town = Town(tmp_path, host, [80, free_port(host)])
    try:
        assert town.world["gateway_url"] == "http://127.0.80.80/gateway.do"
        assert call(town, "alipay.trade.precreate", **order(town))["qr_code"].startswith("http://127.0.80.80/qr/")
    finally:
        assert town.stop() == 0
