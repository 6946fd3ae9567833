"""A small client of the official v2 protocol, for the command line: it calls the gateway like any outsider."""

from __future__ import annotations

import html
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import msgspec

from kaifang.gateway.envelope import node_name
from kaifang.gateway.forms import encode_fields, write_urlencoded
from kaifang.gateway.keys import stored_private_key
from kaifang.gateway.signing import RsaSigner, text_with_type

from .home import Home, Problem, Refused

REFUSAL_PAGE = re.compile(r'^<!doctype html>.*<b>([^<]*)</b>.*<p lang="en">([^<]*)</p>', re.DOTALL)
TIMEOUT_SECONDS = 600  # moving the clock by a year takes its time


class Client:
    """Signs as one app of the world."""

    def __init__(self, url: str, app: dict[str, Any]) -> None:
        self.url, self.app = url, app
        self.signer = RsaSigner(stored_private_key(app["private_key_pkcs8"]))

    @classmethod
    def of(cls, home: Home, app: str) -> Client:
        """The client of an app, by its number or its name in the world."""
        apps = home.read_world()["apps"]
        found = next((one for one in apps if app in (one["app_id"], one["name"])), None)
        if found is None:
            raise Problem(f"no app is called {app or 'nothing'}; there are {', '.join(one['name'] for one in apps)}")
        return cls(home.running().url, found)

    def signed(self, method: str, content: dict[str, Any], **common: str) -> str:
        """The signed request as it stands in a URL: an order string."""
        fields = {
            "app_id": self.app["app_id"], "method": method, "format": "JSON", "charset": "utf-8", "sign_type": "RSA2",
            "timestamp": time.strftime("%Y-%m-%d %H:%M:%S"), "version": "1.0",
            "biz_content": msgspec.json.encode(content).decode(), **{k: v for k, v in common.items() if v},
        }  # fmt: skip
        raw = encode_fields(fields)
        raw[b"sign"] = self.signer.sign_many([text_with_type(raw)])[0].encode()
        return write_urlencoded(raw).decode()

    def call(self, method: str, content: dict[str, Any], **common: str) -> dict[str, Any]:
        """The answer's node, or where a page call leads; raises Refused if its code says so."""
        body = self.signed(method, content, **common).encode()
        request = urllib.request.Request(f"{self.url}/gateway.do", body)
        request.add_header("accept-language", "en")
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                if answer.url != request.full_url:
                    return {"page": answer.url}
                text = answer.read()
        except urllib.error.URLError as problem:
            raise Problem(f"no answer from {self.url}: {problem}") from None
        refused(text)
        told = msgspec.json.decode(text, type=dict[str, Any])
        found: dict[str, Any] = told.get(node_name(method)) or told["error_response"]
        if found.get("code", "10000") not in ("10000", "10003"):
            raise Refused(found)
        return found

    def follow(self, query: str) -> str:
        """Where a page call leads: the path and query that the gateway redirects to."""
        request = urllib.request.Request(f"{self.url}/gateway.do?{query}")
        try:
            with urllib.request.build_opener(Unfollowed).open(request, timeout=TIMEOUT_SECONDS) as answer:
                refused(answer.read())
        except urllib.error.HTTPError as answer:
            if answer.code == 302:
                return str(answer.headers["location"])
        except urllib.error.URLError as problem:
            raise Problem(f"no answer from {self.url}: {problem.reason}") from None
        raise Problem("this is no page call: it leads to no cashier")


def refused(text: bytes) -> None:
    """Raise Problem if this is the page that tells a person why a call was refused."""
    if found := REFUSAL_PAGE.search(text.decode("gbk", "replace")):
        raise Problem(f"the page call was refused: {found[1]}: {html.unescape(found[2])}")


class Unfollowed(urllib.request.HTTPRedirectHandler):
    """Leaves redirects to the caller."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""
