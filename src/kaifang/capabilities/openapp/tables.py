"""What is kept of applications."""

from kaifang.kernel import Row, table

from .states import Application, Authorisation


@table("app", index=[("party",)])
class App(Row, kw_only=True):
    """An application: who owns it, what it signs with, where it is reached."""

    id: str  # app_id, 16 digits
    party: str  # its owner, a user id
    name: str
    role: str  # merchant, isv, wallet or operator
    state: str = Application.begin.name
    public_key: str = ""  # X.509 SubjectPublicKeyInfo, bare base64
    certificates: dict[str, str] = {}  # serial name -> public key, of those issued to it
    cert_mode: bool = False  # whether it must sign with a certificate
    sign_type: str = "RSA2"  # what notifications to it are signed with
    message_style: str = "V1"  # whether sign_type is left out (V1) when notifications are signed, or not (V2)
    aes_key: str | None = None  # 16 bytes, base64
    callback: str = ""  # what the redirect_uri of its consent pages begins with
    gateway: str = ""  # its application gateway: where messages go
    open_ids: bool = False  # whether it knows users by open_id only
    rate: int = 0  # calls a second; 0: as many as it likes
    created_at: int


@table("certificate", index=[("app",)])
class Certificate(Row):
    """A certificate issued to an application."""

    id: str  # its serial name, 32 hexadecimal digits
    app: str
    pem: str
    added_at: int


@table("platform_certificate")
class PlatformCertificate(Row):
    """A certificate of the platform's own, with the one that vouches for it."""

    id: str  # its serial name
    pem: str  # leaf, then intermediate
    added_at: int


@table("authorisation", key=("auth_app", "app"), index=[("app",)])
class Authorised(Row, kw_only=True):
    """A merchant's word that a service provider may act for it."""

    auth_app: str  # the merchant's application
    app: str  # the service provider's application
    party: str  # the merchant
    capabilities: list[str] | None = None  # for what; None: for everything
    state: str = Authorisation.begin.name
    since: int


@table("app_token", unique=[("refresh_token",)])
class AppToken(Row):
    """A token by which a service provider's calls are the merchant's."""

    id: str  # app_auth_token
    refresh_token: str
    app: str
    auth_app: str
    since: int
    until: int  # when it stops, in milliseconds; a refreshed one works on for ten minutes
    refresh_until: int
