"""Checking a recipe before anybody has it: its methods, fields, events, names and expressions."""

import functools
import inspect
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from kaifang.kernel import Shape, Who
from kaifang.kernel.capability import capabilities
from kaifang.kernel.machine import machines
from kaifang.kernel.method import Method, methods
from kaifang.kernel.shape import encode, field_types

from . import expression
from .expression import Wrong
from .inputs import CLOCK, read
from .language import Back, Flow, Recipe, Rule, Share, Step, Wait

LARGEST = 64 * 1024  # bytes of JSON
TOLD = re.compile(r'\.tell\(\s*"([a-z_]+\.[a-z_]+)"')
EVERY = re.compile(r"\{\{inputs\.(\w+)\}\}")
USED = re.compile(r"\b(inputs|steps)\.(\w+)")
SETUP = ("inputs", "steps", "run", "merchant")
RULE = (*SETUP, "event")
HEARD = (*RULE, "heard")


@functools.cache
def announced() -> set[str]:
    """Every event there is: the arrows of all machines, and what capabilities tell beside them."""
    names = [name for name in sys.modules if name.startswith("kaifang.capabilities.")]
    told = {event for name in names for event in TOLD.findall(inspect.getsource(sys.modules[name]))}
    return told | {move.event for machine in machines.values() for move in machine.moves.values()}


class Problem(Shape):
    """Something that is wrong with a recipe."""

    place: str  # where, such as rules[0].do[1].ask
    says: str  # what


