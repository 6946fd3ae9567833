"""RSA keys in all the text forms that the official clients write and want."""

import base64
import re
from collections.abc import Callable
from functools import lru_cache, partial

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)

from .malformed import Malformed

BITS = 2048  # of the keys we make: what every official client can use
FEWEST_BITS, MOST_BITS = 2048, 8192  # of the keys we take: below is unsafe, above is a way to keep us busy
LARGEST_EXPONENT = 2**32
LONGEST_TEXT = 16_384  # characters; a key of 8192 bits needs 6,500
ARMOUR = re.compile(r"-----(?:BEGIN|END) [A-Z ]{1,40}-----")
PRIVATE_FORMS = {"pkcs1": PrivateFormat.TraditionalOpenSSL, "pkcs8": PrivateFormat.PKCS8}
NOT_RSA = ("is not an RSA key", "make an RSA key of 2048 bits")

_unchecked = partial(load_der_private_key, unsafe_skip_rsa_key_validation=True)


def new_private_key() -> RSAPrivateKey:
    """Make a key pair; its chance comes from the operating system."""
    return generate_private_key(65537, BITS)


def load_private_key(text: str) -> RSAPrivateKey:
    """Read a private key that comes from outside and check it thoroughly, which takes 40 ms: once, when it arrives."""
    return _private_key(text, load_der_private_key)


@lru_cache(maxsize=1024)
def stored_private_key(text: str) -> RSAPrivateKey:
    """Read a private key that was checked before it was stored; parsed once, then remembered by its text."""
    return _private_key(text, _unchecked)


def _private_key(text: str, load: Callable[..., object]) -> RSAPrivateKey:
    try:
        key = load(_der(text, "private_key"), None)
    except TypeError:
        raise Malformed("private_key", "is locked with a passphrase", "remove the passphrase") from None
    except Malformed:
        raise
    except (ValueError, UnsupportedAlgorithm):
        raise Malformed("private_key", "is not a sound private key", "send it as PKCS#1 or PKCS#8") from None
    if not isinstance(key, RSAPrivateKey):
        raise Malformed("private_key", *NOT_RSA)
    checked_public_key(key.public_key(), "private_key")
    return key


@lru_cache(maxsize=4096)
def load_public_key(text: str) -> RSAPublicKey:
    """Read a public key, SPKI or PKCS#1, PEM or bare base64; parsed once, then remembered by its text."""
    der = _der(text, "public_key")
    try:
        key = load_der_public_key(der)
    except (ValueError, UnsupportedAlgorithm):
        if _is_private(der):
            raise Malformed("public_key", "is a private key", "keep that one secret and send its public half") from None
        raise Malformed("public_key", "is not a public key", "send it as X.509 (SPKI), base64 or PEM") from None
    return checked_public_key(key, "public_key")


def checked_public_key(key: object, field: str) -> RSAPublicKey:
    """The key itself, if it is an RSA key that is neither too weak nor too costly."""
    if not isinstance(key, RSAPublicKey):
        raise Malformed(field, *NOT_RSA)
    if not FEWEST_BITS <= key.key_size <= MOST_BITS:
        raise Malformed(field, f"has {key.key_size} bits", f"use {FEWEST_BITS} to {MOST_BITS} bits")
    if key.public_numbers().e > LARGEST_EXPONENT:
        raise Malformed(field, "has an enormous exponent", "use the usual one, 65537")
    return key


def export_private_key(key: RSAPrivateKey) -> dict[str, str]:
    """The private key in the four forms that the official clients ask for: PKCS#1 and PKCS#8, PEM and base64."""
    texts = {}
    for name, form in PRIVATE_FORMS.items():
        texts[f"{name}_pem"] = key.private_bytes(Encoding.PEM, form, NoEncryption()).decode()
        texts[f"{name}_base64"] = base64.b64encode(key.private_bytes(Encoding.DER, form, NoEncryption())).decode()
    return texts


def export_public_key(key: RSAPublicKey) -> dict[str, str]:
    """The public key as X.509 SubjectPublicKeyInfo, PEM and base64."""
    form = PublicFormat.SubjectPublicKeyInfo
    return {
        "spki_pem": key.public_bytes(Encoding.PEM, form).decode(),
        "spki_base64": base64.b64encode(key.public_bytes(Encoding.DER, form)).decode(),
    }


def _der(text: str, field: str) -> bytes:
    # some clients wrap PKCS#8 in the armour of PKCS#1, so what the armour says is not believed
    if len(text) > LONGEST_TEXT:
        raise Malformed(field, "is too long", "send one key and nothing else")
    try:
        return base64.b64decode("".join(ARMOUR.sub("", text).split()), validate=True)
    except ValueError:
        raise Malformed(field, "is not base64", "send the key as base64 or PEM, without a passphrase") from None


def _is_private(der: bytes) -> bool:
    try:
        _unchecked(der, None)
    except (TypeError, ValueError, UnsupportedAlgorithm) as error:
        return isinstance(error, TypeError)  # locked with a passphrase, but private all the same
    return True
