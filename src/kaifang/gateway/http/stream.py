"""An answer of unknown length, written piece by piece."""

import asyncio
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kaifang.gateway.http.exchange import Exchange

split_lines = re.compile(r"\r\n|\r|\n").split


class ClientGone(ConnectionError):
    """The client left before it had its whole answer."""


class Stream:
    """The writer of a streamed answer; a client that does not keep up is dropped."""

    def __init__(self, exchange: "Exchange", on_leave: Callable[[], None] | None) -> None:
        self._exchange = exchange
        self._on_leave = on_leave
        self._room = asyncio.Event()
        self._held = 0
        self._chunked = not exchange.old
        self._mute = exchange.method == "HEAD"

    @property
    def gone(self) -> bool:
        """Whether the client has left."""
        return self._exchange.gone

    def write(self, data: bytes) -> None:
        """Write without waiting; nothing is sent to a client that has left."""
        exchange = self._exchange
        if exchange.done:
            raise RuntimeError("the stream has been closed already")
        if not data or self._mute or exchange.gone:
            return
        exchange.output.append(b"%x\r\n%b\r\n" % (len(data), data) if self._chunked else data)
        exchange.connection.flush()
        self._held = self._held + len(data) if exchange.output else 0
        if self._held > exchange.connection.server.limits.stream_bytes:
            exchange.connection.abort()

    async def send(self, data: bytes) -> None:
        """Write as soon as the client keeps up; raises ClientGone if it has left."""
        await asyncio.sleep(0)  # a fast client must not keep all others waiting
        while not self._room.is_set() and not self.gone:
            await self._room.wait()
        if self.gone:
            raise ClientGone("the client left before the end of its answer")
        self.write(data)

    def close(self) -> None:
        """End the answer; closing twice does nothing."""
        exchange = self._exchange
        if exchange.done:
            return
        if self._chunked and not self._mute:
            exchange.output.append(b"0\r\n\r\n")
        exchange.done = True
        exchange.connection.flush()

    # Called by the connection.

    def room(self, there_is: bool) -> None:
        """Whether the client keeps up."""
        if there_is:
            self._room.set()
        else:
            self._room.clear()

    def leave(self) -> None:
        """The client has left, or the server asks to come to an end."""
        on_leave, self._on_leave = self._on_leave, None
        if self.gone:
            self._room.set()
        if on_leave is not None:
            on_leave()


def server_sent_event(data: str, event: str = "", id: str = "") -> bytes:
    """One event of an event stream; every line of the data becomes a line of its own."""
    if len(split_lines(event + id)) > 1:
        raise ValueError("The name or id of an event holds a line break; only its data may.")
    lines = [f"event: {event}"] if event else []
    lines += [f"id: {id}"] if id else []
    lines += [f"data: {line}" for line in split_lines(data)]
    return ("\n".join(lines) + "\n\n").encode()
