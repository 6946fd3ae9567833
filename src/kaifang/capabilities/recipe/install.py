"""Merchants install recipes, look after them, and remove them."""

from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import Key, Moment, Shape, Work, method
from kaifang.kernel.events import Job

from .checking import events, permissions
from .errors import (
    INPUTS_INVALID,
    INSTALLATION_NOT_EXIST,
    INSTALLATION_STATUS_ERROR,
    NOT_THE_MERCHANT,
    PERMISSIONS_DIFFER,
    RECIPE_INSTALLED,
    RECIPE_NOT_EXIST,
    RECIPE_STATUS_ERROR,
    SETUP_REFUSED,
    UNDO_REFUSED,
    UPGRADE_REFUSED,
)
from .find import Which, content_of, installation, its_app, parsed, the_merchant, the_recipe, the_version
from .flows import Cost, Flow, costs, flows
from .inputs import read_all
from .language import Name, Recipe, Step, Version
from .publish import Inputs
from .running import leave
from .setting_up import set_clocks, set_up, stop_clocks, take_back
from .states import Installation, Run
from .states import Recipe as Published
from .tables import InstallationRow, RunRow

Permissions = Annotated[list[Key], Meta(max_length=60)]
MOST = 100
UNFINISHED = (Run.RUNNING.name, Run.WAITING.name, Run.FAILED.name)


class Install(Shape):
    recipe: Name  # its name
    version: Version | None = None  # the latest, if it is not said
    app_id: Key | None = None  # your application that it acts for; the calling one, if left out
    inputs: Inputs = {}  # what you fill in
    permissions: Permissions  # the methods that you allow: those that the recipe shows, all of them


class Installed(Shape):
    installation_id: str  # 28 digits
    recipe: str  # its name
    version: str  # which
    app_id: str  # your application that it acts for
    provider: str  # user id
    state: str  # ACTIVE, PAUSED or REMOVED
    inputs: dict[str, Any]  # as you filled them in, defaults included
    permissions: list[str]  # the methods that you allowed
    flows: list[Flow]  # what of your money it may move
    costs: list[Cost]  # what the service provider takes of a finished run
    trouble: str | None = None  # why a condition could not be read when an event came last
    since: Moment  # when it was installed


@method(
    "kaifang.recipe.install",
    raises=[NOT_THE_MERCHANT, RECIPE_NOT_EXIST, RECIPE_STATUS_ERROR, INPUTS_INVALID, PERMISSIONS_DIFFER,
            RECIPE_INSTALLED, SETUP_REFUSED],
)  # fmt: skip
def install(work: Work, ask: Install) -> Installed:
    """Install a recipe: the service provider may do for you what you allow here, and nothing else."""
    merchant = the_merchant(work)
    app, kept = its_app(work, merchant, ask.app_id), the_version(work, ask.recipe, ask.version)
    recipe = parsed(kept.content)
    inputs, wrong = read_all(recipe.inputs, ask.inputs)
    if wrong:
        raise INPUTS_INVALID(**wrong)
    allowed(ask.permissions, recipe)
    before = work.find(InstallationRow, slot=f"{merchant}/{ask.recipe}")
    if before is not None:
        if (before.version_no, before.inputs, before.merchant_app) != (kept.version_no, inputs, app):
            raise RECIPE_INSTALLED(installation_id=before.id)
        return installed(work, before)
    if kept.state != Published.PUBLISHED.name:
        raise RECIPE_STATUS_ERROR(version=kept.version_no)
    whose = the_recipe(work, ask.recipe)
    row = InstallationRow(
        id=work.new_id("20600"), recipe=ask.recipe, version_no=kept.version_no, provider=whose.provider, app=whose.app,
        merchant=merchant, merchant_app=app, slot=f"{merchant}/{ask.recipe}", inputs=inputs,
        told=told(recipe, ask.inputs), permissions=permissions(recipe), events=events(recipe), at=work.now,
    )  # fmt: skip
    set_up(work, work.add(row), recipe)
    set_clocks(work, row, recipe)
    work.tell("recipe.listen", row.id)
    work.tell("installation.begin", row.id, recipe=row.recipe, provider=row.provider)
    return installed(work, row)


def allowed(given: list[str], recipe: Recipe) -> None:
    """Whether exactly that is allowed which the recipe needs."""
    needed = set(permissions(recipe))
    if set(given) != needed:
        raise PERMISSIONS_DIFFER(
            missing=", ".join(sorted(needed - set(given))) or None, more=", ".join(sorted(set(given) - needed)) or None
        )


def told(recipe: Recipe, given: dict[str, Any]) -> dict[str, Any]:
    """What was filled in, defaults included."""
    return {name: given.get(name, one.default) for name, one in recipe.inputs.items()}


def installed(work: Work, row: InstallationRow) -> Installed:
    """An installation as its merchant sees it."""
    recipe = content_of(work, row)
    return Installed(
        installation_id=row.id, recipe=row.recipe, version=row.version_no, app_id=row.merchant_app,
        provider=row.provider, state=row.state, inputs=row.told, permissions=row.permissions,
        flows=flows(recipe, row.inputs), costs=costs(recipe), trouble=row.trouble or None, since=Moment(row.at),
    )  # fmt: skip


