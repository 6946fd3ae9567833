"""What people keep: their mini-programs, those they opened last, and the grid as they laid it out."""

import re
from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import NO_USER, Fault, Key, Line, Moment, Shape, Who, Work, method, told_as

from .errors import APP_NOT_EXIST, INVALID
from .tables import GridRow, KeptRow

PAGE = re.compile("page:[a-z_]{1,32}")  # of the wallet itself, which knows what it has
Size = Annotated[int, Meta(ge=1, le=50)]


def signed_in(work: Work) -> str:
    """The person at the wallet."""
    if work.caller.user is None:
        raise NO_USER()
    return work.caller.user


def the_app(work: Work, app_id: str) -> Any:
    """An application that is online."""
    with told_as({"APP_NOT_EXIST": APP_NOT_EXIST}):
        app = work.ask("kaifang.openapp.credentials", app_id=app_id)
    if app.state != "ONLINE" or app.role not in ("merchant", "isv"):
        raise APP_NOT_EXIST(app_id=app_id)
    return app


def kept(work: Work, user: str, app_id: str) -> KeptRow:
    """What there is between a person and a mini-program."""
    return work.find(KeptRow, user=user, app=app_id) or work.add(KeptRow(user=user, app=app_id))


class OpenApp(Shape):
    app_id: Key  # which mini-program


class Card(Shape):
    app_id: str  # which mini-program
    name: str  # what it is called
    merchant: str  # user id of whose it is
    link: str  # where a tap leads
    favorite: bool  # whether it is among the person's own
    opened: Moment | None = None  # when it was opened last


def card(work: Work, row: KeptRow) -> Card:
    """A mini-program as its user sees it."""
    app = work.ask("kaifang.openapp.credentials", app_id=row.app)
    return Card(
        app_id=row.app, name=app.name, merchant=app.party, link=link(row.app), favorite=bool(row.favorite),
        opened=Moment(row.opened) if row.opened else None,
    )  # fmt: skip


def link(app_id: str) -> str:
    """Where a mini-program opens."""
    return f"alipays://platformapi/startapp?appId={app_id}"


@method("kaifang.service.app.open", who=Who.WALLET, raises=[APP_NOT_EXIST])
def open_app(work: Work, ask: OpenApp) -> Card:
    """Open a mini-program; it is among those that you used last."""
    the_app(work, ask.app_id)
    row = kept(work, signed_in(work), ask.app_id)
    row.opened = work.now
    return card(work, row)


class Keep(Shape):
    app_id: Key  # which mini-program
    keep: bool = True  # whether it is among your own from now on


@method("kaifang.service.app.keep", who=Who.WALLET, raises=[APP_NOT_EXIST])
def keep_app(work: Work, ask: Keep) -> Card:
    """Keep a mini-program among your own, or no longer."""
    the_app(work, ask.app_id)
    row = kept(work, signed_in(work), ask.app_id)
    if bool(row.favorite) != ask.keep:
        row.favorite = work.now if ask.keep else 0
    return card(work, row)


class AskMine(Shape):
    pass


class Mine(Shape):
    kept: list[Card]  # your own, the newest first
    recent: list[Card]  # those that you opened last
    grid: list[str]  # the app_ids of the grid, and pages of the wallet, as you laid it out
    laid: list[Card]  # the mini-programs of the grid that are online


@method("kaifang.service.app.mine", who=Who.WALLET, reads=True)
def mine(work: Work, ask: AskMine) -> Mine:
    """See your mini-programs, those that you opened last, and your grid."""
    user = signed_in(work)
    own = work.select(KeptRow, '"user" = ? and favorite > 0', (user,), "favorite desc, app", 50)
    recent = work.select(KeptRow, '"user" = ? and opened > 0', (user,), "opened desc, app", 20)
    row = work.find(GridRow, id=user)
    grid = row.apps if row else []
    return Mine(
        kept=[card(work, row) for row in own], recent=[card(work, row) for row in recent], grid=grid,
        laid=laid_out(work, user, grid),
    )  # fmt: skip


