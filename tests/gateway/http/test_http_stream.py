"""Answers of unknown length: event streams and downloads."""

import asyncio

import pytest

from kaifang.gateway.http import ClientGone, Exchange, Stream, server_sent_event

GET = b"GET /%b HTTP/1.1\r\nHost: a\r\n\r\n"


class Hub:
    """An application that keeps the streams it begins."""

    def __init__(self) -> None:
        self.streams: list[Stream] = []
        self.left = 0

    def __call__(self, exchange: Exchange) -> None:
        """Stream, or answer at once if that is what is asked."""
        if exchange.path == b"/plain":
            exchange.reply(200, b"plain")
        else:
            self.streams.append(exchange.stream(headers=[(b"cache-control", b"no-store")], on_leave=self.leave))

    def leave(self) -> None:
        """Count who leaves."""
        self.left += 1


@pytest.fixture
def hub() -> Hub:
    """An application that streams."""
    return Hub()


def test_events_arrive_as_they_are_sent(house, hub):
    """Each in its time; the connection serves on after the end."""
    inn = house(hub)
    talk = inn.talk().send(GET % b"events" + GET % b"plain")
    status, headers = talk.head()
    assert (status, dict(headers)[b"content-type"]) == (200, b"text/event-stream;charset=utf-8")
    assert dict(headers)[b"transfer-encoding"] == b"chunked"
    assert b"content-length" not in dict(headers)
    for n in range(3):
        assert talk.silent(0.02)
        inn.do(lambda n=n: hub.streams[0].write(server_sent_event(f"paid {n}", event="trade", id=str(n))))
        assert talk.chunk() == b"event: trade\nid: %d\ndata: paid %d\n\n" % (n, n)
    inn.do(lambda: hub.streams[0].write(b""))
    inn.do(hub.streams[0].close)
    inn.do(hub.streams[0].close)
    assert talk.chunk() == b""
    assert talk.answer().body == b"plain"
    assert hub.left == 0


def test_data_of_several_lines_stays_one_event():
    """Whatever ends its lines; the name and the id cannot begin another."""
    assert server_sent_event("a\r\nb\rc\n\u2028d") == "data: a\ndata: b\ndata: c\ndata: \u2028d\n\n".encode()
    assert server_sent_event("") == b"data: \n\n"
    for bad in ({"event": "a\ndata: b"}, {"id": "1\r2"}):
        with pytest.raises(ValueError):
            server_sent_event("x", **bad)


def test_a_stream_waits_its_turn(house):
    """It may begin early; nothing of it goes out before the answers before it."""
    asked: list[Exchange] = []
    inn = house(asked.append)
    talk = inn.talk().send(GET % b"1" + GET % b"2" + GET % b"3")
    inn.until(lambda: len(asked) == 3)

    def out_of_order() -> None:
        asked[2].reply(200, b"three")
        stream = asked[1].stream(content_type=b"text/csv")
        stream.write(b"a,")
        stream.write(b"b")
        stream.close()

    inn.do(out_of_order)
    assert talk.silent()
    inn.do(lambda: asked[0].reply(200, b"one"))
    assert [talk.answer().body for _ in range(3)] == [b"one", b"a,b", b"three"]


def test_a_leaving_listener_is_noticed(house, hub):
    """Once; what is written afterwards goes nowhere, and waiting ends."""
    inn = house(hub)
    talk = inn.talk().send(GET % b"events")
    talk.head()
    talk.close()
    inn.until(lambda: hub.left == 1)
    assert inn.do(lambda: hub.streams[0].gone)
    inn.do(lambda: hub.streams[0].write(b"x"))
    with pytest.raises(ClientGone):
        asyncio.run_coroutine_threadsafe(hub.streams[0].send(b"x"), inn.loop).result(5)
    inn.do(hub.streams[0].close)
    assert hub.left == 1


