"""Applications that people open for themselves, without asking anybody first in a sandbox."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import NO_USER, Address, Shape, Text, Who, Work, method

from .errors import APP_NAME_TAKEN, TOO_MANY_APPS
from .find import the_app
from .states import Application
from .tables import App

MOST = 10  # applications of one owner that are not closed


class Apply(Shape):
    name: Annotated[str, Meta(min_length=1, max_length=64)]  # what people see; each of your applications has its own
    role: Literal["merchant", "isv"] = "merchant"  # to sell, or to act for merchants who authorise it
    kind: Literal["WEB", "MINI"] = "WEB"  # a website or service, or a mini program
    public_key: Text | None = None  # RSA, 2048 bits or more: X.509 as base64 or PEM
    callback: Address | None = None  # what the redirect_uri of its consent pages begins with
    gateway: Address | None = None  # its application gateway: where messages go


class Opened(Shape):
    app_id: str  # 16 digits
    state: str  # ONLINE at once in a sandbox; else OFFLINE until the operators put it up


@method("kaifang.openapp.app.apply", raises=[APP_NAME_TAKEN, TOO_MANY_APPS], who=Who.WALLET)
def apply(work: Work, ask: Apply) -> Opened:
    """Open an application of your own: in a sandbox it may call at once, else the operators look at it first."""
    if work.caller.user is None:
        raise NO_USER()
    open_ones = work.select(App, "party = ? and state <> 'CLOSED'", (work.caller.user,), "id", MOST)
    for app in open_ones:
        if app.name == ask.name:
            return the_same(app, ask)
    if len(open_ones) == MOST:
        raise TOO_MANY_APPS(most=MOST)
    told = {name: getattr(ask, name) for name in ask.__struct_fields__}
    inside = work.acting(role="inside")
    app = the_app(work, inside.ask("kaifang.openapp.app.create", party=work.caller.user, **told).app_id)
    if not work.place.sandbox:
        Application.take_down(work, app)
    return Opened(app_id=app.id, state=app.state)


def the_same(app: App, ask: Apply) -> Opened:
    """Asking again opens nothing; for another kind of application it is the wrong name."""
    if (app.role, app.kind) != (ask.role, ask.kind):
        raise APP_NAME_TAKEN(name=ask.name, app_id=app.id)
    return Opened(app_id=app.id, state=app.state)
