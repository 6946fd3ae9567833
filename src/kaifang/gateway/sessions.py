"""People who sign with a key of their own, registered as they signed in: remembered until a session ends."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from kaifang.kernel.front import Front
from kaifang.kernel.platform import Platform

from . import codes
from .apps import App
from .keys import load_public_key
from .malformed import Malformed

NEW = "new"  # what a request names that opens a session: it is signed with the key that it brings
OPENS = "kaifang.wallet.session.open"
MOST_KNOWN = 10_000  # sessions remembered at once, some kilobytes each
MOST_BITS = 4096  # of a key that vouches for itself


class Session(msgspec.Struct, frozen=True):
    """Somebody who is signed in."""

    app: str  # the wallet, as which they are
    user: str
    key: RSAPublicKey
    until: int  # milliseconds


class Sessions:
    """Finds sessions by number."""

    def __init__(self, platform: Platform | Front) -> None:
        self.platform, self.known = platform, dict[str, Session]()
        platform.listeners["session.end"] = self.forget

    def forget(self, number: str) -> None:
        """This session has ended, or, without a number, any may have."""
        if number:
            self.known.pop(number, None)
        else:
            self.known.clear()

    def find(self, number: str) -> Session:
        """The session with this number; raises what the caller is to hear if there is none."""
        session = self.known.get(number)
        if session is None or session.until <= self.platform.clock.now():
            self.known.pop(number, None)
            found = self.platform.read(lambda work: work.ask("kaifang.account.session.read", session_id=number))
            key = load_public_key(found.public_key)
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            session = self.known[number] = Session(found.app_id, found.user_id, key, found.until)
        return session

    def acting(self, number: str, app: App) -> Session:
        """The session with this number, as which somebody may act as this app: the wallet, or one of their own."""
        session = self.find(number)
        if app.id != session.app and app.party != session.user:
            raise codes.INVALID_APP_ID(app_id=app.id)
        return session


class Brought(msgspec.Struct):
    """The key that a sign-in brings."""

    public_key: str


read_brought = msgspec.json.Decoder(Brought).decode


def brought_key(method: str, app: App, body: bytes) -> RSAPublicKey:
    """The key that a sign-in brings and is signed with; nothing else is believed on such a signature."""
    if method != OPENS or app.role != "wallet":
        raise Malformed("authorization", "names a new session", f"call {OPENS} as the wallet, and name it afterwards")
    try:
        key = load_public_key(read_brought(body).public_key)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Malformed("public_key", "is missing", "send the key that signs, X.509 (SPKI) as base64") from None
    if key.key_size > MOST_BITS:
        raise Malformed("public_key", f"has {key.key_size} bits", f"use 2048 to {MOST_BITS} bits")
    return key


def network(peer: str) -> str:
    """The network that somebody comes from; empty if it tells nobody apart, as all who come through a proxy."""
    try:
        address = ip_address(peer)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    if not address.is_global:
        return ""
    return str(address) if address.version == 4 else str(ip_network(f"{address}/64", strict=False))
