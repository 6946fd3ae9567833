"""The v2 door, /gateway.do: fields read as bytes, checked in the documented order, answered in a signed envelope."""

from __future__ import annotations

import re
import time
from functools import lru_cache
from typing import Any

import msgspec

from kaifang.kernel import ILLEGAL_JSON, INVALID_PARAMETER, Caller, Fault, Shape
from kaifang.kernel.clock import DAY, wall
from kaifang.kernel.method import Method, Page, allow
from kaifang.kernel.shape import encode

from . import catalogue, codes, envelope, notify_verify
from .apps import App
from .encryption import decrypt, is_encrypted
from .forms import Form, read_codec, read_form
from .house import House
from .http import Exchange
from .malformed import Malformed
from .signing import Fields, signed_fields

UNCODED = "alipay.system.oauth.token"  # the one method whose answer has no code, and whose refusals stand elsewhere
CERTIFICATE = "alipay.open.app.alipaycert.download"  # asked by a client in need, which one of them does in few words
COMMON = frozenset(
    b"app_id method format charset sign_type sign timestamp version notify_url return_url auth_token app_auth_token "
    b"encrypt_type app_cert_sn alipay_root_cert_sn alipay_sdk prod_code terminal_type terminal_info ws_service_url "
    b"target_app_id biz_content".split()
)
INERT = (b"content-security-policy", b"sandbox; default-src 'none'")  # text/html to a browser, which shall run nothing
WRITTEN = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
MOST_VALUES = 20_000  # in the fields of a call: they are read in 40 ms at the longest
VERSION = re.compile(rb"\d\.\d")


class Asked:
    """One v2 call on its way through the checks; what is known of it so far."""

    __slots__ = ("exchange", "trace", "form", "fields", "codec", "charset", "name", "method", "app", "sign_type",
                 "with_cert", "encrypted", "language")  # fmt: skip

    def __init__(self, exchange: Exchange, trace: str) -> None:
        self.exchange, self.trace = exchange, trace
        self.form, self.codec, self.charset, self.name = Form(), "utf-8", "utf-8", ""
        self.fields: Fields = {}
        self.method: Method | None = None
        self.app: App | None = None
        self.sign_type, self.with_cert, self.encrypted = "RSA2", False, False
        self.language = codes.language(exchange.get(b"accept-language"))


