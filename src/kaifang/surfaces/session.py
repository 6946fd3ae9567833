"""Who is signed in on a page: sealed into the page itself, for that one page and a short while."""

from __future__ import annotations

import base64

import msgspec
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LASTS_SECONDS = 15 * 60
LONGEST_TEXT = 4096
PURPOSE = b"kaifang.surfaces.session"


class Session(msgspec.Struct, frozen=True):
    """Somebody who signed in on a page."""

    about: str  # the page: a checkout, a scanned code, or all that a consent page was asked
    token: str  # what proves it to the gateway; it never reaches the browser but sealed
    name: str  # as the page greets them


class Sessions:
    """Seals sessions and opens them again; every process that has the wallet's key can.

    There are no cookies. A browser holds its session only in a hidden field of the page it looks at, and sends it only
    when that page's own form is sent. Another site can make a browser send a form, but has no session of its visitor to
    put into it, and one sealed for itself acts for itself: nothing that a browser sends by habit has any authority, so
    there is nothing to forge.
    """

    def __init__(self, secret: bytes) -> None:
        key = HKDF(SHA256(), 32, None, PURPOSE).derive(secret)
        self.box = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, session: Session) -> str:
        """The session as a page carries it; from now on it is good for another while."""
        return self.box.encrypt(msgspec.json.encode(session)).decode()

    def open(self, text: str, about: str) -> Session | None:
        """The session that a page brings back, unless it is forged, stale or another page's."""
        if len(text) > LONGEST_TEXT or not text.isascii():
            return None
        try:
            session = msgspec.json.decode(self.box.decrypt(text, ttl=LASTS_SECONDS), type=Session)
        except InvalidToken:
            return None
        return session if session.about == about else None
