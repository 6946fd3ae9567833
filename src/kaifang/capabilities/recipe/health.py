"""How a service provider's recipe does, over all merchants who have it: numbers, and nothing of theirs."""

from kaifang.kernel import Shape, Work, method

from .errors import NOT_ISV_APP_TYPE, RECIPE_NOT_EXIST
from .find import provider, the_recipe
from .language import Name
from .tables import InstallationRow


class Which(Shape):
    recipe: Name  # its name


class Count(Shape):
    version: str  # of which version
    rule: str  # which rule; empty: the set-up
    state: str  # RUNNING, WAITING, DONE, FAILED, LEFT or UNDONE
    refusal: str | None = None  # the code that they failed with
    runs: int  # how many


class Health(Shape):
    recipe: str  # its name
    installed: int  # by how many merchants
    troubled: int  # for how many of them a condition could not be read
    runs: list[Count]  # by version, rule, state and refusal


@method("kaifang.recipe.health", reads=True, raises=[NOT_ISV_APP_TYPE, RECIPE_NOT_EXIST])
def health(work: Work, ask: Which) -> Health:
    """See how your recipe does over all merchants: how many have it, and what became of its runs."""
    if the_recipe(work, ask.recipe).provider != provider(work).party:
        raise RECIPE_NOT_EXIST(recipe=ask.recipe)
    by = "version_no, rule, state, refusal"
    sql = f"select {by}, count(*) from recipe_run where recipe = ? group by {by} order by {by}"  # noqa: S608
    installed = "recipe = ? and slot is not null"
    return Health(
        recipe=ask.recipe, installed=work.count(InstallationRow, installed, (ask.recipe,)),
        troubled=work.count(InstallationRow, f"{installed} and trouble <> ''", (ask.recipe,)),
        runs=[
            Count(version=version, rule=rule, state=state, refusal=refusal or None, runs=int(runs))
            for version, rule, state, refusal, runs in work.tx.query(sql, (ask.recipe,))
        ],
    )  # fmt: skip
