"""Opening applications, changing them, and what the gateway has to know of them."""

from typing import Literal

from kaifang.kernel import NO_PERMISSION, Address, Count, Key, Line, Shape, Text, Who, Work, method

from .errors import APP_NOT_EXIST, APP_STATE_ERROR
from .find import own_app, runs_the_platform, tell_change, the_app
from .key import read_public_key
from .states import Application
from .tables import App

Role = Literal["merchant", "isv", "wallet", "operator"]
OPERATORS_ONLY = {"open_ids", "rate", "state"}
ARROWS = {"ONLINE": Application.put_up, "OFFLINE": Application.take_down, "CLOSED": Application.close}


class Create(Shape):
    party: Key  # user id of the owner
    name: Line  # what people see
    role: Role = "merchant"  # what it may do
    public_key: Text | None = None  # RSA, 2048 bits or more: X.509 as base64 or PEM
    callback: Address | None = None  # what the redirect_uri of its consent pages begins with
    gateway: Address | None = None  # its application gateway: where messages go
    open_ids: bool = False  # whether it knows users by open_id only


class Created(Shape):
    app_id: str  # 16 digits


@method("kaifang.openapp.app.create", who=Who.OPERATOR)
def create(work: Work, ask: Create) -> Created:
    """Open an application for a merchant or a service provider."""
    app = App(
        id=work.new_party("2021"), party=ask.party, name=ask.name, role=ask.role,
        public_key=read_public_key(ask.public_key) if ask.public_key else "",
        callback=ask.callback or "", gateway=ask.gateway or "", open_ids=ask.open_ids, created_at=work.now,
    )  # fmt: skip
    work.add(app)
    tell_change(work, app.id)
    return Created(app_id=app.id)


class Change(Shape):
    app_id: Key  # which application
    name: Line | None = None  # what people see
    public_key: Text | None = None  # RSA, 2048 bits or more: X.509 as base64 or PEM
    cert_mode: bool | None = None  # whether it must sign with a certificate
    sign_type: Literal["RSA2", "RSA"] | None = None  # what notifications to it are signed with
    message_style: Literal["V1", "V2"] | None = None  # whether their signature leaves sign_type out (V1) or not (V2)
    callback: Address | None = None  # what the redirect_uri of its consent pages begins with
    gateway: Address | None = None  # its application gateway: where messages go
    open_ids: bool | None = None  # whether it knows users by open_id only; operators only
    rate: Count | None = None  # calls a second, 0 for as many as it likes; operators only
    state: Literal["ONLINE", "OFFLINE", "CLOSED"] | None = None  # operators only


class Changed(Shape):
    app_id: str  # which application


@method("kaifang.openapp.app.change", raises=[APP_NOT_EXIST, APP_STATE_ERROR])
def change(work: Work, ask: Change) -> Changed:
    """Change an application of your own: what is left out stays as it is."""
    app = own_app(work, ask.app_id)
    changes = {name: value for name in ask.__struct_fields__ if (value := getattr(ask, name)) is not None}
    reserved = sorted(OPERATORS_ONLY.intersection(changes))
    if reserved and not runs_the_platform(work):
        raise NO_PERMISSION(field=reserved[0], needs="the role operator")
    state = changes.pop("state", app.state)
    if state != app.state:
        ARROWS[state](work, app)
    if ask.public_key:
        changes["public_key"] = read_public_key(ask.public_key)
    for name in changes.keys() - {"app_id"}:
        setattr(app, name, changes[name])
    tell_change(work, app.id)
    return Changed(app_id=app.id)


class Which(Shape):
    app_id: Key  # which application


class Credentials(Shape, kw_only=True):
    app_id: str  # 16 digits
    party: str  # user id of the owner
    role: str  # merchant, isv, wallet or operator
    state: str  # ONLINE, OFFLINE or CLOSED
    name: str  # what people see
    public_key: str  # RSA, X.509, base64; empty if it has none yet
    certs: dict[str, str]  # serial name of each certificate issued to it -> its public key, X.509, base64
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
        app_id=app.id, party=app.party, role=app.role, state=app.state, name=app.name, public_key=app.public_key,
        certs=app.certificates, cert_mode=app.cert_mode, aes_key=app.aes_key, open_ids=app.open_ids, rate=app.rate,
        sign_type=app.sign_type, callback=app.callback, gateway=app.gateway, message_style=app.message_style,
    )  # fmt: skip


class Reached(Shape):
    gateway: str  # its application gateway, empty if it has none
    message_style: str  # V1 or V2


@method("kaifang.openapp.address", raises=[APP_NOT_EXIST], who=Who.INSIDE, reads=True)
def address(work: Work, ask: Which) -> Reached:
    """Where an application is told what happens beside its own calls."""
    app = the_app(work, ask.app_id)
    return Reached(gateway=app.gateway, message_style=app.message_style)
