"""Keys and certificates in every form that clients write, and those that must not come in."""

import base64
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from kaifang.gateway.certificates import (
    certificate_sn,
    certified_key,
    chain_file,
    issue,
    mint_intermediate,
    mint_root,
    pem,
    read_certificates,
    read_signing_request,
    root_file,
    root_sn,
)
from kaifang.gateway.keys import (
    export_private_key,
    export_public_key,
    load_private_key,
    load_public_key,
    new_private_key,
    stored_private_key,
)
from kaifang.gateway.malformed import Malformed

VECTORS = Path(__file__).parent / "vectors"
KEYS, CERTIFICATES, NUMBERS = (
    json.loads((VECTORS / name).read_text()) for name in ("keys.json", "certs.json", "cert_sn.json")
)
NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)
APP, GATEWAY, ROOT, MIDDLE = (
    stored_private_key(KEYS[name])
    for name in (
        "app_private_pkcs1_pem",
        "gateway_private_pkcs1_pem",
        "root_ca_private_pkcs8_pem",
        "intermediate_private_pkcs8_pem",
    )
)
HOLDER = ("Example Merchant", "Application", "2021000000000001")


def bare(pem: str) -> str:
    return re.sub(r"-----.*?-----|\s", "", pem)


def spki(key) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, form).decode()


def pkcs8(key, encryption=None) -> str:
    form = serialization.PrivateFormat.PKCS8
    encryption = encryption or serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, form, encryption).decode()


def test_exports_are_the_texts_that_clients_were_given():
    for owner in ("app", "gateway"):
        key = load_private_key(KEYS[f"{owner}_private_pkcs1_pem"])
        private = export_private_key(key)
        assert private["pkcs1_pem"] == KEYS[f"{owner}_private_pkcs1_pem"]
        assert private["pkcs8_pem"] == KEYS[f"{owner}_private_pkcs8_pem"]
        assert private["pkcs1_base64"] == bare(private["pkcs1_pem"])
        assert private["pkcs8_base64"] == bare(private["pkcs8_pem"])
        public = export_public_key(key.public_key())
        assert public["spki_pem"] == KEYS[f"{owner}_public_pem"]
        assert public["spki_base64"] == bare(public["spki_pem"])


def test_every_form_of_a_private_key_is_read():
    texts = list(export_private_key(APP).values())
    texts.append(texts[0].replace("\n", "\r\n").strip())
    texts.append(f"-----BEGIN RSA PRIVATE KEY-----\n{texts[3]}\n-----END RSA PRIVATE KEY-----")  # PKCS#8 inside
    texts.append(f" {texts[1][:100]} \n{texts[1][100:]}\n")
    for text in texts:
        assert stored_private_key(text).private_numbers() == APP.private_numbers()


def test_every_form_of_a_public_key_is_read_and_remembered():
    pkcs1 = APP.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.PKCS1).decode()
    for text in (*export_public_key(APP.public_key()).values(), pkcs1, bare(pkcs1)):
        assert load_public_key(text) == APP.public_key()
        assert load_public_key(text) is load_public_key(text)
    assert stored_private_key(KEYS["app_private_pkcs1_pem"]) is APP


def test_new_keys_are_what_every_client_can_use():
    key = new_private_key()
    assert (key.key_size, key.public_key().public_numbers().e) == (2048, 65537)
    assert load_private_key(export_private_key(key)["pkcs8_base64"]).private_numbers() == key.private_numbers()


