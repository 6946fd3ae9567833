"""What a page of the wallet or of a console does on the wire: a key of its own, registered as somebody signs in."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from kaifang.gateway.keys import export_public_key, new_private_key
from kaifang.gateway.signing import RsaSigner
from kaifang.kernel.clock import wall


class Browser:
    """A browser with a key that never leaves it."""

    def __init__(self, url: str, wallet: str, key: RSAPrivateKey | None = None) -> None:
        self.place, self.wallet, self.session = urlsplit(url).netloc, wallet, ""
        self.key = key or new_private_key()
        self.count, self.at = 0, wall()

    def sign_in(self, logon_id: str, password: str = "111111") -> dict[str, Any]:
        """Sign in with the key; what is answered."""
        public = export_public_key(self.key.public_key())["spki_base64"]
        ask = {"logon_id": logon_id, "password": password, "public_key": public, "device": "Chrome, Linux"}
        status, told = self.call("kaifang.wallet.session.open", ask, session="new")
        self.session = told.get("session_id", "")
        return {"status": status, **told}

    def call(self, method: str, ask: dict[str, Any], app: str = "", session: str = "") -> tuple[int, dict[str, Any]]:
        """A signed call: as the wallet's user, or as an app."""
        path, body = "/v3/" + method.replace(".", "/"), json.dumps(ask).encode()
        with self.send("POST", path, body, app or self.wallet, session or self.session) as response:
            return response.status, json.loads(response.read())

    def send(self, verb: str, path: str, body: bytes, app: str, session: str, nonce: str = "") -> HTTPResponse:
        """A signed request and its answer, not yet read; each with a nonce of its own, unless one is given."""
        self.count += 1
        self.at = self.at if nonce else wall()  # what is sent once more is the same to the last byte
        told = f"app_id={app},session={session},nonce={nonce or f'{wall()}-{self.count}'},timestamp={self.at}"
        sign = RsaSigner(self.key).sign_many([b"\n".join([told.encode(), verb.encode(), path.encode(), body, b""])])[0]
        connection = HTTPConnection(self.place, timeout=10)
        headers = {"authorization": f"ALIPAY-SHA256withRSA {told},sign={sign}", "content-type": "application/json"}
        connection.request(verb, path, body, headers | {"connection": "close"})
        return connection.getresponse()  # which closes the connection when it is read, or closed

    def listen(self, app: str = "") -> HTTPResponse:
        """The live stream, from its first line on."""
        stream = self.send("GET", "/v3/kaifang/live", b"", app or self.wallet, self.session)
        if stream.status == 200:
            assert stream.readline().startswith(b":") and stream.readline() == b"\n"
        return stream


def next_event(stream: HTTPResponse) -> dict[str, Any]:
    """The next event that a stream tells."""
    while line := stream.readline():
        if line.startswith(b"data: "):
            return json.loads(line[6:])
    raise EOFError("the stream has ended")
