"""The documentation as a folder of files that any web server can serve, or a browser open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .shelf import Shelf


def build(folder: Path, home: str) -> Iterator[str]:
    """Write it; tells each file as it is written. `home` is where programs in it call the platform."""
    shelf = Shelf(home, is_static=True)
    for name, write in (shelf.others | shelf.pages).items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(write())
        yield name
