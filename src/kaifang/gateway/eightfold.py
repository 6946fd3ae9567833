"""Eight RSA signatures at the cost of three to five, by Intel's crypto_mb where package and processor allow."""

from __future__ import annotations

import base64
import ctypes
import functools
import hashlib
import logging
import os
from collections.abc import Sequence
from importlib.metadata import files
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from .signing import RsaSigner, Signer

LANES = 8
FEWEST = 4  # messages; eight cost as much as 2.6 to 4.3 one by one, by processor: `python -m bench.signing`
BITS = 2048
SIZE = BITS // 8
EXPONENT = 65537  # the only one that the library checks signatures with
DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")  # a SHA-256 digest follows
PADDING = b"\x00\x01".ljust(SIZE - 1 - len(DIGEST_INFO) - 32, b"\xff") + b"\x00" + DIGEST_INFO  # PKCS #1 v1.5
TRIAL = [b"lane %d" % lane for lane in range(LANES)]
# the library names the runtime's files and calls nothing in them, but is not loaded without
PARTS = [("intel-cmplr-lib-rt", name) for name in ("libintlc.so.5", "libirng.so", "libimf.so", "libsvml.so")]
PARTS += [("ipp-crypto", "libcrypto_mb.so")]

Inputs = ctypes.c_char_p * LANES  # keeps its bytes alive; a lane that is not given is NULL and left out
Outputs = ctypes.c_void_p * LANES

log = logging.getLogger("kaifang.gateway")


def signer_for(key: RSAPrivateKey, sign_type: str) -> Signer:
    """The fastest signer that this machine has for this key; KAIFANG_SIGNER=plain asks for the plain one."""
    plain = RsaSigner(key, sign_type)
    if sign_type != "RSA2" or os.environ.get("KAIFANG_SIGNER") == "plain":
        return plain
    try:
        signer = EightfoldSigner(key)
    except (ImportError, OSError, AttributeError, ValueError) as lack:
        log.debug("RSA2 is signed one by one: %s", lack)
        return plain
    log.debug("RSA2 is signed eight at a time")
    return signer


class EightfoldSigner:
    """Signs RSA2 with one key, eight messages in one go; a few are signed one by one."""

    __slots__ = ("_library", "_scratch_size", "_plain", "_parts", "_modulus")

    def __init__(self, key: RSAPrivateKey) -> None:
        self._library = crypto_mb()
        self._scratch_size = self._library.mbx_RSA_Method_BufSize(self._library.mbx_RSA2K_private_crt_Method())
        self._plain = RsaSigner(key)
        secret, public = key.private_numbers(), key.public_key().public_numbers()
        if public.n.bit_length() != BITS or public.e != EXPONENT:
            raise ValueError(f"the key is not one of {BITS} bits with the exponent {EXPONENT}")
        if not secret.p.bit_length() == secret.q.bit_length() == BITS // 2:
            raise ValueError("the key's primes are not of one length")
        parts = (secret.p, secret.q, secret.dmp1, secret.dmq1, secret.iqmp)
        self._parts = [_in_all_lanes(part, SIZE // 2) for part in parts]
        self._modulus = _in_all_lanes(public.n, SIZE)
        if _texts(self._powers(_padded(TRIAL))) != self._plain.sign_many(TRIAL):
            raise ValueError("the library's signatures are not those of OpenSSL")

    def sign_many(self, messages: Sequence[bytes]) -> list[str]:
        """The signatures in the same order, in base64."""
        signatures: list[str] = []
        for at in range(0, len(messages), LANES):
            some = messages[at : at + LANES]
            signatures += self._together(some) if len(some) >= FEWEST else self._plain.sign_many(some)
        return signatures

    def _together(self, messages: Sequence[bytes]) -> list[str]:
        # who sees a signature that is wrong modulo one prime has the key, so each is checked before it leaves
        padded = _padded(messages)
        powers = self._powers(padded)
        texts = _texts(powers)
        for lane, opened in enumerate(self._opened(powers)):
            if opened != padded[lane]:
                log.error("A signature came out wrong and is made anew; is the processor or the memory failing?")
                texts[lane] = self._plain.sign_many([messages[lane]])[0]
        return texts

    def _powers(self, padded: Sequence[bytes]) -> list[bytes]:
        """Raise to the private exponent, modulo each prime; what the library worked with is wiped."""
        scratch, results = ctypes.create_string_buffer(self._scratch_size), ctypes.create_string_buffer(LANES * SIZE)
        self._library.mbx_rsa_private_crt_mb8(Inputs(*padded), _lanes(results), *self._parts, BITS, None, scratch)
        ctypes.memset(scratch, 0, self._scratch_size)
        return _cut(results, len(padded))

    def _opened(self, signatures: Sequence[bytes]) -> list[bytes]:
        """Raise to the public exponent; a lane that the library leaves out stays zero and equals nothing padded."""
        results = ctypes.create_string_buffer(LANES * SIZE)
        self._library.mbx_rsa_public_mb8(Inputs(*signatures), _lanes(results), self._modulus, BITS, None, None)
        return _cut(results, len(signatures))


@functools.cache
def crypto_mb() -> ctypes.CDLL:
    """The library, loaded once; an ImportError or OSError says what this machine lacks."""
    if "avx512ifma" not in Path("/proc/cpuinfo").read_text():
        raise OSError("the processor has no AVX512-IFMA")
    library = [ctypes.CDLL(_file(package, name)) for package, name in PARTS][-1]
    if not library.mbx_is_crypto_mb_applicable(ctypes.c_uint64(0)):
        raise OSError("the processor lacks what goes with AVX512-IFMA")
    library.mbx_RSA2K_private_crt_Method.restype = ctypes.c_void_p
    library.mbx_RSA_Method_BufSize.argtypes = [ctypes.c_void_p]
    return library


def _file(package: str, name: str) -> str:
    for file in files(package) or ():
        if file.name == name:
            return str(file.locate())
    raise OSError(f"{package} has no {name}")


def _in_all_lanes(number: int, size: int) -> ctypes.Array[ctypes.c_char_p]:
    return Inputs(*[number.to_bytes(size, "little")] * LANES)


def _lanes(results: ctypes.Array[ctypes.c_char]) -> ctypes.Array[ctypes.c_void_p]:
    start = ctypes.addressof(results)
    return Outputs(*range(start, start + LANES * SIZE, SIZE))


def _cut(results: ctypes.Array[ctypes.c_char], count: int) -> list[bytes]:
    raw = results.raw
    return [raw[at : at + SIZE] for at in range(0, count * SIZE, SIZE)]


def _padded(messages: Sequence[bytes]) -> list[bytes]:
    return [PADDING + hashlib.sha256(message).digest() for message in messages]


def _texts(signatures: Sequence[bytes]) -> list[str]:
    return [base64.b64encode(signature).decode() for signature in signatures]
