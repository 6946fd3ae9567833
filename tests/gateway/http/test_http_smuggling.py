"""What two servers could understand differently is refused, and nothing after it is believed."""

import pytest

START = b"POST / HTTP/1.1\r\nHost: a\r\n"
CHUNKED = START + b"Transfer-Encoding: chunked\r\n\r\n"
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"

REFUSED = {
    "length and chunks": (400, START + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    "chunks and length": (400, START + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
    "two lengths": (400, START + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
    "two equal lengths": (400, START + b"Content-Length: 1\r\nContent-Length: 1\r\n\r\na"),
    "a list of lengths": (400, START + b"Content-Length: 1, 1\r\n\r\na"),
    "a signed length": (400, START + b"Content-Length: +1\r\n\r\na"),
    "a negative length": (400, START + b"Content-Length: -1\r\n\r\n"),
    "a hexadecimal length": (400, START + b"Content-Length: 0x1\r\n\r\na"),
    "no length": (400, START + b"Content-Length: \r\n\r\n"),
    "an endless length": (400, START + b"Content-Length: 99999999999999999999999\r\n\r\n"),
    "chunks in HTTP/1.0": (400, b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    "another coding": (501, START + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
    "chunks not last": (400, START + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
    "nearly chunked": (501, START + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
    "chunked after a vertical tab": (400, START + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n"),
    "chunked twice": (400, START + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    "no chunk size": (400, CHUNKED + b"\r\nabc\r\n0\r\n\r\n"),
    "a bad chunk size": (400, CHUNKED + b"zz\r\nabc\r\n0\r\n\r\n"),
    "a prefixed chunk size": (400, CHUNKED + b"0x3\r\nabc\r\n0\r\n\r\n"),
    "an endless chunk size": (400, CHUNKED + b"fffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
    "a blank in the chunk size": (400, CHUNKED + b"3 \r\nabc\r\n0\r\n\r\n"),
    "a chunk longer than its size": (400, CHUNKED + b"3\r\nabcd\r\n0\r\n\r\n"),
    "a chunk ended by LF": (400, CHUNKED + b"3\nabc\n0\n\n"),
    "LF in a chunk extension": (400, CHUNKED + b"3;a\nb\r\nabc\r\n0\r\n\r\n"),
    "a folded header": (400, START + b"X: a\r\n b\r\n\r\n"),
    "a folded first header": (400, b"GET / HTTP/1.1\r\n X: a\r\nHost: a\r\n\r\n"),
    "a NUL in a value": (400, START + b"X: a\0b\r\n\r\n"),
    "a NUL in a name": (400, START + b"X\0: a\r\n\r\n"),
    "a NUL in the target": (400, b"GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"),
    "a control character": (400, START + b"X: a\x01b\r\n\r\n"),
    "a bare CR": (400, START + b"X: a\rb\r\n\r\n"),
    "a bare LF": (400, b"GET / HTTP/1.1\nHost: a\n\n"),
    "a blank before the colon": (400, START + b"Content-Length : 1\r\n\r\na"),
    "a header without a name": (400, START + b": a\r\n\r\n"),
    "no host": (400, b"GET / HTTP/1.1\r\n\r\n"),
    "two hosts": (400, b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
    "a strange host": (400, b"GET / HTTP/1.1\r\nHost: a/b@c\r\n\r\n"),
    "a user in the authority": (400, b"GET http://u:p@a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
    "another scheme": (400, b"GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
    "a relative target": (400, b"GET a/b HTTP/1.1\r\nHost: a\r\n\r\n"),
    "a fragment": (400, b"GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n"),
    "a blank in the target": (400, b"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"),
    "bytes above ASCII in the target": (400, b"GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n"),
    "HTTP/0.9": (505, b"GET /\r\n\r\n"),
    "HTTP/2": (400, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    "HTTP/2.0 in words": (505, b"GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
    "TLS on a plain port": (400, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
    "a tunnel": (501, b"CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n"),
    "an unknown method": (400, b"BREW / HTTP/1.1\r\nHost: a\r\n\r\n"),
    "a method of other protocols": (501, b"PROPFIND / HTTP/1.1\r\nHost: a\r\n\r\n"),
    "another expectation": (417, START + b"Expect: tea\r\nContent-Length: 1\r\n\r\na"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_and_the_connection_closed(teller, case):
    """One refusal with a reason and a cure; a request hidden behind it is never seen."""
    status, request = REFUSED[case]
    talk = teller.talk().send(request + HIDDEN)
    answer = talk.answer()
    assert answer.status == status, answer.body
    assert answer["connection"] == b"close"
    assert set(answer.json()) == {"code", "message"}
    assert talk.ends()


def test_a_refusal_waits_for_the_answers_before_it(house):
    """The good request before the bad one is answered first, whenever that is."""
    asked = []
    inn = house(asked.append)
    talk = inn.talk().send(HIDDEN + b"rubbish\r\n\r\n")
    assert talk.silent()
    inn.do(lambda: asked[0].reply(200, b"good"))
    assert talk.answer().body == b"good"
    assert talk.answer().status == 400
    assert talk.ends()
    assert len(asked) == 1
