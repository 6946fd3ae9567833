"""Somebody who looks at every page that links lead to, and notes what a browser complains of."""

from __future__ import annotations

import re
import time
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
LIVE = "/v3/kaifang/live"
LOOK_MS, QUIET = 40, 4  # how often it is looked whether a page is at rest, and how often in a row it has to be
PATIENCE_MS = 60_000  # on a machine that does much else
NUMBER = re.compile(  # the changing part of an address
    r"[0-9A-Za-z_-]*\d{4,}[0-9A-Za-z_-]*|[0-9a-f]{16,}|(?<=/explorer/)[a-z0-9_.]+"
)
FEW = 3  # pages that differ only in what they are about, such as one for each capability
SERIOUS = ("serious", "critical")
BUSY = '[aria-busy="true"]'
SETTLED = f"() => !document.querySelector('{BUSY}') && document.body.innerText.trim().length > 0"


class Visitor:
    """One person in a fresh browser; whatever is wrong with a page is a line of `complaints`."""

    def __init__(self, browser: Browser, url: str, surface: str, **options: Any) -> None:
        self.url, self.root = url, f"{url}{surface}"
        self.context = browser.new_context(**{"locale": "zh-CN", "viewport": PHONE} | options)
        self.context.set_default_timeout(PATIENCE_MS)
        self.complaints: list[str] = []
        self.asking: set[str] = set()  # what is under way but the live stream, which never ends
        self.page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda problem: self._complain(f"breaks: {problem}"))
        self.page.on("request", self._request)
        self.page.on("requestfinished", lambda request: self.asking.discard(request.url))
        self.page.on("requestfailed", lambda request: self.asking.discard(request.url))

    def close(self) -> None:
        """Close the browser."""
        self.context.close()

    def sign_in(self, logon_id: str, password: str = "111111") -> None:
        """Sign in with the form."""
        self.page.goto(self.root)
        account = self.page.locator('input[autocomplete="username"]')
        account.fill(logon_id)
        self.page.locator('input[type="password"]').fill(password)
        self.page.locator('input[type="password"]').press("Enter")
        account.wait_for(state="detached")
        self.settle()

    def settle(self) -> None:
        """Wait until the page has what it asks for, and has asked for nothing more in a while."""
        until = time.monotonic() + PATIENCE_MS / 1000
        quiet = 0
        while quiet < QUIET:
            assert time.monotonic() < until, f"{self.here} does not come to rest: {self.asking}"
            self.page.wait_for_timeout(LOOK_MS)
            quiet = 0 if self.asking else quiet + 1
        self.page.wait_for_function(SETTLED)

    def pages(self, start: str = "#/", most: int = 120) -> Iterator[str]:
        """Every page that can be reached by links from here, each pattern of address once, of many siblings some."""
        waiting, known, siblings = deque([start]), {pattern(start)}, Counter[str]()
        while waiting and len(known) <= most:
            place = waiting.popleft()
            self.go(place)
            yield place
            for link in links(self.page):
                parent = pattern(link).rpartition("/")[0]
                if pattern(link) not in known and siblings[parent] < FEW:
                    known.add(pattern(link))
                    siblings[parent] += parent.count("/") > 1  # the children of one page, not the pages of a section
                    waiting.append(link)

    def go(self, place: str) -> None:
        """Open a page of this surface, as a link does."""
        self.page.goto(self.root + place)
        self.settle()

    def examine(self, axe: str) -> list[str]:
        """What axe finds serious on the page that is open."""
        self.page.evaluate(f"() => {{ if (!window.axe) {{ {axe} }} }}")
        found = self.page.evaluate("() => window.axe.run({ resultTypes: ['violations'] })")
        return [
            f"{self.here}: {one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]} ({len(one['nodes'])})"
            for one in found["violations"]
            if one["impact"] in SERIOUS
        ]

    @property
    def here(self) -> str:
        """The page that is open, without where the platform is."""
        return self.page.url.removeprefix(self.url)

    def _complain(self, what: str) -> None:
        self.complaints.append(f"{self.here}: {what}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complain(f"{message.type}: {message.text[:500]}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.path != LIVE:
            self.asking.add(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != urlsplit(self.url).netloc:
            self._complain(f"asks somebody else: {request.url[:200]}")


def links(page: Page) -> list[str]:
    """The places of this surface that a page leads to."""
    script = "() => [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))"
    return [link for link in page.evaluate(script) if link.startswith("#/")]


def pattern(place: str) -> str:
    """An address without the numbers in it, and without its query."""
    return NUMBER.sub("*", place.partition("?")[0])


def axe_source() -> str:
    """The script that examines pages, as npm has installed it."""
    for folder in Path(__file__).parents:
        for at in (folder / "surfaces" / "node_modules", folder / "node_modules"):
            if (found := at / "axe-core" / "axe.min.js").exists():
                return found.read_text("utf-8")
    raise FileNotFoundError("axe-core is not installed: make test does")


def named(place: str) -> str:
    """A file name for a page."""
    return re.sub(r"[^0-9a-z]+", "-", pattern(place).lower()).strip("-") or "home"
