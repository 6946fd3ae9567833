"""The clock on its way: on a terminal one sees where it is, as a year may take a minute."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .home import Problem, Refused

if TYPE_CHECKING:
    from .client import Client

LOOK_SECONDS = 0.3


@contextlib.contextmanager
def shown(client: Client) -> Iterator[None]:
    """Show the platform's time while it is moved; programs are told nothing."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    there = threading.Event()
    with Console(stderr=True).status("moving the clock") as status:

        def look() -> None:
            while not there.wait(LOOK_SECONDS):
                with contextlib.suppress(Problem, Refused):
                    status.update(f"moving the clock: {client.call('kaifang.clock.read', {})['now']}")

        threading.Thread(target=look, daemon=True).start()
        try:
            yield
        finally:
            there.set()
