"""The usual mistakes in the text that a v3 request signs; each takes a draft and makes the drafts it leads to."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from functools import partial
from itertools import permutations
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode

import msgspec

from kaifang.gateway.authorization import SCHEME
from kaifang.gateway.encryption import decrypt
from kaifang.gateway.malformed import Malformed

from .cases import Sent
from .finish import finishes, unchanged
from .rewritten import rewritten
from .search import Changed, Mistake
from .v3_draft import Draft

Changes = Iterator[Changed]
MOST_MEMBERS = 5  # of the header, of which every order is tried
MILLISECONDS = (*range(1, 101), *(seconds * 1000 for seconds in range(1, 31)))


def ended_otherwise(draft: Draft) -> Changes:
    """The line break at the end left out, doubled, or written in another way."""
    for ending, shown in ((b"", "nothing"), (b"\r\n", "\\r\\n")):
        yield Changed("last-newline", msgspec.structs.replace(draft, ending=ending), {"ending": shown})
    yield Changed("line-too-many", msgspec.structs.replace(draft, ending=b"\n\n"))


def separated_otherwise(draft: Draft) -> Changes:
    """Other line breaks, or none."""
    for between, shown in ((b"\r\n", "\\r\\n"), (b"", "nothing"), (b"\\n", "\\\\n"), (b"&", "&"), (b" ", "blank")):
        for ending in dict.fromkeys((between, b"", b"\n")):
            yield Changed(
                "line-breaks", msgspec.structs.replace(draft, between=between, ending=ending), {"between": shown}
            )


def line_left_out(draft: Draft) -> Changes:
    """A line that was not signed, such as the empty one of a body that is not there."""
    for line, value in draft.lines.items():
        code = "token-missing" if line == "token" else "line-missing" if value else "empty-line-missing"
        yield Changed(code, draft.without(line), {"line": line})
        if value and line in ("body", "token"):
            yield Changed("token-missing" if line == "token" else "body-not-signed", draft.saying(line, b""))


def other_verb(draft: Draft) -> Changes:
    """The verb in small letters, or another one."""
    sent = draft.lines.get("verb", b"")
    for verb in dict.fromkeys((sent.lower(), sent.capitalize(), b"POST", b"GET", b"PUT", b"PATCH", b"DELETE")):
        if verb != sent:
            yield Changed("verb", draft.saying("verb", verb), {"signed": verb.decode("ascii", "replace")})


def other_target(sent: Sent, draft: Draft) -> Changes:
    """The address with its host, without its query, or encoded in another way."""
    whole = draft.lines.get("target", b"")
    path, mark, query = whole.partition(b"?")
    if mark:
        yield Changed("query-missing", draft.saying("target", path))
        yield Changed("query-missing", draft.saying("target", path + b"?"))
    for scheme in (b"", b"http://", b"https://", b"//"):
        yield Changed("host-included", draft.saying("target", scheme + sent.host + whole))
        yield Changed("host-included", draft.saying("target", scheme + sent.host.partition(b":")[0] + whole))
    yield Changed("target-decoded", draft.saying("target", unquote_to_bytes(whole.replace(b"+", b" "))))
    yield Changed("target-decoded", draft.saying("target", unquote_to_bytes(whole)))
    for form, other in other_queries(query):
        yield Changed("target-encoded-otherwise", draft.saying("target", path + b"?" + other), {"form": form})
    for other in (path.removeprefix(b"/v3"), path[1:], path + b"/", path.removeprefix(b"/v3/").replace(b"/", b".")):
        yield Changed("path-changed", draft.saying("target", other + mark + query))
    yield Changed("path-changed", draft.saying("target", b"/gateway.do"))


def other_queries(query: bytes) -> Iterator[tuple[str, bytes]]:
    """The same query in other forms."""
    try:
        pairs = parse_qsl(query.decode(), keep_blank_values=True, errors="strict")
    except ValueError:
        return
    for order, told in (("sorted", sorted(pairs)), ("as-sent", pairs), ("backwards", pairs[::-1])):
        for form, way in (("%20", quote), ("raw", str)):
            yield f"{order}, {form}", "&".join(f"{name}={way(value)}" for name, value in told).encode()
        yield f"{order}, %20", urlencode(told, quote_via=quote, safe="").encode()
        yield f"{order}, +", urlencode(told).encode()


def other_body(sent: Sent, key: bytes | None, draft: Draft) -> Changes:
    """Another body than the one that was sent."""
    body = draft.lines.get("body", b"")
    if sent.upload:
        yield Changed("upload-signed-whole", draft.saying("body", sent.upload))
    if not body:
        yield Changed("empty-body", draft.saying("body", b"{}"), {"signed": "{}"})
        yield Changed("empty-body", draft.saying("body", b"null"), {"signed": "null"})
        yield Changed("query-as-body", draft.saying("body", sent.target.partition(b"?")[2]))
        return
    for form in (body.strip(), body + b"\n"):
        yield Changed("blanks-trimmed", draft.saying("body", form))
    for digest in ("sha256", "md5"):
        told = hashlib.new(digest, body, usedforsecurity=False).hexdigest().encode()
        yield Changed("body-hashed", draft.saying("body", told), {"hash": digest.upper()})
    if key:
        with contextlib.suppress(Malformed):
            yield Changed("signed-before-encrypting", draft.saying("body", decrypt(body, key)))


def body_rewritten(draft: Draft) -> Changes:
    """The JSON written once for the signature and once more, otherwise, for the request."""
    for detail, form in rewritten(draft.lines.get("body", b"")):
        yield Changed("json-rewritten", draft.saying("body", form), {"form": detail, "field": "body"})


def other_authorization(draft: Draft) -> Changes:
    """The header's members in another order or form, with its scheme, or not all of them."""
    told = draft.lines.get("authorization", b"")
    members = told.split(b",")
    for way in permutations(members) if len(members) <= MOST_MEMBERS else ():
        if list(way) != members:
            yield Changed("members-order", draft.saying("authorization", b",".join(way)))
    for at, member in enumerate(members):
        kept = b",".join(members[:at] + members[at + 1 :])
        name = member.partition(b"=")[0].decode("ascii", "replace")
        yield Changed("member-missing", draft.saying("authorization", kept), {"field": name})
    scheme = b"ALIPAY-SHA256withRSA"
    assert scheme.lower() == SCHEME, "the scheme has another name now"
    forms = (
        ("scheme-included", scheme + b" " + told),
        ("members-joined", b", ".join(members)),
        ("members-joined", b"&".join(members)),
        ("members-joined", b"\n".join(member.partition(b"=")[2] for member in members)),
        ("members-joined", told + b","),
        ("members-joined", told + b",sign="),
    )
    yield from (Changed(code, draft.saying("authorization", form)) for code, form in forms)


