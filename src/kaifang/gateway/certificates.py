"""Certificates: our own root and what it vouches for, the files clients load, the numbers they are known by."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import md5

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from .keys import checked_public_key
from .malformed import Malformed

LONGEST_TEXT = 65_536  # characters of a file of certificates
SERIAL_BITS = 119  # clients print serials of 128 bits and more in different ways and then disagree about the number
ROOT_DAYS, INTERMEDIATE_DAYS, LEAF_DAYS = 10_950, 9_125, 7_300
EARLY = timedelta(days=1)  # for clients whose clocks are behind
RSA_SIGNATURES = "1.2.840.113549.1.1."
PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 .-]{0,62}[A-Za-z0-9])?")  # what all clients write alike into the number
USES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
    *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)
AUTHORITY_UNIT = "Certification Authority"


class Authority(msgspec.Struct, frozen=True):
    """A certificate that may vouch for others, with its key."""

    certificate: x509.Certificate
    key: RSAPrivateKey


def mint_root(key: RSAPrivateKey, organisation: str, now: datetime) -> Authority:
    """A root of trust that vouches for itself."""
    name = _name(organisation, AUTHORITY_UNIT, f"{organisation} Root R1")
    builder = _builder(name, name, key.public_key(), now, ROOT_DAYS)
    return Authority(_signed(_may_certify(builder, 1), key.public_key(), key), key)


def mint_intermediate(root: Authority, key: RSAPrivateKey, organisation: str, now: datetime) -> Authority:
    """The authority that vouches for gateways and applications in daily work."""
    name = _name(organisation, AUTHORITY_UNIT, f"{organisation} Class1 R1")
    builder = _builder(root.certificate.subject, name, key.public_key(), now, INTERMEDIATE_DAYS)
    return Authority(_signed(_may_certify(builder, 0), root.key.public_key(), root.key), key)


def issue(authority: Authority, key: RSAPublicKey, holder: tuple[str, str, str], now: datetime) -> x509.Certificate:
    """A certificate for the holder of a key: organisation, unit and common name, as a gateway's or an application's."""
    public_key = checked_public_key(key, "public_key")
    builder = _builder(authority.certificate.subject, _name(*holder), public_key, now, LEAF_DAYS)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    return _signed(
        builder.add_extension(_usage("digital_signature"), critical=True), authority.key.public_key(), authority.key
    )


def _name(organisation: str, unit: str, common: str) -> x509.Name:
    for text in (organisation, unit, common):
        if not PLAIN.fullmatch(text):
            raise Malformed("name", f"cannot be {text[:64]!r}", "use letters, digits, blanks, dots and hyphens")
    parts = {
        NameOID.COUNTRY_NAME: "CN",
        NameOID.ORGANIZATION_NAME: organisation,
        NameOID.ORGANIZATIONAL_UNIT_NAME: unit,
        NameOID.COMMON_NAME: common,
    }  # one client has this order built in
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts.items()])


def _builder(
    issuer: x509.Name, subject: x509.Name, key: RSAPublicKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(key)
        .serial_number(x509.random_serial_number() >> (159 - SERIAL_BITS))
        .not_valid_before(now - EARLY)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _may_certify(builder: x509.CertificateBuilder, path_length: int) -> x509.CertificateBuilder:
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
    return builder.add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)


def _usage(*allowed: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{use: use in allowed for use in USES})


def _signed(builder: x509.CertificateBuilder, issuer_key: RSAPublicKey, key: RSAPrivateKey) -> x509.Certificate:
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key)
    return builder.add_extension(identifier, critical=False).sign(key, SHA256())


def read_signing_request(text: str) -> RSAPublicKey:
    """The key of a certificate signing request whose sender holds its private half; the names in it are not taken."""
    try:
        request = x509.load_pem_x509_csr(text[:LONGEST_TEXT].encode())
        key, sound = request.public_key(), request.is_signature_valid
    except (ValueError, InvalidSignature, UnsupportedAlgorithm):
        sound = False
    if not sound:
        raise Malformed("csr", "is not a sound certificate signing request", "send a PEM made with SHA-256 and RSA")
    return checked_public_key(key, "csr")


def read_certificates(text: str) -> list[x509.Certificate]:
    """All certificates of a PEM file, in its order."""
    try:
        return x509.load_pem_x509_certificates(text[:LONGEST_TEXT].encode())
    except ValueError:
        raise Malformed("certificate", "is not a PEM certificate", "send the file as it was downloaded") from None


def certified_key(certificate: x509.Certificate) -> RSAPublicKey:
    """The RSA key that a certificate vouches for."""
    return checked_public_key(certificate.public_key(), "certificate")


def certificate_sn(certificate: x509.Certificate) -> str:
    """The number by which the protocol knows a certificate: MD5 of its issuer, last name first, and its serial."""
    known_by = f"{certificate.issuer.rfc4514_string()}{certificate.serial_number}"
    return md5(known_by.encode(), usedforsecurity=False).hexdigest()


def root_sn(text: str) -> str:
    """The number of a file of roots: those of its RSA-signed certificates, in its order."""
    roots = read_certificates(text)
    rsa = [root for root in roots if root.signature_algorithm_oid.dotted_string.startswith(RSA_SIGNATURES)]
    return "_".join(map(certificate_sn, rsa))


def root_file(roots: Iterable[x509.Certificate]) -> str:
    """What clients load as alipayRootCert.crt: an empty line between the blocks, for one of them splits it there."""
    return "\n".join(map(pem, roots))


def chain_file(leaf: x509.Certificate, intermediate: x509.Certificate) -> str:
    """What clients load as alipayCertPublicKey_RSA2.crt, and what a certificate download answers."""
    return pem(leaf) + pem(intermediate)


def pem(certificate: x509.Certificate) -> str:
    """One certificate as text, as a merchant loads it as appCertPublicKey_<app id>.crt."""
    return certificate.public_bytes(Encoding.PEM).decode()
