"""The door for devices: what is replayed, cloned, revoked, forged or late is not believed, and changes nothing."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from tests.town import DEVICE_KEYS, SECRETS

from kaifang.gateway import codes
from kaifang.gateway.devices import Hearing, open_devices
from kaifang.gateway.devices.parcel import Said, pack, say, unpack
from kaifang.gateway.door import Door
from kaifang.gateway.keys import load_public_key
from kaifang.gateway.local import ask as ask_door
from kaifang.gateway.signing import verify
from kaifang.kernel import HOUR, MINUTE, Caller
from kaifang.kernel.ids import Chance

from .conftest import Town

BEAT = "kaifang.iot.device.heartbeat"


class Shop:
    """The coffee shop with a till, and what the till's key signs."""

    def __init__(self, town: Town) -> None:
        self.town, self.counter = town, 0
        self.door = Door(town.house)
        open_devices(self.door, Hearing(town.house))
        self.public = load_public_key(town.who.public_key["spki_base64"])
        coffee, app = town.known["coffee"], town.known["coffee.app"]
        self.merchant = Caller(app=app, auth_app=app, role="merchant", merchant=coffee)
        self.till = self.ask("kaifang.iot.device.register", sn="T", kind="TILL", public_key=DEVICE_KEYS[0]).biz_tid
        self.ask("alipay.merchant.iot.device.bind", biz_tid=self.till, pid=coffee)

    def ask(self, method: str, /, **fields: Any) -> Any:
        """What the merchant asks."""
        return self.town.platform.do(lambda work: work.ask(method, **fields), self.merchant)

    def message(self, method: str = BEAT, /, *, key: int = 0, counter: int = 0, ago: int = 0, **content: Any) -> bytes:
        """A message signed with the till's key, or the next one."""
        self.counter += 1
        said = Said(
            device_id=self.till, counter=counter or self.counter, timestamp=self.town.platform.clock.now() - ago,
            method=method, content=msgspec.Raw(msgspec.json.encode(content)),
        )  # fmt: skip
        return say(SECRETS[key], said)

    def hear(self, raw: bytes) -> dict[str, Any]:
        """The answer, which the platform has signed."""
        answer = self.town.run(ask_door(self.door, "POST", b"/devices/messages", (), raw))
        parcel = unpack(answer.body)
        assert verify(self.public, parcel.body, parcel.signature)
        told: dict[str, Any] = json.loads(parcel.body)
        assert (answer.status == 200) == (told["code"] in ("10000", "10003"))
        return told

    def refused(self, raw: bytes) -> str:
        """The code of the refusal that a message meets."""
        return str(self.hear(raw).get("sub_code"))

    @property
    def state(self) -> str:
        """What the platform thinks of the till."""
        return str(self.ask("kaifang.iot.device.read", biz_tid=self.till).state)

    def pay(self, number: str, **more: Any) -> bytes:
        """An order for eight yuan that anna pays."""
        wallet = Caller(app=self.town.known["wallet.app"], role="wallet", user=self.town.known["anna"])
        made = self.town.platform.do(lambda work: work.ask("kaifang.fund.code.create"), wallet)
        order = {"out_trade_no": number, "auth_code": made.auth_code, "total_amount": "8.00", "subject": "茶"}
        return self.message("alipay.trade.pay", **order, **more)

    @property
    def money(self) -> str:
        """What the merchant has."""
        who = Caller(app=self.town.known["wallet.app"], role="wallet", user=self.town.known["coffee"])
        return str(self.town.platform.do(lambda work: work.ask("kaifang.wallet.balance"), who).available)


@pytest.fixture
def shop(town: Town) -> Iterator[Shop]:
    """A shop with a till."""
    yield Shop(town)


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
