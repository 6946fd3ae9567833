"""How far an onboarding has come, how a product stands with a merchant, and what a provider may run."""

from kaifang.kernel import Machine, final, start, state

from .errors import BATCH_STATUS_IS_FINAL, CONTRACT_NOT_EXIST, OPERATION_NOT_EXIST


class AgentOrder(Machine):
    """A service provider's transaction for a merchant: put together within an hour, reviewed, and agreed to or not."""

    refuses = BATCH_STATUS_IS_FINAL

    INIT = start()
    MERCHANT_AUDITING = state()
    MERCHANT_INFO_HOLD = state()
    MERCHANT_CONFIRM = state()
    MERCHANT_CONFIRM_SUCCESS = final()
    MERCHANT_CONFIRM_TIME_OUT = final()
    MERCHANT_APPLY_ORDER_CANCELED = final()
    CANCEL = final()
    TIMEOUT = final()

    submit = (INIT | MERCHANT_INFO_HOLD) >> MERCHANT_AUDITING
    cancel = (INIT | MERCHANT_INFO_HOLD) >> CANCEL
    lapse = (INIT | MERCHANT_INFO_HOLD) >> TIMEOUT
    hold = MERCHANT_AUDITING >> MERCHANT_INFO_HOLD
    approve = MERCHANT_AUDITING >> MERCHANT_CONFIRM
    reject = MERCHANT_AUDITING >> MERCHANT_APPLY_ORDER_CANCELED
    agree = MERCHANT_CONFIRM >> MERCHANT_CONFIRM_SUCCESS
    refuse = MERCHANT_CONFIRM >> MERCHANT_APPLY_ORDER_CANCELED
    expire = MERCHANT_CONFIRM >> MERCHANT_CONFIRM_TIME_OUT


class Contract(Machine):
    """A product that a merchant is to have, has, or had."""

    refuses = CONTRACT_NOT_EXIST

    AUDIT = start()
    WAIT_CONFIRM = state()
    VALID = state()
    AUDIT_REJECT = state()
    INVALID = state()

    approve = AUDIT >> WAIT_CONFIRM
    reject = AUDIT >> AUDIT_REJECT
    take_effect = WAIT_CONFIRM >> VALID
    lapse = (AUDIT | WAIT_CONFIRM) >> INVALID
    end = VALID >> INVALID
    renew = (AUDIT_REJECT | INVALID) >> AUDIT


class Operation(Machine):
    """A service provider's wish to run something of a merchant's business, and the merchant's word."""

    refuses = OPERATION_NOT_EXIST

    PROCESS = start()
    SUCCESS = state()
    REFUSED = final()
    EXPIRED = final()
    ENDED = final()

    agree = PROCESS >> SUCCESS
    refuse = PROCESS >> REFUSED
    lapse = PROCESS >> EXPIRED
    end = SUCCESS >> ENDED


class Signauth(Machine):
    """One question to a merchant about several things: put once the signing order is approved, and answered once."""

    INIT = start()
    UNCONFIRM = state()
    FINISH = final()
    FAILURE = final()

    ask = INIT >> UNCONFIRM
    finish = UNCONFIRM >> FINISH
    fail = (INIT | UNCONFIRM) >> FAILURE
