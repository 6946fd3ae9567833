"""What people get wrong at the command line: each is told the cause and the cure, and nothing is broken by it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.wire.town import PROGRAM, Town, free_port, own_host


def kaifang(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a command comes to, away from any platform but the one that is named."""
    told = {**os.environ, "COLUMNS": "200", **environment}
    return subprocess.run([*PROGRAM, *words], capture_output=True, text=True, timeout=60, env=told)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["pay"], 'Unknown command "pay"'),
        (["up", "--prt", "80"], "Did you mean --port?"),
        (["up", "--port", "abc"], 'unable to convert "abc" into int'),
        (["up", "--port", "99999"], "Must be <= 65535"),
        (["up", "--workers", "0"], "Must be >= 1"),
        (["call"], "METHOD requires an argument"),
        (["buyer", "pay", "anna"], "WHAT requires an argument"),
        (["clock", "--freeze", "--run"], "Mutually exclusive"),
    ],
)
def test_what_is_mistyped_has_exit_code_2(words: list[str], said: str, tmp_path: Path) -> None:
    done = kaifang(*words, KAIFANG_HOME=str(tmp_path / "home"))
    assert (done.returncode, done.stdout) == (2, "") and said in done.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["call", "alipay.trade.query", "out_trade_no=1"], "the content is not a JSON object: "),
        (
            ["call", "alipay.trade.page.pay"],
            "isv.invalid-parameter: A field is missing or not as it should be. ",
        ),
        (["call", "alipay.trade.query", "--app", ""], "no app is called nothing; there are wallet, "),
        (["buyer", "pay", "anna", "app_id=1&sign=1"], "this is no page call: it leads to no cashier"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(town: Town, words: list[str], said: str) -> None:
    done = town.run(*words)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("kaifang: ") and said in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["call", "nothing.at.all"], "isv.invalid-method", "(method: nothing.at.all)"),
        (["call", "alipay.trade.query", '{"out_trade_no": "0"}'], "ACQ.TRADE_NOT_EXIST", "number. (out_trade_no: 0)"),
        (["buyer", "pay", "anna", "2088"], "SCAN_CODE_INVALID", "(reason: ACQ.TRADE_NOT_EXIST)"),
        (["buyer", "confirm", "anna", "2088"], "ACQ.TRADE_NOT_EXIST", "(trade_no: 2088)"),
        (["buyer", "approve", "anna", "nonsense"], "isv.invalid-parameter", "(field: app_id; "),
        (["clock", "--to", "yesterday"], "isv.invalid-parameter", "a time is written as 2026-01-31 08:00:00"),
        (["clock", "--by", "5"], "isv.invalid-parameter", "a length of time is written as 90s, 15m, 2h or 10d"),
        (["doctor", "1"], "CASE_NOT_EXIST", "Take the trace from the answer's trace_id"),
    ],
)
def test_a_refusal_names_the_field_and_the_cure(town: Town, words: list[str], code: str, said: str) -> None:
    done = town.run(*words)
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr, told["sub_code"]) == (1, "", code)
    assert said in told["sub_msg"]


def test_a_home_that_is_none(tmp_path: Path) -> None:
    file, nowhere = tmp_path / "file", tmp_path / "nowhere"
    file.write_text("")
    for words in (["up", "--port", "1"], ["world"], ["verify"], ["clock"]):
        done = kaifang(*words, "--home", str(file))
        assert done.returncode == 1 and done.stderr.startswith("kaifang: ") and done.stderr.count("\n") == 1
    for words in (["world"], ["verify"], ["clock"], ["demo"], ["buyer", "code", "anna"]):
        done = kaifang(*words, "--home", str(nowhere))
        assert done.returncode == 1 and done.stderr.endswith("yet; start the platform with: kaifang up\n")
    assert not nowhere.exists(), "asking makes nothing"


def test_a_database_that_is_none(tmp_path: Path, postgres_url: str) -> None:
    for address, said in (
        ("sqlite:///here", "not a database address: sqlite:///here; write postgresql://"),
        ("postgresql://nobody@127.0.0.1:1/none", "Connection refused"),
        (postgres_url.replace("/test_", "/no_"), "does not exist (check the address, and that the database is there"),
    ):
        done = kaifang("up", "--home", str(tmp_path), "--port", "1", "--database", address)
        assert (done.returncode, done.stdout) == (1, "") and done.stderr.count("\n") == 1 and said in done.stderr
    done = kaifang("verify", "--home", str(tmp_path), "--database", postgres_url)
    assert done.returncode == 1 and "no platform keeps its books there" in done.stderr


def test_a_world_that_is_none(start: Callable[..., Town], tmp_path: Path) -> None:
    world = tmp_path / "world.yaml"
    for text, said in (("", "No such file"), ("a: [", "while parsing"), ("hello: 1", "unknown field `hello`")):
        if text:
            world.write_text(text)
        done = kaifang("up", "--home", str(tmp_path / "home"), "--port", "1", "--world", str(world))
        assert done.returncode == 1 and done.stderr.startswith("kaifang: the world cannot be seeded: ")
        assert said in done.stderr and "Traceback" not in done.stderr
    assert start("home").world["consumers"], "another try succeeds"


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., Town]:
    """Starts platforms, each in a home of its own, and lets them be stopped again at once."""

    def start(home: str, *words: str) -> Town:
        host = own_host()
        town = Town(tmp_path / home, host, [free_port(host)], *words)
        assert town.stop() == 0
        return town

    return start


def test_a_home_and_a_database_belong_together(start: Callable[..., Town], tmp_path: Path, postgres_url: str) -> None:
    start("first")
    done = kaifang("up", "--home", str(tmp_path / "first"), "--port", "1", "--database", postgres_url)
    assert done.returncode == 1 and "is not in this database; name another --home" in done.stderr
    start("second", "--database", postgres_url)
    done = kaifang("up", "--home", str(tmp_path / "third"), "--port", "1", "--database", postgres_url)
    assert done.returncode == 1 and "name the --home that it was made with" in done.stderr
    start("first")
    start("second")


def test_a_world_whose_making_was_cut_off(start: Callable[..., Town], tmp_path: Path) -> None:
    start("home")
    (tmp_path / "home" / "world.json").unlink()
    done = kaifang("up", "--home", str(tmp_path / "home"), "--port", "1")
    assert done.returncode == 1 and "If its making was cut off, remove that folder" in done.stderr
