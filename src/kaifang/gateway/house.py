"""What all doors of the gateway share: the platform, who it is, the apps it knows, and what it does with a call."""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jinja2 import Environment

from kaifang.kernel import SYSTEM_ERROR, Caller, Fault, Return, Shape, Work
from kaifang.kernel.clock import wall, written
from kaifang.kernel.events import prepared
from kaifang.kernel.front import Front
from kaifang.kernel.method import Method, methods, read_request
from kaifang.kernel.platform import Platform
from kaifang.kernel.queue import Busy
from kaifang.kernel.shape import encode, plain
from kaifang.kernel.work import Slow

from . import catalogue, codes, envelope, nonces
from .apps import App, Apps
from .backroom import Backroom
from .call import Call, Order
from .desk import Desk
from .forms import encode_fields
from .http import Exchange
from .identity import Identity
from .returns import check_return, return_address, return_fields
from .sessions import Sessions
from .signing import text_without_type

log = logging.getLogger("kaifang.gateway")
RETURNS = ("back", "result")  # the members of an answer that are signed for whoever waits for them


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How this gateway behaves."""

    sandbox: bool = True  # the money is play money, the clock may be moved
    keeps_requests: bool = False  # what applications ask is kept for a while; in production without its content
    private_targets: bool | None = None  # whether private addresses may be notified; as in a sandbox, if it is not said
    base_url: str = ""  # how browsers reach it, such as http://127.0.0.1:8888

    @property
    def notifies_private(self) -> bool:
        """Whether private addresses may be notified."""
        return self.sandbox if self.private_targets is None else self.private_targets


class House:
    """The platform as its doors see it."""

    def __init__(self, platform: Platform | Front, identity: Identity, settings: Settings) -> None:
        self.platform, self.identity, self.settings = platform, identity, settings
        platform.place.home = settings.base_url
        platform.place.sandbox = settings.sandbox
        platform.place.identity = identity
        self.apps, self.sessions = Apps(platform), Sessions(platform)
        self.off: dict[str, str] | None = None  # methods and capabilities that are switched off, and why
        platform.listeners["switch.change"] = self.forget_switches
        self.desk = Desk({name: identity.signer(name) for name in ("RSA2", "RSA")})
        self.backroom, self.heard = Backroom(), nonces.Heard()
        self.traces = itertools.count(1)
        self.mark = f"{os.getpid():06x}"
        self.doctor: Callable[[Any, Fault], None] | None = None  # keeps calls that failed verification
        self.recorder: Callable[[Any, int, bytes], None] | None = None  # keeps all calls, where that is wanted

    def prepare(self) -> None:
        """Begin to find out what the first who ask would have to wait for."""
        for find in prepared:
            with contextlib.suppress(Slow):
                self.platform.read(partial(begun, find))

    def close(self) -> None:
        """Let go of the threads."""
        self.desk.close()
        self.backroom.close()

    def new_trace(self) -> str:
        """A number that finds this call in the logs."""
        return f"{wall():x}{self.mark}{next(self.traces):06x}"

    def method(self, name: str) -> Method:
        """The live method of this name, or the documented refusal."""
        method = methods.get(name)
        if method is None:
            raise codes.FORBIDDEN_API(method=name) if catalogue.known(name) else codes.INVALID_METHOD(method=name)
        if self.off is None:
            self.off = self.platform.read(switched_off)
        for switch in (name, method.capability) if self.off else ():
            if switch in self.off:
                raise codes.SWITCHED_OFF(method=name, reason=self.off[switch])
        return method

    def forget_switches(self, name: str) -> None:
        """Something was switched off, or on again."""
        self.off = None

    def app(self, app_id: str) -> App:
        """The app of this number, ready to call."""
        if not app_id:
            raise codes.MISSING_APP_ID()
        app = self.apps.find(app_id) if app_id.isalnum() else None
        if app is None:
            raise codes.INVALID_APP_ID(app_id=app_id[:32])
        if app.state != "ONLINE":
            raise codes.NOT_ONLINE_APP(app_id=app_id)
        return app

    def signing_key(self, app: App, cert_sn: str) -> RSAPublicKey:
        """What an app's signature is verified with now: the key of the certificate it names, or its own."""
        return app.signing_key(cert_sn, self.platform.clock.now())

    def caller(self, app: App, method: str, app_auth_token: str, auth_token: str, **urls: str | None) -> Caller:
        """Who calls this method, as far as the app and its tokens prove it."""
        if not app_auth_token and not auth_token:
            return Caller(app=app.id, role=app.role, merchant=app.party, auth_app=app.id, open_ids=app.open_ids, **urls)
        proof = {"app_auth_token": app_auth_token, "app": app.id, "method": method}
        return self.platform.read(lambda work: self._caller(work, app, proof, auth_token, urls))

    @staticmethod
    def _caller(work: Work, app: App, proof: dict[str, str], auth_token: str, urls: dict[str, str | None]) -> Caller:
        merchant, auth_app, user, scopes = app.party, app.id, None, ()
        if proof["app_auth_token"]:
            given = work.ask("kaifang.openapp.authorisation.read", **proof)
            merchant, auth_app = given.user_id, given.auth_app_id
        if auth_token:
            token = work.ask("kaifang.account.token.read", auth_token=auth_token, app=app.id, auth_app=auth_app)
            user, scopes = token.user_id, tuple(token.scopes or ())
        return Caller(
            app=app.id, role=app.role, merchant=merchant, auth_app=auth_app, open_ids=app.open_ids, user=user,
            scopes=scopes, **urls,
        )  # fmt: skip

    def carry_out(
        self, method: Method, caller: Caller, body: bytes | dict[str, Any], done: Callable[[Any], None],
        nonce: str | None = None,
    ) -> None:  # fmt: skip
        """Read the request, run the method, and give `done` its answer, or the exception."""
        call = Call(self, Order(method.name, read(method, body), nonce), caller, done)
        if method.is_page and caller.return_url:
            check_return(caller.return_url)
        if method.reads:
            if nonce is not None:
                self.heard.use(nonce)
            call.read()
            return
        try:
            call.submit(method)
        except Busy:
            raise codes.BUSY() from None

    def broken(self, problem: Exception, trace: str) -> Fault:
        """What the caller hears if something breaks before its method is reached."""
        log.error("%s broke in the gateway", trace, exc_info=problem)
        return codes.BROKEN(reference=trace)

    def refusal(self, problem: BaseException, trace: str) -> Fault:
        """What the caller hears of an exception: its own fault, or that something broke, with a reference."""
        if isinstance(problem, Fault):
            return problem
        if isinstance(problem, Busy):  # the process that writes has too much to do; this one could not know
            return codes.BUSY()
        log.error("%s failed", trace, exc_info=problem)
        return SYSTEM_ERROR(reference=trace)

    @staticmethod
    def returns(answer: Shape) -> bool:
        """Whether an answer has something to sign for whoever waits for it."""
        return isinstance(getattr(answer, "back", None) or getattr(answer, "result", None), Return)

    def returned(self, answer: Shape) -> dict[str, Any]:
        """The answer, with what it returns as the address that the browser goes to, and the text that the app gets."""
        told = plain(answer)
        for name in RETURNS:
            if isinstance(back := getattr(answer, name, None), Return):
                told[name] = self.way_back(back)
        return told  # type: ignore[no-any-return]

    def way_back(self, back: Return) -> str:
        """A signed return address; without an address, the signed result of an app payment."""
        now = written(self.platform.clock.now())
        common = {"app_id": back.app, "auth_app_id": back.auth_app, "charset": "utf-8", "timestamp": now}
        if not back.url:
            node = envelope.node(envelope.coded(encode(common | back.fields)))
            sign = self.desk.signers["RSA2"].sign_many([node])[0]
            body = envelope.v2_body(envelope.node_name(back.method), node, sign).decode()
            return body[:-1] + ',"sign_type":"RSA2"}'
        common |= {"method": back.method, "version": "1.0"}
        fields = return_fields(back.url, encode_fields(common | back.fields))
        sign = self.desk.signers["RSA2"].sign_many([text_without_type(fields)])[0]
        return return_address(back.url, {**fields, b"sign": sign.encode(), b"sign_type": b"RSA2"})

    def note_refusal(self, asked: Any, refusal: Fault) -> None:
        """Let the doctor keep a call that was refused before it reached its method."""
        if self.doctor is not None and refusal.kind in codes.UNVERIFIED:
            self.doctor(asked, refusal)

    def note(self, asked: Any, status: int, text: bytes) -> None:
        """Let a call and its answer be kept, where that is wanted."""
        if self.recorder is not None:
            self.recorder(asked, status, text)

    def error_page(self, exchange: Exchange, refusal: Fault, trace: str) -> None:
        """Tell a person in a browser what is wrong; in GBK and with status 200, as the official gateway does."""
        code, _ = codes.v2_code(refusal.kind)
        page = ERROR_PAGE.render(
            code=refusal.kind.code, family=code, zh=refusal.says(), en=refusal.says("en"), trace=trace
        )
        exchange.reply(200, page.encode("gbk", "xmlcharrefreplace"), ERROR_HEADERS, b"text/html;charset=GBK")


def read(method: Method, body: bytes | dict[str, Any]) -> Shape:
    """The typed request; a file that its field does not take is refused as such."""
    try:
        return read_request(method, body)
    except Fault as refusal:
        field = refusal.facts.get("field")
        if isinstance(body, dict) and isinstance(body.get(field), bytes):
            raise codes.INVALID_FILE_SIZE(field=field, reason=refusal.facts["reason"]) from None
        raise


def switched_off(work: Work) -> dict[str, str]:
    """What operators have switched off, and why."""
    return {one.name: one.reason for one in work.ask("kaifang.switch.list").stopped}


def begun(find: Callable[[Work], object], work: Work) -> None:
    """Look, without waiting for what takes long."""
    work.computed = {}
    find(work)


ERROR_HEADERS = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"sandbox; default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
]
ERROR_PAGE = Environment(autoescape=True).from_string("""<!doctype html>
<html lang="zh"><head><meta charset="GBK"><title>{{ code }}</title></head>
<body><h1>抱歉，请求无法处理</h1><p><b>{{ code }}</b> ({{ family }})</p>
<p>{{ zh }}</p><p lang="en">{{ en }}</p><p>trace_id: {{ trace }}</p></body></html>
""")
