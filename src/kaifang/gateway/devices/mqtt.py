"""Devices over MQTT: they publish to kaifang/up/DEVICE and are answered at kaifang/down/DEVICE.

At the same place a device is told that something waits for it to be fetched; that alone says nothing, so it does no
harm if it is told twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import urllib.parse
from collections.abc import Coroutine
from typing import Any

import aiomqtt
import msgspec

from kaifang.kernel import Fault

from .hearing import Hearing
from .parcel import pack, unpack

UP, DOWN = "kaifang/up/", "kaifang/down/"
AT_ONCE = 64  # messages under way
AGAIN_SECONDS = 2.0  # after a broker went away
SENT = "devicemessage.send"  # what a device's message is announced by
log = logging.getLogger("kaifang.gateway")


class Waits(msgspec.Struct):
    """What a device is told when something waits for it."""

    device_id: str
    waiting: bool = True


class Mqtt:
    """The platform at a broker; it comes back whenever the broker does."""

    def __init__(self, hearing: Hearing, address: str, shared: bool = False) -> None:
        self.hearing, self.address = hearing, urllib.parse.urlsplit(address)
        self.topic = f"$share/kaifang/{UP}+" if shared else f"{UP}+"  # shared: each message goes to one process
        self.client: aiomqtt.Client | None = None
        self.connected = asyncio.Event()
        self.room = asyncio.Semaphore(AT_ONCE)
        self.tasks: set[asyncio.Task[None]] = set()
        hearing.house.platform.listeners[SENT] = self.nudge
        self.running = asyncio.create_task(self.run())

    async def close(self) -> None:
        """Leave the broker, after what is under way."""
        self.hearing.house.platform.listeners.pop(SENT, None)
        self.running.cancel()
        await asyncio.gather(self.running, *self.tasks, return_exceptions=True)

    async def run(self) -> None:
        """Hear devices, until this is closed."""
        while True:
            try:
                await self.stay()
            except aiomqtt.MqttError as problem:
                log.warning("the MQTT broker at %s is gone: %s", self.address.hostname, problem)
            self.client = None
            self.connected.clear()
            await asyncio.sleep(AGAIN_SECONDS)

    async def stay(self) -> None:
        """Hear devices, as long as the broker is there."""
        secure = self.address.scheme == "mqtts"
        user, password = (urllib.parse.unquote(part or "") for part in (self.address.username, self.address.password))
        async with aiomqtt.Client(
            self.address.hostname or "127.0.0.1", self.address.port or (8883 if secure else 1883),
            username=user or None, password=password or None,
            tls_params=aiomqtt.TLSParameters() if secure else None,
        ) as client:  # fmt: skip
            await client.subscribe(self.topic, qos=1)
            self.client = client
            self.connected.set()
            async for message in client.messages:
                await self.room.acquire()
                device = message.topic.value.removeprefix(UP)
                self.begin(self.answer(device, message.payload), self.room.release)

    def begin(self, doing: Coroutine[Any, Any, None], then: Any = None) -> None:
        """Do something beside what goes on."""
        task = asyncio.get_running_loop().create_task(doing)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        if then is not None:
            task.add_done_callback(lambda _: then())

    async def answer(self, device: str, payload: Any) -> None:
        """Answer a message where its device listens; what does not come from that device is not answered at all."""
        if not isinstance(payload, bytes):
            return
        with contextlib.suppress(Fault):
            if unpack(payload).said.device_id == device:
                body, _ = await self.hearing.answer(payload)
                await self.publish(device, body)

    def nudge(self, device: str) -> None:
        """Tell a device that something waits for it, if it is known which."""
        if device and self.client is not None:
            self.begin(self.tell(device))

    async def tell(self, device: str) -> None:
        """The same, signed."""
        body = msgspec.json.encode(Waits(device))
        await self.publish(device, pack(await self.hearing.house.desk.signature("RSA2", body), body))

    async def publish(self, device: str, body: bytes) -> None:
        """Say something to a device; if the broker is gone meanwhile, the device will ask again."""
        if self.client is not None:
            with contextlib.suppress(aiomqtt.MqttError):
                await self.client.publish(DOWN + device, body, qos=1)
