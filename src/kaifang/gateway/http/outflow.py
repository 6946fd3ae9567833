"""What one client has still to read, and whether it reads at all."""

import asyncio

from kaifang.gateway.http.limits import Limits


class Outflow:
    """The sending side of one connection and the clock of a client that does not read."""

    __slots__ = ("_left", "_limits", "_since", "paused", "transport")

    def __init__(self, transport: asyncio.Transport, limits: Limits) -> None:
        transport.set_write_buffer_limits(high=limits.write_bytes)
        self.transport = transport
        self.paused = False  # the buffer is full: write nothing more that can wait
        self._limits = limits
        self._since: float | None = None
        self._left = 0

    @property
    def left(self) -> int:
        """Bytes that wait to be sent."""
        return self.transport.get_write_buffer_size()

    def pause(self, now: float) -> None:
        """The buffer is full."""
        self.paused = True
        self.watch(now)

    def resume(self) -> None:
        """The client has read enough."""
        self.paused = False
        self._since = None

    def watch(self, now: float) -> None:
        """From now on the client has to read what is left."""
        if self._since is None:
            self._since, self._left = now, self.left

    def write(self, data: bytes) -> None:
        """Send, unless the client has gone."""
        transport = self.transport
        if not transport.is_closing():
            transport.write(data)
            if self._since is not None:
                self._left += len(data)

    def stalled(self, now: float) -> bool:
        """Whether the client reads more slowly than is allowed."""
        if self._since is None:
            return False
        read = max(0, self._left - self.left)
        return now - self._since > self._limits.write_seconds + read / self._limits.bytes_per_second
