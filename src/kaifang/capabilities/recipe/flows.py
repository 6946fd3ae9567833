"""What a merchant is shown before a recipe is installed: what it may do, what it moves, what it costs."""

from collections.abc import Mapping
from typing import Any

from kaifang.kernel import Money, Shape
from kaifang.kernel.capability import capabilities
from kaifang.kernel.method import methods

from . import expression
from .checking import permissions
from .expression import Wrong
from .language import Recipe, Words


class Permission(Shape):
    """A method that a recipe calls in the merchant's name."""

    call: str  # the method
    says: str  # what it does, in English
    capability: Words  # what it belongs to


class Flow(Shape):
    """Money of the merchant's that a step may move."""

    rule: str  # which rule; empty: the set-up
    call: str  # by which method
    says: Words  # where it goes, and what for
    most: Money | None = None  # yuan a time; absent: an input is missing that says it
    a_day: Money | None = None  # yuan a day, if that has a limit too


class Cost(Shape):
    """What the service provider takes of a finished run."""

    rule: str  # which rule
    each: str | None = None  # yuan a run
    percent: str | None = None  # or percent of
    of: str | None = None  # this


def permitted(recipe: Recipe) -> list[Permission]:
    """What it may do."""
    found = []
    for name in permissions(recipe):
        folder, doc = methods[name].capability, methods[name].doc
        home = capabilities[folder]
        found.append(Permission(call=name, says=doc.partition("\n")[0], capability=Words(zh=home.zh, en=home.title)))
    return found


def flows(recipe: Recipe, inputs: Mapping[str, Any]) -> list[Flow]:
    """What money it may move."""
    steps = [("", step) for step in recipe.setup] + [(rule.rule, step) for rule in recipe.rules for step in rule.do]
    moves = [(rule, one) for rule, step in steps for one in (step, step.undo) if one is not None and one.money]
    return [
        Flow(
            rule=rule, call=one.call or "", says=one.money.says, most=most(one.money.most, inputs),
            a_day=most(one.money.a_day, inputs) if one.money.a_day else None,
        )
        for rule, one in moves
        if one.money is not None
    ]  # fmt: skip


def most(text: str, inputs: Mapping[str, Any]) -> Money | None:
    """How much it is at most, if that is known yet."""
    try:
        return Money(expression.whole(text, {"inputs": inputs}, "inputs"))
    except Wrong:
        return None


def costs(recipe: Recipe) -> list[Cost]:
    """What it costs."""
    return [
        Cost(rule=rule.rule, each=rule.share.each, percent=rule.share.percent, of=rule.share.of)
        for rule in recipe.rules
        if rule.share is not None
    ]
