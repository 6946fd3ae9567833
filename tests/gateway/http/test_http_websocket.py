"""Websockets, spoken to by a client we did not write, and by one that misbehaves."""

import asyncio
import os
import struct

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from kaifang.gateway.http import Exchange, WebSocket, WebSocketClosed

UPGRADE = (
    b"GET /socket?a=1 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class Echo:
    """An application that says everything again."""

    def __init__(self) -> None:
        self.sockets: list[WebSocket] = []
        self.ends: list[tuple[int, str]] = []
        self.tasks: list[asyncio.Task[None]] = []

    def __call__(self, exchange: Exchange) -> None:
        """Upgrade who asks for it, if the path allows."""
        if not exchange.websocket_wanted or exchange.path == b"/closed":
            exchange.reply(403, b"no")
            return
        socket = exchange.websocket(["alipay", "other"])
        self.sockets.append(socket)
        self.tasks.append(asyncio.get_running_loop().create_task(self.talk(socket)))

    async def talk(self, socket: WebSocket) -> None:
        """Echo until the end."""
        try:
            while True:
                await socket.send(await socket.recv())
        except WebSocketClosed as end:
            self.ends.append((end.code, end.reason))


@pytest.fixture
def echo() -> Echo:
    """An application that echoes."""
    return Echo()


def frame(opcode: int, data: bytes, fin: bool = True) -> bytes:
    """A client's frame, masked."""
    size = len(data)
    length = bytes([128 | size]) if size < 126 else bytes([254]) + struct.pack("!H", size)
    mask = os.urandom(4)
    return bytes([opcode | (fin << 7)]) + length + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data))


def read_frame(talk) -> tuple[int, bytes]:
    """A server's frame: its opcode and its data."""
    first, size = talk.file.read(2)
    if size == 126:
        size = struct.unpack("!H", talk.file.read(2))[0]
    return first & 15, talk.file.read(size)


def test_messages_come_back(house, echo):
    """Text, bytes, long ones and fragments, with the official handshake."""
    inn = house(echo)
    with connect(f"ws://127.0.0.1:{inn.port}/socket?x=1", subprotocols=["alipay"]) as client:
        assert client.subprotocol == "alipay"
        assert client.response.headers["upgrade"] == "websocket"
        for message in ("你好", "", b"\x00\xff", "x" * 500_000):
            client.send(message)
            assert client.recv() == message
        client.send(["in ", "three ", "parts"])
        assert client.recv() == "in three parts"
        assert client.ping().wait(3)
        assert inn.do(lambda: echo.sockets[0].exchange.query) == b"x=1"
    inn.until(lambda: echo.ends == [(1000, "")])
    inn.until(lambda: inn.server.connections == 0)


def test_the_handshake_is_answered_in_lower_case(house, echo):
    """Header names as everywhere; frames sent with the handshake are not lost."""
    talk = house(echo).talk().send(UPGRADE + frame(1, b"early"))
    status, headers = talk.head()
    assert status == 101
    assert dict(headers) == {
        b"upgrade": b"websocket",
        b"connection": b"upgrade",
        b"sec-websocket-accept": b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
    }
    assert read_frame(talk) == (1, b"early")


def test_an_upgrade_may_be_granted_later_and_in_its_turn(house):
    """After the answers before it, and when the application has made up its mind."""
    asked: list[Exchange] = []
    inn = house(asked.append)
    talk = inn.talk().send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" + UPGRADE + frame(1, b"early"), frame(1, b"second"))
    inn.until(lambda: len(asked) == 1)
    assert talk.silent()
    assert len(asked) == 1, "an upgrade waits until it is alone"
    inn.do(lambda: asked[0].reply(200, b"first"))
    assert talk.answer().body == b"first"
    assert talk.silent()
    socket = inn.do(lambda: asked[1].websocket())
    assert talk.head()[0] == 101
    for message in ("early", "second"):
        assert asyncio.run_coroutine_threadsafe(socket.recv(), inn.loop).result(5) == message


@pytest.mark.parametrize("early", [b"", frame(1, b"x" * 60_000)])
def test_an_upgrade_granted_to_a_client_that_has_left(house, early):
    """Gives a websocket that is closed already."""
    asked: list[Exchange] = []
    inn = house(asked.append)
    talk = inn.talk().send(UPGRADE + early)
    inn.until(lambda: len(asked) == 1)
    talk.reset()
    if not early:  # with unread frames nothing more is read, so the leaving is not seen before something is sent
        inn.until(lambda: asked[0].gone)
    socket = inn.do(lambda: asked[0].websocket())

    async def talk_to_nobody() -> None:
        while True:
            await socket.recv()
            await socket.send("x" * 100_000)

    with pytest.raises(WebSocketClosed):
        asyncio.run_coroutine_threadsafe(talk_to_nobody(), inn.loop).result(5)
    inn.until(lambda: inn.server.connections == 0)


