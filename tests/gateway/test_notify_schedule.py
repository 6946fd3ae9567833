"""When a notification is tried again, by the platform's clock, and how it survives a crash."""

from __future__ import annotations

import asyncio
import sqlite3
import time

import pytest

from kaifang.gateway.local import ask as ask_door
from kaifang.gateway.v2 import V2
from kaifang.kernel.clock import HOUR, MINUTE, SECOND, written
from kaifang.kernel.events import Job, postpone
from kaifang.kernel.notices import Notice, resend
from kaifang.kernel.store.sqlite import Sqlite
from kaifang.kernel.work import PLATFORM

from .conftest import Town
from .receivers import FAIL, SUCCESS, hang

SCHEDULE = [0, 0, 0, 4 * MINUTE, 10 * MINUTE, 10 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, 15 * HOUR]


def test_the_documented_schedule_with_one_notify_id(town):
    receiver = town.receiver(FAIL)
    begun = town.platform.clock.now()
    number = town.owe(receiver.url)
    town.move(48 * HOUR)
    due = [begun + sum(SCHEDULE[:count]) for count in range(len(SCHEDULE) + 1)]
    assert [delivery.at for delivery in town.tries(number)] == due
    assert [delivery.number for delivery in town.tries(number)] == list(range(1, 12))
    assert receiver.told("notify_id") == [number] * 11
    assert receiver.told("notify_time") == [written(at) for at in due]
    notice = town.notice(number)
    assert (notice.state, notice.tries, notice.next_at) == ("GIVEN_UP", 11, 0)


def test_the_next_try_stands_in_the_log(town):
    receiver = town.receiver(FAIL)
    begun = town.platform.clock.now()
    number = town.owe(receiver.url)
    town.send()
    assert (town.notice(number).state, town.notice(number).next_at) == ("RETRYING", begun + 4 * MINUTE)
    town.move(4 * MINUTE - 1)
    assert len(receiver.received) == 4
    town.move(1)
    assert len(receiver.received) == 5 and town.notice(number).next_at == begun + 14 * MINUTE


def test_success_ends_the_schedule_where_it_stands(town):
    receiver = town.receiver(FAIL, FAIL, FAIL, FAIL, FAIL, SUCCESS)
    number = town.owe(receiver.url)
    town.move(48 * HOUR)
    assert len(receiver.received) == 6
    assert town.notice(number).state == "DELIVERED" and town.tries(number)[-1].answer == "success"


def test_each_notification_has_its_own_number_and_fate(town):
    good, bad = town.receiver(), town.receiver(FAIL)
    first, second = town.owe(good.url), town.owe(bad.url)
    town.send()
    assert good.told("notify_id") == [first] and set(bad.told("notify_id")) == {second} != {first}


def test_sending_again_by_hand(town):
    receiver = town.receiver()
    number = town.owe(receiver.url)
    town.send()

    def again(work):
        resend(work, work.find(Notice, id=number))

    town.platform.do(again)
    town.send()
    assert receiver.told("notify_id") == [number, number]
    assert [delivery.number for delivery in town.tries(number)] == [1, 2]


def test_a_try_that_was_not_recorded_is_made_again(town, tmp_path):
    """Between sending and recording the platform dies; its successor cannot know, and sends the same once more."""
    receiver = town.receiver(hang, SUCCESS)
    number = town.owe(receiver.url)

    async def die_while_it_is_under_way():
        await town.platform.fire(town.platform.clock.now())
        while not receiver.received:
            await asyncio.sleep(0.01)

    town.run(die_while_it_is_under_way())
    town.stop()
    town.open(Sqlite(tmp_path / "town.db"))
    assert town.tries(number) == [] and town.notice(number).state == "OWED"
    town.send()
    first, second = receiver.told("notify_id")
    assert first == second == number
    assert town.notice(number).state == "DELIVERED" and len(town.tries(number)) == 1


def test_what_is_due_is_sent_without_being_asked(town, tmp_path):
    """The platform as it runs: its pump finds what is owed, and stops when it is stopped."""
    town.stop()
    town.open(Sqlite(tmp_path / "town.db"), running=True)
    receiver = town.receiver(FAIL, SUCCESS)

    async def live():
        await town.platform.start()
        await town.platform.run(lambda work: work.notify(town.app, receiver.url, "trade_status_sync", "1", {"a": "1"}))
        while len(receiver.received) < 2:
            await asyncio.sleep(0.01)

    town.run(live())
    assert receiver.told("a") == ["1", "1"]


