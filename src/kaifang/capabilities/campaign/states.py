"""How far campaigns and prizes have come."""

from kaifang.kernel import Machine, final, start, state

from .errors import CAMP_STATUS_ERROR, CASH_CURRENT_STATE_CANNOT_MODIFY, PRIZE_STATUS_ERROR


class CashCampaign(Machine):
    """A campaign that gives cash away, from the draft to the last fen."""

    refuses = CASH_CURRENT_STATE_CANNOT_MODIFY

    CREATED = start()  # and not paid for
    PAID = state()  # its time has not come
    READY = state()
    PAUSE = state()
    CLOSED = state()  # the rest has not gone back yet
    SETTLED = final()

    pay = CREATED >> PAID
    open = (PAID | PAUSE) >> READY
    pause = (PAID | READY) >> PAUSE
    close = (CREATED | PAID | READY | PAUSE) >> CLOSED
    settle = CLOSED >> SETTLED


class DrawCampaign(Machine):
    """A campaign in which people draw prizes."""

    refuses = CAMP_STATUS_ERROR

    CAMP_CREATED = start()
    CAMP_GOING = state()
    CAMP_PAUSED = state()
    CAMP_ENDED = final()

    go = (CAMP_CREATED | CAMP_PAUSED) >> CAMP_GOING
    pause = CAMP_GOING >> CAMP_PAUSED
    end = (CAMP_CREATED | CAMP_GOING | CAMP_PAUSED) >> CAMP_ENDED


class Prize(Machine):
    """A prize of a draw campaign."""

    refuses = PRIZE_STATUS_ERROR

    PRIZE_OPENED = start()
    PRIZE_PAUSED = state()
    PRIZE_CLOSED = final()  # what is left of it went back

    pause = PRIZE_OPENED >> PRIZE_PAUSED
    close = (PRIZE_OPENED | PRIZE_PAUSED) >> PRIZE_CLOSED
