"""How far a membership card has come."""

from kaifang.kernel import Machine, final, start, state

from .errors import CARD_NOT_EXIT, SPENDING_ENDED


class MemberCard(Machine):
    """A card in somebody's hands, from joining to the end."""

    refuses = CARD_NOT_EXIT

    NEW = start()
    ACTIVE = state()
    DELETED = final()  # by the merchant
    LEFT = final()  # by the person
    EXPIRED = final()  # by the clock

    open = NEW >> ACTIVE  # by the merchant, with the person's consent
    join = NEW >> ACTIVE  # by the person
    update = ACTIVE >> ACTIVE
    delete = ACTIVE >> DELETED
    climb = ACTIVE >> ACTIVE  # to another level, by what was spent
    leave = ACTIVE >> LEFT
    expire = ACTIVE >> EXPIRED


class Spending(Machine):
    """Points that were exchanged for something."""

    refuses = SPENDING_ENDED

    SPENT = start()
    GIVEN_BACK = final()  # the merchant did not hand it over

    give_back = SPENT >> GIVEN_BACK
