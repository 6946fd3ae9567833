"""Answers go out in the order of the requests, whatever the order they are given in."""

import random
import threading

import pytest

from kaifang.gateway.http import Exchange

GET = b"GET /%d HTTP/1.1\r\nHost: a\r\n\r\n"


def gets(*numbers: int) -> bytes:
    """Requests, one directly after the other."""
    return b"".join(GET % n for n in numbers)


def test_shuffled_replies_go_out_in_order(house):
    """A hundred requests at once, sixteen under way, each round of answers given in another order."""
    asked: list[Exchange] = []
    inn = house(asked.append, pipelined=16)
    talk = inn.talk().send(gets(*range(100)))
    chance = random.Random(5)
    answered = 0
    while answered < 100:
        inn.until(lambda: bool(asked))

        def answer_some() -> int:
            some = list(asked)
            assert len(some) <= 16
            chance.shuffle(some)
            asked.clear()
            for exchange in some:
                exchange.reply(200, exchange.path)
            return len(some)

        answered += inn.do(answer_some)
    assert [talk.answer().body for _ in range(100)] == [b"/%d" % n for n in range(100)]


def test_no_more_than_allowed_is_under_way(house):
    """The application never sees more of one connection at once; each answer lets one more in."""
    asked: list[Exchange] = []
    inn = house(asked.append, pipelined=3)
    talk = inn.talk().send(gets(*range(8)))
    inn.until(lambda: len(asked) == 3)
    assert talk.silent()
    assert inn.do(lambda: len(asked)) == 3
    inn.do(lambda: asked[1].reply(200, b"1"))
    assert inn.do(lambda: len(asked)) == 3, "the place is taken until its answer has gone out"
    inn.do(lambda: asked[0].reply(200, b"0"))
    inn.until(lambda: len(asked) == 5)
    inn.do(lambda: [exchange.reply(200, exchange.path[1:]) for exchange in asked[2:]])
    inn.until(lambda: len(asked) == 8)
    inn.do(lambda: [exchange.reply(200, exchange.path[1:]) for exchange in asked[5:]])
    assert b"".join(talk.answer().body for _ in range(8)) == b"01234567"


def test_nothing_is_read_beyond_what_is_under_way(house):
    """The client feels it: its sending blocks."""
    asked: list[Exchange] = []
    inn = house(asked.append, pipelined=2)
    talk = inn.talk()
    talk.socket.settimeout(0.3)
    request = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50000\r\n\r\n" + b"x" * 50_000
    sent = 0
    try:
        for _ in range(1000):
            talk.send(request)
            sent += 1
    except TimeoutError:
        pass
    assert sent < 1000
    assert inn.do(lambda: len(asked)) == 2
    assert inn.do(lambda: inn.server.held_bytes) < 10 * len(request)


def test_thousands_of_requests_in_one_packet_run_flat(house):
    """Answered at once, they neither nest nor get lost."""
    inn = house(lambda exchange: exchange.reply(200, exchange.path))
    talk = inn.talk()
    threading.Thread(target=talk.send, args=(gets(*range(5000)),)).start()
    for n in range(5000):
        assert talk.answer().body == b"/%d" % n


def test_a_half_closed_client_gets_its_answers(house):
    """It has said all it wanted to say; it still listens."""
    asked: list[Exchange] = []
    inn = house(asked.append, pipelined=2)
    talk = inn.talk().send(gets(0, 1, 2, 3))
    talk.socket.shutdown(1)
    for n in range(4):
        inn.until(lambda n=n: len(asked) > n)
        inn.do(lambda n=n: asked[n].reply(200, b"%d" % n))
        assert talk.answer().body == b"%d" % n
    assert talk.ends()


def test_a_half_closed_client_without_a_request_is_closed(house):
    """Half a request will never be whole."""
    inn = house(lambda exchange: exchange.reply(200, b""))
    for start in (b"", b"GET / HT", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab"):
        talk = inn.talk().send(start)
        talk.socket.shutdown(1)
        assert talk.ends()


@pytest.mark.parametrize("leave", ["close", "reset"])
def test_a_client_may_leave_while_it_is_worked_for(house, leave):
    """The answers go nowhere, quietly, and the next client is served."""
    asked: list[Exchange] = []
    inn = house(asked.append)
    talk = inn.talk().send(gets(0, 1))
    inn.until(lambda: len(asked) == 2)
    getattr(talk, leave)()
    if leave == "reset":
        inn.until(lambda: asked[0].gone)
    inn.do(lambda: [exchange.reply(200, b"x" * 100_000) for exchange in reversed(asked)])
    inn.until(lambda: inn.server.connections == 0)
    assert asked[1].gone
    last = inn.talk().send(gets(2))
    inn.until(lambda: len(asked) == 3)
    inn.do(lambda: asked[2].reply(200, b"served"))
    assert last.answer().body == b"served"


def test_what_a_gone_client_asked_is_not_begun(house):
    """Its requests that had to wait for their turn are forgotten."""
    asked: list[Exchange] = []
    inn = house(asked.append, pipelined=1)
    talk = inn.talk().send(gets(0, 1, 2))
    inn.until(lambda: len(asked) == 1)
    talk.reset()
    inn.do(lambda: asked[0].reply(200, b"x" * 100_000))
    inn.until(lambda: inn.server.connections == 0)
    assert len(asked) < 3


def test_a_reset_client_is_forgotten(house):
    """A connection cut in the middle of its answers leaves nothing behind."""
    inn = house(lambda exchange: exchange.reply(200, b"x" * 5_000_000))
    talk = inn.talk(receive_buffer=4096).send(gets(*range(20)))
    talk.file.read(1)
    talk.reset()
    inn.until(lambda: inn.server.connections == 0)
