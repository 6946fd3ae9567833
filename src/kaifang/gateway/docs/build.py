"""The documentation as a folder of files that any web server can serve, or a browser open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from kaifang.gateway.openapi import document

from . import plain
from .site import ASSETS, HERE, LANGUAGES, Language, Site, file_of


def files(home: str) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The place of every file, and what writes it."""
    site = Site(home, is_static=True)
    for name in ASSETS:
        yield name, HERE.joinpath(name).read_bytes
    yield "search.json", lambda: msgspec.json.encode(site.index())
    yield "openapi.json", lambda: msgspec.json.encode(document())
    yield "llms.txt", lambda: plain.contents(site, home).encode()
    yield "llms-full.txt", lambda: plain.everything(site).encode()
    for language in LANGUAGES:
        for here in site.pages:
            yield file_of(here, language), partial(page, site, here, language)


def page(site: Site, here: str, language: Language) -> bytes:
    """A page as it stands in its file."""
    return site.page(here, language).encode()


def build(folder: Path, home: str) -> Iterator[str]:
    """Write it; tells each file as it is written. `home` is where programs in it call the platform."""
    for name, write in files(home):
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(write())
        yield name
