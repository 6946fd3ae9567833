"""The story of `kaifang demo supermarket`, with official SDKs at the servers of merchants and service provider."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from rich.console import Console
from tests.wire.clients import Client, Server
from tests.wire.conftest import WAYS, start
from tests.wire.town import Town, can_listen, free_port, own_host

from kaifang.cli.home import Home
from kaifang.cli.supermarket import BASKET, LESS, POOL, Supermarket


@pytest.fixture(params=["sqlite", "postgres"])
def mall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    """A platform of its own, as its clock is moved by days."""
    host = own_host(street=2)
    ports = [free_port(host), *([80] if can_listen(host, 80) else [])]
    database = ["--database", request.getfixturevalue("postgres_url")] if request.param == "postgres" else []
    mall = Town(tmp_path, host, ports, *database)
    yield mall
    assert mall.stop() == 0, mall.log.read_text()


@pytest.fixture(params=["official", "node", "node-v3"])
def client(request: pytest.FixtureRequest, mall: Town) -> Iterator[Client]:
    """An SDK in v2 or v3, that has yet to meet the merchants."""
    known = {"gateway_url": mall.world["gateway_url"]}
    driver = start(request.param.partition("-")[0], mall.plain_host, known, request)
    yield WAYS[request.param](lambda _: driver)
    driver.close()


def test_lily_comes_back(mall: Town, client: Client) -> None:
    told = io.StringIO()
    story = Supermarket(Home(mall.home), Console(file=told), partial(Server, client))
    story.play()
    assert "12/12" in told.getvalue()
    it_was_as_told(mall, story)


def it_was_as_told(mall: Town, story: Supermarket) -> None:
    """What the merchant, the buyer and everybody can see afterwards."""
    paid = story.oasis.call("alipay.trade.query", trade_no=story.basket)
    (used,) = paid["voucher_detail_list"]
    assert (paid["total_amount"], used["template_id"], used["merchant_contribute"]) == (BASKET, story.voucher, LESS)
    assert (story.points(), story.gifts()) == ("88", 1)
    winners = [story.lily, story.anna]
    shares = [Decimal(person.ask("kaifang.wufu.mine", campaign_id=story.wufu)["share"]) for person in winners]
    assert sum(shares) == Decimal(POOL) and abs(shares[0] - shares[1]) == Decimal("0.01")
    mall.kaifang("wufu", "verify", story.wufu)
    mall.kaifang("verify")
