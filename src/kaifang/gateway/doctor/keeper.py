"""Keeping refused calls beside the traffic: answers never wait for it, and a flood of them costs little."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any

from kaifang.gateway import v2, v3
from kaifang.gateway.forms import MULTIPART, write_urlencoded
from kaifang.gateway.keys import export_public_key
from kaifang.kernel import Fault
from kaifang.kernel.clock import wall
from kaifang.kernel.queue import Busy
from kaifang.kernel.work import PLATFORM

from .cases import Case, Sent, keep
from .masks import SECRETS, readable

if TYPE_CHECKING:
    from kaifang.gateway.apps import App
    from kaifang.gateway.house import House

LARGEST = 32 * 1024  # bytes of target and body together; of a longer call the content is not kept
MOST_WAITING = 32  # cases written together; in a flood the latest count
PAUSE_SECONDS = 0.2  # between two writings
LONGEST_HEADER = 4096
log = logging.getLogger("kaifang.gateway")

Asked = v2.Asked | v3.Asked


class Keeper:
    """Takes note of calls that failed verification; in production without what they were about."""

    def __init__(self, house: House) -> None:
        self.house, self.writing, self.pause_seconds = house, False, PAUSE_SECONDS
        self.platform_key = house.identity.public_key["spki_base64"]
        self.waiting: deque[tuple[Asked, Fault, int, int]] = deque(maxlen=MOST_WAITING)

    def __call__(self, asked: Asked, refusal: Fault) -> None:
        """Keep a call soon."""
        self.waiting.append((asked, refusal, self.house.platform.clock.now(), wall()))
        if not self.writing:
            self.writing = True
            asyncio.get_running_loop().call_soon(self._write)

    def _write(self) -> None:
        """Write what waits, and look again after a while."""
        noted, self.waiting = self.waiting, deque(maxlen=MOST_WAITING)
        self.writing = bool(noted)
        if not noted:
            return
        asyncio.get_running_loop().call_later(self.pause_seconds, self._write)
        cases = [self.case_of(*one) for one in noted]
        with contextlib.suppress(Busy):  # those who pay come first
            self.house.platform.submit(partial(keep, cases=cases), PLATFORM, written)

    def case_of(self, asked: Asked, refusal: Fault, at: int, machine_at: int) -> Case:
        """What is kept of a call."""
        app: App | None = asked.app
        sent = self.sent_v2(asked) if isinstance(asked, v2.Asked) else self.sent_v3(asked)
        sent.wall, sent.platform_key = machine_at, self.platform_key
        sent.platform_sn, sent.root_sn = self.house.identity.sn, self.house.identity.root_sn
        return Case(
            id=asked.trace, app=app.id if app else "", at=at, method=readable(asked.name), code=refusal.kind.code,
            facts={name: readable(str(value)) for name, value in refusal.facts.items()}, sent=sent,
        )  # fmt: skip

    def keeps(self, *parts: bytes) -> bool:
        """Whether content of this size is kept."""
        return self.house.settings.sandbox and sum(map(len, parts)) <= LARGEST

    def sent_v2(self, asked: v2.Asked) -> Sent:
        """A call to /gateway.do."""
        exchange, fields = asked.exchange, asked.form.fields
        content_type = text_of(exchange.get(b"content-type"))
        target, body = exchange.target, exchange.body
        if content_type.lower().startswith(MULTIPART):
            target, body = exchange.path, write_urlencoded(fields)
        whole = self.keeps(target, body)
        if not whole:
            common = {name: value for name, value in fields.items() if name in v2.COMMON - SECRETS}
            target, body = exchange.path[:LARGEST], write_urlencoded(common)[:LARGEST]
        return Sent(
            version="v2", verb=exchange.method, target=target, body=body, host=exchange.host, whole=whole,
            content_type=content_type, key=key_text(asked.app, text_of(fields.get(b"app_cert_sn"))),
        )  # fmt: skip

    def sent_v3(self, asked: v3.Asked) -> Sent:
        """A call below /v3/."""
        exchange, told = asked.exchange, asked.authorization
        content_type, token = text_of(exchange.get(b"content-type")), exchange.get(b"alipay-app-auth-token")
        target, body, upload = exchange.target, exchange.body, b""
        if content_type.lower().startswith(MULTIPART):
            body, upload = signed_body(asked), body if self.keeps(target, body) else b""
        whole = self.keeps(target, body)
        if not whole:
            target, body, token = exchange.path[:LARGEST], b"", None
        return Sent(
            version="v3", verb=exchange.method, target=target, body=body, upload=upload, host=exchange.host,
            content_type=content_type, authorization=(exchange.get(b"authorization") or b"")[:LONGEST_HEADER],
            token=token, whole=whole, key=key_text(asked.app, told.app_cert_sn if told else ""),
        )  # fmt: skip


def written(result: Any) -> None:
    """Say so if cases could not be kept."""
    if isinstance(result, Exception):
        log.error("refused calls cannot be kept: %s", result)


def signed_body(asked: v3.Asked) -> bytes:
    """The line of the body in the text that an upload signs."""
    token = asked.exchange.get(b"alipay-app-auth-token")
    tail = b"\n" if token is None else b"\n" + token + b"\n"
    return asked.texts[0].split(b"\n", 3)[3].removesuffix(tail) if asked.texts else b""


def key_text(app: App | None, sn: str) -> str:
    """The key that an app's signature is checked with, as text."""
    key = None if app is None else app.certs.get(sn) if sn else app.key
    return export_public_key(key)["spki_base64"] if key else ""


def text_of(value: bytes | None) -> str:
    """A header or field that ought to be ASCII."""
    return readable((value or b"")[:256].decode("ascii", "replace"))
