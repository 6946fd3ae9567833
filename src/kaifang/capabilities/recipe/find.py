"""Finding the service provider, the merchant, the recipe and the installation that are meant."""

import functools
from typing import Any

from kaifang.kernel import Fault, Key, Shape, Work
from kaifang.kernel.shape import decode

from .errors import INSTALLATION_NOT_EXIST, NOT_ISV_APP_TYPE, NOT_THE_MERCHANT, RECIPE_NOT_EXIST
from .language import Recipe, Rule, Step
from .states import Recipe as Published
from .tables import InstallationRow, RecipeRow, RunRow, VersionRow


class Which(Shape):
    """An installation, as its merchant names it."""

    installation_id: Key  # 28 digits


def provider(work: Work) -> Any:
    """The service provider's application that calls for itself."""
    app = work.ask("kaifang.openapp.credentials", app_id=work.caller.app) if work.caller.app else None
    if app is None or app.role != "isv" or work.caller.auth_app != app.app_id:
        raise NOT_ISV_APP_TYPE()
    return app


def the_merchant(work: Work) -> str:
    """The merchant who calls: by an application of its own, or signed in; nobody in its name."""
    caller = work.caller
    if caller.role == "wallet" and caller.user:
        if work.ask("kaifang.account.party.find", user_id=caller.user).kind == "merchant":
            return caller.user
    elif caller.role == "merchant" and caller.app == caller.auth_app:
        return caller.merchant
    raise NOT_THE_MERCHANT()


def its_app(work: Work, merchant: str, app_id: str | None) -> str:
    """The merchant's application that a recipe acts for."""
    named = app_id or (work.caller.app if work.caller.role == "merchant" else "")
    try:
        app = work.ask("kaifang.openapp.credentials", app_id=named)
    except Fault:
        raise NOT_THE_MERCHANT(app_id=named) from None
    if app.party != merchant or app.role != "merchant":
        raise NOT_THE_MERCHANT(app_id=named)
    return named


def the_recipe(work: Work, name: str) -> RecipeRow:
    """A recipe by its name."""
    row = work.find(RecipeRow, id=name)
    if row is None:
        raise RECIPE_NOT_EXIST(recipe=name)
    return row


def the_version(work: Work, name: str, version_no: str | None) -> VersionRow:
    """A version of a recipe; if it is not said which, the latest that is published."""
    recipe = the_recipe(work, name)
    named = [version_no] if version_no else reversed(recipe.versions)
    found = [row for one in named if (row := work.find(VersionRow, recipe=name, version_no=one)) is not None]
    if not found:
        raise RECIPE_NOT_EXIST(recipe=name, version=version_no)
    return next((row for row in found if row.state == Published.PUBLISHED.name), found[0])


@functools.lru_cache(1000)
def parsed(content: str) -> Recipe:
    """What a version says; nobody may change it."""
    return decode(content.encode(), Recipe)


def content_of(work: Work, row: InstallationRow | RunRow) -> Recipe:
    """What the version says by which an installation or a run goes."""
    kept = work.find(VersionRow, recipe=row.recipe, version_no=row.version_no)
    assert kept is not None, f"no version {row.version_no} of {row.recipe}"
    return parsed(kept.content)


def rule_of(recipe: Recipe, name: str) -> Rule:
    """A rule by its name."""
    return next(rule for rule in recipe.rules if rule.rule == name)


def steps_of(recipe: Recipe, name: str) -> list[Step]:
    """The steps of a rule; without a name, of the set-up."""
    return rule_of(recipe, name).do if name else recipe.setup


def installation(work: Work, number: str) -> InstallationRow:
    """An installation of the calling merchant's."""
    row = work.find(InstallationRow, id=number)
    if row is None or row.merchant != the_merchant(work):
        raise INSTALLATION_NOT_EXIST(installation_id=number)
    return row


def installed(work: Work, run: RunRow) -> InstallationRow:
    """The installation that a run belongs to."""
    row = work.find(InstallationRow, id=run.installation)
    assert row is not None, f"no installation {run.installation}"
    return row
