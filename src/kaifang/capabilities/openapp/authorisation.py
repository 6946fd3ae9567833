"""A merchant's word that a service provider may act for it: the tokens that prove it."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import FOREVER, MINUTE, SECOND, Key, Line, Moment, Shape, Who, Work, method
from kaifang.kernel.clock import day
from kaifang.kernel.method import methods

from .errors import (
    APP_AUTH_TOKEN_TIME_OUT,
    APP_ID_NOT_CONSISTENT,
    APP_NOT_ISV,
    AUTH_CODE_NOT_EXIST,
    AUTH_CODE_NOT_VALID,
    AUTH_TOKEN_NOT_CONSISTENT,
    AUTH_TOKEN_NOT_EXISTED,
    AUTH_TOKEN_NOT_FOUND,
    GRANT_TYPE_INVALID,
    INVALID_APP_AUTH_TOKEN,
    INVALID_APP_AUTH_TOKEN_NO_API,
    REFRESH_TOKEN_NOT_EXIST,
    REFRESH_TOKEN_NOT_VALID,
    REFRESH_TOKEN_TIME_OUT,
)
from .states import Authorisation
from .tables import App, AppAuthCode, AppToken, Authorised

TOKEN_SECONDS = 31_536_000  # what is told of a token's life; it really lives until it is refreshed or withdrawn
REFRESH_SECONDS = 32_140_800
REPLACED_LIVES = 10 * MINUTE


def authorisation_id(auth_app: str, app: str) -> str:
    """How the word of a merchant's application to a service provider's is found."""
    return f"{auth_app}/{app}"


def valid_authorisation(work: Work, auth_app: str, app: str) -> Authorised | None:
    """The merchant's word, while it stands."""
    given = work.find(Authorised, id=authorisation_id(auth_app, app))
    return given if given is not None and given.state == Authorisation.VALID.name else None


def mint_token(work: Work, given: Authorised) -> AppToken:
    """A fresh pair of tokens for a valid authorisation."""
    month = day(work.now)[:6]
    return work.add(
        AppToken(
            id=f"{month}BB{work.chance.hex(32)}", refresh_token=f"{month}BB{work.chance.hex(32)}",
            authorisation=given.id, number=given.number, app=given.app, until=FOREVER,
            refresh_until=work.now + REFRESH_SECONDS * SECOND,
        )
    )  # fmt: skip


def word_behind(work: Work, token: AppToken) -> tuple[Authorised, bool]:
    """The merchant's word that a token came from, and whether it was never withdrawn since."""
    given = work.find(Authorised, id=token.authorisation)
    assert given is not None, f"a token without {token.authorisation}"
    return given, given.state == Authorisation.VALID.name and given.number == token.number


class Read(Shape):
    app_auth_token: Key  # what the call carried
    app: Key  # the service provider's application, which signed it
    method: Line | None = None  # what was called, if it is to be refused when the merchant did not leave it to them


class Acted(Shape):
    auth_app_id: str  # the merchant's application
    user_id: str  # the merchant
    methods: list[str] | None = None  # the methods it is good for; absent: all of them
    until: int  # when it stops, in milliseconds


@method(
    "kaifang.openapp.authorisation.read",
    raises=[INVALID_APP_AUTH_TOKEN, APP_AUTH_TOKEN_TIME_OUT, INVALID_APP_AUTH_TOKEN_NO_API],
    who=Who.INSIDE,
    reads=True,
)
def read(work: Work, ask: Read) -> Acted:
    """Whom a call acts for, by the token it carried."""
    token, given = proof(work, ask.app_auth_token, ask.app)
    covered = authorised_methods(given)
    if covered is not None and ask.method is not None and ask.method not in covered:
        raise INVALID_APP_AUTH_TOKEN_NO_API(method=ask.method)
    return Acted(auth_app_id=given.auth_app, user_id=given.party, methods=covered, until=token.until)


def proof(work: Work, app_auth_token: str, app: str) -> tuple[AppToken, Authorised]:
    """The token, and the merchant's word that it proves, if a call of this application may carry it."""
    token = work.find(AppToken, id=app_auth_token)
    if token is None or token.app != app:
        raise INVALID_APP_AUTH_TOKEN()
    given, stands = word_behind(work, token)
    if not stands:
        raise INVALID_APP_AUTH_TOKEN()
    if token.until <= work.now:
        raise APP_AUTH_TOKEN_TIME_OUT()
    return token, given


