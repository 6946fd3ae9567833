"""Exchanging a consent page's code for tokens, and old tokens for new ones."""

from kaifang.kernel import Line, Moment, Shape, Work, method

from .errors import (
    CODE_INVALID,
    GRANT_TYPE_INVALID,
    REFRESH_TOKEN_INVALID,
    REFRESH_TOKEN_TIME_OUT,
    REFRESHED_TOKEN_INVALID,
    UNMATCHED_APP_ID,
)
from .openid import open_id_of
from .scope import SCOPES
from .tables import AuthCode, TokenRow
from .token import fingerprint, new_secret, seconds, stands


class Exchange(Shape):
    grant_type: Line = ""  # authorization_code, or refresh_token
    code: Line = ""  # auth_code of the consent page; it works once
    refresh_token: Line = ""  # the one that came with the access token to be replaced


class Tokens(Shape):
    access_token: str  # 40 letters and digits, to be sent as auth_token
    expires_in: str  # seconds
    refresh_token: str  # 40 letters and digits; it works once
    re_expires_in: str  # seconds
    auth_start: Moment  # when this authorisation began
    user_id: str | None = None  # 16 digits; left out for apps that know users by open_id
    open_id: str | None = None  # the name under which this app knows the user, if it knows users so


@method(
    "alipay.system.oauth.token",
    raises=[
        GRANT_TYPE_INVALID,
        CODE_INVALID,
        REFRESH_TOKEN_INVALID,
        REFRESH_TOKEN_TIME_OUT,
        REFRESHED_TOKEN_INVALID,
        UNMATCHED_APP_ID,
    ],
)
def exchange(work: Work, ask: Exchange) -> Tokens:
    """Exchange the code of a consent page, or a refresh token, for an access token."""
    if ask.grant_type == "authorization_code":
        return redeem(work, ask.code)
    if ask.grant_type == "refresh_token":
        return refresh(work, ask.refresh_token)
    raise GRANT_TYPE_INVALID(grant_type=ask.grant_type)


def redeem(work: Work, code: str) -> Tokens:
    """Give a token for a code, which is gone then."""
    row = work.find(AuthCode, id=fingerprint(code))
    if row is None or row.until <= work.now or not stands(work, row):
        raise CODE_INVALID()
    own(work, row.app)
    work.remove(row)
    return issue(work, row)


def refresh(work: Work, secret: str) -> Tokens:
    """Give a new token for an old one, which stops working."""
    row = work.find(TokenRow, refresh=fingerprint(secret))
    if row is None or not stands(work, row):
        raise REFRESH_TOKEN_INVALID()
    own(work, row.app)
    if row.refreshed:
        raise REFRESHED_TOKEN_INVALID()
    if row.refresh_until <= work.now:
        raise REFRESH_TOKEN_TIME_OUT()
    row.refreshed = True
    return issue(work, row)


def own(work: Work, app: str) -> None:
    """Refuse what was given to another app; a service provider exchanges its merchants' codes too."""
    if app not in (work.caller.app, work.caller.auth_app):
        raise UNMATCHED_APP_ID()


def issue(work: Work, given: AuthCode | TokenRow) -> Tokens:
    """A new pair of tokens; they last as long as the shortest of their scopes."""
    access, renewal = new_secret(work), new_secret(work)
    lasts = min(SCOPES[name].lasts for name in given.scopes)
    refresh_lasts = min(SCOPES[name].refresh_lasts for name in given.scopes)
    work.add(
        TokenRow(
            id=fingerprint(access),
            app=given.app,
            user=given.user,
            scopes=given.scopes,
            consent=given.consent,
            until=work.now + lasts,
            refresh=fingerprint(renewal),
            refresh_until=work.now + refresh_lasts,
        )  # fmt: skip
    )
    named = open_id_of(work, given.app, given.user) if work.caller.open_ids else None
    return Tokens(
        access_token=access, expires_in=str(seconds(lasts)), refresh_token=renewal,
        re_expires_in=str(seconds(refresh_lasts)), auth_start=Moment(work.now),
        user_id=None if named else given.user, open_id=named,
    )  # fmt: skip
