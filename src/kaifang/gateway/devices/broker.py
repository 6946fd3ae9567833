"""An MQTT broker inside the platform: devices sign in with a signed heartbeat and hear and say only what is theirs."""

from __future__ import annotations

import hmac
import logging
from dataclasses import dataclass
from typing import Any

from amqtt.broker import Broker as Amqtt
from amqtt.contexts import Action
from amqtt.errors import BrokerError
from amqtt.plugins.base import BaseAuthPlugin, BaseTopicPlugin
from amqtt.session import Session

from kaifang.kernel import Fault
from kaifang.kernel.ids import Chance

from .hearing import Hearing
from .mqtt import DOWN, UP
from .parcel import unpack

CONNECTIONS = 4096
PLATFORM = "kaifang"  # the user name under which the platform itself is there
BEAT = "kaifang.iot.device.heartbeat"


class Broker:
    """A broker that listens at one port; `address` is how the platform itself gets in."""

    def __init__(self, hearing: Hearing, host: str, port: int) -> None:
        logging.getLogger("amqtt").setLevel(logging.CRITICAL)
        logging.getLogger("transitions").setLevel(logging.CRITICAL)
        password = Chance().hex(32)
        self.address = f"mqtt://{PLATFORM}:{password}@{host}:{port}"
        listener = {"type": "tcp", "bind": f"{host}:{port}", "max_connections": CONNECTIONS}
        guard = {f"{__name__}.Guard": {"hearing": hearing, "password": password}}
        self.amqtt = Amqtt({"listeners": {"default": listener}, "plugins": guard})

    async def start(self) -> None:
        """Listen. Raises OSError."""
        try:
            await self.amqtt.start()
        except BrokerError as problem:
            raise problem.__cause__ or problem from None

    async def close(self) -> None:
        """Let everybody go."""
        await self.amqtt.shutdown()


class Guard(BaseAuthPlugin, BaseTopicPlugin):
    """Lets devices in that are believed, each to its own two topics."""

    @dataclass
    class Config:
        """What a guard has to know."""

        hearing: Any  # Hearing: who believes devices
        password: str  # the platform's own

    async def authenticate(self, *, session: Session) -> bool:
        """Whether somebody who connects is the platform, or the device whose heartbeat the password is."""
        user, password = session.username or "", as_bytes(session.password)
        if user == PLATFORM:
            return hmac.compare_digest(password, self.context.config.password.encode())
        try:
            said = unpack(password).said
        except Fault:
            return False
        if (said.device_id, said.method) != (user, BEAT):
            return False
        _, refusal = await self.context.config.hearing.answer(password)
        return refusal is None

    async def topic_filtering(
        self, *, session: Session | None = None, topic: str | None = None, action: Action | None = None
    ) -> bool:
        """Whether somebody may say or hear something there."""
        user = (session.username if session is not None else None) or ""
        if user == PLATFORM:
            return True
        return bool(user) and topic == (UP if action == Action.PUBLISH else DOWN) + user


def as_bytes(text: str | bytes | None) -> bytes:
    """A password as it was sent."""
    return text if isinstance(text, bytes) else (text or "").encode()
