"""Hearing a device: its message is verified, believed once, and carried out as a call for its merchant."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from kaifang.kernel import MINUTE, Fault, Shape, Work
from kaifang.kernel.clock import wall
from kaifang.kernel.method import allow, methods, perform, read_request
from kaifang.kernel.queue import Busy
from kaifang.kernel.shape import encode

from .. import codes
from ..house import House
from .parcel import Answered, Parcel, Said, pack, unpack

WINDOW = 10 * MINUTE  # how old or early a message may be


class Order(msgspec.Struct, gc=False):
    """A device's message in its unit of work, in whichever process that is: believed first, then carried out.

    A refusal of the call is an outcome here: the message was heard all the same, and is not believed again.
    """

    admit: dict[str, Any]  # what is asked of the admission
    ask: Shape

    def __call__(self, work: Work) -> Shape | Fault:
        """Do it."""
        found = work.ask("kaifang.iot.device.admit", **self.admit)
        try:
            with work.attempt() as part:
                if found.cloned:  # which is noted by now; asked again, it says so
                    part.ask("kaifang.iot.device.admit", **self.admit)
                acting = part.acting(
                    role="device", device=self.admit["device_id"], merchant=found.merchant, app=found.app,
                    auth_app=found.auth_app, open_ids=found.open_ids,
                )  # fmt: skip
                method = methods[self.admit["method"]]
                allow(method, acting.caller)
                return perform(method, acting, self.ask)
        except Fault as refusal:
            return refusal


class Hearing:
    """Answers what devices say, whichever way it came."""

    def __init__(self, house: House) -> None:
        self.house = house

    async def answer(self, raw: bytes, language: str = "zh") -> tuple[bytes, Fault | None]:
        """The signed answer to a message, and the refusal if it is one."""
        said, outcome = Said(device_id="", counter=0, timestamp=0, method=""), None
        try:
            parcel = unpack(raw)
            said = parcel.said
            outcome = await self.outcome(parcel, said)
        except Exception as problem:  # noqa: BLE001 - answered with its cure, or with a reference that finds it
            outcome = self.house.refusal(problem, self.house.new_trace())
        body = msgspec.json.encode(self.told(said, outcome, language))
        refusal = outcome if isinstance(outcome, Fault) else None
        return pack(await self.house.desk.signature("RSA2", body), body), refusal

    async def outcome(self, parcel: Parcel, said: Said) -> Shape | Fault:
        """What comes of a message."""
        method = self.house.method(said.method)
        device = {"device_id": said.device_id}
        key = self.house.platform.read(lambda work: work.ask("kaifang.iot.device.key", **device)).public_key
        if not parcel.is_from(key):
            raise codes.INVALID_SIGN(device_id=said.device_id)
        now = self.house.platform.clock.now()
        # A sandbox's clock is moved while its devices' are not: either clock may vouch for the message.
        late = min(abs(said.timestamp - wall()), abs(said.timestamp - now)) > WINDOW
        admit = device | {
            "method": said.method, "counter": said.counter, "signed": said.timestamp, "late": late,
            "digest": hashlib.sha256(parcel.body).hexdigest(), "public_key": key,
        }  # fmt: skip
        order = Order(admit, read_request(method, bytes(said.content)))
        try:
            return await self.house.platform.run(order)
        except Busy:
            raise codes.BUSY() from None

    def told(self, said: Said, outcome: Shape | Fault, language: str) -> Answered:
        """What a device is answered."""
        head = {
            "device_id": said.device_id, "counter": said.counter, "timestamp": self.house.platform.clock.now()
        }  # fmt: skip
        if isinstance(outcome, Fault):
            code, kind = codes.v2_code(outcome.kind)[0], outcome.kind.code
            return Answered(code=code, sub_code=kind, sub_msg=outcome.says(language), **head)
        return Answered(code=getattr(outcome, "CODE", "10000"), content=msgspec.Raw(encode(outcome)), **head)
