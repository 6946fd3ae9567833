"""How far a proposal has come."""

from kaifang.kernel import Machine, final, start

from .errors import PROPOSAL_ANSWERED


class Proposal(Machine):
    """A question to one party, which is answered once, taken back, or too late."""

    refuses = PROPOSAL_ANSWERED

    OPEN = start()
    AGREED = final()
    REFUSED = final()
    WITHDRAWN = final()
    LAPSED = final()

    agree = OPEN >> AGREED
    refuse = OPEN >> REFUSED
    withdraw = OPEN >> WITHDRAWN
    lapse = OPEN >> LAPSED
