"""RSA signatures, and the texts that they cover wherever fields are signed: v2, notifications, return addresses."""

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256

HASHES = {"RSA2": SHA256(), "RSA": SHA1()}  # sign_type -> what is signed; SHA-1 because old clients ask for it
PADDING = PKCS1v15()

Fields = Mapping[bytes, bytes]  # decoded names and values, in the bytes of the request's charset


class Signer(Protocol):
    """Signs with one key and one sign_type; a list at a time, because eight at once can cost less than one by one."""

    def sign_many(self, messages: Sequence[bytes]) -> list[str]:
        """The signatures in the same order, in base64."""
        ...


class RsaSigner:
    """The signer that every machine has: one message after another, in the thread that calls."""

    __slots__ = ("_key", "_hash")

    def __init__(self, key: RSAPrivateKey, sign_type: str = "RSA2") -> None:
        self._key, self._hash = key, HASHES[sign_type]

    def sign_many(self, messages: Sequence[bytes]) -> list[str]:
        """The signatures in the same order, in base64."""
        sign, hashed = self._key.sign, self._hash
        return [base64.b64encode(sign(message, PADDING, hashed)).decode() for message in messages]


def verify(key: RSAPublicKey, message: bytes, signature: bytes | str, sign_type: str = "RSA2") -> bool:
    """Whether the owner of the key signed exactly these bytes; anything but plain base64 is no signature."""
    hashed = HASHES[sign_type]
    try:
        key.verify(binascii.a2b_base64(signature, strict_mode=True), message, PADDING, hashed)
    except (InvalidSignature, ValueError):
        return False
    return True


def text_with_type(fields: Fields) -> bytes:
    """All fields but `sign`, by name: what v2 requests, message channels and old life-account messages sign."""
    return b"&".join([name + b"=" + fields[name] for name in sorted(fields) if name != b"sign"])


def text_without_type(fields: Fields) -> bytes:
    """All fields but `sign` and `sign_type`, by name: what notifications and return addresses sign."""
    return text_with_type({name: value for name, value in fields.items() if name != b"sign_type"})


def signed_fields(key: RSAPublicKey, fields: Fields, sign_type: str) -> Fields | None:
    """The fields that a v2 request's signature covers, or None if it covers none; nobody vouches for the others."""
    signature = fields.get(b"sign", b"")
    for candidate in _ways_to_sign(fields):
        if verify(key, text_with_type(candidate), signature, sign_type):
            return candidate
    return None


def _ways_to_sign(fields: Fields) -> Iterator[Fields]:
    # most clients sign no empty values, two sign those they were given, and PHP's takes "0" for empty as well
    values = fields.values()
    filled = {name: value for name, value in fields.items() if value} if b"" in values else fields
    yield filled
    if filled is not fields:
        yield fields
    if b"0" in values:
        yield {name: value for name, value in filled.items() if value != b"0"}
