"""A request made inside the process: the platform's own surfaces call the gateway as outsiders do, without a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

Headers = Sequence[tuple[bytes, bytes]]


class LocalAnswer:
    """What the gateway answered."""

    def __init__(self, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
        self.status, self.body, self.headers = status, body, headers

    def get(self, name: bytes) -> bytes | None:
        """The header of this lower-case name."""
        return next((value for key, value in self.headers if key == name), None)


class LocalExchange:
    """One request and its answer, with the same members as an exchange over HTTP."""

    peer, secure, gone, websocket_wanted = "", False, False, False

    def __init__(self, method: str, target: bytes, headers: Headers = (), body: bytes = b"") -> None:
        self.method, self.target, self.body = method, target, body
        self.path, _, self.query = target.partition(b"?")
        self.host, self.headers = b"", list(headers)
        loop = asyncio.get_running_loop()
        self.arrived, self.answer = loop.time(), loop.create_future()

    @property
    def answered(self) -> bool:
        """Whether the answer has been given."""
        return self.answer.done()

    def get(self, name: bytes) -> bytes | None:
        """The header of this lower-case name."""
        values = [value for key, value in self.headers if key == name]
        return b", ".join(values) if values else None

    def reply(self, status: int, body: bytes, headers: Headers = (), content_type: bytes = b"application/json") -> None:
        """Answer, once; whoever has left meanwhile hears nothing."""
        if not self.answer.cancelled():
            self.answer.set_result(LocalAnswer(status, body, [(b"content-type", content_type), *headers]))

    def fail(self, error: BaseException) -> None:
        """Let whoever waits for the answer hear of the failure."""
        if not self.answer.cancelled():
            self.answer.set_exception(error)


async def ask(
    door: Callable[[LocalExchange], None], method: str, target: bytes, headers: Headers = (), body: bytes = b""
) -> LocalAnswer:
    """Make a request to a door, and wait for its answer."""
    exchange = LocalExchange(method, target, headers, body)
    door(exchange)
    return await exchange.answer
