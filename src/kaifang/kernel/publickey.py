"""Reading the public keys that applications and browsers bring."""

import base64
import re

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from .fault import INVALID_PARAMETER, Fault

ARMOUR = re.compile(r"-----(?:BEGIN|END) [A-Z ]{1,40}-----")
FEWEST_BITS, MOST_BITS = 2048, 8192  # below is unsafe, above is a way to keep us busy


def read_public_key(text: str) -> str:
    """The key as bare base64 X.509, from PEM or base64; what is no RSA key of a sound size is refused."""
    try:
        key = load_der_public_key(base64.b64decode("".join(ARMOUR.sub("", text).split()), validate=True))
    except (ValueError, UnsupportedAlgorithm):
        raise refused("not a public key; send X.509 (SPKI) as base64 or PEM") from None
    if not isinstance(key, RSAPublicKey):
        raise refused("not an RSA key")
    if not FEWEST_BITS <= key.key_size <= MOST_BITS or key.public_numbers().e >= 2**32:
        raise refused(f"an RSA key of {FEWEST_BITS} to {MOST_BITS} bits is wanted; this one has {key.key_size}")
    return base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def refused(reason: str) -> Fault:
    """The refusal of a public key."""
    return INVALID_PARAMETER(field="public_key", reason=reason)
