"""Devices over MQTT: at the broker inside the platform, and at mosquitto."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiomqtt
import pytest

from kaifang.gateway.devices.broker import Broker
from kaifang.gateway.devices.mqtt import DOWN, UP, Mqtt

from .conftest import Town
from .till import Shop


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Line:
    """A till on its MQTT connection."""

    def __init__(self, shop: Shop, client: aiomqtt.Client) -> None:
        self.shop, self.client = shop, client

    async def say(self, raw: bytes) -> None:
        """Send a message."""
        await self.client.publish(UP + self.shop.till, raw, qos=1)

    async def heard(self, seconds: float = 5) -> dict[str, Any]:
        """The next thing that the platform says."""
        async with asyncio.timeout(seconds):
            async for message in self.client.messages:
                assert message.topic.value == DOWN + self.shop.till
                return self.shop.verified(bytes(message.payload))
        raise AssertionError("the line is dead")

    async def ask(self, raw: bytes) -> dict[str, Any]:
        """Send a message and wait for the answer."""
        await self.say(raw)
        return await self.heard()


class Wire:
    """A broker, the platform at it, and how a till gets there."""

    def __init__(self, shop: Shop, port: int, address: str, own: Broker | None) -> None:
        self.shop, self.port, self.address, self.own = shop, port, address, own

    @contextlib.asynccontextmanager
    async def served(self) -> AsyncIterator[Mqtt]:
        """The platform hears devices as long as this lasts."""
        if self.own is not None:
            await self.own.start()
        mqtt = Mqtt(self.shop.hearing, self.address, shared=self.own is None)
        try:
            async with asyncio.timeout(10):
                await mqtt.connected.wait()
            yield mqtt
        finally:
            await mqtt.close()
            if self.own is not None:
                await self.own.close()

    @contextlib.asynccontextmanager
    async def till(self, password: bytes | None = None, user: str = "") -> AsyncIterator[Line]:
        """A till that has connected; at our own broker it signs in with a heartbeat."""
        signed = self.shop.message() if password is None else password
        async with aiomqtt.Client(
            "127.0.0.1", self.port, username=user or self.shop.till, password=signed.decode()
        ) as client:
            await client.subscribe(DOWN + self.shop.till, qos=1)
            yield Line(self.shop, client)


@pytest.fixture
def shop(town: Town) -> Shop:
    """A shop with a till."""
    return Shop(town)


@pytest.fixture
def embedded(shop: Shop, town: Town) -> Wire:
    """The broker inside the platform."""
    port = free_port()

    async def make() -> Broker:
        return Broker(shop.hearing, "127.0.0.1", port)

    own = town.run(make())
    return Wire(shop, port, own.address, own)


@pytest.fixture
def external(shop: Shop, mosquitto: str, tmp_path: Path) -> Iterator[Wire]:
    """Mosquitto, with the rules for topics that operators are told to give it."""
    port = free_port()
    rules = ["user kaifang", "topic read kaifang/up/+", "topic write kaifang/down/+", f"user {shop.till}",
             f"topic write kaifang/up/{shop.till}", f"topic read kaifang/down/{shop.till}"]  # fmt: skip
    (tmp_path / "acl").write_text("\n".join(rules) + "\n")
    conf = [f"listener {port} 127.0.0.1", "allow_anonymous true", f"acl_file {tmp_path}/acl", "user root"]
    (tmp_path / "conf").write_text("\n".join(conf) + "\n")  # a broker that root starts would become somebody else
    broker = subprocess.Popen([mosquitto, "-c", str(tmp_path / "conf")], stderr=subprocess.DEVNULL)
    yield Wire(shop, port, f"mqtt://kaifang:x@127.0.0.1:{port}", None)
    broker.terminate()
    broker.wait(10)


@pytest.fixture(params=["embedded", "external"])
def wire(request: pytest.FixtureRequest) -> Wire:
    """Either broker."""
    found: Wire = request.getfixturevalue(request.param)
    return found


def test_a_till_sells_over_mqtt(wire: Wire, town: Town) -> None:
    shop = wire.shop
    code = shop.code()

    async def day() -> None:
        async with wire.served(), wire.till() as line:
            told = await line.ask(shop.pay("one", code))
            assert (told["code"], told["content"]["total_amount"]) == ("10000", "8.00")
            told = await line.ask(shop.message("alipay.trade.query", out_trade_no="one"))
            assert told["content"]["trade_status"] == "TRADE_SUCCESS"

    town.run(day())
    assert shop.money == "1008.00"


def test_what_waits_is_announced_at_once(wire: Wire, town: Town) -> None:
    shop = wire.shop

    async def day() -> None:
        async with wire.served(), wire.till() as line:
            sent = shop.town.platform.run(
                lambda work: work.ask(
                    "kaifang.iot.device.message", biz_tid=shop.till, ref="1", kind="PRINT", content="茶 8.00"
                ),
                shop.merchant,
            )
            number = (await sent).message_id
            assert (await line.heard())["waiting"] is True
            told = await line.ask(shop.message("kaifang.iot.device.fetch"))
            assert [one["message_id"] for one in told["content"]["messages"]] == [number]
            told = await line.ask(shop.message("kaifang.iot.device.done", message_id=number))
            assert told["content"]["state"] == "DONE"

    town.run(day())


def test_replays_and_clones_are_refused_here_too(wire: Wire, town: Town) -> None:
    shop = wire.shop

    async def day() -> None:
        async with wire.served(), wire.till() as line:
            raw = shop.message()
            assert (await line.ask(raw))["code"] == "10000"
            assert (await line.ask(raw))["sub_code"] == "MESSAGE_REPLAYED"
            assert (await line.ask(shop.message(counter=shop.counter, software="stolen")))[
                "sub_code"
            ] == "DEVICE_CLONED"

    town.run(day())
    assert shop.state == "CLONED"


def test_nobody_speaks_at_another_devices_place(wire: Wire, town: Town) -> None:
    """What the till has signed is not answered when it comes from elsewhere, and is still good for the till."""
    shop = wire.shop

    async def day() -> None:
        async with wire.served() as mqtt, wire.till() as line:
            raw = shop.message()
            await mqtt.answer("somebody else", raw)
            await mqtt.answer(shop.till, b"no message")
            assert (await line.ask(raw))["code"] == "10000"

    town.run(day())


def test_our_broker_lets_in_only_who_is_believed(embedded: Wire, town: Town) -> None:
    shop = embedded.shop

    async def refused(password: bytes, user: str = "") -> bool:
        with contextlib.suppress(aiomqtt.MqttError):
            async with embedded.till(password, user):
                return False
        return True

    async def day() -> None:
        async with embedded.served():
            beat = shop.message()
            async with embedded.till(beat):
                pass
            assert await refused(beat), "a heartbeat that was overheard"
            assert await refused(b"", "kaifang")
            assert await refused(b"", "anonymous")
            assert await refused(shop.message(key=1)), "signed by somebody else"
            assert await refused(shop.message("kaifang.iot.device.fetch")), "no heartbeat"
            assert await refused(shop.message(), "another name")

    town.run(day())


def test_devices_hear_only_what_is_theirs(embedded: Wire, town: Town) -> None:
    shop = embedded.shop

    async def day() -> None:
        async with embedded.served(), embedded.till() as line:
            for topic in ("kaifang/#", "#", "kaifang/down/+", UP + shop.till, DOWN + "1"):
                with contextlib.suppress(aiomqtt.MqttError):
                    await line.client.subscribe(topic, qos=1)
            await line.client.publish(UP + "1", shop.message(), qos=1)
            with pytest.raises(TimeoutError):
                await line.heard(0.3)

    town.run(day())


def test_the_platform_comes_back_with_its_broker(embedded: Wire, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kaifang.gateway.devices.mqtt.AGAIN_SECONDS", 0.1)
    shop = embedded.shop

    async def day() -> None:
        async with embedded.served() as mqtt:
            assert embedded.own is not None
            await embedded.own.close()
            async with asyncio.timeout(10):
                while mqtt.connected.is_set():
                    await asyncio.sleep(0.05)
            await embedded.own.start()
            async with asyncio.timeout(10):
                await mqtt.connected.wait()
            async with embedded.till() as line:
                assert (await line.ask(shop.message()))["code"] == "10000"

    town.run(day())
