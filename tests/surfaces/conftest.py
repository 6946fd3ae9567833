"""A platform that runs over real HTTP in a thread of its own, and a browser without JavaScript."""

from __future__ import annotations

import asyncio
import html
import itertools
import re
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPRedirectHandler, Request, build_opener

import msgspec
import pytest
from tests.doors import SIGNER
from tests.town import KEYS, open_platform, settle_town

from kaifang.gateway import identity
from kaifang.gateway.door import Door
from kaifang.gateway.forms import encode_fields, write_urlencoded
from kaifang.gateway.house import House, Settings
from kaifang.gateway.http import Server, serve
from kaifang.gateway.signing import text_with_type
from kaifang.kernel.clock import written
from kaifang.kernel.method import methods, perform, read_request
from kaifang.kernel.platform import move_clock
from kaifang.kernel.shape import plain
from kaifang.kernel.store.sqlite import Sqlite
from kaifang.kernel.work import Caller, Work
from kaifang.surfaces.mount import mount
from kaifang.surfaces.session import Sessions

PEOPLE = [
    ("安娜", "anna@example.com", "person"),
    ("李波", "bo@example.com", "person"),
    ("街角咖啡", "coffee@example.com", "merchant"),
]


class Town:
    """A seeded town with its gateway and windows, served on a free port; the clock stands still."""

    def __init__(self, folder: Path, sandbox: bool = True) -> None:
        self.loop, self.numbers = asyncio.new_event_loop(), itertools.count(1)
        self.platform = open_platform(Sqlite(folder / "town.db"))
        self.known = settle_town(self.platform, self.loop)
        self.who = identity.take_up(folder / "keys", self.platform.clock.now())
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        self.server = self.wait(self._serve(sandbox))

    async def _serve(self, sandbox: bool) -> Server:
        self.house = House(self.platform, self.who, Settings(sandbox=sandbox))
        self.door = Door(self.house)
        server = await serve(self.door, [("127.0.0.1", 0)])
        self.url = f"http://127.0.0.1:{server.addresses[0][1]}"
        self.house.settings = Settings(sandbox=sandbox, base_url=self.url)
        self.platform.place.home = self.url
        mount(self.door, self.known["wallet.app"], KEYS["app_private_pkcs8_pem"], PEOPLE)
        await self.platform.start()
        return server

    def wait(self, task: Coroutine[Any, Any, Any]) -> Any:
        """The outcome of something done in the platform's own thread."""
        future: Future[Any] = asyncio.run_coroutine_threadsafe(task, self.loop)
        return future.result(30)

    def stop(self) -> None:
        """Close it all."""
        self.wait(self.server.drain(1))
        self.wait(self.platform.stop())
        self.house.close()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def ask(self, method: str, by: str = "inside", user: str = "", **fields: Any) -> dict[str, Any]:
        """Call a method as the platform itself, as an app or as the wallet's user, straight in the kernel."""
        caller = Caller(role=by, user=self.known.get(user), app=self.known["wallet.app"] if by == "wallet" else "")
        if by not in ("inside", "operator", "wallet"):
            app, merchant = self.known[f"{by}.app"], self.known[by]
            caller = Caller(role="merchant", app=app, auth_app=app, merchant=merchant)

        def run(work: Work) -> dict[str, Any]:
            return plain(perform(methods[method], work, read_request(methods[method], fields)))

        return self.wait(self.platform.run(run, caller))

    def number(self, letter: str) -> str:
        """A merchant's number that was not used before."""
        return f"{letter}{next(self.numbers):06}"

    def newcomer(self, name: str) -> None:
        """Somebody who moves in, with everybody's password."""
        self.ask(
            "kaifang.account.party.open", "operator", kind="person", logon_id=f"{name}@example.com", name=name,
            pay_password="111111",
        )  # fmt: skip

    def move(self, by: int) -> None:
        """Move the clock on, doing what falls due."""

        async def moved() -> None:
            await self.platform.run(lambda work: move_clock(work, work.now + by))
            await self.platform.follow()

        self.wait(moved())

    @property
    def sessions(self) -> Sessions:
        """What seals sessions here."""
        return Sessions(KEYS["app_private_pkcs8_pem"].encode())

    @staticmethod
    def difference(before: str, after: str) -> str:
        """How much less it is."""
        return str(Decimal(before) - Decimal(after))

    def checkout(self, **asked: Any) -> str:
        """The path of a fresh checkout: an identity check of Bo's, unless something else is asked."""
        who = {"identity_type": "CERT_INFO", "cert_type": "IDENTITY_CARD", "cert_name": "李波"}
        check = self.ask(
            "alipay.user.certify.open.initialize", "coffee", outer_order_no=self.number("C"), biz_code="FACE",
            identity_param={**who, "cert_no": "330102199105060011"},
        )  # fmt: skip
        usual = {
            "kind": "certify", "title": "核身", "confirm": "kaifang.account.certify.confirm",
            "subject": check["certify_id"], "merchant": self.known["coffee"], "app": self.known["coffee.app"],
        }  # fmt: skip
        return self.ask("kaifang.cashier.open", **usual | asked)["path"]

    def order(self, method: str, content: dict[str, Any], by: str = "coffee", **common: str) -> str:
        """A signed v2 request as it stands in a URL."""
        fields = {
            "app_id": self.known[f"{by}.app"], "method": method, "charset": "utf-8", "sign_type": "RSA2",
            "version": "1.0", "timestamp": written(self.platform.clock.now()),
            "biz_content": msgspec.json.encode(content).decode(), **common,
        }  # fmt: skip
        raw = encode_fields(fields)
        raw[b"sign"] = SIGNER.sign_many([text_with_type(raw)])[0].encode()
        return write_urlencoded(raw).decode()

    def call(self, method: str, content: dict[str, Any], by: str = "coffee", **common: str) -> dict[str, Any]:
        """Call a method as a merchant's server does."""
        answer = Browser(self.url).open("/gateway.do?" + self.order(method, content, by, **common))
        return next(iter(msgspec.json.decode(answer.text).values()))


