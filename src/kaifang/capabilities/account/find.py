"""Finding the person who is meant, and naming them without giving them away."""

from kaifang.kernel import NO_USER, Key, Line, Shape, Work

from .errors import PARTY_NOT_EXIST
from .tables import OpenIdRow, PartyRow


class Whom(Shape):
    """A user as an app names one."""

    user_id: Key | None = None  # the platform's own number, 2088...
    open_id: Line | None = None  # the name under which this one app knows the user


def the_party(work: Work, user_id: str) -> PartyRow:
    """The party with this number."""
    party = work.find(PartyRow, id=user_id)
    if party is None:
        raise PARTY_NOT_EXIST(user_id=user_id)
    return party


def signed_in(work: Work) -> str:
    """The user who signed in, or who consented to what the app does."""
    if work.caller.user is None:
        raise NO_USER()
    return work.caller.user


def user_of_open_id(work: Work, app: str, open_id: str) -> str:
    """Whom this app knows by an open_id."""
    known = work.find(OpenIdRow, app=app, open_id=open_id)
    if known is None:
        raise PARTY_NOT_EXIST(open_id=open_id)
    return known.user


def folded(logon_id: str) -> str:
    """A logon_id as it is kept: how it was typed makes no difference."""
    return logon_id.strip().lower()


def masked(logon_id: str) -> str:
    """A logon_id as others may see it: ann***@example.com, 138****0001."""
    name, at, domain = logon_id.partition("@")
    if not at and len(name) == 11 and name.isdigit():
        return f"{name[:3]}****{name[7:]}"
    return f"{name[:3]}***{at}{domain}"
