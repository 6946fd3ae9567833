"""Every file of the documentation by its name, each written when it is wanted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec

from kaifang.gateway.openapi import document

from . import plain
from .site import HERE, LANGUAGES, Language, Site, file_of, within

Write = Callable[[], bytes]
KINDS = {
    "css": b"text/css;charset=utf-8", "js": b"text/javascript;charset=utf-8", "txt": b"text/plain;charset=utf-8",
    "json": b"application/json;charset=utf-8",
}  # fmt: skip
HTML = b"text/html;charset=utf-8"


class Shelf:
    """The pages in both languages, and what else there is; `home` is where programs in it call the platform."""

    def __init__(self, home: str, *, is_static: bool = False) -> None:
        self.site = site = Site(home, is_static=is_static)
        self.others: dict[str, Write] = {
            "site.css": HERE.joinpath("site.css").read_bytes,
            "site.js": HERE.joinpath("site.js").read_bytes,
            "search.json": lambda: msgspec.json.encode(site.index()),
            "llms.txt": lambda: plain.contents(site, home).encode(),
            "llms-full.txt": lambda: plain.everything(site).encode(),
        }
        if is_static:
            self.others["openapi.json"] = lambda: msgspec.json.encode(document())
        name = file_of if is_static else within
        self.pages: dict[str, Write] = {
            name(here, language): partial(self.page, here, language) for language in LANGUAGES for here in site.pages
        }

    def page(self, here: str, language: Language) -> bytes:
        """A page."""
        return self.site.page(here, language).encode()

    def find(self, name: str) -> tuple[bytes, bytes] | None:
        """A file and its type, if there is one of this name."""
        if name in self.others:
            return self.others[name](), KINDS[name.rpartition(".")[2]]
        return (self.pages[name](), HTML) if name in self.pages else None

    def missing(self, name: str) -> bytes:
        """What is said where there is nothing."""
        return self.site.missing("zh" if name.startswith("zh/") else "en").encode()
