"""`kaifang up` in a process of its own: started, killed without a warning, started again."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil

PROGRAM = [sys.executable, "-m", "kaifang"]
WAIT_SECONDS = 60


class Up:
    """A platform in a home of its own; the same home after each restart. `stop()` it."""

    def __init__(self, home: Path, database: str = "", workers: int = 1, fronts: int = 0) -> None:
        self.home, self.database, self.workers, self.fronts = home, database, workers, fronts
        self.port = free_port()
        self.log = home.with_suffix(".log")
        self.process: subprocess.Popen[bytes]

    def start(self) -> None:
        """Start it; returns at once."""
        words = ["up", "--quiet", "--home", str(self.home), "--port", str(self.port)]
        words += ["--database", self.database, "--workers", str(self.workers)] if self.database else []
        words += ["--fronts", str(self.fronts)]
        with self.log.open("ab") as out:
            self.process = subprocess.Popen([*PROGRAM, *words], stdout=out, stderr=out, start_new_session=True)

    def await_doors(self) -> None:
        """Wait until it listens."""
        until = time.monotonic() + WAIT_SECONDS
        while True:
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self.process.poll() is None, f"kaifang up ended: {self.said()}"
            assert time.monotonic() < until, f"kaifang up does not listen: {self.said()}"
            time.sleep(0.02)

    def crew(self) -> list[psutil.Process]:
        """The workers that live."""
        try:
            return psutil.Process(self.process.pid).children()
        except psutil.NoSuchProcess:
            return []

    def kill(self) -> None:
        """End it as the kernel would when memory runs out: its workers too, and all at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_keeper(self) -> list[psutil.Process]:
        """End the process that keeps the workers; the workers, who are to notice."""
        crew = self.crew()
        self.process.kill()
        self.process.wait()
        return crew

    def stop(self) -> int:
        """Ask it to stop; its exit code."""
        self.process.terminate()
        return self.process.wait(WAIT_SECONDS)

    def end(self) -> None:
        """Leave nothing behind, whatever happened."""
        if self.process.poll() is None:
            self.kill()

    def world(self) -> dict[str, Any]:
        """Who lives there."""
        return json.loads((self.home / "world.json").read_text())  # type: ignore[no-any-return]

    def prove(self) -> dict[str, Any]:
        """What `kaifang verify` finds."""
        words = ["verify", "--json", "--home", str(self.home), "--database", self.database]
        told = subprocess.run([*PROGRAM, *words], capture_output=True, text=True, timeout=WAIT_SECONDS)
        return json.loads(told.stdout)  # type: ignore[no-any-return]

    def said(self) -> str:
        """The end of its log."""
        return self.log.read_text("utf-8", "replace")[-3000:]


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])
