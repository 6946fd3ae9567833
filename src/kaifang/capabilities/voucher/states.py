"""How far activities and vouchers have come."""

from kaifang.kernel import Machine, final, start, state

from .errors import (
    ACTIVITY_IS_END,
    ACTIVITY_IS_STOPED,
    ACTIVITY_NOT_ACTIVE,
    BIZ_ERROR,
    TEMPLATE_STATUS_ERROR,
    VOUCHER_STATUS_ERROR,
)


class Activity(Machine):
    """An activity that gives vouchers out, from the draft to its end."""

    refuses = BIZ_ERROR
    refusals = {
        "INIT": ACTIVITY_NOT_ACTIVE,
        "STOPPED": ACTIVITY_IS_STOPED,
        "ENDED": ACTIVITY_IS_END,
        "DELETED": TEMPLATE_STATUS_ERROR,
    }

    INIT = start()  # a draft: nothing can be had, and no budget is set aside
    WAITING = state()  # published, and its time has not come
    ACTIVE = state()
    STOPPED = final()  # by the merchant
    ENDED = final()  # by the clock
    DELETED = final()  # a draft that nobody wanted

    publish = INIT >> (WAITING | ACTIVE)
    open = WAITING >> ACTIVE
    append = (WAITING | ACTIVE) >> (WAITING | ACTIVE)
    modify = (INIT | WAITING | ACTIVE) >> (INIT | WAITING | ACTIVE)
    stop = (INIT | WAITING | ACTIVE) >> STOPPED
    end = (WAITING | ACTIVE) >> ENDED
    delete = INIT >> DELETED


class Sale(Machine):
    """A voucher that somebody buys; the money waits until it is used, or goes back."""

    refuses = BIZ_ERROR

    WAIT = start()  # to be paid
    PAID = state()  # the money waits with the platform
    SETTLED = state()  # the merchant has what is his; what was not used up went back if that was promised
    RETURNED = final()  # the buyer has everything back
    LEFT = final()  # nobody paid

    pay = WAIT >> PAID
    settle = PAID >> SETTLED
    give_back = PAID >> RETURNED
    leave = WAIT >> LEFT
    undo = SETTLED >> PAID  # the use was undone


class Voucher(Machine):
    """A voucher in somebody's hands."""

    refuses = VOUCHER_STATUS_ERROR

    NEW = start()
    SENDED = state()  # can be used, in its time; the wire's word
    USED = state()
    EXPIRED = final()
    INVALID = final()  # made void by the merchant

    claim = NEW >> SENDED
    give = NEW >> SENDED
    use = SENDED >> (SENDED | USED)
    give_back = (SENDED | USED) >> (SENDED | EXPIRED)
    expire = SENDED >> EXPIRED
    invalidate = SENDED >> INVALID  # by the merchant, or given back by who bought it
