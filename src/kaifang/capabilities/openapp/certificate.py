"""Certificates: those of applications and the platform's own, kept by their serial names."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Shape, Text, Who, Work, method

from .errors import APP_NOT_EXIST, CERT_OF_ANOTHER_APP
from .find import tell_change, the_app
from .key import read_public_key
from .tables import Certificate, PlatformCertificate

SerialName = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
Pem = Annotated[str, Meta(min_length=1, max_length=16_384)]


class Add(Shape):
    app_id: Key  # whose it is
    sn: SerialName  # its serial name, 32 hexadecimal digits
    pem: Pem  # the certificate
    public_key: Text  # its public key, X.509, base64


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
        tell_change(work, app.id)
    return Added(sn=ask.sn)


class AddPlatforms(Shape):
    sn: SerialName  # serial name of the first certificate in the file
    pem: Pem  # the platform's certificate, then the one that vouches for it


@method("kaifang.openapp.platformcert.add", who=Who.INSIDE)
def add_platforms(work: Work, ask: AddPlatforms) -> Added:
    """Keep a certificate of the platform's own, so that clients can fetch it by its serial name."""
    if work.find(PlatformCertificate, id=ask.sn) is None:
        work.add(PlatformCertificate(id=ask.sn, pem=ask.pem, added_at=work.now))
    return Added(sn=ask.sn)