def test_an_upgrade_may_be_refused(house, echo):
    """By the application with any answer, and by the handshake if it is wrong."""
    inn = house(echo)
    with pytest.raises(InvalidStatus) as refused:
        connect(f"ws://127.0.0.1:{inn.port}/closed")
    assert refused.value.response.status_code == 403
    for wrong in (UPGRADE.replace(b": 13", b": 8"), UPGRADE.replace(b"dGhl", b"!!!!")):
        talk = inn.talk().send(wrong)
        answer = talk.answer()
        assert (answer.status, answer.json()["code"]) == (400, "BAD_HANDSHAKE")
        assert talk.ends()
    assert inn.talk().send(b"GET /x HTTP/1.1\r\nHost: a\r\n\r\n").answer().status == 403


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (frame(1, b"x" * 2000), 1009),
        (frame(1, b"x" * 800, fin=False) + frame(0, b"x" * 800), 1009),
        (frame(1, b"\xff"), 1007),
        (frame(0, b"x"), 1002),
        (frame(3, b"x"), 1002),
        (b"\x81\x01x", 1002),
        (frame(9, b"x" * 126), 1002),
    ],
    ids=["too long", "too long in parts", "not UTF-8", "no beginning", "unknown kind", "not masked", "a long ping"],
)
def test_a_message_that_breaks_the_rules_closes(house, echo, sent, code):
    """With the code that says why."""
    inn = house(echo, message_bytes=1000)
    talk = inn.talk().send(UPGRADE)
    talk.head()
    opcode, data = read_frame(talk.send(sent))
    assert (opcode, int.from_bytes(data[:2])) == (8, code)
    assert talk.ends()
    inn.until(lambda: len(echo.ends) == 1)


def test_a_client_that_just_leaves_is_noticed(house, echo):
    """Code 1006: nobody said goodbye."""
    inn = house(echo)
    talk = inn.talk().send(UPGRADE)
    talk.head()
    talk.close()
    inn.until(lambda: echo.ends == [(1006, "")])
    assert inn.server.connections == 0


def test_the_server_closes(house, echo):
    """With a code and a reason, waiting for the other side; sending afterwards fails."""
    inn = house(echo)
    with connect(f"ws://127.0.0.1:{inn.port}/socket") as client:
        inn.until(lambda: bool(echo.sockets))
        closing = asyncio.run_coroutine_threadsafe(echo.sockets[0].close(4000, "enough"), inn.loop)
        with pytest.raises(ConnectionClosed) as end:
            client.recv(5)
        assert (end.value.rcvd.code, end.value.rcvd.reason) == (4000, "enough")
        closing.result(5)
    with pytest.raises(WebSocketClosed):
        asyncio.run_coroutine_threadsafe(echo.sockets[0].send("x"), inn.loop).result(5)


def test_a_client_that_does_not_say_goodbye_is_cut(house, echo):
    """The server asked it to, and waits no longer than it must."""
    inn = house(echo, linger_seconds=0.1)
    talk = inn.talk().send(UPGRADE)
    talk.head()
    inn.until(lambda: bool(echo.sockets))
    asyncio.run_coroutine_threadsafe(echo.sockets[0].close(), inn.loop).result(5)
    assert inn.server.connections == 0


def test_a_silent_client_is_asked_for_a_sign_of_life(house, echo):
    """Who answers stays, who does not is dropped."""
    inn = house(echo, silence_seconds=0.1)
    with connect(f"ws://127.0.0.1:{inn.port}/socket") as client:
        talk = inn.talk().send(UPGRADE)
        talk.head()
        assert read_frame(talk)[0] == 9
        assert talk.ends()
        client.send("still here")
        assert client.recv() == "still here"


def test_messages_nobody_takes_are_not_read(house):
    """A client that talks without end is held back, and everything it said arrives in order."""
    sockets: list[WebSocket] = []
    inn = house(lambda exchange: sockets.append(exchange.websocket()), messages=4)
    talk = inn.talk().send(UPGRADE)
    talk.head()
    talk.socket.settimeout(0.3)
    sent = 0
    try:
        for _ in range(400):
            talk.send(frame(2, b"%05d" % sent + b"x" * 60_000))
            sent += 1
    except TimeoutError:
        pass
    assert sent < 400
    assert inn.do(lambda: len(sockets[0]._messages)) < 15

    async def take() -> list[int]:
        return [int((await sockets[0].recv())[:5]) for _ in range(sent)]

    assert asyncio.run_coroutine_threadsafe(take(), inn.loop).result(10) == list(range(sent))


def test_no_sign_of_life_is_expected_from_a_client_that_is_not_read(house):
    """While its messages wait to be taken, its answers to pings wait behind them."""
    sockets: list[WebSocket] = []
    inn = house(lambda exchange: sockets.append(exchange.websocket()), messages=1, silence_seconds=0.1)
    talk = inn.talk().send(UPGRADE, frame(1, b"one"))
    talk.head()
    assert talk.silent(0.5)
    assert asyncio.run_coroutine_threadsafe(sockets[0].recv(), inn.loop).result(5) == "one"


def test_a_sender_waits_for_its_reader(house):
    """And is released when the reader is dropped for not reading."""
    sockets: list[WebSocket] = []
    inn = house(lambda exchange: sockets.append(exchange.websocket()), write_seconds=0.2, bytes_per_second=10**9)
    inn.shrink()
    talk = inn.talk(receive_buffer=4096).send(UPGRADE)
    talk.head()
    sent = 0

    async def flood() -> None:
        nonlocal sent
        while True:
            await sockets[0].send(b"x" * 10_000)
            sent += 1

    with pytest.raises(WebSocketClosed):
        asyncio.run_coroutine_threadsafe(flood(), inn.loop).result(10)
    assert sent < 20
    inn.until(lambda: inn.server.connections == 0)


def test_a_draining_server_says_goodbye(house, echo):
    """Websockets are closed with 1001."""
    inn = house(echo)
    with connect(f"ws://127.0.0.1:{inn.port}/socket") as client:
        client.send("x")
        client.recv()
        assert inn.drain(3) == 0
        with pytest.raises(ConnectionClosed) as end:
            client.recv(5)
        assert end.value.rcvd.code == 1001
