"""Kaifang as a contender, on SQLite or on PostgreSQL; everything is known through its command line but the filling."""

import contextlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import kaifang.capabilities
from bench.cpu import CORES
from bench.machine import free_port
from bench.postgres import Postgres
from bench.server import CannotRun, Running, process
from bench.town import BALANCE, Order, Town, app_id, buyer_id, logon_id, merchant_id, public_key
from kaifang.capabilities.account.tables import PartyRow
from kaifang.capabilities.fund.tables import PayCode
from kaifang.capabilities.openapp.tables import App
from kaifang.capabilities.trade.parts import Bill
from kaifang.capabilities.trade.tables import TradeRow
from kaifang.cli.serve import Options, open_platform
from kaifang.kernel import Account, Money, Move, Purse, Work
from kaifang.kernel.capability import discover
from kaifang.kernel.clock import DAY

TEMPLATE, DATABASE = "kaifang_template", "kaifang"
FRONTS = CORES - 1  # beside the process that writes
KEY = "public_key.txt"  # in the template's home: the key with which its answers verify
AT_ONCE = 2_000  # rows in one transaction of the filling
COMMAND = Path(sys.executable).with_name("kaifang")


@dataclass(frozen=True)
class Platform:
    """A platform that does not run yet: where its home is, and its database if that is a PostgreSQL."""

    home: Path
    database: str | None = None  # URL; without one it is SQLite in the home


def seed(platform: Platform, town: Town) -> str:
    """Fill a platform with a town, in bulk and before it starts; returns the key with which its answers verify.

    Writes directly through the kernel, in a few large transactions and without the gateway, what the capabilities
    would have written had each merchant and buyer come by himself:

    - for each merchant n below `town.merchants`: the party `merchant_id(n)`, his account with nothing on it, and the
      application `app_id(n)` with the public key `public_key(town.keys[n])`, allowed to call alipay.trade.pay;
    - for each buyer n below `town.buyers`: the party `buyer_id(n)`, `logon_id(n)`, and BALANCE fen on his account,
      posted in the journal against the world outside so that the books balance;
    - for each (code, buyer) of `town.codes()`: a pay code good once and not expired within a day;
    - for each order of `town.past()`: a paid trade with its journal entry, so that tables are as deep as real ones.

    The orders themselves are signed by `bench.orders` from the same town, the same bytes for every server. The returned
    key is the base64 of the X.509 form of the public key that belongs to the platform's signing key.
    """
    discover(kaifang.capabilities)
    options = Options(home=platform.home, database=platform.database or "", quiet=True)
    opened, who, _ = open_platform(options)
    now, far = opened.clock.now(), opened.clock.now() + DAY
    secret = "nobody signs in"
    parties = [
        PartyRow(
            id=merchant_id(n), kind="merchant", logon_id=f"shop{n}@example.com", name=f"Shop {n}", pay_secret=secret
        )
        for n in range(town.merchants)
    ]
    parties += [
        PartyRow(id=buyer_id(n), kind="person", logon_id=logon_id(n), name=f"Buyer {n}", pay_secret=secret)
        for n in range(town.buyers)
    ]
    apps = [
        App(
            id=app_id(n), party=merchant_id(n), name=f"Shop {n}", role="merchant", kind="WEB",
            public_key=public_key(town.keys[n]), created_at=now,
        )
        for n in range(town.merchants)
    ]  # fmt: skip
    codes = [PayCode(id=code, user=buyer, expires=far) for code, buyer in town.codes()]
    for rows in (parties, apps, codes):
        for part in parts(rows):
            opened.do(lambda work, part=part: [work.add(row) for row in part])
    for part in parts(range(town.buyers)):
        opened.do(lambda work, part=part: enrich(work, part))
    for part in parts(list(town.past())):
        opened.do(lambda work, part=part: remember(work, part))
    opened.store.engine.close()
    return who.public_key["spki_base64"]


