"""`kaifang listen`: hear an app's notifications on this machine, and hand them to a program byte for byte."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Annotated, Any
from urllib.parse import parse_qsl

import msgspec
from cyclopts import Parameter
from cyclopts.validators import Number

from . import AppName, Json, Where
from .client import Client, Unfollowed
from .home import DEFAULT, Home, Problem, Refused

LASTS_SECONDS, AGAIN_SECONDS = 60, 20  # how long the platform believes that we listen, and how often we say so
TIMEOUT_SECONDS = 14  # for the program: a little less than the platform waits for us
MOST_BYTES = 1 << 20
SHOWN = ("trade_status", "trade_no", "status", "agreement_no", "auth_no", "out_trade_no")


class Heard(msgspec.Struct):
    """One notification, and what the program said to it."""

    at: str
    kind: str
    notify_id: str
    fields: dict[str, str]
    forwarded: str | None
    status: int
    answer: str
    counts: bool  # whether the platform takes it for heard


class Ear(ThreadingHTTPServer):
    """Hears notifications, one thread each."""

    daemon_threads = True

    def __init__(self, port: int, forward: str, tell: Callable[[Heard], None]) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.forward, self.tell = forward, tell
        self.url = f"http://127.0.0.1:{self.server_address[1]}/"


class Handler(BaseHTTPRequestHandler):
    """Answers one notification as the program does."""

    server: Ear

    def do_POST(self) -> None:  # noqa: N802 - named by http.server
        """Hear it."""
        size = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(min(size, MOST_BYTES))
        kind = self.headers.get("content-type") or ""
        status, answer = handed_on(self.server.forward, body, kind) if self.server.forward else (200, b"success")
        self.send_response(status)
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
        self.server.tell(heard(body, self.server.forward, status, answer))

    def log_message(self, *_: Any) -> None:
        """Say nothing of one's own."""


def handed_on(url: str, body: bytes, kind: str) -> tuple[int, bytes]:
    """What the program answers to this body."""
    request = urllib.request.Request(url, body, {"content-type": kind})
    try:
        with urllib.request.build_opener(Unfollowed).open(request, timeout=TIMEOUT_SECONDS) as answer:
            return answer.status, answer.read(MOST_BYTES)
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read(MOST_BYTES)
    except (OSError, ValueError) as problem:
        return 502, f"nobody answers at {url}: {getattr(problem, 'reason', problem)}".encode()


def heard(body: bytes, forward: str, status: int, answer: bytes) -> Heard:
    """A notification as it is told."""
    fields = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    said = answer.decode("utf-8", "replace")
    return Heard(
        at=time.strftime("%H:%M:%S"), kind=fields.get("notify_type") or fields.get("msg_method", "?"),
        notify_id=fields.get("notify_id", ""), fields=fields, forwarded=forward or None, status=status,
        answer=said[:1000], counts=status == 200 and said.strip() == "success",
    )  # fmt: skip


def line(one: Heard) -> str:
    """The same in a line, for people."""
    about = "  ".join(one.fields[name] for name in SHOWN if one.fields.get(name))
    said = " ".join(one.answer.split())[:80]
    became = f"-> {one.status} {said}" + ("" if one.counts else "  (not heard: answer 200 and the word success)")
    return f"{one.at}  {one.kind}  {one.notify_id}  {about}  {became}"


def stopped(*_: Any) -> None:
    """End as Ctrl-C does."""
    raise KeyboardInterrupt


def listen(
    *,
    forward: Annotated[str, Parameter(help="Your program's address; without one, each is answered success.")] = "",
    app: AppName = "coffee",
    port: Annotated[
        int, Parameter(validator=Number(gte=0, lte=65535), help="The port to listen at; any if none is given.")
    ] = 0,
    home: Where = DEFAULT,
    json: Json = False,
) -> None:
    """Hear an app's notifications here, whatever address they have, until Ctrl-C.

    Your program gets each body byte for byte, and what it answers counts: only success is heard.
    Example: kaifang listen --forward http://127.0.0.1:5000/notify
    Example: kaifang trigger trade.paid
    """
    if forward and not forward.startswith(("http://", "https://")):
        raise Problem(f"not a web address: {forward}; write http://127.0.0.1:5000/notify")
    client = Client.of(Home(home), app)

    def tell(one: Heard) -> None:
        print(msgspec.json.encode(one).decode() if json else line(one), flush=True)

    try:
        ear = Ear(port, forward, tell)
    except OSError as problem:
        raise Problem(f"cannot listen at port {port}: {problem.strerror}; choose another --port") from None
    doing = f"for {forward}" if forward else "answering success"
    hear(client, ear, f"listening to {client.app['name']}, {doing}", json)


def hear(client: Client, ear: Ear, said: str, json: bool) -> None:
    """Serve, and let the platform know so, until somebody stops it."""
    left = threading.Event()

    def renew() -> None:
        while not left.wait(AGAIN_SECONDS):
            with contextlib.suppress(Problem, Refused):  # it may be started again meanwhile
                client.call("kaifang.notice.listen", {"url": ear.url, "seconds": LASTS_SECONDS})

    client.call("kaifang.notice.listen", {"url": ear.url, "seconds": LASTS_SECONDS})
    threading.Thread(target=renew, daemon=True).start()
    signal.signal(signal.SIGTERM, stopped)
    print(msgspec.json.encode({"listening": ear.url}).decode() if json else f"{said}; stop with Ctrl-C", flush=True)
    try:
        ear.serve_forever(poll_interval=0.1)
    except KeyboardInterrupt:
        pass
    finally:
        left.set()
        with contextlib.suppress(Problem):  # it may have stopped before us
            client.call("kaifang.notice.unlisten", {})
        ear.server_close()
