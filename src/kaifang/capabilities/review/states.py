"""How far a review has come."""

from kaifang.kernel import Machine, final, start

from .errors import REVIEW_DECIDED


class Review(Machine):
    """One look at what somebody wants to show to people."""

    refuses = REVIEW_DECIDED

    WAITING = start()  # for an operator
    APPROVED = final()
    REJECTED = final()
    WITHDRAWN = final()  # by who asked for it, or by asking for another

    approve = WAITING >> APPROVED
    reject = WAITING >> REJECTED
    withdraw = WAITING >> WITHDRAWN
