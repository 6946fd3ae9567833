"""Service providers check, publish and withdraw recipes; everybody looks at what is published."""

from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import Key, Moment, Shape, Work, method
from kaifang.kernel.shape import encode

from .checking import Problem, check, permissions
from .errors import (
    NOT_ISV_APP_TYPE,
    RECIPE_INVALID,
    RECIPE_NAME_TAKEN,
    RECIPE_NOT_EXIST,
    RECIPE_STATUS_ERROR,
    RECIPE_VERSION_ERROR,
)
from .find import parsed, provider, the_recipe, the_version
from .flows import Cost, Flow, Permission, costs, flows, permitted
from .inputs import read_all
from .language import Input, Name, Recipe, Signal, Slot, Version, Words
from .shipped import shipped
from .states import Recipe as State
from .tables import RecipeRow, VersionRow

Inputs = Annotated[dict[Name, Any], Meta(max_length=30)]


class Check(Shape):
    recipe: Recipe  # what it says


class Checked(Shape):
    recipe: str  # its name
    problems: list[Problem]  # what is wrong, in the order of the text; none: it can be published
    permissions: list[str]  # the methods that it calls for the merchant


@method("kaifang.recipe.check", reads=True)
def check_recipe(work: Work, ask: Check) -> Checked:
    """Check a recipe without publishing it: its methods, fields, events, names and expressions."""
    return Checked(recipe=ask.recipe.recipe, problems=check(ask.recipe), permissions=permissions(ask.recipe))


class Publish(Shape):
    recipe: Recipe | None = None  # what it says, or
    shipped: Key | None = None  # which of those that ship with the platform, such as bakery/subscription


class Published(Shape):
    recipe: str  # its name
    version: str  # such as 1.0.0
    permissions: list[str]  # the methods that merchants are asked to allow


PUBLISH_FAULTS = [NOT_ISV_APP_TYPE, RECIPE_INVALID, RECIPE_NAME_TAKEN, RECIPE_NOT_EXIST, RECIPE_VERSION_ERROR]


@method("kaifang.recipe.publish", raises=PUBLISH_FAULTS)
def publish(work: Work, ask: Publish) -> Published:
    """Publish a recipe, or a new version of it; what is published never changes, and saying it again is the same."""
    app, recipe = provider(work), meant(ask)
    if problems := check(recipe):
        raise RECIPE_INVALID(place=problems[0].place, reason=problems[0].says, problems=len(problems))
    content = encode(recipe).decode()
    row = work.find(RecipeRow, id=recipe.recipe) or work.add(
        RecipeRow(id=recipe.recipe, provider=app.party, app=app.app_id, industry=recipe.industry)
    )
    if row.provider != app.party:
        raise RECIPE_NAME_TAKEN(recipe=recipe.recipe)
    before = work.find(VersionRow, recipe=recipe.recipe, version_no=recipe.version)
    if before is None or before.content != content:
        if row.versions and numbers(recipe.version) <= numbers(row.versions[-1]):
            raise RECIPE_VERSION_ERROR(latest=row.versions[-1])
        work.add(VersionRow(recipe=recipe.recipe, version_no=recipe.version, content=content, at=work.now))
        row.versions, row.app, row.industry = [*row.versions, recipe.version], app.app_id, recipe.industry
    return Published(recipe=recipe.recipe, version=recipe.version, permissions=permissions(recipe))


def meant(ask: Publish) -> Recipe:
    """The recipe that was sent, or the one that ships."""
    if ask.recipe is not None:
        return ask.recipe
    found = shipped().get(ask.shipped or "")
    if found is None:
        raise RECIPE_NOT_EXIST(shipped=ask.shipped, there_are=", ".join(shipped()))
    return found


def numbers(version: str) -> list[int]:
    """A version, to be compared."""
    return [int(part) for part in version.split(".")]


class Which(Shape):
    recipe: Name  # its name
    version: Version | None = None  # the latest, if it is not said


