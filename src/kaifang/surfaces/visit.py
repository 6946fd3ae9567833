"""One request of a browser to a page: what it asks and sends, and the page it is given."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from kaifang.gateway.client import Exchange, Refused, network

from .page import HEADERS, render
from .session import Session
from .wallet import Wallet
from .words import LANGUAGES, WORDS, preferred

MOST_FIELDS, MOST_BYTES = 64, 16 * 1024
FORM = b"application/x-www-form-urlencoded"
HTML = b"text/html;charset=utf-8"
PLAIN = re.compile(r"[\x21-\x5b\x5d-\x7e]+")  # no blanks, controls or backslashes: what browsers read as we do

Handler = Callable[[Exchange], Awaitable[None]]
Answer = Callable[["Visit"], Awaitable[None]]


class Unreadable(Exception):
    """A request that no page of ours makes."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Visit:
    """Somebody at a page."""

    def __init__(self, exchange: Exchange, wallet: Wallet) -> None:
        self.exchange, self.wallet = exchange, wallet
        self.path = exchange.path.decode("latin-1")
        self.words = WORDS[preferred(exchange.get(b"accept-language"))]
        self.query, self.fields = dict[str, str](), list[tuple[str, str]]()
        self.problem = ""  # what went wrong with what was sent, to be said beside the form

    def read(self) -> None:
        """Take in the query and the form; raises Unreadable."""
        if self.exchange.method not in ("GET", "HEAD", "POST"):
            raise Unreadable(405)
        self.query = dict(reversed(pairs(self.exchange.query)))  # of one sent twice the first counts
        if self.exchange.method == "POST":
            kind = (self.exchange.get(b"content-type") or b"").partition(b";")[0].strip().lower()
            if kind != FORM:
                raise Unreadable(415)
            self.fields = pairs(self.exchange.body)
        wanted = self.sent("lang") or self.query.get("lang", "")
        self.words = WORDS[wanted] if wanted in LANGUAGES else self.words

    def sent(self, name: str) -> str:
        """A field of the form; empty if it was not sent."""
        return next((value for known, value in self.fields if known == name), "")

    @property
    def step(self) -> str:
        """Which button was pressed."""
        return self.sent("step")

    @property
    def chosen(self) -> str:
        """The account that the sign-in form shows: as it was typed, or as it was chosen in a sandbox."""
        offered = self.query.get("as", "")
        known = any(offered == buyer.logon_id for buyer in self.wallet.buyers)
        return self.sent("logon_id") or (offered if known else "")

    @property
    def address(self) -> str | None:
        """The network that the visitor comes from, if it is one: behind a proxy all come from the same place."""
        return network(self.exchange.peer) or None

    async def ask(self, method: str, session: Session | None = None, **ask: Any) -> dict[str, Any]:
        """Call the gateway as the wallet, for whoever is signed in."""
        told = {name: value for name, value in ask.items() if value is not None}
        token = session.token if session else ""
        return await self.wallet.client.call(method, told, token, self.words.language)

    # The answer

    def here(self, **more: str) -> str:
        """This page's own address, with its query as a form keeps it."""
        kept = {name: value for name, value in self.query.items() if name not in ("as", "lang")} | more
        return self.path + ("?" + urlencode(kept) if kept else "")

    def show(self, template: str, status: int = 200, *, session: Session | None = None, **told: Any) -> None:
        """Answer with a page."""
        told = {"action": self.here(), "back": "", "wait": None} | told
        sealed = self.wallet.sessions.seal(session) if session else ""
        text = render(template, visit=self, words=self.words, session=session, sealed=sealed, **told)
        self.exchange.reply(status, text.encode(), HEADERS, HTML)

    def go(self, target: bytes) -> None:
        """Send the browser to another place on this platform."""
        self.exchange.reply(302, b"", [*HEADERS, (b"location", target)], HTML)

    def refuse(self, status: int, why: str) -> None:
        """Answer that this does not work, and why."""
        self.show("refused.html", status, why=why)


def pairs(text: bytes) -> list[tuple[str, str]]:
    """The names and values of a query or form."""
    if len(text) > MOST_BYTES:
        raise Unreadable(413)
    try:
        return parse_qsl(text.decode("ascii"), True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Unreadable(400) from None


def outside(address: str | None) -> str:
    """An address that a page may lead to: of the web, and read by every browser as we read it; else empty."""
    if not address or not address.startswith(("http://", "https://")) or not PLAIN.fullmatch(address):
        return ""
    try:
        return address if urlsplit(address).hostname else ""
    except ValueError:
        return ""


def place(address: str) -> str:
    """The host that an address leads to, as people read it."""
    return urlsplit(address).netloc.rpartition("@")[2] if address else ""


def window(wallet: Wallet, answer: Answer) -> Handler:
    """What the door hands exchanges to: a page, with its refusals told in words."""

    async def handle(exchange: Exchange) -> None:
        visit = Visit(exchange, wallet)
        try:
            visit.read()
            await answer(visit)
        except Unreadable as problem:
            visit.refuse(problem.status, visit.words.unreadable)
        except Refused as refusal:
            visit.refuse(refusal.status if refusal.status >= 400 else 400, refusal.message)

    return handle