class List(Shape):
    pass


class Listed(Shape):
    installations: list[Installed]  # the latest first, those removed left out


@method("kaifang.recipe.installation.list", reads=True, raises=[NOT_THE_MERCHANT])
def list_installations(work: Work, ask: List) -> Listed:
    """List the recipes that you have installed."""
    where = "merchant = ? and slot is not null"
    rows = work.select(InstallationRow, where, (the_merchant(work),), "id desc", MOST)
    return Listed(installations=[installed(work, row) for row in rows])


OWN = [NOT_THE_MERCHANT, INSTALLATION_NOT_EXIST]


@method("kaifang.recipe.installation.look", reads=True, raises=OWN)
def look(work: Work, ask: Which) -> Installed:
    """Look at an installation."""
    return installed(work, installation(work, ask.installation_id))


class Pause(Which):
    pause: bool  # true: no rule begins any more; false: it goes on


@method("kaifang.recipe.pause", raises=[*OWN, INSTALLATION_STATUS_ERROR])
def pause(work: Work, ask: Pause) -> Installed:
    """Let a recipe pause, or go on; runs that have begun end as they would."""
    row = installation(work, ask.installation_id)
    arrow = Installation.pause if ask.pause else Installation.go_on
    if row.state != arrow.after[0].name:
        arrow(work, row, recipe=row.recipe)
    return installed(work, row)


class Upgrade(Which):
    version: Version | None = None  # the latest, if it is not said
    inputs: Inputs = {}  # what is new or shall be different
    permissions: Permissions  # the methods that you allow: those that the new version shows, all of them


@method(
    "kaifang.recipe.upgrade",
    raises=[*OWN, INSTALLATION_STATUS_ERROR, RECIPE_NOT_EXIST, RECIPE_STATUS_ERROR, UPGRADE_REFUSED,
            PERMISSIONS_DIFFER, SETUP_REFUSED, UNDO_REFUSED],
)  # fmt: skip
def upgrade(work: Work, ask: Upgrade) -> Installed:
    """Go over to another version, with what you filled in before; what does not fit is refused, and named."""
    row = installation(work, ask.installation_id)
    kept = the_version(work, row.recipe, ask.version)
    if kept.state != Published.PUBLISHED.name and kept.version_no != row.version_no:
        raise RECIPE_STATUS_ERROR(version=kept.version_no)
    recipe, before = parsed(kept.content), content_of(work, row)
    given = {name: row.told[name] for name in recipe.inputs if row.told.get(name) is not None} | ask.inputs
    inputs, wrong = read_all(recipe.inputs, given)
    if wrong:
        raise UPGRADE_REFUSED(**wrong)
    allowed(ask.permissions, recipe)
    same = Installation.states[row.state] if Installation.upgrade.possible(row) else None
    Installation.upgrade(work, row, to=same, recipe=row.recipe, version=kept.version_no)
    again = sets_up(before, row.inputs) != sets_up(recipe, inputs)
    if again:
        take_back(work, its_setup(work, row), row)
    row.version_no, row.inputs, row.told = kept.version_no, inputs, told(recipe, given)
    row.permissions, row.trouble = permissions(recipe), ""
    waiting = work.select(RunRow, "installation = ? and waits_on <> ''", (row.id,))
    row.events = sorted({*events(recipe), *(run.waits_on for run in waiting)})
    if again:
        set_up(work, row, recipe)
    set_clocks(work, row, recipe)
    work.tell("recipe.listen", row.id)
    return installed(work, row)


def sets_up(recipe: Recipe, inputs: dict[str, Any]) -> tuple[list[Step], dict[str, Any]]:
    """What a set-up depends on: its steps, and the inputs."""
    return recipe.setup, inputs if recipe.setup else {}


def its_setup(work: Work, row: InstallationRow) -> RunRow:
    """The run that set an installation up."""
    run = work.find(RunRow, id=row.setup)
    assert run is not None, f"no set-up of {row.id}"
    return run


class Removed(Shape):
    installation_id: str  # which
    state: str  # REMOVED
    left: int  # runs that had begun and end here
    undone: int  # steps of the set-up that were taken back


@method("kaifang.recipe.remove", raises=[*OWN, INSTALLATION_STATUS_ERROR, UNDO_REFUSED])
def remove(work: Work, ask: Which) -> Removed:
    """Remove a recipe: what it set up is undone, and nothing of it begins or goes on any more."""
    row = installation(work, ask.installation_id)
    Installation.remove(work, row, recipe=row.recipe, provider=row.provider)
    timers = "name = ? and subject in (select id from recipe_run where installation = ? and state = ?)"
    for job in work.select(Job, timers, ("recipe.wake", row.id, Run.WAITING.name)):
        work.remove(job)
    where = f"installation = ? and state in ({', '.join('?' * len(UNFINISHED))})"
    unfinished = work.select(RunRow, where, (row.id, *UNFINISHED), "id")
    for run in unfinished:
        leave(work, run)
    run = its_setup(work, row)
    before = run.calls
    take_back(work, run, row)
    stop_clocks(work, row)
    row.slot, row.events = None, []
    work.tell("recipe.listen", row.id)
    return Removed(installation_id=row.id, state=row.state, left=len(unfinished), undone=run.calls - before)
