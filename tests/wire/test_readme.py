"""The README, taken at its word: its first payment, its demo, and the doctor for signatures that do not match."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.wire.clients import Client, Driver, Refused
from tests.wire.conftest import WAYS
from tests.wire.town import PROGRAM, Town, free_port

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(scope="module")
def fresh(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A platform as it is after the first `kaifang up`."""
    fresh = Town(tmp_path_factory.mktemp("fresh"), town.host, [free_port(town.host)])
    yield fresh
    assert fresh.stop() == 0


def at(town: Town, small_sdk: Path) -> dict[str, str]:
    """The environment of a terminal in which python-alipay-sdk is installed and the platform is the default one."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    packages = os.pathsep.join([str(small_sdk), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    return {**os.environ, "PATH": path, "PYTHONPATH": packages, "KAIFANG_HOME": str(town.home)}


@pytest.mark.parametrize("source", ["README.md", "what kaifang up prints"])
def test_the_first_payment(fresh: Town, small_sdk: Path, source: str) -> None:
    if source == "README.md":
        text = re.search(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)[1]
    else:
        text = re.search(r"(    import json.*?\n)\n", fresh.log.read_text("utf-8"), re.DOTALL)[1]
        text = re.sub("^    ", "", text, flags=re.MULTILINE)
    text = text.replace("first-1", source)
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, env=at(fresh, small_sdk))
    assert done.returncode == 0, done.stderr
    told = ast.literal_eval(done.stdout)
    assert (told["code"], told["total_amount"], told["out_trade_no"]) == ("10000", "28.00", source)


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_all_that_the_world_tells_is_named(town: Town, name: str) -> None:
    world, text = town.world, README.with_name(name).read_text("utf-8")
    told = {*world, *world["apps"][0], *world["consumers"][0], *world["merchants"][0]}
    assert {one for one in told if f"`{one}`" not in text} == set()
    commands = re.findall(r"^\| `kaifang ([a-z]+)", text, re.MULTILINE)
    usage = subprocess.run([*PROGRAM, "--help"], capture_output=True, text=True).stdout
    assert set(re.findall(r"^│ ([a-z]+) ", usage, re.MULTILINE)) == {*commands, "demo"}


def test_the_demo_can_be_played(fresh: Town, small_sdk: Path) -> None:
    done = subprocess.run([*PROGRAM, "demo"], capture_output=True, text=True, env=at(fresh, small_sdk))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "6/6" in done.stdout and "to the fen" in done.stdout
    fresh.kaifang("verify")


@pytest.mark.parametrize("time", ["first", "second"])
def test_the_supermarket_can_be_played(fresh: Town, small_sdk: Path, time: str) -> None:
    done = subprocess.run([*PROGRAM, "demo", "supermarket"], capture_output=True, text=True, env=at(fresh, small_sdk))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "12/12" in done.stdout and "88 points" in done.stdout and "print   " in done.stdout
    fresh.kaifang("wufu", "verify", re.search(r"kaifang wufu verify (\d+)", done.stdout)[1])
    assert not list((fresh.home / "devices").iterdir())
    fresh.kaifang("verify")


@pytest.mark.parametrize("way", ["official", "small", "node", "node-v3"])
def test_the_doctor_says_why_a_signature_does_not_match(town: Town, drivers: Callable[[str], Driver], way: str) -> None:
    client: Client = WAYS[way](drivers).as_app("forger")
    with pytest.raises(Refused, match=r"invalid-signature") as refusal:
        client.ask("alipay.trade.query", {"out_trade_no": "1"})
    trace = re.search(r"[0-9a-f]{20,}", refusal.value.message)
    assert trace, refusal.value.message
    told = json.loads(town.kaifang("doctor", trace[0], "--json"))
    assert [cause["code"] for cause in told["causes"]] == ["key-of-stranger"]
    assert "private key" in town.kaifang("doctor", trace[0])
