"""The manual for programs: what `kaifang show` says, as data."""

from __future__ import annotations

from typing import Any

import msgspec

from kaifang.kernel import Shape, Who
from kaifang.kernel.capability import Capability, capabilities
from kaifang.kernel.machine import machines
from kaifang.kernel.method import Method, methods
from kaifang.kernel.shape import field_types, notes

from .manual import CALLERS, DEEPEST, address, of_folder, pages, shape_in


def described(name: str) -> Any:
    """What is asked for: all capabilities, one of them, or one method."""
    list(pages(name))  # finds everything, and says so if there is no such name
    if not name:
        return [{"name": one.name, "zh": one.zh, "says": one.doc} for _, one in sorted(capabilities.items())]
    if name in capabilities:
        return page(capabilities[name])
    if name in methods:
        return entry(methods[name])
    return [entry(method) for method in of_folder(name)]


def page(one: Capability) -> dict[str, Any]:
    """A capability."""
    mine = f"kaifang.capabilities.{one.name}."
    return {
        "name": one.name, "title": one.title, "zh": one.zh, "says": one.doc, "needs": one.needs, "uses": one.uses,
        "machines": {
            machine.__name__: {
                move.name: {"from": [state.name for state in move.before], "to": [state.name for state in move.after]}
                for move in machine.moves.values()
            }
            for machine in machines.values()
            if machine.__module__.startswith(mine)
        },
        "methods": [entry(method) for method in of_folder(one.name)],
    }  # fmt: skip


def entry(method: Method) -> dict[str, Any]:
    """A method."""
    reached = method.who not in (Who.INSIDE, Who.DEVICE)
    return {
        "method": method.name, "says": method.doc, "for": CALLERS[method.who], "once": method.once,
        "v3": address(method) if reached else None,
        "asks": members(method.ask), "answers": [members(answer) for answer in method.answers],
        "refuses": [{"code": kind.code, "zh": kind.zh, "en": kind.en, "cure": kind.fix} for kind in method.raises],
    }  # fmt: skip


def members(shape: type[Shape], depth: int = 1) -> list[dict[str, Any]]:
    """The fields of a shape, and those of the shapes inside them."""
    needed = {field.encode_name for field in msgspec.structs.fields(shape) if field.required}
    told = []
    for name, kind in field_types(shape).items():
        inner = shape_in(kind) if depth < DEEPEST else None
        one = {"name": name, "needed": name in needed, "says": notes(shape).get(name, "")}
        told.append(one | ({"members": members(inner, depth + 1)} if inner is not None else {}))
    return told
