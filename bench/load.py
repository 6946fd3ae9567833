"""The load generator: wrk, sending signed orders from a file, each exactly once, and reading every answer."""

import argparse
import json
import resource
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bench.cpu import CORES
from bench.machine import tool

SCRIPT = Path(__file__).with_name("load.lua")
PATIENCE_SECONDS = 30
CORES_A_THREAD = 8  # one thread of wrk sends more than eight cores can sign


@dataclass(frozen=True)
class Load:
    """What one run of the generator saw."""

    answered: int
    sent: int
    refused: int  # answers that are not code 10000
    ran_out: int  # threads that had no order left before the time was over
    broken: int  # connections refused or cut, answers that never came
    seconds: float
    p50_ms: float
    p90_ms: float
    p99_ms: float
    max_ms: float
    client_us: float  # CPU of the generator itself, for each answer
    sample: str = ""  # one of the refused answers

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answered / self.seconds

    @property
    def failures(self) -> int:
        """Orders that were sent and not paid."""
        return self.refused + self.broken

    def objection(self) -> str | None:
        """Why this run must not count, or None if it may."""
        if self.failures:
            return f"{self.refused} answers refused, {self.broken} connections broken: {self.sample or 'no answer'}"
        if self.ran_out:
            return "the orders ran out before the time: sign more of them"
        return None if self.answered else "nothing was answered"


def send(url: str, orders: Path, connections: int, seconds: int) -> Load:
    """Send the orders of a file to a gateway over so many connections for so long, closed loop."""
    threads = min(connections, max(1, CORES // CORES_A_THREAD))
    command = [
        str(tool("wrk", "wrk")), "-t", str(threads), "-c", str(connections), "-d", f"{seconds}s",
        "--timeout", f"{PATIENCE_SECONDS}s", "-s", str(SCRIPT), url, "--", str(orders), str(threads),
    ]  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    lines = dict(line.split(" ", 1) for line in done.stdout.splitlines() if line.startswith(("RESULT ", "SAMPLE ")))
    assert "RESULT" in lines, f"wrk ended with {done.returncode}: {done.stdout}{done.stderr}"
    seen = json.loads(lines["RESULT"])
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Load(**seen, client_us=1e6 * cpu / max(1, seen["answered"]), sample=lines.get("SAMPLE", ""))


def main() -> None:
    """Send a file of orders to a gateway that runs already, and print what came back."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("url", help="such as http://127.0.0.1:8080/gateway.do")
    parser.add_argument("orders", type=Path, help="file with one signed form body a line; see bench.orders")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="one second")
    ask = parser.parse_args()
    assert urlsplit(ask.url).path, "the address needs its path, /gateway.do"
    load = send(ask.url, ask.orders, ask.connections, 1 if ask.quick else ask.seconds)
    print(f"{load.rate:,.0f} answers/s")
    for name, value in asdict(load).items():
        print(f"  {name:10} {value}")
    if objection := load.objection():
        raise SystemExit(f"invalid: {objection}")


if __name__ == "__main__":
    main()
