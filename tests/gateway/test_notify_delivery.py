"""One try of a notification: what is sent, what counts as heard, and what the log says when it was not."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
from pathlib import Path

import pytest
from tests.town import DAWN

from kaifang.gateway import notify
from kaifang.gateway.keys import export_private_key, new_private_key
from kaifang.gateway.signing import text_with_type, text_without_type, verify
from kaifang.kernel.clock import written
from kaifang.kernel.notices import Delivery

from .conftest import Town
from .receivers import FAIL, Behaviour, Received, answered, fields_of, hang


def signs(town: Town, fields: dict[str, str], text=text_without_type) -> bool:
    """Whether the platform signed these fields, as a receiver finds out."""
    key = town.who.key.public_key()
    return verify(key, text(fields_of(fields)), fields["sign"], fields["sign_type"])


def test_a_trade_notification_says_what_the_official_one_says(town):
    receiver = town.receiver()
    town.owe(f"{receiver.url}?shop=1", trade_no="1", subject="100% 测试 + a=b&c", auth_app_id="2021")
    town.send()
    (request,) = receiver.received
    fields = request.fields()
    assert request.line == "POST /notify?shop=1 HTTP/1.1"
    assert fields.keys() == {
        "notify_time", "notify_type", "notify_id", "app_id", "charset", "version", "sign_type", "sign", "trade_no",
        "subject", "auth_app_id",
    }  # fmt: skip
    assert fields["notify_type"] == "trade_status_sync"
    assert (fields["app_id"], fields["version"], fields["charset"]) == (town.app, "1.0", "utf-8")
    assert fields["notify_time"] == written(town.platform.clock.now())
    assert (fields["subject"], fields["auth_app_id"]) == ("100% 测试 + a=b&c", "2021")
    assert signs(town, fields)


def test_a_message_says_what_the_official_one_says(town):
    receiver = town.receiver()
    number = town.owe_message(receiver.url)
    town.send()
    fields = receiver.received[0].fields()
    assert fields.pop("sign") and fields == {
        "notify_id": number, "utc_timestamp": str(town.platform.clock.now()), "app_id": town.app,
        "msg_method": "alipay.fund.trans.order.changed", "version": "1.1", "charset": "UTF-8", "sign_type": "RSA2",
        "biz_content": '{"order_id":"1"}',
    }  # fmt: skip


@pytest.mark.parametrize("style", ["V1", "V2"])
def test_messages_are_signed_in_the_style_of_the_app_and_trades_always_without_the_type(town, style):
    town.change_app(message_style=style)
    receiver = town.receiver()
    town.owe_message(receiver.url)
    town.owe(receiver.url)
    town.send()
    message, trade = (request.fields() for request in receiver.received)
    assert signs(town, message) is (style == "V1")
    assert signs(town, message, text_with_type) is (style == "V2")
    assert signs(town, trade)


def test_an_app_that_asks_for_rsa_is_signed_for_with_sha1(town):
    town.change_app(sign_type="RSA")
    receiver = town.receiver()
    town.owe(receiver.url)
    town.send()
    fields = receiver.received[0].fields()
    assert fields["sign_type"] == "RSA" and signs(town, fields)


def test_a_notification_in_gbk_is_gbk_on_the_wire(town):
    receiver = town.receiver()
    town.owe(receiver.url, charset="GBK", subject="测试")
    town.send()
    (request,) = receiver.received
    fields = request.fields("gbk")
    assert request.headers["content-type"].endswith("charset=GBK")
    assert b"subject=%B2%E2%CA%D4" in request.body and fields["subject"] == "测试"
    signed = text_without_type({name.encode(): value.encode("gbk") for name, value in fields.items()})
    assert verify(town.who.key.public_key(), signed, fields["sign"])


def test_the_request_is_a_plain_form_without_cookies(town):
    async def sets_cookie(writer: asyncio.StreamWriter) -> None:
        writer.write(answered(b"fail", more=b"set-cookie: session=1; path=/\r\n"))

    receiver = town.receiver(sets_cookie)
    town.owe(receiver.url)
    town.move(10 * 60_000)
    assert len(receiver.received) > 4
    for request in receiver.received:
        assert request.headers["content-type"] == "application/x-www-form-urlencoded; charset=utf-8"
        assert request.headers["accept-encoding"] == "identity"
        assert "cookie" not in request.headers and "expect" not in request.headers
        assert request.headers["host"] == f"127.0.0.1:{receiver.port}"


def test_connections_are_used_again(town):
    receiver = town.receiver()
    for _ in range(20):
        town.owe(receiver.url)
    town.send()
    assert len(receiver.received) == 20 and receiver.connections <= 8


def one_try(town: Town, behaviour: Behaviour) -> tuple[Delivery, Received]:
    """The log and the request of the first try to a receiver that behaves so."""
    receiver = town.receiver(behaviour)
    return town.sent_once(receiver.url), receiver.received[0]


@pytest.mark.parametrize("body", [b"success", b"success\n", b"  success \r\n"])
def test_success_stops(town, body):
    receiver = town.receiver(answered(body))
    number = town.owe(receiver.url)
    town.move(30 * 3_600_000)
    (delivery,) = town.tries(number)
    notice = town.notice(number)
    assert (notice.state, notice.tries, notice.next_at) == ("DELIVERED", 1, 0)
    assert (delivery.status, delivery.answer.strip()) == (200, "success")
    assert delivery.sent == receiver.received[0].body.decode()


@pytest.mark.parametrize(
    "behaviour",
    [FAIL, answered(b"failure"), answered(b"SUCCESS"), answered(b'"success"'), answered(b""), answered(b"successful"),
     answered(b"success", b"201 Created"), answered(b"success", b"500 Oops"), answered(b"success", b"404 Not Found")],
)  # fmt: skip
def test_anything_else_is_a_failure(town, behaviour):
    receiver = town.receiver(behaviour)
    number = town.owe(receiver.url)
    town.run(town.platform.fire(town.platform.clock.now(), wait=True))
    (delivery,), notice = town.tries(number), town.notice(number)
    assert (notice.state, notice.tries, notice.next_at) == ("RETRYING", 1, town.platform.clock.now())
    assert str(delivery.status).encode() in behaviour.partition(b"\r\n")[0]
    assert delivery.answer.encode() == behaviour.partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize("status", [b"301 Moved", b"302 Found", b"303 See Other", b"307 Temporary", b"308 Permanent"])
def test_redirects_are_not_followed(town, status):
    secret = town.receiver()
    delivery, _ = one_try(town, answered(b"success", status, b"location: %b\r\n" % secret.url.encode()))
    assert not secret.received
    assert delivery.status == int(status[:3])
    assert "a redirect is not followed" in delivery.answer


@pytest.mark.parametrize("garbage", [b"\0\xff" * 200 + b"\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"SSH-2.0-x\r\n"])
def test_what_is_not_http_is_a_failure_with_its_reason(town, garbage):
    async def talk(writer: asyncio.StreamWriter) -> None:
        writer.write(garbage)
        writer.close()

    delivery, _ = one_try(town, talk)
    assert delivery.status == 0
    assert "not proper HTTP" in delivery.answer or "hung up" in delivery.answer


def test_bytes_that_no_database_holds_are_replaced(town):
    delivery, _ = one_try(town, answered(b"a\0b\xff\xed\xa0\x80"))
    assert delivery.answer.startswith("a\ufffdb\ufffd") and "\0" not in delivery.answer


def test_no_more_is_read_than_anybody_needs(town):
    written_bytes = 0

    async def flood(writer: asyncio.StreamWriter) -> None:
        nonlocal written_bytes
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 5000000\r\n\r\n")
        for _ in range(5000):
            writer.write(b"success\n" * 125)
            await writer.drain()
            written_bytes += 1000

    delivery, _ = one_try(town, flood)
    assert (delivery.status, delivery.answer) == (200, "more than 64 kB; answer with the word success alone")
    assert written_bytes < 5_000_000, "it was all taken"


def test_an_endless_answer_head_is_a_failure(town):
    async def flood(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(100_000):
            writer.write(b"x-%d: %b\r\n" % (number, b"x" * 100))
            await writer.drain()

    delivery, _ = one_try(town, flood)
    assert delivery.status == 0 and "not proper HTTP" in delivery.answer


def test_a_compressed_answer_is_not_unpacked(town):
    delivery, _ = one_try(town, answered(gzip.compress(b"success"), more=b"content-encoding: gzip\r\n"))
    assert delivery.status == 200 and delivery.answer != "success"


@pytest.fixture
def hasty(town: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A town that waits for an answer a fifth of a second only."""
    town.run(town.notifier.close())
    monkeypatch.setattr(notify, "TIMEOUT_SECONDS", 0.2)
    town.notifier = town.run(town._notifier())
    return town


