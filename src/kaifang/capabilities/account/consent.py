"""Consent: a page on which a user lets an app know them, and the wallet's list of whom they let."""

from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from msgspec import Meta

from kaifang.kernel import (
    INVALID_PARAMETER,
    MINUTE,
    Address,
    Fault,
    Key,
    Line,
    Moment,
    Page,
    Shape,
    Who,
    Work,
    method,
)

from .ending import end_consent
from .errors import CONSENT_NOT_EXIST
from .find import signed_in
from .openid import open_id_of
from .scope import SILENT, ScopeShown, private_fields, read_scopes, shown
from .states import Consent
from .tables import AuthCode, ConsentRow
from .token import fingerprint

CODE_LASTS = 10 * MINUTE
PAGE = "/oauth2/publicAppAuthorize.htm"
State = Annotated[str, Meta(max_length=100)]


class Asked(Shape):
    """What a consent page is asked, in the names of its address."""

    app_id: Key  # who asks
    scope: Line  # what for, separated by commas: auth_base, auth_user, ...
    redirect_uri: Address | None = None  # where the browser goes; left out by apps that wait for the code themselves
    state: State | None = None  # the app's own note, given back as it is


class Shown(Shape):
    app_id: str  # who asks
    name: str  # what the app is called
    merchant: str  # user id of its owner
    scopes: list[ScopeShown]  # what it asks for
    silent: bool  # whether nothing has to be asked: give it at once


@method("kaifang.account.consent.look", who=Who.WALLET, reads=True)
def look(work: Work, ask: Asked) -> Shown:
    """Read what an app asks a user to consent to."""
    app, scopes = checked(work, ask)
    consent = work.find(ConsentRow, app=app.app_id, user=work.caller.user) if work.caller.user else None
    stands, fields = consent and consent.state == Consent.GIVEN.name, private_fields(work, app.app_id, scopes)
    given = {*consent.scopes, *consent.fields} if consent and stands else set()
    return Shown(
        app_id=app.app_id, name=app.name, merchant=app.party, scopes=shown(scopes, fields),
        silent={*scopes, *fields} <= {SILENT, *given},
    )  # fmt: skip


class Answered(Shape):
    auth_code: str | None = None  # to be exchanged for a token within ten minutes, once
    redirect_uri: str | None = None  # where the browser goes, with what it tells there


@method("kaifang.account.consent.give", who=Who.WALLET)
def give(work: Work, ask: Asked) -> Answered:
    """Consent to what an app asks for."""
    user = signed_in(work)
    app, scopes = checked(work, ask)
    consent = let(work, app.app_id, user, scopes)
    open_id_of(work, app.app_id, user)
    code = work.chance.text(32)
    work.add(
        AuthCode(
            id=fingerprint(code),
            app=app.app_id,
            user=user,
            scopes=scopes,
            consent=consent.number,
            until=work.now + CODE_LASTS,
        )  # fmt: skip
    )
    back = with_query(ask, {"scope": ",".join(scopes), "auth_code": code})
    return Answered(auth_code=code, redirect_uri=back)


@method("kaifang.account.consent.refuse", who=Who.WALLET)
def refuse(work: Work, ask: Asked) -> Answered:
    """Refuse what an app asks for; the app is told so."""
    signed_in(work)
    _, scopes = checked(work, ask)
    return Answered(redirect_uri=with_query(ask, {"error_scope": ",".join(scopes)}))


def checked(work: Work, ask: Asked) -> tuple[Any, list[str]]:
    """The app that asks and what for, if it may ask there."""
    try:
        app = work.ask("kaifang.openapp.credentials", app_id=ask.app_id)
    except Fault:
        raise INVALID_PARAMETER(field="app_id", reason="no application has this number") from None
    if app.state != "ONLINE":
        raise INVALID_PARAMETER(field="app_id", reason="the application is not online")
    if ask.redirect_uri is not None and not is_within(ask.redirect_uri, app.callback):
        raise INVALID_PARAMETER(field="redirect_uri", reason="not below the callback address of the application")
    return app, read_scopes(ask.scope)


