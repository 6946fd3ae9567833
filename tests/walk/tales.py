"""Tales: the project's own stories, begun at random and told line by line between everything else."""

from __future__ import annotations

import functools
import re
from typing import Any

import msgspec

from kaifang.kernel.clock import lasts
from kaifang.kernel.method import Who, methods
from kaifang.kernel.story import Step, Story, load, stories
from tests.town import WORLD
from tests.walk.dice import Dice
from tests.walk.turn import is_name

LONGEST = 40  # days that a tale may let pass in one go
AT_ONCE, LINES = 3, 3
NAME = re.compile(r"\$\{([\w.]+)\}")


@functools.cache
def all_tales() -> tuple[Story, ...]:
    """Every story of the capabilities."""
    return tuple(load(path) for path in stories(WORLD.parent / "capabilities"))


class Tales:
    """A few stories under way; each has names of its own, but for the people of the town."""

    def __init__(self, dice: Dice, town: dict[str, Any]) -> None:
        self.dice, self.town = dice, set(town)
        self.open: list[tuple[str, list[Step]]] = []

    def next(self) -> list[Step]:
        """The next lines of one of them."""
        if len(self.open) < AT_ONCE:
            story = self.dice.one(all_tales())
            prefix = f"tale{self.dice.next()}."
            self.open.append((prefix, [msgspec.structs.replace(s, by=s.by or story.app) for s in story.steps]))
        place = self.dice.chance.below(len(self.open))
        prefix, lines = self.open[place]
        now, rest = lines[:LINES], lines[LINES:]
        self.open[place] = (prefix, rest)
        if not rest:
            del self.open[place]
        return [self.told(prefix, line) for line in now if (line.call or line.later) and not is_part(line)]

    def told(self, prefix: str, line: Step) -> Step:
        """A line as it is told here: what it expects is only a way to learn names."""
        by = line.by if line.by in ("house", "inside") or f"{line.by}.app" in self.town else prefix + line.by
        user = line.user if not line.user or line.user in self.town else self.own(prefix, line.user)
        later = line.later if line.later and lasts(line.later) <= LONGEST * lasts("1d") else ""
        return Step(
            call=line.call, by=by, user=user, later=later, ask=self.own(prefix, line.ask),
            device=self.own(prefix, line.device),
            token=self.own(prefix, line.token), auth_token=self.own(prefix, line.auth_token),
            notify_url=self.own(prefix, line.notify_url), return_url=line.return_url,
            answer=self.own(prefix, line.answer or line.waiting or {}),
        )  # fmt: skip

    def own(self, prefix: str, value: Any) -> Any:
        """The value with the tale's own names in it."""
        if isinstance(value, dict):
            return {name: self.own(prefix, part) for name, part in value.items()}
        if isinstance(value, list):
            return [self.own(prefix, part) for part in value]
        if is_name(value):
            return value if value[1:] in self.town else f"${prefix}{value[1:]}"
        if isinstance(value, str):
            return NAME.sub(lambda found: found[0] if found[1] in self.town else f"${{{prefix}{found[1]}}}", value)
        return value


def is_part(line: Step) -> bool:
    """Whether this is a part of a larger deed, which the platform asks of itself in the same unit of work only."""
    method = methods.get(line.call)
    return method is not None and method.who is Who.INSIDE and not re.search(r"confirm(_payment)?$", line.call)
