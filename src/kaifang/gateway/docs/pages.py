"""Where the documentation is served: pages as somebody asks for them, written beside the loop and kept packed."""

from __future__ import annotations

import asyncio
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kaifang.gateway.http import Exchange
from kaifang.gateway.openapi import open_document
from kaifang.gateway.packed import Packed

if TYPE_CHECKING:
    from kaifang.gateway.door import Door

    from .shelf import Shelf

ROOT = "/docs/"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = [
    (b"cache-control", b"no-cache"),
    (b"content-security-policy", POLICY.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
]
HTML = b"text/html;charset=utf-8"


def open_pages(door: Door) -> None:
    """Serve what describes the platform, to people and to programs."""
    open_document(door)
    pages = Pages(door)
    for path in ("/docs", "/llms.txt", "/llms-full.txt"):
        door.open_slow(path, pages)


class Pages:
    """Answers below /docs."""

    def __init__(self, door: Door) -> None:
        self.house = door.house
        self.shelf = cache(self._shelf)
        self.packed = lru_cache(maxsize=128)(self._packed)

    async def __call__(self, exchange: Exchange) -> None:
        """Send what is asked for."""
        path = exchange.path.decode("ascii", "replace")
        name = path.removeprefix(ROOT).removeprefix("/")
        if exchange.method not in ("GET", "HEAD"):
            exchange.reply(405, b"", [(b"allow", b"GET, HEAD")])
        elif path in (ROOT[:-1], f"{ROOT}zh"):
            exchange.reply(308, b"", [(b"location", f"{path}/".encode())])
        elif (found := await asyncio.to_thread(self.packed, name)) is None:
            exchange.reply(404, self.shelf().missing(name), HEADERS, HTML)
        else:
            found.send(exchange, HEADERS)

    def _shelf(self) -> Shelf:
        from .shelf import Shelf  # not before somebody asks: it takes a while, and all methods are known by then

        return Shelf(self.house.settings.base_url or "http://127.0.0.1:8888")

    def _packed(self, name: str) -> Packed | None:
        found = self.shelf().find(name)
        return Packed(*found) if found else None
