"""Every limit, reached by a real client, and the answer it leads to."""

import contextlib
import threading
import time

import pytest

from kaifang.gateway.http import Exchange, Limits
from kaifang.gateway.http.limits import affordable

GET = b"GET / HTTP/1.1\r\nHost: a\r\n"
POST = b"POST /small HTTP/1.1\r\nHost: a\r\n"


def taste(exchange: Exchange) -> None:
    """An application that answers with the size of the body."""
    exchange.reply(200, b"%d" % len(exchange.body))


def refused(talk, status: int, code: str, *words: str) -> None:
    """The refusal comes, says why, and ends the connection."""
    answer = talk.answer()
    assert (answer.status, answer.json()["code"]) == (status, code)
    for word in words:
        assert word in answer.json()["message"]
    assert answer["connection"] == b"close"
    assert talk.ends()


def test_a_whole_call_fits_into_the_target(house):
    """One client library sends everything in the URL: 64 KiB are taken, one byte more is not."""
    inn = house(taste)
    most = Limits().target_bytes
    assert inn.talk().send(b"GET /%b HTTP/1.1\r\nHost: a\r\n\r\n" % (b"x" * (most - 1))).answer().status == 200
    talk = inn.talk().send(b"GET /%b HTTP/1.1\r\nHost: a\r\n\r\n" % (b"x" * most))
    refused(talk, 414, "TARGET_TOO_LONG", "65536", "body")


@pytest.mark.parametrize(
    "headers",
    [
        b"X: " + b"v" * 2000 + b"\r\n\r\n",
        b"X" * 2000 + b": v\r\n\r\n",
        b"X: v\r\n" * 11 + b"\r\n",
        b"X: " + b"v" * 60_000,
        b"X" * 60_000,
    ],
    ids=["a long value", "a long name", "many lines", "an endless value", "an endless name"],
)
def test_headers_are_bounded(house, headers):
    """In bytes, in lines, and while they have not ended yet."""
    refused(
        house(taste, header_bytes=1000, header_count=10, target_bytes=1000).talk().send(GET + headers),
        431,
        "HEADERS_TOO_LARGE",
        "1000",
        "10 lines",
    )


def test_headers_are_bounded_in_every_request_of_a_packet(house):
    """A small request before it does not make room for a large one."""
    talk = house(taste, header_bytes=1000).talk().send(GET + b"\r\n" + GET + b"X: " + b"v" * 1000 + b"\r\n\r\n")
    assert talk.answer().status == 200
    refused(talk, 431, "HEADERS_TOO_LARGE")


def test_a_body_is_bounded_before_it_comes(house):
    """A declared length is refused at once; a larger one is taken where the path allows it."""
    inn = house(taste, body_bytes=10, body_bytes_under={b"/upload/": 50_000})
    assert inn.talk().send(POST + b"Content-Length: 10\r\n\r\n" + b"x" * 10).answer().body == b"10"
    refused(inn.talk().send(POST + b"Content-Length: 11\r\n\r\n"), 413, "BODY_TOO_LARGE", "11", "10")
    upload = b"POST http://a/upload/image?x HTTP/1.1\r\nHost: a\r\n"
    assert inn.talk().send(upload + b"Content-Length: 50000\r\n\r\n" + b"x" * 50_000).answer().body == b"50000"
    refused(inn.talk().send(upload + b"Content-Length: 50001\r\n\r\n"), 413, "BODY_TOO_LARGE", "50001", "50000")


def test_every_request_is_measured_by_itself(house):
    """The largest of everything, three times on one connection, in one go."""
    inn = house(taste, target_bytes=20_000, header_bytes=20_000, body_bytes=500_000)
    line = b"POST /%b HTTP/1.1\r\nHost: a\r\n" % (b"t" * 19_999)
    request = line + b"X: %b\r\nContent-Length: 500000\r\n\r\n" % (b"v" * 19_960) + b"b" * 500_000
    talk = inn.talk()
    threading.Thread(target=talk.send, args=(request * 3,)).start()
    assert [talk.answer().body for _ in range(3)] == [b"500000"] * 3
    refused(talk.send(request.replace(b"X: ", b"X: vvvv")), 431, "HEADERS_TOO_LARGE")


def test_a_chunked_body_is_bounded_while_it_comes(house):
    """Nobody has to believe a client that does not say how much it sends."""
    inn = house(taste, body_bytes=10, body_bytes_under={b"/upload/": 50})
    chunk = b"8\r\nxxxxxxxx\r\n"
    refused(
        inn.talk().send(POST + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 2), 413, "BODY_TOO_LARGE", "more than 10"
    )
    upload = b"POST /upload/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert inn.talk().send(upload + chunk * 6 + b"0\r\n\r\n").answer().body == b"48"
    refused(inn.talk().send(upload + chunk * 7), 413, "BODY_TOO_LARGE", "more than 50")


