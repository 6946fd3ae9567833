"""Hearing devices over MQTT: at a broker in this process, or at another one."""

from __future__ import annotations

import importlib.util
import os
from typing import Any

from kaifang.gateway.devices import Hearing

from .home import Problem

SCHEMES = ("mqtt://", "mqtts://")


def reason(problem: OSError) -> str:
    """Why a port cannot be had, in the system's words."""
    known = (problem.errno or 0) > 0  # of no host it is negative
    return os.strerror(problem.errno) if known else problem.strerror


class Line:
    """The platform's MQTT, if there is to be any: `where` is a port to listen at, or the address of a broker."""

    def __init__(self, hearing: Hearing, where: str, host: str, shared: bool = False) -> None:
        self.hearing, self.where, self.host, self.shared = hearing, where, host, shared
        self.parts: list[Any] = []  # what is to be closed, the last first

    async def open(self) -> None:
        """Begin to hear devices."""
        if not self.where:
            return
        if not importlib.util.find_spec("aiomqtt") or not importlib.util.find_spec("amqtt"):
            raise Problem("MQTT needs its client and broker: pip install 'kaifang[devices]'")
        from kaifang.gateway.devices.broker import Broker
        from kaifang.gateway.devices.mqtt import Mqtt

        address = self.where
        if address.isdecimal():
            broker = Broker(self.hearing, self.host, int(address))
            try:
                await broker.start()
            except OSError as problem:
                at, cure = f"port {address} of {self.host}", "choose another --mqtt (with make: MQTT=...)"
                raise Problem(f"cannot listen for devices at {at}: {reason(problem)}; {cure}") from None
            self.parts.append(broker)
            address = broker.address
        elif not address.startswith(SCHEMES):
            raise Problem(f"not a port nor a broker: {address}; write 1883 or mqtt://user:password@host")
        self.parts.append(Mqtt(self.hearing, address, shared=self.shared))

    async def close(self) -> None:
        """Hear devices no longer."""
        for part in reversed(self.parts):
            await part.close()
