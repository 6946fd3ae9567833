"""The door for devices: what is replayed, cloned, revoked, forged or late is not believed, and changes nothing."""

from __future__ import annotations

import base64
import json

import pytest
from tests.town import DEVICE_KEYS

from kaifang.gateway import codes
from kaifang.gateway.devices.parcel import pack, unpack
from kaifang.gateway.local import ask as ask_door
from kaifang.kernel import HOUR, MINUTE
from kaifang.kernel.ids import Chance

from .conftest import Town
from .till import Shop


@pytest.fixture
def shop(town: Town) -> Shop:
    """A shop with a till."""
    return Shop(town)


def test_a_till_takes_money_for_its_merchant(shop: Shop) -> None:
    told = shop.hear(shop.pay("one"))
    assert (told["code"], told["content"]["total_amount"]) == ("10000", "8.00")
    assert (told["device_id"], told["counter"]) == (shop.till, shop.counter)
    assert shop.money == "1008.00"


def test_a_replay_is_refused_and_moves_nothing(shop: Shop) -> None:
    raw = shop.pay("one")
    shop.hear(raw)
    before = shop.money
    assert shop.refused(raw) == "MESSAGE_REPLAYED"
    shop.hear(shop.message())
    assert shop.refused(raw) == "MESSAGE_REPLAYED", "with the counter gone on"
    assert (shop.money, shop.state) == (before, "ACTIVE")


def test_what_comes_late_says_nothing_about_the_device(shop: Shop) -> None:
    late = shop.message(ago=MINUTE)
    shop.hear(shop.message())
    assert shop.refused(late) == "MESSAGE_REPLAYED"
    assert shop.refused(shop.message(ago=HOUR)) == "MESSAGE_STALE"
    assert shop.state == "ACTIVE"


def test_a_refused_call_was_heard_all_the_same(shop: Shop) -> None:
    raw = shop.message("alipay.trade.query", out_trade_no="nothing")
    assert shop.refused(raw) == "ACQ.TRADE_NOT_EXIST"
    assert shop.refused(raw) == "MESSAGE_REPLAYED"


def test_a_clone_is_found_by_its_first_message(shop: Shop) -> None:
    """Whoever copied the till's memory counts on from where the copy was made."""
    for _ in range(5):
        shop.hear(shop.message())
    assert shop.refused(shop.message(counter=3, software="stolen")) == "DEVICE_CLONED"
    assert shop.state == "CLONED"
    assert shop.refused(shop.pay("one")) == "DEVICE_CLONED", "the right one is not believed either"


def test_the_right_device_is_found_out_when_the_clone_was_ahead(shop: Shop) -> None:
    shop.hear(shop.message())
    shop.hear(shop.message(counter=50, software="stolen"))
    assert shop.refused(shop.message(ago=-1)) == "DEVICE_CLONED"
    assert shop.state == "CLONED"


def test_a_new_key_brings_it_back(shop: Shop) -> None:
    shop.hear(shop.message())
    shop.hear(shop.message(counter=1, software="stolen"))
    shop.ask("kaifang.iot.device.rekey", biz_tid=shop.till, public_key=DEVICE_KEYS[1])
    assert shop.refused(shop.message()) == "isv.invalid-signature", "the old key is worth nothing"
    assert shop.hear(shop.message(key=1, counter=1))["code"] == "10000"


def test_a_revoked_device_is_refused(shop: Shop) -> None:
    raw = shop.pay("one")
    shop.ask("kaifang.iot.device.revoke", biz_tid=shop.till)
    before = shop.money
    assert shop.refused(raw) == "DEVICE_REVOKED"
    assert shop.money == before


def test_nobody_else_speaks_for_a_device(shop: Shop) -> None:
    raw = shop.pay("one")
    assert shop.refused(shop.message(key=1)) == "isv.invalid-signature"
    parcel = unpack(raw)
    assert (
        shop.refused(pack(parcel.signature.decode(), parcel.body.replace(b"8.00", b"9.00"))) == "isv.invalid-signature"
    )
    assert shop.refused(pack("not base64!", parcel.body)) == "isv.invalid-signature"
    assert shop.refused(pack(base64.b64encode(b"short").decode(), parcel.body)) == "isv.invalid-signature"
    assert shop.hear(raw)["code"] == "10000"


def test_what_is_no_message_is_told_so(shop: Shop) -> None:
    chance = Chance(7)
    for raw in (b"", b"\n", b"x", b"sign\n", b"sign\n{}", b"sign\n[]", b"\xff\n\xff", b"s\n" + b"x" * 70_000):
        assert shop.refused(raw) == codes.ILLEGAL_FORM.code, raw[:20]
    for wrong in ({"counter": 0}, {"counter": 2**70}, {"timestamp": -1}, {"device_id": "\0"}, {"device_id": "1" * 99}):
        told = {"device_id": shop.till, "counter": 1, "timestamp": 1, "method": "m"} | wrong
        assert shop.refused(b"sign\n" + json.dumps(told).encode()) == codes.ILLEGAL_FORM.code, wrong
    good = shop.message()
    for _ in range(200):
        at = chance.below(len(good))
        bad = good[:at] + bytes([good[at] ^ (1 + chance.below(255))]) + good[at + 1 :]
        assert shop.hear(bad)["code"] != "10000", bad
    assert shop.hear(good)["code"] == "10000"


def test_a_device_does_only_what_it_is_there_for(shop: Shop) -> None:
    assert (
        shop.refused(shop.message("alipay.trade.refund", out_trade_no="x", refund_amount="1"))
        == "METHOD_NOT_FOR_DEVICE"
    )
    assert shop.refused(shop.message("alipay.no.such.method")) == "isv.invalid-method"
    assert shop.refused(shop.message("alipay.trade.pay", subject=[])) == "isv.invalid-parameter"
    answer = shop.town.run(ask_door(shop.door, "GET", b"/devices/messages"))
    assert answer.status == 405
