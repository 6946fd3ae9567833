"""How far a receipt has come."""

from kaifang.kernel import Machine, final, start


class Receipt(Machine):
    """A receipt, from the application to the paper."""

    INIT = start()
    SUCCESS = final()
    FAIL = final()

    issue = INIT >> SUCCESS
    fail = INIT >> FAIL
