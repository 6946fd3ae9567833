"""Finding the application that is meant, for those who may see it."""

from kaifang.kernel import Work

from .errors import APP_NOT_EXIST
from .tables import App


def the_app(work: Work, app_id: str) -> App:
    """The application with this number."""
    app = work.find(App, id=app_id)
    if app is None:
        raise APP_NOT_EXIST(app_id=app_id)
    return app


def own_app(work: Work, app_id: str | None) -> App:
    """An application of the caller's own; who runs the platform may mean any."""
    app = the_app(work, app_id or work.caller.app)
    if not owns(work, app):
        raise APP_NOT_EXIST(app_id=app_id)
    return app


def runs_the_platform(work: Work) -> bool:
    """Whether the caller is an operator, or the platform itself."""
    return work.caller.role in ("operator", "inside")


def owns(work: Work, app: App) -> bool:
    """Whether the caller speaks for the application itself: a service provider never does so for a merchant's."""
    caller = work.caller
    if runs_the_platform(work):
        return True
    if caller.role == "wallet":  # a console, in which the owner signed in
        return caller.user == app.party
    return app.party == caller.merchant and caller.app == caller.auth_app


def tell_change(work: Work, app: str) -> None:
    """Tell those who remember what this application signs with and acts for that it changed."""
    work.tell("app.change", app)
