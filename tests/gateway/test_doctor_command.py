"""The command `kaifang doctor`, against a platform that runs, and mistakes made with unmodified clients."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.wire.town import Town, free_port, own_host

from kaifang.cli import main
from kaifang.cli.client import Client, Refused
from kaifang.gateway.keys import export_private_key, new_private_key


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A platform in a process of its own."""
    host = own_host()
    town = Town(tmp_path_factory.mktemp("town"), host, [free_port(host)])
    yield town
    assert town.stop() == 0, town.log.read_text()


def refused_trace(town: Town, private_key: str) -> str:
    """The trace of a call that the coffee shop signs with this key; it stands in the refusal."""
    coffee = next(app for app in town.world["apps"] if app["name"] == "coffee")
    client = Client(town.world["base_url"], {**coffee, "private_key_pkcs8": private_key})
    with pytest.raises(Refused) as refusal:
        client.call("alipay.trade.query", {"out_trade_no": "1"})
    assert refusal.value.told["sub_code"] == "isv.invalid-signature"
    return str(refusal.value.told["sub_msg"]).partition("trace: ")[2].partition(")")[0]


def test_a_call_is_explained_in_both_languages(town: Town) -> None:
    trace = refused_trace(town, export_private_key(new_private_key())["pkcs8_base64"])
    said = town.kaifang("doctor", trace)
    assert "key-unknown (likely)" in said and "不是一对" in said and "are no pair" in said
    assert "app_id=" in said.partition("The platform checked:")[2]
    told: dict[str, Any] = json.loads(town.kaifang("doctor", trace, "--json"))
    assert told["trace"] == trace and told["causes"][0]["code"] == "key-unknown"


def test_the_key_of_another_app_is_recognised(town: Town) -> None:
    books = next(app for app in town.world["apps"] if app["name"] == "books")
    assert "key-of-stranger (certain)" in town.kaifang("doctor", refused_trace(town, books["private_key_pkcs8"]))


def test_without_a_number_the_latest_calls_are_listed(town: Town) -> None:
    trace = refused_trace(town, export_private_key(new_private_key())["pkcs8_base64"])
    listed = json.loads(town.kaifang("doctor", "--json"))["cases"]
    assert listed[0]["trace"] == trace and listed[0]["method"] == "alipay.trade.query"
    assert trace in town.kaifang("doctor")


def test_the_doctors_methods_are_listed_like_all_others(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["methods"])
    assert not left.value.code
    assert {"kaifang.doctor.explain", "kaifang.doctor.list"} <= set(capsys.readouterr().out.split())
