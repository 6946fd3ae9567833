"""The usual mistakes in the text that a v2 request signs; each takes a draft and makes the drafts it leads to."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import combinations

import msgspec

from kaifang.gateway.encryption import decrypt
from kaifang.gateway.malformed import Malformed
from kaifang.gateway.v2 import COMMON, WRITTEN

from .cases import Sent
from .finish import finishes, surrounded, unchanged
from .rewritten import rewritten
from .search import Changed, Mistake
from .v2_draft import ENCODINGS, Draft, Field, Fields, Join, decoded

Changes = Iterator[Changed]
MOST_SUBSETS = 12  # fields of which every choice is tried
OPTIONAL = (
    *("notify_url", "return_url", "app_auth_token", "auth_token", "biz_content", "format", "version", "charset"),
    *("encrypt_type", "app_cert_sn", "alipay_root_cert_sn", "terminal_type", "terminal_info", "prod_code"),
)
USUAL = {  # what a field says that was signed but not sent, or not sent so
    b"format": (b"JSON", b"json"),
    b"charset": (b"utf-8", b"UTF-8", b"GBK", b"gbk", b"utf8"),
    b"version": (b"1.0", b"1"),
    b"sign_type": (b"RSA2", b"RSA", b"rsa2"),
}
NOTHING = (b"null", b"None", b"undefined", b"nil")
DATE = "%Y-%m-%d %H:%M:%S"
SECONDS = [*range(1, 121), *(hours * 3600 for hours in range(1, 15))]


def sign_type_left_out(draft: Draft) -> Changes:
    """As notifications are signed."""
    if draft.get(b"sign_type") is not None:
        yield Changed("sign-type-missing", draft.without(b"sign_type"))


def unsorted(draft: Draft) -> Changes:
    """In another order than that of the names' bytes."""
    for order, sort in ORDERS.items():
        yield Changed("order", msgspec.structs.replace(draft, order=sort), {"order": order})


ORDERS: dict[str, Callable[[Fields], Iterable[Field]]] = {
    "as-sent": tuple,
    "body-first": lambda fields: sorted(fields, key=lambda field: not field.in_body),
    "parts-sorted": lambda fields: sorted(fields, key=lambda field: (field.in_body, field.name)),
    "body-sorted-first": lambda fields: sorted(fields, key=lambda field: (not field.in_body, field.name)),
    "content-last": lambda fields: sorted(fields, key=lambda field: (field.name == b"biz_content", field.name)),
    "sign-type-last": lambda fields: sorted(fields, key=lambda field: (field.name == b"sign_type", field.name)),
    "backwards": lambda fields: sorted(fields, key=lambda field: field.name, reverse=True),
    "by-value": lambda fields: sorted(fields, key=lambda field: field.value),
    "by-pair": lambda fields: sorted(fields, key=lambda field: field.name + b"=" + field.value),
    "by-letters": lambda fields: sorted(fields, key=lambda field: field.name.replace(b"_", b"").lower()),
}


def values_encoded(draft: Draft) -> Changes:
    """URL-encoded before they were signed, instead of afterwards; or sent encoded twice."""
    yield Changed("values-encoded", draft.valued(lambda field: field.sent), {"encoding": "as-sent"})
    for name, encode in ENCODINGS.items():
        yield Changed("values-encoded", draft.valued(partial(coded, encode)), {"encoding": name})
    twice = ENCODINGS["form"]
    yield Changed("encoded-twice", draft.valued(lambda field: twice(twice(field.value))))
    content = draft.get(b"biz_content")
    for name, encode in ENCODINGS.items() if content else ():
        yield Changed("values-encoded", draft.saying(b"biz_content", encode(content or b"")), {"encoding": name})


def coded(change: Callable[[bytes], bytes], field: Field) -> bytes:
    """The value of a field in another form."""
    return change(field.value)


def sent_encoded_twice(draft: Draft) -> Changes:
    """Encoded once more on the way, by a library that does it anyway."""
    yield Changed("sent-encoded-twice", draft.valued(lambda field: decoded(field.value)))
    for field in draft.fields:
        if b"%" in field.value:
            yield Changed("sent-encoded-twice", draft.saying(field.name, decoded(field.value)), named(field))


def named(field: Field) -> dict[str, str]:
    """The name of a field, as a fact."""
    return {"field": field.name.decode("ascii", "replace")}


def content_rewritten(draft: Draft) -> Changes:
    """The JSON written once for the signature and once more, otherwise, for the request."""
    for field in draft.fields:
        if field.value[:1] in (b"{", b"["):
            for detail, form in rewritten(field.value, draft.codec):
                yield Changed("json-rewritten", draft.saying(field.name, form), {"form": detail} | named(field))


