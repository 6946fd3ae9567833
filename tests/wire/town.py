"""A platform as people run it: `kaifang up` in a process of its own, and everything else through the command line."""

from __future__ import annotations

import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from kaifang.cli.buyer import Buyer
from kaifang.cli.home import Home

PROGRAM = [sys.executable, "-m", "kaifang"]
USERS_CONSENT, MERCHANTS_CONSENT = "/oauth2/publicAppAuthorize.htm", "/oauth2/appToAppAuth.htm"
BATCH_CONSENT = "/oauth2/appToAppBatchAuth.htm"
WAIT_SECONDS = 60  # a busy machine may take its time to make keys and to seed a world


class Town:
    """A running platform with its world. `stop()` it."""

    def __init__(self, home: Path, host: str, ports: list[int], *words: str) -> None:
        self.home, self.host, self.ports = home, host, ports
        self.plain_host = host if 80 in ports else ""  # where no port need be named
        self.numbers = itertools.count(1)
        home.mkdir(parents=True, exist_ok=True)
        self.log = home / "up.log"
        self.command = [*PROGRAM, "up", "--home", str(home), "--host", host, *words]
        self.command += [part for port in ports for part in ("--port", str(port))]
        self.start()
        self.world = json.loads(self.kaifang("world", "--json"))

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(self.command, stdout=out, stderr=subprocess.STDOUT)
        until = time.monotonic() + WAIT_SECONDS
        while not (self.home / "running.json").exists():
            assert self.process.poll() is None, f"kaifang up ended: {self.log.read_text()}"
            assert time.monotonic() < until, f"kaifang up does not answer: {self.log.read_text()}"
            time.sleep(0.05)

    def stop(self) -> int:
        """Ask it to stop, as Ctrl-C does; its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(WAIT_SECONDS)

    # The command line

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """What `kaifang WORDS --home HERE` comes to."""
        command = [*PROGRAM, *words, "--home", str(self.home)]
        return subprocess.run(command, capture_output=True, text=True, timeout=WAIT_SECONDS)

    def kaifang(self, *words: str) -> str:
        """What it prints; it must succeed."""
        done = self.run(*words)
        assert done.returncode == 0, f"kaifang {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    # Who lives here

    def app(self, name: str) -> dict[str, Any]:
        """An app of the world."""
        return next(app for app in self.world["apps"] if app["name"] == name)

    def person(self, name: str) -> dict[str, Any]:
        """A consumer of the world."""
        return next(one for one in self.world["consumers"] if one["id"] == name)

    def buyer(self, name: str = "anna") -> Buyer:
        """A consumer with the wallet in hand; the same as `kaifang buyer` without a new process each time."""
        return Buyer(Home(self.home), name)

    def balance(self, name: str) -> Decimal:
        """What a consumer can spend now."""
        return Decimal(self.buyer(name).ask("kaifang.wallet.balance")["available"])

    def consent(self, path: str, app: str, **more: str) -> str:
        """Where an app sends people to ask for their consent."""
        told = {"app_id": self.app(app)["app_id"], "redirect_uri": f"https://{app}.example.com/back"}
        return f"{self.world['base_url']}{path}?{urlencode(told | {'state': 'c2hlbGY='} | more)}"

    def number(self, letter: str) -> str:
        """A merchant's number that was not used before."""
        return f"{letter}{os.getpid()}-{next(self.numbers)}"


def queried(address: str) -> dict[str, str]:
    """What an address tells the app to which it leads."""
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))


def own_host(street: int = 1) -> str:
    """A loopback address for this process alone, so that each platform of tests has its own port 80."""
    number = os.getpid()
    host = f"127.{64 * street + (number >> 16) % 64}.{number >> 8 & 255}.{number & 255}"
    return host if can_listen(host, 0) else "127.0.0.1"


def can_listen(host: str, port: int) -> bool:
    """Whether a server may listen there."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError:
            return False
    return True


def free_port(host: str) -> int:
    """A port that nobody listens on."""
    with socket.socket() as tried:
        tried.bind((host, 0))
        return int(tried.getsockname()[1])
