"""The authority's methods: a certificate for a key that an application holds, and the platform's own."""

from __future__ import annotations

from typing import Annotated

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from msgspec import Meta

from kaifang.gateway import certificates
from kaifang.gateway.identity import Identity
from kaifang.gateway.keys import export_public_key
from kaifang.gateway.malformed import Malformed
from kaifang.kernel import INVALID_PARAMETER, Key, Moment, Shape, Work, fault, method
from kaifang.kernel.fault import told_as

APP_NOT_EXIST = fault(
    "APP_NOT_EXIST", zh="应用不存在，请检查 app_id", en="No application of yours has this number.", fix="Check app_id."
)


class Issue(Shape):
    """A certificate that is asked for."""

    app_id: Key  # an application of your own
    csr: Annotated[str, Meta(min_length=1, max_length=16_384)]  # signing request, PEM, made with the application's key


class Issued(Shape):
    """A certificate for an application's key."""

    sn: str  # its serial name, 32 hexadecimal digits: what requests say as app_cert_sn
    pem: str  # the certificate, as SDKs load it
    until: Moment  # when it ends


@method("kaifang.openapp.cert.issue", raises=[APP_NOT_EXIST])
def issue(work: Work, ask: Issue) -> Issued:
    """Have a certificate issued for a key of your application; asked again for the same key it is the same one."""
    with told_as({APP_NOT_EXIST.code: APP_NOT_EXIST}):
        work.ask("kaifang.openapp.app.query", app_id=ask.app_id)
    key = requested_key(ask.csr)
    return issued_before(work, ask.app_id, key) or issued_now(work, ask.app_id, key)


def requested_key(csr: str) -> RSAPublicKey:
    """The key of a signing request, whose sender holds its private half."""
    try:
        return certificates.read_signing_request(csr)
    except Malformed as problem:
        raise INVALID_PARAMETER(field="csr", reason=problem.reason) from None


def issued_before(work: Work, app_id: str, key: RSAPublicKey) -> Issued | None:
    """The certificate that this key has and that still lasts."""
    inside, wanted = work.acting(role="inside"), export_public_key(key)["spki_base64"]
    held = inside.ask("kaifang.openapp.credentials", app_id=app_id)
    for sn, public_key in sorted(held.certs.items()):
        until = held.certs_until.get(sn, 0)
        if public_key == wanted and until > work.now:
            kept = inside.ask("kaifang.openapp.cert.query", app_id=app_id, sn=sn)
            return Issued(sn=sn, pem=kept.pem, until=Moment(until))
    return None


def issued_now(work: Work, app_id: str, key: RSAPublicKey) -> Issued:
    """A fresh certificate, with which the application may sign from now on."""
    pem = identity_of(work).certify(app_id, key, work.now)
    (certificate,) = certificates.read_certificates(pem)
    until = Moment(round(certificate.not_valid_after_utc.timestamp() * 1000))
    issued = Issued(sn=certificates.certificate_sn(certificate), pem=pem, until=until)
    work.acting(role="inside").ask(
        "kaifang.openapp.cert.add", app_id=app_id, sn=issued.sn, pem=pem, until=until,
        public_key=export_public_key(key)["spki_base64"],
    )  # fmt: skip
    return issued


def identity_of(work: Work) -> Identity:
    """Who the platform is, as the gateway said when it opened."""
    identity = work.place.identity
    assert isinstance(identity, Identity), "no gateway has opened here"
    return identity


class Look(Shape):
    """Nothing has to be said."""


class Looked(Shape):
    """What clients verify the platform's answers and notifications with."""

    public_key: str  # RSA, X.509, base64: alipayPublicKey of the SDKs
    cert_sn: str  # serial name of the platform's certificate
    cert: str  # the platform's certificate and the one that vouches for it, PEM
    root_sn: str  # what requests in certificate mode say as alipay_root_cert_sn
    root_cert: str  # the roots, PEM


@method("kaifang.openapp.platform.look", reads=True)
def look(work: Work, ask: Look) -> Looked:
    """Fetch what you verify the platform with: its public key, its certificate and the roots of trust."""
    identity = identity_of(work)
    return Looked(
        public_key=identity.public_key["spki_base64"], cert_sn=identity.sn, cert=identity.chain_file,
        root_sn=identity.root_sn, root_cert=identity.root_file,
    )  # fmt: skip
