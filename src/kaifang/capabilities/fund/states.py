"""How far transfers, pre-authorisations, batches, coupon orders and red packets have come."""

from kaifang.kernel import Machine, final, start, state

from .errors import ILLEGAL_STATUS, ORDER_STATUS_INVALID, RED_PACKET_OVER


class Transfer(Machine):
    """Money on its way to a person, a bank card or a red packet."""

    refuses = ORDER_STATUS_INVALID

    WAIT_PAY = start()
    DEALING = state()  # with the bank
    SUCCESS = state()
    FAIL = final()  # the bank refused; the money is back
    REFUND = final()  # the bank sent it back afterwards
    CLOSED = final()  # nobody paid in time

    pay = WAIT_PAY >> SUCCESS
    accept = WAIT_PAY >> DEALING
    arrive = DEALING >> SUCCESS
    fail = DEALING >> FAIL
    bounce = SUCCESS >> REFUND
    close = WAIT_PAY >> CLOSED


class Freeze(Machine):
    """A pre-authorised order, from the wish to freeze to the last unit that is paid or given back."""

    refuses = ILLEGAL_STATUS

    INIT = start()
    AUTHORIZED = state()
    FINISH = final()  # something was paid out of it, and nothing is left
    CLOSED = final()  # it was never frozen, or all of it was given back

    authorise = INIT >> AUTHORIZED
    close = INIT >> CLOSED
    unfreeze = AUTHORIZED >> (AUTHORIZED | FINISH | CLOSED)
    pay = AUTHORIZED >> (AUTHORIZED | FINISH)


class FreezeOperation(Machine):
    """One thing done to a pre-authorised order: FREEZE, UNFREEZE or PAY."""

    refuses = ILLEGAL_STATUS

    INIT = start()
    SUCCESS = state()
    CLOSED = final()

    succeed = INIT >> SUCCESS
    close = (INIT | SUCCESS) >> CLOSED


class TransferBatch(Machine):
    """Many transfers that are ordered and paid together."""

    refuses = ORDER_STATUS_INVALID

    WAIT_PAY = start()
    DEALING = state()
    SUCCESS = final()
    PART_SUCCESS = final()
    FAIL = final()
    DISUSE = final()  # closed before it was paid

    pay = WAIT_PAY >> DEALING
    finish = DEALING >> (SUCCESS | PART_SUCCESS | FAIL)
    close = WAIT_PAY >> DISUSE


class CouponOrder(Machine):
    """A cash coupon: paid into once, handed out in parts, the rest given back."""

    refuses = ILLEGAL_STATUS

    INIT = start()
    SUCCESS = state()
    CLOSED = final()  # nobody paid in time, or the rest was given back

    pay = INIT >> SUCCESS
    close = INIT >> CLOSED
    disburse = SUCCESS >> SUCCESS
    refund = SUCCESS >> (SUCCESS | CLOSED)


class RedPacket(Machine):
    """A red packet from one person to friends."""

    refuses = RED_PACKET_OVER

    OPEN = start()
    EMPTY = final()  # everybody had a share
    RETURNED = final()  # the rest went back after a day

    claim = OPEN >> (OPEN | EMPTY)
    give_back = OPEN >> RETURNED
