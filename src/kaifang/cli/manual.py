"""The manual, read from the code itself: a capability on one page, or one method of it."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

import kaifang.capabilities
import kaifang.gateway.door  # the gateway has methods of its own
from kaifang.gateway import catalogue
from kaifang.kernel import Shape, Who
from kaifang.kernel.capability import Capability, capabilities, discover
from kaifang.kernel.machine import Machine, machines
from kaifang.kernel.method import Method, methods
from kaifang.kernel.shape import field_types, notes
from kaifang.kernel.story import load

from .home import Problem

CALLERS = {
    Who.ANYONE: "every app",
    Who.USER: "an app, with the auth_token of a user",
    Who.WALLET: "the wallet and the consoles",
    Who.DEVICE: "a device in a shop",
    Who.OPERATOR: "operators",
    Who.INSIDE: "only the platform itself",
}
DEEPEST = 4  # shapes inside shapes


def pages(name: str) -> Iterator[str]:
    """What is asked for, line by line: all capabilities, one of them, or one method."""
    discover(kaifang.capabilities)
    if not name:
        yield from contents()
    elif name in capabilities:
        yield from page(capabilities[name])
    elif of_folder(name):
        yield from entries(of_folder(name))
    elif name in methods:
        yield from entry(methods[name])
        yield from faults_of([methods[name]])
    else:
        known = ", ".join(sorted({*capabilities, *(method.capability for method in methods.values())}))
        raise Problem(f"neither a capability nor a method is called {name}; there are {known}")


def contents() -> Iterator[str]:
    """The capabilities, and what else there is to call."""
    for name, one in sorted(capabilities.items()):
        yield f"{name:10} {one.zh}  {one.doc}"
    for name in sorted({method.capability for method in methods.values()} - capabilities.keys()):
        yield f"{name:10} {', '.join(method.name for method in of_folder(name))}"


def of_folder(name: str) -> list[Method]:
    """The methods of a capability, or of another part of the platform; those for outsiders first."""
    mine = [method for method in methods.values() if method.capability == name]
    return sorted(mine, key=lambda method: (method.who is Who.INSIDE, method.name))


def entries(of: list[Method]) -> Iterator[str]:
    """Several methods, and everything that they refuse."""
    for method in of:
        yield from entry(method)
    yield from faults_of(of)


def page(one: Capability) -> Iterator[str]:
    """A capability on one page: what it is, its machines, methods, faults and stories."""
    yield f"{one.title} {one.zh} ({one.name})"
    yield one.doc
    if one.needs:
        yield f"needs {', '.join(one.needs)}"
    if one.uses:
        yield f"uses where they are {', '.join(one.uses)}"
    for machine in machines.values():
        if machine.__module__.startswith(f"kaifang.capabilities.{one.name}."):
            yield from drawn(machine)
    yield from entries(of_folder(one.name))
    yield "\nSTORIES"
    for path in sorted((Path(kaifang.capabilities.__path__[0]) / one.name / "stories").glob("*.yaml")):
        yield f"  {path.stem}: {load(path).story}"


def drawn(machine: type[Machine]) -> Iterator[str]:
    """A machine: each state, and the arrows that leave it."""
    yield f"\nSTATES of {machine.__name__}: {(machine.__doc__ or '').strip()}"
    for state in machine.states.values():
        kind = " (begins)" if state.start else " (ends)" if state.final else ""
        arrows = [
            f"{move.name} -> {' or '.join(to.name for to in move.after)}"
            for move in machine.moves.values()
            if state in move.before
        ]
        yield f"  {state.name + kind:28} {'; '.join(arrows)}".rstrip()


def entry(method: Method) -> Iterator[str]:
    """A method: for whom it is, where, what it asks and what it answers."""
    yield f"\n{method.name}  for {CALLERS[method.who]}"
    yield f"  {method.doc.strip()}"
    if method.who is Who.DEVICE:
        yield "  as a signed message, see docs/devices.md"
    elif method.who is not Who.INSIDE:
        yield f"  v2 method={method.name}  v3 {address(method)}"
    if method.once:
        yield f"  asked again with the same {' and '.join(method.once)} it answers the same, and does it once"
    for title, shape in [("asks", method.ask), *(("answers", answer) for answer in method.answers)]:
        yield f"  {title}{'' if field_types(shape) else ' nothing'}"
        yield from members(shape, 4)
    if method.raises:
        yield f"  refuses with {', '.join(kind.code for kind in method.raises)}"


def address(method: Method) -> str:
    """Verb and path of a method in v3; pages have none."""
    if method.is_page:
        return "has no address: it is opened in a browser"
    known = catalogue.endpoint(method.name)
    return f"{known.verb} {known.path}" if known else f"POST /v3/{method.name.replace('.', '/')}"


def members(shape: type[Shape], indent: int) -> Iterator[str]:
    """The fields of a shape with their notes, and those of the shapes inside them."""
    needed = {field.encode_name for field in msgspec.structs.fields(shape) if field.required}
    for name, kind in field_types(shape).items():
        mark = "*" if name in needed else " "
        yield f"{' ' * indent}{mark} {name:24} {notes(shape).get(name, '')}".rstrip()
        inner = shape_in(kind)
        if inner is not None and indent < 4 * DEEPEST:
            yield from members(inner, indent + 4)


def shape_in(kind: Any) -> type[Shape] | None:
    """The shape that a field holds: itself, in a list, or perhaps."""
    if isinstance(kind, type) and issubclass(kind, Shape):
        return kind
    return next((found for part in typing.get_args(kind) if (found := shape_in(part))), None)


def faults_of(of: list[Method]) -> Iterator[str]:
    """Everything that is refused, in both languages, and the cure."""
    kinds = {kind.code: kind for method in of for kind in method.raises}
    if kinds:
        yield "\nFAULTS"
    for code, kind in sorted(kinds.items()):
        yield f"  {code}: {kind.en} {kind.fix} {kind.zh}"
