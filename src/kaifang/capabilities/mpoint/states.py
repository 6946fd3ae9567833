"""How far an order of points has come."""

from kaifang.kernel import Machine, final, start

from .errors import ORDER_NOT_EXIST


class PointOrder(Machine):
    """Points that a merchant gave to somebody, or took."""

    refuses = ORDER_NOT_EXIST

    DONE = start()
    REFUNDED = final()  # taken ones went back

    refund = DONE >> REFUNDED
