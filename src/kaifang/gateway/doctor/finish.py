"""Mistakes made with a whole text, after it was put together and before it was signed."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product

from .signature import digest_of

Ending = Callable[[bytes], bytes]
Finish = tuple[str, dict[str, str], Ending]  # code, facts, what is done to the text

CODECS = ("utf-8", "gbk", "latin-1", "utf-16-le", "utf-16")


def unchanged(text: bytes) -> bytes:
    """The text as it is."""
    return text


def finishes(text: bytes, codec: str) -> Iterator[Finish]:
    """What may have happened to this text, as far as it makes a difference."""
    for shown, ending in (("\\n", b"\n"), ("\\r\\n", b"\r\n"), ("blank", b" ")):
        yield "blank-at-end", {"ending": shown}, partial(surrounded, b"", ending)
    yield "byte-order-mark", {}, partial(surrounded, b"\xef\xbb\xbf", b"")
    for name, form in product(("SHA256", "SHA1", "MD5"), DIGESTS):
        yield "hashed-twice", {"hash": name}, partial(hashed, name, form)
    yield "base64-signed", {}, base64.b64encode
    yield "case-changed", {"case": "lower"}, bytes.lower
    yield "case-changed", {"case": "upper"}, bytes.upper
    for source, target in product(dict.fromkeys((codec, "utf-8", "gb18030")), CODECS if not text.isascii() else ()):
        yield "charset-other", {"sent": source, "signed": target}, partial(recoded, source, target)


def surrounded(before: bytes, after: bytes, text: bytes) -> bytes:
    """A text between two others."""
    return before + text + after


DIGESTS: dict[str, Ending] = {
    "bytes": unchanged,
    "hex": lambda digest: digest.hex().encode(),
    "capitals": lambda digest: digest.hex().upper().encode(),
    "base64": base64.b64encode,
}


def hashed(name: str, form: str, text: bytes) -> bytes:
    """The digest of a text, written in some form."""
    return DIGESTS[form](digest_of(name, text))


def recoded(source: str, target: str, text: bytes) -> bytes:
    """A text in other bytes; what the other charset cannot say becomes a question mark."""
    try:
        return text.decode(source).encode(target, "replace")
    except UnicodeDecodeError:
        return text
