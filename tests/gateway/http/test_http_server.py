"""Several doors, TLS, and going away with dignity."""

import asyncio
import contextlib
import datetime
import ssl
import threading
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from kaifang.gateway.http import Exchange, Limits, run, serve, server

GET = b"GET / HTTP/1.1\r\nHost: a\r\n"


def hello(exchange: Exchange) -> None:
    """An application that greets."""
    exchange.reply(200, b"hello")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> str:
    """A certificate for localhost, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    own = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(own + made.public_bytes(serialization.Encoding.PEM))
    return str(path)


def test_several_doors_lead_to_one_house(house, certificate):
    """Plain and TLS at once, with the absolute form that one client library sends over both."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    inn = house(lambda exchange: exchange.reply(200, exchange.target + (b" secure" if exchange.secure else b" plain")))
    asyncio.run_coroutine_threadsafe(inn.server.listen([("127.0.0.1", 0)] * 2, context), inn.loop).result(5)
    plain, *secure = (port for _, port in inn.server.addresses)
    assert len({plain, *secure}) == 3
    request = b"POST http://localhost/gateway.do?a=1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"
    assert inn.talk().send(request).answer().body == b"/gateway.do?a=1 plain"
    trust = ssl.create_default_context(cafile=certificate)
    for inn.port in secure:
        talk = inn.talk(tls=trust).send(request, request)
        assert [talk.answer().body for _ in range(2)] == [b"/gateway.do?a=1 secure"] * 2


def test_limits_hold_over_tls(house, certificate):
    """Where a connection cannot be closed by halves, refusals arrive all the same."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    inn = house(hello, tls=context, body_bytes=10, head_seconds=0.2)
    trust = ssl.create_default_context(cafile=certificate)
    talk = inn.talk(tls=trust).send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n" + b"x" * 50)
    assert talk.answer().status == 413
    talk = inn.talk(tls=trust).send(GET)
    assert talk.answer().status == 408
    talk = inn.talk(tls=trust).send(GET + b"Connection: close\r\n\r\n")
    assert talk.answer().body == b"hello"
    assert talk.ends()


def test_a_client_may_leave_over_tls(house, certificate, caplog):
    """Where leaving and saying no more are the same; nobody complains."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    asked: list[Exchange] = []
    inn = house(asked.append, tls=context)
    talk = inn.talk(tls=ssl.create_default_context(cafile=certificate)).send(GET + b"\r\n")
    inn.until(lambda: len(asked) == 1)
    with contextlib.suppress(OSError):
        talk.socket.unwrap()  # says goodbye and waits for the same
    inn.until(lambda: inn.server.connections == 0)
    inn.do(lambda: asked[0].reply(200, b"nobody"))
    assert not caplog.records


def test_processes_may_share_a_port(house):
    """Two servers behind one address, as several workers have."""
    inn = house(hello)

    async def share() -> list[tuple[str, int]]:
        first = await serve(hello, [("127.0.0.1", 0)], reuse_port=True)
        second = await serve(hello, first.addresses, reuse_port=True)
        found = first.addresses + second.addresses
        await first.drain(0)
        await second.drain(0)
        return found

    first, second = asyncio.run_coroutine_threadsafe(share(), inn.loop).result(5)
    assert first == second


def test_a_taken_port_is_an_error_that_leaves_no_door_open(house):
    """All addresses or none."""
    inn = house(hello)
    begun: list[tuple[str, int]] = []

    async def clash() -> None:
        free = await serve(hello, [("127.0.0.1", 0)])
        begun.extend(free.addresses)
        await free.drain(0)
        await serve(hello, [*begun, ("127.0.0.1", inn.port)])

    with pytest.raises(OSError):
        asyncio.run_coroutine_threadsafe(clash(), inn.loop).result(5)
    with pytest.raises(ConnectionRefusedError):
        inn.port = begun[0][1]
        inn.talk()


def test_draining_finishes_what_is_under_way(house):
    """Idle clients are closed, running requests answered, half-sent ones awaited, new ones not let in."""
    asked: list[Exchange] = []
    inn = house(asked.append)
    idle, working, sending = inn.talk(), inn.talk(), inn.talk()
    working.send(GET + b"\r\n" + GET + b"\r\n")
    sending.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab")
    inn.until(lambda: len(asked) == 2 and inn.server.connections == 3 and inn.server.held_bytes == 2)
    drained: list[int] = []
    thread = threading.Thread(target=lambda: drained.append(inn.drain(5)))
    thread.start()
    assert idle.ends()
    with pytest.raises(ConnectionError):
        inn.talk()
    sending.send(b"cd")
    inn.until(lambda: len(asked) == 3)
    inn.do(lambda: [exchange.reply(200, exchange.body) for exchange in asked])
    first, second, third = working.answer(), working.answer(), sending.answer()
    assert (first["connection"], second["connection"], third["connection"]) == (None, b"close", b"close")
    assert third.body == b"abcd"
    assert working.ends()
    thread.join(5)
    assert drained == [0]


def test_draining_does_not_wait_for_ever(house):
    """Who is still there at the end is cut off and counted."""
    asked: list[Exchange] = []
    inn = house(asked.append)
    talk = inn.talk().send(GET + b"\r\n")
    inn.until(lambda: len(asked) == 1)
    assert inn.drain(0.1) == 1
    assert talk.ends()
    inn.do(lambda: asked[0].reply(200, b"too late"))


def test_draining_asks_streams_to_end(house):
    """An endless stream hears of it and ends itself; its client sees a proper end."""
    leaving = threading.Event()
    streams = []
    inn = house(lambda exchange: streams.append(exchange.stream(on_leave=lambda: (leaving.set(), streams[0].close()))))
    talk = inn.talk().send(GET + b"\r\n")
    talk.head()
    assert inn.drain(3) == 0
    assert leaving.is_set()
    assert talk.chunk() == b""
    assert talk.ends()


def test_draining_under_load_loses_nothing(house):
    """Every request the application saw was answered whole, and every other client saw a clean close."""
    served = 0

    def app(exchange: Exchange) -> None:
        nonlocal served
        served += 1
        loop = asyncio.get_running_loop()
        loop.call_later(0.002, exchange.reply, 200, b"x" * 20_000)

    inn = house(app)
    got: list[int] = []

    def knock() -> None:
        talk, answers = inn.talk(), 0
        try:
            while True:
                talk.send(GET + b"\r\n")
                answer = talk.answer()
                assert len(answer.body) == 20_000
                answers += 1
        except (AssertionError, ConnectionError) as end:
            assert isinstance(end, ConnectionError) or str(end).startswith("not an answer: b''"), end
        finally:
            got.append(answers)

    threads = [threading.Thread(target=knock) for _ in range(20)]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    assert inn.drain(5) == 0
    for thread in threads:
        thread.join(5)
    assert sum(got) == served > 100


@pytest.mark.parametrize("fast", [True, False])
def test_it_runs_with_and_without_uvloop(monkeypatch, fast):
    """The loop of the standard library does the same."""
    if not fast:
        monkeypatch.setattr(server, "uvloop", None)

    async def main() -> tuple[str, bytes]:
        house = await serve(hello, [("127.0.0.1", 0)], Limits())
        reader, writer = await asyncio.open_connection(*house.addresses[0])
        writer.write(GET + b"Connection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
        await house.drain(1)
        return type(asyncio.get_running_loop()).__module__, answer

    loop, answer = run(main())
    assert loop.startswith("uvloop") is fast
    assert answer.endswith(b"hello")
