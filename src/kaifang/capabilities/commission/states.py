"""How far a commission has come."""

from kaifang.kernel import Machine, final, start, state

from .errors import COMMISSION_STATUS_ERROR


class Commission(Machine):
    """What a service provider takes of a merchant's trades, from the proposal to the end."""

    refuses = COMMISSION_STATUS_ERROR

    CONFIRMING = start()
    VALID = state()
    REFUSED = final()
    CANCELED = final()
    TERMINATED = final()
    EXPIRED = final()

    agree = CONFIRMING >> VALID
    amend = VALID >> VALID
    refuse = CONFIRMING >> REFUSED
    cancel = CONFIRMING >> CANCELED
    lapse = CONFIRMING >> EXPIRED
    terminate = VALID >> TERMINATED
    expire = VALID >> EXPIRED