EC = ec.generate_private_key(ec.SECP256R1())
LOCKED = pkcs8(APP, serialization.BestAvailableEncryption(b"secret"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not a public key"),
        ("not base64!", "is not base64"),
        ("公钥", "is not base64"),
        ("AAAA", "is not a public key"),
        ("A" * 20_000, "is too long"),
        (KEYS["app_private_pkcs1_pem"], "is a private key"),
        (bare(KEYS["app_private_pkcs8_pem"]), "is a private key"),
        (LOCKED, "is a private key"),
        (CERTIFICATES["app_cert_public_key_crt"], "is not a public key"),
        (spki(EC), "is not an RSA key"),
        (spki(ed25519.Ed25519PrivateKey.generate()), "is not an RSA key"),
        (spki(rsa.generate_private_key(65537, 1024)), "has 1024 bits"),
        (KEYS["app_public_pem"] + KEYS["gateway_public_pem"], "is not"),
        (KEYS["app_public_pem"] + "\x00", "is not base64"),
    ],
)
def test_wrong_public_keys_are_refused(text, reason):
    with pytest.raises(Malformed, match=f"public_key {reason}"):
        load_public_key(text)


def test_a_public_key_with_an_enormous_exponent_is_refused():
    modulus = APP.public_key().public_numbers().n
    key = rsa.RSAPublicNumbers(2**40 + 1, modulus).public_key()
    text = key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
    with pytest.raises(Malformed, match="enormous exponent"):
        load_public_key(text)


def tampered() -> str:
    der = bytearray(base64.b64decode(bare(KEYS["app_private_pkcs1_pem"])))
    der[40] ^= 1  # inside the modulus
    return base64.b64encode(der).decode()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not a sound private key"),
        ("%%%", "is not base64"),
        (KEYS["app_public_pem"], "is not a sound private key"),
        (LOCKED, "is locked with a passphrase"),
        (pkcs8(EC), "is not an RSA key"),
        (pkcs8(rsa.generate_private_key(65537, 1024)), "has 1024 bits"),
        (tampered(), "is not a sound private key"),
    ],
)
def test_wrong_private_keys_are_refused(text, reason):
    with pytest.raises(Malformed, match=f"private_key {reason}"):
        load_private_key(text)


def test_numbers_of_the_recorded_certificates():
    app = read_certificates(CERTIFICATES["app_cert_public_key_crt"])[0]
    assert app.issuer.rfc4514_string() == NUMBERS["app_issuer_string"]
    assert str(app.serial_number) == NUMBERS["app_serial_decimal"]
    assert certificate_sn(app) == NUMBERS["app_cert_sn"]
    assert certified_key(app) == load_public_key(KEYS["app_public_pem"])
    gateway = read_certificates(CERTIFICATES["alipay_cert_public_key_crt"])[0]
    assert str(gateway.serial_number) == NUMBERS["alipay_serial_decimal"]
    assert certificate_sn(gateway) == NUMBERS["alipay_cert_sn"]
    assert certified_key(gateway) == load_public_key(KEYS["gateway_public_pem"])
    assert root_sn(CERTIFICATES["alipay_root_crt"]) == NUMBERS["alipay_root_cert_sn"]
    both = CERTIFICATES["alipay_root_crt_with_intermediate"]
    assert root_sn(both) == NUMBERS["alipay_root_cert_sn_with_intermediate"]


def test_long_serials_are_numbered_but_never_minted(monkeypatch):
    long = read_certificates(CERTIFICATES["alipay_cert_public_key_crt_long_serial"])[0]
    assert certificate_sn(long) == NUMBERS["alipay_cert_sn_long_serial"]
    assert long.serial_number.bit_length() == 128
    monkeypatch.setattr(x509, "random_serial_number", lambda: 2**159 - 1)  # the largest it can give
    assert mint_root(ROOT, "Test", NOW).certificate.serial_number.bit_length() < 120


def test_files_are_written_as_clients_split_them():
    roots = read_certificates(CERTIFICATES["alipay_root_crt"])
    assert root_file(roots) == CERTIFICATES["alipay_root_crt"]
    assert len(CERTIFICATES["alipay_root_crt"].split("\n\n")) == len(roots) == 2
    chain = read_certificates(CERTIFICATES["alipay_cert_public_key_crt"])
    assert chain_file(*chain) == CERTIFICATES["alipay_cert_public_key_crt"]
    app = read_certificates(CERTIFICATES["app_cert_public_key_crt"])
    assert pem(app[0]) == CERTIFICATES["app_cert_public_key_crt"]