def test_a_refused_upload_reads_its_answer(house):
    """The refusal arrives although the client is still sending: no reset takes it back."""
    talk = house(taste, body_bytes=10).talk().send(POST + b"Content-Length: 3000000\r\n\r\n")
    for _ in range(30):
        talk.send(b"x" * 10_000)
        time.sleep(0.001)
    refused(talk, 413, "BODY_TOO_LARGE")


@pytest.mark.parametrize("framing", [b"1;" + b"e" * 70_000, b"0\r\nX: " + b"t" * 70_000], ids=["extension", "trailer"])
def test_chunk_framing_is_bounded(house, framing):
    """What is between the chunks may not be endless either."""
    talk = house(taste).talk().send(POST + b"Transfer-Encoding: chunked\r\n\r\n" + framing)
    refused(talk, 400, "BAD_REQUEST", "framing")


def test_all_bodies_together_are_bounded(house):
    """Many clients at once cannot fill the memory; what is answered makes room again."""
    asked: list[Exchange] = []
    inn = house(asked.append, held_bytes=1000)
    request = POST + b"Content-Length: 600\r\n\r\n" + b"x" * 600
    first = inn.talk().send(request)
    inn.until(lambda: len(asked) == 1)
    refused(inn.talk().send(request), 503, "BUSY")
    inn.do(lambda: asked[0].reply(200, b""))
    assert first.answer().status == 200
    inn.until(lambda: inn.server.held_bytes == 0)
    inn.talk().send(request)
    inn.until(lambda: len(asked) == 2)


def test_connections_are_bounded(house):
    """The one too many is told so; when another leaves there is room again."""
    inn = house(taste, connections=2)
    guests = [inn.talk(), inn.talk()]
    inn.until(lambda: inn.server.connections == 2)
    refused(inn.talk(), 503, "BUSY", "connections")
    guests[0].close()
    inn.until(lambda: inn.server.connections == 1)
    assert inn.talk().send(GET + b"\r\n").answer().status == 200
    assert guests[1].send(GET + b"\r\n").answer().status == 200


def test_a_flood_of_connections_is_cut(house):
    """Even telling them so is bounded: a few hear it, the rest are dropped."""
    inn = house(taste, connections=2, linger_seconds=5)
    guests = [inn.talk() for _ in range(80)]
    inn.until(lambda: inn.server.connections == 2 + 32)
    heard = 0
    for guest in guests[2:]:
        with contextlib.suppress(AssertionError, ConnectionError):
            heard += guest.answer().status == 503
    assert heard == 32
    assert guests[0].send(GET + b"\r\n").answer().status == 200


def test_the_store_keeps_its_files():
    """However many connections are asked for, some files are left to open."""
    resource = pytest.importorskip("resource")
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert affordable(1) == 1
    assert affordable(10**9) < (files if files != resource.RLIM_INFINITY else 10**10)


def keep_sending(talk, piece: bytes, pause: float) -> float:
    """Send the same again and again until the server has had enough; gives the seconds that took."""
    began = time.monotonic()
    with contextlib.suppress(ConnectionError):
        while talk.silent(pause):
            assert time.monotonic() - began < 2, "the server never has enough"
            talk.send(piece)
    return time.monotonic() - began


@pytest.mark.parametrize("start", [b"", b"\r\n", b"G"])
def test_a_client_that_says_nothing_is_closed(house, start):
    """It asked nothing, so it is told nothing."""
    talk = house(taste, head_seconds=0.1).talk().send(start)
    assert talk.ends()


def test_slow_headers_time_out(house):
    """A header line now and then does not keep a connection."""
    talk = house(taste, head_seconds=0.2).talk().send(GET)
    assert keep_sending(talk, b"X: v\r\n", 0.03) > 0.1
    refused(talk, 408, "TOO_SLOW", "headers")


def test_line_ends_do_not_keep_a_connection(house):
    """Empty lines before a request are allowed, yet they are no request."""
    talk = house(taste, head_seconds=0.2).talk()
    assert keep_sending(talk, b"\r\n", 0.03) > 0.1
    assert talk.ends()


def test_a_body_that_stops_times_out(house):
    """Silence in the middle of a body, however fast its beginning was."""
    talk = house(taste, body_seconds=0.1, bytes_per_second=100).talk()
    talk.send(POST + b"Content-Length: 10000\r\n\r\n" + b"x" * 9_999)
    refused(talk, 408, "TOO_SLOW", "body")


def test_a_body_that_trickles_times_out(house):
    """Never silent for long, and yet too slow."""
    inn = house(taste, body_seconds=0.2, bytes_per_second=1000)
    talk = inn.talk().send(POST + b"Content-Length: 1000\r\n\r\n")
    assert keep_sending(talk, b"x", 0.02) > 0.1
    refused(talk, 408, "TOO_SLOW", "body")


