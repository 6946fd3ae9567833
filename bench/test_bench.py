"""The instruments themselves: what they count is what happened, and what must not count is refused."""

import asyncio
import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from cryptography.exceptions import InvalidSignature

from bench import machine, orders, sends, town
from bench.cpu import spent_seconds
from bench.limit import Limit, Signers, between
from bench.load import Load, send
from bench.measure import Bout, Score, disagreement
from bench.peers.conventional.envelope import is_signed, parse_key
from bench.postgres import DEBIAN, Postgres
from bench.report import SQLITE, TARGETS, Round
from bench.server import Running, Server, prove
from bench.theirs import Conventional
from bench.town import SMALL, Town, app_id, public_key

BURN = """
import os, sys, threading, time
def burn(seconds):
    until = time.thread_time() + seconds
    while time.thread_time() < until: pass
print("ready", flush=True); sys.stdin.readline()
thread = threading.Thread(target=burn, args=(0.3,)); thread.start(); thread.join()
if (child := os.fork()) == 0: burn(0.2); os._exit(0)
os.waitpid(child, 0)
print("done", flush=True); sys.stdin.readline()
"""


def test_dead_threads_and_reaped_children_are_charged() -> None:
    with subprocess.Popen([sys.executable, "-c", BURN], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as burner:
        assert burner.stdin and burner.stdout
        burner.stdout.readline()
        before = spent_seconds([burner.pid])
        burner.stdin.write(b"\n")
        burner.stdin.flush()
        burner.stdout.readline()
        used = spent_seconds([burner.pid]) - before
        burner.stdin.close()
    assert 0.46 < used < 0.6


def test_limit_is_what_the_cores_do() -> None:
    with Signers(1) as signers:
        limit = signers.measure(0.3)
    assert 0.2 < limit.rate * limit.sign_us / 1e6 <= 1.05
    assert between(Limit(100, 2), Limit(200, 4)) == Limit(150, 3)


class Till(asyncio.Protocol):
    """Answers every POST, remembers its body; a body that begins with BAD is refused."""

    seen: Counter[bytes] = Counter()
    text = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        head, _, body = (self.text + data).partition(b"\r\n\r\n")
        self.text += data
        length = int(head.partition(b"Content-Length: ")[2].split(b"\r\n")[0] or 0)
        if not body and length or len(body) < length:
            return
        self.text = b""
        Till.seen[body] += 1
        code = b"40004" if body.startswith(b"BAD") else b"10000"
        self.transport.write(b'HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n{"x":{"code":"' + code + b'"}}  ')


@contextmanager
def till() -> Iterator[str]:
    """A till on a port of its own, in a thread."""
    Till.seen.clear()
    port, closing = machine.free_port(), threading.Event()
    opened = threading.Event()

    async def serve() -> None:
        async with await asyncio.get_running_loop().create_server(Till, "127.0.0.1", port):
            opened.set()
            await asyncio.to_thread(closing.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    opened.wait()
    yield f"http://127.0.0.1:{port}/gateway.do"
    closing.set()
    thread.join()


@pytest.mark.parametrize("threads", [1, 3])
def test_each_order_is_sent_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int) -> None:
    lines = [f"{number:04d}{'x' * (number % 97)}" for number in range(1001)]
    (tmp_path / "orders").write_text("".join(f"{line}\n" for line in lines))
    monkeypatch.setattr("bench.load.CORES", 8 * threads)
    with till() as url:
        load = send(url, tmp_path / "orders", 12, 1)
    sent = Counter({body: count for body, count in Till.seen.items() if body})
    assert set(sent.values()) == {1}
    assert {line.encode() for line in lines[1:]} == set(sent)  # wrk looks at the first to count, and never sends it
    assert load.ran_out == threads and "ran out" in str(load.objection())


def test_a_refusal_makes_a_run_invalid(tmp_path: Path) -> None:
    (tmp_path / "orders").write_text("".join(f"{'BAD' if n == 500 else 'yes'}{n:06d}\n" for n in range(200_000)))
    with till() as url:
        load = send(url, tmp_path / "orders", 4, 1)
    assert load.refused == 1 and load.ran_out == 0
    assert "40004" in str(load.objection())


def test_orders_are_signed_and_codes_differ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "CACHE", tmp_path)
    few = Town(merchants=3, buyers=20, orders=30, history=0)
    keys = {app_id(n): parse_key(public_key(key)) for n, key in enumerate(few.keys)}
    many, hot = (
        [dict(parse_qsl(line)) for line in orders.signed_file(few, kind).read_text().splitlines()]
        for kind in ("many", "hot")
    )
    assert len(many) == len(hot) == 30
    assert all(is_signed(fields, keys[fields["app_id"]]) for fields in many + hot)
    assert not is_signed(many[0] | {"timestamp": "2025-01-01 00:00:00"}, keys[many[0]["app_id"]])
    assert len({fields["app_id"] for fields in many}) == 3 and {fields["app_id"] for fields in hot} == {app_id(0)}
    codes = [code for code, _ in few.codes()]
    assert len(set(codes)) == len(codes) == 30 + town.PROOFS + town.WARM_UPS
    kept = orders.signed_file(few, "many").stat().st_mtime_ns
    assert orders.signed_file(few, "many").stat().st_mtime_ns == kept


