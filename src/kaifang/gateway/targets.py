"""Where notifications may go: the address is read once, and only an allowed one is connected to."""

from __future__ import annotations

import asyncio
import errno
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import ip_address, ip_network
from typing import Any

from aiohttp import TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from .malformed import Malformed

LOOKUPS = 64  # names looked up at once: a slow name server must not keep the other receivers waiting
IDLE_SECONDS = 2  # less than common receivers keep a connection, so that none is closed while we write to it
UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")

# What is no part of the public internet, by IANA's special-purpose address registries, and one cloud's inside.
PRIVATE_V4 = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
]  # fmt: skip
PRIVATE_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]
PRIVATE = tuple(ip_network(text) for text in PRIVATE_V4 + PRIVATE_V6)
PUBLIC_V6 = ip_network("2000::/3")  # all that is given out; what lies outside maps, translates or stays at home


class Barred(OSError):
    """An address that this platform does not connect to."""

    def __init__(self) -> None:
        super().__init__(
            errno.EACCES,
            "the address leads into a private network; give one on the public internet, or allow private ones by "
            "starting the platform with --private-targets",
        )


def read_target(text: str) -> URL:
    """The web address as its owner wrote it; what could be read in two ways is refused."""
    try:
        url = URL(text, encoded=text.isascii())
        sound = url.scheme in ("http", "https") and url.host and url.port
    except ValueError:
        sound = False
    if not sound or UNSAFE.search(text):
        raise Malformed("the address", "is not a web address", "write it as https://shop.example.com/notify")
    if url.raw_user is not None or url.raw_password is not None or "@" in url.raw_authority:
        raise Malformed("the address", "names a user", "leave out what stands before the @")
    return url.with_fragment(None)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet."""
    found = ip_address(address.partition("%")[0])
    if found.version == 6 and found not in PUBLIC_V6:
        return False
    return not any(found in network for network in PRIVATE if network.version == found.version)


def public_socket(place: tuple[Any, ...]) -> socket.socket:
    """A socket for the very address that will be connected to; whatever the name said before or says afterwards."""
    family, kind, protocol, _, address = place
    if not is_public(address[0]):
        raise Barred
    return socket.socket(family, kind, protocol)


class Names(AbstractResolver):
    """The machine's own name service, in threads of its own."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(LOOKUPS, thread_name_prefix="names")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Every address of a name."""
        ask = partial(socket.getaddrinfo, host, port, family, socket.SOCK_STREAM)
        found = await asyncio.get_running_loop().run_in_executor(self.threads, ask)
        return [
            ResolveResult(
                hostname=host, host=str(address[0]), port=port, family=kind, proto=protocol,
                flags=socket.AI_NUMERICHOST,
            )
            for kind, _, protocol, _, address in found
        ]  # fmt: skip

    async def close(self) -> None:
        """Let the threads go."""
        self.threads.shutdown(wait=False, cancel_futures=True)


def connector(private: bool) -> TCPConnector:
    """Connects to receivers, to private addresses only if that is allowed; how many at once is for others to say."""
    return TCPConnector(
        limit=0, resolver=Names(), keepalive_timeout=IDLE_SECONDS, socket_factory=None if private else public_socket
    )