def test_a_sender_waits_for_its_reader(house, hub):
    """Sending holds as little as the buffer allows, and everything arrives."""
    inn = house(hub)
    talk = inn.talk(receive_buffer=4096).send(GET % b"download")
    inn.until(lambda: bool(hub.streams))
    sent = 0

    async def send_all() -> None:
        nonlocal sent
        for _ in range(200):
            await hub.streams[0].send(b"x" * 50_000)
            sent += 50_000
        hub.streams[0].close()

    sending = asyncio.run_coroutine_threadsafe(send_all(), inn.loop)
    assert talk.head()[0] == 200
    assert not talk.silent(0.3)
    assert inn.do(lambda: sent) < 9_000_000
    assert sum(map(len, iter(talk.chunk, b""))) == 10_000_000
    sending.result(5)


def test_a_sender_is_released_when_its_reader_leaves(house, hub):
    """Nobody waits for a client that is not there."""
    inn = house(hub)
    talk = inn.talk(receive_buffer=4096).send(GET % b"download")
    inn.until(lambda: bool(hub.streams))

    async def send_all() -> None:
        while True:
            await hub.streams[0].send(b"x" * 50_000)

    sending = asyncio.run_coroutine_threadsafe(send_all(), inn.loop)
    talk.head()
    talk.close()
    with pytest.raises(ClientGone):
        sending.result(5)


def test_a_listener_that_does_not_keep_up_is_dropped(house, hub):
    """A hub that writes to all without waiting is never slowed by one."""
    inn = house(hub, stream_bytes=200_000)
    inn.talk(receive_buffer=4096).send(GET % b"events")
    inn.until(lambda: bool(hub.streams))
    for _ in range(2000):
        inn.do(lambda: hub.streams[0].write(b"x" * 10_000))
        if hub.left:
            break
    assert hub.left == 1
    assert inn.server.connections == 0


def test_a_stream_may_be_silent_for_long(house, hub):
    """No clock runs for a listener."""
    inn = house(hub, keep_alive_seconds=0.05, head_seconds=0.05, write_seconds=0.05)
    talk = inn.talk().send(GET % b"events")
    talk.head()
    assert talk.silent(0.25)


def test_http_1_0_streams_to_the_end_of_the_connection(house, hub):
    """Without chunks, which it does not know."""
    inn = house(hub)
    talk = inn.talk().send(b"GET /events HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    inn.until(lambda: bool(hub.streams))
    inn.do(lambda: hub.streams[0].write(b"data: 1\n\n"))
    inn.do(hub.streams[0].close)
    answer = talk.answer()
    assert (answer["transfer-encoding"], answer["connection"], answer.body) == (None, b"close", b"data: 1\n\n")


def test_head_of_a_stream_has_no_body(house, hub):
    """Not even the last chunk."""
    inn = house(hub)
    talk = inn.talk().send(b"HEAD /events HTTP/1.1\r\nHost: a\r\n\r\n" + GET % b"plain")
    inn.until(lambda: bool(hub.streams))
    inn.do(lambda: hub.streams[0].write(b"x"))
    inn.do(hub.streams[0].close)
    assert talk.answer("HEAD").status == 200
    assert talk.answer().body == b"plain"


def test_a_tireless_sender_leaves_others_their_turn(house, hub):
    """Even to a client that is never behind, because it gets nothing."""
    inn = house(hub)
    talk = inn.talk().send(b"HEAD /download HTTP/1.1\r\nHost: a\r\n\r\n")
    inn.until(lambda: bool(hub.streams))

    async def send_for_ever() -> None:
        while True:
            await hub.streams[0].send(b"x")

    sending = asyncio.run_coroutine_threadsafe(send_for_ever(), inn.loop)
    assert talk.answer("HEAD").status == 200
    assert inn.talk().send(GET % b"plain").answer().body == b"plain"
    sending.cancel()


def test_a_failure_in_the_middle_cuts_the_stream(house):
    """The client can tell that its answer is not whole."""

    def app(exchange: Exchange) -> None:
        exchange.stream(content_type=b"text/csv").write(b"half")
        raise ValueError("no more")

    talk = house(app).talk().send(GET % b"x")
    try:
        whole = talk.head() and list(iter(talk.chunk, b""))
    except (ConnectionResetError, ValueError):
        whole = None
    assert whole is None
