"""The back room: what is slow on purpose is computed here, in threads, so that it holds up nobody else."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from kaifang.kernel.platform import Busy
from kaifang.kernel.work import Slow

MOST, STRANGERS, EACH = 64, 32, 4  # that may wait: of all, of those who are not signed in, of one who is


class Backroom:
    """Computes for the gateway; `done` is called with what came of it, on the loop."""

    def __init__(self) -> None:
        threads = max(1, (os.cpu_count() or 1) // 2)  # never all processors: the loop needs one
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="backroom")
        self.waiting = Counter[str]()

    def compute(self, slow: Slow, who: str, done: Callable[[Future[Any]], None]) -> None:
        """Have it computed for a user, or for a stranger under no name; raises Busy if too much of theirs waits."""
        if self.waiting[who] >= (EACH if who else STRANGERS) or self.waiting.total() >= MOST:
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

        self.pool.submit(slow.compute).add_done_callback(ready)

    def close(self) -> None:
        """Let the threads go."""
        self.pool.shutdown(wait=False, cancel_futures=True)
