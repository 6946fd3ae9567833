"""Where notifications may go: nobody makes the platform knock at doors of its operator's own network."""

from __future__ import annotations

import asyncio
import shutil
import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaifang.gateway.malformed import Malformed
from kaifang.gateway.targets import is_public, read_target
from kaifang.kernel.store.sqlite import Sqlite

from .conftest import Town
from .receivers import Receiver

PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 169.254.169.254
169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1
198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 168.63.129.16
:: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1
64:ff9b:1::1 100::1 2001::1 2001:0:7f00:1:: 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:a00:1::1 3fff::1
4000::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff05::1:3
"""
PUBLIC = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1 169.253.0.1 172.15.0.1
172.32.0.1 192.0.1.1 192.167.1.1 192.169.0.1 198.17.0.1 198.20.0.1 223.255.255.255
2400:3200::1 2606:4700:4700::1111 2a00:1450::1 2001:4860:4860::8888 2001:200::1
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_addresses(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_addresses(address):
    assert is_public(address)


@given(st.ip_addresses(v=4))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_mapped_address_is_never_a_way_around(address):
    assert not is_public(f"::ffff:{address}")
    assert not (is_public(str(address)) and not address.is_global and not str(address).startswith("192.88"))


@pytest.mark.parametrize(
    "url",
    ["", "shop.example", "/notify", "//shop.example/n", "ftp://shop.example/", "file:///etc/passwd",
     "gopher://shop.example/", "javascript:alert(1)", "http://", "http:///n", "http://:80/", "http:/shop.example/n",
     "http://shop.example:0/", "http://shop.example:65536/", "http://shop.example:port/", "http://shop.example:-1/",
     "http://user@shop.example/", "http://user:word@shop.example/", "http://@shop.example/",
     "http://shop.example@127.0.0.1/", "http://shop.example\\@127.0.0.1/", "http://shop.example/a b",
     "http://shop.example/\r\nhost: x", "http://shop.example/\0", " http://shop.example/", "http://[::1/",
     "http://shop.example\t/"],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(url):
    with pytest.raises(Malformed, match="the address (is not a web address; write|names a user; leave)"):
        read_target(url)


@pytest.mark.parametrize(
    ("url", "sent"),
    [("http://shop.example", "/"), ("https://shop.example:8443/n?a=%2F&b=1+2", "/n?a=%2F&b=1+2"),
     ("http://shop.example/n#top", "/n"), ("http://shop.example/a%2Fb/../c", "/a%2Fb/../c"),
     ("http://[2606:4700:4700::1111]:81/n", "/n"),
     ("http://商店.example/通知?名=1", "/%E9%80%9A%E7%9F%A5?%E5%90%8D=1")],
)  # fmt: skip
def test_a_web_address_is_sent_as_its_owner_wrote_it(url, sent):
    assert read_target(url).raw_path_qs == sent


@pytest.fixture
def strict(town: Town, tmp_path: Path) -> Town:
    """A town that is no sandbox."""
    town.stop()
    shutil.copy(tmp_path / "town.db", tmp_path / "strict.db")
    town.open(Sqlite(tmp_path / "strict.db"), sandbox=False)
    return town


def barred(town: Town, receiver: Receiver, url: str) -> None:
    """The first try to this address fails, says why and what helps, and reaches nobody."""
    delivery = town.sent_once(url)
    assert delivery.status == 0 and not receiver.received and not receiver.connections
    assert "leads into a private network" in delivery.answer and "--private-targets" in delivery.answer
    assert town.notice(delivery.notice).state == "RETRYING", "it counts as a try that failed"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "LocalHost"])
def test_private_targets_are_barred_outside_a_sandbox(strict, host):
    receiver = strict.receiver()
    barred(strict, receiver, f"http://{host}:{receiver.port}/notify")


def test_private_targets_are_as_they_are_set(town, tmp_path):
    receiver = town.receiver()
    for sandbox, private in ((False, True), (True, False)):
        town.stop()
        shutil.copy(tmp_path / "town.db", tmp_path / f"{private}.db")
        town.open(Sqlite(tmp_path / f"{private}.db"), sandbox=sandbox, private_targets=private)
        answer = town.sent_once(f"http://127.0.0.1:{receiver.port}/notify").answer
        assert (answer == "success") is private and ("--private-targets" in answer) is not private


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "0177.0.0.1", "127.0.0.1.", "%31%32%37.0.0.1"])
def test_no_spelling_of_a_private_address_gets_through(strict, host):
    receiver = strict.receiver()
    delivery = strict.sent_once(f"http://{host}:{receiver.port}/notify")
    assert delivery.status == 0 and not receiver.connections


def test_private_targets_are_reached_in_a_sandbox(town):
    receiver = town.receiver()
    for host in ("127.0.0.1", "localhost"):
        assert town.sent_once(f"http://{host}:{receiver.port}/notify").answer == "success"


def named(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Let a name server answer with these addresses, one lookup after the other; the names asked for."""
    asked: list[str] = []

    def answer(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        address = addresses[min(len(asked), len(addresses)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in address.split()]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return asked


def test_a_public_name_of_a_private_address_is_barred(strict, monkeypatch):
    receiver = strict.receiver()
    asked = named(monkeypatch, "127.0.0.1")
    barred(strict, receiver, f"http://shop.example:{receiver.port}/notify")
    assert asked == ["shop.example"]


def test_a_name_that_changes_its_address_is_looked_up_once_a_connection(strict, monkeypatch):
    """A public address at first and a private one a moment later: what was checked is what is connected to."""
    receiver = strict.receiver()
    asked = named(monkeypatch, "192.0.2.1", "127.0.0.1")
    barred(strict, receiver, f"http://shop.example:{receiver.port}/notify")
    assert asked == ["shop.example"], "looked up twice for one try"


def test_a_public_address_does_not_open_the_way_to_a_private_one_beside_it(strict, monkeypatch):
    receiver = strict.receiver()
    named(monkeypatch, "192.168.0.1 127.0.0.1 10.0.0.1")
    barred(strict, receiver, f"http://shop.example:{receiver.port}/notify")


@pytest.mark.parametrize("url", ["http://user@127.0.0.1/", "ftp://127.0.0.1/", "http://127.0.0.1/a b"])
def test_a_refused_address_is_a_try_with_its_reason(town, url):
    delivery = town.sent_once(url)
    assert delivery.status == 0 and delivery.answer.startswith("the address ") and "; " in delivery.answer


def test_slow_name_servers_keep_nobody_else_waiting(town, monkeypatch):
    receiver, release = town.receiver(), threading.Event()
    known = socket.getaddrinfo

    def slow(host: str, *more: Any, **named: Any) -> Any:
        if host.endswith(".slow"):
            release.wait(10)
            raise socket.gaierror(socket.EAI_AGAIN, "no answer")
        return known(host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    for number in range(40):
        town.owe(f"http://shop{number}.slow/notify")
    quick = town.owe(f"http://localhost:{receiver.port}/notify")

    async def meanwhile() -> float:
        begun = time.monotonic()
        await town.platform.fire(town.platform.clock.now())
        while town.notice(quick).state != "DELIVERED":
            await asyncio.sleep(0.01)
        return time.monotonic() - begun

    try:
        assert town.run(meanwhile()) < 3
    finally:
        release.set()
