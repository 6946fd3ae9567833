"""The limit nobody passes: bare RSA2048-SHA256 signatures on all cores, and nothing else."""

import argparse
import multiprocessing
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from bench.cpu import CORES

MESSAGE = b"x" * 1000  # about the length of an answer
LOOK_AT_CLOCK_EVERY = 8


@dataclass(frozen=True)
class Limit:
    """What the machine can sign, measured for a moment."""

    rate: float  # signatures a second, all cores
    sign_us: float  # CPU of one signature, in microseconds: the unit of every other figure


def between(before: Limit, after: Limit) -> Limit:
    """The limit while something ran, from the two measured before and after it."""
    return Limit((before.rate + after.rate) / 2, (before.sign_us + after.sign_us) / 2)


def _repeat(act: Callable[[], object], seconds: float) -> tuple[int, float, float]:
    """Do one thing until the time is over; how often, in how many seconds of wall clock and of CPU."""
    began, cpu, count = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - began < seconds:
        for _ in range(LOOK_AT_CLOCK_EVERY):
            act()
        count += LOOK_AT_CLOCK_EVERY
    return count, time.perf_counter() - began, time.process_time() - cpu


def _sign_when_told(pipe: Connection) -> None:
    """One signing process: waits without cost, signs as long as it is told, reports."""
    key = rsa.generate_private_key(65537, 2048)
    pipe.send("ready")
    while (seconds := pipe.recv()) is not None:
        pipe.send(_repeat(lambda: key.sign(MESSAGE, padding.PKCS1v15(), SHA256()), seconds))


class Signers:
    """One signing process a core, kept alive so that a measurement can stand beside every run."""

    def __init__(self, count: int = CORES) -> None:
        """Name how many; they start on entry."""
        self.count = count
        self._pipes: list[Connection] = []
        self._processes: list[multiprocessing.process.BaseProcess] = []

    def __enter__(self) -> "Signers":
        """Start them and wait until each has its key."""
        spawn = multiprocessing.get_context("spawn")
        for _ in range(self.count):
            ours, theirs = spawn.Pipe()
            process = spawn.Process(target=_sign_when_told, args=(theirs,), daemon=True)
            process.start()
            self._pipes.append(ours)
            self._processes.append(process)
        for pipe in self._pipes:
            pipe.recv()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Send them home."""
        for pipe in self._pipes:
            pipe.send(None)
        for process in self._processes:
            process.join(5)

    def measure(self, seconds: float) -> Limit:
        """Sign on all cores at once for this long."""
        for pipe in self._pipes:
            pipe.send(seconds)
        told = [pipe.recv() for pipe in self._pipes]
        rate = sum(count / wall for count, wall, _ in told)
        return Limit(rate, 1e6 * sum(cpu for *_, cpu in told) / sum(count for count, *_ in told))


def verify_us(seconds: float = 0.5) -> float:
    """CPU of one RSA2048-SHA256 verification, in microseconds."""
    key = rsa.generate_private_key(65537, 2048)
    public, signature = key.public_key(), key.sign(MESSAGE, padding.PKCS1v15(), SHA256())
    count, _, cpu = _repeat(lambda: public.verify(signature, MESSAGE, padding.PKCS1v15(), SHA256()), seconds)
    return 1e6 * cpu / count


def main() -> None:
    """Print the limit: median and range of a few rounds."""
    parser = argparse.ArgumentParser(prog="python -m bench.limit", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0, help="length of a round")
    parser.add_argument("--quick", action="store_true", help="two rounds of half a second")
    ask = parser.parse_args()
    rounds, seconds = (2, 0.5) if ask.quick else (ask.rounds, ask.seconds)
    with Signers() as signers:
        found = [signers.measure(seconds) for _ in range(rounds)]
    rates, costs = [one.rate for one in found], [one.sign_us for one in found]
    print(f"RSA2048-SHA256, {CORES} processes, {rounds} rounds of {seconds:g} s")
    print(f"  signatures/s   median {statistics.median(rates):,.0f}   from {min(rates):,.0f} to {max(rates):,.0f}")
    print(f"  CPU of one     median {statistics.median(costs):.0f} us   from {min(costs):.0f} to {max(costs):.0f}")
    print(f"  verification   {verify_us():.0f} us")


if __name__ == "__main__":
    main()
