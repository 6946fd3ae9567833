"""The simulated till and face terminal, as `kaifang device` plays them against a running platform."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.wire.town import PROGRAM, Town, free_port, own_host


@pytest.fixture(scope="module")
def port() -> int:
    """Where devices are heard by MQTT."""
    return free_port(own_host())


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[Town]:
    """A platform of its own, with a front before it and a broker in it."""
    host = own_host()
    town = Town(tmp_path_factory.mktemp("shops"), host, [free_port(host)], "--mqtt", str(port), "--fronts", "1")
    yield town
    assert town.stop() == 0, town.log.read_text()


@pytest.fixture(params=["http", "mqtt"])
def way(request: pytest.FixtureRequest, port: int) -> list[str]:
    """How the device talks to the platform."""
    return ["--mqtt", f"mqtt://{own_host()}:{port}"] if request.param == "mqtt" else []


def sold(said: str) -> tuple[str, dict[str, Any]]:
    """What stood on the screen, and the payment."""
    screen, _, answer = said.partition("{\n")
    return screen, json.loads("{" + answer)


def call(town: Town, method: str, **content: Any) -> dict[str, Any]:
    """What the coffee shop is answered."""
    told: dict[str, Any] = json.loads(town.kaifang("call", method, json.dumps(content), "--app", "coffee"))
    return told


def test_a_till_sells_says_and_prints_it(shops: Town, way: list[str]) -> None:
    before = shops.balance("anna")
    screen, paid = sold(shops.kaifang("device", "till", "anna", "--amount", "8.80", *way))
    assert paid["total_amount"] == "8.80" and paid["trade_no"] in screen
    assert "voice   支付宝到账8.80元" in screen and f"print   {paid['out_trade_no']}" in screen
    assert shops.balance("anna") == before - Decimal("8.80")
    assert call(shops, "alipay.trade.query", trade_no=paid["trade_no"])["trade_status"] == "TRADE_SUCCESS"


def test_a_till_says_what_was_paid_and_what_a_voucher_took_off(shops: Town) -> None:
    send = {"quantity": 9, "publish_end_time": str(datetime.now() + timedelta(days=5))[:19]}
    made = call(
        shops, "alipay.marketing.activity.voucher.create", out_biz_no="a1",
        voucher_deduct_info={"voucher_type": "FIX_VOUCHER", "fix_voucher_info": {"amount": "3.00"}},
        voucher_send_mode_info={"delivery_channel_list": ["PREFER_CHANNEL"], "voucher_send_rule_info": send},
        voucher_use_rule_info={"voucher_use_time_info": {
            "period_type": "RELATIVE", "relative_period_info": {"valid_days_after_receive": 9}}},
    )["activity_id"]  # fmt: skip
    call(shops, "alipay.marketing.activity.voucher.publish", activity_id=made, out_biz_no="p1")
    shops.buyer("chen").ask("kaifang.voucher.claim", activity_id=made)
    screen, paid = sold(shops.kaifang("device", "till", "chen", "--amount", "8.80"))
    assert "paid    5.80 (8.80 less 3.00) by" in screen
    assert f"print   {paid['out_trade_no']}  5.80 (8.80 less 3.00)" in screen


def test_a_terminal_sells_by_face_and_makes_a_member(shops: Town, way: list[str]) -> None:
    person, number = ("bo", "r2") if way else ("anna", "r1")
    unknown = shops.run("device", "face", person, *way)
    assert unknown.returncode == 1 and "FACE_UNKNOWN" in unknown.stdout
    style = {"card_show_name": "咖啡会员"}
    card = {"request_id": number, "card_type": "OUT_MEMBER_CARD", "biz_no_suffix_len": "10", "write_off_type": "qrcode"}
    call(shops, "alipay.marketing.card.template.create", **card, template_style_info=style)
    screen, paid = sold(shops.kaifang("device", "face", person, "--enrol", "--join", "--amount", "9.00", *way))
    assert paid["buyer_user_id"] == shops.person(person)["user_id"]
    assert "hello   *" in screen and "member  咖啡会员" in screen
    held = shops.buyer(person).ask("kaifang.card.held")["cards"]
    assert "咖啡会员" in [one["title"] for one in held]


def test_a_buyer_who_does_not_confirm_has_bought_nothing(shops: Town) -> None:
    said = shops.run("device", "till", "anna", "--amount", "2000.00", "--patience", "0")
    assert said.returncode == 1 and "is cancelled" in said.stderr
    number = said.stderr.split("the order ")[1].split()[0]
    assert call(shops, "alipay.trade.query", out_trade_no=number)["trade_status"] == "TRADE_CLOSED"


def test_a_copied_device_is_found_out_and_a_revoked_one_refused(shops: Town) -> None:
    shops.kaifang("device", "till", "anna", "--merchant", "books")
    memory = shops.home / "devices" / "till-books.json"
    assert memory.stat().st_mode & 0o077 == 0, "a device's key is nobody else's"
    shutil.copy(memory, shops.home / "copy.json")
    shops.kaifang("device", "till", "anna", "--merchant", "books")
    shutil.copy(shops.home / "copy.json", memory)
    assert "DEVICE_CLONED" in shops.run("device", "till", "anna", "--merchant", "books").stdout
    number = json.loads(memory.read_text())["device_id"]
    shops.kaifang("call", "kaifang.iot.device.revoke", json.dumps({"biz_tid": number}), "--app", "books")
    assert "DEVICE_REVOKED" in shops.run("device", "till", "anna", "--merchant", "books").stdout


def test_a_wrong_broker_is_told(shops: Town) -> None:
    said = shops.run("device", "till", "anna", "--mqtt", "1")
    assert said.returncode == 1 and said.stderr.startswith("kaifang: no way in at 127.0.0.1:1")


@pytest.mark.parametrize(
    ("where", "told"),
    [("taken", "Address already in use; choose another --mqtt"), ("a.example.com", "not a port nor a broker")],
)
def test_where_no_device_can_be_heard_is_told(shops: Town, port: int, where: str, told: str) -> None:
    words = ["--host", shops.host, "--port", str(free_port(shops.host)), "--home", str(shops.home / where)]
    words += ["--mqtt", str(port) if where == "taken" else where]
    said = subprocess.run([*PROGRAM, "up", *words], capture_output=True, text=True, timeout=60)
    assert said.returncode == 1 and told in said.stderr, said.stderr