def is_within(address: str, callback: str) -> bool:
    """Whether an address is the callback or below it: the same host, and the path up to a whole segment."""
    try:
        there, home = urlsplit(address), urlsplit(callback)
    except ValueError:
        return False
    if not home.netloc or "\\" in address or any(letter <= " " for letter in address) or there.fragment:
        return False
    path = home.path.rstrip("/")
    below = there.path in (home.path, path) or there.path.startswith(f"{path}/")
    climbs = "/.." in there.path or "%2e" in there.path.lower()
    return (there.scheme, there.netloc) == (home.scheme, home.netloc) and below and not climbs


def with_query(ask: Asked, told: dict[str, str]) -> str | None:
    """The address to go back to: its own query kept, ours behind it."""
    if ask.redirect_uri is None:
        return None
    told = {"app_id": ask.app_id, "source": "alipay_wallet"} | told | ({"state": ask.state} if ask.state else {})
    there = urlsplit(ask.redirect_uri)
    kept = [(name, value) for name, value in parse_qsl(there.query, keep_blank_values=True) if name not in told]
    return urlunsplit(there._replace(query=urlencode([*kept, *told.items()])))


def let(work: Work, app: str, user: str, scopes: list[str]) -> ConsentRow:
    """Remember a consent; one given before grows, one withdrawn begins anew."""
    consent = work.find(ConsentRow, app=app, user=user)
    fields = private_fields(work, app, scopes)
    if consent is None:
        return work.add(ConsentRow(app=app, user=user, scopes=scopes, fields=fields, since=work.now))
    if consent.state == Consent.WITHDRAWN.name:
        consent.scopes, consent.fields, consent.since, consent.number = [], [], work.now, consent.number + 1
        Consent.renew(work, consent)
    consent.scopes = [*consent.scopes, *(name for name in scopes if name not in consent.scopes)]
    consent.fields = [*consent.fields, *(name for name in fields if name not in consent.fields)]
    return consent


class Authorize(Shape):
    scopes: Annotated[list[Key], Meta(min_length=1, max_length=10)]  # what for: auth_base, auth_user, ...
    state: State  # the app's own note, given back as it is


@method("alipay.user.info.auth")
def authorize(work: Work, ask: Authorize) -> Page:
    """Open the page on which a user consents to what your app asks for."""
    app = work.ask("kaifang.openapp.credentials", app_id=work.caller.auth_app)
    asked = Asked(
        app_id=app.app_id, scope=",".join(read_scopes(",".join(ask.scopes), "scopes")), state=ask.state,
        redirect_uri=work.caller.return_url or app.callback,
    )  # fmt: skip
    checked(work, asked)
    told = {name: getattr(asked, name) for name in ("app_id", "scope", "redirect_uri", "state")}
    return Page(path=f"{PAGE}?{urlencode(told)}")


class MyConsents(Shape):
    pass


class MyConsent(Shape):
    """An app that a user lets know them."""

    app_id: str  # which app
    name: str  # what it is called
    scopes: list[ScopeShown]  # what it may know and do
    since: Moment  # when the user consented


class Consents(Shape):
    consents: list[MyConsent]  # the newest first


@method("kaifang.account.consent.list", who=Who.WALLET, reads=True)
def list_consents(work: Work, ask: MyConsents) -> Consents:
    """List the apps that you let know you."""
    mine = (signed_in(work), Consent.GIVEN.name)
    rows = work.select(ConsentRow, '"user" = ? and state = ?', mine, "since desc, app")
    found = [
        MyConsent(
            app_id=row.app,
            name=work.ask("kaifang.openapp.credentials", app_id=row.app).name,
            scopes=shown(row.scopes, row.fields),
            since=Moment(row.since),
        )  # fmt: skip
        for row in rows
    ]
    return Consents(consents=found)


class Withdraw(Shape):
    app_id: Key  # which app


class Withdrawn(Shape):
    pass


@method("kaifang.account.consent.withdraw", who=Who.WALLET, raises=[CONSENT_NOT_EXIST])
def withdraw(work: Work, ask: Withdraw) -> Withdrawn:
    """Withdraw your consent to an app: its tokens stop working at once, and it is told."""
    if not end_consent(work, ask.app_id, signed_in(work)):
        raise CONSENT_NOT_EXIST(app_id=ask.app_id)
    return Withdrawn()
