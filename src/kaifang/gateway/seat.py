"""One connection of an app to its message channel: messages go out, acknowledgements and messages come in."""

from __future__ import annotations

import asyncio
import itertools
import time

import msgspec

from kaifang.kernel import ILLEGAL_JSON, Fault
from kaifang.kernel.notices import Notice
from kaifang.kernel.shape import encode
from kaifang.kernel.trouble import corrupted

from . import codes
from .apps import App
from .frames import Frame, read_frame, write_frame
from .house import House
from .http import WebSocket, WebSocketClosed
from .malformed import Malformed
from .outcome import Outcome
from .signing import HASHES, verify

ACK_SECONDS = 15
SYSTEM = {"from-sys": "openmsg", "from-sys-ip": "127.0.0.1"}  # clients give them back unread
POLICY, GOING = 1008, 1001  # why a websocket is closed
LEFT = "the app left its message channel without an answer; once it connects again this is sent again"
streams = itertools.count(1)


class Header(msgspec.Struct, rename={"app": "appId", "api": "msgApi", "cert_sn": "app_cert_sn"}):
    """What a client says of a message that it sends."""

    app: str
    api: str
    cert_sn: str = ""


class Produced(msgspec.Struct):
    """The signed part of a message from a client; nobody reads its content."""

    header: Header


read_produced = msgspec.json.Decoder(Produced).decode


class Seat:
    """The platform's end of the connection."""

    def __init__(self, house: House, app: App, cert_sn: str, socket: WebSocket) -> None:
        self.house, self.app, self.cert_sn, self.socket = house, app.id, cert_sn, socket
        self.key = house.signing_key(app, cert_sn)
        self.waiting: dict[str, asyncio.Future[tuple[int, str]]] = {}  # x-msgId -> its acknowledgement

    async def deliver(self, notice: Notice, app: App, corrupt: bool = False) -> Outcome:
        """Send a message and wait for its acknowledgement."""
        if not self._trusted(app):
            await self.socket.close(POLICY, "the app's key or state has changed; register again")
            return Outcome(answer="the app's key or state has changed since it connected; connect again")
        told = content(notice)
        sign = await self.house.desk.signature(app.sign_type, told)
        sign = corrupted(sign) if corrupt else sign
        protocol = consume(notice.id, self.house.platform.clock.now(), app.sign_type, sign)
        outcome = Outcome(sent=write_frame({**SYSTEM, "stream-id": f"s{next(streams):013d}"}, protocol, told))
        begun = time.monotonic()
        outcome.status, outcome.answer = await self._acknowledged(notice.id, outcome.sent)
        outcome.took = round((time.monotonic() - begun) * 1000)
        return outcome

    def _trusted(self, app: App) -> bool:
        """Whether the app may still call with the key that this connection was opened with."""
        try:
            return app.state == "ONLINE" and self.house.signing_key(app, self.cert_sn) == self.key
        except Fault:
            return False

    async def _acknowledged(self, number: str, frame: str) -> tuple[int, str]:
        """Send a frame and wait; the outcome as it would be over HTTP."""
        acknowledgement = self.waiting.setdefault(number, asyncio.get_running_loop().create_future())
        try:
            async with asyncio.timeout(ACK_SECONDS):
                await self.socket.send(frame)
                return await asyncio.shield(acknowledgement)
        except TimeoutError:
            return 0, f"no CONSUME_ACK within {ACK_SECONDS} seconds; acknowledge first, and work afterwards"
        except WebSocketClosed:
            return 0, LEFT
        finally:
            self.waiting.pop(number, None)

    async def hear(self) -> None:
        """Take what the client sends until it leaves; one that does not keep to the protocol has to."""
        try:
            async for text in self.socket:
                if not isinstance(text, str):
                    raise Malformed("the message", "is binary", "send text frames")
                await self._take(read_frame(text))
        except Malformed as problem:
            await self.socket.close(POLICY, str(problem)[:100])
        except WebSocketClosed:
            pass
        finally:
            for acknowledgement in self.waiting.values():
                settle(acknowledgement, (0, LEFT))

    async def _take(self, frame: Frame) -> None:
        protocol = frame.protocol
        if protocol.get("x-cmd") == "CONSUME_ACK":
            acknowledgement = self.waiting.get(str(protocol.get("x-msgId")))
            if acknowledgement is not None:
                settle(acknowledgement, (200, "success" if protocol.get("x-status") == "SUCCESS" else "FAIL"))
        elif protocol.get("x-cmd") == "PRODUCE":
            told = refused(self._produced(frame), self.house.platform.clock.now())
            headers = {name: value for name, value in frame.headers.items() if name in (*SYSTEM, "stream-id")}
            await self.socket.send(write_frame(headers, told, b"{}"))
        else:
            raise Malformed("x-cmd", "is not known here", "send CONSUME_ACK or PRODUCE")

    def _produced(self, frame: Frame) -> Fault:
        """Why a message from a client goes nowhere: this platform listens to none, and says so to whoever may ask."""
        sign_type, sign = (str(frame.protocol.get(name)) for name in ("x-signType", "x-sign"))
        try:
            app, header = self.house.app(self.app), read_produced(frame.data).header
            key = self.house.signing_key(app, header.cert_sn)
        except Fault as refusal:
            return refusal
        except msgspec.DecodeError:
            return ILLEGAL_JSON(field="data")
        if not app.spend(time.monotonic()):
            return codes.CALL_LIMITED(calls_a_second=app.rate)
        if header.app != self.app:
            return codes.INVALID_APP_ID(app_id=header.app[:32])
        if sign_type not in HASHES or not verify(key, frame.data, sign, sign_type):
            return codes.INVALID_SIGN(trace=self.house.new_trace())
        return codes.INVALID_METHOD(method=header.api[:128])


def settle(waiter: asyncio.Future[tuple[int, str]], result: tuple[int, str]) -> None:
    """Answer whoever waits, once."""
    if not waiter.done():
        waiter.set_result(result)


def content(notice: Notice) -> bytes:
    """The signed part of a message: to whom, of which kind, and what it says, as it was written."""
    header = encode({"appId": notice.app, "msgApi": notice.kind})
    says = notice.fields.get("biz_content", "").encode() or encode(notice.fields)
    return b'{"header":%b,"content":%b}' % (header, says)


def consume(number: str, now: int, sign_type: str, sign: str) -> dict[str, str]:
    """What is said of a message to an app. Source: protocol notes, 3.10."""
    return {
        "x-type": "message", "x-cmd": "CONSUME", "x-msgId": number, "x-timestamp": str(now), "x-version": "1.0",
        "x-charset": "UTF-8", "x-signType": sign_type, "x-sign": sign,
    }  # fmt: skip


def refused(refusal: Fault, now: int) -> dict[str, str]:
    """What is said of a message from an app."""
    return {
        "x-type": "message", "x-cmd": "PRODUCE_ACK", "x-timestamp": str(now), "x-version": "1.0", "x-status": "FAIL",
        "x-code": refusal.kind.code, "x-error": refusal.says(),
    }  # fmt: skip
