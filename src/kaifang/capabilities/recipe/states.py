"""How far recipes, installations and runs have come."""

from kaifang.kernel import Machine, final, start, state

from .errors import INSTALLATION_STATUS_ERROR, RECIPE_STATUS_ERROR, RUN_STATUS_ERROR


class Recipe(Machine):
    """A version of a recipe: published, until its service provider withdraws it."""

    refuses = RECIPE_STATUS_ERROR

    PUBLISHED = start()
    WITHDRAWN = final()  # nobody can install it any more; who has it keeps it

    withdraw = PUBLISHED >> WITHDRAWN


class Installation(Machine):
    """A recipe in a merchant's hands."""

    refuses = INSTALLATION_STATUS_ERROR

    ACTIVE = start()
    PAUSED = state()  # no rule begins; what has begun goes on
    REMOVED = final()  # all that it set up is undone

    pause = ACTIVE >> PAUSED
    go_on = PAUSED >> ACTIVE
    upgrade = (ACTIVE | PAUSED) >> (ACTIVE | PAUSED)
    remove = (ACTIVE | PAUSED) >> REMOVED


class Run(Machine):
    """One application of a rule, or a set-up, from its first step to its last."""

    refuses = RUN_STATUS_ERROR

    RUNNING = start()
    WAITING = state()  # for a time or an event
    DONE = state()
    FAILED = state()  # a step was refused; it left no trace
    LEFT = final()  # unfinished, because the recipe was removed
    UNDONE = final()  # its steps are taken back

    wait = RUNNING >> WAITING
    wake = WAITING >> RUNNING
    finish = RUNNING >> DONE
    fail = RUNNING >> FAILED
    resume = FAILED >> RUNNING
    leave = (RUNNING | WAITING | FAILED) >> LEFT
    undo = (WAITING | DONE | FAILED) >> UNDONE
