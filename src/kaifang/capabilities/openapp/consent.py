"""The page on which a merchant lets a service provider act for it, and taking that word back."""

import re
from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import DAY, INVALID_PARAMETER, NO_USER, Address, Key, Line, Moment, Shape, Who, Work, method
from kaifang.kernel.capability import capabilities
from kaifang.kernel.shape import encode

from .address import leads_home, with_query
from .authorisation import (
    REFRESH_SECONDS,
    TOKEN_SECONDS,
    Token,
    authorisation_id,
    mint_token,
    told_of,
    valid_authorisation,
)
from .errors import APP_NOT_EXIST, APP_NOT_ISV, AUTHORISATION_NOT_EXIST, REDIRECT_URI_NOT_MATCH
from .find import tell_change, the_app
from .grant import lapse_requests
from .message import tell_app
from .states import Application, Authorisation
from .tables import App, AppAuthCode, AppToken, Authorised

CODE_LIVES = DAY
TYPES = {"WEBAPP": "WEB", "MOBILEAPP": "WEB", "TINYAPP": "MINI", "PUBLICAPP": "", "ARAPP": ""}  # two we have none of
State = Annotated[str, Meta(max_length=100)]
STATE = re.compile(r"[A-Za-z0-9+/=_-]*")


class Look(Shape):
    app_id: Key  # the service provider's application
    redirect_uri: Address  # where the merchant's browser goes back to
    state: State | None = None  # goes back with it, as it is
    auth_app_id: Key | None = None  # the merchant's application, if the service provider said which
    application_type: Line | None = None  # of which types it may be, by comma: WEBAPP, MOBILEAPP, TINYAPP, ...


class Choice(Shape):
    app_id: str  # one of the merchant's applications
    name: str  # what people see


class Ability(Shape):
    name: str  # of the capability
    title: str  # in English
    zh: str  # in Chinese


class Looked(Shape):
    app_id: str  # the service provider's application
    name: str  # what people see
    apps: list[Choice]  # those the signed-in merchant may answer for
    capabilities: list[Ability]  # what can be left to the service provider


CONSENT_FAULTS = [APP_NOT_EXIST, APP_NOT_ISV, REDIRECT_URI_NOT_MATCH]


@method("kaifang.openapp.authorisation.look", raises=CONSENT_FAULTS, who=Who.WALLET, reads=True)
def look(work: Work, ask: Look) -> Looked:
    """What the page shows on which a merchant decides about a service provider."""
    isv = the_isv(work, ask)
    mine = eligible_apps(work, ask)
    abilities = [Ability(name=one.name, title=one.title, zh=one.zh) for one in capabilities.values()]
    return Looked(
        app_id=isv.id, name=isv.name, apps=[Choice(app_id=app.id, name=app.name) for app in mine],
        capabilities=sorted(abilities, key=lambda one: one.name),
    )  # fmt: skip


def the_isv(work: Work, ask: Look) -> App:
    """The service provider's application, if the page may lead back to where it is asked to."""
    isv = the_app(work, ask.app_id)
    if isv.role != "isv":
        raise APP_NOT_ISV(app_id=isv.id)
    if not leads_home(isv.callback, ask.redirect_uri):
        raise REDIRECT_URI_NOT_MATCH(redirect_uri=ask.redirect_uri)
    if not STATE.fullmatch(ask.state or ""):
        raise INVALID_PARAMETER(field="state", reason="letters, digits and + / = _ - only")
    return isv


def eligible_apps(work: Work, ask: Look) -> list[App]:
    """The signed-in merchant's applications that the service provider asks for."""
    mine = [app for app in own_apps(work) if ask.auth_app_id in (None, app.id)]
    if not ask.application_type:
        return mine
    types = ask.application_type.split(",")
    if not set(types) <= TYPES.keys():
        raise INVALID_PARAMETER(field="application_type", reason=f"the types are {', '.join(TYPES)}, by comma")
    return [app for app in mine if app.kind in {TYPES[one] for one in types}]


def own_apps(work: Work) -> list[App]:
    """The applications that the signed-in merchant may authorise for."""
    if work.caller.user is None:
        return []
    found = work.select(App, "party = ?", (work.caller.user,), "id", 100)
    return [app for app in found if app.role == "merchant" and app.state != Application.CLOSED.name]


