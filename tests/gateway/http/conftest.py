"""A really listening server in a thread of its own, and a client that speaks to it byte by byte."""

import asyncio
import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
import uvloop

from kaifang.gateway.http import Exchange, Limits, Server, serve

Result = TypeVar("Result")
LOOPS = {"uvloop": uvloop.new_event_loop, "asyncio": asyncio.new_event_loop}
QUICK = {"sweep_seconds": 0.02, "linger_seconds": 0.3}


class Answer:
    """One answer as it came over the wire."""

    def __init__(self, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    def __getitem__(self, name: str) -> bytes | None:
        found = [value for key, value in self.headers if key == name.encode()]
        assert len(found) < 2, f"{name} came twice"
        return found[0] if found else None

    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)


class Talk:
    """A client's connection."""

    def __init__(self, port: int, receive_buffer: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(5)
        try:
            self.socket.connect(("127.0.0.1", port))
        except OSError:
            self.socket.close()
            raise
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_hostname="localhost")
        self.file = self.socket.makefile("rb")

    def send(self, *parts: bytes) -> "Talk":
        """Send each part in a packet of its own."""
        for part in parts:
            self.socket.sendall(part)
        return self

    def answer(self, method: str = "GET") -> Answer:
        """Read one answer."""
        status, headers = self.head()
        given = dict(headers)
        if method == "HEAD" or status in (100, 101, 204, 304):
            body = b""
        elif given.get(b"transfer-encoding") == b"chunked":
            body = b"".join(iter(self.chunk, b""))
        elif b"content-length" in given:
            body = self.file.read(int(given[b"content-length"]))
        else:
            body = self.file.read()
        return Answer(status, headers, body)

    def head(self) -> tuple[int, list[tuple[bytes, bytes]]]:
        """Read a status line and headers."""
        line = self.file.readline()
        assert line.startswith(b"HTTP/1.1 "), f"not an answer: {line!r}"
        headers = []
        while (header := self.file.readline()) != b"\r\n":
            name, _, value = header.removesuffix(b"\r\n").partition(b": ")
            headers.append((name, value))
        return int(line.split()[1]), headers

    def chunk(self) -> bytes:
        """Read one chunk of a streamed answer; an empty one is the end."""
        data = self.file.read(int(self.file.readline(), 16))
        assert self.file.read(2) == b"\r\n"
        return data

    def ends(self) -> bool:
        """Whether the server closes without another byte."""
        try:
            return self.file.read(1) == b""
        except ConnectionResetError:
            return True

    def silent(self, seconds: float = 0.1) -> bool:
        """Whether nothing comes and the connection stays open."""
        self.socket.settimeout(seconds)
        try:
            self.socket.recv(1, socket.MSG_PEEK)
        except TimeoutError:
            return True
        finally:
            self.socket.settimeout(5)
        return False

    def reset(self) -> None:
        """Leave without a goodbye."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def close(self) -> None:
        """Leave."""
        self.file.close()
        self.socket.close()


class House:
    """A server, running."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.server: Server
        self.port = 0
        self.talks: list[Talk] = []

    def talk(self, **how: Any) -> Talk:
        """A new client."""
        talk = Talk(self.port, **how)
        self.talks.append(talk)
        return talk

    def shrink(self) -> None:
        """Take the kernel's part of the send buffers away, so that unread answers stay with the server."""
        for door in self.server._doors:
            for listening in door.sockets:
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)

    def do(self, deed: Callable[[], Result]) -> Result:
        """Have something done in the server's thread."""

        async def done() -> Result:
            return deed()

        return asyncio.run_coroutine_threadsafe(done(), self.loop).result(5)

    def drain(self, timeout_seconds: float) -> int:
        """Have the server go away."""
        return asyncio.run_coroutine_threadsafe(self.server.drain(timeout_seconds), self.loop).result(10)

    def until(self, true: Callable[[], bool], seconds: float = 3) -> None:
        """Wait for something to become true in the server's thread."""
        end = time.monotonic() + seconds
        while not self.do(true):
            assert time.monotonic() < end, "it never came true"
            time.sleep(0.005)


@pytest.fixture(params=LOOPS)
def loop(request: pytest.FixtureRequest) -> Iterator[asyncio.AbstractEventLoop]:
    """Each event loop in turn, running in a thread."""
    loop = LOOPS[request.param]()
    wrong: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _, context: wrong.append(context))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()
    assert not wrong, wrong


@pytest.fixture
def house(loop: asyncio.AbstractEventLoop) -> Iterator[Callable[..., House]]:
    """Starts servers: `house(app, ssl=None, **limits)`; all are gone after the test."""
    houses: list[House] = []

    def start(app: Callable[[Exchange], None], tls: ssl.SSLContext | None = None, **limits: Any) -> House:
        house = House(loop)
        begun = serve(app, [("127.0.0.1", 0)], Limits(**{**QUICK, **limits}), tls)
        house.server = asyncio.run_coroutine_threadsafe(begun, loop).result(5)
        house.port = house.server.addresses[0][1]
        houses.append(house)
        return house

    yield start
    for each in houses:
        each.drain(0)
        for talk in each.talks:
            talk.close()
        assert each.server.held_bytes == 0, "bodies were not given back"


def tell(exchange: Exchange) -> None:
    """An application that answers what it was asked."""
    seen = {
        "method": exchange.method,
        "target": exchange.target.decode(),
        "path": exchange.path.decode(),
        "query": exchange.query.decode(),
        "host": exchange.host.decode(),
        "headers": [[name.decode(), value.decode("latin-1")] for name, value in exchange.headers],
        "body": exchange.body.decode("latin-1"),
        "peer": exchange.peer,
        "secure": exchange.secure,
    }
    exchange.reply(200, json.dumps(seen).encode())


@pytest.fixture
def teller(house: Callable[..., House]) -> House:
    """A server that tells its clients what they sent."""
    return house(tell)
