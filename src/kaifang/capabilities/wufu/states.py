"""How far campaigns have come, and cards on their way from one person to another."""

from kaifang.kernel import Machine, final, start, state

from .errors import WUFU_HANDOVER_OVER, WUFU_NOT_OPEN


class Wufu(Machine):
    """A campaign of cards, from its announcement until the pool is split."""

    refuses = WUFU_NOT_OPEN

    COMING = start()  # the odds and the commitment are public, and its time has not come
    COLLECTING = state()
    OPENING = state()  # the pool is being split, so many winners at a time
    OPENED = final()  # everybody has what is theirs, and the seed is public
    CANCELED = final()

    collect = COMING >> COLLECTING
    open = COLLECTING >> OPENING
    finish = OPENING >> OPENED
    cancel = COMING >> CANCELED


class Handover(Machine):
    """A card that somebody offers, asks for, or would exchange."""

    refuses = WUFU_HANDOVER_OVER

    WAITING = start()  # for the other's word
    DONE = final()
    BACK = final()  # refused, too late or taken back: whoever had what has it again

    accept = WAITING >> DONE
    give_back = WAITING >> BACK
