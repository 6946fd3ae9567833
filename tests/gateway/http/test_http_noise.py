"""Mangled requests: whatever comes, the server answers properly or closes, and never stumbles."""

import json
import random

import pytest

from kaifang.gateway.http import Exchange

WHOLE = (
    b"POST /gateway.do?a=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
    b"POST http://a/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
    b"HEAD / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
    b"GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
)
BITS = [b"\r\n", b"\n", b"\0", b" ", b":", b"Content-Length: 7\r\n", b"Transfer-Encoding: chunked\r\n", b"0\r\n\r\n"]


def mangle(chance: random.Random) -> bytes:
    """The good requests with a few bytes lost, doubled, changed or put in."""
    data = bytearray(WHOLE)
    for _ in range(chance.randint(0, 4)):
        at = chance.randrange(len(data))
        to = min(len(data), at + chance.choice((1, 1, 2, 10, 60)))
        data[at:to] = chance.choice((b"", data[at:to] * 2, bytes([chance.randrange(256)]), chance.choice(BITS)))
    return bytes(data)


@pytest.mark.parametrize("seed", range(8))
def test_noise_is_answered_properly(house, seed):
    """Every byte that comes back belongs to a well-formed answer, and the end always comes."""
    chance = random.Random(seed)
    methods: list[str] = []

    def app(exchange: Exchange) -> None:
        methods.append(exchange.method)
        exchange.reply(200, json.dumps([exchange.method, exchange.target.decode(), len(exchange.body)]).encode())

    inn = house(app)
    for _ in range(30):
        methods.clear()
        data = mangle(chance)
        cuts = sorted(chance.sample(range(1, len(data)), chance.randint(0, 5))) if len(data) > 10 else []
        talk = inn.talk()
        try:
            talk.send(*(data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)))
            talk.socket.shutdown(1)
        except OSError:
            pass  # refused before all of it was sent
        statuses = []
        while talk.file.peek(1):
            # The server has handed this request over before its answer arrives, so its method is known here.
            method = methods[len(statuses)] if len(statuses) < len(methods) else "GET"
            answer = talk.answer(method)
            assert answer.status in (200, 400, 413, 417, 501, 505), data
            statuses.append(answer.status)
        assert all(status == 200 for status in statuses[:-1]), data
        talk.close()
