"""Who the platform is: its key, its certificates, and what it keeps of them on disk."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from kaifang.kernel.clock import utc

from . import certificates as certs
from .eightfold import signer_for
from .keys import export_private_key, export_public_key, new_private_key, stored_private_key
from .signing import Signer

ORGANISATION = "Kaifang Platform"


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """The platform's keys and certificates."""

    key: RSAPrivateKey
    root: certs.Authority
    intermediate: certs.Authority
    root_file: str  # alipayRootCert.crt
    chain_file: str  # alipayCertPublicKey_RSA2.crt: leaf, then intermediate
    root_sn: str
    sn: str  # alipay_cert_sn of the leaf

    def signer(self, sign_type: str) -> Signer:
        """Signs as the platform."""
        return signer_for(self.key, sign_type)

    @property
    def public_key(self) -> dict[str, str]:
        """The key that answers and notifications are verified with, in every form the SDKs want."""
        return export_public_key(self.key.public_key())

    def certify(self, app_id: str, key: RSAPublicKey, now: int) -> str:
        """A certificate for an app's key, PEM."""
        holder = (ORGANISATION, "Apps", app_id)
        return certs.pem(certs.issue(self.intermediate, key, holder, utc(now)))


FILES = ("platform_key.pem", "root_key.pem", "intermediate_key.pem", "root.crt", "chain.crt")


def take_up(folder: Path, now: int) -> Identity:
    """The identity kept in this folder; made at the first start."""
    if not (folder / FILES[-1]).exists():
        create(folder, now)
    key, root_key, intermediate_key = (stored_private_key((folder / name).read_text()) for name in FILES[:3])
    root_text, chain_text = (folder / "root.crt").read_text(), (folder / "chain.crt").read_text()
    (root_certificate,) = certs.read_certificates(root_text)
    leaf, intermediate_certificate = certs.read_certificates(chain_text)
    return Identity(
        key=key,
        root=certs.Authority(root_certificate, root_key),
        intermediate=certs.Authority(intermediate_certificate, intermediate_key),
        root_file=root_text,
        chain_file=chain_text,
        root_sn=certs.root_sn(root_text),
        sn=certs.certificate_sn(leaf),
    )


def create(folder: Path, now: int) -> None:
    """Make the platform's keys and certificates; nobody but the platform may read the keys."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key, root_key, intermediate_key = new_private_key(), new_private_key(), new_private_key()
    root = certs.mint_root(root_key, ORGANISATION, utc(now))
    intermediate = certs.mint_intermediate(root, intermediate_key, ORGANISATION, utc(now))
    leaf = certs.issue(intermediate, key.public_key(), (ORGANISATION, "Gateway", "Kaifang Gateway"), utc(now))
    texts = [export_private_key(one)["pkcs8_pem"] for one in (key, root_key, intermediate_key)]
    texts += [certs.root_file([root.certificate]), certs.chain_file(leaf, intermediate.certificate)]
    for name, text in zip(FILES, texts, strict=True):
        write_private(folder / name, text)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read; it is there whole or not at all."""
    fresh = path.with_suffix(".new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
