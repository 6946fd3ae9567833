"""Whose logs a caller may read: those of its own applications; operators those of all."""

from __future__ import annotations

from kaifang.kernel import INVALID_PARAMETER, Fault, Work

RUNNERS = ("operator", "inside")


def may_look(work: Work, app_id: str | None) -> str | None:
    """The application that the caller may look at; None, for operators, is all of them."""
    if app_id is None and work.caller.role in RUNNERS:
        return None
    app_id = app_id or work.caller.app
    if not owns(work, app_id):
        raise INVALID_PARAMETER(field="app_id", reason=f"no application of yours has the number {app_id}")
    return app_id


def owns(work: Work, app_id: str) -> bool:
    """Whether the application is the caller's own, or the caller runs the platform."""
    if work.caller.role in RUNNERS:
        return True
    if app_id and app_id == work.caller.app and work.caller.role != "wallet":  # whose calls are those of everybody
        return True
    try:
        work.ask("kaifang.openapp.app.query", app_id=app_id)
    except Fault:
        return False
    return True
