"""A terminal of 70 columns, and what somebody sees there."""

from __future__ import annotations

import os
import pty
import subprocess

from tests.wire.town import PROGRAM


def seen(words: list[str], **surroundings: str) -> str:
    """What somebody sees at a terminal."""
    above, below = pty.openpty()
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "70", "LINES": "50"} | surroundings
    environment.pop("NO_COLOR", None) if "NO_COLOR" not in surroundings else None
    process = subprocess.Popen([*PROGRAM, *words], stdin=below, stdout=below, stderr=below, env=environment)
    os.close(below)
    told = b""
    while True:
        try:
            part = os.read(above, 65536)
        except OSError:
            break
        if not part:
            break
        told += part
    os.close(above)
    process.wait()
    return told.decode()
