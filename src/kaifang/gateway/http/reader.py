"""From bytes to exchanges: one connection's requests, parsed, bounded and checked for smuggling."""

import re
from collections import deque
from enum import IntEnum
from typing import TYPE_CHECKING

from httptools import HttpParserCallbackError, HttpParserError, HttpParserUpgrade, HttpRequestParser

from kaifang.gateway.http.answer import Refusal
from kaifang.gateway.http.exchange import Exchange

if TYPE_CHECKING:
    from kaifang.gateway.http.connection import Connection

METHODS = {name.encode(): name for name in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")}
SINGLE = frozenset({b"host", b"content-length", b"transfer-encoding", b"expect"})
SLICE = 16 * 1024  # bytes given to the parser at once: bounds the requests that one read can bring

absolute_form = re.compile(rb"https?://([^/?]*)(.*)", re.IGNORECASE).fullmatch
authority = re.compile(rb"[A-Za-z0-9._-]*(?::[0-9]*)?|\[[0-9A-Fa-f:.]+\](?::[0-9]*)?").fullmatch


class Phase(IntEnum):
    """How far the present request has come."""

    IDLE = 0  # between requests
    HEAD = 1
    BODY = 2
    LAST = 3  # the last request of this connection is whole; nothing more is parsed


IDLE, HEAD, BODY, LAST = Phase


class Reader:
    """Feeds the parser and gathers what it finds into exchanges."""

    __slots__ = (
        "_body_limit",
        "_chunked",
        "_connection",
        "_declined",
        "_exchange",
        "_fed",
        "_headers",
        "_length",
        "_parser",
        "_pieces",
        "_target",
        "_wire",
        "body_size",
        "finished",
        "invites",
        "now",
        "phase",
        "since",
        "upgrading",
    )

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._parser = HttpRequestParser(self)
        self.finished: deque[Exchange] = deque()  # whole, not yet given to the application
        self.phase = IDLE
        self.now = self.since = 0.0  # loop time of the last bytes, and of the beginning of the phase
        self.upgrading = False  # what comes next is not HTTP
        self._fed = 0  # bytes of the present slice
        self._declined = False  # an upgrade to a protocol that is not spoken here
        self._reset()

    def _reset(self) -> None:
        self._target = b""
        self._headers: list[tuple[bytes, bytes]] = []
        self._wire = min(self._fed, SLICE)  # bytes fed since the phase began, and up to two slices around it
        self._pieces: list[bytes] = []
        self._length = 0  # of the body, as declared
        self._chunked = False
        self._exchange = Exchange(self._connection)
        self.body_size = 0
        self.invites = False  # the client waits for "100 Continue"

    def feed(self, data: bytes) -> bytes:
        """Parse; gives back what is not HTTP any more, after an upgrade. Raises Refusal for what is not taken."""
        while True:
            self._fed = len(data)
            self._wire += self._fed
            try:
                self._parser.feed_data(data)
            except HttpParserUpgrade as stop:
                data = data[stop.args[0] :]
                if not self._declined:
                    return data
                data = self._without_upgrade() + data
                continue
            except HttpParserCallbackError as error:
                if isinstance(error.__context__, Refusal):
                    raise error.__context__ from None
                raise
            except HttpParserError as error:
                raise Refusal(400, "BAD_REQUEST", f"This is not HTTP/1.1: {error}.") from None
            if self.phase is HEAD:
                self._bound_headers()
            elif self._chunked:
                self._bound_chunks()
            return b""

    @property
    def missing(self) -> int:
        """Bytes of the present body that are known to be still to come."""
        return self._length - self.body_size

    def end(self) -> None:
        """The request under way is the last one."""
        self._exchange.keep_alive = False

    def held(self) -> int:
        """Bytes of bodies that are here and not yet given to the application."""
        return self.body_size + sum(len(exchange.body) for exchange in self.finished)

    # Called by the parser.

    def on_url(self, part: bytes) -> None:
        """A piece of the request target."""
        if self.phase is IDLE:
            self.phase, self.since = HEAD, self.now
        self._target += part
        if len(self._target) > self._connection.server.limits.target_bytes:
            raise self._target_too_long()

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header line, or a trailer, which is dropped."""
        if self.phase is HEAD:
            self._headers.append((name.lower(), value.rstrip()))

    def on_headers_complete(self) -> None:
        """Everything that can be refused before the body comes is refused here."""
        self._bound_headers()
        parser, exchange = self._parser, self._exchange
        exchange.headers = self._headers
        version = parser.get_http_version()
        if version != "1.1" and version != "1.0":
            raise Refusal(505, "VERSION_NOT_SUPPORTED", f"HTTP/{version} is not spoken here; use HTTP/1.1.")
        exchange.old = version == "1.0"
        method = METHODS.get(parser.get_method())
        if method is None:
            raise Refusal(501, "METHOD_NOT_IMPLEMENTED", f"The methods here are {', '.join(METHODS.values())}.")
        exchange.method = method
        exchange.keep_alive = parser.should_keep_alive() and not self._connection.server.draining
        single = self._single_headers(self._headers)
        self._place(exchange, single)
        self._frame(exchange, single)
        if parser.should_upgrade():
            self._upgrade(exchange)
        self.phase, self.since, self._wire = BODY, self.now, 0

    def on_body(self, piece: bytes) -> None:
        """A piece of the body."""
        server = self._connection.server
        self.body_size += len(piece)
        server.held_bytes += len(piece)
        self._pieces.append(piece)
        if self.body_size > self._body_limit:
            raise self._body_too_long(f"more than {self._body_limit}")
        if server.held_bytes > server.limits.held_bytes:
            raise Refusal(503, "BUSY", "Too many bodies are waiting here; try again in a moment.")

    def on_message_complete(self) -> None:
        """The request is whole."""
        if self._declined:
            return
        exchange, pieces = self._exchange, self._pieces
        exchange.body = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        exchange.arrived = self.since = self.now
        self.finished.append(exchange)
        self.phase = IDLE if exchange.keep_alive else LAST
        self._reset()

    # What the headers mean.

    def _single_headers(self, headers: list[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
        single: dict[bytes, bytes] = {}
        for name, value in headers:
            if name in SINGLE:
                if name in single:
                    raise Refusal(400, "BAD_REQUEST", f"The header {name.decode()} came twice; send it once.")
                single[name] = value
        return single

    def _place(self, exchange: Exchange, single: dict[bytes, bytes]) -> None:
        """Where the request is meant to go: host, and the target from its path on."""
        target, host = self._target, single.get(b"host")
        if host is None and not exchange.old:
            raise Refusal(400, "BAD_REQUEST", "The header host is missing; HTTP/1.1 requires it.")
        if not target.startswith(b"/") and target != b"*":
            found = absolute_form(target)
            if found is None:
                raise Refusal(400, "BAD_REQUEST", "The request target must begin with / or with http://host/.")
            host, target = found.groups()
            if not target.startswith(b"/"):
                target = b"/" + target
        if host and not authority(host):
            raise Refusal(400, "BAD_REQUEST", "The host must be a name or an address, and maybe a port.")
        if b"#" in target:
            raise Refusal(400, "BAD_REQUEST", "The request target holds a #; encode it as %23.")
        exchange.host = host or b""
        exchange.target = target
        exchange.path, _, exchange.query = target.partition(b"?")

    def _frame(self, exchange: Exchange, single: dict[bytes, bytes]) -> None:
        """How the body ends, and whether it may be that long."""
        limits = self._connection.server.limits
        length = self._length = int(single.get(b"content-length", 0))
        coding = single.get(b"transfer-encoding")
        if coding is not None:
            if exchange.old or b"content-length" in single:
                raise Refusal(400, "BAD_REQUEST", "Send either content-length or, in HTTP/1.1, transfer-encoding.")
            if coding.lower() != b"chunked":
                raise Refusal(501, "CODING_NOT_IMPLEMENTED", "The only transfer-encoding taken here is chunked.")
            self._chunked = True
        self._body_limit = limits.body_bytes
        if self._chunked or length > limits.body_bytes:
            self._body_limit = limits.body_limit(exchange.path)
        if length > self._body_limit:
            raise self._body_too_long(str(length))
        expect = single.get(b"expect")
        if expect is not None and not exchange.old:
            if expect.lower() != b"100-continue":
                raise Refusal(417, "EXPECTATION_FAILED", "The only expectation met here is 100-continue.")
            self.invites = self._chunked or length > 0

    def _upgrade(self, exchange: Exchange) -> None:
        """Only a websocket is granted; any other upgrade is passed over and the request served as it is."""
        wanted = exchange.get(b"upgrade") or b""
        bare = exchange.method == "GET" and not (self._length or self._chunked or exchange.old)
        if bare and wanted.lower() == b"websocket":
            self.upgrading = exchange.websocket_wanted = True
            exchange.keep_alive = False
        else:
            self._declined = True

    def _without_upgrade(self) -> bytes:
        """The head once more for a new parser, as the old one has stopped at the upgrade without its body."""
        exchange, target = self._exchange, self._target
        lines = [b"%b: %b\r\n" % pair for pair in self._headers if pair[0] != b"upgrade"]
        version = b"1.0" if exchange.old else b"1.1"
        self._parser = HttpRequestParser(self)
        self._declined = False
        self._reset()
        self.phase = IDLE
        return b"%b %b HTTP/%b\r\n%b\r\n" % (exchange.method.encode(), target, version, b"".join(lines))

    # What is too much.

    def _bound_headers(self) -> None:
        """Refuse too many header lines, or too many bytes of them, be they whole or still without an end."""
        headers, limits = self._headers, self._connection.server.limits
        if len(headers) > limits.header_count:
            raise self._too_much_head()
        if self._wire <= limits.header_bytes:
            return
        size = sum(len(name) + len(value) + 4 for name, value in headers)
        if size > limits.header_bytes or self._wire > limits.target_bytes + limits.header_bytes + 3 * SLICE:
            raise self._too_much_head()

    def _bound_chunks(self) -> None:
        """Stop what the parser keeps or skips without telling: endless chunk extensions and trailers."""
        if self._wire > 8 * self.body_size + self._connection.server.limits.header_bytes + SLICE:
            raise Refusal(400, "BAD_REQUEST", "The chunks hold less content than framing; send larger chunks.")

    def _target_too_long(self) -> Refusal:
        limit = self._connection.server.limits.target_bytes
        message = f"The request target is longer than {limit} bytes; send the parameters in the body."
        return Refusal(414, "TARGET_TOO_LONG", message)

    def _too_much_head(self) -> Refusal:
        limits = self._connection.server.limits
        bounds = f"{limits.header_count} lines and {limits.header_bytes} bytes"
        return Refusal(431, "HEADERS_TOO_LARGE", f"The headers are larger than {bounds}; send fewer or shorter ones.")

    def _body_too_long(self, size: str) -> Refusal:
        message = f"The body has {size} bytes, but {self._body_limit} are taken at this path; send less."
        return Refusal(413, "BODY_TOO_LARGE", message)
