"""Reading the key with which an application encrypts."""

import base64

from kaifang.kernel import INVALID_PARAMETER


def read_aes_key(text: str) -> str:
    """The key as it was given, if it is one of AES-128 in base64."""
    try:
        sound = len(base64.b64decode(text, validate=True)) == 16
    except ValueError:
        sound = False
    if not sound:
        raise INVALID_PARAMETER(field="aes_key", reason="16 bytes are wanted, base64")
    return text
