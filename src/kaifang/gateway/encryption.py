"""The AES of the official protocol: 128 bits, CBC, an IV of zeros, PKCS#7, base64 around it."""

import base64

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES128
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from .malformed import Malformed

BLOCK_BYTES = 16
ZEROS = CBC(bytes(BLOCK_BYTES))
PADDING = PKCS7(8 * BLOCK_BYTES)


class WrongKey(Malformed):
    """The AES key is not one."""


class WrongBase64(Malformed):
    """The ciphertext is not base64 of whole blocks."""


class WrongPadding(Malformed):
    """The ciphertext does not end as it must: another key, or damaged on the way."""


def load_key(text: str) -> bytes:
    """Read an AES key as merchants hold it: base64 of 16 bytes."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != BLOCK_BYTES:
        raise WrongKey("encrypt_key", "is not base64 of 16 bytes", "set an AES-128 key")
    return key


def encrypt(plain: bytes, key: bytes) -> bytes:
    """Base64 of the encrypted bytes."""
    padder, encryptor = PADDING.padder(), Cipher(AES128(key), ZEROS).encryptor()
    return base64.b64encode(encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize())


def decrypt(text: bytes, key: bytes, field: str = "biz_content") -> bytes:
    """What was encrypted; verify the signature first, for AES-CBC alone notices little."""
    unpadder, decryptor = PADDING.unpadder(), Cipher(AES128(key), ZEROS).decryptor()
    blocks = _blocks(text, field)
    try:
        return unpadder.update(decryptor.update(blocks) + decryptor.finalize()) + unpadder.finalize()
    except ValueError:
        raise WrongPadding(field, "does not decrypt", "encrypt it with the key set for this app") from None


def is_encrypted(text: bytes) -> bool:
    """Whether this is base64 of whole blocks, and so no JSON object."""
    if text[:1] in (b"", b"{"):
        return False
    try:
        return bool(_blocks(text, ""))
    except Malformed:
        return False


def _blocks(text: bytes, field: str) -> bytes:
    try:
        blocks = base64.b64decode(text, validate=True)
    except ValueError:
        blocks = b""
    if not blocks or len(blocks) % BLOCK_BYTES:
        raise WrongBase64(field, "is not base64 of whole AES blocks", "encrypt with AES-128-CBC and PKCS#7 padding")
    return blocks
