"""Access tokens: secrets that stand for a user who signed in or consented."""

import hashlib

from kaifang.kernel import SECOND, Key, Shape, Text, Who, Work, method

from .errors import TOKEN_EXPIRED, TOKEN_INVALID
from .states import Consent
from .tables import AuthCode, ConsentRow, TokenRow


def fingerprint(secret: str) -> str:
    """What is kept of a random secret: enough to know it again, useless to who reads it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_secret(work: Work) -> str:
    """A token: 40 letters and digits."""
    return work.chance.text(40)


def seconds(milliseconds: int) -> int:
    """Whole seconds, as tokens count."""
    return milliseconds // SECOND


def stands(work: Work, given: AuthCode | TokenRow) -> bool:
    """Whether the consent that a code or token belongs to was not withdrawn since."""
    consent = work.find(ConsentRow, app=given.app, user=given.user)
    return consent is not None and consent.state == Consent.GIVEN.name and consent.number == given.consent


class Read(Shape):
    auth_token: Text  # as the app sent it
    app: Key  # the app that sent it
    auth_app: Key | None = None  # the app it acts for, where that is another


class ReadToken(Shape):
    user_id: str  # who signed in or consented
    scopes: list[str]  # what they consented to; none when they signed in
    app_id: str  # the app the token was given to


@method("kaifang.account.token.read", who=Who.INSIDE, reads=True, raises=[TOKEN_INVALID, TOKEN_EXPIRED])
def read(work: Work, ask: Read) -> ReadToken:
    """Say whom an access token stands for, if it is good."""
    token = work.find(TokenRow, id=fingerprint(ask.auth_token))
    if token is None or token.app not in (ask.app, ask.auth_app):
        raise TOKEN_INVALID()
    if token.refreshed or (token.consent and not stands(work, token)):
        raise TOKEN_INVALID()
    if token.until <= work.now:
        raise TOKEN_EXPIRED()
    return ReadToken(user_id=token.user, scopes=token.scopes, app_id=token.app)
