"""The yardstick everybody knows: pgbench's TPC-B on a durable PostgreSQL, written in C."""

import argparse
import re
import resource
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bench.cpu import CORES, spent_seconds
from bench.machine import fresh_disk
from bench.postgres import Postgres

SCALE = 20
TEMPLATE, DATABASE = "tpcb_template", "tpcb"
CONNECTIONS = (16, 64)


@dataclass(frozen=True)
class Transactions:
    """One run of pgbench."""

    rate: float  # transactions a second, without the time to connect
    mean_ms: float
    server_us: float  # CPU a transaction in PostgreSQL
    client_us: float  # CPU a transaction in pgbench itself


def prepare(postgres: Postgres) -> None:
    """Fill the template that each run copies."""
    postgres.recreate(TEMPLATE)
    postgres.run("pgbench", "-i", "-q", "-s", str(SCALE), TEMPLATE)


def run(postgres: Postgres, connections: int, seconds: int) -> Transactions:
    """Run TPC-B over so many connections, on a database fresh from its template."""
    threads = min(CORES, connections)
    words = ["-n", "-c", str(connections), "-j", str(threads), "-T", str(seconds), DATABASE]
    server, client = spent_seconds([postgres.pid]), _children_seconds()
    done = subprocess.run(postgres.command("pgbench", *words), capture_output=True, text=True, check=True)
    client = _children_seconds() - client
    server = spent_seconds([postgres.pid]) - server
    count = int(_number(r"actually processed: (\d+)", done.stdout))
    assert not _number(r"failed transactions: (\d+)", done.stdout), done.stdout
    return Transactions(
        rate=_number(r"tps = ([\d.]+)", done.stdout),
        mean_ms=_number(r"latency average = ([\d.]+)", done.stdout),
        server_us=1e6 * server / count,
        client_us=1e6 * client / count,
    )


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    assert found, f"pgbench printed no {pattern}: {text}"
    return float(found[1])


def main() -> None:
    """Print medians of a few interleaved rounds at each number of connections."""
    parser = argparse.ArgumentParser(prog="python -m bench.tpcb", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5, help="length of a run")
    parser.add_argument("--quick", action="store_true", help="one round of two seconds")
    parser.add_argument("--disk", type=Path, default=Path("/var/tmp"), help="where the database lies")
    ask = parser.parse_args()
    rounds, seconds = (1, 2) if ask.quick else (ask.rounds, ask.seconds)
    found: dict[int, list[Transactions]] = {count: [] for count in CONNECTIONS}
    with fresh_disk(ask.disk) as folder, Postgres(folder) as postgres:
        prepare(postgres)
        for _ in range(rounds):
            for count, runs in found.items():
                postgres.recreate(DATABASE, TEMPLATE)
                runs.append(run(postgres, count, seconds))
    print(f"pgbench TPC-B, scale {SCALE}, {rounds} rounds of {seconds} s")
    for count, runs in found.items():
        rate, mean, server, client = (
            statistics.median(getattr(one, name) for one in runs) for name in Transactions.__dataclass_fields__
        )
        print(f"  {count:3} connections: {rate:,.0f}/s, mean {mean:.1f} ms, CPU {server:.0f} + {client:.0f} us")


if __name__ == "__main__":
    main()
