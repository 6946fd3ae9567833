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
    REVIEWING = state()
    PASSED = final()
    REFUSED = final()

    review = SUBMITTED >> REVIEWING
    accept = (SUBMITTED | REVIEWING) >> PASSED
    refuse = REVIEWING >> REFUSED
