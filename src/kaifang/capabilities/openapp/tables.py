"""What is kept of applications."""

from kaifang.kernel import Row, table

from .states import Application, Authorisation, FieldRequest, Membership


@table("app", index=[("party",)])
class App(Row, kw_only=True):
    """An application: who owns it, what it signs with, where it is reached."""

    id: str  # app_id, 16 digits
    party: str  # its owner, a user id
    name: str
    role: str  # merchant, isv, wallet or operator
    kind: str  # WEB or MINI
    state: str = Application.begin.name
    public_key: str = ""  # X.509 SubjectPublicKeyInfo, bare base64
    certificates: dict[str, str] = {}  # serial name -> public key, of those issued to it
    certificates_until: dict[str, int] = {}  # serial name -> when it ends, in milliseconds, of those that do
    cert_mode: bool = False  # whether it must sign with a certificate
    sign_type: str = "RSA2"  # what notifications to it are signed with
    message_style: str = "V1"  # whether sign_type is left out (V1) when notifications are signed, or not (V2)
    aes_key: str | None = None  # 16 bytes, base64
    callback: str = ""  # what the redirect_uri of its consent pages begins with
    gateway: str = ""  # its application gateway: where messages go
    open_ids: bool = False  # whether it knows users by open_id only
    rate: int = 0  # calls a second; 0: as many as it likes
    created_at: int


@table("certificate")
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


@table("authorisation", index=[("auth_app",), ("app",)])
class Authorised(Row, kw_only=True):
    """A merchant's word that a service provider may act for it."""

    id: str  # the merchant's application, a slash, the service provider's
    auth_app: str  # the merchant's application
    app: str  # the service provider's application
    party: str  # the merchant
    capabilities: list[str] | None = None  # for what; None: for everything
    state: str = Authorisation.begin.name
    number: int = 1  # how often it was given: what belongs to an earlier time is void
    since: int


@table("app_token", unique=[("refresh_token",)], index=[("authorisation",)])
class AppToken(Row):
    """A token by which a service provider's calls are the merchant's."""

    id: str  # app_auth_token
    refresh_token: str
    authorisation: str  # which it proves
    number: int  # to which giving of it the token belongs
    app: str  # the service provider's application
    until: int  # when it stops, in milliseconds; a refreshed one works on for ten minutes
    refresh_until: int


@table("app_auth_code")
class AppAuthCode(Row):
    """A code that the merchant's browser carries to the service provider, who exchanges it for a token."""

    id: str
    token: str  # what it is exchanged for
    others: list[str] = []  # and these, when the merchant answered for several applications at once
    until: int
    used: bool = False


@table("subscription", index=[("app", "topic"), ("owner", "topic")])
class Subscription(Row):
    """An application's wish to be told of something."""

    id: str  # application, topic, tag and owner
    app: str
    topic: str  # the message's method name
    tag: str  # which of its kinds; empty: all
    owner: str  # whose messages: an authorised merchant's application or a user; empty: its own and all of those
    channel: str  # HTTP or WEBSOCKET


@table("field_request", index=[("app",)])
class FieldAsked(Row, kw_only=True):
    """An application's request for a field of users' private data."""

    id: str  # application, method and field
    app: str
    user_app: str  # who applied: the application itself or the service provider's
    api_name: str
    field_name: str
    package: str  # the capability that the method belongs to
    scene_code: str
    answers: dict[str, str]  # what the applicant says of its use
    proofs: list[str]  # file ids of pictures and a video of the use
    reason: str = ""  # why it was rejected
    state: str = FieldRequest.begin.name
    asked_at: int


@table("member", index=[("app",), ("user",)])
class Member(Row, kw_only=True):
    """Somebody who was asked to work on an application."""

    id: str  # application, user and role
    app: str
    user: str
    role: str  # DEVELOPER or EXPERIENCER
    state: str = Membership.begin.name
    invited_at: int
    joined_at: int | None = None


@table("file")
class File(Row):
    """A file that an application brought."""

    id: str
    app: str
    user: str  # for whom, if the wallet brought it; else empty
    use: str  # biz_code: what for
    type: str  # media type, by what it begins with
    content: bytes


@table("mini_code")
class Code(Row):
    """A QR code that opens an application."""

    id: str
    app: str
    page: str  # which page of it
    query: str  # its launch parameters
    describe: str  # what people are told beside the code
    color: str  # of the round ones, such as #1677FF
    side: int  # pixels
