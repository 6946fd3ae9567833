"""The signing desk: the answers of a batch are signed together, in threads, because OpenSSL lets go of the GIL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from .signing import Signer

TOGETHER = 8  # answers that one thread signs before it hands them over

Ready = Callable[[str], None]


class Desk:
    """Signs for the gateway; `done` is called with the signature, on the loop."""

    def __init__(self, signers: dict[str, Signer], threads: int = 2) -> None:
        self.signers = signers
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="sign")
        self.waiting: dict[str, list[tuple[bytes, Ready]]] = {sign_type: [] for sign_type in signers}
        self.called = False

    def sign(self, sign_type: str, message: bytes, done: Ready) -> None:
        """Have a message signed soon."""
        self.waiting[sign_type].append((message, done))
        if not self.called:
            self.called = True
            asyncio.get_running_loop().call_soon(self.work_off)

    async def signature(self, sign_type: str, message: bytes) -> str:
        """The same for those who can wait."""
        ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.sign(sign_type, message, lambda signature: None if ready.done() else ready.set_result(signature))
        return await ready

    def work_off(self) -> None:
        """Sign what waits: a single message here, several in the threads."""
        self.called = False
        for sign_type, waiting in self.waiting.items():
            if len(waiting) == 1:
                self._one(self.signers[sign_type], waiting[0])
            else:
                loop = asyncio.get_running_loop()
                for at in range(0, len(waiting), TOGETHER):
                    self.pool.submit(self._many, loop, self.signers[sign_type], waiting[at : at + TOGETHER])
            self.waiting[sign_type] = []

    @staticmethod
    def _one(signer: Signer, wanted: tuple[bytes, Ready]) -> None:
        message, done = wanted
        _hand_over([done], signer.sign_many([message]))

    @staticmethod
    def _many(loop: asyncio.AbstractEventLoop, signer: Signer, wanted: list[tuple[bytes, Ready]]) -> None:
        signatures = signer.sign_many([message for message, _ in wanted])
        loop.call_soon_threadsafe(_hand_over, [done for _, done in wanted], signatures)

    def close(self) -> None:
        """Let the threads go."""
        self.pool.shutdown(wait=False, cancel_futures=True)


def _hand_over(dones: list[Ready], signatures: list[str]) -> None:
    for done, signature in zip(dones, signatures, strict=True):
        try:
            done(signature)
        except Exception as problem:  # noqa: BLE001 - one who cannot be answered takes nobody else's answer away
            told = {"message": "an answer was signed and could not be sent", "exception": problem}
            asyncio.get_running_loop().call_exception_handler(told)
