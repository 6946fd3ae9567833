"""Where a recipe is tried before anybody has it: a sandbox of its own, thrown away afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

import kaifang.capabilities
from kaifang.gateway.keys import export_public_key, new_private_key
from kaifang.kernel.capability import discover
from kaifang.kernel.clock import Clock
from kaifang.kernel.document import read_yaml
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.platform import Platform
from kaifang.kernel.store.sqlite import Sqlite
from kaifang.kernel.story import Step, Telling, Untrue, load, stories

from .home import Problem
from .seed import KEY_WANTED, WORLD

START = 1_790_000_000_000  # when stories begin: 2026-09-21 22:13:20 in Beijing
SCHEMA_FILE = "recipe.schema.json"
SHIPPED = WORLD.with_name("recipes")


def recipe_file(named: Path) -> Path:
    """The file that is meant: where it is, or by the name of a recipe that ships, such as tea/second_cup."""
    shipped = SHIPPED / f"{named}.yaml"
    return shipped if not named.exists() and shipped.exists() else named


def read_recipe(path: Path) -> dict[str, Any]:
    """What a recipe's file says, before anybody has checked it."""
    path = recipe_file(path)
    try:
        told = read_yaml(path.read_text("utf-8"))
    except OSError as problem:
        raise Problem(f"{path}: {problem.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise Problem(f"{path}: {' '.join(str(problem).split())}") from None
    if not isinstance(told, dict):
        raise Problem(f"{path}: it is no recipe: no members with names")
    return told


def all_filled_in(looked: dict[str, Any]) -> None:
    """Name what is missing or wrong of what was filled in, and what it is for."""
    wanted, wrong = looked["inputs"], list[str]()
    for name, why in looked["missing"].items():
        what = f" ({wanted[name]['says']['en']}; {wanted[name]['kind']})" if name in wanted else ""
        wrong.append(f"{name}{what}: {why}")
    if wrong:
        raise Problem("fill in with --input NAME=VALUE: " + ", ".join(wrong))


class Kitchen:
    """A platform with a seeded world, in a folder that goes with it."""

    def __init__(self, folder: Path, loop: asyncio.AbstractEventLoop, database: str = "kitchen.db") -> None:
        discover(kaifang.capabilities)
        self.loop, self.platform = loop, Platform(Sqlite(folder / database), clock=Clock(frozen_at=START))
        self.platform.open()
        self.known: dict[str, Any] = {}
        self.door = KernelDoor(self.platform, self.known, loop)
        self.door.language = "en"

    def settle(self) -> None:
        """Let the sandbox's people move in, all with one key."""
        key = export_public_key(new_private_key().public_key())["spki_base64"]
        names = KEY_WANTED.findall(WORLD.read_text("utf-8"))
        telling = Telling(load(WORLD), self.door, {f"{name}.public_key": key for name in names})
        telling.tell()
        self.known = self.door.known = telling.known

    def ask(self, method: str, by: str = "inside", **fields: Any) -> dict[str, Any]:
        """Call a method straight in the kernel."""
        told = self.door.call(Step(call=method, by=by), fields)
        if told.fault:
            raise Problem(f"{method} was refused: {told.fault}: {told.fields.get('sub_msg', '')}")
        return told.fields


@contextlib.contextmanager
def kitchen() -> Iterator[Kitchen]:
    """A fresh sandbox."""
    loop = asyncio.new_event_loop()
    with tempfile.TemporaryDirectory(prefix="kaifang-") as folder:
        made = Kitchen(Path(folder), loop)
        try:
            yield made
        finally:
            made.platform.store.engine.close()
            loop.close()


def schema_of(made: Kitchen) -> bytes:
    """The JSON schema of recipes, laid out for people."""
    return msgspec.json.format(msgspec.json.encode(made.ask("kaifang.recipe.schema")["schema"]), indent=1)


def check_file(path: Path) -> list[str]:
    """What is wrong with a recipe, and with the stories beside it that tell of it."""
    recipe = read_recipe(path)
    with kitchen() as made:
        told = made.ask("kaifang.recipe.check", recipe=recipe)
    problems = [f"{one['place']}: {one['says']}" for one in told["problems"]]
    return problems or [problem for story in own_stories(path) if (problem := tell(story, recipe))]


def own_stories(path: Path) -> list[Path]:
    """The stories of a recipe: stories/NAME.yaml, and stories/NAME_....yaml."""
    return [one for one in stories(path.parent) if one.stem == path.stem or one.stem.startswith(f"{path.stem}_")]


def tell(path: Path, recipe: dict[str, Any]) -> str:
    """What is untrue in a story that publishes `$recipe`; nothing, if it comes true."""
    with kitchen() as made:
        made.settle()
        try:
            Telling(load(path), made.door, made.known | {"recipe": recipe}).tell()
        except Untrue as problem:
            return str(problem)
    return ""