def authorised_methods(given: Authorised) -> list[str] | None:
    """The published methods that a merchant's word covers; None: all of them."""
    if given.capabilities is None:
        return None
    return sorted(one.name for one in methods.values() if is_callable(one.who) and one.capability in given.capabilities)


def is_callable(who: Who) -> bool:
    """Whether a service provider could call such a method at all."""
    return who in (Who.ANYONE, Who.USER)


class Exchange(Shape):
    grant_type: Key  # authorization_code or refresh_token
    code: Key | None = None  # app_auth_code, for authorization_code
    refresh_token: Key | None = None  # app_refresh_token, for refresh_token


class Token(Shape):
    user_id: str  # the merchant
    auth_app_id: str  # the merchant's application
    app_auth_token: str  # what calls for the merchant carry
    app_refresh_token: str  # what a fresh pair is asked for with
    expires_in: str  # seconds; the token lives on until it is refreshed or the merchant withdraws
    re_expires_in: str  # seconds that the refresh token lives


class Exchanged(Token):
    tokens: list[Token]  # the same, and one for each other application that the merchant answered for at once


EXCHANGE_FAULTS = [
    APP_NOT_ISV, GRANT_TYPE_INVALID, AUTH_CODE_NOT_EXIST, AUTH_CODE_NOT_VALID, APP_ID_NOT_CONSISTENT,
    AUTH_TOKEN_NOT_FOUND, REFRESH_TOKEN_NOT_EXIST, REFRESH_TOKEN_NOT_VALID, REFRESH_TOKEN_TIME_OUT,
]  # fmt: skip


@method("alipay.open.auth.token.app", raises=EXCHANGE_FAULTS)
def exchange(work: Work, ask: Exchange) -> Exchanged:
    """Exchange the code that a merchant's browser brought, or a refresh token, for a token to act for the merchant."""
    need_isv(work)
    if ask.grant_type == "authorization_code":
        found = by_code(work, ask.code or "")
    elif ask.grant_type == "refresh_token":
        found = [by_refresh(work, ask.refresh_token or "")]
    else:
        raise GRANT_TYPE_INVALID(grant_type=ask.grant_type)
    told = [told_of(work, token, given) for token, given in found]
    return Exchanged(**told[0], tokens=[Token(**one) for one in told])


