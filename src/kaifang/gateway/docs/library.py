"""What there is to tell, gathered once from the registry: capabilities, methods, faults, events and stories."""

from __future__ import annotations

import re
import sys
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import yaml

import kaifang
from kaifang.gateway.openapi.schemas import Schemas
from kaifang.kernel import FaultKind, Who
from kaifang.kernel.capability import capabilities
from kaifang.kernel.events import hearers
from kaifang.kernel.fault import kinds
from kaifang.kernel.machine import Machine, machines
from kaifang.kernel.method import Method, methods
from kaifang.kernel.story import Step, Story, load, stories

ROOT = Path(kaifang.__file__).parent
TOLD = re.compile(r'\.tell\(\s*"([a-z_.]+)"')


class Tale(NamedTuple):
    """A story, and where it stands."""

    folder: str  # the capability
    name: str
    story: Story

    @property
    def address(self) -> str:
        """Its page."""
        return f"stories/{self.folder}/{self.name}"


class Telling(NamedTuple):
    """A step of a story that calls a method."""

    tale: Tale
    step: Step


class Event(NamedTuple):
    """What is announced when something happens, and who in the house hears it."""

    name: str
    says: str
    heard: list[str]


class Notification(NamedTuple):
    """What an application may be told without having asked."""

    kind: str  # its notify_type or msg_method
    zh: str  # when
    en: str
    trigger: str  # what lets it happen in a sandbox; empty if nothing does


class Library:
    """All of it; the registry must be complete by now."""

    @cached_property
    def methods(self) -> dict[str, Method]:
        """What anybody outside can call, by name."""
        return {name: one for name, one in sorted(methods.items()) if one.who is not Who.INSIDE}

    @cached_property
    def folders(self) -> dict[str, list[Method]]:
        """The methods of each capability, and of the parts of the gateway that have some."""
        found: dict[str, list[Method]] = {name: [] for name in sorted(capabilities)}
        for one in self.methods.values():
            found.setdefault(one.capability, []).append(one)
        return found

    @cached_property
    def schemas(self) -> Schemas:
        """What they ask and answer."""
        return Schemas(shape for one in self.methods.values() for shape in (one.ask, *one.answers))

    @cached_property
    def tales(self) -> list[Tale]:
        """Every story, by capability; those of recipes are told in the guide to them."""
        found = [path for path in stories(ROOT) if path.parent.parent.parent.name != "recipes"]
        return [Tale(path.parent.parent.name, path.stem, load(path)) for path in found]

    @cached_property
    def tellings(self) -> dict[str, list[Telling]]:
        """The steps that call a method, by its name."""
        found: dict[str, list[Telling]] = {}
        for tale in self.tales:
            for step in tale.story.steps:
                found.setdefault(step.call, []).append(Telling(tale, step))
        return found

    @cached_property
    def faults(self) -> dict[str, list[FaultKind]]:
        """Every fault that somebody may hear, by its code: several capabilities may have one of that code."""
        heard = {kind.declared for one in self.methods.values() for kind in self.refusals(one)}
        heard |= {kind.declared for kind in kinds.values() if not kind.module.startswith("kaifang.capabilities.")}
        found: dict[str, list[FaultKind]] = {}
        for declared, kind in sorted(kinds.items(), key=lambda item: (item[1].code, item[0])):
            if declared in heard:
                found.setdefault(kind.code, []).append(kind)
        return found

    @staticmethod
    def refusals(one: Method) -> list[FaultKind]:
        """What a method refuses, by code."""
        every = {*one.raises, *([one.clash] if one.clash else [])}
        return sorted(every, key=lambda kind: (kind.code, kind.en))

    @cached_property
    def raising(self) -> dict[str, list[Method]]:
        """The methods that refuse with a code."""
        found: dict[str, list[Method]] = {}
        for one in self.methods.values():
            for code in dict.fromkeys(kind.code for kind in self.refusals(one)):
                found.setdefault(code, []).append(one)
        return found

    @staticmethod
    def machines(folder: str) -> list[type[Machine]]:
        """The machines of a capability."""
        return [one for one in machines.values() if one.__module__.startswith(f"kaifang.capabilities.{folder}.")]

    def events(self, folder: str) -> list[Event]:
        """What a capability announces: each move of its machines, and what it tells besides."""
        found = {
            move.event: f"{one.__name__}: {' | '.join(map(str, move.before))} → {' | '.join(map(str, move.after))}"
            for one in self.machines(folder)
            for move in one.moves.values()
        }
        for path in sorted((ROOT / "capabilities" / folder).glob("*.py")):
            if not path.name.startswith("test_"):
                found |= {name: found.get(name, "") for name in TOLD.findall(path.read_text("utf-8"))}
        return [Event(name, says, heard_by(name)) for name, says in sorted(found.items())]

    @cached_property
    def notifications(self) -> list[Notification]:
        """What applications are told, and how a sandbox is made to tell it: the files of the triggers say so."""
        found = list[Notification]()
        for path in sorted((ROOT / "capabilities" / "trigger" / "known").glob("*.yaml")):
            for name, told in yaml.safe_load(path.read_text("utf-8")).items():
                trigger = name if "steps" in told else ""
                found += [Notification(kind, told["zh"], told["en"], trigger) for kind in told.get("tells", [name])[:1]]
        return sorted(found)

    def home(self, folder: str) -> str:
        """The sentence of what is no capability, but has methods."""
        module = sys.modules.get(f"kaifang.gateway.{folder}")
        return (module.__doc__ or "").strip() if module else ""


def heard_by(event: str) -> list[str]:
    """The capabilities that hear an event."""
    names = {handler.split(".")[2] for handler in hearers.get(event, ()) if handler.startswith("kaifang.capabilities.")}
    return sorted(names)