class Checking:
    """A recipe under inspection, and the names that are known so far."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe, self.kept = recipe, set[str]()

    def problems(self) -> Iterator[Problem]:
        """All that is wrong, in the order of the text."""
        if len(encode(self.recipe)) > LARGEST:
            yield Problem(place="recipe", says=f"it has more than {LARGEST} bytes")
        for name in self.recipe.needs:
            if name not in capabilities:
                yield Problem(place="needs", says=f"there is no capability {name} here")
        yield from self.inputs()
        yield from self.slots()
        for name, signal in self.recipe.signals.items():
            for member in signal.data.keys() & {"event", "id", "at"}:
                yield Problem(place=f"signals.{name}.data.{member}", says="every event has a member of this name")
        yield from self.steps("setup", self.recipe.setup, SETUP)
        in_setup = set(self.kept)
        names = [rule.rule for rule in self.recipe.rules]
        for i, rule in enumerate(self.recipe.rules):
            self.kept = set(in_setup)
            if rule.rule in names[:i]:
                yield Problem(place=f"rules[{i}].rule", says=f"two rules are called {rule.rule}")
            yield from self.rule(f"rules[{i}]", rule)

    def slots(self) -> Iterator[Problem]:
        """Whether a step fills each slot that is promised."""
        steps = [*self.recipe.setup, *(step for rule in self.recipe.rules for step in rule.do)]
        filled = {step.ask.get("slot") for step in steps}
        for i, one in enumerate(self.recipe.slots):
            if one.slot not in filled:
                yield Problem(place=f"slots[{i}].slot", says=f"no step fills {one.slot}")

    def inputs(self) -> Iterator[Problem]:
        """Whether defaults and bounds are of their kind."""
        for name, one in self.recipe.inputs.items():
            if (one.kind == "choice") != bool(one.choices):
                yield Problem(place=f"inputs.{name}.choices", says="of a choice, and only of one")
            for member in ("default", "least", "most"):
                if (told := getattr(one, member)) is not None:
                    try:
                        read(msgspec.structs.replace(one, least=None, most=None), told)
                    except (ValueError, TypeError) as problem:
                        yield Problem(place=f"inputs.{name}.{member}", says=str(problem))

    def rule(self, place: str, rule: Rule) -> Iterator[Problem]:
        """When it applies, what it does, and what that counts and costs."""
        if (rule.on is None) == (rule.every is None):
            yield Problem(place=f"{place}.on", says="say either on or every")
        if rule.on is not None:
            yield from self.event(f"{place}.on", rule.on)
        if rule.every is not None and not CLOCK.fullmatch(rule.every):
            named = EVERY.fullmatch(rule.every)
            if named is None or named[1] not in self.recipe.inputs or self.recipe.inputs[named[1]].kind != "clock":
                says = "a time of day such as 09:30, or {{inputs.NAME}} of an input that is a clock"
                yield Problem(place=f"{place}.every", says=says)
        yield from self.texts(f"{place}.if", [rule.when], RULE)
        yield from self.texts(f"{place}.once", [rule.once], RULE)
        yield from self.steps(f"{place}.do", rule.do, RULE)
        for name, text in rule.figures.items():
            if name not in self.recipe.figures:
                yield Problem(place=f"{place}.figures", says=f"the recipe has no figure {name}")
            yield from self.texts(f"{place}.figures.{name}", [text], RULE)
        if rule.share is not None:
            yield from self.share(f"{place}.share", rule.share)

    def share(self, place: str, share: Share) -> Iterator[Problem]:
        """What a run costs: either so much, or a part of something."""
        if (share.each is None) == (share.percent is None) or (share.percent is None) != (share.of is None):
            yield Problem(place=place, says="say either each, or percent and of")
        if share.each is not None and not re.fullmatch(r"\d{1,6}(\.\d{1,2})?", share.each):
            yield Problem(place=f"{place}.each", says="yuan, such as 0.05")
        yield from self.texts(f"{place}.of", [share.of], RULE)

    def event(self, place: str, name: str) -> Iterator[Problem]:
        """Whether anybody ever announces it."""
        kind, _, signal = name.partition(".")
        if not (signal in self.recipe.signals if kind == "signal" else name in announced()):
            yield Problem(place=place, says=f"nobody announces {name}")

    def steps(self, place: str, steps: Sequence[Step], names: tuple[str, ...]) -> Iterator[Problem]:
        """Each step, knowing what those before it kept."""
        for i, step in enumerate(steps):
            at = f"{place}[{i}]"
            yield from self.texts(f"{at}.if", [step.when], names)
            if (step.call is None) == (step.wait is None):
                yield Problem(place=at, says="say either call or wait")
            if step.call is not None:
                yield from self.call(at, step.call, step.ask, names)
            if step.money is not None:
                yield from self.money(f"{at}.money", step.money)
            if step.wait is not None:
                yield from self.wait(f"{at}.wait", step.wait, names)
            if step.keep is not None:
                if step.keep in self.kept:
                    yield Problem(place=f"{at}.keep", says=f"{step.keep} is kept already")
                self.kept.add(step.keep)
            if step.undo is not None:
                yield from self.back(f"{at}.undo", step.undo, names)
            elif names is SETUP and step.call in methods and not methods[step.call].reads:
                yield Problem(place=f"{at}.undo", says="missing; removing a recipe undoes all that it set up")

    def back(self, place: str, undo: Back, names: tuple[str, ...]) -> Iterator[Problem]:
        """A call that undoes the step, or another step that is undone with it."""
        if (undo.call is None) == (undo.by is None):
            yield Problem(place=place, says="say either call or by")
        if undo.by is not None and undo.by not in self.kept:
            yield Problem(place=f"{place}.by", says=f"no step before has kept {undo.by}")
        if undo.call is not None:
            yield from self.call(place, undo.call, undo.ask, names)
        if undo.money is not None:
            yield from self.money(f"{place}.money", undo.money)

    def money(self, place: str, money: Flow) -> Iterator[Problem]:
        """Limits that the merchant can know beforehand."""
        yield from self.texts(f"{place}.most", [money.most], ("inputs",))
        yield from self.texts(f"{place}.a_day", [money.a_day], ("inputs",))

    def wait(self, place: str, wait: Wait, names: tuple[str, ...]) -> Iterator[Problem]:
        """A pause that ends."""
        if names is SETUP:
            yield Problem(place=place, says="set-up does not wait")
        if (wait.lasts is None) == (wait.until is None):
            yield Problem(place=place, says="say either lasts or until")
        if wait.on is None and wait.when is not None:
            yield Problem(place=f"{place}.when", says="it belongs to on")
        if wait.on is not None:
            yield from self.event(f"{place}.on", wait.on)
        yield from self.texts(f"{place}.until", [wait.until], names)
        yield from self.texts(f"{place}.when", [wait.when], HEARD)

    def call(self, place: str, name: str, ask: dict[str, Any], names: tuple[str, ...]) -> Iterator[Problem]:
        """A method that service providers may call, and members that it knows."""
        method = methods.get(name)
        if method is None:
            yield Problem(place=f"{place}.call", says=f"{name} is not to be had here")
            return
        if method.who is not Who.ANYONE or method.is_page:
            yield Problem(place=f"{place}.call", says=f"service providers cannot call {name} for a merchant")
        if method.capability not in self.recipe.needs:
            yield Problem(place="needs", says=f"{method.capability} is missing, of which {name} is")
        yield from self.members(f"{place}.ask", method, ask)
        yield from self.texts(f"{place}.ask", expression.expressions(ask), names)

    def members(self, place: str, method: Method, ask: dict[str, Any]) -> Iterator[Problem]:
        """Whether the method knows each member, and has what it needs."""
        known = field_types(method.ask)
        for name in ask.keys() - known.keys():
            yield Problem(place=f"{place}.{name}", says=f"{method.name} knows no such member")
        for field in msgspec.structs.fields(method.ask):
            if field.required and field.encode_name not in ask:
                yield Problem(place=f"{place}.{field.encode_name}", says="missing; it is required")

    def texts(self, place: str, texts: Sequence[str | None], names: tuple[str, ...]) -> Iterator[Problem]:
        """Expressions that can be read, and speak of what there is."""
        for text in filter(None, texts):
            try:
                expression.compiled(text, *names)
            except Wrong as problem:
                yield Problem(place=place, says=f"{text}: {problem}")
            for kind, name in USED.findall(text):
                if name not in (self.recipe.inputs if kind == "inputs" else self.kept):
                    yield Problem(place=place, says=f"{text}: there is no {kind}.{name} by then")


def check(recipe: Recipe) -> list[Problem]:
    """All that is wrong with a recipe."""
    return list(Checking(recipe).problems())


def permissions(recipe: Recipe) -> list[str]:
    """The methods that a recipe calls for the merchant: all that it may do."""
    steps = [*recipe.setup, *(step for rule in recipe.rules for step in rule.do)]
    called = {step.call for step in steps if step.call} | {
        step.undo.call for step in steps if step.undo and step.undo.call
    }
    return sorted(called)


def events(recipe: Recipe) -> list[str]:
    """The events that its rules wait for, the merchant's own signals aside."""
    waits = [step.wait.on for rule in recipe.rules for step in rule.do if step.wait is not None]
    return sorted({name for name in (*(rule.on for rule in recipe.rules), *waits) if name} - signals(recipe))


def signals(recipe: Recipe) -> set[str]:
    """Its signals, as rules name them."""
    return {f"signal.{name}" for name in recipe.signals}
