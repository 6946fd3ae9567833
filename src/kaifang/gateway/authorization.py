"""Who signed a v3 request and what: the Authorization header, and the texts signed both ways."""

from collections.abc import Iterator, Sequence

import msgspec

from .malformed import Malformed

SCHEME = b"alipay-sha256withrsa"
LONGEST_HEADER = 4096  # bytes; the usual one has 500


class Authorization(msgspec.Struct, frozen=True, kw_only=True):
    """What the Authorization header of a v3 request says; members that were not sent are empty."""

    text: bytes  # as sent, up to the signature: the first line of what was signed
    sign: bytes  # base64; empty if the client has no key
    app_id: str = ""
    app_cert_sn: str = ""
    nonce: str = ""
    timestamp: str = ""  # milliseconds since 1970
    expired_seconds: str = ""
    session: str = ""  # whose key signed instead of the app's; `new` for the one that the request opens


KNOWN = frozenset(Authorization.__struct_fields__) - {"text", "sign"}


def parse_authorization(header: bytes) -> Authorization:
    """Read `ALIPAY-SHA256withRSA app_id=...,nonce=...,timestamp=...,sign=...`; unknown members are only signed."""
    if len(header) > LONGEST_HEADER or not (header.isascii() and header.decode("latin-1").isprintable()):
        raise Malformed("authorization", "is too long or not plain ASCII", "send one line of at most 4096 characters")
    scheme, _, rest = header.partition(b" ")
    if scheme.lower() != SCHEME:
        raise Malformed("authorization", "has another scheme", "begin with ALIPAY-SHA256withRSA and one blank")
    text, found, sign = rest.rpartition(b",sign=")  # from the right, because base64 contains equals signs
    if not found:
        text, sign = rest, b""
    return Authorization(text=text, sign=sign, **_members(text.decode()))


def _members(text: str) -> dict[str, str]:
    members: dict[str, str] = {}
    for member in text.split(","):
        name, _, value = member.partition("=")
        if name in members:
            raise Malformed("authorization", "says something twice", f"send {name} once")
        if name in KNOWN:
            members[name] = value
    return members


def request_texts(
    authorization: Authorization, verb: bytes, target: bytes, bodies: Sequence[bytes], app_auth_token: bytes | None
) -> Iterator[bytes]:
    """What the client may have signed, likeliest first; the target is as sent, without scheme and host.

    The bodies are the alternatives of `forms.signed_bodies`. A server below may have lost a bare `?` at the end.
    """
    targets = (target,) if b"?" in target else (target, target + b"?")
    token = b"" if app_auth_token is None else app_auth_token + b"\n"
    for body in bodies:
        for place in targets:
            yield b"%b\n%b\n%b\n%b\n%b" % (authorization.text, verb.upper(), place, body, token)


def response_text(timestamp: str, nonce: str, body: bytes) -> bytes:
    """What we sign of a v3 answer, and what its client checks."""
    return b"%b\n%b\n%b\n" % (timestamp.encode(), nonce.encode(), body)
