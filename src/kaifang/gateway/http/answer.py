"""The bytes of an answer, and the answers the HTTP layer gives by itself."""

import re
from collections.abc import Sequence
from functools import lru_cache
from http import HTTPStatus

import msgspec

JSON = b"application/json;charset=utf-8"
OURS = frozenset({b"content-length", b"transfer-encoding", b"connection", b"content-type"})
BODILESS = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})
CLOSE = b"connection: close\r\n"
KEEP_ALIVE = b"connection: keep-alive\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
CHUNKED = b"transfer-encoding: chunked\r\n"
STATUS_LINES = {int(status): b"HTTP/1.1 %d %b\r\n" % (status, status.phrase.encode()) for status in HTTPStatus}

token = re.compile(rb"[a-z0-9!#$%&'*+.^_`|~-]+").fullmatch

Headers = Sequence[tuple[bytes, bytes]]


class Refusal(Exception):
    """A request that the HTTP layer answers by itself: a status, a code, and the reason with its cure."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message

    def body(self) -> bytes:
        """What the client reads."""
        return msgspec.json.encode({"code": self.code, "message": self.message})

    def answer(self) -> bytes:
        """The whole answer, after which the connection is closed."""
        body = self.body()
        return head(self.status, JSON, b"content-length: %d\r\n" % len(body), CLOSE) + body


@lru_cache(maxsize=1024)
def field_name(name: bytes) -> bytes:
    """A header name as it goes on the wire: in lower case, because one client library compares by case."""
    lower = name.lower()
    if lower in OURS:
        raise ValueError(f"The HTTP layer writes {lower.decode()} itself; leave it out.")
    if not token(lower):
        raise ValueError(f"{name!r} cannot be a header name.")
    return lower + b": "


def head(status: int, content_type: bytes, framing: bytes, ending: bytes, headers: Headers = ()) -> bytes:
    """Status line and headers; a value that would break out of its line is refused."""
    parts = [STATUS_LINES.get(status) or b"HTTP/1.1 %d \r\n" % status]
    if content_type:
        parts += (b"content-type: ", content_type, b"\r\n")
    for name, value in headers:
        parts += (field_name(name), value, b"\r\n")
    parts += (framing, ending, b"\r\n")
    whole = b"".join(parts)
    lines = 2 + bool(content_type) + len(headers) + bool(framing) + bool(ending)
    if whole.count(b"\n") != lines or whole.count(b"\r") != lines or b"\0" in whole:
        raise ValueError("A header value holds a line break or a NUL; encode it before it becomes a header.")
    return whole
