"""A connection that has become a websocket."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, cast

from websockets.frames import CloseCode, Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from kaifang.gateway.http.answer import Refusal, head
from kaifang.gateway.http.outflow import Outflow

if TYPE_CHECKING:
    from kaifang.gateway.http.exchange import Exchange

log = logging.getLogger(__name__)
log.setLevel(logging.WARNING)  # the library tells of every connection that closes


class WebSocketClosed(ConnectionError):
    """The websocket is closed; the code and the reason are the other side's, or 1006 if it just left."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"the websocket is closed: {code} {reason}".rstrip())
        self.code, self.reason = code, reason


class WebSocket(asyncio.Protocol):
    """Messages in and out; pings are answered, silence is noticed, and neither side can flood the other."""

    def __init__(self, exchange: "Exchange", subprotocols: Sequence[str]) -> None:
        self.exchange = exchange  # the request it began with
        self._server = exchange.connection.server
        self._limits = self._server.limits
        self._protocol = ServerProtocol(
            select_subprotocol=lambda _, offered: next((name for name in offered if name in subprotocols), None),
            max_size=self._limits.message_bytes,
            logger=log,
        )
        self._answer = self._shake_hands()
        self._messages: deque[str | bytes] = deque()
        self._parts: list[bytes] = []
        self._text = False
        self._news = asyncio.Event()  # a message has come, or the end
        self._room = asyncio.Event()  # the client reads what it is sent
        self._lost = asyncio.Event()
        self._reading = True
        self._heard = 0.0
        self._asked = False  # for a sign of life
        self._closing_since: float | None = None

    @property
    def subprotocol(self) -> str | None:
        """The one both sides speak, if any was offered."""
        return self._protocol.subprotocol

    @property
    def closed(self) -> bool:
        """Whether nothing can be sent any more."""
        return self._protocol.state is not OPEN or self._outflow.transport.is_closing()

    async def recv(self) -> str | bytes:
        """The next message; raises WebSocketClosed after the last one."""
        while not self._messages:
            if self.closed:
                raise self._closure()
            self._news.clear()
            await self._news.wait()
        message = self._messages.popleft()
        self._regulate()
        return message

    async def __aiter__(self) -> AsyncIterator[str | bytes]:
        """Every message until the websocket closes."""
        while True:
            try:
                message = await self.recv()
            except WebSocketClosed:
                return
            yield message

    async def send(self, message: str | bytes) -> None:
        """Send one message as soon as the client keeps up; raises WebSocketClosed."""
        await asyncio.sleep(0)  # a fast client must not keep all others waiting
        while not self._room.is_set() and not self.closed:
            await self._room.wait()
        if self.closed:
            raise self._closure()
        if isinstance(message, str):
            self._protocol.send_text(message.encode())
        else:
            self._protocol.send_binary(message)
        self._send_out()

    async def close(self, code: int = CloseCode.NORMAL_CLOSURE, reason: str = "") -> None:
        """Say goodbye and wait until the client has gone."""
        self._say_goodbye(code, reason)
        await self._lost.wait()

    # Called by the connection it was and by the event loop.

    def take_over(self, outflow: Outflow, unread: bytes) -> None:
        """Answer the handshake; the client may have sent frames already."""
        self._outflow = outflow
        if not outflow.paused:
            self._room.set()
        outflow.write(self._answer)
        if self.exchange.gone:
            self.connection_lost(None)
        else:
            self.data_received(unread)

    def data_received(self, data: bytes) -> None:
        """Bytes from the client."""
        self._heard = self._server.time()
        self._asked = False
        self._protocol.receive_data(data)
        for event in self._protocol.events_received():
            self._take(cast(Frame, event))
        self._send_out()
        self._regulate()

    def eof_received(self) -> None:
        """The client sends no more, so it has left."""
        self._protocol.receive_eof()
        self._send_out()

    def pause_writing(self) -> None:
        """The client does not read fast enough."""
        self._outflow.pause(self._server.time())
        self._room.clear()
        self._regulate()

    def resume_writing(self) -> None:
        """The client has read enough."""
        self._outflow.resume()
        self._room.set()
        self._regulate()

    def connection_lost(self, error: Exception | None) -> None:
        """The client has gone."""
        self._protocol.receive_eof()
        self._server.farewell(self)
        for event in (self._lost, self._room, self._news):
            event.set()

    # Called by the server.

    def sweep(self, now: float) -> None:
        """Drop a client that does not read, does not leave, or shows no sign of life."""
        if self._outflow.stalled(now):
            self.abort()
        elif self._closing_since is not None:
            if self._outflow.left:
                self._closing_since = now
            elif now - self._closing_since > self._limits.linger_seconds:
                self.abort()
        elif not self._reading:
            self._heard = now
        elif now - self._heard > self._limits.silence_seconds:
            if self._asked:
                self.abort()
                return
            self._asked, self._heard = True, now
            self._protocol.send_ping(b"")
            self._send_out()

    def drain(self) -> None:
        """The server is going away."""
        self._say_goodbye(CloseCode.GOING_AWAY, "the server is going away")

    def abort(self) -> None:
        """Cut the connection."""
        self._outflow.transport.abort()

    # What happens in between.

    def _shake_hands(self) -> bytes:
        """The answer to the handshake; the library reads it from its bytes, of which only these few concern it."""
        fields = [(name, value) for name, value in self.exchange.headers if name.startswith(b"sec-websocket-")]
        lines = b"".join(b"%b: %b\r\n" % pair for pair in fields)
        self._protocol.receive_data(b"GET / HTTP/1.1\r\nconnection: upgrade\r\nupgrade: websocket\r\n%b\r\n" % lines)
        events = self._protocol.events_received()
        if not events:
            raise Refusal(400, "BAD_HANDSHAKE", "The websocket headers are too long or malformed.")
        response = self._protocol.accept(cast(Request, events[0]))
        if response.status_code != 101:
            raise Refusal(response.status_code, "BAD_HANDSHAKE", (response.body or b"").decode().strip())
        self._protocol.send_response(response)
        self._protocol.data_to_send()  # ours is the same, with its header names in lower case
        wanted = {"sec-websocket-accept", "sec-websocket-protocol"}
        answers = [(k.encode(), v.encode()) for k, v in response.headers.raw_items() if k.lower() in wanted]
        return head(101, b"", b"upgrade: websocket\r\n", b"connection: upgrade\r\n", answers)

    def _take(self, frame: Frame) -> None:
        """Put the frames of a message together."""
        if frame.opcode is Opcode.TEXT or frame.opcode is Opcode.BINARY:
            self._text = frame.opcode is Opcode.TEXT
        elif frame.opcode is not Opcode.CONT:
            return
        self._parts.append(bytes(frame.data))
        if not frame.fin:
            return
        whole = b"".join(self._parts)
        self._parts.clear()
        try:
            self._messages.append(whole.decode() if self._text else whole)
        except UnicodeDecodeError:
            self._protocol.fail(CloseCode.INVALID_DATA, "a text message must be UTF-8")
            return
        self._news.set()

    def _send_out(self) -> None:
        """Write what the protocol has to say; after its last word, close."""
        for data in self._protocol.data_to_send():
            if data:
                self._outflow.write(data)
            else:
                self._outflow.transport.close()
        if self.closed:
            if self._closing_since is None:
                self._closing_since = self._server.time()
                self._outflow.watch(self._closing_since)
            self._news.set()
            self._room.set()

    def _say_goodbye(self, code: int, reason: str) -> None:
        if not self.closed:
            self._protocol.send_close(code, reason)
            self._send_out()

    def _regulate(self) -> None:
        """Read only as long as there is room for what is read."""
        reading = len(self._messages) < self._limits.messages and not self._outflow.paused
        transport = self._outflow.transport
        if reading is not self._reading and not transport.is_closing():
            self._reading = reading
            if reading:
                transport.resume_reading()
            else:
                transport.pause_reading()

    def _closure(self) -> WebSocketClosed:
        code = self._protocol.close_rcvd or self._protocol.close_sent
        return WebSocketClosed(code.code if code else CloseCode.ABNORMAL_CLOSURE, code.reason if code else "")
