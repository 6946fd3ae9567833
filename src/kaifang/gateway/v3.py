"""The v3 door: /v3/... A method is a path and a verb, the signature stands in a header, a refusal has a status."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from kaifang.kernel import ILLEGAL_JSON, Caller, Fault
from kaifang.kernel.clock import MINUTE, wall
from kaifang.kernel.method import Method, Page, allow
from kaifang.kernel.shape import encode

from . import catalogue, codes, envelope
from .apps import App
from .authorization import Authorization, parse_authorization, request_texts, response_text
from .encryption import decrypt, encrypt, is_encrypted
from .forms import MULTIPART, read_form, signed_bodies
from .house import House
from .http import Exchange
from .malformed import Malformed
from .sessions import NEW, brought_key, network
from .signing import verify
from .v2 import as_object, bounded

WINDOW = 10 * MINUTE  # how old or early a request may be
LONGEST_WINDOW_SECONDS = 3600  # that a client may ask for with expired_seconds


class Addresses(msgspec.Struct):
    """The two addresses that v3 sends beside the business fields."""

    notify_url: str | None = None
    return_url: str | None = None


read_addresses = msgspec.json.Decoder(Addresses, strict=False).decode


class Asked:
    """One v3 call on its way through the checks; what is known of it so far."""

    __slots__ = ("exchange", "trace", "app", "with_cert", "encrypted", "language", "name", "authorization", "texts")

    def __init__(self, exchange: Exchange, trace: str) -> None:
        self.exchange, self.trace, self.name = exchange, trace, ""
        self.app: App | None = None
        self.authorization: Authorization | None = None
        self.texts: list[bytes] = []  # what the client may have signed, for the doctor
        self.with_cert = self.encrypted = False
        self.language = codes.language(exchange.get(b"accept-language"))

    @property
    def known(self) -> tuple[App, Authorization]:
        """The app and what it said of its signature, once it is verified."""
        assert self.app is not None and self.authorization is not None
        return self.app, self.authorization


class V3:
    """Answers calls under /v3/."""

    def __init__(self, house: House) -> None:
        self.house = house

    def __call__(self, exchange: Exchange) -> None:
        """Answer a call."""
        asked = Asked(exchange, self.house.new_trace())
        try:
            self._answer(asked)
        except Fault as refusal:
            self.refuse(asked, refusal)
        except Malformed as problem:
            self.refuse(asked, codes.ILLEGAL_FORM(field=problem.field, reason=problem.reason, cure=problem.cure))
        except Exception as problem:  # noqa: BLE001 - clients read refusals, and nothing else
            self.refuse(asked, self.house.broken(problem, asked.trace))

    def _answer(self, asked: Asked) -> None:
        method, params = self._method(asked)
        content, files = self._verified(asked)
        app, authorization = asked.known
        caller = self._caller(asked, app, authorization)
        allow(method, caller)
        if not app.spend(time.monotonic()):
            raise codes.CALL_LIMITED(calls_a_second=app.rate)
        if asked.exchange.get(b"alipay-encrypt-type"):
            content = self._decrypted(asked, app, content)
        elif app.aes is not None and is_encrypted(content):
            raise codes.MISSING_ENCRYPT_TYPE()
        body, urls = self._business(asked, content, params, files)
        caller = msgspec.structs.replace(caller, notify_url=urls.notify_url, return_url=urls.return_url)
        nonce = f"{authorization.timestamp}/{app.id}/{authorization.nonce}"
        self.house.carry_out(method, caller, body, lambda result: self.answer(asked, result), nonce)

    def admitted(self, asked: Asked, name: str) -> Caller:
        """Who signed a request that is for no method; it counts once, and against the app's limit."""
        asked.name = name
        self._verified(asked)
        app, authorization = asked.known
        if not app.spend(time.monotonic()):
            raise codes.CALL_LIMITED(calls_a_second=app.rate)
        self.house.heard.use(f"{authorization.timestamp}/{app.id}/{authorization.nonce}")
        return self._caller(asked, app, authorization)

    # The checks

    def _method(self, asked: Asked) -> tuple[Method, dict[str, str]]:
        exchange = asked.exchange
        found = catalogue.route(exchange.method, exchange.path.decode("ascii", "replace"))
        if found is None:
            raise codes.INVALID_METHOD(path=exchange.path.decode("ascii", "replace")[:200])
        if isinstance(found, catalogue.WrongVerb):
            raise codes.INVALID_VERB(allowed=", ".join(found.allowed))
        asked.name = found.method
        return self.house.method(found.method), found.path_params

    @staticmethod
    def _authorization(asked: Asked) -> Authorization:
        header = asked.exchange.get(b"authorization")
        if not header:
            raise codes.MISSING_TIMESTAMP(field="authorization")  # what the live gateway answers to its absence
        asked.authorization = authorization = parse_authorization(header)
        if not authorization.sign:
            raise codes.MISSING_SIGN()
        if not authorization.nonce:
            raise codes.MISSING_NONCE()
        return authorization

    def _timely(self, authorization: Authorization) -> None:
        if not authorization.timestamp:
            raise codes.MISSING_TIMESTAMP()
        window = WINDOW
        if authorization.expired_seconds.isdecimal():
            window = min(int(authorization.expired_seconds[:6]), LONGEST_WINDOW_SECONDS) * 1000
        if not authorization.timestamp.isdecimal() or len(authorization.timestamp) > 14:
            raise codes.INVALID_TIMESTAMP()
        sent = int(authorization.timestamp)
        # A sandbox's clock is moved while its clients' are not: either clock may vouch for the request.
        if min(abs(sent - wall()), abs(sent - self.house.platform.clock.now())) > window:
            raise codes.INVALID_TIMESTAMP()

    def _verified(self, asked: Asked) -> tuple[bytes, dict[str, bytes]]:
        """The signed body, and the files beside it; from now on it is known who signed."""
        authorization = self._authorization(asked)
        asked.app = app = self.house.app(authorization.app_id)
        self._timely(authorization)
        asked.with_cert = bool(authorization.app_cert_sn)
        key = self._key(asked, app, authorization)
        exchange = asked.exchange
        bodies, files = (exchange.body,), dict[str, bytes]()
        content_type = (exchange.get(b"content-type") or b"").decode("latin-1")
        if content_type.partition(";")[0].strip().lower() == MULTIPART:
            form = read_form(b"", exchange.body, content_type)
            bodies = signed_bodies(form)
            files = {name.decode("ascii", "replace"): file.content for name, file in form.files.items()}
        asked.texts = list(
            request_texts(
                authorization, exchange.method.encode(), exchange.target, bodies, exchange.get(b"alipay-app-auth-token")
            )
        )
        if not any(verify(key, text, authorization.sign) for text in asked.texts):
            raise codes.INVALID_SIGN(trace=asked.trace)
        return bodies[0], files

    def _key(self, asked: Asked, app: App, authorization: Authorization) -> RSAPublicKey:
        """What the signature is verified with: the app's key, or that of a session."""
        if not authorization.session:
            return self.house.signing_key(app, authorization.app_cert_sn)
        if authorization.session == NEW:
            bounded(asked.exchange.body)
            return brought_key(asked.name, app, asked.exchange.body)
        return self.house.sessions.acting(authorization.session, app).key

    @staticmethod
    def _decrypted(asked: Asked, app: App, content: bytes) -> bytes:
        if (asked.exchange.get(b"alipay-encrypt-type") or b"").upper() != b"AES":
            raise codes.INVALID_ENCRYPT_TYPE()
        if app.aes is None:
            raise codes.NO_ENCRYPT_KEY()
        asked.encrypted = True
        try:
            return decrypt(content, app.aes) if content else content
        except Malformed:
            asked.encrypted = False
            raise codes.UNDECRYPTED() from None

    def _business(
        self, asked: Asked, content: bytes, params: dict[str, str], files: dict[str, bytes]
    ) -> tuple[bytes | dict[str, Any], Addresses]:
        query = queried(asked.exchange.query)
        query.pop("auth_token", None)
        content = content.strip()
        bounded(content)
        if not (query or params or files):
            return content or b"{}", self._addresses(content)
        told: dict[str, Any] = query | (as_object(content) if content else {}) | params | files
        return told, self._addresses(content)

    @staticmethod
    def _addresses(content: bytes) -> Addresses:
        if b"_url" not in content:
            return Addresses()
        try:
            found = read_addresses(content)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise ILLEGAL_JSON() from None
        codes.checked_url("notify_url", found.notify_url)
        codes.checked_url("return_url", found.return_url)
        return found

    def _caller(self, asked: Asked, app: App, authorization: Authorization) -> Caller:
        app_auth_token = (asked.exchange.get(b"alipay-app-auth-token") or b"").decode("ascii", "replace")
        auth_token = dict(parse_qsl(asked.exchange.query.decode("ascii", "replace"))).get("auth_token", "")
        caller = self.house.caller(app, asked.name, app_auth_token, auth_token)
        return self._signed_in(asked, app, caller) if authorization.session else caller

    def _signed_in(self, asked: Asked, app: App, caller: Caller) -> Caller:
        """The caller, as whom a session's key vouches for: the wallet's user, or the owner of an app."""
        _, authorization = asked.known
        number = authorization.session
        if number == NEW:
            return msgspec.structs.replace(caller, address=network(asked.exchange.peer))
        session = self.house.sessions.find(number)
        if app.id == session.app:
            return msgspec.structs.replace(caller, session=number, user=session.user, scopes=())
        return msgspec.structs.replace(caller, session=number)

    # The answers

    def answer(self, asked: Asked, result: Any) -> None:
        """Send what the method answered."""
        if isinstance(result, Exception):
            self.refuse(asked, self.house.refusal(result, asked.trace))
            return
        if isinstance(result, Page):
            self.send(asked, 200, encode({"page_redirection_data": self.house.settings.base_url + result.path}))
            return
        if self.house.returns(result):
            result = self.house.returned(result)
        accepted = getattr(result, "CODE", "10000") != "10000"  # the buyer has to confirm first
        self.send(asked, 202 if accepted else 200, encode(result))

    def refuse(self, asked: Asked, refusal: Fault) -> None:
        """Send a refusal with its status; refusals are never encrypted, because no client expects that."""
        if asked.authorization is None or not asked.authorization.session:
            self.house.note_refusal(asked, refusal)  # the doctor explains clients that are written, not browsers
        asked.encrypted = False
        body = envelope.v3_refusal(codes.v3_code(refusal.kind), refusal.says(asked.language), self.links(asked.trace))
        self.send(asked, codes.v3_status(refusal.kind), body)

    def links(self, trace: str) -> list[tuple[str, str]]:
        """Where a refusal is explained: by the doctor, whose pages are open in a sandbox only."""
        settings = self.house.settings
        return [(f"{settings.base_url}/doctor/{trace}", "解决方案")] if settings.sandbox else []

    def send(self, asked: Asked, status: int, body: bytes) -> None:
        """Sign the body and send it."""
        self.house.note(asked, status, body)
        kind = b"application/json;charset=utf-8"
        if asked.encrypted and asked.app is not None and asked.app.aes is not None:
            body, kind = encrypt(body, asked.app.aes), b"text/plain;charset=utf-8"
        timestamp, nonce = str(wall()), asked.trace
        sn = self.house.identity.sn if asked.with_cert else ""

        def signed(signature: str) -> None:
            headers = envelope.v3_headers(timestamp, nonce, signature, asked.trace, sn)
            asked.exchange.reply(status, body, headers, kind)

        self.house.desk.sign("RSA2", response_text(timestamp, nonce, body), signed)


def queried(query: bytes) -> dict[str, Any]:
    """The parameters of a query; a name that is repeated is a list."""
    found: dict[str, Any] = {}
    if not query:
        return found
    try:
        pairs = parse_qsl(query.decode(), keep_blank_values=True, max_num_fields=256, errors="strict")
    except (UnicodeDecodeError, ValueError):
        raise codes.ILLEGAL_FORM(field="query", reason="is not UTF-8, or has too many parameters") from None
    for name, value in pairs:
        if name in found:
            found[name] = [*found[name], value] if isinstance(found[name], list) else [found[name], value]
        else:
            found[name] = value
    return found
