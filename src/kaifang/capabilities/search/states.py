"""How far boxes, keywords and activities have come."""

from kaifang.kernel import Machine, final, start, state

from .errors import INVALID_STATUS, STATUS_NOT_ALLOWED


class Box(Machine):
    """What a search for a brand or a mini-program leads straight to."""

    refuses = STATUS_NOT_ALLOWED

    AUDIT = start()
    ONLINE = state()
    REJECT = state()
    OFFLINE = state()

    approve = AUDIT >> ONLINE
    reject = AUDIT >> REJECT
    revise = REJECT >> AUDIT
    take_off = ONLINE >> OFFLINE
    put_up = OFFLINE >> ONLINE


class Keyword(Machine):
    """A word by which a mini-program is found."""

    refuses = INVALID_STATUS

    AUDIT = start()
    ONLINE = state()
    REJECT = state()
    DELETED = final()

    approve = AUDIT >> ONLINE
    reject = AUDIT >> (REJECT | ONLINE)  # a word that was to be changed stays as it was
    change = (ONLINE | REJECT) >> AUDIT
    delete = (ONLINE | REJECT) >> DELETED


class BoxActivity(Machine):
    """Something special that a box shows for a while."""

    refuses = STATUS_NOT_ALLOWED

    AUDIT = start()
    ONLINE = state()
    REJECT = final()
    EXPIRE = final()

    approve = AUDIT >> ONLINE
    reject = AUDIT >> REJECT
    expire = (AUDIT | ONLINE) >> EXPIRE
