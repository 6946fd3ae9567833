"""Mistakes made with a whole text, after it was put together and before it was signed."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator

from .signature import digest_of

Ending = Callable[[bytes], bytes]
Finish = tuple[str, dict[str, str], Ending]  # code, facts, what is done to the text

CODECS = ("utf-8", "gbk", "latin-1", "utf-16-le", "utf-16")


def unchanged(text: bytes) -> bytes:
    """The text as it is."""
    return text


def finishes(text: bytes, codec: str) -> Iterator[Finish]:
    """What may have happened to this text, as far as it makes a difference."""
    yield "blank-at-end", {"ending": "\\n"}, lambda text: text + b"\n"
    yield "blank-at-end", {"ending": "\\r\\n"}, lambda text: text + b"\r\n"
    yield "blank-at-end", {"ending": "blank"}, lambda text: text + b" "
    yield "byte-order-mark", {}, lambda text: b"\xef\xbb\xbf" + text
    for name in ("SHA256", "SHA1", "MD5"):
        yield "hashed-twice", {"hash": name}, lambda text, name=name: digest_of(name, text).hex().encode()
        yield "hashed-twice", {"hash": name}, lambda text, name=name: digest_of(name, text).hex().upper().encode()
        yield "hashed-twice", {"hash": name}, lambda text, name=name: digest_of(name, text)
        yield "hashed-twice", {"hash": name}, lambda text, name=name: base64.b64encode(digest_of(name, text))
    yield "base64-signed", {}, base64.b64encode
    yield "case-changed", {"case": "lower"}, bytes.lower
    yield "case-changed", {"case": "upper"}, bytes.upper
    if not text.isascii():
        yield from recodings(codec)


def recodings(codec: str) -> Iterator[Finish]:
    """The text in another charset than it was sent in, or said to be in."""
    sources = dict.fromkeys((codec, "utf-8", "gb18030"))
    for source in sources:
        for target in CODECS:
            facts = {"sent": source, "signed": target}
            yield "charset-other", facts, lambda text, pair=(source, target): recoded(text, *pair)


def recoded(text: bytes, source: str, target: str) -> bytes:
    """A text in other bytes; what the other charset cannot say becomes a question mark."""
    try:
        return text.decode(source).encode(target, "replace")
    except UnicodeDecodeError:
        return text
