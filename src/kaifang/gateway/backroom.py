"""The back room: what is slow on purpose is computed here, in threads, so that it holds up nobody else."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from kaifang.kernel.queue import Busy
from kaifang.kernel.work import Caller, Slow

MOST, EACH = 64, 8  # that may wait: of all, and of one who is signed in, or one merchant
ROOM = {"wallet": 32, "operator": MOST}  # of those who are not, by their role: anybody signs in through the wallet


class Backroom:
    """Computes for the gateway; `done` is called with what came of it, on the loop."""

    def __init__(self) -> None:
        threads = max(1, (os.cpu_count() or 1) // 2)  # never all processors: the loop needs one
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="backroom")
        self.waiting = Counter[str]()

    def compute(self, slow: Slow, caller: Caller, done: Callable[[Future[Any]], None]) -> None:
        """Have it computed; raises Busy if too much of this caller's, or of all, waits."""
        who = caller.user or (caller.role if caller.role in ROOM else caller.merchant or caller.role)
        if self.waiting[who] >= ROOM.get(who, EACH) or self.waiting.total() >= MOST:
            raise Busy
        self.waiting[who] += 1
        loop = asyncio.get_running_loop()

        def ready(future: Future[Any]) -> None:
            if not future.cancelled():
                loop.call_soon_threadsafe(hand_over, future)

        def hand_over(future: Future[Any]) -> None:
            self.waiting[who] -= 1
            if not self.waiting[who]:
                del self.waiting[who]
            done(future)

        slow.begin(self.pool).add_done_callback(ready)

    def close(self) -> None:
        """Let the threads go, once they have finished what they are at."""
        self.pool.shutdown(cancel_futures=True)
