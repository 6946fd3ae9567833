"""Certificates: those of applications and the platform's own, kept by their serial names."""

import base64
from typing import Annotated

from msgspec import Meta

from kaifang.kernel import INVALID_PARAMETER, Key, Moment, Shape, Text, Who, Work, method
from kaifang.kernel.publickey import read_public_key

from .errors import APP_NOT_EXIST, CERT_OF_ANOTHER_APP
from .find import own_app, tell_change, the_app
from .tables import Certificate, PlatformCertificate

SerialName = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
Pem = Annotated[str, Meta(min_length=1, max_length=16_384)]


class Add(Shape):
    app_id: Key  # whose it is
    sn: SerialName  # its serial name, 32 hexadecimal digits
    pem: Pem  # the certificate
    public_key: Text  # its public key, X.509, base64
    until: Moment | None = None  # when it ends; never, if left out


class Added(Shape):
    sn: str  # its serial name


@method("kaifang.openapp.cert.add", raises=[APP_NOT_EXIST, CERT_OF_ANOTHER_APP], who=Who.OPERATOR)
def add(work: Work, ask: Add) -> Added:
    """Keep a certificate issued to an application; from now on it may sign with it."""
    app, kept = the_app(work, ask.app_id), work.find(Certificate, id=ask.sn)
    if kept is not None and kept.app != app.id:
        raise CERT_OF_ANOTHER_APP(sn=ask.sn)
    if kept is None:
        work.add(Certificate(id=ask.sn, app=app.id, pem=ask.pem, added_at=work.now))
        app.certificates = {**app.certificates, ask.sn: read_public_key(ask.public_key)}
        if ask.until is not None:
            app.certificates_until = {**app.certificates_until, ask.sn: ask.until.ms}
        tell_change(work, app.id)
    return Added(sn=ask.sn)


class Query(Shape):
    app_id: Key  # whose it is
    sn: SerialName  # its serial name


class Queried(Shape):
    sn: str  # its serial name
    pem: str  # the certificate
    added: Moment  # since when the application may sign with it


@method("kaifang.openapp.cert.query", raises=[APP_NOT_EXIST], reads=True)
def query(work: Work, ask: Query) -> Queried:
    """Fetch a certificate issued to an application of your own."""
    app, kept = own_app(work, ask.app_id), work.find(Certificate, id=ask.sn)
    if kept is None or kept.app != app.id:
        raise INVALID_PARAMETER(field="sn", reason="the application has no such certificate")
    return Queried(sn=kept.id, pem=kept.pem, added=Moment(kept.added_at))


class AddPlatforms(Shape):
    sn: SerialName  # serial name of the first certificate in the file
    pem: Pem  # the platform's certificate, then the one that vouches for it


@method("kaifang.openapp.platformcert.add", who=Who.INSIDE)
def add_platforms(work: Work, ask: AddPlatforms) -> Added:
    """Keep a certificate of the platform's own, so that clients can fetch it by its serial name."""
    if work.find(PlatformCertificate, id=ask.sn) is None:
        work.add(PlatformCertificate(id=ask.sn, pem=ask.pem, added_at=work.now))
    return Added(sn=ask.sn)


class Download(Shape):
    alipay_cert_sn: Key | None = None  # serial name of the platform's certificate; the newest if left out


class Downloaded(Shape):
    alipay_cert_content: str  # the certificate and the one that vouches for it, PEM, base64


@method("alipay.open.app.alipaycert.download", reads=True)
def download(work: Work, ask: Download) -> Downloaded:
    """Fetch the platform's certificate that an answer was signed with."""
    if ask.alipay_cert_sn is not None:
        kept = work.find(PlatformCertificate, id=ask.alipay_cert_sn)
    else:
        kept = next(iter(work.select(PlatformCertificate, order="added_at desc, id", limit=1)), None)
    if kept is None:
        raise INVALID_PARAMETER(field="alipay_cert_sn", reason="the platform has no such certificate")
    return Downloaded(alipay_cert_content=base64.b64encode(kept.pem.encode()).decode())
