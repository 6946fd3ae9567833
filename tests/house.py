"""What somebody wrote: the files below a folder, as text and as Python sees them."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import NamedTuple

CODE = {".py", ".ts", ".tsx", ".js", ".mjs", ".css", ".html", ".sh", ".toml", ".yaml", ".yml", ".lua"}
TEXT = CODE | {".md", ".json", ".txt", ""}
NOT_OURS = {".git", ".venv", "node_modules", "__pycache__", "dist", "build", "built", "generated", "results", ".work"}
ROOMS = ("src", "surfaces", "tests", "bench", "docs", ".ci")


class Finding(NamedTuple):
    """One breach of a rule."""

    place: str  # file:line
    wrong: str
    cure: str

    def __str__(self) -> str:
        return f"{self.place}: {self.wrong}. {self.cure}."


class Source:
    """One file that somebody wrote."""

    def __init__(self, root: Path, path: Path) -> None:
        self.name = path.relative_to(root).as_posix()
        self.path = PurePosixPath(self.name)
        self.text = path.read_text("utf-8", "replace")

    def found(self, line: int, wrong: str, cure: str) -> Finding:
        """A finding in this file."""
        return Finding(f"{self.name}:{line}", wrong, cure)

    @cached_property
    def tree(self) -> ast.Module:
        """The file as Python sees it."""
        return ast.parse(self.text, self.name)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Everything in the tree."""
        return list(ast.walk(self.tree))

    @property
    def room(self) -> tuple[str, ...]:
        """The folders below the package: ("capabilities", "trade"); empty outside it."""
        return self.path.parts[2:-1] if self.path.parts[:2] == ("src", "kaifang") else ()

    @property
    def is_test(self) -> bool:
        """Whether only pytest reads it."""
        return self.path.name.startswith(("test_", "conftest"))

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method, nested ones too."""
        return (node for node in self.nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


class House:
    """All that somebody wrote below a folder."""

    def __init__(self, root: Path) -> None:
        below = (path for room in ROOMS for path in sorted((root / room).rglob("*")))
        paths = [path for path in [*sorted(root.glob("*")), *below] if path.is_file() and path.suffix in TEXT]
        self.sources = [Source(root, path) for path in paths if not NOT_OURS & set(path.relative_to(root).parts)]

    @cached_property
    def python(self) -> list[Source]:
        """All Python."""
        return [each for each in self.sources if each.path.suffix == ".py"]

    @cached_property
    def package(self) -> list[Source]:
        """The Python of the platform itself, with the tests that stand in it."""
        return [each for each in self.python if each.path.parts[:2] == ("src", "kaifang")]


Rule = Callable[[House], Iterable[Finding]]
RULES: list[Rule] = []


def rule(check: Rule) -> Rule:
    """Enter a check among the rules."""
    RULES.append(check)
    return check
