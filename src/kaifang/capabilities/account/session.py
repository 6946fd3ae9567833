"""Being signed in where a key of one's own signs: the key is registered when a person signs in, and never travels."""

from typing import Literal

from kaifang.kernel import INVALID_PARAMETER, Key, Line, Moment, Shape, Text, Who, Work, method
from kaifang.kernel.publickey import read_public_key

from .errors import TOKEN_EXPIRED, TOKEN_INVALID
from .find import signed_in
from .signin import SESSION, Refused, admit
from .tables import SessionRow
from .token import seconds

MOST_BITS_TEXT = 800  # characters of an RSA key of 4096 bits: a browser makes no longer one


class Open(Shape):
    logon_id: Key  # mail address or mobile number
    password: Key  # the sign-in password; the payment password if they have none
    public_key: Text  # of the key that will sign: RSA, 2048 to 4096 bits, X.509 as base64 or PEM
    device: Line  # what the person will know this device by, such as Chrome on Android


class AppHeld(Shape):
    app_id: str  # 16 digits
    name: str  # what people see
    role: str  # merchant, isv, wallet or operator
    kind: str  # WEB or MINI


class Opened(Shape):
    session_id: str  # goes as session into the Authorization header of what the key signs
    expires_in: int  # seconds
    user_id: str  # 16 digits, 2088...
    name: str  # as on the identity card or licence
    kind: str  # person or merchant
    apps: list[AppHeld]  # their own apps, as which the key may sign too


@method("kaifang.wallet.session.open", who=Who.WALLET)
def open_session(work: Work, ask: Open) -> Opened | Refused:
    """Sign in with a key: what it signs from now on is theirs, as the wallet or as an app of their own."""
    key = read_public_key(ask.public_key)
    if len(key) > MOST_BITS_TEXT:
        raise INVALID_PARAMETER(field="public_key", reason="an RSA key of 2048 to 4096 bits is wanted")
    party = admit(work, ask.logon_id, ask.password, work.caller.address)
    if isinstance(party, Refused):
        return party
    row = SessionRow(
        id=work.chance.text(32), app=work.caller.app, user=party.id, public_key=key, device=ask.device, since=work.now,
        until=work.now + SESSION,
    )  # fmt: skip
    work.add(row)
    return Opened(
        session_id=row.id, expires_in=seconds(SESSION), user_id=party.id, name=party.name, kind=party.kind,
        apps=apps_of(work, party.id),
    )  # fmt: skip


def apps_of(work: Work, user: str) -> list[AppHeld]:
    """The apps that somebody owns."""
    held = work.acting(user=user).ask("kaifang.openapp.app.list", page_size=100)
    return [AppHeld(app_id=one.app_id, name=one.name, role=one.role, kind=one.kind) for one in held.apps]


class ListSessions(Shape):
    pass


class SeenSession(Shape):
    session_id: str  # to close it with
    device: str  # what the device calls itself
    since: Moment  # when they signed in
    until: Moment  # when they will have to again
    here: Literal["Y", "N"]  # whether it is the one that asks


class Sessions(Shape):
    sessions: list[SeenSession]  # the newest first


@method("kaifang.wallet.session.list", who=Who.WALLET, reads=True)
def list_sessions(work: Work, ask: ListSessions) -> Sessions:
    """List where you are signed in with a key."""
    rows = work.select(SessionRow, '"user" = ? and until > ?', (signed_in(work), work.now), "since desc, id")
    return Sessions(sessions=[seen(work, row) for row in rows])


def seen(work: Work, row: SessionRow) -> SeenSession:
    """A session as its owner sees it."""
    here = "Y" if row.id == work.caller.session else "N"
    return SeenSession(
        session_id=row.id, device=row.device, since=Moment(row.since), until=Moment(row.until), here=here
    )


class Close(Shape):
    session_id: Key | None = None  # which; every one of theirs if left out


class Closed(Shape):
    closed: int  # how many ended


@method("kaifang.wallet.session.close", who=Who.WALLET)
def close_session(work: Work, ask: Close) -> Closed:
    """Sign out: from one device, or from all of them; what their keys sign is refused from now on."""
    user = signed_in(work)
    if ask.session_id is None:
        return Closed(closed=end_sessions(work, user))
    row = work.find(SessionRow, id=ask.session_id)
    if row is None or row.user != user:
        return Closed(closed=0)
    end(work, row)
    return Closed(closed=1)


def end_sessions(work: Work, user: str, but: str = "") -> int:
    """End all of somebody's sessions, but perhaps one; how many there were."""
    rows = [row for row in work.select(SessionRow, '"user" = ?', (user,), "id") if row.id != but]
    for row in rows:
        end(work, row)
    return len(rows)


def end(work: Work, row: SessionRow) -> None:
    """End a session, and let every process know."""
    work.remove(row)
    work.tell("session.end", row.id)


class ReadSession(Shape):
    session_id: Text  # as the request names it


class KnownSession(Shape):
    app_id: str  # the wallet, as which they are signed in
    user_id: str  # who
    public_key: str  # RSA, X.509, base64
    until: int  # milliseconds


@method("kaifang.account.session.read", who=Who.INSIDE, reads=True, raises=[TOKEN_INVALID, TOKEN_EXPIRED])
def read_session(work: Work, ask: ReadSession) -> KnownSession:
    """Say who is signed in there, and what they sign with."""
    row = work.find(SessionRow, id=ask.session_id)
    if row is None:
        raise TOKEN_INVALID()
    if row.until <= work.now:
        raise TOKEN_EXPIRED()
    return KnownSession(app_id=row.app, user_id=row.user, public_key=row.public_key, until=row.until)
