"""Reading a recipe as it is being written, in YAML: what is wrong with it, and on which line."""

import functools
import hashlib
import re
from typing import Any

import yaml

from kaifang.kernel import Fault, Shape, Work, method
from kaifang.kernel.document import read_with_lines
from kaifang.kernel.shape import convert

from .checking import check, permissions
from .language import Recipe
from .own import Source

Understood = tuple[Any, dict[str, int], str]  # what it says, the line of each place, or why it cannot be read


class Read(Shape):
    text: Source  # the recipe as it is written, in YAML


class Wrong(Shape):
    line: int  # where, from 1
    place: str  # which part, such as rules[0].do[1].call
    says: str  # what is wrong


class Understands(Shape, kw_only=True):
    recipe: str | None = None  # its name; absent: it says none yet
    content: dict[str, Any] | None = None  # what it says, ready to be published; absent: it is no recipe yet
    permissions: list[str]  # the methods that it calls for the merchant
    problems: list[Wrong]  # what is wrong, by line; none: it can be published


@method("kaifang.recipe.read", reads=True)
def read(work: Work, ask: Read) -> Understands:
    """Read a recipe as it is written, and tell everything that is wrong with it, line by line, for an editor."""
    key = ("recipe.read", hashlib.sha256(ask.text.encode()).hexdigest())
    content, lines, problem = work.slowly(key, functools.partial(understood, ask.text))
    if problem or not isinstance(content, dict):
        line = int(found[1]) if (found := re.search(r"line (\d+)", problem)) else 1
        says = problem or "a recipe has members with names, such as recipe: thanks"
        return Understands(permissions=[], problems=[Wrong(line=line, place="", says=says)])
    name = str(content.get("recipe", "")) or None
    try:
        recipe = convert(content, Recipe)
    except Fault as refusal:
        place = str(refusal.facts.get("field", ""))
        wrong = Wrong(line=line_of(lines, place), place=place, says=str(refusal.facts.get("reason", "")))
        return Understands(recipe=name, permissions=[], problems=[wrong])
    problems = [Wrong(line=line_of(lines, one.place), place=one.place, says=one.says) for one in check(recipe)]
    return Understands(
        recipe=name, content=content, permissions=permissions(recipe),
        problems=sorted(problems, key=lambda one: one.line),
    )  # fmt: skip


def understood(text: str) -> Understood:
    """What YAML says, or why it says nothing; long text takes a while."""
    try:
        return *read_with_lines(text), ""
    except yaml.YAMLError as problem:
        return None, {}, told(problem)


def told(problem: yaml.YAMLError) -> str:
    """What is wrong, with its line."""
    mark = getattr(problem, "problem_mark", None)
    where = f" (line {mark.line + 1})" if mark is not None else ""
    return f"{getattr(problem, 'problem', None) or problem}{where}"


def line_of(lines: dict[str, int], place: str) -> int:
    """The line of a place, or of the nearest part around it that is there."""
    while place and place not in lines:
        place = re.sub(r"(\.?[^.\[\]]*|\[\d*\])$", "", place)
    return lines.get(place, 1)
