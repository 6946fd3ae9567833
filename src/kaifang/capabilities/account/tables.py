"""What is kept of people, their passwords, tokens and consents."""

from kaifang.kernel import Money, Row, Shape, table

from .states import Party


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


@table("open_id", key=("app", "open_id"), unique=[("app", "user")])
class OpenIdRow(Row):
    """The name under which one app knows one user."""

    app: str
    open_id: str
    user: str


@table("wrong_tries")
class WrongTries(Row):
    """How often a password was given wrongly; forgotten three hours after the last time."""

    id: str  # pay/USER, or signin/LOGON_ID, whether or not anybody has that logon_id
    count: int = 0
    last: int = 0  # milliseconds


@table("token", index=[("user",)])
class TokenRow(Row):
    """An access token; of the secret itself only a digest is kept."""

    id: str  # digest of the access token
    app: str  # the app it was given to
    user: str
    until: int  # milliseconds
    scopes: list[str] = []
