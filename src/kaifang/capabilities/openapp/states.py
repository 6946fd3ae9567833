"""The states of an application and of an authorisation."""

from kaifang.kernel import Machine, final, start, state

from .errors import APP_STATE_ERROR


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
