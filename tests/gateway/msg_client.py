"""The part of the official Java client for message channels: what it sends, and how it reads what it gets."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
import uuid
from typing import Any
from urllib.parse import urlencode

import aiohttp
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from kaifang.gateway.keys import stored_private_key
from kaifang.gateway.signing import RsaSigner, text_with_type, verify

from .receivers import fields_of


class MsgClient:
    """Registers, connects, acknowledges and produces."""

    def __init__(self, port: int, app: str, private_key: str, platform_key: RSAPublicKey) -> None:
        self.host, self.app, self.platform_key = f"127.0.0.1:{port}", app, platform_key
        self.sign_type, self.certs, self.platform_sn = "RSA2", dict[str, str](), ""
        self.key = stored_private_key(private_key)
        self.heard: list[tuple[str, str, dict[str, Any]]] = []  # msgApi, x-msgId, content
        self.verdicts: list[str] = []  # what is acknowledged, one after the other; SUCCESS after the last
        self.socket: ClientConnection
        self.frames: list[str] = []
        self.acks: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self.count = itertools.count(1)
        self.reading: asyncio.Task[None]

    def signed(self, **params: str) -> str:
        """The query of a request, signed as the client does: everything with a value, the type too."""
        told = {
            "timestamp": str(int(time.time() * 1000)), "sign_type": self.sign_type, "app_id": self.app,
            "charset": "UTF-8", "sdk_version": "alipay-sdk-java-4.40", **self.certs, **params,
        }  # fmt: skip
        return urlencode(told | {"sign": self.sign(text_with_type(fields_of(told)))})

    def sign(self, text: bytes) -> str:
        """A signature of the app's."""
        return RsaSigner(self.key, self.sign_type).sign_many([text])[0]

    async def ask_to_register(self, **changes: str) -> str:
        """The answer to a registration, as text."""
        async with aiohttp.ClientSession() as session:
            query = self.signed(nonce=uuid.uuid4().hex, **changes)
            async with session.get(f"http://{self.host}/websocket/register.do?{query}") as answer:
                assert answer.status == 200
                return await answer.text()

    async def register(self, **changes: str) -> str:
        """A link_token out of an answer whose signature was checked, as the client cuts it out of the text."""
        text = await self.ask_to_register(**changes)
        begin = text.index("{", text.index('"response"'))
        sign_at = text.rindex('"sign"')
        content = text[begin : text.rindex("}", 0, sign_at) + 1]
        sign = text[sign_at:].split('"')[3]
        told = json.loads(content)
        if told["code"] != "10000":
            raise RuntimeError(content)
        assert ("alipay_cert_sn" in text) is bool(self.certs)
        assert not self.certs or text.endswith(f'"alipay_cert_sn":"{self.platform_sn}"}}'), "alipay_cert_sn check fail"
        assert verify(self.platform_key, content.encode(), sign, self.sign_type), "register response sign check fail"
        return told["link_token"]

    async def connect(self, **changes: str) -> MsgClient:
        """Register, and open the websocket."""
        token = changes.pop("link_token", None) or await self.register()
        query = self.signed(link_token=token, **changes)
        self.socket = await connect(f"ws://{self.host}/websocket?{query}", ping_interval=None, proxy=None)
        self.reading = asyncio.create_task(self._read())
        return self

    async def _read(self) -> None:
        async for text in self.socket:
            assert isinstance(text, str)
            self.frames.append(text)
            headers, protocol, data = read(text)
            if protocol["x-cmd"] == "PRODUCE_ACK":
                self.acks[headers["stream-id"]].set_result(protocol)
                continue
            assert protocol["x-cmd"] == "CONSUME" and protocol["x-timestamp"].isdigit()
            assert verify(self.platform_key, data.encode(), protocol["x-sign"], protocol["x-signType"])
            told = json.loads(data)
            assert told["header"]["appId"] == self.app
            self.heard.append((told["header"]["msgApi"], protocol["x-msgId"], told["content"]))
            verdict = self.verdicts.pop(0) if self.verdicts else "SUCCESS"
            if verdict:
                await self.socket.send(acknowledgement(headers, protocol["x-msgId"], verdict))

    async def produce(self, api: str, content: str, **changes: str) -> dict[str, Any]:
        """Send a message and wait for its acknowledgement."""
        stream = f"c{next(self.count):012d}"
        header = {"appId": self.app, "msgApi": api} | self.certs
        data = f'{{"header":{json.dumps(header)},"content":{content}}}'
        protocol = {
            "x-type": "message", "x-cmd": "PRODUCE", "x-timestamp": str(int(time.time() * 1000)), "x-version": "1.0",
            "x-charset": "UTF-8", "x-signType": self.sign_type, "x-sign": self.sign(data.encode()), **changes,
        }  # fmt: skip
        self.acks[stream] = asyncio.get_running_loop().create_future()
        await self.socket.send(f'stream-id:{stream}\r\n\r\n{{"protocol":{json.dumps(protocol)},"data":{data}}}')
        return await asyncio.wait_for(self.acks[stream], 10)

    async def close(self) -> None:
        """Leave."""
        await self.socket.close()
        with contextlib.suppress(ConnectionClosed):
            await self.reading


def read(text: str) -> tuple[dict[str, str], dict[str, Any], str]:
    """Headers, protocol and the exact text of the data, found by counting braces."""
    head, _, body = text.partition("\r\n\r\n")
    headers = {}
    for line in head.split("\r\n"):
        key, value = line.split(":")[:2]
        headers[key.strip()] = value.strip()
    data = body[body.index('"data":') + len('"data":') : -1]
    return headers, json.loads(body)["protocol"], data


def acknowledgement(headers: dict[str, str], number: str, verdict: str) -> str:
    """CONSUME_ACK with the headers of what it acknowledges."""
    lines = "".join(f"{name}:{headers[name]}\r\n" for name in ("from-sys", "from-sys-ip", "stream-id"))
    protocol = {"x-type": "message", "x-cmd": "CONSUME_ACK", "x-msgId": number, "x-version": "1.0", "x-status": verdict}
    return f"{lines}\r\n{json.dumps({'protocol': protocol})}"
