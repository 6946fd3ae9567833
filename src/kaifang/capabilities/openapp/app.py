"""Opening applications, changing them and looking at them."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import NO_PERMISSION, Address, Count, Key, Line, Moment, Shape, Text, Who, Work, method
from kaifang.kernel.publickey import read_public_key

from .address import read_url
from .aes import read_aes_key
from .errors import APP_NOT_EXIST, APP_STATE_ERROR, PARTY_NOT_EXIST
from .find import own_app, owner, runs_the_platform, tell_change
from .party import the_party
from .states import Application
from .tables import App

Role = Literal["merchant", "isv", "wallet", "operator"]
PageNumber = Annotated[int, Meta(ge=1, le=10_000)]
PageSize = Annotated[int, Meta(ge=1, le=100)]
OPERATORS_ONLY = {"open_ids", "rate", "state"}
ARROWS = {"ONLINE": Application.put_up, "OFFLINE": Application.take_down, "CLOSED": Application.close}
READERS: dict[str, Callable[[str], str]] = {
    "public_key": read_public_key,
    "aes_key": read_aes_key,
    "callback": partial(read_url, "callback"),
    "gateway": partial(read_url, "gateway"),
}


class Create(Shape):
    party: Key  # user id of the owner
    name: Line  # what people see
    role: Role = "merchant"  # what it may do
    kind: Literal["WEB", "MINI"] = "WEB"  # a website or service, or a mini program
    public_key: Text | None = None  # RSA, 2048 bits or more: X.509 as base64 or PEM
    callback: Address | None = None  # what the redirect_uri of its consent pages begins with
    gateway: Address | None = None  # its application gateway: where messages go
    open_ids: bool = False  # whether it knows users by open_id only


class Created(Shape):
    app_id: str  # 16 digits


@method("kaifang.openapp.app.create", raises=[PARTY_NOT_EXIST], who=Who.OPERATOR)
def create(work: Work, ask: Create) -> Created:
    """Open an application for a merchant or a service provider."""
    the_party(work, user_id=ask.party)
    app = App(
        id=work.new_party("2021"), party=ask.party, name=ask.name, role=ask.role, kind=ask.kind,
        open_ids=ask.open_ids, created_at=work.now,
    )  # fmt: skip
    for name in ("public_key", "callback", "gateway"):
        if (told := getattr(ask, name)) is not None:
            setattr(app, name, READERS[name](told))
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
    aes_key: Key | None = None  # for encrypted calls: 16 bytes, base64
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
    changes = {name: told for name in ask.__struct_fields__[1:] if (told := getattr(ask, name)) is not None}
    reserved = sorted(OPERATORS_ONLY.intersection(changes))
    if reserved and not runs_the_platform(work):
        raise NO_PERMISSION(field=reserved[0], needs="the role operator")
    state = changes.pop("state", app.state)
    if state != app.state:
        ARROWS[state](work, app)
    for name, told in changes.items():
        setattr(app, name, READERS[name](told) if name in READERS else told)
    tell_change(work, app.id)
    return Changed(app_id=app.id)


class Which(Shape):
    app_id: Key  # which application


class Seen(Shape):
    app_id: str  # 16 digits
    party: str  # user id of the owner
    name: str  # what people see
    role: str  # merchant, isv, wallet or operator
    kind: str  # WEB or MINI
    state: str  # ONLINE, OFFLINE or CLOSED
    public_key: str  # RSA, X.509, base64; empty if it has none yet
    certs: list[str]  # serial names of the certificates issued to it
    cert_mode: bool  # whether it must sign with a certificate
    sign_type: str  # what notifications to it are signed with
    message_style: str  # V1 or V2
    encrypts: bool  # whether it has a key for encrypted calls
    callback: str  # what the redirect_uri of its consent pages begins with
    gateway: str  # where messages go
    open_ids: bool  # whether it knows users by open_id only
    rate: int  # calls a second; 0: as many as it likes
    created: Moment  # when it was opened


@method("kaifang.openapp.app.query", raises=[APP_NOT_EXIST], reads=True)
def query(work: Work, ask: Which) -> Seen:
    """Look at an application of your own; its secret stays where it is."""
    return seen(own_app(work, ask.app_id))


def seen(app: App) -> Seen:
    """An application as its owner sees it."""
    same = {name: getattr(app, name) for name in Seen.__struct_fields__ if name in App.__struct_fields__}
    return Seen(
        **same, app_id=app.id, certs=sorted(app.certificates), encrypts=app.aes_key is not None,
        created=Moment(app.created_at),
    )  # fmt: skip


class List(Shape):
    party: Key | None = None  # whose, for operators; everybody's if left out
    page_num: PageNumber = 1  # from 1
    page_size: PageSize = 20  # 1 to 100


class Listed(Shape):
    apps: list[Seen]  # by number
    total: int  # how many there are on all pages


@method("kaifang.openapp.app.list", reads=True)
def list_apps(work: Work, ask: List) -> Listed:
    """List your applications."""
    party = ask.party if runs_the_platform(work) else owner(work) or ""
    where, values = ("1 = 1", ()) if party is None else ("party = ?", (party,))
    found = work.select(App, where, values, "id", ask.page_size, offset=(ask.page_num - 1) * ask.page_size)
    return Listed(apps=[seen(app) for app in found], total=work.count(App, where, values))
