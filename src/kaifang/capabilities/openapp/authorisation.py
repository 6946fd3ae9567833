"""A merchant's word that a service provider may act for it: the tokens that prove it."""

from kaifang.kernel import Key, Shape, Who, Work, method
from kaifang.kernel.method import methods

from .errors import APP_AUTH_TOKEN_TIME_OUT, INVALID_APP_AUTH_TOKEN
from .states import Authorisation
from .tables import AppToken, Authorised


class Read(Shape):
    app_auth_token: Key  # what the call carried
    app: Key  # the service provider's application, which signed it


class Acted(Shape):
    auth_app_id: str  # the merchant's application
    user_id: str  # the merchant
    methods: list[str] | None = None  # the methods it is good for; absent: all of them
    until: int | None = None  # when it stops, if it was replaced, in milliseconds


@method(
    "kaifang.openapp.authorisation.read", raises=[INVALID_APP_AUTH_TOKEN, APP_AUTH_TOKEN_TIME_OUT], who=Who.INSIDE,
    reads=True,
)  # fmt: skip
def read(work: Work, ask: Read) -> Acted:
    """Whom a call acts for, by the token it carried."""
    token = work.find(AppToken, id=ask.app_auth_token)
    if token is None or token.app != ask.app:
        raise INVALID_APP_AUTH_TOKEN()
    given = work.find(Authorised, auth_app=token.auth_app, app=token.app)
    if given is None or given.state != Authorisation.VALID.name:
        raise INVALID_APP_AUTH_TOKEN()
    if token.until <= work.now:
        raise APP_AUTH_TOKEN_TIME_OUT()
    return Acted(
        auth_app_id=given.auth_app, user_id=given.party, methods=methods_of(given.capabilities), until=token.until
    )


def methods_of(folders: list[str] | None) -> list[str] | None:
    """The published methods of these capabilities."""
    if folders is None:
        return None
    return sorted(one.name for one in methods.values() if one.capability in folders)