class Page(msgspec.Struct):
    """What a browser shows."""

    url: str
    status: int
    headers: dict[str, str]
    text: str

    @property
    def title(self) -> str:
        """What stands on its tab."""
        return html.unescape(re.search(r"<title>(.*?)</title>", self.text, re.DOTALL)[1])

    @property
    def words(self) -> str:
        """Its text, without tags and style."""
        shown = re.sub(r"<style>.*?</style>|<[^>]*>", " ", self.text, flags=re.DOTALL)
        return " ".join(html.unescape(shown).split())

    def links(self) -> dict[str, str]:
        """Addresses by what stands on the links."""
        found = re.findall(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', self.text, re.DOTALL)
        return {" ".join(html.unescape(re.sub("<[^>]*>", " ", t)).split()): html.unescape(h) for h, t in found}

    @property
    def refresh(self) -> str:
        """Where the browser goes by itself; empty if nowhere."""
        found = re.search(r'<meta http-equiv="refresh" content="\d+;url=([^"]*)">', self.text)
        return html.unescape(found[1]) if found else ""

    @property
    def problem(self) -> str:
        """What the page says went wrong."""
        found = re.search(r'<p class="alert"[^>]*>(.*?)</p>', self.text, re.DOTALL)
        return " ".join(html.unescape(re.sub("<[^>]*>", " ", found[1])).split()) if found else ""

    def form(self, step: str) -> tuple[str, dict[str, str]]:
        """The form with this button: where it goes, and what it sends if nothing is typed."""
        for action, inner in re.findall(r'<form\b[^>]*action="([^"]*)"[^>]*>(.*?)</form>', self.text, re.DOTALL):
            if f'name="step" value="{step}"' in inner or (not step and 'name="lang"' in inner):
                return html.unescape(action), sent(inner)
        raise AssertionError(f"no button {step} on {self.title}: {self.words}")


def sent(form: str) -> dict[str, str]:
    """What a browser sends of a form's inputs."""
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if told.get("type") in ("radio", "checkbox") and " checked" not in tag:
            continue
        found[told["name"]] = html.unescape(told.get("value", ""))
    return found


class Unfollowed(HTTPRedirectHandler):
    """Leaves redirects to the browser, which notes them."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


class Browser:
    """A browser without JavaScript and without cookies; it does not leave the platform."""

    def __init__(self, home: str, language: str = "zh-CN,zh;q=0.9") -> None:
        self.home, self.language, self.went = home, language, list[str]()

    def open(self, path: str, form: dict[str, str] | list[tuple[str, str]] | None = None, **headers: str) -> Page:
        """Go to an address, or send a form there."""
        body = None if form is None else urlencode(form).encode()
        request = Request(urljoin(self.home, path), body, {"accept-language": self.language, **headers})
        try:
            answer = build_opener(Unfollowed).open(request, timeout=20)
        except HTTPError as refusal:
            answer = refusal
        with answer:
            kept = {name.lower(): value for name, value in answer.headers.items()}
            text = answer.read().decode(answer.headers.get_content_charset() or "utf-8")
        if answer.status in (301, 302, 303):
            self.went.append(kept["location"])
            return self.open(kept["location"])
        return Page(request.full_url, answer.status, kept, text)

    def press(self, page: Page, step: str, **typed: str) -> Page:
        """Fill in a form and press its button."""
        action, fields = page.form(step)
        return self.open(action, fields | typed | ({"step": step} if step else {}))

    def sign_in(self, page: Page, who: str = "bo", password: str = "111111") -> Page:
        """Sign in on a page."""
        return self.press(page, "signin", logon_id=f"{who}@example.com", password=password)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town in sandbox mode."""
    town = Town(tmp_path_factory.mktemp("town"))
    yield town
    town.stop()


@pytest.fixture
def browser(town: Town) -> Browser:
    """A Chinese reader's browser."""
    return Browser(town.url)
