"""How far templates and batches have come."""

from kaifang.kernel import Machine, final, start, state

from .errors import USER_TEMPLATE_STATUS_ILLEGAL


class Template(Machine):
    """A template that an application chose from the library."""

    refuses = USER_TEMPLATE_STATUS_ILLEGAL

    STARTUP = start()
    SHUTDOWN = state()  # by the operators

    shut = STARTUP >> SHUTDOWN
    reopen = SHUTDOWN >> STARTUP


class Batch(Machine):
    """One message to all who subscribed."""

    WAIT = start()  # for its time
    SENDING = state()
    SUCCESS = final()
    FAIL = final()  # the template was shut down before its time came

    begin_sending = WAIT >> SENDING
    end = SENDING >> SUCCESS
    fail = (WAIT | SENDING) >> FAIL