async def half(writer: asyncio.StreamWriter) -> None:
    """Begin to answer."""
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nsuccess")
    await hang(writer)


async def drip(writer: asyncio.StreamWriter) -> None:
    """Answer one byte after the other."""
    for byte in b"HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\nsuccess":
        writer.write(bytes([byte]))
        await asyncio.sleep(0.05)


@pytest.mark.parametrize(("behaviour", "status"), [(hang, 0), (half, 200), (drip, 0)])
def test_who_does_not_answer_in_time_has_failed(hasty, behaviour, status):
    delivery, _ = one_try(hasty, behaviour)
    assert delivery.status == status
    assert delivery.answer.startswith("no whole answer within 0.2 seconds; answer success first")
    assert 150 <= delivery.took < 2000


def test_who_hangs_up_has_failed(town):
    async def leave(writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()

    delivery, _ = one_try(town, leave)
    assert (delivery.status, delivery.answer) == (0, "the receiver hung up without an answer; look into its log")


def test_an_answer_cut_short_has_failed(town):
    async def cut(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nsuccess")
        writer.close()

    delivery, _ = one_try(town, cut)
    assert delivery.status == 200 and delivery.answer != "success"


def test_nobody_there(town):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        delivery = town.sent_once(f"http://127.0.0.1:{taken.getsockname()[1]}/notify")
    assert delivery.status == 0
    assert delivery.answer.startswith("nobody answers there") and "start the receiver" in delivery.answer


def test_a_name_that_nobody_knows(town):
    delivery = town.sent_once("http://nobody.invalid/notify")
    assert (delivery.status, delivery.answer) == (0, "the address names a host that nobody knows; correct it")


def test_an_app_that_nobody_knows(town):
    town.app = "2021999999999999"
    delivery = town.sent_once(town.receiver().url)
    assert (delivery.sent, delivery.status) == ("", 0) and "no such app" in delivery.answer


def serving(town: Town, tmp_path: Path) -> ssl.SSLContext:
    """TLS with a certificate that this town's platform has issued, so that no system knows its authority."""
    key = new_private_key()
    certificate = town.who.certify("localhost", key.public_key(), DAWN)
    (tmp_path / "tls.pem").write_text(export_private_key(key)["pkcs8_pem"] + certificate)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "tls.pem")
    return tls


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(town, tmp_path):
    receiver = town.receiver(tls=serving(town, tmp_path))
    delivery = town.sent_once(f"https://localhost:{receiver.port}/notify")
    assert delivery.status == 0 and not receiver.received
    assert delivery.answer.startswith("TLS failed") and "SSL_CERT_FILE" in delivery.answer


def test_tls_to_a_receiver_that_speaks_none(town):
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(answered(b"not here", b"400 Bad Request"))
        writer.close()

    server = town.run(asyncio.start_server(refuse, "127.0.0.1", 0))
    delivery = town.sent_once(f"https://localhost:{server.sockets[0].getsockname()[1]}/notify")
    server.close()
    assert delivery.status == 0 and delivery.answer.startswith("TLS failed")
