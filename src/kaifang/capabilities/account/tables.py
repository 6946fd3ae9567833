"""What is kept of people: their passwords, consents and tokens, and the proof of who they are."""

from kaifang.kernel import Money, Row, Shape, table

from .states import Certification, Consent, Party


class DeliveryAddress(Shape):
    """Where somebody has things delivered to."""

    province: str  # such as 浙江省
    city: str  # such as 杭州市
    address: str  # street and number
    fullname: str  # who receives
    mobile: str  # whom the courier rings
    area: str = ""  # district or county


@table("party", unique=[("logon_id",)])
class PartyRow(Row):
    """A person or merchant."""

    id: str  # user id, 16 digits, 2088...
    kind: str  # person or merchant
    logon_id: str  # what they sign in with, lower case
    name: str
    pay_secret: str  # digest of the payment password
    opened: int = 0  # since when there is this account, milliseconds
    signin_secret: str = ""  # digest of the sign-in password; empty: they sign in with the payment password
    state: str = Party.begin.name
    certified: bool = False  # whether their identity was proved
    cert_no: str = ""  # number of the identity card
    no_password_limit: Money = Money(100_000)  # payment codes pay up to this without a password
    balance_pay: bool = True  # may pay from the balance
    code_pay: bool = True  # may pay by showing a code
    face_pay: bool = True  # may pay with their face
    nick_name: str = ""
    avatar: str = ""  # URL
    gender: str = ""  # F or M
    province: str = ""
    city: str = ""
    mobile: str = ""
    address: DeliveryAddress | None = None  # where things are delivered to
    other_addresses: list[DeliveryAddress] = []  # where else


@table("open_id", key=("app", "open_id"), unique=[("app", "user")])
class OpenIdRow(Row):
    """The name under which one app knows one user."""

    app: str
    open_id: str
    user: str


@table("wrong_tries")
class WrongTries(Row):
    """How often a password was given wrongly; forgotten three hours after the last time at the latest."""

    id: str  # pay/USER, from/ADDRESS, or signin/LOGON_ID, whether or not anybody has that logon_id
    count: int = 0
    last: int = 0  # milliseconds


@table("consent", key=("app", "user"), index=[("user",)])
class ConsentRow(Row):
    """What a user lets an app know and do."""

    app: str
    user: str
    scopes: list[str]
    since: int  # when it was given, in milliseconds
    fields: list[str] = []  # the private fields that the page named
    state: str = Consent.begin.name
    number: int = 1  # how often it was given: what belongs to an earlier time is void


@table("auth_code")
class AuthCode(Row):
    """A code that a consent page sent back; it is gone once a token was given for it."""

    id: str  # digest of the code
    app: str  # whose page it was
    user: str
    scopes: list[str]
    consent: int  # number of the consent it belongs to
    until: int  # milliseconds


@table("token", unique=[("refresh",)], index=[("user",), ("until",)])
class TokenRow(Row):
    """An access token; of the secret itself only a digest is kept."""

    id: str  # digest of the access token
    app: str  # the app it was given to
    user: str
    until: int  # milliseconds
    scopes: list[str] = []
    consent: int = 0  # number of the consent it belongs to; 0 for those who signed in
    refresh: str | None = None  # digest of its refresh token
    refresh_until: int = 0  # milliseconds
    refreshed: bool = False  # whether a newer one has taken its place


@table("signed_in", index=[("user",), ("until",)])
class SessionRow(Row):
    """Somebody who is signed in where a key of their own signs: a browser, which never lets go of the other half."""

    id: str  # session_id
    app: str  # the wallet, as which they are signed in
    user: str
    public_key: str  # RSA, X.509, base64
    device: str  # what the device calls itself
    since: int  # milliseconds
    until: int  # milliseconds


@table("certification", unique=[("merchant", "outer_order_no")])
class CertificationRow(Row):
    """A merchant's wish to know whether somebody is who they say."""

    id: str  # certify_id, 32 letters and digits
    merchant: str
    outer_order_no: str  # the merchant's own number
    name: str  # who they are to be
    cert_no: str  # number of the identity card
    user: str = ""  # who has to prove it; empty: whoever does
    return_url: str = ""  # where the browser goes afterwards
    fail_reason: str = ""
    state: str = Certification.begin.name
