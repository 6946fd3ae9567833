"""What happens when the application is wrong."""

import logging
import re

import pytest

from kaifang.gateway.http import Exchange

GET = b"GET /%b HTTP/1.1\r\nHost: a\r\n\r\n"


def test_an_application_that_raises_answers_500(house, caplog):
    """With a reference that finds the error in the log, and nothing else of it; the connection lives on."""

    def app(exchange: Exchange) -> None:
        if exchange.path == b"/bad":
            raise ValueError("the secret of the house")
        exchange.reply(200, b"good")

    talk = house(app).talk().send(GET % b"bad" + GET % b"good")
    answer = talk.answer()
    assert (answer.status, answer.json()["code"]) == (500, "INTERNAL_ERROR")
    assert b"secret" not in answer.body
    reference = re.search(r"reference (\S+)\.", answer.json()["message"]).group(1)
    record = next(record for record in caplog.records if reference in record.getMessage())
    assert record.levelno == logging.ERROR
    assert "secret" in str(record.exc_info[1])
    assert talk.answer().body == b"good"


def test_references_differ(house):
    """Each failure has its own."""

    def app(exchange: Exchange) -> None:
        raise ValueError

    talk = house(app).talk().send(GET % b"1" + GET % b"2")
    assert talk.answer().body != talk.answer().body


def test_an_answer_is_never_sent_twice(house, caplog):
    """Neither by replying again nor by raising after the reply."""

    def app(exchange: Exchange) -> None:
        exchange.reply(200, exchange.path)
        if exchange.path == b"/twice":
            exchange.reply(200, b"again")
        raise ValueError("too late")

    talk = house(app).talk().send(GET % b"twice" + GET % b"late" + GET % b"x")
    assert [talk.answer().body for _ in range(3)] == [b"/twice", b"/late", b"/x"]
    assert talk.silent()
    assert "answered already" in caplog.text
    assert "too late" in caplog.text


def test_a_failure_found_later_is_told_the_same_way(house):
    """Work that ends outside of the application's call reports its error to the exchange."""
    asked: list[Exchange] = []
    inn = house(asked.append)
    talk = inn.talk().send(GET % b"x")
    inn.until(lambda: len(asked) == 1)
    inn.do(lambda: asked[0].fail(ValueError("later")))
    assert talk.answer().status == 500


@pytest.mark.parametrize(
    "header",
    [
        (b"location", b"/a\r\nset-cookie: stolen=1"),
        (b"location", b"/a\nx: y"),
        (b"location", b"/a\rx"),
        (b"location", b"/a\0"),
        (b"x: y\r\nz", b"v"),
        (b"x y", b"v"),
        (b"", b"v"),
        (b"Content-Length", b"3"),
        (b"transfer-encoding", b"chunked"),
    ],
)
def test_a_header_cannot_break_out_of_its_line(house, header):
    """A value that came from a client never becomes a header of ours; the framing is ours alone."""
    talk = house(lambda exchange: exchange.reply(302, b"", [header])).talk().send(GET % b"x")
    answer = talk.answer()
    assert answer.status == 500
    assert talk.silent(0.05)


def test_header_names_go_out_in_lower_case(house):
    """One client library compares them by case."""

    def app(exchange: Exchange) -> None:
        exchange.reply(200, b"{}", [(b"Alipay-Signature", b"aB/+="), (b"set-cookie", b"a"), (b"set-cookie", b"b")])

    answer = house(app).talk().send(GET % b"x").answer()
    assert answer["alipay-signature"] == b"aB/+="
    assert [value for name, value in answer.headers if name == b"set-cookie"] == [b"a", b"b"]
    assert all(name == name.lower() for name, _ in answer.headers)


@pytest.mark.parametrize("status", [204, 304])
def test_answers_without_a_body_have_no_length(house, status):
    """And the next answer follows directly."""
    talk = house(lambda exchange: exchange.reply(status, b"")).talk().send(GET % b"1" + GET % b"2")
    for _ in range(2):
        answer = talk.answer()
        assert (answer.status, answer["content-length"], answer["content-type"]) == (status, None, None)


def test_an_empty_answer_has_a_length_of_0(house):
    """So that the client does not wait for more; a status nobody named has no phrase."""
    talk = house(lambda exchange: exchange.reply(299, b"", content_type=b"")).talk().send(GET % b"1" * 2)
    answer = talk.answer()
    assert (answer.status, answer["content-length"], answer["content-type"]) == (299, b"0", None)
    assert talk.answer().status == 299
