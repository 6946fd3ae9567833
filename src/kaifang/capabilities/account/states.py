"""How a party stands."""

from kaifang.kernel import Machine, final, start, state

from .errors import PARTY_CLOSED, PARTY_STATUS_ERROR


class Party(Machine):
    """Whether a person or merchant may use the platform."""

    refuses = PARTY_STATUS_ERROR
    refusals = {"CLOSED": PARTY_CLOSED}

    NORMAL = start()
    BLOCKED = state()
    CLOSED = final()

    block = NORMAL >> BLOCKED
    unblock = BLOCKED >> NORMAL
    close = (NORMAL | BLOCKED) >> CLOSED
