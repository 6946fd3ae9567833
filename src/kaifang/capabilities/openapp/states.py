"""The states of an application, and of what merchants, members and applicants said of it."""

from kaifang.kernel import Machine, final, start, state

from .errors import APP_STATE_ERROR, FIELD_REQUEST_STATE_ERROR


class Application(Machine):
    """Whether an application may call."""

    refuses = APP_STATE_ERROR

    ONLINE = start()
    OFFLINE = state()
    CLOSED = final()

    take_down = ONLINE >> OFFLINE
    put_up = OFFLINE >> ONLINE
    close = (ONLINE | OFFLINE) >> CLOSED


class Authorisation(Machine):
    """Whether a merchant's application still lets a service provider act for it."""

    VALID = start()
    CANCELLED = state()

    cancel = VALID >> CANCELLED
    renew = CANCELLED >> VALID


class Membership(Machine):
    """Whether somebody who was invited works on an application."""

    UNCONFIRMED = start()
    VALID = final()
    REFUSED = final()

    accept = UNCONFIRMED >> VALID
    refuse = UNCONFIRMED >> REFUSED


class FieldRequest(Machine):
    """How far an application's request for a user's private data has come."""

    refuses = FIELD_REQUEST_STATE_ERROR

    AUDIT = start()
    AGREE = state()
    REJECT = state()
    INVALID = state()

    agree = AUDIT >> AGREE
    reject = AUDIT >> REJECT
    lapse = (AUDIT | AGREE) >> INVALID
    repeat = (REJECT | INVALID) >> AUDIT