def parts(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """What one transaction writes."""
    for at in range(0, len(rows), AT_ONCE):
        yield rows[at : at + AT_ONCE]


def enrich(work: Work, buyers: Sequence[int]) -> None:
    """Give buyers their money, against the world outside."""
    world = Purse("bench", "world")
    work.want(Account, [Purse(buyer_id(n)).account("CNY") for n in buyers])
    work.limit(world, floor=None)
    for n in buyers:
        work.post(Move(world, Purse(buyer_id(n)), Money(BALANCE)), why="bench.open", ref=buyer_id(n))


def remember(work: Work, orders: Sequence[Order]) -> None:
    """Write trades of earlier days as paying them would have left them."""
    parties = {party for order in orders for party in (buyer_id(order.buyer), merchant_id(order.merchant))}
    work.want(Account, [Purse(party).account("CNY") for party in parties])
    for order in orders:
        amount, seller, buyer = Money(order.amount), merchant_id(order.merchant), buyer_id(order.buyer)
        work.add(
            TradeRow(
                id=work.new_id("22001"), seller=seller, out_trade_no=order.out_trade_no, way="pay",
                app=app_id(order.merchant), auth_app=app_id(order.merchant), product="FACE_TO_FACE_PAYMENT",
                subject="早餐 豆浆和油条", total=amount, buyer=buyer, state="TRADE_SUCCESS", created=work.now - DAY,
                expires=work.now, paid=work.now - DAY, bills=[Bill(fund_channel="ALIPAYACCOUNT", amount=amount)],
            )
        )  # fmt: skip
        work.post(Move(Purse(buyer), Purse(seller), amount), why="trade.pay", ref=order.out_trade_no)


class Kaifang:
    """The platform under test."""

    def __init__(
        self, town: Town, folder: Path, postgres: Postgres | None, workers: int | None = None, *, signer: str = "",
    ) -> None:  # fmt: skip
        """Say for whom, where its home is, on which server if not on SQLite, and by which signer if not the best."""
        self.town, self.folder, self.postgres, self.signer = town, folder, postgres, signer
        self.name = ("kaifang, PostgreSQL" if postgres else "kaifang, SQLite") + (f", {signer}" if signer else "")
        # On so few cores one process that writes outdoes several, which wait for each other's locks.
        self.processes = ("--workers" if postgres and workers else "--fronts", str(workers or FRONTS))

    @property
    def home(self) -> Path:
        """Home of the run; the template's home lies beside it."""
        return self.folder / f"home-{'postgres' if self.postgres else 'sqlite'}{self.signer}"

    @property
    def template(self) -> Path:
        """Home from which each run is copied; by which signer it will sign makes no difference to it."""
        return self.home.with_name(f"{self.home.name.removesuffix(self.signer)}-template")

    def prepare(self) -> None:
        """Fill the template, unless the platform cannot even say how it is started."""
        known = COMMAND.exists() and subprocess.run([COMMAND, "up", "--help"], capture_output=True).returncode == 0
        if not known:
            raise CannotRun(f"{COMMAND} up does not start")
        if self.signer:
            return
        self.template.mkdir()
        if self.postgres:
            self.postgres.recreate(TEMPLATE)
        (self.template / KEY).write_text(seed(Platform(self.template, self._url(TEMPLATE)), self.town))
        if self.postgres:
            self.postgres.query(TEMPLATE, "VACUUM ANALYZE")

    @contextlib.contextmanager
    def running(self) -> Iterator[Running]:
        """The platform on a fresh copy of the template."""
        self.copied()
        port = free_port()
        command = [COMMAND, "up", "--home", self.home, "--port", str(port), *self.processes]
        if database := self._url(DATABASE):
            command += ["--database", database]
        with process(command, self.folder / f"{self.home.name}.log", port, KAIFANG_SIGNER=self.signer) as pid:
            processes = [pid, self.postgres.pid] if self.postgres else [pid]
            yield Running(f"http://127.0.0.1:{port}/gateway.do", processes, (self.template / KEY).read_text())
        if self.postgres:
            self.postgres.drop(DATABASE)

    def copied(self) -> Path:
        """A fresh copy of the template's home, and of its database."""
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self.template, self.home)
        if self.postgres:
            self.postgres.recreate(DATABASE, TEMPLATE)
        subprocess.run(["sync", "-f", self.folder], check=True)  # the copy's own writes disturb nobody later
        return self.home

    def paid(self) -> int:
        """Trades since the template, counted beside the running server."""
        return self.count("SELECT count(*) FROM trade WHERE state = 'TRADE_SUCCESS'") - self.town.history

    def count(self, sql: str) -> int:
        """A number out of the database of this run."""
        if self.postgres:
            return int(self.postgres.query(DATABASE, sql))
        file = (self.home / "platform.db").as_uri()
        with contextlib.closing(sqlite3.connect(f"{file}?mode=ro", uri=True)) as database:
            return int(database.execute(sql).fetchone()[0])

    def _url(self, database: str) -> str | None:
        return self.postgres.url(database) if self.postgres else None
