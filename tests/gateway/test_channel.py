"""The message channel, with a client that plays the official Java client's part."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator

import aiohttp
import pytest
from tests.town import DAWN, KEYS
from websockets.exceptions import InvalidStatus

from kaifang.gateway import channel, seat
from kaifang.gateway.certificates import certificate_sn, read_certificates
from kaifang.gateway.channel import SEATS
from kaifang.gateway.door import Door
from kaifang.gateway.http import Limits, Server, serve
from kaifang.gateway.keys import export_public_key, new_private_key
from kaifang.kernel.clock import HOUR, MINUTE

from .conftest import Town
from .msg_client import MsgClient

API = "alipay.fund.trans.order.changed"


class Live:
    """A town whose gateway is open."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.clients: list[MsgClient] = []
        self.server: Server = town.run(self._open())
        self.port = self.server.addresses[0][1]

    async def _open(self) -> Server:
        door = Door(self.town.house)
        door.open_slow("/websocket", self.town.notifier.channel)
        return await serve(door, [("127.0.0.1", 0)], Limits(sweep_seconds=0.05))

    def client(self, private_key: str = KEYS["app_private_pkcs8_pem"]) -> MsgClient:
        """A client of the coffee shop's."""
        return MsgClient(self.port, self.town.app, private_key, self.town.who.key.public_key())

    def connected(self) -> MsgClient:
        """The same, connected."""
        self.clients.append(self.town.run(self.client().connect()))
        return self.clients[-1]

    def close(self) -> None:
        """Close the gateway."""
        for client in self.clients:
            self.town.run(client.close())
        self.town.run(self.server.drain(1))


@pytest.fixture
def live(town: Town) -> Iterator[Live]:
    """A town whose gateway is open."""
    live = Live(town)
    yield live
    live.close()


