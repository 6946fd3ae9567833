"""One client's connection: requests in, answers out in the order of the requests, and the client's clock."""

import asyncio
from collections import deque
from typing import TYPE_CHECKING, cast

from kaifang.gateway.http.answer import CONTINUE, Refusal
from kaifang.gateway.http.exchange import Exchange
from kaifang.gateway.http.outflow import Outflow
from kaifang.gateway.http.reader import BODY, HEAD, IDLE, LAST, SLICE, Reader
from kaifang.gateway.http.websocket import WebSocket

if TYPE_CHECKING:
    from kaifang.gateway.http.server import Server


class Connection(asyncio.Protocol):
    """Gives whole requests to the application and puts its answers back in order."""

    __slots__ = (
        "_closing_since",
        "_eof",
        "_heard",
        "_outflow",
        "_pumping",
        "_queue",
        "_reader",
        "_reading",
        "_refusal",
        "_served",
        "_transport",
        "_unread",
        "peer",
        "secure",
        "server",
    )

    def __init__(self, server: "Server") -> None:
        self.server = server
        self.peer = ""
        self.secure = False
        self._reader = Reader(self)
        self._queue: deque[Exchange] = deque()  # with the application, or answered and waiting for their turn
        self._unread = b""  # received and not parsed, while too much is under way
        self._reading = True
        self._pumping = False
        self._served = False  # at least one request came
        self._eof = False  # the client sends no more; it may still read
        self._refusal: Refusal | None = None  # the last answer, once all others are out
        self._heard = 0.0
        self._closing_since: float | None = None

    @property
    def gone(self) -> bool:
        """Whether nothing that is sent arrives any more."""
        return self._transport.is_closing()

    # Called by the event loop.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has come."""
        self._transport = cast(asyncio.Transport, transport)
        self._outflow = Outflow(self._transport, self.server.limits)
        address = transport.get_extra_info("peername")
        self.peer = str(address[0]) if address else ""
        self.secure = transport.get_extra_info("sslcontext") is not None
        self._reader.since = self._heard = self.server.time()
        refusal = self.server.welcome(self)
        if refusal is not None:
            self._refuse(refusal)

    def data_received(self, data: bytes) -> None:
        """Bytes from the client."""
        reader = self._reader
        if self._refusal is not None or self._closing_since is not None:
            return
        reader.now = self._heard = self.server.time()
        self._unread = self._unread + data if self._unread else data
        self._pump()

    def eof_received(self) -> bool:
        """The client sends no more: answer what it has asked; a stream's listener has left."""
        self._eof = True
        if self._queue and self._queue[0].live is not None:
            self.abort()
        self._settle()
        return not self.secure and self._closing_since is None  # TLS knows no half-closed connection

    def pause_writing(self) -> None:
        """The client does not read fast enough."""
        self._outflow.pause(self.server.time())
        if self._queue and (live := self._queue[0].live) is not None:
            live.room(False)

    def resume_writing(self) -> None:
        """The client has read enough."""
        self._outflow.resume()
        if self._closing_since is not None:
            self._outflow.watch(self.server.time())
        self.flush()

    def connection_lost(self, error: Exception | None) -> None:
        """The client has gone, or we have closed."""
        self.server.farewell(self)
        self.server.held_bytes -= self._reader.held() + sum(len(exchange.body) for exchange in self._queue)
        left = [exchange.live for exchange in self._queue if exchange.live is not None]
        self._queue.clear()
        self._reader.finished.clear()
        self._unread = b""
        for live in left:
            live.leave()

    # Called by the exchanges.

    def flush(self) -> None:
        """Send what is answered, up to the first exchange that is not; then go on."""
        queue, outflow = self._queue, self._outflow
        while queue and not outflow.paused:
            first = queue[0]
            if first.output:
                outflow.write(b"".join(first.output))
                first.output.clear()
            if not first.done:
                if first.live is not None:
                    first.live.room(not outflow.paused)
                break
            queue.popleft()
            self.server.held_bytes -= len(first.body)
            if not first.keep_alive:
                self._part()
        self._pump()

    def become(self, socket: WebSocket) -> None:
        """The connection is a websocket from here on."""
        self._queue.clear()
        self._closing_since = self.server.time()
        unread, self._unread = self._unread, b""
        self._regulate()
        self.server.replace(self, socket)
        self._transport.set_protocol(socket)
        socket.take_over(self._outflow, unread)

    def abort(self) -> None:
        """Cut the connection."""
        self._transport.abort()

    # Called by the server.

    def sweep(self, now: float) -> None:
        """Look at the client's clock; it runs only while we are waiting for the client."""
        limits, reader = self.server.limits, self._reader
        if self._outflow.stalled(now):
            self.abort()
        elif self._closing_since is not None:
            if self._outflow.left:
                self._closing_since = now
            elif now - self._closing_since > limits.linger_seconds:
                self.abort()
        elif self._busy():
            reader.since = self._heard = now
        elif reader.phase is IDLE:
            if now - reader.since > (limits.keep_alive_seconds if self._served else limits.head_seconds):
                self._close()
        elif reader.phase is HEAD:
            if now - reader.since > limits.head_seconds:
                self._refuse(Refusal(408, "TOO_SLOW", "The headers took too long; send them at once."))
        elif reader.phase is BODY:
            patience = limits.body_seconds + reader.body_size / limits.bytes_per_second
            if now - self._heard > limits.body_seconds or now - reader.since > patience:
                self._refuse(Refusal(408, "TOO_SLOW", "The body came too slowly; send it at once."))

    def drain(self) -> None:
        """Finish what is under way, then close."""
        reader = self._reader
        last = reader.finished or self._queue
        if reader.phase is not IDLE:
            reader.end()
        elif last:
            last[-1].keep_alive = False
            reader.phase = LAST
            self._unread = b""
        for exchange in tuple(self._queue):
            if exchange.live is not None:
                exchange.live.leave()
        self._settle()

    # What happens in between.

    def _busy(self) -> bool:
        return bool(self._queue or self._reader.finished or self._unread)

    def _pump(self) -> None:
        """Parse and hand over as much as may be under way at once; never re-entered, so never deep."""
        if self._pumping:
            return
        self._pumping = True
        reader, queue, most = self._reader, self._queue, self.server.limits.pipelined
        finished = reader.finished
        try:
            while not self._outflow.paused:
                if finished:
                    if len(queue) >= most or (finished[0].websocket_wanted and queue):
                        break
                    self._hand_over(finished.popleft())
                elif self._unread and not reader.upgrading:
                    self._parse()
                else:
                    break
        finally:
            self._pumping = False
        self._settle()

    def _hand_over(self, exchange: Exchange) -> None:
        self._queue.append(exchange)
        self._served = True
        try:
            self.server.app(exchange)
        except Exception as error:  # noqa: BLE001 - a bug of the application becomes its client's 500, and is logged
            exchange.fail(error)

    def _parse(self) -> None:
        """Give the parser its next slice, or as much as the body under way still misses."""
        reader, unread = self._reader, self._unread
        if reader.phase is LAST:
            self._unread = b""
            return
        size = max(SLICE, reader.missing)
        self._unread = unread[size:]
        try:
            rest = reader.feed(unread[:size])
        except Refusal as refusal:
            self._refuse(refusal)
        else:
            if rest:
                self._unread = rest + self._unread

    def _settle(self) -> None:
        """With nothing under way: say the last word, leave, or invite the body; then read on or not."""
        reader = self._reader
        if self._closing_since is None and not self._busy():
            if self._refusal is not None:
                self._outflow.write(self._refusal.answer())
                self._part()
            elif self._eof or (reader.phase is IDLE and self.server.draining):
                self._close()
            elif reader.invites and reader.phase is BODY:
                reader.invites = False
                reader.since = self._heard = self.server.time()
                self._outflow.write(CONTINUE)
        self._regulate()

    def _regulate(self) -> None:
        """Read only as long as there is room for what is read."""
        reading = not (self._unread or self._reader.finished)
        if reading is not self._reading and not self._transport.is_closing():
            self._reading = reading
            if reading:
                self._transport.resume_reading()
            else:
                self._transport.pause_reading()

    def _refuse(self, refusal: Refusal) -> None:
        """Nothing more is taken; the refusal goes out after every answer before it."""
        if self._refusal is None and self._closing_since is None:
            self._refusal = refusal
            self._unread = b""
            self._settle()

    def _part(self) -> None:
        """Close when the client has read its last answer: closing over unread requests would take the answer back."""
        if self._refusal is None and self.secure:
            self._close()  # TLS knows no half-closed connection, and the client may wait for the end
            return
        self._watch_the_end()
        if not self.gone and self._transport.can_write_eof():
            self._transport.write_eof()

    def _close(self) -> None:
        self._watch_the_end()
        self._transport.close()

    def _watch_the_end(self) -> None:
        self._closing_since = self.server.time()
        self._outflow.watch(self._closing_since)