def laid_out(work: Work, user: str, grid: list[str]) -> list[Card]:
    """The mini-programs of a grid; one that has gone offline is left out until it is back."""
    found = []
    for app_id in (one for one in grid if not PAGE.fullmatch(one)):
        app = work.ask("kaifang.openapp.credentials", app_id=app_id)
        if app.state == "ONLINE":
            found.append(card(work, work.find(KeptRow, user=user, app=app_id) or KeptRow(user=user, app=app_id)))
    return found


class LayOut(Shape):
    app_ids: Annotated[list[Key], Meta(max_length=30)]  # in the order of the grid; page:NAME is a page of the wallet


class LaidOut(Shape):
    grid: list[str]  # the same


@method("kaifang.service.grid.set", who=Who.WALLET, raises=[APP_NOT_EXIST, INVALID])
def lay_out(work: Work, ask: LayOut) -> LaidOut:
    """Lay out the grid of applications on your home page."""
    user = signed_in(work)
    if len(set(ask.app_ids)) < len(ask.app_ids):
        raise INVALID(field="app_ids", reason="each once")
    for app_id in ask.app_ids:
        if not PAGE.fullmatch(app_id):
            the_app(work, app_id)
    row = work.find(GridRow, id=user) or work.add(GridRow(id=user, apps=[]))
    row.apps = ask.app_ids
    return LaidOut(grid=row.apps)


class Person(Shape):
    user_id: Key | None = None  # who, by user id,
    open_id: Line | None = None  # or as your app knows that person


def person(work: Work, ask: Person) -> str:
    """Who is meant."""
    if not (ask.user_id or ask.open_id):
        raise INVALID(field="user_id", reason="give user_id or open_id")
    with told_as({"PARTY_NOT_EXIST": INVALID}):
        return str(work.ask("kaifang.account.party.find", user_id=ask.user_id, open_id=ask.open_id).user_id)


class Add(Person):
    designated_app_id: Key | None = None  # which mini-program of yours; the calling one if left out


class Added(Shape):
    add_result: bool  # false: this person never opened it, and nobody is given what they did not look at


@method("alipay.open.mini.miniapp.favorite.add", raises=[INVALID])
def add_favorite(work: Work, ask: Add) -> Added:
    """Put a mini-program of yours among those that a person keeps, if the person has opened it before."""
    app_id = ask.designated_app_id or work.caller.auth_app
    if not is_own(work, app_id):
        raise INVALID(field="designated_app_id", reason="no application of yours")
    row = work.find(KeptRow, user=person(work, ask), app=app_id)
    if row is None or not row.opened:
        return Added(add_result=False)
    row.favorite = row.favorite or work.now
    return Added(add_result=True)


def is_own(work: Work, app_id: str) -> bool:
    """Whether an application is the caller's."""
    if app_id == work.caller.auth_app:
        return True
    try:
        with work.attempt() as part:
            return bool(part.ask("kaifang.openapp.credentials", app_id=app_id).party == work.caller.merchant)
    except Fault:
        return False


class AskHistory(Person):
    biz_type: Key | None = None  # which right you ask by; there is one here
    size: Size = 10  # how many


class History(Shape):
    mini_app_id: str  # app_id
    name: str  # what it is called
    link: str  # where a tap leads


class Histories(Shape):
    mini_app_history_infos: list[History]  # the last opened first


@method("alipay.open.mini.miniapp.history.query", reads=True, raises=[INVALID])
def history(work: Work, ask: AskHistory) -> Histories:
    """See which of your own mini-programs a person opened last; those of others are nobody's business."""
    rows = work.select(KeptRow, '"user" = ? and opened > 0', (person(work, ask),), "opened desc, app", 200)
    apps = [(row, work.ask("kaifang.openapp.credentials", app_id=row.app)) for row in rows]
    own = [History(mini_app_id=row.app, name=app.name, link=link(row.app)) for row, app in apps
           if app.party == work.caller.merchant]  # fmt: skip
    return Histories(mini_app_history_infos=own[: ask.size])
