"""How far a delivery has come."""

from kaifang.kernel import Machine, final, start, state

from .errors import BIZ_ERROR


class Delivery(Machine):
    """A plan to show something in a slot, from its approval to its end."""

    refuses = BIZ_ERROR

    WAITING = start()  # its time has not come
    ACTIVE = state()  # it is shown
    STOPPED = final()  # by the merchant
    ENDED = final()  # by the clock, or with the activity that it shows
    REJECTED = final()  # by those who run the platform

    open = WAITING >> ACTIVE
    stop = (WAITING | ACTIVE) >> STOPPED
    end = (WAITING | ACTIVE) >> ENDED
    reject = (WAITING | ACTIVE) >> REJECTED
