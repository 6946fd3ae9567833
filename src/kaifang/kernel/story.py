"""Stories: one situation each, told in YAML; a test, an example and documentation at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import msgspec
import yaml

from .clock import Moment, lasts

QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same in C is six times as fast


class Told(msgspec.Struct):
    """What a call was answered."""

    code: str  # 10000, 10003, or the code of a refusal
    fields: dict[str, Any]
    fault: str = ""  # the refusal's own code, such as ACQ.TRADE_NOT_EXIST


class Step(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, rename={"by": "as", "pay_for": "for"}):
    """One line of a story: a call with what is expected of it, a move of the clock, or an expected notification."""

    call: str = ""  # the method
    by: str = ""  # the app that calls; the story's app if left out
    user: str = ""  # the consumer it acts for
    device: str = ""  # the device that sends it, instead of an app
    token: str = ""  # app_auth_token: the merchant a service provider acts for
    auth_token: str = ""  # the access token of a user who consented
    notify_url: str = ""
    return_url: str = ""
    ask: dict[str, Any] = {}
    answer: dict[str, Any] | None = None  # members that the answer must have; `null` for one it must not
    waiting: dict[str, Any] | None = None  # the same for the answer 10003: the buyer has to confirm first
    fault: str = ""
    later: str = ""  # the clock moves on by 15m, 2h, 10d
    at: str = ""  # the clock moves on to this Beijing time
    notified: dict[str, Any] | None = None  # a notification that must have arrived, and was not told yet
    quiet: bool = False  # no further notification has arrived
    note: str = ""  # why, for the reader


class Story(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One situation."""

    story: str  # a sentence
    zh: str = ""  # the same in Chinese
    app: str = "coffee"  # who calls unless a step says otherwise
    steps: list[Step]
    path: str = ""


class Door(Protocol):
    """A way into a platform: through v2, through v3, or straight into the kernel."""

    known: dict[str, Any]  # the apps and people that may call, by the names that the story has for them

    def call(self, step: Step, ask: dict[str, Any]) -> Told:
        """Make the call."""

    def move(self, to: int | None, by: int | None) -> None:
        """Move the clock, doing what falls due."""

    def notified(self) -> list[dict[str, Any]]:
        """The notifications that arrived since this was asked last."""


class Untrue(AssertionError):
    """A story did not come true."""


def load(path: Path) -> Story:
    """Read a story."""
    try:
        story = msgspec.convert(yaml.load(path.read_text("utf-8"), QUICK), Story)
    except (msgspec.ValidationError, yaml.YAMLError) as problem:
        raise Untrue(f"{path.name}: {problem}") from None
    story.path = str(path)
    return story


def stories(root: Path) -> list[Path]:
    """Every story under a folder."""
    return sorted(root.glob("**/stories/*.yaml"))


class Telling:
    """A story on its way: what it knows, and what it has still to hear."""

    def __init__(self, story: Story, door: Door, known: dict[str, Any]) -> None:
        self.story, self.door, self.known, self.arrived = story, door, dict(known), list[dict[str, Any]]()

    def tell(self, each: Callable[[Step, dict[str, Any], Told], None] | None = None) -> None:
        """Go through all steps; `each` sees every call with what was asked and told."""
        for number, step in enumerate(self.story.steps, 1):
            try:
                self._take(step, each)
            except Untrue as problem:
                where = f"{Path(self.story.path).name}, step {number} ({step.call or 'time'})"
                raise Untrue(f"{where}: {problem}") from None

    def _take(self, step: Step, each: Callable[[Step, dict[str, Any], Told], None] | None) -> None:
        if step.later or step.at:
            self.door.move(Moment.parse(step.at).ms if step.at else None, lasts(step.later) if step.later else None)
        if step.call:
            filled = msgspec.structs.replace(
                step, token=fill(step.token, self.known), auth_token=fill(step.auth_token, self.known),
                notify_url=fill(step.notify_url, self.known), by=step.by or self.story.app,
                user=fill(step.user, self.known), device=fill(step.device, self.known),
            )  # fmt: skip
            ask = fill(step.ask, self.known)
            self.door.known = self.known  # whoever joined on the way may call too
            told = self.door.call(filled, ask)
            self._check(step, told)
            if each is not None:
                each(filled, ask, told)
        self.arrived += self.door.notified()
        if step.notified is not None:
            self._hear(step.notified)
        if step.quiet and self.arrived:
            raise Untrue(f"a notification arrived that nobody expected: {self.arrived}")

    def _check(self, step: Step, told: Told) -> None:
        wanted, code = (step.waiting, "10003") if step.waiting is not None else (step.answer or {}, "10000")
        if step.fault:
            if told.fault != step.fault:
                raise Untrue(f"expected the fault {step.fault}, was told {told.fault or told.code} {told.fields}")
        elif told.code != code or told.fault:
            raise Untrue(f"expected {code}, was told {told.code} {told.fault} {told.fields}")
        match(wanted, told.fields, self.known)

    def _hear(self, wanted: dict[str, Any]) -> None:
        problems = []
        for i, notice in enumerate(self.arrived):
            known = dict(self.known)
            try:
                match(wanted, notice, known)
            except Untrue as problem:
                problems.append(str(problem))
            else:
                self.known = known
                del self.arrived[: i + 1]
                return
        raise Untrue(f"no such notification: {wanted}; {problems or 'none arrived'}")


INSIDE = re.compile(r"\$\{([\w.]+)\}")


def fill(value: Any, known: dict[str, Any]) -> Any:
    """Put what is known in the place of `$name`, and of `${name}` inside text."""
    if isinstance(value, dict):
        return {name: fill(part, known) for name, part in value.items()}
    if isinstance(value, list):
        return [fill(part, known) for part in value]
    if isinstance(value, str) and value.startswith("$") and not value.startswith("${"):
        return _known(value[1:], known)
    if isinstance(value, str):
        return INSIDE.sub(lambda found: str(_known(found[1], known)), value)
    return value


def _known(name: str, known: dict[str, Any]) -> Any:
    if name not in known:
        raise Untrue(f"${name} is not known yet")
    return known[name]


def match(wanted: Any, told: Any, known: dict[str, Any], at: str = "answer") -> None:
    """Hold what was told against what was wanted; `$name` takes the first value seen and must match ever after."""
    if isinstance(wanted, dict) and isinstance(told, dict):
        for name, part in wanted.items():
            if part is None:
                if name in told:
                    raise Untrue(f"{at}.{name} should be absent, it is {told[name]!r}")
            elif name not in told:
                raise Untrue(f"{at}.{name} is missing; there are {sorted(told)}")
            else:
                match(part, told[name], known, f"{at}.{name}")
    elif isinstance(wanted, list) and isinstance(told, list):
        if len(wanted) != len(told):
            raise Untrue(f"{at} has {len(told)} members, not {len(wanted)}: {told}")
        for i, (part, said) in enumerate(zip(wanted, told, strict=True)):
            match(part, said, known, f"{at}[{i}]")
    elif isinstance(wanted, str) and wanted.startswith("$") and wanted[1:] not in known:
        known[wanted[1:]] = told
    elif fill(wanted, known) != told:
        raise Untrue(f"{at} is {told!r}, not {fill(wanted, known)!r}")
