"""The command line explains itself: examples for every command, JSON where people read, colours where they show."""

from __future__ import annotations

import inspect
import re
import shlex
import subprocess
from collections.abc import Iterator

import cyclopts
import pytest
from tests.wire.terminal import seen
from tests.wire.town import PROGRAM

from kaifang.cli import app

ALWAYS_JSON = {"call", "clock", "buyer pay", "buyer confirm", "recipe publish", "recipe remove", "recipe schema"}
NO_JSON = {"completion", "docs build"}  # a script for a shell; files


def commands(of: cyclopts.App, path: tuple[str, ...] = ()) -> Iterator[tuple[str, cyclopts.App]]:
    """Every command, with its words."""
    for name in of:
        if name.startswith("-"):
            continue
        inner = of[name]
        if inner.default_command is not None:
            yield " ".join((*path, name)), inner
        else:
            yield from commands(inner, (*path, name))


COMMANDS = dict(commands(app))


def text(command: cyclopts.App) -> str:
    """What a command says of itself."""
    assert command.default_command is not None
    return inspect.getdoc(command.default_command) or ""


def test_the_commands_are_there() -> None:
    assert {"up", "logs", "listen", "trigger", "sandbox new", "buyer code", "recipe try"} <= COMMANDS.keys()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_a_sentence_and_examples_that_can_be_typed(name: str) -> None:
    said = text(COMMANDS[name])
    examples = [line.partition("Example: ")[2] for line in said.splitlines() if "Example: " in line]
    assert said.splitlines()[0].endswith(".") and examples, f"kaifang {name} has no example"
    assert any(one.startswith(f"kaifang {name}") for one in examples)
    for line in examples:
        for one in line.split("; "):
            words = shlex.split(one.partition(" > ")[0])
            assert words[0] == "kaifang"
            app.parse_args(words[1:], print_error=False, exit_on_error=False)


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - ALWAYS_JSON - NO_JSON))
def test_what_people_read_is_there_for_programs(name: str) -> None:
    assert any("--json" in (argument.names or ()) for argument in COMMANDS[name].assemble_argument_collection())


COLOUR = re.compile(r"\x1b\[[\d;]*3\dm|\x1b\[3\d")


def test_colours_are_for_terminals_and_not_where_they_are_unwanted() -> None:
    piped = subprocess.run([*PROGRAM, "--help"], capture_output=True, text=True, check=True).stdout
    assert "\x1b" not in piped and "sandbox" in piped
    assert COLOUR.search(seen(["--help"])) and not COLOUR.search(seen(["--help"], NO_COLOR="1"))


def test_what_is_shown_fits_the_terminal() -> None:
    lines = re.sub(r"\x1b\[[\d;]*[a-zA-Z]", "", seen(["--help"])).replace("\r", "").split("\n")
    assert max(map(len, lines)) <= 70 and len(lines) > 20


def test_what_is_mistyped_has_exit_code_2() -> None:
    for words in (["nothing"], ["sandbox", "nothing"], ["up", "--port", "many"], ["logs", "--kind", "nothing"]):
        done = subprocess.run([*PROGRAM, *words], capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (2, ""), words
        assert done.stderr and "Traceback" not in done.stderr


def test_a_shell_completes_the_commands() -> None:
    script = subprocess.run([*PROGRAM, "completion", "bash"], capture_output=True, text=True, check=True).stdout
    asked = "COMP_WORDS=(kaifang sandbox s); COMP_CWORD=2; _kaifang kaifang s sandbox; echo ${COMPREPLY[@]}"
    done = subprocess.run(["bash", "-c", f"{script}\n{asked}"], capture_output=True, text=True, check=True)
    assert sorted(done.stdout.split()) == ["snapshot", "switch"]
    for shell in ("zsh", "fish"):
        told = subprocess.run([*PROGRAM, "completion", shell], capture_output=True, text=True, check=True).stdout
        assert "listen" in told and "--forward" in told or "forward" in told


def test_the_manual_is_there_for_programs() -> None:
    done = subprocess.run(
        [*PROGRAM, "show", "kaifang.clock.move", "--json"], capture_output=True, text=True, check=True
    )
    assert '"CLOCK_TOO_FAR"' in done.stdout and '"POST /v3/kaifang/clock/move"' in done.stdout
