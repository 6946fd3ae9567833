"""A simulated device: it has a key of its own, counts its messages, and talks to the platform as real ones do."""

from __future__ import annotations

import asyncio
import base64
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any, Protocol

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kaifang.gateway.devices.parcel import Said, say, unpack
from kaifang.gateway.identity import write_private
from kaifang.gateway.keys import load_public_key
from kaifang.gateway.signing import verify

from .client import Client, Refused
from .home import Home, Problem

BEAT = "kaifang.iot.device.heartbeat"
TIMEOUT_SECONDS = 30


class Memory(msgspec.Struct):
    """What a device remembers when it is switched off."""

    device_id: str
    key: str  # Ed25519, 32 bytes in base64
    counter: int = 0  # of the last message


class Line(Protocol):
    """A way to the platform and back."""

    def ask(self, raw: bytes) -> bytes:
        """Send a message and wait for its answer."""

    def close(self) -> None:
        """Hang up."""


class Hardware:
    """A device of a merchant's; the first time it is set up as a shop assistant would: registered and bound."""

    def __init__(self, home: Home, kind: str, merchant: str) -> None:
        self.path = home.folder / "devices" / f"{kind.lower()}-{Path(merchant).name}.json"
        self.merchant = Client.of(home, merchant)
        self.public = load_public_key(self.merchant.app["platform_public_key"])
        self.memory = self.remembered() or self.set_up(kind)
        self.line: Line = Http(self.merchant.url)

    def remembered(self) -> Memory | None:
        """What it remembers, if it was set up before."""
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=Memory)
        except FileNotFoundError:
            return None

    def set_up(self, kind: str) -> Memory:
        """Make its key, register it, and bind it to the merchant."""
        key = Ed25519PrivateKey.generate()
        public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
        name = f"{kind}-{public[:12]}"
        asked = {"sn": name, "kind": kind, "model": "kaifang device", "public_key": public}
        device_id = self.merchant.call("kaifang.iot.device.register", asked)["biz_tid"]
        bound = {"device_id_type": "ID", "biz_tid": device_id, "merchant_type": "direct"}
        bound["pid"] = self.merchant.app["pid"]
        self.merchant.call("alipay.merchant.iot.device.bind", bound)
        memory = Memory(device_id=device_id, key=base64.b64encode(key.private_bytes_raw()).decode())
        self.path.parent.mkdir(mode=0o700, exist_ok=True)
        self.remember(memory)
        return memory

    def remember(self, memory: Memory) -> None:
        """Keep it over the night."""
        write_private(self.path, msgspec.json.encode(memory).decode())

    def signed(self, method: str, content: dict[str, Any]) -> bytes:
        """A message with the next counter, which is remembered first: after a power cut it is not used again."""
        self.memory.counter += 1
        self.remember(self.memory)
        said = Said(
            device_id=self.memory.device_id, counter=self.memory.counter, timestamp=time.time_ns() // 1_000_000,
            method=method, content=msgspec.Raw(msgspec.json.encode(content)),
        )  # fmt: skip
        return say(Ed25519PrivateKey.from_private_bytes(base64.b64decode(self.memory.key)), said)

    def ask(self, method: str, /, **content: Any) -> dict[str, Any]:
        """Call a method as this device; raises Refused if its answer is a refusal."""
        parcel = unpack(self.line.ask(self.signed(method, content)))
        if not verify(self.public, parcel.body, parcel.signature):
            raise Problem("an answer came that the platform has not signed")
        told = msgspec.json.decode(parcel.body, type=dict[str, Any])
        if (told["device_id"], told["counter"]) != (self.memory.device_id, self.memory.counter):
            raise Problem("an answer came that was meant for another message")
        if told["code"] not in ("10000", "10003"):
            raise Refused({name: told.get(name, "") for name in ("code", "sub_code", "sub_msg")})
        return {**told.get("content", {}), "code": told["code"]}


class Http:
    """The way over HTTP."""

    def __init__(self, url: str) -> None:
        self.url = f"{url}/devices/messages"

    def ask(self, raw: bytes) -> bytes:
        """Send a message and wait for its answer."""
        request = urllib.request.Request(self.url, raw, {"accept-language": "en", "content-type": "text/plain"})
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as refusal:
            return refusal.read()
        except urllib.error.URLError as problem:
            raise Problem(f"no answer from {self.url}: {problem.reason}") from None

    def close(self) -> None:
        """There is nothing to hang up."""


class Mqtt:
    """The way over MQTT: one connection, on which the device signs in with a heartbeat."""

    def __init__(self, device: Hardware, where: str) -> None:
        self.runner, self.device_id = asyncio.Runner(), device.memory.device_id
        address = urllib.parse.urlsplit(f"mqtt://127.0.0.1:{where}" if where.isdecimal() else where)
        try:
            self.runner.run(self.connect(address, device.signed(BEAT, {}).decode()))
        except BaseException:
            self.runner.close()
            raise

    async def connect(self, address: urllib.parse.SplitResult, password: str) -> None:
        """Sign in, and listen for answers."""
        try:
            import aiomqtt
        except ImportError:
            raise Problem("MQTT needs its client: pip install 'kaifang[devices]'") from None
        self.client = aiomqtt.Client(
            address.hostname or "127.0.0.1", address.port or 1883, username=self.device_id, password=password
        )
        try:
            await self.client.__aenter__()
            await self.client.subscribe(f"kaifang/down/{self.device_id}", qos=1)
        except aiomqtt.MqttError as problem:
            raise Problem(f"no way in at {address.hostname}:{address.port}: {problem}") from None

    def ask(self, raw: bytes) -> bytes:
        """Send a message and wait for its answer."""
        return self.runner.run(self.exchange(raw))

    async def exchange(self, raw: bytes) -> bytes:
        """The same; what the platform says of itself meanwhile is no answer."""
        await self.client.publish(f"kaifang/up/{self.device_id}", raw, qos=1)
        async with asyncio.timeout(TIMEOUT_SECONDS):
            async for message in self.client.messages:
                if isinstance(message.payload, bytes) and b'"counter":' in message.payload:
                    return message.payload
        raise Problem("the line is dead")

    def close(self) -> None:
        """Hang up."""
        self.runner.run(self.client.__aexit__(None, None, None))
        self.runner.close()
