"""Encrypted content that does not decrypt: another key, another mode, another padding, or no encryption at all."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC, ECB

from kaifang.gateway.encryption import BLOCK_BYTES, decrypt
from kaifang.gateway.malformed import Malformed

from .findings import Finding
from .keyring import Chart
from .signature import unbase64
from .v2_draft import read_fields


def content_examined(chart: Chart) -> list[Finding]:
    """Why the content does not decrypt."""
    sent = chart.case.sent
    content = sent.body
    if sent.version == "v2":
        content = next((field.value for field in read_fields(sent) if field.name == b"biz_content"), b"")
    if not sent.whole:
        return [Finding("aes-key-unknown", "possible")]
    if content.strip()[:1] in (b"{", b"["):
        return [Finding("not-encrypted")]
    return [next(attempts(content, chart), Finding("aes-key-unknown", "likely"))]


def attempts(content: bytes, chart: Chart) -> Iterator[Finding]:
    """What makes JSON of it after all."""
    own = chart.secrets.get(chart.case.app, b"")
    blocks = unbase64(content)
    if not blocks or len(blocks) % BLOCK_BYTES:
        yield Finding("cipher-not-base64")
        return
    for app, key in chart.secrets.items():
        if app != chart.case.app and is_json(decrypted(content, key)):
            yield Finding("aes-key-of-another-app", facts={"app": app})
    if own and is_json(opened(blocks, AES(own), ECB())):
        yield Finding("aes-mode", facts={"mode": "ECB"})
    if own and is_json(opened(blocks, AES(own), CBC(bytes(BLOCK_BYTES)))):
        yield Finding("aes-padding")
    if own and is_json(opened(blocks, AES(base64.b64encode(own)), CBC(bytes(BLOCK_BYTES)))):
        yield Finding("aes-key-as-text")


def decrypted(content: bytes, key: bytes) -> bytes:
    """The content under another key; nothing if it does not fit."""
    try:
        return decrypt(content, key)
    except Malformed:
        return b""


def opened(blocks: bytes, algorithm: AES, mode: ECB | CBC) -> bytes:
    """Blocks decrypted as they are, with their padding."""
    decryptor = Cipher(algorithm, mode).decryptor()
    return decryptor.update(blocks) + decryptor.finalize()


def is_json(plain: bytes) -> bool:
    """Whether this is a JSON object with whatever padding behind it."""
    try:
        return isinstance(json.loads(plain[: plain.rindex(b"}") + 1]), dict)
    except (ValueError, RecursionError):
        return False
