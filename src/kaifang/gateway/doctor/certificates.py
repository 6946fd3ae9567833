"""Numbers of certificates that name none of an app's: whose they are, or how they were computed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from cryptography.x509 import Certificate

from kaifang.gateway.certificates import certificate_sn, read_certificates

from .findings import Finding
from .keyring import Chart


def sn_examined(chart: Chart) -> list[Finding]:
    """Why app_cert_sn finds no certificate."""
    sn, sent = chart.case.facts.get("app_cert_sn", ""), chart.case.sent
    known = {"sent": sn, "expected": ", ".join(chart.certificates)}
    if sn == sent.platform_sn:
        return [Finding("cert-sn-of-platform", facts=known)]
    if sn == sent.root_sn[: len(sn)] or sn in sent.root_sn.split("_"):
        return [Finding("cert-sn-of-root", facts=known)]
    if sn in chart.others:
        return [Finding("cert-sn-of-another-app", facts={**known, "app": chart.others[sn]})]
    for pem in chart.certificates.values():
        certificate = read_certificates(pem)[0]
        for way, number in wrong_numbers(certificate):
            if sn in (number, number.lower(), number.upper()):
                return [Finding("cert-sn-computed", facts={**known, "way": way})]
    if not chart.certificates:
        return [Finding("no-certificate", facts=known)]
    return [Finding("cert-sn-unknown", "likely", known)]


def wrong_numbers(certificate: Certificate) -> Iterator[tuple[str, str]]:
    """What clients compute for a certificate by mistake."""
    serial, right = certificate.serial_number, certificate_sn(certificate)
    yield "letters", right
    yield "serial", str(serial)
    yield "serial-hex", f"{serial:x}"
    yield "serial-hex", f"{serial:0{len(f'{serial:x}') + len(f'{serial:x}') % 2}x}"
    issuer, subject = certificate.issuer, certificate.subject
    backwards = issuer.rfc4514_string()
    forwards = ",".join(part.rfc4514_string() for part in issuer.rdns)
    for way, told in (("issuer-order", forwards), ("issuer-blanks", backwards.replace(",", ", ")),
                      ("subject", subject.rfc4514_string()), ("no-issuer", "")):  # fmt: skip
        yield way, hashed(f"{told}{serial}")
    yield "serial-hex-hashed", hashed(f"{backwards}{serial:x}")
    yield "serial-hex-hashed", hashed(f"{backwards}{serial:X}")
    yield "sha256", hashlib.sha256(f"{backwards}{serial}".encode()).hexdigest()
    yield "sha1", hashlib.sha1(f"{backwards}{serial}".encode(), usedforsecurity=False).hexdigest()


def hashed(text: str) -> str:
    """MD5, as the protocol has it."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
