"""A merchant's line to the platform: signed calls over one kept connection, asked again until they are answered."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import msgspec

from kaifang.gateway.forms import encode_fields, write_urlencoded
from kaifang.gateway.keys import stored_private_key
from kaifang.gateway.signing import RsaSigner, text_with_type

PAUSE_SECONDS = 0.05  # before the same is asked again
PATIENCE_SECONDS = 60  # with a platform that does not come back
UNKNOWN = "20000"  # the outcome is unknown: ask the same again

Told = dict[str, Any]


class App:
    """An app of the world, with its key in hand."""

    def __init__(self, known: dict[str, Any]) -> None:
        self.id, self.pid = known["app_id"], known["pid"]
        self.signer = RsaSigner(stored_private_key(known["private_key_pkcs8"]))

    def signed(self, method: str, content: dict[str, Any], **common: str) -> bytes:
        """A v2 request as it is sent."""
        fields = {
            "app_id": self.id, "method": method, "charset": "utf-8", "sign_type": "RSA2", "version": "1.0",
            "timestamp": time.strftime("%Y-%m-%d %H:%M:%S"), "biz_content": msgspec.json.encode(content).decode(),
            **common,
        }  # fmt: skip
        raw = encode_fields(fields)
        raw[b"sign"] = self.signer.sign_many([text_with_type(raw)])[0].encode()
        return write_urlencoded(raw)


class Line:
    """One connection at a time."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None
        self.again = 0  # how often something had to be asked again, as the answer was lost

    async def ask(self, app: App, method: str, content: dict[str, Any], **common: str) -> Told:
        """The answer's node, however often the same bytes must be sent until there is one."""
        body = app.signed(method, content, **common)
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                told = await self.once(body)
            except (OSError, asyncio.IncompleteReadError):
                self.close()
            else:
                if told["code"] != UNKNOWN:
                    return told
            assert time.monotonic() < until, f"{method} is not answered any more"
            self.again += 1
            await asyncio.sleep(PAUSE_SECONDS)

    async def once(self, body: bytes) -> Told:
        """Send it once; raises what breaks the connection."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        assert self.reader is not None
        kind = b"application/x-www-form-urlencoded"
        head = b"POST /gateway.do HTTP/1.1\r\nhost: x\r\ncontent-type: %b\r\ncontent-length: %d\r\n\r\n"
        self.writer.write(head % (kind, len(body)) + body)
        status, _, headers = (await self.reader.readuntil(b"\r\n\r\n")).partition(b"\r\n")
        length = next(line for line in headers.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        answer = await self.reader.readexactly(int(length.partition(b":")[2]))
        if status.split(b" ")[1] != b"200":
            raise ConnectionError(f"{status!r} {answer!r}")  # it goes away, or has too much to do
        told: Told = next(iter(msgspec.json.decode(answer).values()))
        return told

    def close(self) -> None:
        """Hang up."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None
