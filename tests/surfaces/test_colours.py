"""The house's colours are the same wherever they are written: pages without script, pages with it, documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FIRST = ROOT / "src/kaifang/surfaces/style.css"
OTHERS = [ROOT / "surfaces/kit/look.css", ROOT / "src/kaifang/gateway/docs/site.css"]


def colours(path: Path) -> list[dict[str, str]]:
    """By day and by night: the first two rules that name many."""
    rules = re.findall(r":root[^{]*{([^}]*)}", path.read_text("utf-8"))
    return [dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]+)", rule)) for rule in rules if rule.count("--") > 5][:2]


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_colours_are_those_of_the_house(path: Path) -> None:
    for ours, theirs in zip(colours(FIRST), colours(path), strict=True):
        shared = ours.keys() & theirs.keys()
        assert len(shared) > 8 and {name: theirs[name] for name in shared} == {name: ours[name] for name in shared}
