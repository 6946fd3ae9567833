"""One request and its answer, as the application sees them."""

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kaifang.gateway.http.answer import BODILESS, CHUNKED, CLOSE, JSON, KEEP_ALIVE, Headers, Refusal, head
from kaifang.gateway.http.stream import Stream
from kaifang.gateway.http.websocket import WebSocket

if TYPE_CHECKING:
    from kaifang.gateway.http.connection import Connection

log = logging.getLogger(__name__)


class Exchange:
    """One request, wholly received, and the way to answer it: at once or later, once, from the loop's thread."""

    __slots__ = (
        "arrived",
        "body",
        "connection",
        "done",
        "headers",
        "host",
        "keep_alive",
        "live",
        "method",
        "old",
        "output",
        "path",
        "query",
        "target",
        "websocket_wanted",
    )

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection
        self.method = ""  # GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS
        self.target = b""  # path and query exactly as sent, after the authority if there was one
        self.path = b""  # the target up to its first question mark, not decoded
        self.query = b""  # and after it
        self.host = b""  # host and port the client meant to reach; the client's word, so never trust it
        self.headers: list[tuple[bytes, bytes]] = []  # names in lower case, in the order sent
        self.body = b""
        self.arrived = 0.0  # loop time of the request's last byte
        self.websocket_wanted = False  # answer with websocket(), or refuse with reply()

        # Between this exchange and its connection.
        self.keep_alive = True
        self.old = False  # HTTP/1.0
        self.output: list[bytes] = []  # waits for the answers before it, or for the client to read
        self.live: Stream | None = None  # the answer is being streamed
        self.done = False  # nothing will be added to the output

    @property
    def peer(self) -> str:
        """Address of the other end of the connection, without its port."""
        return self.connection.peer

    @property
    def secure(self) -> bool:
        """Whether the request came over TLS."""
        return self.connection.secure

    @property
    def gone(self) -> bool:
        """Whether the client has left, so that an answer would reach nobody."""
        return self.connection.gone

    @property
    def answered(self) -> bool:
        """Whether the answer has been given, or at least begun."""
        return self.done or self.live is not None

    def get(self, name: bytes) -> bytes | None:
        """The header of this lower-case name; one sent several times is joined by commas."""
        values = [value for key, value in self.headers if key == name]
        return b", ".join(values) if values else None

    def reply(self, status: int, body: bytes, headers: Headers = (), content_type: bytes = JSON) -> None:
        """Answer; it goes out when every earlier request of this connection has been answered."""
        self._begin()
        if status in BODILESS:
            body = content_type = framing = b""
        else:
            framing = b"content-length: %d\r\n" % len(body)
        self.output.append(head(status, content_type, framing, self._ending(), headers))
        if self.method != "HEAD":
            self.output.append(body)
        self.done = True
        self.connection.flush()

    def stream(
        self,
        status: int = 200,
        headers: Headers = (),
        content_type: bytes = b"text/event-stream;charset=utf-8",
        on_leave: Callable[[], None] | None = None,
    ) -> Stream:
        """Begin an answer of unknown length; `on_leave` hears once that the client has left or the server drains."""
        self._begin()
        if self.old:
            self.keep_alive = False
        framing = b"" if self.old else CHUNKED
        self.output.append(head(status, content_type, framing, self._ending(), headers))
        self.live = Stream(self, on_leave)
        self.connection.flush()
        return self.live

    def websocket(self, subprotocols: Sequence[str] = ()) -> WebSocket:
        """Turn the connection into a websocket; raises Refusal if the handshake is wrong."""
        self._begin()
        assert self.websocket_wanted, "this request does not ask for a websocket"
        socket = WebSocket(self, subprotocols)
        self.done = True
        self.connection.become(socket)
        return socket

    def fail(self, error: Exception) -> None:
        """Answer what went wrong: a Refusal as it is, a bug with a reference that finds it in the log."""
        if self.answered or not isinstance(error, Refusal):
            error = self._report(error)
        if not self.answered:
            self.reply(error.status, error.body())
        elif not self.done:
            self.connection.abort()  # the client sees that its answer is not whole

    def _report(self, error: Exception) -> Refusal:
        reference = self.connection.server.new_reference()
        log.error("%s: %s %r failed", reference, self.method, self.path, exc_info=error)
        return Refusal(500, "INTERNAL_ERROR", f"The server failed; report the reference {reference}.")

    def _begin(self) -> None:
        if self.answered:
            raise RuntimeError(f"{self.method} {self.path!r} has been answered already")

    def _ending(self) -> bytes:
        if not self.keep_alive:
            return CLOSE
        return KEEP_ALIVE if self.old else b""