async def until(true: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end, "it never came true"
        await asyncio.sleep(0.01)


def test_a_message_goes_to_the_connected_app_and_is_acknowledged(live, town):
    client = live.connected()
    number = town.owe_message("", '{"order_id":"2024","memo":"a{\\"}测试/:"}')
    town.send()
    assert client.heard == [(API, number, {"order_id": "2024", "memo": 'a{"}测试/:'})]
    (delivery,), notice = town.tries(number), town.notice(number)
    assert (delivery.status, delivery.answer, delivery.sent) == (200, "success", client.frames[0])
    assert (notice.state, notice.tries) == ("DELIVERED", 1)


def test_a_message_that_the_client_fails_to_handle_is_sent_again(live, town):
    client = live.connected()
    client.verdicts = ["FAIL", "FAIL"]
    number = town.owe_message("")
    town.send()
    assert [heard[1] for heard in client.heard] == [number] * 3
    assert [delivery.answer for delivery in town.tries(number)] == ["FAIL", "FAIL", "success"]


def test_a_message_with_an_address_goes_there_instead(live, town):
    client, receiver = live.connected(), town.receiver()
    town.owe_message(receiver.url)
    town.send()
    assert len(receiver.received) == 1 and not client.heard


def test_what_is_owed_waits_on_the_schedule_and_comes_at_once_on_connecting(live, town):
    first, second = town.owe_message("", '{"n":"1"}'), town.owe_message("", '{"n":"2"}')
    town.move(HOUR)
    begun, notice = town.platform.clock.now(), town.notice(first)
    assert (notice.state, notice.tries) == ("RETRYING", 7) and notice.next_at > begun
    assert "not connected to its message channel; once it connects" in town.tries(first)[0].answer
    client = live.connected()

    async def arrived():
        await town.platform.start()
        await until(lambda: len(client.heard) == 2)
        await until(lambda: town.notice(second).state == "DELIVERED")

    town.run(arrived())
    assert {heard[1] for heard in client.heard} == {first, second}
    assert town.tries(first)[-1].at == begun, "the clock did not have to be moved"
    assert town.notice(first).state == "DELIVERED"


def test_what_was_acknowledged_or_given_up_does_not_come_back(live, town):
    given_up = town.owe_message("")
    town.move(30 * HOUR)
    client = live.connected()
    delivered = town.owe_message("")
    town.send()
    again = live.connected()
    town.send()
    assert town.notice(given_up).state == "GIVEN_UP"
    assert [heard[1] for heard in client.heard] == [delivered] and not again.heard


def test_more_is_owed_than_one_unit_of_work_takes(live, town, monkeypatch):
    monkeypatch.setattr(channel, "AT_ONCE", 3)
    numbers = {town.owe_message("") for _ in range(10)}
    town.move(HOUR)
    client = live.connected()
    town.send()
    assert {heard[1] for heard in client.heard} == numbers


def test_a_client_that_leaves_without_an_answer_has_failed(live, town):
    client = live.connected()
    client.verdicts = [""]
    number = town.owe_message("")

    async def leave():
        sending = asyncio.ensure_future(town.platform.fire(town.platform.clock.now(), wait=True))
        await until(lambda: bool(client.heard))
        client.socket.transport.abort()
        await sending

    town.run(leave())
    assert town.notice(number).state == "RETRYING"
    assert "left its message channel without an answer" in town.tries(number)[0].answer
    again = live.connected()
    town.send()
    assert [heard[1] for heard in again.heard] == [number]


def test_a_client_that_never_acknowledges_has_failed(live, town, monkeypatch):
    monkeypatch.setattr(seat, "ACK_SECONDS", 0.1)
    client = live.connected()
    client.verdicts = ["", "SUCCESS"]
    number = town.owe_message("")
    town.send()
    first, second = town.tries(number)
    assert first.status == 0 and first.answer.startswith("no CONSUME_ACK within") and first.took >= 100
    assert second.answer == "success"


def test_several_connections_take_turns(live, town):
    clients = [live.connected() for _ in range(3)]
    for _ in range(6):
        town.owe_message("")
    town.send()
    assert [len(client.heard) for client in clients] == [2, 2, 2]


def test_pings_are_answered(live, town):
    client = live.connected()

    async def ping():
        return await asyncio.wait_for(await client.socket.ping(), 2)

    assert town.run(ping()) < 2


def test_an_app_in_certificate_mode(live, town):
    client, key = live.client(), new_private_key()
    pem = town.who.certify(town.app, key.public_key(), DAWN)
    (certificate,) = read_certificates(pem)
    added = {"app_id": town.app, "sn": certificate_sn(certificate), "pem": pem}
    added["public_key"] = export_public_key(key.public_key())["spki_base64"]
    town.platform.do(lambda work: work.ask("kaifang.openapp.cert.add", **added))
    client.certs = {"app_cert_sn": added["sn"], "alipay_root_cert_sn": town.who.root_sn}
    client.key, client.platform_sn = key, town.who.sn
    live.clients.append(town.run(client.connect()))
    assert town.run(client.produce("alipay.open.some.message", "{}"))["x-code"] == "isv.invalid-method"
    town.owe_message("")
    town.send()
    assert len(client.heard) == 1
    told = refused(live, town, client, alipay_root_cert_sn="0" * 32)
    assert told["sub_code"] == "isv.invalid-alipay-root-cert-sn"


def refused(live: Live, town: Town, client: MsgClient, **changes: str) -> dict:
    """How a registration is refused."""
    text = town.run(client.ask_to_register(**changes))
    told = json.loads(text)
    assert list(told)[:2] == ["response", "sign"] and "link_token" not in text
    return told["response"]


OTHER_KEY = KEYS["gateway_private_pkcs8_pem"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"timestamp": "0"}, "isv.invalid-timestamp"), ({"timestamp": "now"}, "isv.invalid-timestamp"),
     ({"timestamp": "9" * 40}, "isv.invalid-timestamp"), ({"timestamp": ""}, "isv.invalid-timestamp"),
     ({"sign_type": "MD5"}, "isv.invalid-signature-type"), ({"app_id": "2021999999999999"}, "isv.invalid-app-id"),
     ({"app_id": ""}, "isv.missing-app-id"), ({"app_cert_sn": "0" * 32}, "isv.app-cert-not-exist")],
)  # fmt: skip
def test_a_wrong_registration_is_refused(live, town, changes, code):
    assert refused(live, town, live.client(), **changes)["sub_code"] == code


def test_a_registration_signed_by_somebody_else_is_refused(live, town):
    told = refused(live, town, live.client(OTHER_KEY))
    assert (told["code"], told["sub_code"]) == ("40002", "isv.invalid-signature")


def connection_refused(live: Live, town: Town, client: MsgClient, **changes: str) -> tuple[int, dict]:
    """How a connection is refused."""
    with pytest.raises(InvalidStatus) as refusal:
        town.run(client.connect(**changes))
    return refusal.value.response.status_code, json.loads(refusal.value.response.body)


