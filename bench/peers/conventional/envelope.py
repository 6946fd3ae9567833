"""Signatures and answers of the v2 protocol."""

import base64
import json
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key


def parse_key(spki: str) -> RSAPublicKey:
    """An application's key, from the base64 it was registered with."""
    key = load_der_public_key(base64.b64decode(spki))
    assert isinstance(key, RSAPublicKey)
    return key


def is_signed(fields: Mapping[str, str], key: RSAPublicKey) -> bool:
    """Whether the request is what the holder of the key signed."""
    text = "&".join(f"{name}={value}" for name, value in sorted(fields.items()) if name != "sign" and value)
    try:
        key.verify(base64.b64decode(fields.get("sign", "")), text.encode(), PKCS1v15(), SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True


def seal(method: str, node: Mapping[str, object], key: RSAPrivateKey) -> bytes:
    """The signed answer: the node as signed, then its signature."""
    text = json.dumps(node, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/")
    sign = base64.b64encode(key.sign(text.encode(), PKCS1v15(), SHA256())).decode()
    return f'{{"{method.replace(".", "_")}_response":{text},"sign":"{sign}"}}'.encode()