def test_the_platform_stops_though_something_has_just_come_to_be_due(town):
    async def stop_at_once():
        await town.platform.start()
        await asyncio.sleep(0.05)
        town.platform.submit(lambda work: work.later(work.now, "notice.send", "1"), PLATFORM, lambda _: None)
        await asyncio.sleep(0)
        await asyncio.wait_for(town.platform.stop(), 5)

    begun = time.monotonic()
    town.run(stop_at_once())
    assert time.monotonic() - begun < 2


def test_a_try_is_recorded_as_soon_as_the_store_can(town, tmp_path):
    """The database is locked by somebody else: the receiver hears nothing twice, and nothing is forgotten."""
    receiver = town.receiver()
    number = town.owe(receiver.url)
    town.platform.store.engine.writer.execute("pragma busy_timeout = 20")
    other = sqlite3.connect(tmp_path / "town.db", isolation_level=None)
    other.execute("begin immediate")

    async def locked_for_a_while():
        sending = asyncio.ensure_future(town.platform.fire(town.platform.clock.now(), wait=True))
        await asyncio.sleep(0.4)
        assert town.tries(number) == [] and len(receiver.received) == 1
        other.execute("rollback")
        await sending

    town.run(locked_for_a_while())
    other.close()
    assert len(receiver.received) == len(town.tries(number)) == 1
    assert town.notice(number).state == "DELIVERED"


def test_a_try_put_off_comes_later_and_is_not_counted(town):
    receiver = town.receiver()
    number = town.owe(receiver.url)
    (job,) = town.platform.read(lambda work: work.select(Job, "name = 'notice.send'"))
    town.platform.do(lambda work: postpone(work, job))
    town.send()
    assert not receiver.received
    town.move(SECOND)
    assert receiver.told("notify_id") == [number] and town.notice(number).tries == 1


async def asked(town: Town, partner: str, number: str) -> str:
    """What notify_verify says to a partner."""
    target = f"/gateway.do?service=notify_verify&partner={partner}&notify_id={number}".encode()
    told = await ask_door(V2(town.house), "GET", target)
    assert told.status == 200 and told.get(b"content-type") == b"text/plain;charset=utf-8"
    return told.body.decode()


def verified(town: Town, number: str, partner: str | None = None) -> str:
    """The same, to whom it was sent, or to somebody else."""
    return town.run(asked(town, town.pid if partner is None else partner, number))


def test_notify_verify_while_the_notification_is_on_its_way(town):
    said = []

    async def ask_first(writer: asyncio.StreamWriter) -> None:
        number = receiver.received[-1].fields()["notify_id"]
        said.append(await asked(town, town.pid, number))
        writer.write(SUCCESS)

    receiver = town.receiver(ask_first)
    number = town.owe(receiver.url)
    town.send()
    assert said == ["true"]
    assert verified(town, number) == "false", "it was acknowledged"


def test_notify_verify_holds_for_a_minute(town):
    receiver = town.receiver(FAIL)
    number = town.owe(receiver.url)
    town.send()
    assert verified(town, number) == "true"
    town.move(MINUTE - 1)
    assert verified(town, number) == "true"
    town.move(2)
    assert verified(town, number) == "false"
    town.move(3 * MINUTE)
    assert verified(town, number) == "true", "it was sent again"


def test_notify_verify_knows_only_the_partners_own(town):
    receiver = town.receiver(FAIL)
    number = town.owe(receiver.url)
    town.send()
    assert verified(town, number, town.known["books"]) == "invalid"
    for partner, wrong in [("", number), (town.pid, ""), (town.pid, "x" * 100), ("'", "'"), (town.pid, "2026")]:
        assert verified(town, wrong, partner) == "invalid"


@pytest.mark.parametrize("query", ["method=x", "myservice=notify_verify", "a=service%3Dnotify_verify", "service=other"])
def test_other_requests_are_not_taken_for_notify_verify(town, query):
    async def ask():
        return await ask_door(V2(town.house), "GET", b"/gateway.do?" + query.encode())

    assert b"error_response" in town.run(ask()).body
