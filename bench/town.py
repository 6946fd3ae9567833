"""The people of the benchmark, the same for all servers: merchants with keys, buyers with money, their pay codes."""

import base64
import json
import multiprocessing
import os
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from bench.cpu import CORES
from bench.machine import CACHE

SEED = 20250101
BALANCE = 10_000_000  # fen: every buyer can pay for all that is asked of him
PROOFS, WARM_UPS = 10, 2_000  # orders paid before a run: to see that the answer is right, and to warm caches
PAST = 5_000_000  # number of the first order of earlier days


@dataclass(frozen=True)
class Order:
    """One thing bought, drawn by its number alone, so that everyone who counts draws the same."""

    number: int
    merchant: int
    buyer: int
    amount: int  # fen
    auth_code: str
    out_trade_no: str


@dataclass(frozen=True)
class Town:
    """How many of each live here; who they are follows from their numbers."""

    merchants: int
    buyers: int
    orders: int  # the measured ones; proofs and warm-ups come before them
    history: int  # trades of earlier days, which make the tables as deep as real ones

    @property
    def numbers(self) -> dict[str, range]:
        """Which orders serve for what."""
        first = PROOFS + WARM_UPS
        return {
            "proof": range(PROOFS),
            "warm": range(PROOFS, first),
            "many": range(first, first + self.orders),
        }

    @cached_property
    def keys(self) -> list[bytes]:
        """Each merchant's own private key, PKCS#8 DER."""
        return keys(self.merchants + 1)[1:]

    @property
    def platform_key(self) -> bytes:
        """The private key with which a server in this town signs its answers, PKCS#8 DER."""
        return keys(1)[0]

    def order(self, number: int) -> Order:
        """Draw one order."""
        chance = random.Random(f"{SEED}:{number}")
        return Order(
            number=number,
            merchant=chance.randrange(self.merchants),
            buyer=chance.randrange(self.buyers),
            amount=chance.randrange(1, 10_000),
            # As wallets make them: the second of the day in which it was shown, here 500 a second, then chance.
            auth_code=f"28{number // 500 % 86_400:05d}{chance.randrange(10**11):011d}",
            out_trade_no=f"S{chance.randrange(10**6):06d}N{number:010d}",
        )

    def codes(self) -> Iterator[tuple[str, str]]:
        """Every pay code that will be shown, each once, with the buyer who shows it."""
        for numbers in self.numbers.values():
            for order in map(self.order, numbers):
                yield order.auth_code, buyer_id(order.buyer)

    def past(self) -> Iterator[Order]:
        """The trades of earlier days, drawn from numbers that nobody orders today."""
        return map(self.order, range(PAST, PAST + self.history))


FULL = Town(merchants=1_000, buyers=100_000, orders=20_000, history=200_000)
SMALL = Town(merchants=50, buyers=5_000, orders=10_000, history=0)


def app_id(merchant: int) -> str:
    """The application through which a merchant calls."""
    return f"2021{merchant:012d}"


def merchant_id(merchant: int) -> str:
    """Who is paid."""
    return f"20881{merchant:011d}"


def buyer_id(buyer: int) -> str:
    """Who pays."""
    return f"20882{buyer:011d}"


def logon_id(buyer: int) -> str:
    """The name under which a buyer signs in."""
    return f"buyer{buyer}@example.com"


def load_key(der: bytes) -> RSAPrivateKey:
    """Parse a key of this town; the check that takes 44 ms is left out because we made it ourselves."""
    key = load_der_private_key(der, None, unsafe_skip_rsa_key_validation=True)
    assert isinstance(key, RSAPrivateKey)
    return key


def public_key(der: bytes) -> str:
    """The public half as the platform's console takes it: base64 of the X.509 form."""
    spki = load_key(der).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(spki).decode()


def workers() -> ProcessPoolExecutor:
    """A process a core, for work that is only arithmetic."""
    return ProcessPoolExecutor(CORES, multiprocessing.get_context("spawn"))


def _make_key(_: int) -> str:
    key = generate_private_key(65537, 2048)
    return base64.b64encode(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())).decode()


def keys(count: int) -> list[bytes]:
    """So many private keys, made once and kept: they are nobody's, and making one takes a twentieth of a second."""
    store = CACHE / "keys.json"
    known = json.loads(store.read_text()) if store.exists() else []
    if len(known) < count:
        with workers() as pool:
            known += pool.map(_make_key, range(count - len(known)), chunksize=8)
        CACHE.mkdir(parents=True, exist_ok=True)
        part = store.with_suffix(".part")
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(known, file)
        part.replace(store)
    return [base64.b64decode(key) for key in known[:count]]