def test_sends_are_signed_and_go_to_different_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sends, "CACHE", tmp_path)
    few = Town(merchants=1, buyers=30, orders=0, history=0)
    lines = [dict(parse_qsl(line)) for line in sends.signed_sends(few, 30, "hot").read_text().splitlines()]
    key = parse_key(public_key(few.keys[0]))
    assert len({json.loads(one["biz_content"])["user_id"] for one in lines}) == len(lines) == 30
    assert all(is_signed(one, key) and one["method"] == sends.METHOD for one in lines)


def _load(**changed: float) -> Load:
    same = {"answered": 100, "sent": 110, "refused": 0, "ran_out": 0, "broken": 0, "seconds": 1.0}
    times = dict.fromkeys(("p50_ms", "p90_ms", "p99_ms", "max_ms", "client_us"), 1.0)
    return Load(**same | times | changed)  # type: ignore[arg-type]


def test_answers_must_stand_in_the_books() -> None:
    assert disagreement(_load(), 100) is None and disagreement(_load(), 110) is None
    assert disagreement(_load(), 99) and disagreement(_load(), 111)


def test_targets_are_judged_by_the_median() -> None:
    target = TARGETS[0]  # SQLite: at least half of the limit
    rounds = []
    for rate in (900, 520, 300):
        score = Score(Bout(SQLITE, 64), _load(answered=rate), Limit(1000, 300), 500, 0, None)
        rounds.append(Round({score.bout: score}, {}))
    assert target.line(rounds)[2:] == ("0.52  (0.30 to 0.90)", "met")
    assert target.line(rounds[1:])[3] == "MISSED"
    assert target.line([Round({}, {})])[3] == "not measured"


@pytest.mark.skipif(not list(DEBIAN.glob("*/bin/pgbench")), reason="no PostgreSQL of Debian here")
def test_the_conventional_server_pays_once_and_its_books_balance(tmp_path_factory: pytest.TempPathFactory) -> None:
    few = Town(merchants=SMALL.merchants, buyers=50, orders=20, history=10)
    with machine.fresh_disk(Path("/var/tmp")) as folder, Postgres(folder) as postgres:
        server: Server = Conventional(few, postgres, folder)
        server.prepare()
        with server.running() as running:
            prove(running, orders.signed_file(few, "proof"))
            assert server.paid() == 1
            sums = "SELECT sum(amount), count(*) FROM entry WHERE trade_no IN (SELECT trade_no FROM trade)"
            assert postgres.query("conventional", sums) == "0|22"
            others = Running(running.url, running.processes, public_key(few.keys[0]))
            with pytest.raises(InvalidSignature):
                prove(others, orders.signed_file(few, "proof"))