class V2:
    """Answers calls to /gateway.do."""

    def __init__(self, house: House) -> None:
        self.house = house

    def __call__(self, exchange: Exchange) -> None:
        """Answer a call: check it, queue its unit of work, sign and send what comes of it."""
        if notify_verify.asks(exchange):
            notify_verify.answer(self.house, exchange)
            return
        asked = Asked(exchange, self.house.new_trace())
        try:
            method, app = self.check(asked)
            caller = self.caller(asked, app)
            allow(method, caller)
            if not app.spend(time.monotonic()):
                raise codes.CALL_LIMITED(calls_a_second=app.rate)
            body = self._business(asked, app)
            self.house.carry_out(method, caller, body, lambda result: self.answer(asked, result))
        except Fault as refusal:
            self.refuse(asked, refusal)
        except Malformed as problem:
            self.refuse(asked, codes.ILLEGAL_FORM(field=problem.field, reason=problem.reason, cure=problem.cure))
        except Exception as problem:  # noqa: BLE001 - clients read refusals, and nothing else
            self.refuse(asked, self.house.broken(problem, asked.trace))

    # The checks, in the documented order

    def check(self, asked: Asked) -> tuple[Method, App]:
        """Everything up to the business fields."""
        exchange = asked.exchange
        content_type = (exchange.get(b"content-type") or b"").decode("latin-1")
        asked.form = form = read_form(exchange.query, exchange.body, content_type)
        asked.fields = fields = form.fields
        asked.name = fields.get(b"method", b"").decode("ascii", "replace")
        if not asked.name:
            raise codes.MISSING_METHOD()
        asked.method = method = self.house.method(asked.name)
        asked.app = app = self.house.app(fields.get(b"app_id", b"").decode("ascii", "replace"))
        self._common(asked)
        asked.fields = self._signed(asked, app)
        return method, app

    def _common(self, asked: Asked) -> None:
        fields = asked.fields
        try:
            asked.codec = read_codec(fields)
        except Malformed:
            raise codes.INVALID_CHARSET() from None
        asked.charset = (fields.get(b"charset") or b"utf-8").decode("ascii")
        if asked.form.clashes:
            raise codes.SUSPECTED_ATTACK(field=asked.form.clashes[0].decode("ascii", "replace")[:64])
        if fields.get(b"format", b"JSON").upper() not in (b"JSON", b""):
            raise codes.INVALID_FORMAT()
        version = fields.get(b"version", b"")
        if not version and asked.name != CERTIFICATE:
            raise codes.MISSING_VERSION()
        if version and not VERSION.fullmatch(version):
            raise codes.INVALID_VERSION()
        self._timestamp(fields)
        sign_type = fields.get(b"sign_type", b"")
        if not sign_type:
            raise codes.MISSING_SIGN_TYPE()
        if sign_type not in (b"RSA2", b"RSA"):
            raise codes.INVALID_SIGN_TYPE(sign_type=sign_type.decode("ascii", "replace")[:16])
        asked.sign_type = sign_type.decode()
        if not fields.get(b"sign"):
            raise codes.MISSING_SIGN()

    def _timestamp(self, fields: Fields) -> None:
        text = fields.get(b"timestamp", b"")
        if not text:
            raise codes.MISSING_TIMESTAMP()
        if not WRITTEN.fullmatch(text):
            raise codes.INVALID_TIMESTAMP()
        # Clients write local time without a zone, and a sandbox's clock is moved: both clocks count, a day either way.
        written = milliseconds(text)
        if written is None or min(abs(written - wall()), abs(written - self.house.platform.clock.now())) > DAY:
            raise codes.INVALID_TIMESTAMP()

    def _signed(self, asked: Asked, app: App) -> Fields:
        """The fields that the app's signature covers."""
        sn = asked.fields.get(b"app_cert_sn", b"").decode("ascii", "replace")
        asked.with_cert = bool(sn)
        key = self.house.signing_key(app, sn)
        root = asked.fields.get(b"alipay_root_cert_sn", b"").decode("ascii", "replace")
        if sn and not root and asked.name != CERTIFICATE:
            raise codes.MISSING_ROOT_CERT()
        if sn and root and root != self.house.identity.root_sn:
            raise codes.INVALID_ROOT_CERT(expected=self.house.identity.root_sn)
        covered = signed_fields(key, asked.fields, asked.sign_type)
        if covered is None:
            raise codes.INVALID_SIGN(trace=asked.trace)
        return covered

    def caller(self, asked: Asked, app: App) -> Caller:
        """Who calls, by the tokens among the signed fields."""
        get, codec = asked.fields.get, asked.codec
        notify_url = codes.checked_url("notify_url", get(b"notify_url", b"").decode(codec, "replace"))
        return_url = codes.checked_url("return_url", get(b"return_url", b"").decode(codec, "replace"))
        return self.house.caller(
            app,
            asked.name,
            get(b"app_auth_token", b"").decode("ascii", "replace"),
            get(b"auth_token", b"").decode("ascii", "replace"),
            notify_url=notify_url,
            return_url=return_url,
        )

    def _business(self, asked: Asked, app: App) -> bytes | dict[str, Any]:
        fields = asked.fields
        content = fields.get(b"biz_content", b"")
        if fields.get(b"encrypt_type"):
            content = self._decrypted(asked, app, content)
        elif app.aes is not None and is_encrypted(content):
            raise codes.MISSING_ENCRYPT_TYPE()
        elif asked.codec != "utf-8":
            content = recoded(content, asked.codec)
        more = fields.keys() - COMMON
        bounded(content, *[fields[name] for name in more])
        if not more and not asked.form.files:
            return content or b"{}"
        told = as_object(content) if content else {}
        told |= {name.decode("ascii", "replace"): fields[name].decode(asked.codec, "replace") for name in more}
        return told | {name.decode("ascii", "replace"): file.content for name, file in asked.form.files.items()}

    @staticmethod
    def _decrypted(asked: Asked, app: App, content: bytes) -> bytes:
        if asked.fields[b"encrypt_type"].upper() != b"AES":
            raise codes.INVALID_ENCRYPT_TYPE()
        if app.aes is None:
            raise codes.NO_ENCRYPT_KEY()
        try:
            content = decrypt(content, app.aes)
        except Malformed:
            raise codes.UNDECRYPTED() from None
        asked.encrypted = True
        return content

    # The answers

    def answer(self, asked: Asked, result: Any) -> None:
        """Send what the method answered."""
        if isinstance(result, Exception):
            self.refuse(asked, self.house.refusal(result, asked.trace))
        elif isinstance(result, Page):
            headers = [(b"location", result.path.encode()), (b"cache-control", b"no-store")]
            self.house.note(asked, 302, encode({"page": result.path}))
            asked.exchange.reply(302, b"", headers, b"text/html;charset=utf-8")
        else:
            self.send(asked, envelope.node_name(asked.name), self.told(asked, result))

    def told(self, asked: Asked, answer: Shape) -> bytes:
        """The JSON of an answer, with its code."""
        text = encode(self.house.returned(answer) if self.house.returns(answer) else answer)
        if asked.name == UNCODED:
            return text
        code = getattr(answer, "CODE", "10000")
        return envelope.coded(text, code, codes.MESSAGES[code])

    def refuse(self, asked: Asked, refusal: Fault) -> None:
        """Send a refusal: in the method's own node, or in error_response if no method is meant."""
        self.house.note_refusal(asked, refusal)
        code, msg = codes.v2_code(refusal.kind)
        text = envelope.refused(code, msg, refusal.kind.code, refusal.says(asked.language))
        if asked.method is not None and asked.method.is_page:
            self.house.note(asked, 200, text)
            self.house.error_page(asked.exchange, refusal, asked.trace)
            return
        meant = asked.method is not None or catalogue.known(asked.name)
        own = meant and asked.name != UNCODED  # where SDKs look first, and the only place where Node's verifies
        self.send(asked, envelope.node_name(asked.name) if own else envelope.ERROR_NAME, text)

    def send(self, asked: Asked, name: str, text: bytes) -> None:
        """Sign the node and send the envelope."""
        self.house.note(asked, 200, text)
        node = envelope.node(text, asked.codec)
        if asked.encrypted and asked.app is not None and asked.app.aes is not None:
            node = envelope.encrypted_node(node, asked.app.aes)
        sn = self.house.identity.sn if asked.with_cert else ""

        def signed(signature: str) -> None:
            body = envelope.v2_body(name, node, signature, sn)
            headers = [(b"trace_id", asked.trace.encode()), INERT]
            asked.exchange.reply(200, body, headers, b"text/html;charset=" + asked.charset.encode())

        self.house.desk.sign(asked.sign_type, node, signed)


