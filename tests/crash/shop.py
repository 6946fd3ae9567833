"""The shop's server: it hears notifications, acknowledges most, and is deaf to some at first."""

from __future__ import annotations

import asyncio
import zlib
from collections import Counter, defaultdict
from urllib.parse import parse_qsl

from kaifang.gateway.forms import encode_fields
from kaifang.gateway.keys import load_public_key
from kaifang.gateway.signing import text_without_type, verify

DEAF = {0: 1, 1: 2, 2: 5}  # of 16 orders: to how many tries; number 3 is hung up on at first
HUNG_UP_ON = 3
Event = tuple[str, str, str]  # trade_no, trade_status, out_request_no of a refund


def temper(order: str) -> int:
    """How the shop treats what it hears of an order."""
    return zlib.crc32(order.encode()) % 16


class Shop:
    """A real HTTP server. `open()` and `close()` it."""

    def __init__(self, public_key: str) -> None:
        self.public_key = load_public_key(public_key)
        self.numbers = defaultdict[Event, set[str]](set)  # the notify_ids under which an event was told
        self.tries = Counter[str]()  # by notify_id
        self.heard = set[str]()  # notify_ids that were acknowledged
        self.writers = set[asyncio.StreamWriter]()

    async def open(self) -> None:
        """Begin to listen."""
        self.server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}/paid"

    async def close(self) -> None:
        """Hang up on everybody."""
        self.server.close()
        for writer in self.writers:
            writer.transport.abort()
        await asyncio.sleep(0)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.add(writer)
        try:
            while said := self.answer(await read_form(reader)):
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(said), said))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self.writers.discard(writer)
            writer.close()

    def answer(self, fields: dict[str, str]) -> bytes:
        """What the shop says to a notification; nothing if it hangs up."""
        raw = encode_fields({name: value for name, value in fields.items() if name != "sign"})
        signed = verify(self.public_key, text_without_type(raw), fields["sign"], fields["sign_type"])
        assert signed, "somebody else than the platform notifies"
        number = fields["notify_id"]
        event = (fields["trade_no"], fields["trade_status"], fields.get("out_biz_no", ""))
        self.numbers[event].add(number)
        self.tries[number] += 1
        mood = temper(fields["out_trade_no"])
        if mood == HUNG_UP_ON and self.tries[number] == 1:
            return b""
        if self.tries[number] <= DEAF.get(mood, 0):
            return b"fail"
        self.heard.add(number)
        return b"success"


async def read_form(reader: asyncio.StreamReader) -> dict[str, str]:
    """The fields of one request."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    body = await reader.readexactly(int(length.partition(b":")[2]))
    return dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
