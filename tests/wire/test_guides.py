"""Guides do what they say: every command and every program in them runs, in order, against a platform of their own."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.town import capabilities
from tests.wire.town import Town, free_port, own_host

from kaifang.cli import app as program
from kaifang.gateway.docs import guide
from kaifang.kernel.method import methods

BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"\bkaifang ([a-z]+)\b")
METHOD = re.compile(r"\b((?:alipay|ant|kaifang)(?:\.[a-z]+){2,})\b")
ABOUT_POSTGRESQL = "postgresql"
GUIDES = [one.name for one in guide.guides()]
RUN = [
    name for name in GUIDES if name != ABOUT_POSTGRESQL and "```" in (guide.FOLDER / f"{name}.md").read_text("utf-8")
]


def blocks(name: str) -> list[tuple[str, str, str]]:
    """The code of a guide: language, what is to be done with it, and itself."""
    return BLOCK.findall((guide.FOLDER / f"{name}.md").read_text("utf-8"))


RUN = [name for name in GUIDES if name != ABOUT_POSTGRESQL and {"sh", "python"} & {kind for kind, _, _ in blocks(name)}]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A platform for all guides, whose clock they may move."""
    made = Town(tmp_path_factory.mktemp("guides"), host := own_host(2), [free_port(host)])
    yield made
    assert made.stop() == 0, made.log.read_text()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where somebody sits who follows a guide: an empty folder, with this Python's programs at hand."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    return tmp_path


def follow(name: str) -> None:
    """Do what a guide says."""
    known: dict[str, Any] = {"__name__": name}
    for language, what, text in blocks(name):
        if language == "sh" and what != "up":
            done = subprocess.run(["bash", "-euo", "pipefail", "-c", text], capture_output=True, text=True, timeout=120)
            assert done.returncode == 0, f"{text}\n{done.stdout}{done.stderr}"
        elif language == "python":
            exec(compile(text, f"{name}.md", "exec"), known)


@pytest.mark.parametrize("name", RUN)
def test_a_guide_is_followed(name: str, town: Town, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From its first line to its last; the platform is up already."""
    monkeypatch.setenv("KAIFANG_HOME", str(town.home))
    follow(name)


def test_the_guide_to_postgresql_is_followed(desk: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it starts is started, with a database of ours and on a free port, and stopped in the end."""
    up = next(text for _, what, text in blocks(ABOUT_POSTGRESQL) if what == "up")
    words = shlex.split(next(line for line in up.splitlines() if line.startswith("kaifang up")))
    home, given = Path(words[words.index("--home") + 1]), words.index("--database") + 1
    words[given] = postgres_url
    town = Town(desk / home, host := own_host(2), [free_port(host)], *words[given - 1 :])
    try:
        follow(ABOUT_POSTGRESQL)
    finally:
        assert town.stop() == 0, town.log.read_text()


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_names_commands_and_methods_that_there_are(name: str) -> None:
    capabilities()
    known = {one for names in program for one in ([names] if isinstance(names, str) else names)}
    text = (guide.FOLDER / f"{name}.md").read_text("utf-8")
    code = "\n".join(code_of(text))
    assert set(COMMAND.findall(code)) <= known
    assert set(METHOD.findall(code)) <= methods.keys()


def code_of(text: str) -> list[str]:
    """Everything in a guide that stands for a program's words."""
    return [*(body for _, _, body in BLOCK.findall(text)), *re.findall(r"`([^`\n]+)`", text),
            *re.findall(r"^    (.+)$", text, re.MULTILINE)]  # fmt: skip


def test_every_guide_that_is_promised_is_there() -> None:
    promised = {"first_payment", "certificates", "notifications", "guaranteed_trade", "vouchers", "wufu", "recipes"}
    assert promised | {ABOUT_POSTGRESQL} <= set(GUIDES) and set(RUN) >= promised - {"recipes"}


@pytest.mark.parametrize("path", sorted(guide.FOLDER.glob("zh/*.md")), ids=lambda path: path.stem)
def test_a_translation_has_all_of_it(path: Path) -> None:
    """Each piece of code once, in its order, and as many headings; code stands in the English guide only."""
    text, english = path.read_text("utf-8"), (guide.FOLDER / path.name).read_text("utf-8")
    assert [int(place) for place in guide.HERE_STANDS.findall(text)] == list(range(1, len(blocks(path.stem)) + 1))
    assert "```" not in text and text.count("\n## ") == len(re.findall(r"^## ", english, re.MULTILINE))
    assert guide.read(path.stem, "zh").html.count("<pre") == len(blocks(path.stem))