@lru_cache(maxsize=1024)  # under load one second is written thousands of times
def milliseconds(timestamp: bytes) -> float | None:
    """A timestamp of the local wall clock, or None if there is no such time."""
    try:
        return time.mktime(time.strptime(timestamp.decode(), "%Y-%m-%d %H:%M:%S")) * 1000
    except (ValueError, OverflowError):
        return None


def recoded(content: bytes, codec: str) -> bytes:
    """Text of another charset as UTF-8."""
    try:
        return content.decode(codec).encode()
    except UnicodeDecodeError:
        raise codes.INVALID_CHARSET(field="biz_content") from None


def bounded(*texts: bytes) -> None:
    """Refuse what holds so many values that reading it would keep everybody waiting; commas tell, escaped ones too."""
    if sum(text.count(b",") + text.count(b"u002") for text in texts) > MOST_VALUES:
        raise INVALID_PARAMETER(field="biz_content", reason=f"more than {MOST_VALUES} values; ask in several calls")


def as_object(content: bytes) -> dict[str, Any]:
    """JSON that must be an object."""
    try:
        found = msgspec.json.decode(content)
    except msgspec.DecodeError:
        raise ILLEGAL_JSON() from None
    if not isinstance(found, dict):
        raise ILLEGAL_JSON()
    return found
