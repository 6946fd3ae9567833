"""Eight signatures at once are those of OpenSSL byte for byte, and one that came out wrong never leaves."""

import asyncio
import json
import logging
import math
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from kaifang.gateway import eightfold
from kaifang.gateway.desk import Desk
from kaifang.gateway.eightfold import EXPONENT, FEWEST, LANES, EightfoldSigner, crypto_mb, signer_for
from kaifang.gateway.keys import stored_private_key
from kaifang.gateway.signing import RsaSigner, verify

KEYS = json.loads((Path(__file__).parent / "vectors" / "keys.json").read_text())
KEY = stored_private_key(KEYS["app_private_pkcs1_pem"])
PLAIN = RsaSigner(KEY)
MESSAGES = [b"", b"a", *(b"%d" % number * number for number in range(2, 20))]


@pytest.fixture
def signer() -> EightfoldSigner:
    """The fast signer; a machine that cannot have it says why."""
    try:
        crypto_mb()
    except OSError as lack:
        pytest.skip(str(lack))
    except ImportError as lack:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{lack}: pip install 'kaifang[fast]'")
    found = signer_for(KEY, "RSA2")
    assert isinstance(found, EightfoldSigner)
    return found


@pytest.fixture
def loaded_anew() -> Iterator[None]:
    """The library is looked for again, in this test and after it."""
    crypto_mb.cache_clear()
    yield
    crypto_mb.cache_clear()


@pytest.mark.parametrize("count", range(21))
def test_signatures_are_those_of_openssl(signer: EightfoldSigner, count: int):
    assert signer.sign_many(MESSAGES[:count]) == PLAIN.sign_many(MESSAGES[:count])


def test_few_are_signed_one_by_one(signer: EightfoldSigner, caplog: pytest.LogCaptureFixture):
    spoil(signer, *range(LANES))
    signer.sign_many(MESSAGES[: FEWEST - 1])
    assert not caplog.records
    signer.sign_many(MESSAGES[:FEWEST])
    assert len(caplog.records) == FEWEST


def test_two_threads_sign_at_once(signer: EightfoldSigner):
    batches = [[b"%d of thread %d" % (number, thread) for number in range(LANES)] for thread in range(2)]
    expected = [PLAIN.sign_many(batch) for batch in batches]
    both = threading.Barrier(2)

    def sign(thread: int) -> bool:
        both.wait(10)
        return all(signer.sign_many(batches[thread]) == expected[thread] for _ in range(200))

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(sign, range(2))) == [True, True]


def test_every_answer_gets_its_own_signature(signer: EightfoldSigner):
    messages = [b"answer %d" % number for number in range(30)]

    async def sign() -> list[str]:
        desk = Desk({"RSA2": signer})
        found = await asyncio.gather(*(desk.signature("RSA2", message) for message in messages))
        desk.close()
        return found

    assert all(verify(KEY.public_key(), *pair) for pair in zip(messages, asyncio.run(sign()), strict=True))


def spoil(signer: EightfoldSigner, *lanes: int) -> None:
    """One bit of the exponent modulo the first prime flips in these lanes, as a particle or a bad cell does it."""
    for lane in lanes:
        signer._parts[2][lane] = (KEY.private_numbers().dmp1 ^ 2).to_bytes(128, "little")


@pytest.mark.parametrize("lanes", [(0,), (3,), (7,), (1, 6), tuple(range(LANES))])
def test_a_wrong_signature_never_leaves(
    signer: EightfoldSigner, caplog: pytest.LogCaptureFixture, lanes: tuple[int, ...]
):
    spoil(signer, *lanes)
    padded = eightfold._padded(MESSAGES[:LANES])
    raw = signer._powers(padded)
    for lane in lanes:  # what is at stake: one such signature and its message are enough to take the key apart
        numbers = KEY.public_key().public_numbers()
        miss = pow(int.from_bytes(raw[lane]), EXPONENT, numbers.n) - int.from_bytes(padded[lane])
        assert math.gcd(miss, numbers.n) == KEY.private_numbers().q
    assert signer.sign_many(MESSAGES[: 2 * LANES]) == PLAIN.sign_many(MESSAGES[: 2 * LANES])
    assert [record.levelname for record in caplog.records] == ["ERROR"] * 2 * len(lanes)


def test_a_lane_that_is_left_out_is_signed_all_the_same(signer: EightfoldSigner, caplog: pytest.LogCaptureFixture):
    signer._parts[0][5] = None
    assert signer.sign_many(MESSAGES[:LANES]) == PLAIN.sign_many(MESSAGES[:LANES])
    assert len(caplog.records) == 1


def damaged() -> rsa.RSAPrivateKey:
    """A key that OpenSSL signs with, noticing that its last part is wrong and doing without the primes."""
    sound = KEY.private_numbers()
    return rsa.RSAPrivateNumbers(
        p=sound.p, q=sound.q, d=sound.d, dmp1=sound.dmp1, dmq1=sound.dmq1, iqmp=sound.iqmp ^ 2,
        public_numbers=sound.public_numbers,
    ).private_key(unsafe_skip_rsa_key_validation=True)  # fmt: skip


def lopsided() -> rsa.RSAPrivateKey:
    """A key of 2048 bits whose primes have 1000 and 1048."""
    p, q = (rsa.generate_private_key(EXPONENT, bits).private_numbers().p for bits in (2000, 2096))
    d = pow(EXPONENT, -1, (p - 1) * (q - 1))
    return rsa.RSAPrivateNumbers(
        p=p, q=q, d=d, dmp1=d % (p - 1), dmq1=d % (q - 1), iqmp=pow(q, -1, p),
        public_numbers=rsa.RSAPublicNumbers(EXPONENT, p * q),
    ).private_key()  # fmt: skip


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        (rsa.generate_private_key(EXPONENT, 3072), "2048 bits"),
        (rsa.generate_private_key(3, 2048), "exponent 65537"),
        (lopsided(), "not of one length"),
        (damaged(), "not those of OpenSSL"),
    ],
    ids=["3072 bits", "exponent 3", "lopsided", "damaged"],
)
def test_other_keys_are_for_the_plain_signer(
    signer: EightfoldSigner, caplog: pytest.LogCaptureFixture, key: rsa.RSAPrivateKey, reason: str
):
    caplog.set_level(logging.DEBUG)
    found = signer_for(key, "RSA2")
    assert isinstance(found, RsaSigner) and reason in caplog.text
    assert all(verify(key.public_key(), b"message", sign) for sign in found.sign_many([b"message"] * LANES))


def test_sha1_is_for_the_plain_signer():
    found = signer_for(KEY, "RSA")
    assert isinstance(found, RsaSigner)
    assert verify(KEY.public_key(), b"message", found.sign_many([b"message"])[0], "RSA")


def test_the_plain_signer_can_be_asked_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KAIFANG_SIGNER", "plain")
    assert isinstance(signer_for(KEY, "RSA2"), RsaSigner)


@pytest.mark.usefixtures("loaded_anew")
@pytest.mark.parametrize("part", [("no-such-package", "x.so"), ("pytest", "no_such_file.so"), ("pytest", "METADATA")])
def test_without_the_library_the_plain_signer_signs(monkeypatch: pytest.MonkeyPatch, part: tuple[str, str]):
    monkeypatch.setattr(eightfold, "PARTS", [part])
    found = signer_for(KEY, "RSA2")
    assert isinstance(found, RsaSigner)
    assert found.sign_many(MESSAGES) == PLAIN.sign_many(MESSAGES)
