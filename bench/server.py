"""A server under test: started fresh, seen to answer rightly, measured, stopped."""

import base64
import contextlib
import http.client
import json
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qsl, urlsplit

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

START_SECONDS = 60
FORM = "application/x-www-form-urlencoded;charset=utf-8"
NODE = "alipay_trade_pay_response"


class CannotRun(Exception):
    """This server cannot take part; the message says why."""


@dataclass(frozen=True)
class Running:
    """A server that answers, and the processes whose CPU it must answer for."""

    url: str
    processes: list[int] = field(default_factory=list)
    platform_key: str = ""  # base64 of the X.509 form, with which answers verify


class Server(Protocol):
    """What the suite knows of a server."""

    name: str

    def prepare(self) -> None:
        """Fill the template that each run starts from."""

    def running(self) -> contextlib.AbstractContextManager[Running]:
        """Start on a fresh copy of the template; stop at the end."""

    def paid(self) -> int:
        """How many trades stand in the database of this run, read beside the server."""


def prepared(servers: Sequence[Server]) -> tuple[dict[str, Server], list[str]]:
    """Those servers that can take part, by name, and why the others cannot."""
    ready, failures = {}, []
    for server in servers:
        try:
            server.prepare()
            ready[server.name] = server
        except CannotRun as reason:
            failures.append(f"{server.name} does not take part: {reason}")
    return ready, failures


@contextlib.contextmanager
def process(command: Sequence[str | Path], log: Path, port: int, **environment: str) -> Iterator[int]:
    """Run a server until the block ends; its process id once the port answers, its last words if it never does."""
    with log.open("wb") as file:
        started = subprocess.Popen(
            [str(word) for word in command], stdout=file, stderr=file, env={**os.environ, **environment}
        )
    try:
        _await_port(started, port, log)
        yield started.pid
    finally:
        started.terminate()
        try:
            started.wait(20)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def _await_port(started: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Ask until something listens."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and started.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        time.sleep(0.1)
    raise CannotRun(f"{Path(started.args[0]).name} did not start: {log.read_text(errors='replace')[-600:].strip()}")


def prove(running: Running, orders: Path) -> None:
    """Pay the first order of a file, twice: the answer must be signed and right, and the repeat must not pay again."""
    with orders.open() as file:
        body = file.readline().strip()
    content = json.loads(dict(parse_qsl(body))["biz_content"])
    first, again = (asked(running, body) for _ in range(2))
    if first.get("code") != "10000" or first["out_trade_no"] != content["out_trade_no"]:
        raise CannotRun(f"an order was not paid: {first}")
    if first["total_amount"] != content["total_amount"]:
        raise CannotRun(f"a wrong amount was paid: {first}")
    repeated = again.get("trade_no") == first["trade_no"] or again.get("sub_code") == "ACQ.TRADE_HAS_SUCCESS"
    if not repeated:
        raise CannotRun(f"the same order again was answered otherwise: {again}")


def asked(running: Running, body: str) -> dict[str, object]:
    """Send one request and give the node of the answer, after checking its signature."""
    address = urlsplit(running.url)
    connection = http.client.HTTPConnection(address.netloc, timeout=30)
    with contextlib.closing(connection):
        connection.request("POST", address.path, body, {"Content-Type": FORM})
        text = connection.getresponse().read()
    try:
        sign = json.loads(text)["sign"]
        node = text[text.index(b"{", 1) : text.rindex(b',"sign"')]
    except (ValueError, KeyError) as error:
        raise CannotRun(f"an answer without a signature: {text!r}") from error
    key = load_der_public_key(base64.b64decode(running.platform_key))
    assert isinstance(key, RSAPublicKey)
    key.verify(base64.b64decode(sign), node, PKCS1v15(), SHA256())
    return json.loads(node)
