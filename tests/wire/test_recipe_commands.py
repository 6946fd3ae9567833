"""`kaifang recipe`: written, checked, tried, published, installed, upgraded and removed against a running platform."""

from __future__ import annotations

import json
import re
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from tests.wire.town import PROGRAM, Town


def pay(town: Town, amount: str) -> None:
    """Anna buys tea."""
    ask = {"out_trade_no": town.number("R"), "auth_code": town.buyer().code(), "total_amount": amount, "subject": "茶"}
    town.kaifang("call", "alipay.trade.pay", json.dumps(ask))


def figures(town: Town, number: str) -> dict[str, int]:
    """What the recipe's figures say."""
    told = json.loads(town.kaifang("call", "kaifang.recipe.figures", json.dumps({"installation_id": number})))
    return {one["figure"]: one["total"] for one in told["figures"]}


def test_a_recipe_lives(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "thanks.yaml"
    name = f"thanks_{town.number('t').lower().replace('-', '_')}"
    local("recipe", "new", name, "--folder", str(tmp_path))
    path = tmp_path / f"{name}.yaml"
    assert "1 story comes true" in local("recipe", "check", str(path))
    schema = json.loads((tmp_path / "recipe.schema.json").read_text())
    assert schema["$defs"]["Rule"]["properties"]["if"]["description"] == "only if this holds"

    pay(town, "12.00")
    tried = json.loads(town.kaifang("recipe", "try", str(path), "--json"))
    thanked = tried["runs"]["thank DONE"]  # others have bought something here today
    assert tried["runs"] == {"set-up DONE": 1, "thank DONE": thanked} and tried["figures"] == {"thanked": thanked}
    assert Decimal(tried["money"]) == -thanked * Decimal("0.50") < 0
    before = town.balance("anna")

    town.kaifang("recipe", "publish", str(path))
    told = town.kaifang("recipe", "install", name, "--input", "enough=11", "--yes")
    assert "alipay.fund.trans.uni.transfer" in told and "0.50" in told
    number = re.findall(r'"installation_id": "(\d+)"', told)[0]
    pay(town, "10.00")
    pay(town, "11.00")
    assert town.balance("anna") == before - Decimal("20.50")
    assert figures(town, number) == {"thanked": 1}

    path.write_text(path.read_text().replace("version: 1.0.0", "version: 1.1.0").replace(
        "inputs:", "inputs:\n  word: {kind: text, says: {zh: 词, en: A word}}"))  # fmt: skip
    town.kaifang("recipe", "publish", str(path))
    refused = town.run("recipe", "upgrade", name, "--yes")
    assert refused.returncode == 1 and "word" in refused.stdout and "UPGRADE_REFUSED" in refused.stdout
    assert '"version": "1.1.0"' in town.kaifang("recipe", "upgrade", name, "--yes", "--input", "word=x")
    assert '"state": "REMOVED"' in town.kaifang("recipe", "remove", name)
    pay(town, "11.00")
    assert figures(town, number) == {"thanked": 1}


def test_what_ships_is_known_by_name(town: Town) -> None:
    assert "1 story comes true" in local("recipe", "check", "tea/second_cup")
    said = town.run("recipe", "try", "tea/second_cup", "--input", "until=soon")
    assert said.returncode == 1 and "until (When it ends; moment): a time is written as" in said.stderr, said.stderr
    town.kaifang("recipe", "publish", "tea/second_cup")
    listed = town.kaifang("recipe", "list")
    assert "Whoever buys enough" in listed and "bakery/subscription" in listed
    said = town.run("recipe", "install", "second_cup")
    assert said.returncode == 1 and "until (When it ends; moment): missing" in said.stderr, said.stderr


def test_nobody_who_answers_allows_nothing(town: Town) -> None:
    town.kaifang("recipe", "publish", "tea/second_cup")
    command = [*PROGRAM, "recipe", "install", "second_cup", "--input", "until=2099-01-31", "--home", str(town.home)]
    for answer, told in (("", "nobody answered"), ("n\n", "nothing was allowed")):
        said = subprocess.run(command, input=answer, capture_output=True, text=True, timeout=60)
        assert said.returncode == 1 and said.stderr.startswith(f"kaifang: {told}"), said.stderr


def local(*words: str) -> str:
    """What a command prints that needs no platform."""
    done = subprocess.run([*PROGRAM, *words], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_name_that_is_none_is_told(tmp_path: Path) -> None:
    command = [*PROGRAM, "recipe", "new", "Bad Name", "--folder", str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert said.returncode == 1 and "small letters" in said.stderr and not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("broken", "place"),
    [
        (("on: trade.pay", "on: trade.paid"), "rules[0].on: nobody announces trade.paid"),
        (("enough\n", "plenty\n"), "there is no inputs.plenty"),
        (('most: inputs.back', 'most: inputs.back - 1'), "answer.figures[0].total is 0, not 1"),
        (("version: 1.0.0", "version: [1]"), "recipe.version"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(tmp_path: Path, broken: tuple[str, str], place: str) -> None:
    local("recipe", "new", "thanks", "--folder", str(tmp_path))
    path = tmp_path / "thanks.yaml"
    text = path.read_text()
    assert broken[0] in text
    path.write_text(text.replace(*broken))
    done = subprocess.run([*PROGRAM, "recipe", "check", str(path)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and place in done.stdout + done.stderr
