"""How far services and places have come."""

from kaifang.kernel import Machine, final, start, state

from .errors import POI_STATUS_ERROR, SERVICE_STATUS_IS_AUDITING, SERVICE_STATUS_NOT_EDITABLE


class Service(Machine):
    """Something that a mini-program can do for people."""

    refuses = SERVICE_STATUS_NOT_EDITABLE
    refusals = {"AUDITING": SERVICE_STATUS_IS_AUDITING}

    AUDITING = start()
    ONLINE = state()  # people find it
    REJECTED = state()
    OFFLINE = state()  # by its merchant
    DELETED = final()

    approve = AUDITING >> ONLINE
    reject = AUDITING >> REJECTED
    revise = (AUDITING | ONLINE | REJECTED | OFFLINE) >> AUDITING
    invalidate = ONLINE >> OFFLINE
    validate = OFFLINE >> ONLINE
    delete = (ONLINE | REJECTED | OFFLINE) >> DELETED


class Poi(Machine):
    """A place at which a mini-program is found."""

    refuses = POI_STATUS_ERROR

    AUDIT = start()
    AUDIT_SUCCESS = state()
    AUDIT_FAIL = state()
    DELETED = final()

    approve = AUDIT >> AUDIT_SUCCESS
    reject = AUDIT >> AUDIT_FAIL
    delete = (AUDIT | AUDIT_SUCCESS | AUDIT_FAIL) >> DELETED
