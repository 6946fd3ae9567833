"""Noting calls beside the traffic: no answer waits for it, and of a flood only the latest are written."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from kaifang.gateway import v2, v3
from kaifang.gateway.doctor.keeper import signed_body
from kaifang.gateway.doctor.masks import TOKENS, masked, readable, tokens_in_query
from kaifang.kernel.queue import Busy
from kaifang.kernel.work import PLATFORM

from .kept import Request, discreet, forget, keep

if TYPE_CHECKING:
    from kaifang.gateway.house import House

MOST_WAITING = 256  # requests that wait to be written; in a flood the latest count
AT_ONCE, PAUSE_SECONDS = 32, 0.5  # written together, and between two writings
A_SECOND, BURST = 25, 200  # that may be written, in the long run and after a quiet while
FORGETS_EVERY = 8  # writings
# Whoever looks on is not to fill the log.
UNNOTED = ("kaifang.log.", "kaifang.doctor.", "kaifang.notice.listen", "kaifang.notice.unlisten")
log = logging.getLogger("kaifang.gateway")

Asked = v2.Asked | v3.Asked
Noted = tuple[Asked, int, bytes, int, float]


class Outcome(msgspec.Struct):
    """What an answer says of itself."""

    code: str = "10000"
    sub_code: str = ""


read_outcome = msgspec.json.Decoder(Outcome, strict=False).decode


class Recorder:
    """Takes note of every call and its answer; in production without what they were about.

    Writing one costs a third of a payment, so that few are written where there are many: a burst of calls whole, of
    more the latest, at a rate that takes nothing from those who pay.
    """

    def __init__(self, house: House) -> None:
        self.house, self.writing, self.pause_seconds = house, False, PAUSE_SECONDS
        self.waiting: deque[Noted] = deque(maxlen=MOST_WAITING)
        self.may, self.since, self.apps, self.writes = float(BURST), 0.0, set[str](), 0

    def __call__(self, asked: Asked, status: int, text: bytes) -> None:
        """Keep a call soon."""
        if asked.name.startswith(UNNOTED):
            return
        loop = asyncio.get_running_loop()
        took = loop.time() - asked.exchange.arrived
        self.waiting.append((asked, status, text, self.house.platform.clock.now(), took))
        if not self.writing:
            self.writing = True
            loop.call_later(self.pause_seconds, self._write)

    def _write(self) -> None:
        """Write some of what waits, and look again after a while as long as there is more."""
        loop = asyncio.get_running_loop()
        self.may, self.since = min(BURST, self.may + (loop.time() - self.since) * A_SECOND), loop.time()
        count = min(len(self.waiting), AT_ONCE, int(self.may))
        self.may -= count
        requests = [self.request(*self.waiting.popleft()) for _ in range(count)]
        self.writing = bool(self.waiting)
        if self.writing:
            loop.call_later(self.pause_seconds, self._write)
        if requests:
            self._keep(requests)

    def _keep(self, requests: list[Request]) -> None:
        self.apps |= {one.app for one in requests}
        self.writes += 1
        with contextlib.suppress(Busy):  # those who pay come first
            self.house.platform.submit(partial(keep, requests=requests), PLATFORM, written)
            if self.writes % FORGETS_EVERY == 0:
                self.house.platform.submit(partial(forget, apps=sorted(self.apps)), PLATFORM, written)
                self.apps.clear()

    def request(self, asked: Asked, status: int, text: bytes, at: int, took: float) -> Request:
        """What is kept of a call."""
        is_v2 = isinstance(asked, v2.Asked)
        told = read_outcome(text) if text.startswith(b'{"code":') else Outcome()
        code = "10003" if status == 202 else told.code if is_v2 or status >= 400 else "10000"
        whole = self.house.settings.sandbox
        return Request(
            id=asked.trace, app=asked.app.id if asked.app else "", at=at, method=readable(asked.name),
            version="v2" if is_v2 else "v3", status=status, outcome=readable(told.sub_code or code),
            took=round(took * 1000), answered=discreet(text.decode("utf-8", "replace")) if whole else "",
            asked=discreet(as_sent(asked)) if whole else "",
        )  # fmt: skip


def as_sent(asked: Asked) -> str:
    """A call for people to read: where it went, and what it said."""
    return "\n".join(sent_v2(asked) if isinstance(asked, v2.Asked) else sent_v3(asked))


def sent_v2(asked: v2.Asked) -> list[str]:
    """A call to /gateway.do: its fields, one a line, in the order sent."""
    lines = [f"{asked.exchange.method} /gateway.do"]
    for name, value in asked.form.fields.items():
        text = value.decode(asked.codec, "replace")
        lines.append(f"{label(name)}={masked(text, [text]) if name in TOKENS else text}")
    return lines + [f"{label(name)}: {len(file.content)} bytes" for name, file in asked.form.files.items()]


def label(name: bytes) -> str:
    """The name of a field."""
    return name.decode("ascii", "replace")


def sent_v3(asked: v3.Asked) -> list[str]:
    """A call below /v3/: its first line, the headers that count, and its body."""
    exchange = asked.exchange
    target = masked(exchange.target.decode("latin-1"), tokens_in_query(exchange.query))
    lines = [f"{exchange.method} {target}", f"authorization: {latin(exchange.get(b'authorization'))}"]
    if token := latin(exchange.get(b"alipay-app-auth-token")):
        lines.append(f"alipay-app-auth-token: {masked(token, [token])}")
    multipart = latin(exchange.get(b"content-type")).startswith("multipart/")
    body = signed_body(asked) if multipart else exchange.body
    return [*lines, "", body.decode("utf-8", "replace")] if body else lines


def latin(value: bytes | None) -> str:
    """A header as text."""
    return (value or b"").decode("latin-1")


def written(result: Any) -> None:
    """Say so if requests could not be kept."""
    if isinstance(result, Exception):
        log.error("requests cannot be kept: %s", result)
