"""How far a complaint has come, in the words of the wire."""

from kaifang.kernel import Machine, final, start, state

from .errors import STATUS_CHANGED


class Complaint(Machine):
    """A complaint about a trade: the merchant answers, and where that does not help, the platform decides."""

    refuses = STATUS_CHANGED

    MERCHANT_PROCESSING = start()
    MERCHANT_FEEDBACKED = state()
    PLATFORM_PROCESSING = state()
    FINISHED = final()  # the buyer is content, or has the money back
    CANCELLED = final()  # withdrawn by the buyer
    PLATFORM_FINISH = final()
    CLOSED = final()  # nobody decided in time

    feedback = MERCHANT_PROCESSING >> MERCHANT_FEEDBACKED
    overdue = MERCHANT_PROCESSING >> PLATFORM_PROCESSING
    appeal = MERCHANT_FEEDBACKED >> PLATFORM_PROCESSING
    finish = MERCHANT_FEEDBACKED >> FINISHED
    refund = (MERCHANT_PROCESSING | MERCHANT_FEEDBACKED | PLATFORM_PROCESSING) >> FINISHED
    withdraw = (MERCHANT_PROCESSING | MERCHANT_FEEDBACKED | PLATFORM_PROCESSING) >> CANCELLED
    decide = PLATFORM_PROCESSING >> PLATFORM_FINISH
    close = PLATFORM_PROCESSING >> CLOSED
