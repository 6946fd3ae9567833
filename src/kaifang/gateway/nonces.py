"""The numbers of v3 requests: each is answered once, whoever sends it again."""

from __future__ import annotations

from collections import deque

from kaifang.kernel import HOUR, SECOND, Happening, Work, daily, timer
from kaifang.kernel.clock import wall
from kaifang.kernel.table import Row, table

from . import codes

KEPT = 200_000  # of requests that only read, the latest in this process
AT_ONCE = 1000  # rows that are forgotten in one transaction


@table("nonce")
class Nonce(Row):
    """A v3 request that was carried out, so that its replay is not; the key leads with time."""

    id: str  # timestamp, app and nonce


def use(work: Work, nonce: str) -> None:
    """Carry out a request that changes something, unless that was done."""
    if work.find(Nonce, id=nonce) is not None:
        raise codes.REPLAYED()
    work.add(Nonce(id=nonce))


class Heard:
    """The latest requests that only read; they are not worth a row."""

    def __init__(self) -> None:
        self.known, self.order = set[int](), deque[int]()

    def use(self, nonce: str) -> None:
        """Answer a request, unless that was done."""
        number = hash(nonce)
        if number in self.known:
            raise codes.REPLAYED()
        self.known.add(number)
        self.order.append(number)
        if len(self.order) > KEPT:
            self.known.discard(self.order.popleft())


@daily("nonce.sweep", at="04:20")
def sweep(work: Work, happening: Happening) -> None:
    """Begin to forget requests that are too old to be believed."""
    sweep_on(work, happening)


@timer("nonce.sweep.on")
def sweep_on(work: Work, happening: Happening) -> None:
    """Forget them, page by page; a request may be as old as either clock says."""
    old = work.select(Nonce, "id < ?", (str(min(work.now, wall()) - 2 * HOUR),), "id", AT_ONCE)
    for nonce in old:
        work.remove(nonce)
    if len(old) == AT_ONCE:
        work.later(work.now + SECOND, "nonce.sweep.on", "")