def not_encoded(draft: Draft) -> Changes:
    """Put into the address or body as it is, so that + and & were taken for what they mean there."""
    if any(b"+" in (field.raw or b"") for field in draft.fields):
        yield Changed("plus-not-encoded", draft.valued(with_plus))
        for field in draft.fields:
            if b"+" in (field.raw or b""):
                yield Changed("plus-not-encoded", draft.saying(field.name, with_plus(field)), named(field))
    for at, field in enumerate(draft.fields):
        torn = draft.fields[at + 1 :]
        strange = next((i for i, one in enumerate(torn) if one.name in COMMON), len(torn))
        for end in range(1, strange + 1):
            whole = b"&".join([field.sent, *(one.name + b"=" + one.sent for one in torn[:end])])
            rest = (*draft.fields[:at], field.with_value(decoded(whole)), *torn[end:])
            yield Changed("ampersand-not-encoded", draft.of(rest), named(field))
            rest = (*draft.fields[:at], field.with_value(whole), *torn[end:])
            yield Changed("ampersand-not-encoded", draft.of(rest), named(field))


def with_plus(field: Field) -> bytes:
    """A value whose plus signs were meant."""
    return field.value if field.raw is None else decoded(field.raw.replace(b"+", b"%2B"))


def empty_values(draft: Draft) -> Changes:
    """Fields without a value that were signed and not sent, or some of those that were."""
    empty = [field.name for field in draft.fields if not field.value]
    for name in empty if len(empty) > 1 else ():
        yield Changed("empty-values-mixed", draft.without(name), {"field": name.decode("ascii", "replace")})
    yield from absent(draft, (b"",))


def nulls(draft: Draft) -> Changes:
    """Fields that said something like null when they were signed."""
    yield from absent(draft, NOTHING)


def absent(draft: Draft, values: Iterable[bytes]) -> Changes:
    """Fields that were signed as saying nothing, and not sent."""
    for name in OPTIONAL:
        for value in values if not draft.get(name.encode()) else ():
            facts = {"field": name, "value": value.decode()}
            yield Changed("empty-value-signed", draft.saying(name.encode(), value), facts)


def said_otherwise(draft: Draft) -> Changes:
    """A common field that said something else when it was signed, or was signed and not sent."""
    for name, values in USUAL.items():
        sent = draft.get(name)
        for value in values:
            facts = {"field": name.decode(), "value": value.decode()}
            if sent is None:
                yield Changed("field-not-sent", draft.saying(name, value), facts)
            elif value != sent:
                yield Changed("value-changed", draft.saying(name, value), facts)


def blanks_trimmed(draft: Draft) -> Changes:
    """Blanks around values that were sent and not signed."""
    yield Changed("blanks-trimmed", draft.valued(lambda field: field.value.strip()))
    yield Changed("blanks-trimmed", draft.valued(lambda field: re.sub(rb"\s+", b"", field.value)))


def escaped_for_html(draft: Draft) -> Changes:
    """Values that went through an HTML form or page and were escaped, or not, on one side only."""
    for change in (html.unescape, html.escape, partial(html.escape, quote=False)):
        escape = partial(on_text, change)
        yield Changed("html-escaped", draft.valued(partial(coded, escape)))
        for field in draft.fields:
            if (value := escape(field.value)) != field.value:
                yield Changed("html-escaped", draft.saying(field.name, value), named(field))


def on_text(change: Callable[[str], str], value: bytes) -> bytes:
    """Bytes changed as if they were text, whatever their charset."""
    return change(value.decode("latin-1")).encode("latin-1", "replace")


def field_left_out(draft: Draft) -> Changes:
    """Sent, but not signed: one field, or a whole part of the request."""
    for field in draft.fields:
        if field.value:
            yield Changed("field-missing", draft.without(field.name), named(field))
    for in_body, code in ((True, "body-missing"), (False, "query-missing")):
        kept = [field for field in draft.fields if field.in_body is not in_body]
        if kept and len(kept) < len(draft.fields):
            yield Changed(code, draft.of(kept))


def content_alone(draft: Draft) -> Changes:
    """Nothing but the content signed, or nothing but the values."""
    content = draft.get(b"biz_content")
    if content:
        only = draft.of([Field(b"", content)])
        yield Changed("content-alone", msgspec.structs.replace(only, join=Join(inside=b"")))


