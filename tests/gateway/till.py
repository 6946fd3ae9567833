"""A coffee shop with a till, and messages signed with the till's key, or with that of its clone."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from tests.town import DEVICE_KEYS, SECRETS

from kaifang.gateway.devices import Hearing, open_devices
from kaifang.gateway.devices.parcel import Said, say, unpack
from kaifang.gateway.door import Door
from kaifang.gateway.keys import load_public_key
from kaifang.gateway.local import ask as ask_door
from kaifang.gateway.signing import verify
from kaifang.kernel import Caller

from .conftest import Town

BEAT = "kaifang.iot.device.heartbeat"


class Shop:
    """The coffee shop with a till, and what the till's key signs."""

    def __init__(self, town: Town) -> None:
        self.town, self.counter = town, 0
        self.door, self.hearing = Door(town.house), Hearing(town.house)
        open_devices(self.door, self.hearing)
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
        told = self.verified(answer.body)
        assert (answer.status == 200) == (told["code"] in ("10000", "10003"))
        return told

    def verified(self, raw: bytes) -> dict[str, Any]:
        """What the platform says, which it has signed."""
        parcel = unpack(raw)
        assert verify(self.public, parcel.body, parcel.signature)
        told: dict[str, Any] = json.loads(parcel.body)
        return told

    def refused(self, raw: bytes) -> str:
        """The code of the refusal that a message meets."""
        return str(self.hear(raw).get("sub_code"))

    @property
    def state(self) -> str:
        """What the platform thinks of the till."""
        return str(self.ask("kaifang.iot.device.read", biz_tid=self.till).state)

    def code(self) -> str:
        """A code that anna pays with."""
        wallet = Caller(app=self.town.known["wallet.app"], role="wallet", user=self.town.known["anna"])
        made = self.town.platform.do(lambda work: work.ask("kaifang.fund.code.create"), wallet)
        return str(made.auth_code)

    def pay(self, number: str, code: str = "") -> bytes:
        """An order for eight yuan that anna pays."""
        order = {"out_trade_no": number, "auth_code": code or self.code(), "total_amount": "8.00", "subject": "茶"}
        return self.message("alipay.trade.pay", **order)

    @property
    def money(self) -> str:
        """What the merchant has."""
        who = Caller(app=self.town.known["wallet.app"], role="wallet", user=self.town.known["coffee"])
        return str(self.town.platform.do(lambda work: work.ask("kaifang.wallet.balance"), who).available)