def other_order(draft: Draft) -> Changes:
    """The lines in another order, such as another platform's."""
    names = list(draft.lines)
    for way in permutations(names):
        if list(way) != names:
            yield Changed("lines-order", draft.of(way), {"order": ", ".join(way)})
    members = dict(member.partition(b"=")[::2] for member in draft.lines.get("authorization", b"").split(b","))
    told = {**draft.lines, "timestamp": members.get(b"timestamp", b""), "nonce": members.get(b"nonce", b"")}
    for way in (("verb", "target", "timestamp", "nonce", "body"), ("timestamp", "nonce", "body")):
        lines = msgspec.structs.replace(draft, lines=told).of(way)
        yield Changed("lines-order", lines, {"order": ", ".join(way)})


def finished_otherwise(draft: Draft) -> Changes:
    """Something done to the whole text."""
    for code, facts, finish in finishes(draft.text(), draft.codec) if draft.finish is unchanged else ():
        if code != "blank-at-end":
            yield Changed(code, msgspec.structs.replace(draft, finish=finish), facts)


def timestamp_changed(draft: Draft) -> Changes:
    """The time read twice: once for the signature, once for the header."""
    told = draft.lines.get("authorization", b"")
    _, found, rest = told.partition(b"timestamp=")
    sent = rest.partition(b",")[0]
    if not found or not sent.isdigit() or len(sent) > 14:
        return
    near = [int(sent) + sign * ms for ms in MILLISECONDS for sign in (-1, 1)]
    for other in (int(sent) // 1000, int(sent) * 1000, int(sent) // 1000 * 1000, *near):
        line = told.replace(b"timestamp=" + sent, b"timestamp=%d" % other)
        yield Changed("timestamp-changed", draft.saying("authorization", line), {"signed": str(other)})


def mistakes(sent: Sent, key: bytes | None) -> list[Mistake]:
    """Those that may come in pairs, from the lines to the whole text."""
    return [
        line_left_out, ended_otherwise, other_verb, partial(other_target, sent), partial(other_body, sent, key),
        body_rewritten, other_authorization, other_order, separated_otherwise, finished_otherwise,
    ]  # fmt: skip


LONELY: tuple[Mistake, ...] = (timestamp_changed,)
