"""What a signature tells of itself: how it was written, whose key made it, with which hash, of which digest."""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote_to_bytes

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS, PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256

from .keyring import Known

HEX = re.compile(rb"(?:[0-9a-fA-F]{2})+")
BLANKS = re.compile(rb"[\s\0]+")
RSA_BYTES = range(64, 1025)  # of a signature, for keys of 512 to 8192 bits
DIGEST_BYTES = {16: "MD5", 20: "SHA1", 32: "SHA256", 48: "SHA384", 64: "SHA512"}
PADDING = PKCS1v15()

# What stands before the digest inside a signature. Source: RFC 8017, 9.2, note 1.
HEADS = {
    "MD5": "3020300c06082a864886f70d020505000410",
    "SHA1": "3021300906052b0e03021a05000414",
    "SHA224": "302d300d06096086480165030402040500041c",
    "SHA256": "3031300d060960864801650304020105000420",
    "SHA384": "3041300d060960864801650304020205000430",
    "SHA512": "3051300d060960864801650304020305000440",
}


class Reading(msgspec.Struct, frozen=True):
    """A signature read in one way."""

    value: bytes
    code: str = ""  # the mistake in how it was written, if there is one


class Proof(msgspec.Struct, frozen=True):
    """What a key takes out of a signature that was made with its private half."""

    reading: Reading
    known: Known
    hash: str  # SHA256, ...; empty if what was signed is no digest
    digest: bytes  # or all that was signed
    bare: bool = False  # whether the name of the hash is missing

    def covers(self, text: bytes) -> bool:
        """Whether this is the text that was signed."""
        if self.hash:
            return digest_of(self.hash, text) == self.digest
        return self.digest in (text, *(digest_of(name, text).hex().encode() for name in ("SHA256", "SHA1", "MD5")))

    def of(self, text: bytes) -> bytes:
        """The same of another text."""
        return digest_of(self.hash, text) if self.hash else b""


def digest_of(name: str, text: bytes) -> bytes:
    """The digest of a text."""
    return hashlib.new(name, text, usedforsecurity=False).digest()


def unbase64(text: bytes) -> bytes:
    """What plain base64 says; nothing if it is none."""
    try:
        return binascii.a2b_base64(text, strict_mode=True)
    except ValueError:
        return b""


def readings(text: bytes) -> Iterator[Reading]:
    """The ways to read a signature, the right one first."""
    plain = unbase64(text)
    twice = unbase64(plain) if plain.isascii() else b""
    if len(twice) in RSA_BYTES:
        yield Reading(twice, "sign-encoded-twice")
    elif HEX.fullmatch(text) and len(text) // 2 in RSA_BYTES:
        yield Reading(bytes.fromhex(text.decode()), "sign-hex")
    elif plain:
        yield Reading(plain)
    else:
        yield from mended(text)


def mended(text: bytes) -> Iterator[Reading]:
    """What is no base64, with one usual mistake undone."""
    standard = text.translate(bytes.maketrans(b"-_", b"+/"))
    ways = (
        ("sign-plus-lost", text.replace(b" ", b"+")),
        ("sign-still-encoded", unquote_to_bytes(text)),
        ("sign-still-encoded", unquote_to_bytes(unquote_to_bytes(text))),
        ("sign-quoted", text.strip(b"\"' ")),
        ("sign-wrapped", BLANKS.sub(b"", text.replace(b"\\n", b""))),
        ("sign-wrapped", BLANKS.sub(b"", unquote_to_bytes(text))),
        ("sign-urlsafe", standard),
        ("sign-padding-lost", repadded(text)),
        ("sign-urlsafe", repadded(standard)),
    )
    for code, way in ways:
        value = unbase64(way) if way != text else b""
        if len(value) in RSA_BYTES:
            yield Reading(value, code)


def repadded(text: bytes) -> bytes:
    """Base64 with the equals signs that it needs."""
    bare = text.rstrip(b"=")
    return bare + b"=" * (-len(bare) % 4)


def prove(sign: bytes, keys: Iterable[Known]) -> Proof | None:
    """The first known key that a signature was made with, and what it signed."""
    keys = tuple(keys)
    for reading in readings(sign):
        for known in keys:
            signed = opened(known.key, reading.value)
            if signed:
                return proof(reading, known, signed)
    return None


def opened(key: RSAPublicKey, signature: bytes) -> bytes:
    """What a signature covers, if the private half of this key made it; else nothing."""
    if len(signature) * 8 != key.key_size:
        return b""
    try:
        return key.recover_data_from_signature(signature, PADDING, None)
    except InvalidSignature:
        return b""


def proof(reading: Reading, known: Known, signed: bytes) -> Proof:
    """What was signed, read."""
    for name, head in HEADS.items():
        digest = signed.removeprefix(bytes.fromhex(head))
        if digest != signed and len(digest) == hashlib.new(name, usedforsecurity=False).digest_size:
            return Proof(reading, known, name, digest)
    if len(signed) in DIGEST_BYTES and not HEX.fullmatch(signed):
        return Proof(reading, known, DIGEST_BYTES[len(signed)], signed, bare=True)
    return Proof(reading, known, "", signed)


def made_with_pss(sign: bytes, keys: Iterable[Known], texts: Iterable[bytes]) -> Known | None:
    """The known key that signed one of these texts with the other padding."""
    value, texts = unbase64(sign), tuple(texts)
    for known in keys:
        for text in texts:
            for kind in (SHA256(), SHA1()):
                try:
                    known.key.verify(value, text, PSS(MGF1(kind), PSS.AUTO), kind)
                except (InvalidSignature, ValueError):
                    continue
                return known
    return None
