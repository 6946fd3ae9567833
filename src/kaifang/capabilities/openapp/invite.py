"""Inviting a merchant to authorise a service provider."""

from typing import Annotated
from urllib.parse import urlencode

from msgspec import Meta

from kaifang.kernel import INVALID_PARAMETER, Address, Key, Shape, Work, method

from .address import leads_home
from .errors import APP_NOT_ISV
from .tables import App

Base64 = Annotated[str, Meta(max_length=100, pattern="^[A-Za-z0-9+/_-]*={0,2}$")]


class Invite(Shape, kw_only=True):
    auth_app_id: Key | None = None  # the merchant's application; any of its own if left out
    redirect_url: Address  # where the merchant's browser goes back to, with app_auth_code
    state: Base64 | None = None  # goes back with it, base64


class Invited(Shape):
    task_page_url: str  # where the merchant decides


@method("alipay.open.auth.appauth.invite.create", raises=[APP_NOT_ISV])
def invite(work: Work, ask: Invite) -> Invited:
    """Make the address of the page on which a merchant may authorise you."""
    isv = work.find(App, id=work.caller.app)
    if isv is None or isv.role != "isv":
        raise APP_NOT_ISV(app_id=work.caller.app)
    if not leads_home(isv.callback, ask.redirect_url):
        raise INVALID_PARAMETER(field="redirect_url", reason="not below the callback address of your application")
    if ask.auth_app_id is not None and work.find(App, id=ask.auth_app_id) is None:
        raise INVALID_PARAMETER(field="auth_app_id", reason="no application has this number")
    told = {"app_id": isv.id, "redirect_uri": ask.redirect_url, "state": ask.state, "auth_app_id": ask.auth_app_id}
    query = urlencode({name: value for name, value in told.items() if value is not None})
    return Invited(task_page_url=work.link(f"/oauth2/appToAppAuth.htm?{query}"))
