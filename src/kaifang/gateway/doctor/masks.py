"""What is shown of a call: control characters made visible, tokens made unusable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import parse_qsl

TOKENS = frozenset([b"auth_token", b"app_auth_token", b"refresh_token", b"code"])
SECRETS = TOKENS | {b"biz_content"}  # what production does not keep
LONGEST_TEXT = 256
SHOWN_OF_TOKEN = 4  # its first characters
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
TOKEN = re.compile(r"[\w.-]{6,}", re.ASCII)


def readable(text: str) -> str:
    """A short text from outside, in one line, that no database and no terminal stumbles over."""
    return UNSEEN.sub("\ufffd", text)[:LONGEST_TEXT]


def visible(text: str) -> str:
    """The same text with everything written out that cannot be seen; line breaks also break the line."""
    return UNSEEN.sub(lambda found: WRITTEN.get(found[0]) or f"\\u{ord(found[0]):04x}", text)


WRITTEN = {"\n": "\\n\n", "\r": "\\r", "\t": "\\t"}


def wide(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def tokens(fields: Iterable[tuple[bytes, bytes]]) -> list[str]:
    """The tokens among a call's fields, as far as they look like some."""
    values = [value.decode("ascii", "replace") for name, value in fields if name in TOKENS]
    return [value for value in values if TOKEN.fullmatch(value)]


def tokens_in_query(query: bytes) -> list[str]:
    """The same for a query."""
    pairs = parse_qsl(query.decode("latin-1"), max_num_fields=None)
    return tokens([(name.encode("latin-1", "replace"), value.encode("latin-1", "replace")) for name, value in pairs])


def masked(text: str, secret: Iterable[str]) -> str:
    """A text in which tokens keep their length and nothing else."""
    for token in secret:
        text = text.replace(token, token[:SHOWN_OF_TOKEN] + "*" * (len(token) - SHOWN_OF_TOKEN))
    return text
