"""The triggers that there are, written as stories are; and what cannot be triggered, with the reason."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

Actor = Literal["app", "buyer", "owner", "client", "client_app", "house", "inside"]


class Step(msgspec.Struct, rename={"by": "as"}, forbid_unknown_fields=True):
    """One call of a trigger."""

    call: str  # the method
    by: Actor = "app"  # who calls: the application, its owner, a made-up buyer or merchant, the operators
    ask: dict[str, Any] = {}
    answer: dict[str, Any] = {}  # members of the answer that are needed later


class Trigger(msgspec.Struct, forbid_unknown_fields=True):
    """What makes something happen."""

    zh: str
    en: str
    tells: list[str]  # notify_type or msg_method of the notifications, the one that it is about first
    steps: list[Step]


class Unmoved(msgspec.Struct, forbid_unknown_fields=True):
    """Why nothing triggers a notification."""

    zh: str
    en: str


HERE = Path(__file__).with_name("known")


@cache
def triggers() -> dict[str, Trigger]:
    """Every trigger, by its name."""
    found: dict[str, Trigger] = {}
    for path in sorted(HERE.glob("*.yaml")):
        if path.stem != "unmoved":
            found |= msgspec.convert(yaml.safe_load(path.read_text("utf-8")), dict[str, Trigger])
    return found


@cache
def unmoved() -> dict[str, Unmoved]:
    """The kinds of notifications that nothing triggers."""
    return msgspec.convert(yaml.safe_load((HERE / "unmoved.yaml").read_text("utf-8")), dict[str, Unmoved])
