"""The limit of claims: Kaifang's own HTTP, signatures and answers, but nothing behind them than Redis counting down.

`python -m bench.peers.counter --home HOME --port PORT --redis SOCKET`. Nothing is checked of the person, nothing kept
of the voucher, nothing written to disk: what this cannot answer in a second, nobody behind this HTTP layer can.
"""

import argparse
import asyncio
from pathlib import Path
from typing import Any

from redis.asyncio import Redis

from bench.sends import METHOD
from kaifang.cli.serve import Options, open_platform, serve_here
from kaifang.gateway.http import run
from kaifang.kernel.method import methods

STOCK = "stock"


class Countdown:
    """Takes calls instead of the platform's queue, and lets Redis count: whatever waits goes in one round trip."""

    def __init__(self, socket: str) -> None:
        self.redis = Redis(unix_socket_path=socket)
        self.waiting: list[Any] = []
        self.task: asyncio.Task[None] | None = None

    def submit(self, task: Any, caller: Any, done: Any, look: Any = None) -> None:
        """Take a call, in the form in which the gateway queues it."""
        self.waiting.append(done)
        if self.task is None or self.task.done():
            self.task = asyncio.get_running_loop().create_task(self._count())

    async def _count(self) -> None:
        method = methods[METHOD]
        refusal = next(kind for kind in method.raises if kind.code == "BUDGET_NOT_ENOUGH")
        while self.waiting:
            batch, self.waiting = self.waiting, []
            pipe = self.redis.pipeline(transaction=False)
            for _ in batch:
                pipe.decr(STOCK)
            for done, left in zip(batch, await pipe.execute(), strict=True):
                done(method.answers[0](voucher_id=f"20250101826010{left:014d}") if left >= 0 else refusal())


def main() -> None:
    """Serve until a signal comes."""
    parser = argparse.ArgumentParser(prog="python -m bench.peers.counter", description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--redis", required=True, help="the socket of Redis")
    ask = parser.parse_args()
    options = Options(home=ask.home, ports=(ask.port,), quiet=True)
    platform, who, upgraded = open_platform(options)

    async def serve() -> None:
        platform.submit = Countdown(ask.redis).submit  # type: ignore[method-assign]
        await serve_here(options, platform, who, len(upgraded))

    run(serve())


if __name__ == "__main__":
    main()