def joined_otherwise(draft: Draft) -> Changes:
    """Other signs between names and values than & and =, or none."""
    joins = {
        "k=vk=v": Join(between=b""), "kvkv": Join(b"", b""), "kv&kv": Join(inside=b""), "vv": Join(b"", names=False),
        "v&v": Join(names=False), 'k="v"&k="v"': Join(around=b'"'), "k='v'": Join(around=b"'"),
        "k=v\\n": Join(between=b"\n"), "k=v,k=v": Join(between=b","), "k:v": Join(inside=b":"),
        "k=v&amp;k=v": Join(between=b"&amp;"), "k=v|k=v": Join(between=b"|"),
    }  # fmt: skip
    for form, join in joins.items():
        yield Changed("joined-otherwise", msgspec.structs.replace(draft, join=join), {"form": form})
    for form, before, after in (("k=v&", b"", b"&"), ("?k=v", b"?", b""), ("&k=v", b"&", b"")):
        yield Changed("joined-otherwise", around(draft, before, after), {"form": form})


def around(draft: Draft, before: bytes, after: bytes) -> Draft:
    """A draft with something before and behind its text."""
    return msgspec.structs.replace(draft, finish=lambda text: surrounded(before, after, draft.finish(text)))


def sign_included(draft: Draft) -> Changes:
    """The field sign in the text, before it had a value."""
    yield Changed("sign-included", draft.saying(b"sign", b""))


def finished_otherwise(draft: Draft) -> Changes:
    """Something done to the whole text."""
    for code, facts, finish in finishes(draft.text(), draft.codec) if draft.finish is unchanged else ():
        yield Changed(code, msgspec.structs.replace(draft, finish=finish), facts)


def address_included(sent: Sent, draft: Draft) -> Changes:
    """The address before the text, or its pieces on lines of their own, as v3 wants them."""
    path = sent.target.partition(b"?")[0]
    verb = sent.verb.encode()
    heads = (b"http://" + sent.host + path, b"https://" + sent.host + path, path, verb + b" " + path)
    for head in heads:
        for between in (b"?", b"&", b"\n"):
            yield Changed("address-included", around(draft, head + between, b""))


def timestamp_changed(draft: Draft) -> Changes:
    """The time read twice: once for the signature, once for the request."""
    text = (draft.get(b"timestamp") or b"").decode("ascii", "replace")
    if not WRITTEN.fullmatch(text.encode()):
        return
    for other in other_times(text):
        yield Changed("timestamp-changed", draft.saying(b"timestamp", other.encode()), {"signed": other})


def other_times(text: str) -> Iterator[str]:
    """Other ways to write a time, and other times near it."""
    yield from (text.replace(" ", "T"), text.replace(" ", "+"), text[:16], text[:10], text.replace("-", "/"))
    try:
        sent = datetime.strptime(text, DATE)
        for seconds in SECONDS:
            yield from ((sent + timedelta(seconds=sign * seconds)).strftime(DATE) for sign in (-1, 1))
    except (ValueError, OverflowError):
        return


def some_left_out(draft: Draft) -> Changes:
    """Any choice of the fields, the largest first."""
    if len(draft.fields) > MOST_SUBSETS:
        return
    for left_out in range(2, len(draft.fields)):
        for names in combinations([field.name for field in draft.fields], left_out):
            told = ", ".join(name.decode("ascii", "replace") for name in names)
            yield Changed("fields-missing", draft.without(*names), {"fields": told})


def content_decrypted(key: bytes, draft: Draft) -> Changes:
    """Signed before it was encrypted."""
    content = draft.get(b"biz_content")
    if content and draft.get(b"encrypt_type"):
        try:
            plain = draft.saying(b"biz_content", decrypt(content, key))
        except Malformed:
            return
        yield Changed("signed-before-encrypting", plain)
        yield Changed("signed-before-encrypting", plain.without(b"encrypt_type"))


def mistakes(sent: Sent, key: bytes | None) -> list[Mistake]:
    """Those that may come in pairs, from the fields to the whole text."""
    encrypted = [partial(content_decrypted, key)] if key else []
    return [
        sign_type_left_out, field_left_out, empty_values, said_otherwise, sign_included, blanks_trimmed,
        escaped_for_html, not_encoded, sent_encoded_twice, *encrypted, content_rewritten, values_encoded, unsorted,
        content_alone, joined_otherwise, partial(address_included, sent), finished_otherwise,
    ]  # fmt: skip


LONELY: tuple[Mistake, ...] = (nulls, timestamp_changed, some_left_out)  # with too many forms to come in pairs