def told_of(work: Work, token: AppToken, given: Authorised) -> dict[str, str]:
    """A token as its service provider is told of it."""
    return {
        "user_id": given.party, "auth_app_id": given.auth_app, "app_auth_token": token.id,
        "app_refresh_token": token.refresh_token, "expires_in": str(TOKEN_SECONDS),
        "re_expires_in": str((token.refresh_until - work.now) // SECOND),
    }  # fmt: skip


def need_isv(work: Work) -> None:
    """Only service providers act for others."""
    app = work.find(App, id=work.caller.app)
    if app is None or app.role != "isv":
        raise APP_NOT_ISV(app_id=work.caller.app)


def by_code(work: Work, code: str) -> list[tuple[AppToken, Authorised]]:
    """What a code is exchanged for, once: a token for each of the merchant's words that still stand."""
    kept = work.find(AppAuthCode, id=code)
    if kept is None:
        raise AUTH_CODE_NOT_EXIST()
    tokens = [token for name in (kept.token, *kept.others) if (token := work.find(AppToken, id=name)) is not None]
    assert tokens, "a code without its token"
    if tokens[0].app != work.caller.app:
        raise APP_ID_NOT_CONSISTENT()
    if kept.used or kept.until <= work.now:
        raise AUTH_CODE_NOT_VALID()
    words = [(token, *word_behind(work, token)) for token in tokens]
    found = [(token, given) for token, given, stands in words if stands]
    if not found:
        raise AUTH_TOKEN_NOT_FOUND()
    kept.used = True
    return found


def by_refresh(work: Work, refresh_token: str) -> tuple[AppToken, Authorised]:
    """A fresh pair of tokens; the old token works on for a while, so that calls under way do not fail."""
    old = work.find(AppToken, refresh_token=refresh_token)
    if old is None:
        raise REFRESH_TOKEN_NOT_EXIST()
    if old.app != work.caller.app:
        raise APP_ID_NOT_CONSISTENT()
    given, stands = word_behind(work, old)
    if not stands:
        raise REFRESH_TOKEN_NOT_VALID()
    if old.refresh_until <= work.now:
        raise REFRESH_TOKEN_TIME_OUT()
    old.until = min(old.until, work.now + REPLACED_LIVES)
    return mint_token(work, given), given


class Query(Shape):
    app_auth_token: Key  # whose state to tell


class Queried(Shape, kw_only=True):
    user_id: str  # the merchant
    auth_app_id: str  # the merchant's application
    expires_in: str  # seconds; the token lives on until it is refreshed or the merchant withdraws
    auth_methods: list[str]  # the methods it is good for
    auth_start: Moment  # since when
    auth_end: Moment  # until when
    status: str  # valid or invalid
    is_by_app_auth: str  # true if the merchant left everything to the service provider


QUERY_FAULTS = [APP_NOT_ISV, AUTH_TOKEN_NOT_EXISTED, AUTH_TOKEN_NOT_CONSISTENT]


@method("alipay.open.auth.token.app.query", raises=QUERY_FAULTS, reads=True)
def query(work: Work, ask: Query) -> Queried:
    """Query what a token to act for a merchant is good for, and whether it still is."""
    need_isv(work)
    token = work.find(AppToken, id=ask.app_auth_token)
    if token is None:
        raise AUTH_TOKEN_NOT_EXISTED()
    if token.app != work.caller.app:
        raise AUTH_TOKEN_NOT_CONSISTENT()
    given, stands = word_behind(work, token)
    every = sorted(one.name for one in methods.values() if is_callable(one.who))
    covered = authorised_methods(given)
    return Queried(
        user_id=given.party, auth_app_id=given.auth_app, expires_in=str(TOKEN_SECONDS),
        auth_methods=every if covered is None else covered, auth_start=Moment(given.since),
        auth_end=Moment(token.until), status="valid" if stands and token.until > work.now else "invalid",
        is_by_app_auth=str(given.capabilities is None).lower(),
    )  # fmt: skip


class List(Shape):
    state: Literal["VALID", "CANCELLED"] | None = None  # only those that stand so
    auth_app_id: Key | None = None  # only that of this application
    page_num: Annotated[int, Meta(ge=1, le=10_000)] = 1  # from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # 1 to 100


class Served(Shape, kw_only=True):
    auth_app_id: str  # the merchant's application
    auth_app_name: str  # what it is called
    user_id: str  # the merchant
    merchant_name: str  # who that is
    capabilities: list[str] | None = None  # for what; absent: for everything
    state: str  # VALID, or CANCELLED: the merchant has taken it back, or you have given it back
    since: Moment  # since when it stands, or stood last
    token: str  # NONE was fetched yet, VALID, or VOID: it has ended with the authorisation
    refresh_until: Moment | None = None  # until when a fresh token can be had with the old one


class Merchants(Shape):
    merchants: list[Served]  # the latest first
    total: int  # how many there are on all pages


@method("kaifang.openapp.authorisation.served", raises=[APP_NOT_ISV], reads=True)
def list_served(work: Work, ask: List) -> Merchants:
    """List the merchants' applications that let you act for them, for what, and how your tokens stand."""
    need_isv(work)
    tests = {"app = ?": work.caller.app, "state = ?": ask.state, "auth_app = ?": ask.auth_app_id}
    said = {test: value for test, value in tests.items() if value is not None}
    where, values = " and ".join(said), tuple(said.values())
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(Authorised, where, values, "since desc, id", ask.page_size, offset=skipped)
    return Merchants(merchants=[served(work, row) for row in rows], total=work.count(Authorised, where, values))


def served(work: Work, given: Authorised) -> Served:
    """A merchant's word as its service provider sees it."""
    app = work.find(App, id=given.auth_app)
    assert app is not None, f"an authorisation without {given.auth_app}"
    tokens = work.select(AppToken, "authorisation = ?", (given.id,), "refresh_until desc", 1)
    latest = tokens[0] if tokens else None
    good = latest is not None and word_behind(work, latest)[1] and latest.until > work.now
    return Served(
        auth_app_id=app.id, auth_app_name=app.name, user_id=given.party, capabilities=given.capabilities,
        merchant_name=work.ask("kaifang.account.party.find", user_id=given.party).name, state=given.state,
        since=Moment(given.since), token="VALID" if good else "VOID" if latest else "NONE",
        refresh_until=Moment(latest.refresh_until) if latest is not None and good else None,
    )  # fmt: skip
