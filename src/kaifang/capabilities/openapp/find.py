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


def own_app(work: Work, app_id: str) -> App:
    """An application of the caller's own; who runs the platform may mean any."""
    app = the_app(work, app_id)
    if not owns(work, app):
        raise APP_NOT_EXIST(app_id=app_id)
    return app


def runs_the_platform(work: Work) -> bool:
    """Whether the caller is an operator, or the platform itself."""
    return work.caller.role in ("operator", "inside")


def owns(work: Work, app: App) -> bool:
    """Whether the caller speaks for the application itself: a service provider never does so for a merchant's."""
    return runs_the_platform(work) or owner(work) == app.party


def owner(work: Work) -> str | None:
    """Whose applications the caller may see and change: the user's in a console, else the calling app's owner's."""
    caller = work.caller
    if caller.role == "wallet":
        return caller.user
    return caller.merchant if caller.app == caller.auth_app else None


def tell_change(work: Work, app_id: str) -> None:
    """Tell those who remember what this application signs with and acts for that it changed."""
    work.tell("app.change", app_id)
