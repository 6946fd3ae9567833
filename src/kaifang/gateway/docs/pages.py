"""Where the documentation is served: pages as somebody asks for them, written beside the loop and kept packed."""

from __future__ import annotations

import asyncio
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import msgspec

from kaifang.gateway.http import Exchange
from kaifang.gateway.openapi import open_document
from kaifang.gateway.packed import Packed

from . import plain
from .site import ASSETS, HERE, ROOT, Language, Site

if TYPE_CHECKING:
    from kaifang.gateway.door import Door

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
HTML, TEXT, JSON = b"text/html;charset=utf-8", b"text/plain;charset=utf-8", b"application/json;charset=utf-8"


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
        self.site = cache(self._site)
        self.written = lru_cache(maxsize=128)(self._written)

    async def __call__(self, exchange: Exchange) -> None:
        """Send what is asked for."""
        path = exchange.path.decode("ascii", "replace")
        if exchange.method not in ("GET", "HEAD"):
            exchange.reply(405, b"", [(b"allow", b"GET, HEAD")])
        elif path in (ROOT[:-1], f"{ROOT}zh"):
            exchange.reply(308, b"", [(b"location", f"{path}/".encode())])
        else:
            found = await asyncio.to_thread(self.written, path.removeprefix(ROOT).removeprefix("/"))
            if found is None:
                text = self.site().missing(language_of(path.removeprefix(ROOT)))
                exchange.reply(404, text.encode(), HEADERS, HTML)
            else:
                found.send(exchange, HEADERS)

    def _site(self) -> Site:
        """What there is to tell; made when somebody asks, as by then all methods are known."""
        return Site(self.house.settings.base_url or "http://127.0.0.1:8888")

    def _written(self, name: str) -> Packed | None:
        """A page or a file, packed; None if there is none."""
        site = self.site()
        if name in ASSETS:
            return Packed(HERE.joinpath(name).read_bytes(), ASSETS[name])
        if name == "search.json":
            return Packed(msgspec.json.encode(site.index()), JSON)
        if name == "llms.txt":
            return Packed(plain.contents(site, site.home).encode(), TEXT)
        if name == "llms-full.txt":
            return Packed(plain.everything(site).encode(), TEXT)
        here, language = name.removeprefix("zh/"), language_of(name)
        return Packed(site.page(here, language).encode(), HTML) if here in site.pages else None


def language_of(name: str) -> Language:
    """The language of an address below /docs/."""
    return "zh" if name.startswith("zh/") else "en"
