"""How far an agreement has come."""

from kaifang.kernel import Machine, final, start, state

from .errors import USER_AGREEMENT_STATUS_NOT_NORMAL


class Agreement(Machine):
    """What a person signed, from the merchant's proposal to the end."""

    refuses = USER_AGREEMENT_STATUS_NOT_NORMAL

    TEMP = start()  # proposed, and not signed yet: it is forgotten if nobody signs in time
    NORMAL = state()
    STOP = state()  # the person lets nothing be deducted for now
    UNSIGN = final()

    sign = TEMP >> NORMAL
    deduct = NORMAL >> NORMAL
    postpone = NORMAL >> NORMAL
    announce = NORMAL >> NORMAL
    transfer = NORMAL >> NORMAL
    pause = NORMAL >> STOP
    resume = STOP >> NORMAL
    unsign = (NORMAL | STOP) >> UNSIGN
    expire = (NORMAL | STOP) >> UNSIGN
