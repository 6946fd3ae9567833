"""Rehearsing: a recipe is installed or upgraded, and a rule run if wanted, and all of it is forgotten again."""

from typing import Any

from kaifang.kernel import INVALID_PARAMETER, Moment, Shape, Work, method

from .errors import (
    INPUTS_INVALID,
    NOT_THE_MERCHANT,
    PERMISSIONS_DIFFER,
    RECIPE_NOT_EXIST,
    RECIPE_STATUS_ERROR,
    SETUP_REFUSED,
    UNDO_REFUSED,
    UPGRADE_REFUSED,
)
from .find import content_of, the_merchant
from .flows import Cost, Flow
from .install import Install, Upgrade, install, its_setup, upgrade
from .language import Name
from .run import Called, calls_of
from .running import advance, begin
from .tables import InstallationRow, RunRow


class Rehearse(Install):
    rule: Name | None = None  # run this rule too
    event: dict[str, Any] = {}  # as if this had begun it: what its expressions call `event`


class Ran(Shape):
    """What a rule did with the event."""

    begun: bool  # false: its condition does not hold, or it has run for this before
    state: str | None = None  # DONE, WAITING or FAILED
    calls: list[Called] = []  # what it did, in order
    waits_on: str | None = None  # for which event it waits
    waits_until: Moment | None = None  # until when at most
    refusal: str | None = None  # the code that it failed with
    reason: str | None = None  # in words; also why the condition could not be read


class Rehearsed(Shape):
    version: str  # which
    upgrade: bool  # whether it is installed already, and this would be another version or other inputs
    setup: list[Called]  # what setting it up does, in order
    flows: list[Flow]  # what of your money it may move
    costs: list[Cost]  # what the service provider takes of a finished run
    ran: Ran | None = None  # what the rule did, if one was named


class Over(Exception):  # noqa: N818 - it is no error
    """The rehearsal is over: this is what it told, and all else is forgotten."""

    def __init__(self, told: Rehearsed, numbers: int) -> None:
        super().__init__()
        self.told, self.numbers = told, numbers


@method(
    "kaifang.recipe.rehearse",
    raises=[NOT_THE_MERCHANT, RECIPE_NOT_EXIST, RECIPE_STATUS_ERROR, INPUTS_INVALID, PERMISSIONS_DIFFER,
            SETUP_REFUSED, UPGRADE_REFUSED, UNDO_REFUSED],
)  # fmt: skip
def rehearse(work: Work, ask: Rehearse) -> Rehearsed:
    """Try a recipe for yourself: everything is really done, and all of it forgotten before anybody sees it."""
    try:
        with work.attempt() as part:
            raise Over(played(part, ask), part.writer.numbers)
    except Over as over:
        work.writer.numbers = over.numbers  # those that were told are nobody else's afterwards
        return over.told


def played(work: Work, ask: Rehearse) -> Rehearsed:
    """Do it all."""
    slot = f"{the_merchant(work)}/{ask.recipe}"
    before = work.find(InstallationRow, slot=slot)
    if before is None:
        done = install(work, ask)
    else:
        done = upgrade(
            work,
            Upgrade(
                installation_id=before.id, version=ask.version, inputs=ask.inputs, permissions=ask.permissions
            ),
        )  # fmt: skip
    row = work.find(InstallationRow, slot=slot)
    assert row is not None, f"no installation of {ask.recipe}"
    return Rehearsed(
        version=done.version, upgrade=before is not None, setup=calls_of(work, its_setup(work, row)),
        flows=done.flows, costs=done.costs, ran=ran(work, row, ask) if ask.rule else None,
    )  # fmt: skip


def ran(work: Work, row: InstallationRow, ask: Rehearse) -> Ran:
    """Run a rule as far as it goes without waiting."""
    rule = next((one for one in content_of(work, row).rules if one.rule == ask.rule), None)
    if rule is None:
        raise INVALID_PARAMETER(field="rule", reason="the recipe has no such rule")
    run = begin(work, row, rule, ask.event)
    if run is None:
        return Ran(begun=False, reason=row.trouble or None)
    advance(work, run)
    return outcome(work, run)


def outcome(work: Work, run: RunRow) -> Ran:
    """What a run came to."""
    return Ran(
        begun=True, state=run.state, calls=calls_of(work, run), waits_on=run.waits_on or None,
        waits_until=Moment(run.waits_until) if run.waits_until else None, refusal=run.refusal or None,
        reason=run.reason or None,
    )  # fmt: skip
