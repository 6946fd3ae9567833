"""How far a page of the cashier has come."""

from kaifang.kernel import Machine, final, start

from .errors import CHECKOUT_DONE, CHECKOUT_EXPIRED, CHECKOUT_LEFT


class Checkout(Machine):
    """What a person is asked to confirm, from the asking to the answer."""

    refusals = {"DONE": CHECKOUT_DONE, "LEFT": CHECKOUT_LEFT, "EXPIRED": CHECKOUT_EXPIRED}

    OPEN = start()
    DONE = final()
    LEFT = final()
    EXPIRED = final()

    show = OPEN >> OPEN
    confirm = OPEN >> DONE
    leave = OPEN >> LEFT
    expire = OPEN >> EXPIRED