class Give(Look):
    auth_app_ids: Annotated[list[Key], Meta(min_length=1, max_length=100)] | None = None  # several of your applications
    capabilities: Annotated[list[Key], Meta(max_length=100)] | None = None  # for what; left out: for everything


class Given(Shape):
    app_auth_code: str  # what the service provider exchanges for a token within a day
    redirect_uri: str  # where the merchant's browser goes now, the code with it


@method("kaifang.openapp.authorisation.give", raises=CONSENT_FAULTS, who=Who.WALLET)
def give(work: Work, ask: Give) -> Given:
    """Let a service provider act for one of your applications, or for several at once."""
    if work.caller.user is None:
        raise NO_USER()
    isv = the_isv(work, ask)
    unknown = sorted(set(ask.capabilities or ()) - capabilities.keys())
    if unknown:
        raise INVALID_PARAMETER(field="capabilities", reason=f"there is no {unknown[0]}")
    words = [authorise(work, isv, app, ask.capabilities) for app in chosen_apps(work, ask)]
    code = hand_over(work, isv, words)
    back = {"app_id": isv.id, "source": "alipay_app_auth", "application_type": ask.application_type}
    back |= {"app_auth_code": code.id, "state": ask.state}
    return Given(app_auth_code=code.id, redirect_uri=with_query(ask.redirect_uri, back))


def chosen_apps(work: Work, ask: Give) -> list[App]:
    """The merchant's applications: those named, or its only one."""
    mine = eligible_apps(work, ask)
    if ask.auth_app_ids is None and len(mine) > 1:
        raise INVALID_PARAMETER(field="auth_app_id", reason="missing; you have several applications")
    wanted = ask.auth_app_ids or [app.id for app in mine]
    unknown = sorted(set(wanted) - {app.id for app in mine})
    if unknown or not wanted:
        raise APP_NOT_EXIST(app_id=unknown[0] if unknown else ask.auth_app_id)
    return [app for app in mine if app.id in wanted]


def authorise(work: Work, isv: App, app: App, folders: list[str] | None) -> Authorised:
    """The merchant's word, fresh or renewed."""
    given = work.find(Authorised, id=authorisation_id(app.id, isv.id))
    if given is None:
        given = work.add(
            Authorised(
                id=authorisation_id(app.id, isv.id), auth_app=app.id, app=isv.id, party=app.party, since=work.now
            )
        )
    elif given.state == Authorisation.CANCELLED.name:
        Authorisation.renew(work, given)
        given.since, given.number = work.now, given.number + 1
    given.capabilities = folders
    tell_change(work, isv.id)
    return given


def hand_over(work: Work, isv: App, words: list[Authorised]) -> AppAuthCode:
    """Tokens for the merchant's words, and the code that they are exchanged for; the service provider hears of them."""
    tokens = [mint_token(work, given) for given in words]
    first, *others = [token.id for token in tokens]
    code = AppAuthCode(id=work.chance.hex(32), token=first, others=others, until=work.now + CODE_LIVES)
    work.add(code)
    for given, token in zip(words, tokens, strict=True):
        notify_isv(work, isv, given, token, code)
    return code


def notify_isv(work: Work, isv: App, given: Authorised, token: AppToken, code: AppAuthCode) -> None:
    """Tell the service provider's gateway, tokens and all."""
    detail = {
        "app_auth_token": token.id, "app_refresh_token": token.refresh_token, "app_auth_code": code.id,
        "auth_app_id": given.auth_app, "app_id": isv.id, "user_id": given.party, "auth_time": work.now,
        "expires_in": TOKEN_SECONDS, "re_expires_in": REFRESH_SECONDS,
    }  # fmt: skip
    content = {"notify_context": {"trigger": "authorize", "trigger_context": {}}, "detail": detail, "error": {}}
    fields: dict[str, object] = {
        "status": "execute_auth",
        "auth_app_id": given.auth_app,
        "biz_content": encode(content).decode(),
    }
    work.notify(isv.id, isv.gateway, "open_app_auth_notify", given.id, fields)


