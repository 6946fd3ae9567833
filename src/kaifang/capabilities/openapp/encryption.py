"""The key with which an application's calls and its users' private data are encrypted."""

import base64

from kaifang.kernel import Key, Shape, Work, method

from .authorisation import valid_authorisation
from .errors import ACCESS_DENIED
from .find import owns, tell_change
from .tables import App


class Which(Shape):
    merchant_app_id: Key  # your own application, or a merchant's that authorised you


class Told(Shape):
    aes_key: str | None = None  # 16 bytes, base64


@method("alipay.open.auth.app.aes.get", raises=[ACCESS_DENIED], reads=True)
def get(work: Work, ask: Which) -> Told:
    """Fetch the encryption key of a merchant's application; absent if none was set."""
    return Told(aes_key=encrypting_app(work, ask).aes_key)


@method("alipay.open.auth.app.aes.set", raises=[ACCESS_DENIED])
def make(work: Work, ask: Which) -> Told:
    """Give a merchant's application a fresh encryption key; the old one ends at once."""
    app = encrypting_app(work, ask)
    app.aes_key = base64.b64encode(bytes.fromhex(work.chance.hex(32))).decode()
    tell_change(work, app.id)
    return Told(aes_key=app.aes_key)


def encrypting_app(work: Work, ask: Which) -> App:
    """The application meant, if it is the caller's own or let the caller act for it."""
    app = work.find(App, id=ask.merchant_app_id)
    if app is None or not (owns(work, app) or valid_authorisation(work, app.id, work.caller.app)):
        raise ACCESS_DENIED(merchant_app_id=ask.merchant_app_id)
    return app
