"""A town with a doctor: apps with keys of all sorts, requests that can be spoilt at every step, and what is found."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
from collections.abc import Awaitable, Callable
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256, HashAlgorithm
from tests.town import KEYS, open_platform

from kaifang.gateway import identity
from kaifang.gateway.certificates import certificate_sn, read_certificates
from kaifang.gateway.client import Client
from kaifang.gateway.doctor.cases import Case
from kaifang.gateway.door import Door
from kaifang.gateway.house import House, Settings
from kaifang.gateway.keys import export_public_key
from kaifang.gateway.local import LocalAnswer, LocalExchange
from kaifang.kernel.clock import written
from kaifang.kernel.platform import move_clock
from kaifang.kernel.store.engine import Engine
from kaifang.kernel.store.sqlite import Sqlite

Result = TypeVar("Result")
Settled = tuple[Path, dict[str, Any]]  # a town's database, and the names in it
HOST, FORM = "pay.example.com:8888", "application/x-www-form-urlencoded"
SUBJECT = "测试 商品 & A+B=100% <1/2>"


@cache
def key(name: str, bits: int = 2048) -> RSAPrivateKey:
    """A private key, by the name of its owner."""
    return generate_private_key(65537, bits)


def public(name: str) -> str:
    """Its public half, as it is uploaded."""
    return export_public_key(key(name).public_key())["spki_base64"]


def signed(text: bytes, by: str = "own", kind: HashAlgorithm | None = None) -> str:
    """A signature over a text, by one of the keys."""
    return base64.b64encode(key(by).sign(text, PKCS1v15(), kind or SHA256())).decode()


def joined(fields: dict[str, str], codec: str = "utf-8") -> bytes:
    """The text that a right v2 request signs."""
    return "&".join(f"{name}={fields[name]}" for name in sorted(fields) if fields[name]).encode(codec)


def copied(town: Settled, folder: Path) -> Sqlite:
    """The database of a settled town, for one clinic alone."""
    return Sqlite(Path(shutil.copy(town[0], folder / "town.db")))


class Clinic:
    """The platform, its doctor, and a merchant with an app, an earlier key, another app and two certificates."""

    def __init__(self, engine: Engine, known: dict[str, Any], who: identity.Identity, **settings: Any) -> None:
        self.known, self.who, self.loop = known, who, asyncio.new_event_loop()
        self.platform = open_platform(engine)
        self.house = House(self.platform, who, Settings(base_url="http://127.0.0.1", **settings))
        self.door = Door(self.house)
        self.house.doctor.pause_seconds = 0.001
        self.app, self.pid, self.now = self.known["coffee.app"], self.known["coffee"], self.platform.clock.now()
        self.change(self.app, public_key=public("old"))
        self.change(self.app, public_key=public("own"))
        self.change(self.known["books.app"], public_key=public("stranger"))
        self.sibling = self.open_app(public_key=public("sibling"))
        self.bare = self.open_app()
        self.misled = self.open_app(public_key=who.public_key["spki_base64"])
        self.sn, self.other_sn = self.certify(self.app, "certified"), self.certify(self.app, "certified too")
        self.sibling_sn = self.certify(self.sibling, "sibling")
        self.aes, self.sibling_aes = self.make_aes(self.app), self.make_aes(self.sibling)

    # The town

    def ask(self, method: str, **fields: Any) -> Any:
        """Call a method as the platform itself, and do what falls due."""
        answer = self.platform.do(lambda work: work.ask(method, **fields))
        self.platform.do(lambda work: move_clock(work, work.now))
        self.run(self.platform.follow())
        return answer

    def change(self, app: str, **changes: Any) -> None:
        """Change an app."""
        self.ask("kaifang.openapp.app.change", app_id=app, **changes)

    def open_app(self, **fields: Any) -> str:
        """Another app of the merchant's."""
        return self.ask("kaifang.openapp.app.create", party=self.pid, name="Another", **fields).app_id

    def certify(self, app: str, name: str) -> str:
        """Issue a certificate for a key; its number."""
        pem = self.who.certify(app, key(name).public_key(), self.now)
        sn = certificate_sn(read_certificates(pem)[0])
        self.ask("kaifang.openapp.cert.add", app_id=app, sn=sn, pem=pem, public_key=public(name))
        return sn

    def make_aes(self, app: str) -> bytes:
        """Give an app an AES key."""
        return base64.b64decode(self.ask("alipay.open.auth.app.aes.set", merchant_app_id=app).aes_key)

    # Calls

    def fields(self, **more: str | None) -> dict[str, str]:
        """The fields of a right v2 request, in no order; None takes one away."""
        content = {"out_trade_no": "A/1", "subject": SUBJECT, "total_amount": "88.88"}
        fields: dict[str, str | None] = {
            "app_id": self.app, "method": "alipay.trade.query", "format": "JSON", "charset": "utf-8",
            "sign_type": "RSA2", "timestamp": written(self.now), "version": "1.0",
            "notify_url": "https://shop.example.com/notify?a=1&b=2",
            "biz_content": json.dumps(content, ensure_ascii=False, separators=(",", ":")),
        }  # fmt: skip
        return {name: value for name, value in (fields | more).items() if value is not None}

    def send(self, fields: dict[str, str], sign: str | None, codec: str = "utf-8", body: str | None = None) -> str:
        """Post a v2 request; the trace of its answer."""
        pairs = fields if sign is None else {**fields, "sign": sign}
        told = urlencode(pairs, encoding=codec) if body is None else body
        return self.post(told.encode(), FORM)

    def post(self, body: bytes, kind: str, target: bytes = b"/gateway.do") -> str:
        """Post anything to the v2 door; the trace of its answer."""
        self.answer = self.call("POST", target, [(b"content-type", kind.encode())], body)
        return (self.answer.get(b"trace_id") or b"").decode()

    def call(self, verb: str, target: bytes, headers: list[tuple[bytes, bytes]], body: bytes = b"") -> LocalAnswer:
        """Send a request."""

        async def ask() -> LocalAnswer:
            exchange = LocalExchange(verb, target, headers, body)
            exchange.host = HOST.encode()
            self.door(exchange)
            return await exchange.answer

        return self.run(ask())

    def run(self, doing: Awaitable[Result]) -> Result:
        """Wait for something."""
        return self.loop.run_until_complete(asyncio.wait_for(doing, 30))

    # What the doctor says

    def kept(self, trace: str) -> bool:
        """Whether a case is kept, when all has been written that shall be."""
        self.run(asyncio.sleep(0.005))
        return self.platform.read(lambda work: work.find(Case, id=trace)) is not None

    def explain(self, trace: str) -> dict[str, Any]:
        """Ask the doctor, as the operators do."""
        for _ in range(400):
            if self.kept(trace):
                break
        client = Client(self.door, self.known["house.app"], KEYS["app_private_pkcs8_pem"])
        return self.run(client.call("kaifang.doctor.explain", {"trace": trace}))

    def close(self) -> None:
        """Stop it all."""
        self.run(self.platform.stop())
        self.house.close()
        self.loop.close()


