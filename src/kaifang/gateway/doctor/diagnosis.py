"""From a kept call to what is wrong with it: the causes, the gravest first, and the two texts side by side."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from .difference import Difference, difference
from .exhibit import Exhibit, exhibit
from .findings import Finding
from .keyring import Chart
from .refusals import REFUSALS, other
from .search import Found, Search
from .signature import HEX, Proof, made_with_pss, prove, readings

RSA_KEYS = (512, 1024, 2048, 3072, 4096, 8192)  # bits
OTHERS = {16: "MD5", 20: "SHA1 / HMAC-SHA1", 32: "SHA256 / HMAC-SHA256", 48: "SHA384", 64: "SHA512 / SM2"}  # bytes
ASN1 = range(68, 75)  # bytes of an ECDSA or SM2 signature
WHOSE = {  # whose a key is -> what it means that a signature was made with it
    "replaced": "key-replaced",
    "platform": "key-of-platform",
    "neighbour": "key-of-another-app",
    "stranger": "key-of-stranger",
}


class Diagnosis(msgspec.Struct, kw_only=True):
    """What is wrong with a call."""

    findings: list[Finding]
    server_text: str = ""  # what the platform checked
    signed_text: str = ""  # what was signed, where it was found
    difference: Difference | None = None
    hash: str = ""  # that the signature was made with
    digest: str = ""  # that it contains
    expected_digest: str = ""  # that it ought to contain


def diagnose(chart: Chart) -> Diagnosis:
    """Find the causes of a refusal."""
    if chart.case.code != "isv.invalid-signature":
        return Diagnosis(findings=REFUSALS.get(chart.case.code, other)(chart))
    shows, whole = exhibit(chart), chart.case.sent.whole
    server = shows.bases[0].text()
    proof = prove(shows.sign, chart.keys)
    if proof is None:
        return Diagnosis(findings=list(unproven(chart, shows)), server_text=shows.shown(server) if whole else "")
    findings = [*form_of(proof), *maker(chart, shows, proof), *hash_of(shows, proof)]
    told = Diagnosis(findings=findings, hash=proof.hash, digest=proof.digest.hex())
    if not whole:
        told.findings = findings or [Finding("text-not-kept", "likely")]
        return told
    found = Search(proof.covers, shows.bases).run(shows.mistakes, shows.lonely)
    compare(told, shows, server, found)
    told.expected_digest = proof.of(server).hex()
    return told


def compare(told: Diagnosis, shows: Exhibit, server: bytes, found: Found | None) -> None:
    """Put the platform's text and the one that was signed beside each other."""
    told.server_text = shows.shown(server)
    if found is None:
        told.findings.append(Finding("text-unknown", "possible"))
        return
    told.findings += [Finding(change.code, facts=change.facts) for change in found.mistakes]
    told.signed_text = shows.shown(found.text)
    if not found.mistakes:
        told.server_text = told.signed_text  # one of the several that are accepted
    told.difference = difference(told.server_text, told.signed_text)


def form_of(proof: Proof) -> Iterator[Finding]:
    """What is wrong with how the signature was written or made."""
    if proof.reading.code:
        yield Finding(proof.reading.code)
    if proof.bare:
        yield Finding("hash-not-named", facts={"hash": proof.hash})
    elif not proof.hash:
        yield Finding("not-hashed")


def hash_of(shows: Exhibit, proof: Proof) -> Iterator[Finding]:
    """What is wrong with its hash."""
    if proof.hash and proof.hash != shows.hash:
        yield Finding("wrong-hash", facts={"used": proof.hash, "expected": shows.hash})


def maker(chart: Chart, shows: Exhibit, proof: Proof) -> Iterator[Finding]:
    """What is wrong with its key."""
    known, named = proof.known, {"sn": shows.cert_sn, "name": proof.known.name}
    match known.whose:
        case "checked":
            return
        case _ if chart.case.sent.key == chart.case.sent.platform_key:
            yield Finding("platform-key-uploaded")
        case "app":
            yield Finding("key-not-of-certificate" if shows.cert_sn else "key-uploaded-since", facts=named)
        case "certificate":
            yield Finding("key-of-another-certificate" if shows.cert_sn else "cert-sn-left-out", facts=named)
        case _:
            yield Finding(WHOSE[known.whose], facts=named)


def unproven(chart: Chart, shows: Exhibit) -> Iterator[Finding]:
    """What can be said of a signature that no known key made."""
    checked = next((known for known in chart.keys if known.whose == "checked"), None)
    bits = checked.key.key_size if checked else 0
    reading = next(readings(shows.sign), None)
    size = len(reading.value) if reading else 0
    short = len(shows.sign) // 2 if HEX.fullmatch(shows.sign) else size
    if short in OTHERS:
        yield Finding("not-rsa", "likely", {"looks": OTHERS[short], "bytes": str(short)})
    elif reading is None:
        yield Finding("sign-unreadable")
    elif size in ASN1 and reading.value[:1] == b"\x30":
        yield Finding("not-rsa", "likely", {"looks": "ECDSA / SM2", "bytes": str(size)})
    elif size * 8 != bits:
        code = "key-size" if size * 8 in RSA_KEYS else "sign-cut"
        yield Finding(code, facts={"bits": str(size * 8), "expected": str(bits), "bytes": str(size)})
    elif checked and checked.text == chart.case.sent.platform_key:
        yield Finding("platform-key-uploaded")
    elif made_with_pss(shows.sign, chart.keys, [base.text() for base in shows.bases]):
        yield Finding("pss-padding")
    else:
        yield Finding("key-unknown", "likely")
