"""A platform that is no sandbox: an empty house, a clock that is real, and nobody but its operators inside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.wire.town import Town, free_port, own_host


@pytest.fixture
def production(tmp_path: Path) -> Iterator[Town]:
    """A platform in production."""
    host = own_host()
    town = Town(tmp_path, host, [free_port(host)], "--production", "--quiet")
    yield town
    assert town.stop() == 0


def test_production_begins_with_an_empty_house(production: Town) -> None:
    """Its operators open accounts; nobody moves the clock; the wallet's and the operators' keys are only its own."""
    assert sorted(app["role"] for app in production.world["apps"]) == ["operator", "wallet"]
    assert production.world["consumers"] == []
    assert (production.home / "world.json").stat().st_mode & 0o077 == 0
    person = '{"kind":"person","logon_id":"eva@example.com","name":"Eva","pay_password":"271828"}'
    told = json.loads(production.kaifang("call", "kaifang.account.party.open", person, "--app", "house"))
    assert told["user_id"].startswith("2088")
    moved = production.run("clock", "--by", "1d")
    assert moved.returncode == 1 and json.loads(moved.stdout)["sub_code"] == "isv.insufficient-isv-permissions"
    assert production.log.read_text() == "", "it is quiet"
    production.kaifang("verify")
