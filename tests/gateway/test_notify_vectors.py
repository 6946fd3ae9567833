"""Notifications and messages have exactly the bytes that the official clients verified."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qsl

import msgspec
import pytest

from kaifang.gateway.forms import encode_fields, write_urlencoded
from kaifang.gateway.frames import write_frame
from kaifang.gateway.house import House, Settings
from kaifang.gateway.keys import stored_private_key
from kaifang.gateway.seat import SYSTEM, consume, content
from kaifang.kernel.clock import Clock, Moment
from kaifang.kernel.notices import Notice

from .conftest import Town

VECTORS = Path(__file__).parent / "vectors"


def load(name: str) -> dict:
    return json.loads((VECTORS / name).read_text())


TRADE = next(vector for vector in load("v2_node_sdk.json")["vectors"] if vector["name"] == "notify_v1")
MESSAGE, CHANNEL = load("notify.json")["message_api"], load("msg_client.json")


@pytest.fixture
def official(town: Town) -> Town:
    """A town that signs with the key of the vectors."""
    key = stored_private_key(load("keys.json")["gateway_private_pkcs1_pem"])
    who = msgspec.structs.replace(town.who, key=key)
    town.house.close()
    town.house = town.notifier.house = House(town.platform, who, Settings())
    return town


def signed(town: Town, told: dict[str, str], style: str, now: int) -> dict[str, str]:
    """The fields that are sent when a notification says this."""
    ours = {"notify_time", "notify_type", "notify_id", "app_id", "version", "sign_type", "sign", "utc_timestamp",
            "msg_method"}  # fmt: skip
    notice = Notice(
        id=told["notify_id"], app=told["app_id"], url="", style=style, at=0, subject="",
        kind=told.get("notify_type") or told["msg_method"],
        fields={name: value for name, value in told.items() if name not in ours},
    )  # fmt: skip
    town.platform.clock = Clock(frozen_at=now)
    app = town.house.apps.find(town.app)
    assert app is not None
    fields = town.run(town.notifier.signed(notice, app))
    return dict(parse_qsl(write_urlencoded(fields).decode(), strict_parsing=True))


def test_trade_notification(official):
    told = TRADE["params"]
    fields = signed(official, told, "trade", Moment.parse(told["notify_time"]).ms)
    assert fields == told
    assert write_urlencoded(encode_fields({name: fields[name] for name in told})).decode() == TRADE["form_body"]


@pytest.mark.parametrize(("style", "sign"), [("V1", "sign_excluding_sign_type"), ("V2", "sign_including_sign_type")])
def test_message(official, style, sign):
    official.change_app(message_style=style)
    told = MESSAGE["params"]
    fields = signed(official, told, "message", int(told["utc_timestamp"]))
    assert fields == {**told, "sign": MESSAGE[sign]}


def test_frame_of_the_message_channel(official):
    said = json.loads(CHANNEL["signed_text"])
    protocol = json.loads(CHANNEL["consume_frame"].partition("\r\n\r\n")[2])["protocol"]
    text = CHANNEL["signed_text"].partition('"content":')[2][:-1]
    notice = Notice(
        id=protocol["x-msgId"], app=said["header"]["appId"], url="", style="message", kind=said["header"]["msgApi"],
        subject="", fields={"biz_content": text}, at=0,
    )  # fmt: skip
    data = content(notice)
    assert data.decode() == CHANNEL["signed_text"]
    sign = official.run(official.house.desk.signature("RSA2", data))
    told = consume(notice.id, int(protocol["x-timestamp"]), "RSA2", sign)
    assert write_frame({**SYSTEM, "stream-id": "s0000000000001"}, told, data) == CHANNEL["consume_frame"]
