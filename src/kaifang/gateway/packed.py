"""Bytes that are the same for everybody: packed once, and sent only to who does not have them yet."""

from __future__ import annotations

import hashlib
import zlib

from .http import Exchange
from .http.answer import Headers

GZIP = 16 + zlib.MAX_WBITS  # zlib alone, as the gzip module costs several milliseconds at start


class Packed:
    """A body with its type, its gzip and its mark."""

    __slots__ = ("body", "kind", "small", "mark")

    def __init__(self, body: bytes, kind: bytes) -> None:
        self.body, self.kind = body, kind
        packer = zlib.compressobj(9, wbits=GZIP)
        self.small = packer.compress(body) + packer.flush()
        self.mark = b'"%b"' % hashlib.sha256(body).hexdigest()[:32].encode()

    def send(self, exchange: Exchange, headers: Headers = ()) -> None:
        """Answer with it; with 304 alone, if that is what the client has."""
        told = [*headers, (b"etag", self.mark), (b"vary", b"accept-encoding")]
        if self.mark in (exchange.get(b"if-none-match") or b""):
            exchange.reply(304, b"", told)
        elif b"gzip" in (exchange.get(b"accept-encoding") or b""):
            exchange.reply(200, self.small, [*told, (b"content-encoding", b"gzip")], self.kind)
        else:
            exchange.reply(200, self.body, told, self.kind)
