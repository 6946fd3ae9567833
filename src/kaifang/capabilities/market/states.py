"""How far commodities, orders, their items, and what merchants take part in have come."""

from kaifang.kernel import Machine, final, start, state

from .errors import (
    COMMODITY_ORDER_STATUS_INVALID,
    COMMODITY_STATUS_ERROR,
    ITEM_STATUS_NOT_ALLOW,
    RECORD_STATUS_ERROR,
    SHOP_STATUS_NOT_SUPPORT,
)


class Commodity(Machine):
    """A service that a provider offers, from the first review on."""

    refuses = COMMODITY_STATUS_ERROR

    AUDIT = start()
    AUDIT_REJECT = state()
    ONLINE = state()
    AUDIT_OFFLINE = state()

    approve = AUDIT >> ONLINE
    reject = AUDIT >> AUDIT_REJECT
    take_down = (AUDIT | ONLINE) >> AUDIT_OFFLINE
    submit = (AUDIT_REJECT | AUDIT_OFFLINE | ONLINE) >> AUDIT


class ServiceOrder(Machine):
    """A merchant's order of a service: paid, accepted by the provider, and over once all of its items are."""

    refuses = COMMODITY_ORDER_STATUS_INVALID

    WAIT_PAY = start()
    MERCHANT_ORDED = state()
    ISV_ACCEPTED = state()
    FINISHED = final()
    CLOSED = final()
    ISV_REJECTED = final()
    MERCHANT_CANCELLED = final()
    LAPSED = final()

    pay = WAIT_PAY >> MERCHANT_ORDED
    accept = MERCHANT_ORDED >> ISV_ACCEPTED
    reject = MERCHANT_ORDED >> ISV_REJECTED
    cancel = (WAIT_PAY | MERCHANT_ORDED) >> MERCHANT_CANCELLED
    lapse = (WAIT_PAY | MERCHANT_ORDED) >> LAPSED
    finish = ISV_ACCEPTED >> FINISHED
    close = ISV_ACCEPTED >> CLOSED


class ServiceItem(Machine):
    """What is ordered for one shop or mini program: set up by the provider, confirmed by the merchant, paid."""

    refuses = ITEM_STATUS_NOT_ALLOW

    TO_DO = start()
    DOING = state()
    TO_CONFIRM = state()
    MERCHANT_REJECTED = state()
    DONE = final()
    MERCHANT_CANCELLED = final()
    ISV_REJECTED = final()
    ISV_CANCELLED = final()

    take_on = TO_DO >> DOING
    reject = TO_DO >> ISV_REJECTED
    cancel = TO_DO >> MERCHANT_CANCELLED
    complete = (DOING | MERCHANT_REJECTED) >> TO_CONFIRM
    refuse = TO_CONFIRM >> MERCHANT_REJECTED
    confirm = TO_CONFIRM >> DONE
    give_up = (DOING | TO_CONFIRM | MERCHANT_REJECTED) >> ISV_CANCELLED


class Tenure(Machine):
    """Whether a shop or mini program has the service."""

    refuses = SHOP_STATUS_NOT_SUPPORT

    ONLINE = start()
    OFFLINE = state()
    EXPIRED = state()

    take_off = ONLINE >> OFFLINE
    expire = (ONLINE | OFFLINE) >> EXPIRED
    renew = (ONLINE | OFFLINE | EXPIRED) >> ONLINE


class SolutionBatch(Machine):
    """A file of merchants who are to take part in a solution, or to leave it."""

    PROCESSING = start()
    FINISHED = final()

    finish = PROCESSING >> FINISHED


class SolutionRecord(Machine):
    """One merchant's part in a solution."""

    refuses = RECORD_STATUS_ERROR

    AUDITING = start()
    EFFECTIVE = state()
    REJECTED = state()
    EXITED = state()

    approve = AUDITING >> EFFECTIVE
    reject = AUDITING >> REJECTED
    leave = EFFECTIVE >> EXITED
    renew = (REJECTED | EXITED) >> AUDITING
