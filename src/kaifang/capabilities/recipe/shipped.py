"""The recipes that ship with the platform: any service provider may publish them as they are."""

import functools
from pathlib import Path

import msgspec
import yaml

import kaifang
from kaifang.kernel.document import read_yaml

from .language import Recipe

HOME = Path(kaifang.__file__).parent / "recipes"


@functools.cache
def shipped() -> dict[str, Recipe]:
    """Every recipe that ships, by industry and name, such as tea/second_cup."""
    return {f"{path.parent.name}/{path.stem}": load(path) for path in sorted(HOME.glob("*/*.yaml"))}


def load(path: Path) -> Recipe:
    """Read a recipe."""
    try:
        return msgspec.convert(read_yaml(path.read_text("utf-8")), Recipe)
    except (msgspec.ValidationError, yaml.YAMLError) as problem:
        raise ValueError(f"{path.name}: {problem}") from None
