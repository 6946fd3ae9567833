"""Signing in to the platform's own wallet and consoles, and out again."""

from kaifang.kernel import DAY, Key, Moment, Shape, Text, Who, Work, method

from .find import folded, signed_in
from .password import NOBODY, count_at, crowded_until, place_lock, signin_lock, try_password
from .states import Party
from .tables import PartyRow, TokenRow
from .token import fingerprint, new_secret, seconds

SESSION = 7 * DAY


class SignIn(Shape):
    logon_id: Key  # mail address or mobile number
    password: Key  # the sign-in password; the payment password if they have none
    address: Key | None = None  # the network address they come from, if the wallet knows it


class SignedIn(Shape):
    access_token: str  # send it as auth_token
    expires_in: int  # seconds
    user_id: str  # 16 digits, 2088...
    name: str  # as on the identity card or licence
    kind: str  # person or merchant


class Refused(Shape):
    left: int  # how many wrong tries are left
    locked_until: Moment | None = None  # when it may be tried again


def admit(work: Work, given_logon_id: str, password: str, address: str) -> PartyRow | Refused:
    """Who signs in with this password; a wrong one counts for the logon_id and for the network address."""
    place = place_lock(address)
    if address and (until := crowded_until(work, place)):
        return Refused(left=0, locked_until=until)
    logon_id = folded(given_logon_id)
    party = work.find(PartyRow, logon_id=logon_id)
    if party is not None and party.state == Party.CLOSED.name:
        party = None
    secret = (party.signin_secret or party.pay_secret) if party else NOBODY
    checked = try_password(work, signin_lock(logon_id), password, secret)
    if party is not None and checked.right:
        return party
    if address:
        count_at(work, place)
    return Refused(left=checked.left, locked_until=checked.locked_until)


@method("kaifang.wallet.signin", who=Who.WALLET)
def sign_in(work: Work, ask: SignIn) -> SignedIn | Refused:
    """Sign in; whether a wrong password or a wrong logon_id was given is not told."""
    party = admit(work, ask.logon_id, ask.password, ask.address or "")
    if isinstance(party, Refused):
        return party
    access = new_secret(work)
    work.add(TokenRow(id=fingerprint(access), app=work.caller.app, user=party.id, until=work.now + SESSION))
    return SignedIn(
        access_token=access, expires_in=seconds(SESSION), user_id=party.id, name=party.name, kind=party.kind
    )


class SignOut(Shape):
    access_token: Text | None = None  # the session to end; every session of the user if left out


class SignedOut(Shape):
    pass


@method("kaifang.wallet.signout", who=Who.WALLET)
def sign_out(work: Work, ask: SignOut) -> SignedOut:
    """Sign out here, or everywhere."""
    user = signed_in(work)
    if ask.access_token is not None:
        token = work.find(TokenRow, id=fingerprint(ask.access_token))
        sessions = [token] if token and token.user == user else []
    else:
        sessions = work.select(TokenRow, '"user" = ?', (user,))
    for token in sessions:
        if token.app == work.caller.app:
            work.remove(token)
    return SignedOut()