class V3:
    """A v3 request on its way: every piece of it can be spoilt, and what is signed apart from what is sent."""

    def __init__(self, clinic: Clinic, **members: str) -> None:
        self.clinic, self.verb = clinic, "POST"
        self.target, self.body = "/v3/alipay/trade/query", '{"out_trade_no":"A/1","subject":"测试 1"}'
        now = clinic.platform.clock.now()
        told = {"app_id": clinic.app, "nonce": clinic.house.new_trace(), "timestamp": str(now)} | members
        self.told = ",".join(f"{name}={value}" for name, value in told.items() if value)
        self.scheme, self.token, self.kind, self.by = "ALIPAY-SHA256withRSA", "", "application/json", "own"
        self.sent_body: bytes | None = None

    def text(self, **other: str) -> bytes:
        """What is right to sign, or what is not."""
        lines = {"told": self.told, "verb": self.verb, "target": self.target, "body": self.body} | other
        token = {"token": self.token} if self.token else {}
        return "".join(f"{line}\n" for line in (lines | token).values()).encode()

    def send(self, text: bytes | None = None, sign: str | None = None) -> str:
        """Sign the text, send the request; the trace of its answer."""
        sign = signed(self.text() if text is None else text, self.by) if sign is None else sign
        header = f"{self.scheme} {self.told}" + (f",sign={sign}" if sign else "")
        headers = [(b"authorization", header.encode()), (b"content-type", self.kind.encode())]
        headers += [(b"alipay-app-auth-token", self.token.encode())] if self.token else []
        body = self.body.encode() if self.sent_body is None else self.sent_body
        self.answer = self.clinic.call(self.verb, self.target.encode(), headers, body)
        return (self.answer.get(b"alipay-trace-id") or b"").decode()


Spoil = Callable[[Clinic], str]
CORPUS: list[tuple[str, Spoil]] = []


def mistake(code: str, **facts: Any) -> Callable[[Callable[..., str]], Callable[..., str]]:
    """Put a way to make a mistake into the corpus, with the code of the cause that the doctor has to name."""

    def put(spoil: Callable[..., str]) -> Callable[..., str]:
        CORPUS.append((code, partial(spoil, **facts) if facts else spoil))
        return spoil

    return put
