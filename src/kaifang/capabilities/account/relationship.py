"""What an app may ask about its own users' consent, and how it gives one up."""

import msgspec

from kaifang.kernel import INVALID_PARAMETER, Fault, Line, Shape, Work, method

from .ending import end_consent
from .errors import RELATIONSHIP_PARAMETER
from .find import Whom, user_of_open_id
from .states import Consent
from .tables import ConsentRow


class Query(Whom):
    scopes: Line = ""  # which ones, separated by commas, each once


class Standing(Shape):
    query_detail: str  # JSON: each scope, and whether the user lets your app have it


@method("alipay.open.auth.userauth.relationship.query", reads=True, raises=[RELATIONSHIP_PARAMETER])
def query(work: Work, ask: Query) -> Standing:
    """Ask which scopes a user still lets your app have."""
    scopes = [name.strip() for name in ask.scopes.split(",") if name.strip()]
    if not scopes or len(set(scopes)) != len(scopes):
        raise RELATIONSHIP_PARAMETER(field="scopes")
    if not (ask.user_id or ask.open_id):
        raise RELATIONSHIP_PARAMETER(field="user_id")
    user = user_known(work, ask)
    consent = work.find(ConsentRow, app=work.caller.auth_app, user=user) if user else None
    given = consent.scopes if consent and consent.state == Consent.GIVEN.name else []
    return Standing(query_detail=msgspec.json.encode({name: name in given for name in scopes}).decode())


class Cancel(Whom):
    pass


class Cancelled(Shape):
    result: str  # true, or false where there was no consent


@method("alipay.open.auth.userauth.relation.cancel")
def cancel(work: Work, ask: Cancel) -> Cancelled:
    """Give up a user's consent to your app: its tokens for the user stop working at once."""
    if not (ask.user_id or ask.open_id):
        raise INVALID_PARAMETER(field="user_id", reason="give user_id or open_id")
    user = user_known(work, ask)
    ended = user is not None and end_consent(work, work.caller.auth_app, user)
    return Cancelled(result="true" if ended else "false")


def user_known(work: Work, whom: Whom) -> str | None:
    """The user, or None: an app does not learn here who exists."""
    if whom.user_id:
        return whom.user_id
    try:
        return user_of_open_id(work, work.caller.auth_app, whom.open_id or "")
    except Fault:
        return None
