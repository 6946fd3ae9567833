"""How a party stands, its consent to an app, and the proof of its identity."""

from kaifang.kernel import Machine, final, start, state

from .errors import CERTIFY_ID_EXPIRED, CERTIFY_STATUS_ERROR, CONSENT_NOT_EXIST, PARTY_CLOSED


class Party(Machine):
    """Whether a person or merchant may use the platform."""

    refuses = PARTY_CLOSED

    NORMAL = start()
    BLOCKED = state()
    CLOSED = final()

    block = NORMAL >> BLOCKED
    unblock = BLOCKED >> NORMAL
    close = (NORMAL | BLOCKED) >> CLOSED


class Consent(Machine):
    """Whether a user still lets an app know them."""

    refuses = CONSENT_NOT_EXIST

    GIVEN = start()
    WITHDRAWN = state()

    withdraw = GIVEN >> WITHDRAWN
    renew = WITHDRAWN >> GIVEN


class Certification(Machine):
    """Whether somebody proved to be who a merchant was told they are."""

    refuses = CERTIFY_STATUS_ERROR
    refusals = {"EXPIRED": CERTIFY_ID_EXPIRED}

    INIT = start()
    PASSED = final()
    FAILED = final()
    EXPIRED = final()

    succeed = INIT >> PASSED
    fail = INIT >> FAILED
    expire = INIT >> EXPIRED
