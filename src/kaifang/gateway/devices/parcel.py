"""What devices and the platform tell each other, however it travels: a line with the signature, then JSON.

What is signed is the JSON as it stands, every byte of it. Devices sign with Ed25519, the platform with its RSA key,
as it does everywhere.
"""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Meta

from .. import codes

LARGEST = 64 * 1024  # bytes of one message
MOST = 10**15


class Said(msgspec.Struct, kw_only=True):
    """What a device says."""

    device_id: Annotated[str, Meta(pattern=r"^[0-9]{1,64}$")]  # the platform's number of it
    counter: Annotated[int, Meta(ge=1, le=MOST)]  # higher than in every message before
    timestamp: Annotated[int, Meta(ge=0, le=MOST)]  # when it was signed, milliseconds
    method: str  # what it calls
    content: msgspec.Raw = msgspec.Raw(b"{}")  # what it asks, a JSON object


class Answered(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What the platform answers; the device and the counter say to what, so that no answer can be passed off twice."""

    device_id: str
    counter: int
    timestamp: int  # milliseconds by the platform's clock
    code: str  # 10000, 10003, or the code of a refusal
    sub_code: str = ""  # the refusal's own code
    sub_msg: str = ""  # what is wrong, and what to do
    content: msgspec.Raw = msgspec.Raw(b"")  # the method's answer


class Parcel(msgspec.Struct, frozen=True):
    """Something that was said, and the signature beside it."""

    signature: bytes  # in base64
    body: bytes

    @property
    def said(self) -> Said:
        """What a device says in it."""
        try:
            return msgspec.json.decode(self.body, type=Said)
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            raise codes.ILLEGAL_FORM(field="message", reason=str(problem)[:200]) from None

    def is_from(self, public_key: str) -> bool:
        """Whether whoever has the other half of this key signed it."""
        try:
            signature = base64.b64decode(self.signature, validate=True)
            if base64.b64encode(signature) != self.signature:  # base64 has several spellings of one signature
                return False
            Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key)).verify(signature, self.body)
        except (InvalidSignature, binascii.Error):
            return False
        return base64.b64encode(signature) == self.signature  # one signature is written in one way only


def unpack(raw: bytes) -> Parcel:
    """The parts of a message."""
    line, _, body = raw.partition(b"\n")
    if len(raw) > LARGEST or not body:
        raise codes.ILLEGAL_FORM(field="message", reason=f"not a signature, a line feed and JSON, to {LARGEST} bytes")
    return Parcel(line, body)


def pack(signature: str, body: bytes) -> bytes:
    """A message as it travels."""
    return signature.encode() + b"\n" + body


def say(key: Ed25519PrivateKey, said: Said) -> bytes:
    """What a device sends, signed with its key."""
    body = msgspec.json.encode(said)
    return pack(base64.b64encode(key.sign(body)).decode(), body)
