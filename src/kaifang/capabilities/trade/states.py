"""How far trades, their refunds and their settlements have come."""

from kaifang.kernel import Machine, final, start, state

from .errors import ALREADY_CONFIRM_SETTLE, ILLEGAL_SETTLE_STATE, TRADE_STATUS_ERROR


class Trade(Machine):
    """A trade, from the order to the last refund."""

    refuses = TRADE_STATUS_ERROR

    ORDERED = start()  # a code was made or a page opened, and nobody has seen it: nothing to query yet
    WAIT_BUYER_PAY = state()
    TRADE_SUCCESS = state()
    TRADE_FINISHED = final()
    TRADE_CLOSED = final()

    open = ORDERED >> WAIT_BUYER_PAY
    pay = WAIT_BUYER_PAY >> TRADE_SUCCESS
    close = WAIT_BUYER_PAY >> TRADE_CLOSED
    refund = TRADE_SUCCESS >> (TRADE_SUCCESS | TRADE_CLOSED)
    finish = TRADE_SUCCESS >> TRADE_FINISHED


class RefundApplication(Machine):
    """A refund that is carried out later than it was asked for."""

    ASKED = start()
    REFUND_PROCESSING = state()
    REFUND_SUCCESS = final()
    REFUND_FAIL = state()

    process = (ASKED | REFUND_FAIL) >> REFUND_PROCESSING
    succeed = REFUND_PROCESSING >> REFUND_SUCCESS
    fail = REFUND_PROCESSING >> REFUND_FAIL


class Settlement(Machine):
    """The money of a guaranteed trade on its way from escrow to the seller."""

    refuses = ALREADY_CONFIRM_SETTLE
    refusals = {"DISPUTED": ILLEGAL_SETTLE_STATE}

    WAITING = start()
    DISPUTED = state()
    SETTLED = final()
    RETURNED = final()  # the buyer got everything back before

    settle = WAITING >> (WAITING | SETTLED)
    dispute = WAITING >> DISPUTED
    resolve = DISPUTED >> WAITING
    give_back = (WAITING | DISPUTED) >> RETURNED


class Payout(Machine):
    """A secondary merchant's takings on their way to its bank card."""

    SENT = start()
    ARRIVED = state()
    RETURNED = final()  # the bank could not credit them, or sent them back

    arrive = SENT >> ARRIVED
    come_back = (SENT | ARRIVED) >> RETURNED


class Declaration(Machine):
    """A declaration to the customs, in the words of the wire."""

    ws = start()
    sending = state()
    succ = final()

    send = ws >> sending
    accept = sending >> succ
