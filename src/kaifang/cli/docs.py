"""`kaifang docs build DIR`: the documentation as a static site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import cyclopts
from cyclopts import Parameter
from rich.console import Console
from rich.progress import Progress

import kaifang.capabilities
import kaifang.gateway.door  # noqa: F401 - the gateway has methods of its own
from kaifang.gateway.docs.build import build as write_site
from kaifang.kernel.capability import discover

from .home import Problem

docs = cyclopts.App(name="docs", help="The documentation, which a platform serves at /docs.")


@docs.command
def build(
    folder: Annotated[Path, Parameter(help="Where to; what is there by the same names is written over.")],
    /,
    *,
    home: Annotated[
        str, Parameter(show_default=True, help="The platform that the programs in it call.")
    ] = "http://127.0.0.1:8888",
) -> None:
    """Write the documentation as a static site, in both languages.

    Example: kaifang docs build site
    """
    discover(kaifang.capabilities)
    written = []
    try:
        with Progress(transient=True, console=Console(stderr=True)) as progress:
            task = progress.add_task("Writing pages", total=None)
            for name in write_site(folder, home):
                written.append(name)
                progress.advance(task)
    except OSError as problem:
        raise Problem(f"{problem.filename or folder}: {problem.strerror}") from None
    print(f"{len(written)} files in {folder}")
