"""Sandboxes: made in a moment, isolated, chosen, kept in one file, and restored to the same hash of the books."""

from __future__ import annotations

import io
import json
import os
import signal
import sqlite3
import subprocess
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.wire.town import PROGRAM, WAIT_SECONDS, free_port, own_host

from kaifang.cli.sandboxes import books_of


class Desk:
    """A machine with a base below which sandboxes are made."""

    def __init__(self, base: Path) -> None:
        self.base, self.environment = base, os.environ | {"KAIFANG_HOME": str(base)}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """What `kaifang WORDS` comes to."""
        command = [*PROGRAM, *words]
        return subprocess.run(
            command, capture_output=True, text=True, env=self.environment, cwd=self.base, timeout=2 * WAIT_SECONDS
        )

    def kaifang(self, *words: str) -> Any:
        """What it prints as JSON; it must succeed."""
        done = self.run(*words, "--json")
        assert done.returncode == 0, f"kaifang {' '.join(words)}: {done.stdout}{done.stderr}"
        return json.loads(done.stdout)

    def said(self, *words: str) -> str:
        """What it prints for people; it must succeed."""
        done = self.run(*words)
        assert done.returncode == 0, f"kaifang {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    def refused(self, *words: str) -> str:
        """The line in which it says what is wrong."""
        done = self.run(*words)
        assert (done.returncode, done.stdout) == (1, "") and done.stderr.count("\n") == 1, done
        return done.stderr

    def home(self, name: str) -> Path:
        """Where a sandbox lives."""
        return self.base / "sandboxes" / name

    @contextmanager
    def up(self, name: str) -> Iterator[None]:
        """The platform of the sandbox that was switched to."""
        host, running = own_host(3), self.home(name) / "running.json"
        command = [*PROGRAM, "up", "--host", host, "--port", str(free_port(host)), "--quiet"]
        process = subprocess.Popen(command, env=self.environment)
        try:
            until = time.monotonic() + WAIT_SECONDS
            while not running.exists():
                assert process.poll() is None and time.monotonic() < until, "it does not start"
                time.sleep(0.05)
            yield
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(WAIT_SECONDS) == 0


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A machine on which one sandbox was made, so that the next ones are copies."""
    desk = Desk(tmp_path_factory.mktemp("base"))
    desk.kaifang("sandbox", "new", "first")
    return desk


def pay(desk: Desk, number: str) -> None:
    """Anna pays 28 yuan in the sandbox that was switched to."""
    code = desk.said("buyer", "code", "anna").strip()
    ask = {"out_trade_no": number, "scene": "bar_code", "subject": "tea", "auth_code": code, "total_amount": "28.00"}
    desk.said("call", "alipay.trade.pay", json.dumps(ask))


def balance(desk: Desk) -> str:
    """What Anna has."""
    return str(next(one["balance"] for one in desk.kaifang("world")["consumers"] if one["id"] == "anna"))


def test_a_snapshot_of_a_running_sandbox_restores_to_the_same_hash(desk: Desk) -> None:
    desk.kaifang("sandbox", "new", "shop", "--switch")
    with desk.up("shop"):
        pay(desk, "S1")
        before = balance(desk)
        kept = desk.kaifang("sandbox", "snapshot", "--to", "shop.kaifang")
        assert kept["running"] and kept["name"] == "shop" and (desk.base / "shop.kaifang").stat().st_mode & 0o77 == 0
        pay(desk, "S2")
        assert float(balance(desk)) < float(before)
        (listed,) = [one for one in desk.kaifang("sandbox", "list") if one["name"] == "shop"]
        assert listed["url"] and listed["chosen"] and listed["entries"] > kept["books"]["entries"]
        for words in (["restore", "shop.kaifang", "--replace"], ["remove", "shop", "--yes"]):
            assert "shop runs at http://" in desk.refused("sandbox", *words)
    told = desk.kaifang("sandbox", "restore", "shop.kaifang", "--replace")
    assert told["books"] == kept["books"]
    again = books_of(desk.home("shop") / "platform.db")
    assert (again.hash, again.entries) == (kept["books"]["hash"], kept["books"]["entries"])
    assert balance(desk) == before and "whole: " in desk.said("verify")
    with desk.up("shop"):
        done = desk.run("call", "alipay.trade.query", '{"out_trade_no": "S2"}')
        assert json.loads(done.stdout)["sub_code"] == "ACQ.TRADE_NOT_EXIST", "what came afterwards never happened"
        assert json.loads(desk.said("call", "alipay.trade.query", '{"out_trade_no": "S1"}'))["total_amount"] == "28.00"
        pay(desk, "S2")
    assert books_of(desk.home("shop") / "platform.db").hash != kept["books"]["hash"], "the hash tells books apart"
    desk.said("sandbox", "switch")


def test_sandboxes_share_people_and_nothing_else(desk: Desk) -> None:
    desk.kaifang("sandbox", "new", "left")
    desk.kaifang("sandbox", "new", "right")
    worlds = [json.loads((desk.home(name) / "world.json").read_text()) for name in ("left", "right")]
    assert worlds[0] == worlds[1]
    (desk.home("left") / "world.json").write_text("{}")
    with sqlite3.connect(desk.home("left") / "platform.db") as books:
        books.execute("update account set balance = 1 where balance = 0")
    books.close()
    assert json.loads((desk.home("right") / "world.json").read_text()) == worlds[1]
    assert books_of(desk.home("right") / "platform.db") == books_of(desk.home("first") / "platform.db")
    assert books_of(desk.home("left") / "platform.db") != books_of(desk.home("first") / "platform.db")


def test_a_new_one_is_a_matter_of_milliseconds(desk: Desk) -> None:
    told = desk.kaifang("sandbox", "new", "quick")
    assert told["milliseconds"] < 1000 and told["home"] == str(desk.home("quick"))
    assert "quick already; choose another name" in desk.refused("sandbox", "new", "quick").replace("is called ", "")
    assert desk.said("sandbox", "remove", "quick") == "quick is gone\n" and not desk.home("quick").exists()


def test_many_are_made_at_once(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    commands = [[*PROGRAM, "sandbox", "new", f"job{number}", "--json"] for number in range(3)]
    running = [subprocess.Popen(command, env=desk.environment, stdout=subprocess.PIPE) for command in commands]
    assert [process.wait(3 * WAIT_SECONDS) for process in running] == [0, 0, 0]
    for process in running:
        assert process.stdout is not None
        process.stdout.close()
    found = desk.kaifang("sandbox", "list")
    assert [one["name"] for one in found] == ["job0", "job1", "job2"] and len({one["entries"] for one in found}) == 1


def test_commands_mean_the_one_that_was_chosen(desk: Desk) -> None:
    assert f"there is no world in {desk.base} yet; " in desk.refused("clock")
    desk.said("sandbox", "switch", "first")
    assert f"no platform runs from {desk.home('first')}; " in desk.refused("clock")
    assert [one["name"] for one in desk.kaifang("sandbox", "list") if one["chosen"]] == ["first"]
    assert "*  first" in desk.said("sandbox", "list")
    desk.said("sandbox", "switch")
    assert f"there is no world in {desk.base} yet; " in desk.refused("clock")
    assert "no sandbox is called nothing; there are first" in desk.refused("sandbox", "switch", "nothing")


def test_a_chosen_one_that_is_removed_is_chosen_no_longer(desk: Desk) -> None:
    desk.kaifang("sandbox", "new", "gone", "--switch")
    desk.said("sandbox", "remove", "gone", "--yes")
    assert f"there is no world in {desk.base} yet; " in desk.refused("clock")


def repacked(source: Path, target: Path, name: str, content: bytes) -> None:
    """A snapshot in which one member is another."""
    with tarfile.open(source) as kept, tarfile.open(target, "w:gz") as made:
        for one in kept:
            found = kept.extractfile(one)
            assert found is not None
            text = content if one.name == name else found.read()
            one.size = len(text)
            made.addfile(one, io.BytesIO(text))
        if name not in kept.getnames():
            extra = tarfile.TarInfo(name)
            extra.size = len(content)
            made.addfile(extra, io.BytesIO(content))


def test_what_is_no_whole_snapshot_is_not_restored(desk: Desk) -> None:
    good = desk.base / "good.kaifang"
    desk.said("sandbox", "snapshot", "first", "--to", str(good))
    assert f"{good} is there already" in desk.refused("sandbox", "snapshot", "first", "--to", str(good))
    assert "first already; name another" in desk.refused("sandbox", "restore", str(good)).replace("is called ", "")
    before = sorted(os.listdir(desk.base / "sandboxes"))
    for name, content, said in (
        ("platform.db", b"nothing", "damaged"),
        ("../../evil", b"evil", "does not belong in a snapshot"),
        ("/tmp/evil", b"evil", "does not belong in a snapshot"),
        ("keys/../world.json", b"{}", "does not belong in a snapshot"),
    ):
        repacked(good, desk.base / "bad.kaifang", name, content)
        assert said in desk.refused("sandbox", "restore", "bad.kaifang", "bad"), name
    (desk.base / "bad.kaifang").write_bytes(good.read_bytes()[:5000])
    assert "no snapshot that can be read" in desk.refused("sandbox", "restore", "bad.kaifang", "bad")
    assert "no snapshot that can be read" in desk.refused("sandbox", "restore", "nowhere.kaifang", "bad")
    assert sorted(os.listdir(desk.base / "sandboxes")) == before and not (desk.base.parent / "evil").exists()


def test_what_cannot_be_kept_is_said(desk: Desk, tmp_path: Path) -> None:
    assert "there are no books in" in Desk(tmp_path).refused("sandbox", "snapshot")
    (tmp_path / "database").write_text("postgresql://here/shop")
    assert "keeps its books in PostgreSQL" in Desk(tmp_path).refused("sandbox", "snapshot")
    assert "is no name of a sandbox" in desk.refused("sandbox", "new", "../up")
    assert desk.run("sandbox", "nothing").returncode == 2, "mistyped"
    assert "no sandbox yet" in Desk(tmp_path).said("sandbox", "list")
