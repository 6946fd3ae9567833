"""What a client may send, and that it arrives as it was sent."""

import pytest

from kaifang.gateway.http import Exchange

POST = b"POST /gateway.do HTTP/1.1\r\nHost: pay.example\r\n"


def test_a_request_arrives_whole(teller):
    """Method, target, headers and body are what was sent; the answer's framing is right."""
    answer = teller.talk().send(POST + b"Content-Type: text/plain; \t\r\nContent-Length: 5\r\n\r\nhello").answer()
    seen = answer.json()
    assert answer.status == 200
    assert answer["content-type"] == b"application/json;charset=utf-8"
    assert answer["connection"] is None
    assert (seen["method"], seen["target"], seen["body"]) == ("POST", "/gateway.do", "hello")
    assert (seen["host"], seen["peer"], seen["secure"]) == ("pay.example", "127.0.0.1", False)
    assert ["content-type", "text/plain;"] in seen["headers"]


@pytest.mark.parametrize(
    ("sent", "target", "host"),
    [
        (b"/v3/x?", "/v3/x?", "a.example"),
        (b"/v3/x", "/v3/x", "a.example"),
        (b"//double/%2F?a=%2f&b=+&&=", "//double/%2F?a=%2f&b=+&&=", "a.example"),
        (b"http://b.example:8080/gateway.do?a=1&b=%20", "/gateway.do?a=1&b=%20", "b.example:8080"),
        (b"HTTPS://b.example/gateway.do?x=http://c/", "/gateway.do?x=http://c/", "b.example"),
        (b"http://b.example?a=/1", "/?a=/1", "b.example"),
        (b"http://b.example", "/", "b.example"),
        (b"http://[::1]:80/p", "/p", "[::1]:80"),
    ],
)
def test_targets_are_kept_byte_for_byte(teller, sent, target, host):
    """Signatures cover the target as sent, in its absolute form too."""
    seen = teller.talk().send(b"GET " + sent + b" HTTP/1.1\r\nHost: a.example\r\n\r\n").answer().json()
    assert (seen["target"], seen["host"]) == (target, host)
    assert target.split("?")[0] == seen["path"]
    assert target.partition("?")[2] == seen["query"]


def test_a_request_may_come_in_single_bytes(teller):
    """Wherever the network cuts a request, it is the same request."""
    whole = POST + b"X-Long: " + b"v" * 50 + b"\r\nContent-Length: 3\r\n\r\nabc"
    seen = teller.talk().send(*(whole[i : i + 1] for i in range(len(whole)))).answer().json()
    assert seen["body"] == "abc"
    assert ["x-long", "v" * 50] in seen["headers"]


def test_a_chunked_body_is_put_together(teller):
    """Chunks, their extensions and trailers leave only the content, and the next request is found after them."""
    chunked = POST + b"Transfer-Encoding: Chunked\r\n\r\n3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n"
    talk = teller.talk().send(chunked + b"GET /next HTTP/1.1\r\nHost: a\r\n\r\n")
    first = talk.answer().json()
    assert first["body"] == "abcde"
    assert not [name for name, _ in first["headers"] if name == "x-trailer"]
    second = talk.answer().json()
    assert (second["target"], second["body"]) == ("/next", "")


def test_a_connection_is_kept_alive_and_closed_on_request(teller):
    """Many requests on one connection, until the client says that this was the last."""
    talk = teller.talk()
    for n in range(3):
        assert talk.send(b"GET /%d HTTP/1.1\r\nHost: a\r\n\r\n" % n).answer().json()["target"] == f"/{n}"
    answer = talk.send(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /never HTTP/1.1\r\n\r\n").answer()
    assert answer["connection"] == b"close"
    assert talk.ends()


def test_the_last_answer_arrives_although_more_was_sent(house):
    """What comes after "connection: close" is dropped, and does not take the answer with it."""
    inn = house(lambda exchange: exchange.reply(200, b"x" * 300_000))
    last = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    for _ in range(5):
        talk = inn.talk(receive_buffer=4096).send(last, *[b"y" * 50_000] * 3)
        assert len(talk.answer().body) == 300_000
        assert talk.ends()


def test_http_1_0_is_closed_unless_it_asks_to_stay(teller):
    """The old protocol needs no host, and has to be told that its connection stays."""
    talk = teller.talk().send(b"GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    assert talk.answer()["connection"] == b"keep-alive"
    answer = talk.send(b"GET /b HTTP/1.0\r\n\r\n").answer()
    assert (answer["connection"], answer.json()["target"]) == (b"close", "/b")
    assert talk.ends()


def test_head_is_answered_without_the_body(teller):
    """The length is that of the body a GET would get, and the next answer follows directly."""
    talk = teller.talk().send(b"HEAD /x HTTP/1.1\r\nHost: a\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n")
    head, get = talk.answer("HEAD"), talk.answer()
    assert int(head["content-length"]) == len(get.body) + 1  # "HEAD" is one letter longer than "GET"


def test_a_waiting_client_is_told_to_continue(teller):
    """Its body is asked for once, and only if it will be taken."""
    talk = teller.talk().send(POST + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\n")
    assert talk.answer().status == 100
    assert talk.send(b"abc").answer().json()["body"] == "abc"
    talk.send(POST + b"Expect: 100-continue\r\nContent-Length: 9999999\r\n\r\n")
    assert talk.answer().status == 413
    assert talk.ends()


def test_no_invitation_when_the_body_is_there_already(teller):
    """A client that did not wait gets its answer and nothing else."""
    talk = teller.talk().send(POST + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\nabc")
    assert talk.answer().status == 200


def test_the_invitation_keeps_its_place(house):
    """It is part of the second answer, so it comes after the first."""
    asked: list[Exchange] = []
    inn = house(asked.append)
    talk = inn.talk()
    talk.send(b"GET /1 HTTP/1.1\r\nHost: a\r\n\r\n" + POST + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
    assert talk.silent()
    inn.do(lambda: asked[0].reply(200, b"one"))
    assert talk.answer().body == b"one"
    assert talk.answer().status == 100
    talk.send(b"ok")
    inn.until(lambda: len(asked) == 2)
    inn.do(lambda: asked[1].reply(200, asked[1].body))
    assert talk.answer().body == b"ok"


def test_an_upgrade_to_http_2_is_passed_over(teller):
    """Some clients offer it with every request; the request, its body and the next one are served as HTTP/1.1."""
    offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
    talk = teller.talk()
    talk.send(POST + offer + b"Content-Length: 3\r\n\r\nabcGET /next HTTP/1.1\r\nHost: a\r\n" + offer + b"\r\n")
    assert talk.answer().json()["body"] == "abc"
    assert talk.answer().json()["target"] == "/next"
    talk.send(POST + offer + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n0\r\n\r\n")
    assert talk.answer().json()["body"] == "x"


def test_a_header_sent_twice_is_read_as_one_list(house):
    """A second value is never overlooked."""

    def app(exchange: Exchange) -> None:
        exchange.reply(200, (exchange.get(b"x-a") or b"none") + b"|" + (exchange.get(b"x-b") or b"none"))

    talk = house(app).talk().send(b"GET / HTTP/1.1\r\nHost: a\r\nX-A: 1\r\nx-a: 2\r\n\r\n")
    assert talk.answer().body == b"1, 2|none"