class Withdrawn(Shape):
    recipe: str  # its name
    version: str  # which
    state: str  # WITHDRAWN


@method("kaifang.recipe.withdraw", raises=[NOT_ISV_APP_TYPE, RECIPE_NOT_EXIST, RECIPE_STATUS_ERROR])
def withdraw(work: Work, ask: Which) -> Withdrawn:
    """Withdraw a version: nobody can install it any more, and who has it keeps it."""
    app = provider(work)
    if the_recipe(work, ask.recipe).provider != app.party:
        raise RECIPE_NOT_EXIST(recipe=ask.recipe)
    row = the_version(work, ask.recipe, ask.version)
    State.withdraw(work, row, provider=app.party)
    return Withdrawn(recipe=row.recipe, version=row.version_no, state=row.state)


class List(Shape):
    industry: Name | None = None  # of which industry; of all, if left out
    page_num: Annotated[int, Meta(ge=1, le=10_000)] = 1  # from 1
    page_size: Annotated[int, Meta(ge=1, le=100)] = 20  # 1 to 100


class Short(Shape):
    recipe: str  # its name
    version: str  # the latest
    industry: str  # such as tea
    title: Words  # what it is called
    about: Words  # what it is for
    provider: str  # user id
    provider_name: str  # who that is


class Listed(Shape):
    recipes: list[Short]  # by name
    shipped: list[str]  # what service providers may publish as it is


@method("kaifang.recipe.list", reads=True)
def list_recipes(work: Work, ask: List) -> Listed:
    """List the recipes that merchants can install."""
    where, values = ("1 = 1", ()) if ask.industry is None else ("industry = ?", (ask.industry,))
    rows = work.select(RecipeRow, where, values, "id", ask.page_size, offset=(ask.page_num - 1) * ask.page_size)
    latest = [(row, the_version(work, row.id, None)) for row in rows]
    offered = [(row, parsed(one.content)) for row, one in latest if one.state == State.PUBLISHED.name]
    return Listed(
        recipes=[
            Short(
                recipe=row.id, version=recipe.version, industry=recipe.industry, title=recipe.title,
                about=recipe.about, provider=row.provider,
                provider_name=work.ask("kaifang.account.party.find", user_id=row.provider).name,
            )
            for row, recipe in offered
        ],
        shipped=list(shipped()),
    )  # fmt: skip


class Look(Which):
    inputs: Inputs = {}  # as the merchant would fill them in: then the flows of money say how much


class Looked(Shape):
    recipe: str  # its name
    version: str  # which
    state: str  # PUBLISHED or WITHDRAWN
    published: Moment  # when
    provider: str  # user id
    title: Words  # what it is called
    about: Words  # what it is for
    inputs: dict[str, Input]  # what is filled in
    missing: dict[str, str]  # what is missing or wrong of the inputs sent, by name
    signals: dict[str, Signal]  # what the merchant's own systems may tell it
    slots: list[Slot]  # where people meet it
    permissions: list[Permission]  # what it may do in the merchant's name: this, and nothing else
    flows: list[Flow]  # what of the merchant's money it may move: this, and nothing else
    costs: list[Cost]  # what the service provider takes of a finished run
    content: Recipe  # all of it


@method("kaifang.recipe.look", reads=True, raises=[RECIPE_NOT_EXIST])
def look(work: Work, ask: Look) -> Looked:
    """See what a recipe does, may do in your name, may move of your money and costs, before you install it."""
    row = the_version(work, ask.recipe, ask.version)
    recipe = parsed(row.content)
    inputs, missing = read_all(recipe.inputs, ask.inputs)
    return Looked(
        recipe=row.recipe, version=row.version_no, state=row.state, published=Moment(row.at), missing=missing,
        provider=the_recipe(work, row.recipe).provider, title=recipe.title, about=recipe.about, inputs=recipe.inputs,
        signals=recipe.signals, slots=recipe.slots, permissions=permitted(recipe), flows=flows(recipe, inputs),
        costs=costs(recipe), content=recipe,
    )  # fmt: skip
