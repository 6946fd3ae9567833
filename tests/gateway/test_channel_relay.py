"""Several processes over one database: a message finds its app in whichever of them it is connected to."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from tests.town import address, settled_database

from kaifang.gateway import identity, relay
from kaifang.gateway.relay import Parcel, Place
from kaifang.kernel.store.postgres import Postgres

from .conftest import Town
from .msg_client import MsgClient
from .test_channel import API, Live, until


@pytest.fixture(scope="module")
def settled_town(postgres_server: psycopg.Connection[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The name of a settled town's database, and its people's names."""
    with settled_database(postgres_server, f"relay_{os.getpid()}") as settled:
        yield settled


@pytest.fixture
def processes(
    postgres_server: psycopg.Connection[Any], settled_town: tuple[str, dict[str, Any]],
    town_loop: asyncio.AbstractEventLoop, who: identity.Identity,
) -> Iterator[tuple[Live, Live]]:  # fmt: skip
    """Two processes over a copy of the town: the one that leads, and another."""
    template, known = settled_town
    name = f"{template}_copy"
    postgres_server.execute(f"create database {name} template {template} strategy file_copy")
    url = address(postgres_server, name)
    towns = [Town(town_loop, Postgres(url), known, who) for _ in range(2)]
    assert towns[0].platform.store.engine.leads() and not towns[1].platform.store.engine.leads()
    lives = [Live(town) for town in towns]
    yield lives[0], lives[1]
    for live in lives:
        live.close()
    for town in reversed(towns):
        town.close()
    postgres_server.execute(f"drop database {name} with (force)")


def connected(live: Live) -> MsgClient:
    """A client that the other processes have heard of."""
    client = live.connected()
    town = live.town
    writer = town.platform.place.writer
    town.run(until(lambda: town.platform.read(lambda work: work.find(Place, app=town.app, writer=writer)) is not None))
    return client


def test_a_message_finds_its_app_in_another_process(processes):
    leader, other = processes
    client = connected(other)
    number = leader.town.owe_message("", '{"order_id":"2024"}')
    leader.town.send()
    assert client.heard == [(API, number, {"order_id": "2024"})]
    (delivery,) = leader.town.tries(number)
    assert (delivery.answer, delivery.sent) == ("success", client.frames[0])
    assert leader.town.notice(number).state == "DELIVERED"
    assert leader.town.platform.read(lambda work: work.count(Parcel)) == 0


def test_the_own_connection_goes_before_the_others(processes):
    leader, other = processes
    far, near = connected(other), connected(leader)
    leader.town.owe_message("")
    leader.town.send()
    assert len(near.heard) == 1 and not far.heard


def test_a_failure_there_is_tried_again(processes):
    leader, other = processes
    client = connected(other)
    client.verdicts = ["FAIL"]
    number = leader.town.owe_message("")
    leader.town.send()
    assert [delivery.answer for delivery in leader.town.tries(number)] == ["FAIL", "success"]


def test_what_is_owed_comes_when_the_app_connects_to_another_process(processes):
    leader, other = processes
    number = leader.town.owe_message("")
    leader.town.send()
    assert leader.town.notice(number).state == "RETRYING"
    client = connected(other)
    leader.town.send()
    assert [heard[1] for heard in client.heard] == [number]


def test_who_has_left_is_nowhere(processes):
    leader, other = processes
    client = connected(other)
    leader.town.run(client.close())
    places = leader.town.platform.read
    leader.town.run(until(lambda: places(lambda work: work.count(Place)) == 0))
    number = leader.town.owe_message("")
    leader.town.send()
    assert "not connected" in leader.town.tries(number)[0].answer


def test_of_several_places_the_one_counts_where_the_app_came_last(processes):
    platform = processes[0].town.platform
    platform.do(lambda work: [work.add(Place(app="2021", writer=90 + n, since=at)) for n, at in enumerate([2, 3, 1])])
    place = platform.read(lambda work: relay.other_place(work, "2021", platform.place.writer))
    assert place is not None and place.writer == 91


def test_a_process_that_ended_without_a_word_is_struck_off(processes, monkeypatch):
    leader, other = processes
    connected(other)
    monkeypatch.setattr(relay, "OTHERS_SECONDS", 0.4)
    leader.town.run(other.town.notifier.channel.relay.close())  # as if it were dead: it collects nothing any more
    number = leader.town.owe_message("")
    leader.town.run(leader.town.platform.fire(leader.town.platform.clock.now(), wait=True))
    (delivery,) = leader.town.tries(number)
    assert delivery.status == 0 and "not connected" in delivery.answer
    assert leader.town.platform.read(lambda work: work.count(Parcel) + work.count(Place)) == 0


def test_a_process_that_takes_up_a_number_forgets_what_its_predecessor_left(processes):
    leader, other = processes
    writer = other.town.platform.place.writer

    def leave(work: Any) -> None:
        work.add(Place(app="2021", writer=writer, since=1))
        work.add(Parcel(writer=writer, id="1", due=1))

    leader.town.platform.do(leave)

    def left() -> int:
        return leader.town.platform.read(lambda work: work.count(Parcel) + work.count(Place))

    async def succeed() -> None:
        successor = relay.Relay(other.town.house, other.town.notifier.channel.deliver_here)
        async with asyncio.timeout(5):
            while left():
                await asyncio.sleep(0.01)
        await successor.close()

    assert left() == 2
    leader.town.run(succeed())


def test_a_process_that_gets_another_number_says_so(processes):
    leader, other = processes
    client = connected(other)
    other.town.platform.place.writer = 77
    leader.town.run(until(lambda: leader.town.platform.read(lambda work: work.count(Place, "writer = 77")) == 1))
    number = leader.town.owe_message("")
    leader.town.send()
    assert [heard[1] for heard in client.heard] == [number]