def test_a_link_token_opens_one_connection_and_soon(live, town):
    client = live.client()
    token = town.run(client.register())
    live.clients.append(town.run(client.connect(link_token=token)))
    status, told = connection_refused(live, town, live.client(), link_token=token)
    assert (status, told["code"]) == (403, "INVALID_LINK_TOKEN")
    late = town.run(client.register())
    town.move(MINUTE + 1)
    assert connection_refused(live, town, live.client(), link_token=late)[1]["code"] == "INVALID_LINK_TOKEN"


def test_a_link_token_is_no_use_to_others(live, town):
    token = town.run(live.client().register())
    stranger = live.client()
    stranger.app = town.known["books.app"]
    assert connection_refused(live, town, stranger, link_token=token)[1]["code"] == "INVALID_LINK_TOKEN"
    thief = live.client(OTHER_KEY)
    status, told = connection_refused(live, town, thief, link_token=token)
    assert (status, told["sub_code"]) == (403, "isv.invalid-signature")


def test_connections_of_an_app_are_counted(live, town):
    for _ in range(SEATS):
        live.connected()
    assert connection_refused(live, town, live.client())[1]["code"] == "TOO_MANY_CONNECTIONS"
    town.run(live.clients.pop().close())
    live.connected()


def test_a_plain_request_is_told_that_this_is_a_websocket(live, town):
    async def ask(path: str) -> tuple[int, dict]:
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{live.port}{path}") as answer:
            return answer.status, await answer.json()

    async def plainly() -> tuple[int, dict]:
        client = live.client()
        return await ask(f"/websocket?{client.signed(link_token=await client.register())}")

    assert town.run(plainly())[0] == 426
    assert town.run(ask("/websocket/other"))[0] == 404
    assert town.run(ask("/websocket"))[1]["sub_code"] == "isv.missing-app-id"


@pytest.mark.parametrize(
    ("changes", "code"),
    [({}, "isv.invalid-method"), ({"x-sign": "AAAA"}, "isv.invalid-signature"),
     ({"x-signType": "MD5"}, "isv.invalid-signature")],
)  # fmt: skip
def test_a_produced_message_is_answered_and_goes_nowhere(live, town, changes, code):
    client = live.connected()
    told = town.run(client.produce("alipay.open.some.message", '{"a":"1"}', **changes))
    assert (told["x-cmd"], told["x-status"], told["x-code"]) == ("PRODUCE_ACK", "FAIL", code)
    assert told["x-error"] and told["x-timestamp"].isdigit()
    town.owe_message("")
    town.send()
    assert client.heard, "the connection goes on"


def test_a_message_produced_in_another_apps_name_is_refused(live, town):
    client = live.connected()
    client.app = town.known["books.app"]
    assert town.run(client.produce("alipay.open.some.message", "{}"))["x-code"] == "isv.invalid-app-id"


@pytest.mark.parametrize(
    "frame",
    ["", "hello", "\r\n\r\n{}", "a:b\r\n\r\n[]", 'a:b\r\n\r\n{"protocol":{"x-cmd":"OTHER"}}', b"\0\1",
     "a:b\r\n\r\n{" * 9, 'a:b\r\n\r\n{"protocol":{}}'],
)  # fmt: skip
def test_who_does_not_keep_to_the_protocol_is_cut_off(live, town, frame):
    client = live.connected()

    async def offend() -> int:
        await client.socket.send(frame)
        await asyncio.wait_for(client.socket.wait_closed(), 5)
        return client.socket.protocol.close_rcvd.code

    assert town.run(offend()) == 1008
    assert not town.notifier.channel.seats


def test_acknowledging_what_was_never_sent_does_nothing(live, town):
    client = live.connected()
    number = town.owe_message("")

    async def acknowledge() -> None:
        await client.socket.send(f'a:b\r\n\r\n{{"protocol":{{"x-cmd":"CONSUME_ACK","x-msgId":"{number}"}}}}')
        await client.socket.ping()

    town.run(acknowledge())
    assert town.notice(number).state == "OWED"


def test_an_app_that_changed_its_key_has_to_connect_again(live, town):
    client = live.connected()
    other = KEYS["gateway_public_pem"]
    town.change_app(public_key=other)
    number = town.owe_message("")
    town.run(town.platform.fire(town.platform.clock.now(), wait=True))
    assert not client.heard and "has changed since it connected" in town.tries(number)[0].answer
    town.run(client.socket.wait_closed())
    assert client.socket.protocol.close_rcvd.code == 1008


def test_the_platform_says_goodbye(live, town):
    client = live.connected()
    town.run(town.notifier.channel.close())
    town.run(client.socket.wait_closed())
    assert client.socket.protocol.close_rcvd.code == 1001 and not town.notifier.channel.seats
