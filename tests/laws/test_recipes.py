"""Laws about every recipe that ships: it is sound, told rule by rule, and leaves nothing when it is removed."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest
from tests.laws.test_stories import STORIES, NewTown
from tests.town import capabilities

from kaifang.capabilities.recipe.checking import USED, check, permissions
from kaifang.capabilities.recipe.install import InstallationRow
from kaifang.capabilities.recipe.language import Recipe
from kaifang.capabilities.recipe.shipped import shipped
from kaifang.capabilities.recipe.tables import RunRow
from kaifang.kernel import Account
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.events import Job
from kaifang.kernel.platform import Platform
from kaifang.kernel.shape import encode
from kaifang.kernel.story import Step, Story, Telling, load

capabilities()
each_recipe = pytest.mark.parametrize("name", sorted(shipped()))


def story_of(name: str) -> Story:
    """The story that publishes a recipe as it ships."""
    folder, _, stem = name.partition("/")
    path = next(path for path in STORIES if path.parent.parent.name == folder and path.stem == stem)
    story = load(path)
    assert any(step.call == "kaifang.recipe.publish" and step.ask == {"shipped": name} for step in story.steps)
    return story


def texts(part: Any) -> list[str]:
    """All text in a recipe."""
    if isinstance(part, dict):
        return [text for inner in part.values() for text in texts(inner)]
    if isinstance(part, list):
        return [text for inner in part for text in texts(inner)]
    return [part] if isinstance(part, str) else []


@each_recipe
def test_a_recipe_that_ships_is_sound(name: str) -> None:
    """Nothing is wrong, no input is asked for in vain, no figure stays empty, all is said in two languages."""
    recipe = shipped()[name]
    assert check(recipe) == []
    assert name.startswith(f"{recipe.industry}/")
    written = " ".join(texts(msgspec.json.decode(encode(recipe))))
    assert set(recipe.inputs) == {found for kind, found in USED.findall(written) if kind == "inputs"}
    assert set(recipe.figures) == {figure for rule in recipe.rules for figure in rule.figures}
    assert all(words["zh"] and words["en"] for words in said(msgspec.json.decode(encode(recipe))))


def said(part: Any) -> list[dict[str, str]]:
    """Everything that is said in two languages."""
    if isinstance(part, dict):
        own = [part] if set(part) == {"zh", "en"} else []
        return own + [words for inner in part.values() for words in said(inner)]
    return [words for inner in part for words in said(inner)] if isinstance(part, list) else []


@each_recipe
def test_each_rule_is_told(name: str, new_town: NewTown, loop: asyncio.AbstractEventLoop) -> None:
    """Its story takes each of its rules to the end."""
    platform, known = new_town("sqlite")
    Telling(story_of(name), KernelDoor(platform, known, loop), known).tell()
    runs = platform.read(lambda work: work.select(RunRow))
    done = {run.rule for run in runs if run.state in ("DONE", "UNDONE")}
    assert done - {""} == {rule.rule for rule in shipped()[name].rules}


@each_recipe
def test_removing_leaves_nothing(name: str, new_town: NewTown, loop: asyncio.AbstractEventLoop) -> None:
    """Between installing and removing it nothing is different: money, offers, timers, what is heard."""
    recipe, story = shipped()[name], story_of(name)
    at = next(i for i, step in enumerate(story.steps) if step.call == "kaifang.recipe.install")
    platform, known = new_town("sqlite")
    door = KernelDoor(platform, known, loop)
    telling = Telling(msgspec.structs.replace(story, steps=story.steps[:at]), door, known)
    telling.tell()
    before = difference(platform)
    telling = Telling(msgspec.structs.replace(story, steps=[story.steps[at]]), door, telling.known)
    telling.tell()
    assert difference(platform) != before, "the comparison sees nothing"
    (row,) = platform.read(lambda work: work.select(InstallationRow))
    assert sorted(row.permissions) == permissions(recipe)
    told = door.call(Step(call="kaifang.recipe.remove", by="coffee"), {"installation_id": row.id})
    assert not told.fault, told
    assert difference(platform) == before


def difference(platform: Platform) -> list[Any]:
    """What somebody could tell a platform by: money, what people can have, and what will happen by itself."""

    def seen(work: Any) -> list[Any]:
        money = [(one.id, one.balance) for one in work.select(Account, "asset = 'CNY' and balance <> 0", order="id")]
        offers = work.tx.query("select id from voucher_activity where state in ('INIT', 'WAITING', 'ACTIVE')", ())
        timers = [(job.name, job.subject) for job in work.select(Job, "name like 'recipe.e%'")]
        heard = work.tx.query("select id from recipe_installation where slot is not null or events <> '[]'", ())
        return [money, offers, timers, heard]

    return platform.read(seen)


def test_a_recipe_is_what_its_schema_says() -> None:
    """What ships can be read by the shapes alone, and back."""
    for recipe in shipped().values():
        assert msgspec.json.decode(encode(recipe), type=Recipe) == recipe
