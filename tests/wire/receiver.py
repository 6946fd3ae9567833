"""A merchant's server that is notified: it keeps what it is sent and says what a test wants it to say."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qsl

WAIT_SECONDS = 15


class Delivery(NamedTuple):
    """One request that arrived."""

    path: str
    content_type: str
    fields: dict[str, str]


class Receiver:
    """Listens on a free port. `close()` it."""

    def __init__(self) -> None:
        self.deliveries: list[Delivery] = []
        self.arrived = threading.Condition()
        self.says = dict[str, list[str]]()  # by path: what is said to the first deliveries, success to all others
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self.thread.start()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            """Takes a notification in."""

            def do_POST(self) -> None:
                """Keep it, and answer."""
                body = self.rfile.read(int(self.headers["content-length"])).decode("ascii")
                fields = dict(parse_qsl(body, keep_blank_values=True, strict_parsing=True))
                said = receiver.take(Delivery(self.path, self.headers["content-type"], fields)).encode()
                self.send_response(200)
                self.send_header("content-length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler

    def take(self, delivery: Delivery) -> str:
        """Keep a delivery; what the merchant answers."""
        with self.arrived:
            self.deliveries.append(delivery)
            self.arrived.notify_all()
            waiting = self.says.get(delivery.path)
            return waiting.pop(0) if waiting else "success"

    def wait(self, path: str, count: int = 1) -> list[dict[str, str]]:
        """The fields of what arrived at a path, as soon as there are so many."""
        until = time.monotonic() + WAIT_SECONDS
        with self.arrived:
            while len(found := [one.fields for one in self.deliveries if one.path == path]) < count:
                left = until - time.monotonic()
                assert left > 0, f"{len(found)} of {count} notifications arrived at {path}"
                self.arrived.wait(left)
        return found

    def close(self) -> None:
        """Stop listening."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
