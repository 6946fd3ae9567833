"""Several processes of one platform: started together, replaced when one dies, gone when whoever keeps them is."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any

import msgspec

STEADY_SECONDS = 10  # who served so long is replaced at once
LONGEST_WAIT_SECONDS = 30  # before another try, when worker after worker dies young
PATIENCE_SECONDS = 30  # for a worker that was asked to stop


class Crew(msgspec.Struct, kw_only=True):
    """The workers of one platform, and how each of them is started."""

    command: Sequence[str]
    environment: Mapping[str, str]
    doors: Sequence[tuple[str, int]]  # host and port
    size: int
    join: Callable[[socket.socket], Awaitable[None]] | None = None  # takes up the other end of what a worker holds

    async def serve(self, ready: Callable[[], None]) -> None:
        """Keep so many workers until a signal comes; `ready` is called as soon as the first of them listens."""
        held = [reserve(host, port) for host, port in self.doors]
        stopping = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stopping.set)
        async with asyncio.TaskGroup() as places:
            for _ in range(self.size):
                places.create_task(self._keep(stopping))
            listening = places.create_task(self._listening())
            listening.add_done_callback(lambda task: None if task.cancelled() else ready())
            await stopping.wait()
            listening.cancel()
        for one in held:
            one.close()

    async def _keep(self, stopping: asyncio.Event) -> None:
        """Keep one place filled."""
        time, wait = asyncio.get_running_loop().time, 0.0
        while not stopping.is_set():
            began = time()
            worker, end = await self._start()
            await either(worker.wait(), stopping.wait())
            if worker.returncode is None:
                await dismiss(worker)
            end.close()
            if stopping.is_set():
                return
            wait = 0.0 if time() - began > STEADY_SECONDS else min(LONGEST_WAIT_SECONDS, max(0.5, 2 * wait))
            said = f"kaifang: a worker ended with {worker.returncode}; another one starts in {wait:g} seconds"
            print(said, file=sys.stderr, flush=True)
            await either(asyncio.sleep(wait), stopping.wait())

    async def _start(self) -> tuple[Process, socket.socket]:
        """A worker, and our end of the socket pair whose other end is its standard input.

        That one ends when this process does, however it ends; then the worker stops too.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            worker = await asyncio.create_subprocess_exec(*self.command, env=self.environment, stdin=theirs)
        if self.join is not None:
            await self.join(ours)
        return worker, ours

    async def _listening(self) -> None:
        """Wait until somebody listens at the first door."""
        while True:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection(*self.doors[0])
                writer.close()
                return
            await asyncio.sleep(0.1)


def reserve(host: str, port: int) -> socket.socket:
    """Take a port without listening at it, so that the workers may share it and nobody else takes it meanwhile."""
    family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    held = socket.socket(family, kind)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        held.bind(place)
    except OSError:
        held.close()
        raise
    return held


async def either(*waits: Coroutine[Any, Any, object]) -> None:
    """Wait for whichever comes first."""
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


async def dismiss(worker: Process) -> None:
    """Let a worker finish what it does; who does not come to an end is ended."""
    with contextlib.suppress(ProcessLookupError):
        worker.terminate()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await worker.wait()
        except TimeoutError:
            worker.kill()
            await worker.wait()
