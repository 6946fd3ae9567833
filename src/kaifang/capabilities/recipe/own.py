"""A service provider's own recipes: versions, who has them, how they do, and drafts that nobody else sees."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Moment, Shape, Work, method

from .errors import DRAFT_NOT_EXIST, NOT_ISV_APP_TYPE, RECIPE_NOT_EXIST
from .find import parsed, provider, the_recipe, the_version
from .language import Name, Words
from .tables import DraftRow, InstallationRow, RecipeRow, VersionRow

PageNumber = Annotated[int, Meta(ge=1, le=10_000)]
PageSize = Annotated[int, Meta(ge=1, le=100)]
Source = Annotated[str, Meta(max_length=64 * 1024)]
MOST = 100  # drafts that somebody may keep


class List(Shape):
    page_num: PageNumber = 1  # from 1
    page_size: PageSize = 20  # 1 to 100


class OneVersion(Shape):
    version: str  # such as 1.0.0
    state: str  # PUBLISHED or WITHDRAWN
    published: Moment  # when


class Own(Shape):
    recipe: str  # its name
    industry: str  # such as tea
    title: Words  # what the latest version is called
    about: Words  # what it is for
    versions: list[OneVersion]  # the latest first
    installed: int  # by how many merchants


class Owned(Shape):
    recipes: list[Own]  # by name
    total: int  # how many there are on all pages


@method("kaifang.recipe.mine", raises=[NOT_ISV_APP_TYPE], reads=True)
def list_mine(work: Work, ask: List) -> Owned:
    """List the recipes that you have published, with all their versions and how many merchants have them."""
    where, values = "provider = ?", (provider(work).party,)
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(RecipeRow, where, values, "id", ask.page_size, offset=skipped)
    return Owned(recipes=[own(work, row) for row in rows], total=work.count(RecipeRow, where, values))


def own(work: Work, row: RecipeRow) -> Own:
    """A recipe as who published it sees it."""
    latest = parsed(the_version(work, row.id, None).content)
    versions = [work.find(VersionRow, recipe=row.id, version_no=number) for number in reversed(row.versions)]
    return Own(
        recipe=row.id, industry=row.industry, title=latest.title, about=latest.about,
        installed=work.count(InstallationRow, "recipe = ? and slot is not null", (row.id,)),
        versions=[
            OneVersion(version=one.version_no, state=one.state, published=Moment(one.at)) for one in versions if one
        ],
    )  # fmt: skip


class Which(List):
    recipe: Name  # its name


class Holder(Shape, kw_only=True):
    installation_id: str  # 28 digits
    merchant: str  # user id
    merchant_name: str  # who that is
    version: str  # which they have
    state: str  # ACTIVE or PAUSED
    since: Moment  # when it was installed
    trouble: str | None = None  # why a condition could not be read when an event came last


class Holders(Shape):
    holders: list[Holder]  # the latest first
    total: int  # how many there are on all pages


@method("kaifang.recipe.holders", raises=[NOT_ISV_APP_TYPE, RECIPE_NOT_EXIST], reads=True)
def list_holders(work: Work, ask: Which) -> Holders:
    """List the merchants who have a recipe of yours installed; what they filled in, and earn by it, stays theirs."""
    if the_recipe(work, ask.recipe).provider != provider(work).party:
        raise RECIPE_NOT_EXIST(recipe=ask.recipe)
    where, values = "recipe = ? and slot is not null", (ask.recipe,)
    skipped = (ask.page_num - 1) * ask.page_size
    rows = work.select(InstallationRow, where, values, "id desc", ask.page_size, offset=skipped)
    return Holders(
        holders=[holder(work, row) for row in rows], total=work.count(InstallationRow, where, values)
    )  # fmt: skip


def holder(work: Work, row: InstallationRow) -> Holder:
    """An installation as the service provider sees it."""
    return Holder(
        installation_id=row.id, merchant=row.merchant, version=row.version_no, state=row.state, since=Moment(row.at),
        merchant_name=work.ask("kaifang.account.party.find", user_id=row.merchant).name, trouble=row.trouble or None,
    )  # fmt: skip


class Save(Shape):
    draft: Name  # what you call it
    text: Source  # the recipe as you write it, in YAML; it may be unfinished; empty: the draft is thrown away


class Saved(Shape):
    draft: str  # what you call it
    saved: Moment  # when


@method("kaifang.recipe.draft.save", raises=[NOT_ISV_APP_TYPE])
def save(work: Work, ask: Save) -> Saved:
    """Keep a recipe that is not finished, or throw it away; a hundred at most, of which the oldest goes."""
    party = provider(work).party
    row = work.find(DraftRow, provider=party, draft=ask.draft)
    if row is not None and not ask.text:
        work.remove(row)
    elif row is not None:
        row.text, row.saved = ask.text, work.now
    elif ask.text:
        for old in work.select(DraftRow, "provider = ?", (party,), "saved desc, draft", 10, offset=MOST - 1):
            work.remove(old)
        work.add(DraftRow(provider=party, draft=ask.draft, text=ask.text, saved=work.now))
    return Saved(draft=ask.draft, saved=Moment(work.now))


class Look(Shape):
    draft: Name  # what you call it


class Draft(Saved):
    text: str  # the recipe as you wrote it


@method("kaifang.recipe.draft.look", raises=[NOT_ISV_APP_TYPE, DRAFT_NOT_EXIST], reads=True)
def look(work: Work, ask: Look) -> Draft:
    """Read a draft of yours."""
    row = work.find(DraftRow, provider=provider(work).party, draft=ask.draft)
    if row is None:
        raise DRAFT_NOT_EXIST(draft=ask.draft)
    return Draft(draft=row.draft, saved=Moment(row.saved), text=row.text)


class Nothing(Shape):
    pass


class Drafts(Shape):
    drafts: list[Saved]  # the latest first


@method("kaifang.recipe.draft.list", raises=[NOT_ISV_APP_TYPE], reads=True)
def list_drafts(work: Work, ask: Nothing) -> Drafts:
    """List your drafts."""
    rows = work.select(DraftRow, "provider = ?", (provider(work).party,), "saved desc, draft", MOST)
    return Drafts(drafts=[Saved(draft=row.draft, saved=Moment(row.saved)) for row in rows])


class Whose(Shape):
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
def health(work: Work, ask: Whose) -> Health:
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
