"""Where the documentation is served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaifang.gateway.openapi import open_document

if TYPE_CHECKING:
    from kaifang.gateway.door import Door


def open_pages(door: Door) -> None:
    """Serve what describes the platform, to people and to programs."""
    open_document(door)