@pytest.fixture(scope="module")
def house():
    root = mint_root(ROOT, "Test House", NOW)
    middle = mint_intermediate(root, MIDDLE, "Test House", NOW)
    leaf = issue(middle, GATEWAY.public_key(), ("Test House", "Gateway", "Gateway Public Key"), NOW)
    return root, middle, leaf


def test_minted_chain_holds(house):
    root, middle, leaf = house
    leaf.verify_directly_issued_by(middle.certificate)
    middle.certificate.verify_directly_issued_by(root.certificate)
    root.certificate.verify_directly_issued_by(root.certificate)
    for certificate in (root.certificate, middle.certificate, leaf):
        assert isinstance(certificate.signature_hash_algorithm, SHA256)
        assert certificate.not_valid_before_utc == NOW - timedelta(days=1)
        assert 0 < certificate.serial_number.bit_length() < 120
        assert certificate.issuer.rfc4514_string().endswith(",OU=Certification Authority,O=Test House,C=CN")
    assert leaf.not_valid_after_utc < middle.certificate.not_valid_after_utc < root.certificate.not_valid_after_utc
    assert certified_key(leaf) == GATEWAY.public_key()


def test_minted_roots_are_numbered(house):
    root, middle, leaf = house
    both = root_file([root.certificate, middle.certificate])
    assert root_sn(both) == f"{certificate_sn(root.certificate)}_{certificate_sn(middle.certificate)}"
    assert read_certificates(chain_file(leaf, middle.certificate)) == [leaf, middle.certificate]


def csr(key, algorithm=None) -> str:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "who, knows + what")])
    request = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, algorithm or SHA256())
    return request.public_bytes(serialization.Encoding.PEM).decode()


def test_a_merchants_request_becomes_a_certificate_with_our_names(house):
    certificate = issue(house[1], read_signing_request(csr(APP)), HOLDER, NOW)
    assert certified_key(certificate) == APP.public_key()
    assert certificate.subject.rfc4514_string() == "CN=2021000000000001,OU=Application,O=Example Merchant,C=CN"


def forged() -> str:
    good = x509.load_pem_x509_csr(csr(APP).encode()).public_bytes(serialization.Encoding.DER)
    return "\n".join(
        [
            "-----BEGIN CERTIFICATE REQUEST-----",
            base64.b64encode(good[:-1] + bytes([good[-1] ^ 1])).decode(),
            "-----END CERTIFICATE REQUEST-----",
        ]
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "公",
        KEYS["app_public_pem"],
        csr(EC),
        csr(rsa.generate_private_key(65537, 1024)),
        forged(),
        "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----",
    ],
)
def test_wrong_signing_requests_are_refused(text):
    with pytest.raises(Malformed, match="csr"):
        read_signing_request(text)


@pytest.mark.parametrize(
    "text", ["", "x", KEYS["app_public_pem"], "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----"]
)
def test_wrong_certificates_are_refused(text):
    with pytest.raises(Malformed, match="certificate is not a PEM certificate"):
        read_certificates(text)


def test_keys_of_foreign_certificates_must_be_rsa(house):
    root = read_certificates(CERTIFICATES["alipay_root_crt"])[1]
    with pytest.raises(Malformed, match="certificate is not an RSA key"):
        certified_key(root)
    with pytest.raises(Malformed, match="public_key is not an RSA key"):
        issue(house[1], EC.public_key(), HOLDER, NOW)


@pytest.mark.parametrize("name", ["", "a,b", "a+b", "公司", "a=b", " a", "a" * 65, "a\nb", 'a"'])
def test_names_that_clients_would_write_differently_are_refused(name):
    with pytest.raises(Malformed, match="name cannot be"):
        mint_root(ROOT, name, NOW)
