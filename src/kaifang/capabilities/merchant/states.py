"""How far shops, and the applications for them, have come."""

from kaifang.kernel import Machine, final, start, state

from .errors import ORDER_REVIEWED, SHOP_CLOSED


class Shop(Machine):
    """A shop, from the day it was admitted until it is closed for good."""

    refuses = SHOP_CLOSED

    OPEN = start()
    CLOSED = final()

    modify = OPEN >> OPEN
    close = OPEN >> CLOSED


class Admission(Machine):
    """An application for a shop or a merchant: passed by rule, or looked at by people."""

    refuses = ORDER_REVIEWED

    SUBMITTED = start()
    REVIEWING = state()  # people look at it
    CONFIRMING = state()  # the merchant whom it is for has to agree
    PASSED = final()
    REFUSED = final()

    review = SUBMITTED >> REVIEWING
    confirm = (SUBMITTED | REVIEWING) >> CONFIRMING
    accept = (SUBMITTED | REVIEWING | CONFIRMING) >> PASSED
    refuse = (REVIEWING | CONFIRMING) >> REFUSED


class Secondary(Machine):
    """A secondary merchant, from the day it was admitted until its provider lets it go."""

    OPEN = start()
    SUSPENDED = state()  # it neither sells nor is settled, by word of the platform
    CLOSED = final()

    modify = (OPEN | SUSPENDED) >> (OPEN | SUSPENDED)
    suspend = OPEN >> SUSPENDED
    resume = SUSPENDED >> OPEN
    close = (OPEN | SUSPENDED) >> CLOSED


class Shopcode(Machine):
    """A code at the door of a shop: good as soon as the merchant whose shop it is has agreed."""

    CONFIRMING = start()
    ACTIVE = final()
    REFUSED = final()

    activate = CONFIRMING >> ACTIVE
    refuse = CONFIRMING >> REFUSED