class Grant(Shape):
    app_id: Key  # the service provider's application
    auth_app_id: Key  # the merchant's


class Granted(Token):
    app_auth_code: str  # what the service provider may exchange for the same within a day


@method("kaifang.openapp.authorisation.grant", raises=[APP_NOT_EXIST, APP_NOT_ISV], who=Who.INSIDE)
def grant(work: Work, ask: Grant) -> Granted:
    """Let a service provider act for a merchant's application, whose consent was asked for elsewhere."""
    isv, app = the_app(work, ask.app_id), the_app(work, ask.auth_app_id)
    if isv.role != "isv":
        raise APP_NOT_ISV(app_id=isv.id)
    given = authorise(work, isv, app, None)
    code = hand_over(work, isv, [given])
    token = work.find(AppToken, id=code.token)
    assert token is not None, "a code without its token"
    return Granted(**told_of(work, token, given), app_auth_code=code.id)


class List(Shape):
    app_id: Key  # one of your applications


class Listed(Shape, kw_only=True):
    app_id: str  # the service provider's application
    name: str  # what people see
    capabilities: list[str] | None = None  # for what; absent: for everything
    since: Moment  # since when


class Lists(Shape):
    authorisations: list[Listed]  # the latest first


@method("kaifang.openapp.authorisation.list", raises=[APP_NOT_EXIST], who=Who.WALLET, reads=True)
def list_given(work: Work, ask: List) -> Lists:
    """List who may act for one of your applications."""
    app = signed_in_app(work, ask.app_id)
    where = ("auth_app = ? and state = ?", (app.id, Authorisation.VALID.name), "since desc, id")
    return Lists(
        authorisations=[
            Listed(
                app_id=given.app, name=the_app(work, given.app).name, capabilities=given.capabilities,
                since=Moment(given.since),
            )
            for given in work.select(Authorised, *where)
        ]
    )  # fmt: skip


def signed_in_app(work: Work, app_id: str) -> App:
    """An application of the signed-in merchant's."""
    if work.caller.user is None:
        raise NO_USER()
    app = the_app(work, app_id)
    if app.party != work.caller.user:
        raise APP_NOT_EXIST(app_id=app_id)
    return app


class Withdraw(Shape):
    auth_app_id: Key  # your application
    app_id: Key  # the service provider's


class Withdrawn(Shape):
    app_id: str  # the service provider's application


@method("kaifang.openapp.authorisation.withdraw", raises=[APP_NOT_EXIST, AUTHORISATION_NOT_EXIST], who=Who.WALLET)
def withdraw(work: Work, ask: Withdraw) -> Withdrawn:
    """Take back your word that a service provider may act for you: its tokens end at once."""
    app = signed_in_app(work, ask.auth_app_id)
    given = valid_authorisation(work, app.id, ask.app_id)
    if given is None:
        raise AUTHORISATION_NOT_EXIST(app_id=ask.app_id)
    end(work, given)
    return Withdrawn(app_id=given.app)


class Cancel(Shape):
    auth_app_id: Key  # the merchant's application
    auth_scene: Literal["PLATFORM_APP_AUTH"] = "PLATFORM_APP_AUTH"  # the only one
    operator_user_id: Key | None = None  # user id of the merchant; checked if given


class Cancelled(Shape):
    result: str  # true if there was an authorisation, which has ended


@method("alipay.open.auth.app.cancel")
def cancel(work: Work, ask: Cancel) -> Cancelled:
    """Give back a merchant's authorisation: its tokens end at once."""
    given = valid_authorisation(work, ask.auth_app_id, work.caller.app)
    if given is None or ask.operator_user_id not in (None, given.party):
        return Cancelled(result="false")
    end(work, given)
    return Cancelled(result="true")


def end(work: Work, given: Authorised) -> None:
    """End an authorisation, and what was asked for under it; the service provider hears of it."""
    Authorisation.cancel(work, given)
    lapse_requests(work, given.auth_app, given.app)
    tell_change(work, given.app)
    content = {"auth_app_id": given.auth_app, "app_id": given.app, "user_id": given.party, "cancel_time": work.now}
    tell_app(work, given.app, "alipay.open.auth.appauth.cancelled", given.id, content)