def test_a_body_at_a_fair_rate_takes_its_time(house):
    """Longer than the longest silence, because it keeps coming."""
    inn = house(taste, body_seconds=0.4, bytes_per_second=1000)
    talk = inn.talk().send(POST + b"Content-Length: 1000\r\n\r\n")
    for _ in range(10):
        talk.send(b"x" * 100)
        time.sleep(0.06)
    assert talk.answer().body == b"1000"


def test_an_idle_connection_is_closed(house):
    """Silently, since nobody waits for an answer."""
    talk = house(taste, keep_alive_seconds=0.6, head_seconds=5).talk().send(GET + b"\r\n")
    assert talk.answer().status == 200
    assert talk.silent(0.1)
    assert talk.ends()


def test_no_clock_runs_while_the_server_works(house):
    """A slow answer is not the client's fault; its time begins when it has been answered."""
    asked: list[Exchange] = []
    inn = house(asked.append, keep_alive_seconds=0.3, head_seconds=0.3, body_seconds=0.3)
    talk = inn.talk().send(GET + b"\r\n" + POST + b"Content-Length: 5\r\n\r\nab")
    assert talk.silent(0.5)
    inn.do(lambda: asked[0].reply(200, b"late"))
    assert talk.answer().body == b"late"
    assert talk.silent(0.1)
    talk.send(b"cde")
    inn.until(lambda: len(asked) == 2)
    inn.do(lambda: asked[1].reply(200, asked[1].body))
    assert talk.answer().body == b"abcde"


def test_a_client_that_does_not_read_is_dropped(house):
    """Its answers do not stay in memory for ever."""
    inn = house(lambda exchange: exchange.reply(200, b"x" * 8_000_000), write_seconds=0.1, bytes_per_second=10**9)
    inn.talk(receive_buffer=4096).send(GET + b"\r\n")
    inn.until(lambda: inn.server.connections == 1)
    inn.until(lambda: inn.server.connections == 0)


@pytest.mark.parametrize("header", [b"", b"Connection: close\r\n"], ids=["kept alive", "closed"])
def test_a_client_that_does_not_read_its_last_answer_is_dropped(house, header):
    """Though it is short enough for the buffer, so that nothing else had to wait for it."""
    patience = {"write_seconds": 0.2, "bytes_per_second": 10**6, "keep_alive_seconds": 0.1}
    inn = house(lambda exchange: exchange.reply(200, b"x" * 60_000), **patience)
    inn.shrink()
    inn.talk(receive_buffer=4096).send(GET + header + b"\r\n")
    inn.until(lambda: inn.server.connections == 1)
    inn.until(lambda: inn.server.connections == 0)


@pytest.mark.parametrize("size", [60_000, 600_000], ids=["a short answer", "a long answer"])
@pytest.mark.parametrize("header", [b"", b"Connection: close\r\n"], ids=["kept alive", "closed"])
def test_a_client_that_reads_slowly_gets_it_all(house, size, header):
    """Even the last answer of a connection: what counts is that it keeps reading at a fair rate."""
    inn = house(
        lambda exchange: exchange.reply(200, b"x" * size),
        write_seconds=0.2,
        bytes_per_second=size // 2,
        linger_seconds=0.2,
    )
    inn.shrink()
    talk = inn.talk(receive_buffer=4096).send(GET + header + b"\r\n")
    assert talk.head()[0] == 200
    for _ in range(30):
        assert len(talk.file.read(size // 30)) == size // 30
        time.sleep(0.02)
    assert talk.ends() if header else talk.silent(0.01)


def test_a_client_that_reads_too_slowly_is_dropped(house):
    """A byte now and then does not keep the rest in memory."""
    inn = house(lambda exchange: exchange.reply(200, b"x" * 600_000), write_seconds=0.1, bytes_per_second=10**7)
    inn.shrink()
    talk = inn.talk(receive_buffer=4096).send(GET + b"\r\n")
    with pytest.raises(ConnectionError):
        for _ in range(100):
            if not talk.file.read(2000):
                raise ConnectionError("closed")
            time.sleep(0.02)
    assert inn.server.connections == 0


@pytest.mark.parametrize("size", [100, 20_000])
def test_unread_answers_stop_the_work(house, size):
    """For a client that sends and sends without reading, nothing is worked and nothing piles up."""
    served = 0

    def app(exchange: Exchange) -> None:
        nonlocal served
        served += 1
        exchange.reply(200, b"x" * size)

    inn = house(app, write_seconds=5, pipelined=10**6)
    inn.shrink()
    talk = inn.talk(receive_buffer=4096)
    talk.socket.settimeout(0.3)
    sent = 0
    with contextlib.suppress(TimeoutError):
        for _ in range(10_000):
            talk.send((GET + b"X: " + b"v" * 50 + b"\r\n\r\n") * 20)
            sent += 20
    assert sent < 200_000, "the server read everything"
    assert inn.do(lambda: served) < 300_000 / size
    talk.socket.settimeout(5)
    for _ in range(min(sent, 500)):
        assert len(talk.answer().body) == size
