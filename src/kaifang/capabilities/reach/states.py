"""How far a placement has come."""

from kaifang.kernel import Machine, final, start, state

from .errors import PLACEMENT_STATUS_ERROR


class Placement(Machine):
    """Something that a merchant wants shown in a slot."""

    refuses = PLACEMENT_STATUS_ERROR

    AUDITING = start()  # it waits for the review
    WORKING = state()  # it is shown whenever it fits
    REJECTED = state()  # it can be changed, and is looked at again
    PAUSED = state()  # by the merchant
    FINISHED = final()  # by the merchant, or by the clock

    approve = AUDITING >> WORKING
    reject = AUDITING >> REJECTED
    revise = (AUDITING | WORKING | REJECTED | PAUSED) >> AUDITING
    pause = WORKING >> PAUSED
    resume = PAUSED >> WORKING
    finish = (AUDITING | WORKING | REJECTED | PAUSED) >> FINISHED
