"""The conventional server as a contender, and alone: how fast it is on this machine."""

import argparse
import asyncio
import base64
import contextlib
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.limit import Signers
from bench.machine import free_port, fresh_disk
from bench.measure import Bout, run
from bench.orders import signed_file
from bench.peers.conventional.seed import fill
from bench.postgres import Postgres
from bench.sends import ACTIVITY, STOCK
from bench.server import Running, process
from bench.town import FULL, SMALL, Town, merchant_id, public_key

TEMPLATE, DATABASE = "conventional_template", "conventional"
ALCHEMY = "postgresql+asyncpg"
WORKERS = 2
POOL = 16  # connections a worker; 4, 8 and 32 made no difference beyond the noise


class Conventional:
    """FastAPI and SQLAlchemy's ORM, two uvicorn workers, PostgreSQL."""

    name = "conventional"

    def __init__(self, town: Town, postgres: Postgres, folder: Path, pool: int = POOL) -> None:
        """Say for whom, on which database server, and where its log goes."""
        self.town, self.postgres, self.folder, self.pool = town, postgres, folder, pool

    def prepare(self) -> None:
        """Fill the template."""
        self.postgres.recreate(TEMPLATE)
        asyncio.run(fill(self.town, self.postgres.url(TEMPLATE), self.postgres.url(TEMPLATE, ALCHEMY)))
        self.postgres.query(TEMPLATE, "VACUUM ANALYZE")

    @contextlib.contextmanager
    def running(self) -> Iterator[Running]:
        """Its workers, on a fresh copy."""
        self.postgres.recreate(DATABASE, TEMPLATE)
        port, der = free_port(), self.town.platform_key
        command = [
            sys.executable, "-m", "uvicorn", "bench.peers.conventional.app:app", "--workers", str(WORKERS),
            "--port", str(port), "--no-access-log", "--log-level", "warning",
        ]  # fmt: skip
        environment = {
            "DATABASE_URL": self.postgres.url(DATABASE, ALCHEMY),
            "PLATFORM_KEY": base64.b64encode(der).decode(),
            "POOL_SIZE": str(self.pool),
        }
        with process(command, self.folder / "conventional.log", port, **environment) as pid:
            yield Running(f"http://127.0.0.1:{port}/gateway.do", [pid, self.postgres.pid], public_key(der))
        self.postgres.drop(DATABASE)

    def paid(self) -> int:
        """Trades since the template."""
        return int(self.postgres.query(DATABASE, "SELECT count(*) FROM trade")) - self.town.history


class ConventionalClaims(Conventional):
    """The same with one activity that everybody wants vouchers of."""

    def prepare(self) -> None:
        """Fill the template, and open the activity."""
        super().prepare()
        values = f"'{ACTIVITY}', '{merchant_id(0)}', {STOCK}, 1, now() + interval '300 days'"
        columns = 'activity_id, seller_id, "left", per_user, ends_at'
        self.postgres.query(TEMPLATE, f"INSERT INTO activity ({columns}) VALUES ({values})")

    def paid(self) -> int:
        """Vouchers that stand in the database."""
        return int(self.postgres.query(DATABASE, "SELECT count(*) FROM voucher"))


def main() -> None:
    """Measure the conventional server alone."""
    parser = argparse.ArgumentParser(prog="python -m bench.theirs", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--connections", type=int, nargs="+", default=[16, 64])
    parser.add_argument("--pool", type=int, default=POOL, help="database connections a worker")
    parser.add_argument("--quick", action="store_true", help="one round of two seconds in a small town")
    parser.add_argument("--disk", type=Path, default=Path("/var/tmp"), help="where the database lies")
    ask = parser.parse_args()
    rounds, seconds = (1, 2) if ask.quick else (ask.rounds, ask.seconds)
    town = SMALL if ask.quick else FULL
    with fresh_disk(ask.disk) as folder, Postgres(folder) as postgres, Signers() as signers:
        server = Conventional(town, postgres, folder, ask.pool)
        server.prepare()
        for _ in range(rounds):
            for kind in ("many", "hot"):
                for connections in ask.connections:
                    files = partial(signed_file, town)
                    print(run(Bout(server.name, connections, kind), server, files, signers, seconds).line())


if __name__ == "__main__":
    main()
