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
        self._since = 0.0
        self._left = 0

    def pause(self, now: float) -> None:
        """The buffer is full; from now on the client has to read."""
        self.paused = True
        self._since, self._left = now, self.transport.get_write_buffer_size()

    def resume(self) -> None:
        """The client has read enough."""
        self.paused = False

    def write(self, data: bytes) -> None:
        """Send, unless the client has gone."""
        transport = self.transport
        if not transport.is_closing():
            transport.write(data)
            if self.paused:
                self._left += len(data)

    def stalled(self, now: float) -> bool:
        """Whether the client reads more slowly than is allowed."""
        if not self.paused:
            return False
        read = self._left - self.transport.get_write_buffer_size()
        return now - self._since > self._limits.write_seconds + max(read, 0) / self._limits.bytes_per_second
