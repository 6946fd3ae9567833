"""What the gateway and other capabilities have to know of an application."""

from kaifang.kernel import Shape, Who, Work, method

from .app import Which
from .errors import APP_NOT_EXIST
from .find import the_app


class Credentials(Shape, kw_only=True):
    app_id: str  # 16 digits
    party: str  # user id of the owner
    role: str  # merchant, isv, wallet or operator
    kind: str  # WEB or MINI
    state: str  # ONLINE, OFFLINE or CLOSED
    name: str  # what people see
    public_key: str  # RSA, X.509, base64; empty if it has none yet
    certs: dict[str, str]  # serial name of each certificate issued to it -> its public key, X.509, base64
    certs_until: dict[str, int]  # serial name of each -> when it ends, in milliseconds
    cert_mode: bool  # whether it must sign with a certificate
    aes_key: str | None = None  # 16 bytes, base64
    open_ids: bool  # whether it knows users by open_id only
    rate: int  # calls a second; 0: as many as it likes
    sign_type: str  # what notifications to it are signed with: RSA2 or RSA
    callback: str  # what the redirect_uri of its consent pages begins with
    gateway: str  # where messages go
    message_style: str  # whether signatures of notifications leave sign_type out (V1) or not (V2)


@method("kaifang.openapp.credentials", raises=[APP_NOT_EXIST], who=Who.INSIDE, reads=True)
def credentials(work: Work, ask: Which) -> Credentials:
    """What the platform must know of an application to believe its calls and to tell it something."""
    app = the_app(work, ask.app_id)
    return Credentials(
        app_id=app.id, party=app.party, role=app.role, kind=app.kind, state=app.state, name=app.name,
        public_key=app.public_key, certs=app.certificates, certs_until=app.certificates_until,
        cert_mode=app.cert_mode, aes_key=app.aes_key, open_ids=app.open_ids, rate=app.rate, sign_type=app.sign_type,
        callback=app.callback, gateway=app.gateway, message_style=app.message_style,
    )  # fmt: skip


class Reached(Shape):
    gateway: str  # its application gateway, empty if it has none
    message_style: str  # V1 or V2


@method("kaifang.openapp.address", raises=[APP_NOT_EXIST], who=Who.INSIDE, reads=True)
def address(work: Work, ask: Which) -> Reached:
    """Where an application is told what happens beside its own calls."""
    app = the_app(work, ask.app_id)
    return Reached(gateway=app.gateway, message_style=app.message_style)
