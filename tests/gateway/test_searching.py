"""The index of a search is built beside the loop: searches wait for it, and nobody else does."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from typing import Any

import pytest
from tests.town import KEYS
from tests.visit import Visit

from kaifang.capabilities.search import document
from kaifang.capabilities.search.index import FEW, KEPT, Index, Told
from kaifang.gateway.client import Client, Refused
from kaifang.gateway.door import Door
from kaifang.gateway.house import House, Settings
from kaifang.gateway.identity import Identity
from kaifang.kernel import Work
from kaifang.kernel.work import Awaited


class Town:
    """A town with more to take in than a search does itself, its gateway, and a gate before what is taken in."""

    def __init__(self, visit: Visit, who: Identity, monkeypatch: pytest.MonkeyPatch) -> None:
        self.visit, self.gate, self.threads = visit, threading.Event(), set[str]()
        self.house = House(visit.platform, who, Settings(base_url="http://127.0.0.1"))
        self.client = Client(Door(self.house), visit.known["wallet.app"], KEYS["app_private_pkcs8_pem"])
        visit.platform.do(self.fill)
        take = Index.take

        def held_up(index: Index, told: Told) -> None:
            self.threads.add(threading.current_thread().name)
            assert self.gate.wait(20)
            take(index, told)

        monkeypatch.setattr(Index, "take", held_up)

    def fill(self, work: Work) -> None:
        """More shops than a search takes in itself."""
        for number in range(FEW + 50):
            document.keep(work, "SHOP", f"s{number}", self.visit.known["coffee"], title=f"龙井{number}")

    def search(self) -> asyncio.Task[Any]:
        """Begin a search."""
        asking = self.client.call("kaifang.reach.search", {"query": "龙井", "limit": 50}, "")
        return self.visit.loop.create_task(asking)

    def run(self, scene: Coroutine[Any, Any, None]) -> None:
        """Wait for all of it."""
        self.visit.loop.run_until_complete(asyncio.wait_for(scene, 20))


@pytest.fixture
def town(who: Identity, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """The town, until everything that was begun is over."""
    town = Town(Visit(), who, monkeypatch)
    yield town
    town.gate.set()
    town.house.close()
    town.visit.close()


def test_searches_wait_for_the_index_and_nobody_else_does(town: Town) -> None:
    async def scene() -> None:
        searches = [town.search() for _ in range(3)]
        with pytest.raises(Refused, match="CHECKOUT_NOT_EXIST"):
            await town.client.call("kaifang.cashier.look", {"token": "none"}, "")
        assert not any(search.done() for search in searches)
        town.gate.set()
        assert [len((await search)["hits"]) for search in searches] == [50, 50, 50]
        assert len(town.threads) == 1, "it was built once, for all three"
        assert not town.house.backroom.waiting

    town.run(scene())


def test_a_process_builds_its_index_as_it_starts(town: Town) -> None:
    town.house.prepare()
    index = town.visit.platform.place.kept[KEPT]
    assert not index.coming.done()
    town.gate.set()
    index.coming.result(20)
    assert index.index.searcher().num_docs >= FEW + 50
    town.run(town.search())
    assert town.visit.platform.place.kept[KEPT] is index


def test_what_could_not_be_taken_in_is_taken_in_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        town.gate.set()
        with monkeypatch.context() as broken:
            broken.setattr(Index, "take_all", lambda *_: 1 / 0)
            with pytest.raises(Refused, match="unknow-error"):
                await town.search()
        assert len((await town.search())["hits"]) == 50

    town.run(scene())


def test_a_unit_of_work_that_writes_waits_for_the_index_too(town: Town) -> None:
    """And does not take in what it has written itself, but what others have."""

    def write(work: Work) -> Any:
        work.computed = computed
        document.keep(work, "SHOP", "1", town.visit.known["coffee"], title="龙井")
        return work.ask("kaifang.reach.search", query="龙井", limit=50)

    computed: dict[Any, Any] = {}
    with pytest.raises(Awaited) as awaited:
        town.visit.platform.do(write, town.visit.app("wallet"))
    town.gate.set()
    awaited.value.future.result(20)
    town.visit.platform.do(
        lambda work: document.keep(work, "SHOP", "2", town.visit.known["coffee"], title="龙井龙井龙井")
    )
    found = town.visit.platform.do(write, town.visit.app("wallet"))
    assert len(found.hits) == 50 and found.hits[0].id == "2" and "1" not in [hit.id for hit in found.hits]
